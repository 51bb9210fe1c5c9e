"""Writing people's own files: as a whole or not at all, and a new one never over one that is there."""

from __future__ import annotations

import os
import re
import stat
import sys

_LEFT = re.compile(r"\..+\.(\d{1,9})\.tmp", re.DOTALL)


def replace(path: str, data: bytes) -> None:
    """Write a file that is there anew, with the rights that it has; a link stays a link."""
    target = os.path.realpath(path)
    temporary = _beside(target)
    try:
        _write(temporary, data, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(temporary, target)
    except BaseException:
        _forget(temporary)
        raise


def create(path: str, data: bytes) -> None:
    """Write a new file, folders as needed; FileExistsError if there is one.  What cannot be finished leaves nothing behind."""
    made = _folders(os.path.dirname(path))
    temporary = _beside(path)
    try:
        _write(temporary, data, 0o666 & ~_umask())
        _put(temporary, path)
    except BaseException:
        _forget(temporary)
        for folder in reversed(made):
            try:
                os.rmdir(folder)
            except OSError:
                break
        raise
    _forget(temporary)


def _put(temporary: str, path: str) -> None:
    """Give a file its name, which nothing may have."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(17, "it is there already", path) from None
        os.rename(temporary, path)


def beside(path: str, process: int) -> str:
    """A name that no build, preview or Git of ours looks at: hidden, in the same folder, one for each process."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}.{process}.tmp")


def _beside(path: str) -> str:
    """The name for this process, where what killed commands have left is removed."""
    folder = os.path.dirname(path)
    for left in os.listdir(folder) if os.path.isdir(folder) else ():
        number = _LEFT.fullmatch(left)
        if number and not _alive(int(number[1])):
            _forget(os.path.join(folder, left))
    return beside(path, os.getpid())


def _alive(pid: int) -> bool:
    """Whether there may be a process of this number; Windows is not asked: there, to ask can end it."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        return True
    return True


def _write(path: str, data: bytes, mode: int) -> None:
    with open(path, "wb") as file:
        file.write(data)
    os.chmod(path, mode)


def _folders(folder: str) -> list[str]:
    """Make a folder and those above it; the new ones, the outermost first."""
    missing = []
    while folder and not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    missing.reverse()
    for path in missing:
        os.mkdir(path)
    return missing


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _forget(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
