"""Make outputs and write them: all or none, each file atomically, nothing that is equal.

Workers make their share and put what differs aside (`staging`); only when all is made, and on the disk, does anything
come to its place.  Before that, the paths that will change are noted as unknown in the store of outputs, so that a crash
at any moment leaves a state from which the next build ends right.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from . import mishaps, staging
from .cache import Damaged, Store, update
from .digests import of as digest
from .output import Output
from .parallel import jobs_for, run
from .problems import Problem
from .render import TemplateProblem
from .veil import veiled

Known = tuple[bytes, bytes, int, int]
"""What is known of an output on disk: fingerprint, digest of its bytes, size, mtime (ns)."""

UNKNOWN: Known = (b"", b"", -1, 0)
DAMAGED = "damaged"  # the code of a problem that is none of the site's: the cache is


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


def touched(folder: str, known: dict[str, Known]) -> list[str]:
    """The paths of the files that are not as they were written."""
    return [path for path, value in known.items() if not intact(folder, path, value)]


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
    `keep_going`; then the outputs without problems are, and those with problems are removed.
    """
    count = jobs_for(len(outputs), jobs, 24)
    session = _Session(outputs, gone, known, store)
    waiting: list[Callable[[bool], None]] = []
    for answer, (stage, items) in run(lambda number: _work(outputs, number, count, known, folder), count):
        if stage == "made":
            session.made(*items)
            waiting.append(answer)
            if len(waiting) == count:
                go = session.begin(keep_going, folder)
                for each in waiting:
                    each(go)
            continue
        if stage == "written":
            session.written(items)
        else:
            progress(items)
        answer(True)
    return session.end(folder)


class _Session:
    """What is known of the outputs while they are made, in the process that leads the workers."""

    def __init__(self, outputs: list[Output], gone: list[str], known: dict[str, Known], store: Store) -> None:
        self.outputs, self.gone, self.known, self.store = outputs, gone, known, store
        self.failures: list[tuple[str, Problem]] = []
        self.changes: dict[Any, Any] = {}
        self.dirty: dict[Any, Any] = {}
        self.equal = self.removed = 0
        self.go = False

    def made(
        self, failures: list[tuple[int, tuple[Any, ...]]], same: list[tuple[int, bytes]], differ: list[int]
    ) -> None:
        """Take what a worker has made: failures, what is on disk already, and what is not."""
        self.failures += [(self.outputs[index].path, Problem(*problem)) for index, problem in failures]
        self.equal += len(same)
        for index, content in same:
            output = self.outputs[index]
            _, _, size, mtime = self.known[output.path]
            self.changes[output.path] = (output.fingerprint, content, size, mtime)
        self.dirty.update({self.outputs[index].path: UNKNOWN for index in differ})

    def begin(self, keep_going: bool, folder: str) -> bool:
        """All is made: note what will change on disk; whether to write it.

        A file that only changes its spelling goes before it comes: afterwards, some computers would take the new one for it.
        """
        self.go = keep_going or not self.failures
        if self.go:
            self.gone = list(dict.fromkeys([*self.gone, *[path for path, _ in self.failures]]))
            self.dirty.update(dict.fromkeys(self.gone, UNKNOWN))
            self.known.update(self.dirty)
            self.store.save(self.dirty)
            spelled = {staging.folded(output.path) for output in self.outputs}
            for path in self.gone:
                if staging.folded(path) in spelled:
                    self.removed += staging.remove(folder, path)
        return self.go

    def written(self, items: list[tuple[int, bytes, int, int]]) -> None:
        """Take what a worker has written."""
        for index, content, size, mtime in items:
            output = self.outputs[index]
            self.changes[output.path] = (output.fingerprint, content, size, mtime)

    def end(self, folder: str) -> Made:
        """Remove what is gone, and remember how the output folder is now."""
        problems = _told_once(self.failures)
        if not self.go:
            return Made(0, 0, 0, problems)
        written = len(self.changes) - self.equal
        removed = self.removed + sum([staging.remove(folder, path) for path in self.gone])
        self.changes.update(dict.fromkeys(self.gone))
        update(self.known, self.changes)
        if self.gone:  # their paths name people: the log does not keep them
            self.store.rewrite({"": {}, **self.known})
        else:
            self.store.save(self.changes)
        return Made(written, self.equal, removed, problems)


def _told_once(failures: list[tuple[str, Problem]]) -> list[Problem]:
    """The problems of all outputs; of a template that fails for many, the first one and how many more."""
    places: dict[tuple[str, int, str], list[Problem]] = {}
    for _, problem in sorted(failures, key=lambda failure: failure[0]):
        places.setdefault((problem.path, problem.line, problem.code), []).append(problem)
    told = []
    for first, *more in places.values():
        if more and "page" in first.values:
            message = "the page {page} and {more} more cannot be made: {why}"
            first = first._replace(message=message, values={**first.values, "more": len(more)})  # noqa: PLW2901 - the same, in other words
        told.append(first)
    return told


def _failure(path: str, error: Exception) -> Problem:
    """Why an output cannot be made."""
    if isinstance(error, TemplateProblem):
        return error.problem
    if isinstance(error, Damaged):
        return Problem(path, 0, 0, DAMAGED, "the cache is damaged")
    if isinstance(error, OSError):
        values = {"why": str(error.strerror or error)}
        return Problem(path, 0, 0, "unreadable", "a file that it needs cannot be read: {why}", "", values)
    values = {"why": f"{type(error).__name__}: {error}"}
    return Problem(path, 0, 0, "output", "this file cannot be made: {why}", "", values)


def _work(outputs: list[Output], number: int, count: int, known: dict[str, Known], folder: str) -> Iterator[Any]:
    """A worker's share: every count-th output."""
    stage = staging.Stage(folder, number)
    try:
        yield from _share(outputs, range(number, len(outputs), count), known, folder, stage)
    finally:
        stage.close()


def _share(
    outputs: list[Output], mine: range, known: dict[str, Known], folder: str, stage: staging.Stage
) -> Iterator[Any]:
    failures: list[tuple[int, tuple[Any, ...]]] = []
    same: list[tuple[int, bytes]] = []
    since = 0
    for index in mine:
        item = outputs[index]
        since += 1
        if since == 500:
            yield "progress", since
            since = 0
        try:
            data = item.make(*item.arguments)
            data = veiled(item.path, data)
            content = digest(data)
        except Exception as error:
            if mishaps.is_of_machine(error):
                raise
            failures.append((index, tuple(_failure(item.path, error))))
            continue
        old = known.get(item.path)
        if old is not None and old[1] == content and intact(folder, item.path, old):
            same.append((index, content))
        else:
            stage.add(index, item.path, content, data)
    if since:
        yield "progress", since
    go = yield "made", (failures, same, [item[0] for item in stage.items])
    if go:
        yield "written", list(stage.place())
