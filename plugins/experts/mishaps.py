"""What the machine refuses (a full disk, no right to write, no memory), as a problem that says what to do."""

from __future__ import annotations

import errno

from .problems import Problem

_OF_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM)


def is_of_machine(error: BaseException) -> bool:
    """Whether an exception says something about the machine as it is now, and nothing about a file of the site."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _OF_MACHINE)


def _words_of(code: int) -> tuple[str, str]:
    """What is said of an error of the system, and what would help."""
    hint = "make room and start again"
    if code == errno.ENOSPC:
        return "the disk is full", hint
    if code == errno.EDQUOT:
        return "the space that you may use on this disk (quota) is full", hint
    if code == errno.EFBIG:
        return "a file may not become as large as this one would", "raise the limit (ulimit -f) and start again"
    if code == errno.EROFS:
        return "nothing can be written here: it is read-only", "choose another folder, or make this one writable"
    if code in (errno.EACCES, errno.EPERM):
        return "there is no right to read or write this", "check whom it belongs to and start again"
    if code == errno.EMFILE:
        return "too many files are open at once", "allow more (ulimit -n 1024) and start again"
    if code == errno.ENFILE:
        return "too many files are open at once", "end other programs and start again"
    hint = "end other programs, or use fewer processes (build --jobs 1)"
    if code == errno.ENOMEM:
        return "there is too little memory", hint
    if code == errno.EAGAIN:
        return "no process can be started any more", hint
    return "this cannot be read or written: {why}", ""


def told(error: OSError | MemoryError) -> Problem:
    """The problem of an exception by which the machine refused something, at the file that it names."""
    if isinstance(error, MemoryError):
        message, hint = _words_of(errno.ENOMEM)
        return Problem("tasks.py", 0, 0, "machine", message, hint)
    path = error.filename if isinstance(error.filename, str) else "tasks.py"
    message, hint = _words_of(error.errno or 0)
    return Problem(path, 0, 0, "machine", message, hint, {"why": error.strerror or str(error)})
