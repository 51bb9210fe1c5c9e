"""The files of a site: where they are, and how to tell cheaply that one has changed.

A stamp is ``(size, mtime_ns, ctime_ns, inode)``.  Like Git's index, a stamp taken within the
time resolution of the file system after a change proves nothing; `trusted` tells.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from stat import S_ISREG
from typing import NamedTuple

from . import digests, mishaps
from .problems import Problem

Stamp = tuple[int, int, int, int]
RACY = 2_000_000_000  # ns; FAT keeps times to two seconds
IGNORED = (".", "~", "#")


class Scan(NamedTuple):
    """Files of a site, by path relative to it (with /), and the problems of the tree itself."""

    stamps: dict[str, Stamp]
    problems: list[Problem]


def scan(root: str, folders: Iterable[str]) -> Scan:
    """Stamp every file below `folders` of the site `root`.

    Hidden and temporary files are left out.  Symbolic links are not followed: a link to a file
    inside its own folder counts as that file, any other is a problem.
    """
    found: dict[str, Stamp] = {}
    problems: list[Problem] = []
    prefix = len(root.rstrip("/\\")) + 1
    todo = [os.path.join(root, folder) for folder in folders]
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
                if status is None:
                    hint = "put the file itself into the folder"
                    problems.append(
                        Problem(path, 0, 0, "symlink", "this is only a link to a file that lies elsewhere", hint)
                    )
                elif S_ISREG(status.st_mode):  # reading a pipe would wait for ever
                    found[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return Scan(found, problems)


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


def read(path: str) -> bytes:
    """The bytes of a file."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def read_as(path: str, content: bytes) -> bytes:
    """The bytes of a file whose digest is `content`; OSError if they are others by now."""
    data = read(path)
    if digests.of(data) != content:
        raise OSError(errno.EAGAIN, "it was changed during the build", path)
    return data
