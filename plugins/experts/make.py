"""Make outputs and write them: all or none, each file atomically, nothing that is equal.

Workers make their share and keep the bytes that differ; only when all are made does anything get
written.  Before that, the paths that will change are noted as unknown in the store of outputs, so
that a crash at any moment leaves a state from which the next build ends right.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .cache import Store
from .digests import of as digest
from .output import Output
from .parallel import jobs_for, run
from .problems import Problem
from .render import TemplateProblem

Known = tuple[bytes, bytes, int, int]
"""What is known of an output on disk: fingerprint, digest of its bytes, size, mtime (ns)."""

UNKNOWN: Known = (b"", b"", -1, 0)
IN_MEMORY = 16 << 20  # bytes a worker keeps before it uses a temporary file


class Made(NamedTuple):
    """What making did: numbers of files written, made but equal, and removed; and the problems."""

    written: int
    equal: int
    removed: int
    problems: list[Problem]


def intact(folder: str, path: str, known: Known) -> bool:
    """Whether a file is still as it was written."""
    try:
        status = os.stat(f"{folder}/{path}")
    except OSError:
        return False
    return status.st_size == known[2] and status.st_mtime_ns == known[3]


def make(
    outputs: list[Output],
    gone: list[str],
    known: dict[str, Known],
    store: Store,
    folder: str,
    jobs: int,
    keep_going: bool,
    progress: Callable[[int], None],
) -> Made:
    """Make `outputs` below `folder` and remove the paths `gone`.

    `known` (the content of `store`) is brought up to date.  With problems, nothing is written unless
    `keep_going`; then the outputs without problems are.
    """
    count = jobs_for(len(outputs), jobs, 24)
    waiting: list[Callable[[bool], None]] = []
    problems: list[Problem] = []
    dirty: dict[Any, Any] = {}
    changes: dict[Any, Any] = {}
    equal = 0
    session = run(lambda number: _work(outputs, number, count, known, folder), count)
    removed = 0
    for answer, (stage, items) in session:
        if stage == "progress":
            progress(items)
            answer(True)
        elif stage == "made":
            found, same, staged = items
            problems += [Problem(*problem) for problem in found]
            equal += len(same)
            for index, content in same:
                path = outputs[index].path
                old = known[path]
                changes[path] = (outputs[index].fingerprint, content, old[2], old[3])
            dirty.update({outputs[index].path: UNKNOWN for index in staged})
            waiting.append(answer)
            if len(waiting) == count:
                go = keep_going or not problems
                if go:
                    dirty.update(dict.fromkeys(gone, UNKNOWN))
                    known.update(dirty)
                    store.save(dirty)
                for each in waiting:
                    each(go)
        else:  # written
            for index, content, size, mtime in items:
                changes[outputs[index].path] = (outputs[index].fingerprint, content, size, mtime)
            answer(True)
    if problems and not keep_going:
        return Made(0, 0, 0, problems)
    for path in gone:
        removed += _remove(folder, path)
        changes[path] = None
    for path, value in changes.items():
        if value is None:
            known.pop(path, None)
        else:
            known[path] = value
    store.save(changes)
    return Made(len(changes) - equal - len(gone), equal, removed, problems)


def _work(outputs: list[Output], number: int, count: int, known: dict[str, Known], folder: str) -> Iterator[Any]:
    """A worker's share: every count-th output."""
    problems: list[tuple[Any, ...]] = []
    same: list[tuple[int, bytes]] = []
    staged: list[tuple[int, bytes, bytes | tuple[int, int]]] = []
    memory = 0
    spill: Any = None
    since = 0
    for index in range(number, len(outputs), count):
        item = outputs[index]
        since += 1
        if since == 500:
            yield "progress", since
            since = 0
        try:
            made = item.make(*item.arguments)
        except TemplateProblem as error:
            problems.append(tuple(error.problem))
            continue
        except OSError as error:
            values = {"why": str(error.strerror or error)}
            problems.append(
                tuple(Problem(item.path, 0, 0, "unreadable", "a file that it needs cannot be read: {why}", "", values))
            )
            continue
        except Exception as error:
            values = {"why": f"{type(error).__name__}: {error}"}
            problems.append(tuple(Problem(item.path, 0, 0, "output", "this file cannot be made: {why}", "", values)))
            continue
        data = made.encode("utf-8", "replace") if isinstance(made, str) else made
        content = digest(data)
        old = known.get(item.path)
        if old is not None and old[1] == content and intact(folder, item.path, old):
            same.append((index, content))
            continue
        memory += len(data)
        if memory > IN_MEMORY:
            if spill is None:
                import tempfile  # seldom needed

                spill = tempfile.TemporaryFile()
            staged.append((index, content, (spill.seek(0, os.SEEK_END), len(data))))
            spill.write(data)
        else:
            staged.append((index, content, data))
    if since:
        yield "progress", since
    go = yield "made", (problems, same, [index for index, _, _ in staged])
    if not go:
        return
    written = []
    for index, content, where in staged:
        if isinstance(where, tuple):
            spill.seek(where[0])
            data = spill.read(where[1])
        else:
            data = where
        path = f"{folder}/{outputs[index].path}"
        mtime = write(path, data)
        written.append((index, content, len(data), mtime))
    yield "written", written


def write(path: str, data: bytes) -> int:
    """Write a file atomically, folders as needed; returns its mtime (ns)."""
    temporary = f"{path}.{os.getpid()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        descriptor = os.open(temporary, flags, 0o644)
    except (FileNotFoundError, NotADirectoryError):
        make_folder(os.path.dirname(path))
        descriptor = os.open(temporary, flags, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        mtime = os.fstat(descriptor).st_mtime_ns
    finally:
        os.close(descriptor)
    try:
        os.replace(temporary, path)
    except IsADirectoryError:  # a folder of an earlier output stands where now a file belongs
        _remove_tree(path)
        os.replace(temporary, path)
    return mtime


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


def _remove_tree(path: str) -> None:
    for entry in os.scandir(path):
        if entry.is_dir(follow_symlinks=False):
            _remove_tree(entry.path)
        else:
            os.unlink(entry.path)
    os.rmdir(path)


def _remove(folder: str, path: str) -> int:
    """Remove a file and the folders that it leaves empty; the number of files removed."""
    full = f"{folder}/{path}"
    count = 1
    try:
        os.unlink(full)
    except (FileNotFoundError, NotADirectoryError):
        count = 0
    except (IsADirectoryError, PermissionError):
        return 0
    parent = os.path.dirname(full)
    while len(parent) > len(folder):
        try:
            os.rmdir(parent)
        except OSError:
            break
        parent = os.path.dirname(parent)
    return count
