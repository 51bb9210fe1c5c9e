"""One command at a time: locks on folders, which the system releases when their holder ends, however it ends.

A site's cache is held by the file ``lock`` in it, which says who holds it.  An output folder is held itself, so that no
file of ours lies in it; on Windows, which cannot do that, only the cache is held.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .cache import discard, make_folder
from .problems import Problem, Problems

Say = Callable[[Problem], None]
"""Tells somebody at once; the problem ends nothing."""

LOCK = "lock"
PATIENCE = 600.0  # seconds
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_PAUSE = 0.05
_FAR = 1 << 20  # Windows keeps others from reading what is locked, so this is no byte that is read


def silent(_: Problem) -> None:
    """Tell nobody."""


@contextmanager
def locked(folder: str, say: Say = silent, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a folder of the cache (made if it is not there) for one command; waits for another one, and says so.

    Problems if that does not end within `patience` seconds.
    """
    path = os.path.join(folder, LOCK)
    descriptor = _held(path, lambda: _holder(path), say, patience)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {int(time.time())}\n".encode())
        yield
    finally:
        os.close(descriptor)


@contextmanager
def output_locked(folder: str, say: Say = silent, patience: float = PATIENCE) -> Iterator[None]:
    """Hold an output folder for one command, whatever its cache; a folder that is only made for that does not stay."""
    if sys.platform == "win32":
        yield
        return
    made = _made(folder)
    if not os.path.isdir(folder):  # whoever writes to it says why that cannot be
        yield
        return
    busy = Problem(os.path.basename(folder), 0, 0, "busy", "another command is working on the folder {path}", "", {"path": folder})  # fmt: skip
    descriptor = _held(folder, lambda: busy, say, patience)
    try:
        yield
    finally:
        for path in reversed(made):
            try:
                os.rmdir(path)
            except OSError:
                break
        os.close(descriptor)


def _made(folder: str) -> list[str]:
    """Make a folder and those above it, as far as that is possible; the new ones, the outermost first."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    made = []
    try:
        for path in reversed(missing):
            os.mkdir(path)
            made.append(path)
    except OSError:
        pass
    return made


def _held(path: str, busy: Callable[[], Problem], say: Say, patience: float) -> int:
    """The descriptor of the file ``lock`` or of an output folder, locked if it knows locks."""
    is_file = os.path.basename(path) == LOCK
    folder, flags = (os.path.dirname(path), os.O_RDWR | os.O_CREAT) if is_file else (path, os.O_RDONLY)
    end = time.monotonic() + patience
    waiting = False
    while True:
        # It may be removed while somebody waits; in a cache, anything may have been put in its place.
        if is_file:
            make_folder(folder)
            if os.path.isdir(path) or os.path.islink(path):
                discard(path)
        else:
            os.makedirs(folder, exist_ok=True)
        descriptor = os.open(path, flags, 0o644)
        try:
            while not _taken(descriptor, path, say):
                if time.monotonic() >= end:
                    hint = "start again when it has ended; one that hangs has to be ended first"
                    raise Problems([busy()._replace(hint=hint)])
                if not waiting:
                    hint = "waiting for it"
                    say(busy()._replace(hint=hint))
                    waiting = True
                time.sleep(_PAUSE)
            if _same(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # it was removed meanwhile


def _same(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _taken(descriptor: int, path: str, say: Say) -> bool:
    """Whether the lock is ours now; where there are no locks, it is."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            return False
        hint = "see to it that nothing else builds this site meanwhile"
        say(Problem(path, 0, 0, "busy", "the file system of {path} knows no locks", hint, {"path": path}))
    return True


def _holder(path: str) -> Problem:
    """Who holds the lock, as far as that is known."""
    name = os.path.basename(os.path.dirname(path))
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            pid, since = file.read(100).split()
        moment = time.localtime(int(since))
    except (OSError, ValueError, OverflowError):
        return Problem(name, 0, 0, "busy", "another command is working on this site")
    form = "%H:%M" if abs(time.time() - int(since)) < 43200 else "%Y-%m-%d %H:%M"
    values = {"pid": pid, "since": time.strftime(form, moment)}
    return Problem(name, 0, 0, "busy", "another command is working on this site (process {pid}, since {since})", "", values)  # fmt: skip
