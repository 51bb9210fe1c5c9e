"""Writing people's files: whole or not at all, and never over what is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from experts.editing import writing


def names(folder: Path) -> list[str]:
    """Return all files and folders below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_new_file_is_never_written_over(tmp_path: Path) -> None:
    """What is there stays, and the attempt leaves nothing behind; folders are made as needed."""
    path = tmp_path / "a/b/c.md"
    writing.create(str(path), b"one")
    with pytest.raises(FileExistsError):
        writing.create(str(path), b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["a", "a/b", "a/b/c.md"]
    assert path.stat().st_mode & 0o111 == 0


@pytest.mark.parametrize("failing", ["link", "chmod"])
def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    """A full disk, or Ctrl-C in the middle: no half a file, no new folder, the old file as it was."""

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(KeyboardInterrupt):
        writing.create(str(tmp_path / "a/b/c.md"), b"one")
    assert names(tmp_path) == []
    monkeypatch.setattr(os, "replace", fail)
    old = tmp_path / "old.md"
    old.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        writing.replace(str(old), b"new")
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["old.md"]


def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system without hard links, a new file is made all the same, and still not over one that is there."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    writing.create(str(tmp_path / "a.md"), b"one")
    with pytest.raises(FileExistsError):
        writing.create(str(tmp_path / "a.md"), b"two")
    assert (tmp_path / "a.md").read_bytes() == b"one"
    assert names(tmp_path) == ["a.md"]
