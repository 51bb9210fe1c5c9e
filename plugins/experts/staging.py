"""Where new outputs wait, whole, until all of them are there; then each is renamed to its place.

The waiting room is a hidden folder of the output folder, so that a full disk shows before anything that is seen has
changed, and the time in which the site is neither old nor new is that of renaming.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from .cache import BINARY, write_whole

NAME = ".our-experts-writing"


class Stage:
    """The waiting room of one worker."""

    def __init__(self, folder: str, number: int) -> None:
        """For outputs below `folder`; nothing is made before the first one."""
        self.folder, self.room = folder, f"{folder}/{NAME}/{number}"
        self.items: list[tuple[int, str, bytes, int, int]] = []
        self._begun = False

    def add(self, index: int, path: str, content: bytes, data: bytes) -> None:
        """Keep the bytes of output `index`, whose digest is `content`, for its place `path`."""
        if not self._begun:
            os.makedirs(self.room, exist_ok=True)
            self._begun = True
        name = f"{self.room}/{index}"
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o644)
        self.items.append((index, path, content, len(data), 0))
        try:
            write_whole(descriptor, data, name)
            mtime = os.fstat(descriptor).st_mtime_ns
        finally:
            os.close(descriptor)
        self.items[-1] = (index, path, content, len(data), mtime)

    def place(self) -> Iterator[tuple[int, bytes, int, int]]:
        """Bring all to their places; yields ``(index, digest, size, mtime in ns)``."""
        for index, path, content, size, mtime in self.items:
            _move(f"{self.room}/{index}", f"{self.folder}/{path}")
            yield index, content, size, mtime
        self.items = []

    def close(self) -> None:
        """Remove what has not come to its place."""
        for index, *_ in self.items:
            with suppress(OSError):
                os.unlink(f"{self.room}/{index}")
        if self._begun:
            for room in (self.room, os.path.dirname(self.room)):
                with suppress(OSError):
                    os.rmdir(room)


def clear(folder: str) -> None:
    """Remove what a build that was killed has left waiting."""
    room = f"{folder}/{NAME}"
    if os.path.isdir(room) and not os.path.islink(room):
        remove_tree(room)


def _move(room: str, path: str) -> None:
    try:
        os.replace(room, path)
    except (FileNotFoundError, NotADirectoryError):
        make_folder(os.path.dirname(path))
        os.replace(room, path)
    except IsADirectoryError:  # a folder of an earlier output stands where now a file belongs
        remove_tree(path)
        os.replace(room, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(room, path)


def _copy(room: str, path: str) -> None:
    """The same where a folder of the output is another disk: a copy beside the place, which is then renamed."""
    status = os.stat(room)
    with open(room, "rb") as file:
        data = file.read()
    beside = f"{path}.{os.getpid()}.tmp"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o644)
    try:
        write_whole(descriptor, data, beside)
    finally:
        os.close(descriptor)
    os.utime(beside, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(beside, path)
    os.unlink(room)


def folded(path: str) -> str:
    """What a path is called where capitals, and the way letters are coded, do not count (macOS, Windows)."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def make_folder(folder: str) -> None:
    """Make a folder; a file that stands in the way (an output of an earlier build) is removed."""
    try:
        os.makedirs(folder, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        at = folder
        while at and not os.path.lexists(at):
            at = os.path.dirname(at)
        if os.path.isdir(at):
            raise
        os.unlink(at)
        os.makedirs(folder, exist_ok=True)


def remove_tree(path: str) -> None:
    """Remove a folder with all that is in it; links are not followed."""
    for entry in os.scandir(path):
        if entry.is_dir(follow_symlinks=False):
            remove_tree(entry.path)
        else:
            os.unlink(entry.path)
    os.rmdir(path)


def remove(folder: str, path: str) -> int:
    """Remove a file and the folders that it leaves empty; the number of files removed; OSError if it stays there."""
    full = f"{folder}/{path}"
    count = 1
    try:
        os.unlink(full)
    except (FileNotFoundError, NotADirectoryError):
        count = 0
    except (IsADirectoryError, PermissionError):  # which of the two, depends on the system
        if not os.path.isdir(full) or os.path.islink(full):
            raise
        count = 0
        with suppress(OSError):
            os.rmdir(full)
    parent = os.path.dirname(full)
    while len(parent) > len(folder):
        try:
            os.rmdir(parent)
        except OSError:
            break
        parent = os.path.dirname(parent)
    return count
