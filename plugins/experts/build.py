"""The way through the house: scan, read, relate, gate, plan, make, write.

`build` knows the order of the stages and nothing of what happens in them.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from . import assets, digests, source
from .cache import locked
from .make import intact, make
from .memory import Memory
from .parallel import jobs_for, run
from .problems import Problem, Problems, tidy
from .settings import Settings

FOLDERS = ("profiles", "content")


class Request(NamedTuple):
    """What is asked of a build; the folders are absolute."""

    settings: Settings
    output: str
    cache: str
    today: str  # ISO date
    jobs: int
    clean: bool = False
    lenient: bool = False
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None


class Report(NamedTuple):
    """What a build did: numbers of outputs, its problems, and what is not shown and why."""

    made: int
    unchanged: int
    removed: int
    problems: list[Problem]
    hidden: list[Any]


def build(request: Request) -> Report:
    """Build a site; raises Problems, with nothing written, unless the request is lenient."""
    gc.disable()  # records live as long as the build; collecting them costs a fifth of its time
    try:
        surroundings = _surroundings(request)
        memory = Memory(request.cache, request.settings.root, request.output, surroundings)
        with locked(memory.folder):
            return _build(request, memory, surroundings)
    finally:
        gc.enable()


def check(request: Request) -> Report:
    """Read, validate and relate; nothing is written but caches."""
    surroundings = _surroundings(request)
    memory = Memory(request.cache, request.settings.root, request.output, surroundings)
    with locked(memory.folder):
        from . import stages

        scan, _ = _scan(request, memory)
        memory.load_rows()
        stages.read(request, memory, scan)
        records, problems = stages.relate_all(request, memory, scan)
        memory.save()
        return Report(0, 0, 0, tidy(problems), stages.directory(request, records).hidden)


def _build(request: Request, memory: Memory, surroundings: bytes) -> Report:
    if request.clean:
        memory.forget()
    memory.load_stamps()
    scan, changed = _scan(request, memory)
    now = digests.of_data(memory.version, surroundings, request.settings.digest, request.today, request.settings.drafts)
    if not changed and memory.state.get("now") == now and _all_intact(request, memory):
        if memory.stamps_changes:
            memory.stamps_store.save({"": memory.version, **memory.stamps_changes})
        return Report(0, len(memory.known), 0, [], [])
    from . import stages  # with all that it imports, a tenth of a second that a build with nothing to do saves

    memory.load_rows()
    stages.read(request, memory, scan)
    records, problems = stages.relate_all(request, memory, scan)
    memory.save()
    if problems and not request.lenient:
        raise Problems(problems)
    directory = stages.directory(request, records)
    outputs, gone, unchanged, clashes = stages.plan(request, memory, directory, surroundings)
    problems += clashes
    if problems and not request.lenient:
        raise Problems(problems)
    gone += stages.prepare_output(request, memory)
    done = 0
    total = len(outputs)

    def progress(count: int) -> None:
        nonlocal done
        done += count
        request.progress("make", done, total)

    if outputs or gone:
        memory.known_store.save({"": {}})
    made = make(
        outputs, gone, memory.known, memory.known_store, request.output, request.jobs, request.lenient, progress
    )
    problems += made.problems
    if problems and not request.lenient:
        raise Problems(problems)
    memory.known_store.save({"": {"now": b"" if problems else now}})
    memory.html.close()
    return Report(made.written, unchanged + made.equal, made.removed, tidy(problems), directory.hidden)


def _all_intact(request: Request, memory: Memory) -> bool:
    folder = request.output
    return all(intact(folder, path, known) for path, known in memory.known.items())


# -- what surrounds the content -------------------------------------------------------------------


def _surroundings(request: Request) -> bytes:
    """A digest of all that is not content: the code, the libraries, the theme."""
    settings = request.settings
    own = os.path.join(settings.checkout, "plugins")
    parts: list[Any] = [sys.version, sorted(_libraries())]
    for folder in dict.fromkeys([own, *settings.plugin_paths]):
        parts.append(_tree(folder, (".py", ".po")))
    parts.append(_tree(settings.theme, ()))
    parts.append(
        [(path, digests.of_file(origin) if os.path.exists(origin) else b"") for path, origin in assets.vendor(settings)]
    )
    return digests.of_data(*parts)


def _tree(folder: str, endings: tuple[str, ...]) -> list[tuple[str, bytes]]:
    found = []
    for path in sorted(source.scan(folder, [""]).stamps):
        if (not endings or path.endswith(endings)) and "__pycache__" not in path:
            found.append((path, digests.of(source.read(os.path.join(folder, path)))))
    return found


def _libraries() -> Iterator[str]:
    """The names and versions of what is installed."""
    for folder in sys.path:
        if folder.endswith("site-packages") and os.path.isdir(folder):
            yield from (name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))


# -- scan -----------------------------------------------------------------------------------------


def _scan(request: Request, memory: Memory) -> tuple[source.Scan, bool]:
    """Find the files; bring `memory.stamps` up to date; whether any content has changed.

    `memory.stamps` is path -> (size, mtime, ctime, inode, digest, first bytes, trusted).
    """
    if not memory.stamps:
        memory.load_stamps()
    clock = _file_clock(memory.folder)
    root = request.settings.root
    scan = source.scan(root, FOLDERS)
    stamps = memory.stamps
    changes: dict[str, Any] = {}
    news: list[tuple[str, bytes]] = []
    doubtful = [path for path, stamp in scan.stamps.items() if not _same(stamps.get(path), stamp)]
    for path, content, head, error in _contents(root, doubtful, request.jobs):
        if error:
            problem = Problem(path, 0, 0, "unreadable", "the file cannot be read: {why}", "", {"why": error})
            scan.problems.append(problem)
            continue
        stamp, old = scan.stamps[path], stamps.get(path)
        changes[path] = (*stamp, content, head, source.trusted(stamp, clock))
        if old is None or old[4] != content:
            news.append((path, content))
    for path in [path for path in stamps if path not in scan.stamps]:
        changes[path] = None
        news.append((path, b""))
    for path, value in changes.items():
        if value is None:
            del stamps[path]
        else:
            stamps[path] = value
    if news:
        memory.version = digests.of_data(memory.version, sorted(news))
    memory.stamps_changes = changes
    return scan, bool(news or scan.problems)


def _same(old: Any, stamp: source.Stamp) -> bool:
    """Whether a file's stamp proves that it has not changed."""
    return old is not None and old[:4] == stamp and old[6]


def _contents(root: str, paths: list[str], jobs: int) -> Iterator[tuple[str, bytes, bytes, str]]:
    """``(path, digest, first bytes, error)`` of files; many are read on all cores, since a cold read waits for the disk."""
    count = jobs_for(len(paths), jobs, 300)

    def work(number: int) -> Iterator[Any]:
        found = []
        for path in paths[number::count]:
            try:
                data = source.read(f"{root}/{path}")
            except OSError as error:
                found.append((path, b"", b"", error.strerror or "unknown error"))
            else:
                found.append((path, digests.of(data), data[:16], ""))
        yield found

    for answer, found in run(work, count):
        answer(True)
        yield from found


def _file_clock(folder: str) -> int:
    """The present time by the clock of the file system (ns)."""
    path = os.path.join(folder, "clock")
    os.makedirs(folder, exist_ok=True)
    with open(path, "wb"):
        os.utime(path)
    return os.stat(path).st_mtime_ns
