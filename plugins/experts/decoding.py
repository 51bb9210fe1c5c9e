"""Pictures as people hand them in, to pixels: upright, RGB or what is turned into it, and bounded in size.

What a file is, its content says and not its name.  Every way in which a file can be wrong is an `Unusable`.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST = 120_000_000  # pixels of a JPEG: cameras have up to 100 million, and it is decoded as small as it is needed
MOST_OTHERS = (
    50_000_000  # of the other formats, which are decoded as a whole: 4 bytes of memory each, some twice or three times
)
MOST_SCANS = (
    2_000_000_000  # pixels times the scans of a JPEG that appears step by step; cameras and programs make up to 15
)
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd8])", re.DOTALL)
BAND = 256  # rows that are put on their ground at a time
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
GROUND = (255, 255, 255)  # behind what is transparent: drawings and cut-outs are made for paper


class Unusable(Exception):  # noqa: N818 - says what the picture is
    """A picture that cannot be shown: what is wrong and what would be right, as of a problem."""

    def __init__(self, message: str, hint: str, **values: str) -> None:
        """Take the sentences and their values."""
        super().__init__(message)
        self.message, self.hint, self.values = message, hint, values


def kind_of(head: bytes) -> str:
    """What a file is by its first 16 bytes: one of `FORMATS`, "HEIC", or ""."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] != b"ftyp":
        return ""
    return {b"avif": "AVIF", b"avis": "AVIF"}.get(head[8:12]) or (
        "HEIC" if head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1") else ""
    )


def decode(data: bytes, least: tuple[int, int] | None) -> tuple[Image.Image, bytes]:
    """The first frame of a picture, upright and opaque, in mode L, RGB or CMYK, and its ICC profile (b"" without one).

    A JPEG is decoded at an eighth, a quarter or a half of its size if that is not smaller than `least` (width, height).
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # what is too large is told below, and in our words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                jpeg = picture.format in ("JPEG", "MPO")
                _refuse(picture, data, jpeg)
                icc = picture.info.get("icc_profile") or b""
                turned = _orientation(picture)
                if least is not None and jpeg:
                    picture.draft(None, least if turned < 5 else least[::-1])
                picture.load()
                return _upright(_flat(picture, "adobe" in picture.info), turned), icc
    except Unusable:
        raise
    except Exception:  # noqa: BLE001 - a damaged picture may raise anything
        message, hint = "{file} is damaged or cut off", "save or copy the picture again"
        raise Unusable(message, hint) from None


def size(data: bytes) -> tuple[int, int]:
    """Width and height of the upright picture, from its head; (0, 0) if that cannot be read."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                width, height = picture.size
                # Pillow looks for the orientation of a PNG behind its pixels, too, and decodes them for it.
                upright = width * height > MOST_OTHERS or _orientation(picture) < 5
                return (width, height) if upright else (height, width)
    except Exception:  # noqa: BLE001 - `decode` says what is wrong with it
        return 0, 0


def _refuse(picture: Image.Image, data: bytes, jpeg: bool) -> None:
    """Refuse, by its head alone, what would take too much memory or time; pictures of few bytes may have any size."""
    width, height = picture.size
    most = MOST if jpeg else MOST_OTHERS
    if width * height > most:
        message = "{file} is too large: {width} × {height} pixels"
        hint = "at most {most} million pixels; 4000 on the longer side are enough"
        raise Unusable(message, hint, width=str(width), height=str(height), most=str(most // 1_000_000))
    scans = _scans(data) if jpeg else 1
    if scans * width * height > MOST_SCANS:
        message, hint = (
            "{file} appears in {n} steps, which would take minutes",
            "save the picture again in the usual way",
        )
        raise Unusable(message, hint, n=str(scans))


def _scans(data: bytes) -> int:
    """How often a JPEG goes over its pixels: its segments of the kind SOS (ITU-T T.81, B.1.1.4)."""
    count, at = 0, 2
    while marker := _MARKER.search(data, at):
        kind, at = marker[1][0], marker.end()
        if kind == 0xD9:  # the end; a telephone's film may follow
            break
        if kind == 0xDA:
            count += 1
        if kind != 0x01:
            at += int.from_bytes(data[at : at + 2], "big")
    return count


def _orientation(picture: Image.Image) -> int:
    """How the picture lies, 1 to 8 as Exif has it; 1 where Exif is damaged."""
    try:
        found = picture.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001 - a damaged head may raise anything, and does not matter
        return 1
    return found if found in range(1, 9) else 1


def _upright(picture: Image.Image, turned: int) -> Image.Image:
    from PIL.Image import Transpose as Turn

    ways = {2: Turn.FLIP_LEFT_RIGHT, 3: Turn.ROTATE_180, 4: Turn.FLIP_TOP_BOTTOM, 5: Turn.TRANSPOSE}
    way = {**ways, 6: Turn.ROTATE_270, 7: Turn.TRANSVERSE, 8: Turn.ROTATE_90}.get(turned)
    return picture if way is None else picture.transpose(way)


def _flat(picture: Image.Image, adobe: bool) -> Image.Image:
    """A picture without transparency, 8 bits of L, RGB or CMYK to a pixel; `adobe`: with the marker of a CMYK JPEG of Adobe's."""
    from PIL import ImageChops

    if picture.mode == "CMYK":  # Pillow takes every one for Adobe's, which are inverted
        return picture if adobe else ImageChops.invert(picture)
    if picture.mode.startswith("I"):  # 16 bits of grey
        return _in_bands(
            picture, "L", lambda band: band.convert("I").point(lambda value: value * (1 / 257)).convert("L")
        )
    if picture.has_transparency_data:
        return _in_bands(picture, "RGB", _on_ground)
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def _on_ground(band: Image.Image) -> Image.Image:
    from PIL import Image

    ground = Image.new("RGBA", band.size, (*GROUND, 255))
    return Image.alpha_composite(ground, band.convert("RGBA")).convert("RGB")


def _in_bands(picture: Image.Image, mode: str, change: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """A picture of which each band was changed: what comes in between is never there for all of it."""
    from PIL import Image

    width, height = picture.size
    found = Image.new(mode, picture.size)
    rows = max(BAND * 4000 // width, 1)
    for top in range(0, height, rows):
        found.paste(change(picture.crop((0, top, width, min(top + rows, height)))), (0, top))
    return found
