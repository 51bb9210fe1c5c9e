"""The files of a site: where they are, and how to tell cheaply that one has changed.

A stamp is ``(size, mtime_ns, ctime_ns, inode)``.  Like Git's index, a stamp taken within the
time resolution of the file system after a change proves nothing; `trusted` tells.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from stat import S_ISREG
from typing import NamedTuple

from . import digests, mishaps
from .problems import Problem

Stamp = tuple[int, int, int, int]
RACY = 2_000_000_000  # ns; FAT keeps times to two seconds
IGNORED = (".", "~", "#")
LARGEST = 100 << 20  # bytes of a file; GitHub takes no larger ones either
PIECE = 1 << 20


class Scan(NamedTuple):
    """Files of a site, by path relative to it (with /), and the problems of the tree itself."""

    stamps: dict[str, Stamp]
    problems: list[Problem]


def scan(root: str, folders: Iterable[str]) -> Scan:
    """Stamp every file below `folders` of the site `root`.

    Hidden and temporary files are left out.  Symbolic links are not followed: a link to a file
    inside its own folder counts as that file, any other is a problem.  So is what is too large to
    be read, and what is no file: reading a pipe would wait for ever.
    """
    found: dict[str, Stamp] = {}
    problems: list[Problem] = []
    prefix = len(root.rstrip("/\\")) + 1
    todo = list(_places(root, folders, problems))
    while todo:
        folder = todo.pop()
        try:
            entries = os.scandir(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(_unreadable(_relative(folder, prefix), "the folder cannot be read: {why}", error))
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name[0] in IGNORED or name[-1] == "~":
                    continue
                try:
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
                        continue
                    status = entry.stat() if not entry.is_symlink() or _inside(entry.path, folder) else None
                except OSError as error:
                    problems.append(_unreadable(_relative(entry.path, prefix), "the file cannot be read: {why}", error))
                    continue
                path = _relative(entry.path, prefix)
                wrong = _wrong(path, status)
                if wrong:
                    problems.append(wrong)
                elif status is not None:
                    found[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return Scan(found, problems)


def _places(root: str, folders: Iterable[str], problems: list[Problem]) -> Iterator[str]:
    """The folders themselves, but none that is a link out of the site."""
    for folder in folders:
        place = os.path.join(root, folder)
        if os.path.islink(place) and not os.path.realpath(place).startswith(os.path.realpath(root) + os.sep):
            message, hint = "this is only a link to a folder that lies elsewhere", "put the folder itself here"
            problems.append(Problem(folder, 0, 0, "symlink", message, hint))
        else:
            yield place


def _wrong(path: str, status: os.stat_result | None) -> Problem | None:
    """Why a file cannot be used; `status` is None for a link that leads elsewhere."""
    if status is None:
        hint = "put the file itself into the folder"
        return Problem(path, 0, 0, "symlink", "this is only a link to a file that lies elsewhere", hint)
    if not S_ISREG(status.st_mode):
        message, hint = "this is no file, but a pipe, a socket or a device", "remove it"
        return Problem(path, 0, 0, "special", message, hint)
    if status.st_size > LARGEST:
        values = {"size": status.st_size >> 20, "limit": LARGEST >> 20}
        message, hint = "the file is too large: {size} megabytes", "at most {limit}; make it smaller, or link to it"
        return Problem(path, 0, 0, "file-large", message, hint, values)
    return None


def _unreadable(path: str, message: str, error: OSError) -> Problem:
    if mishaps.is_of_machine(error):
        raise error  # which says nothing about the file
    return Problem(path, 0, 0, "unreadable", message, "", {"why": error.strerror})


def _relative(path: str, prefix: int) -> str:
    return path[prefix:].replace(os.sep, "/")


def _inside(path: str, folder: str) -> bool:
    real = os.path.realpath(path)
    return os.path.isfile(real) and real.startswith(os.path.realpath(folder) + os.sep)


def trusted(stamp: Stamp, now: int) -> bool:
    """Whether a stamp taken at `now` (ns) tells later changes apart."""
    return stamp[1] < now - RACY and stamp[2] < now - RACY


def read(path: str, most: int = -1) -> bytes:
    """The bytes of a file; no more than `most` of them, if that is given."""
    with open(path, "rb", buffering=0) as file:
        return file.read(most)


def look(path: str, size: int) -> tuple[bytes, bytes]:
    """The digest of a file of about `size` bytes, and its first bytes; a large one is never in memory as a whole."""
    if size <= PIECE:
        data = read(path)
        return digests.of(data), data[:16]
    return digests.of_file(path), read(path, 16)


def read_as(path: str, content: bytes) -> bytes:
    """The bytes of a file whose digest is `content`; OSError if they are others by now."""
    data = read(path)
    if digests.of(data) != content:
        raise OSError(errno.EAGAIN, "it was changed during the build", path)
    return data
