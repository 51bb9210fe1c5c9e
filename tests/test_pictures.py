"""Facts about pictures: read from the file, whatever its name says, and harmless for damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest
from experts.pictures import Facts, facts
from PIL import Image


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.GIF", "image/gif"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
    ],
)
def test_every_kind_of_picture(tmp_path: Path, name: str, kind: str) -> None:
    """All kinds of pictures that people may publish have a type, a size in bytes, and a size in pixels."""
    path = tmp_path / name
    Image.new("RGB", (48, 32), "teal").save(path)
    assert facts(str(path), b"1") == Facts(kind, path.stat().st_size, 48, 32)


def test_a_picture_that_lies_on_its_side(tmp_path: Path) -> None:
    """Browsers turn a picture as Exif says, so width and height are those of the turned one."""
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (48, 32)).save(path, exif=exif)
    assert facts(str(path), b"1")[2:] == (32, 48)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"GIF8 and no more", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_damaged_picture(tmp_path: Path, content: bytes) -> None:
    """What cannot be read has no width and height, and stops no build."""
    path = tmp_path / "a.png"
    path.write_bytes(content)
    assert facts(str(path), content) == Facts("image/png", len(content), 0, 0)


def test_a_picture_of_any_size_is_not_decoded(tmp_path: Path) -> None:
    """A small file that says that it is huge costs nothing: only its head is read."""
    path = tmp_path / "a.gif"
    path.write_bytes(b"GIF89a" + (60_000).to_bytes(2, "little") * 2 + bytes(3) + b";")
    assert facts(str(path), b"1")[2:] in ((60_000, 60_000), (0, 0))
