"""The way through the house: scan, read, relate, gate, plan, make, write.

`build` knows the order of the stages and nothing of what happens in them.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from . import assets, digests, look, mishaps, source
from .cache import Damaged, update
from .digests import Code
from .locks import locked, output_locked
from .make import DAMAGED, make, touched
from .memory import Memory
from .parallel import Aside, WorkerError, jobs_for, run
from .problems import Problem, Problems, tidy
from .request import Report, Request
from .settings import Settings

if TYPE_CHECKING:
    from .directory import Directory
    from .relate import Records

FOLDERS = ("profiles", "content")


def build(request: Request) -> Report:
    """Build a site; raises Problems, with nothing written, unless the request is lenient."""
    gc.disable()  # records live as long as the build; collecting them costs a fifth of its time
    code = _code(request.settings)
    memory = Memory(request.cache, request.settings.root, request.output, code.key)
    try:
        if not os.path.isdir(request.output):
            from . import stages  # a first build imports it anyway

            stages.refuse_sources(request)
        held = locked(memory.folder, request.say, request.patience)
        with held, output_locked(request.output, request.say, request.patience):
            # The first build may look at a part of the cache, the second one looks at all that is left, and the third
            # finds pictures gone that the second one removed.
            for _ in range(2):
                try:
                    return _build(request, memory, code)
                except Exception as error:
                    if not _may_be_of_cache(error, memory.folder):
                        raise
                    memory.html.close()
                    memory = Memory(request.cache, request.settings.root, request.output, code.key)
                    memory.forget(everything=True)
                    request = request._replace(clean=True)
            return _build(request, memory, code)
    finally:
        memory.html.close()
        gc.enable()


def _may_be_of_cache(error: Exception, folder: str) -> bool:
    """Whether a build that ended so should begin anew without the cache `folder`.

    Whatever somebody has put there (another build's files, folders in place of files) may lead to any error; one that
    has nothing to do with it comes again.
    """
    if isinstance(error, Damaged):
        return True
    if isinstance(error, Problems) or mishaps.is_of_machine(error):
        return False
    if isinstance(error, OSError):
        return str(error.filename or "").startswith(folder + os.sep) and error.errno != errno.EROFS
    # Who looks for faults wants to see the first one.
    return not os.environ.get("EXPERTS_DEBUG") or (isinstance(error, WorkerError) and "Damaged" in str(error))


def check(request: Request) -> Report:
    """Read, validate and relate; nothing is written but caches."""
    with checked(request) as found:
        return Report(0, 0, 0, found.problems, found.directory.hidden)


class Checked(NamedTuple):
    """A site that was read, with its problems: all that can be said of it without making a page."""

    memory: Memory
    records: Records
    problems: list[Problem]
    directory: Directory


@contextmanager
def checked(request: Request, pictures: bool = True) -> Iterator[Checked]:
    """Read, validate and relate; the site's cache is held for as long as somebody looks at the result.

    Without `pictures` none are made, and their problems stay unknown.
    """
    memory = Memory(request.cache, request.settings.root, request.output, _code(request.settings).key)
    with locked(memory.folder, request.say, request.patience):
        from . import stages

        scan, _ = _scan(request, memory)
        memory.load_rows()
        stages.read(request, memory, scan)
        records, problems = stages.relate_all(request, memory, scan)
        problems += stages.damaged_texts(request)
        memory.save()
        memory.html.close()
        if pictures:
            records, found = stages.picture(request, memory, records)
            problems += found
        yield Checked(memory, records, tidy(problems), stages.directory(request, records))


def _build(request: Request, memory: Memory, code: Code) -> Report:
    if request.clean:
        memory.forget()
    memory.load_known()
    # Another process looks after the files of the output while this one looks for changes.
    known = dict(memory.known)
    aside = Aside(lambda: touched(request.output, known), request.jobs > 1 and len(known) > 4000)
    try:
        return _build_from(request, memory, code, aside)
    finally:
        aside.close()


def _build_from(request: Request, memory: Memory, code: Code, aside: Aside) -> Report:
    memory.load_stamps()
    scan, changed = _scan(request, memory)
    theme = _theme(request.settings)
    now = digests.of_data(memory.version, code.key, theme, request.settings.digest, request.today)
    alone = memory.state.get("folder") == _stamp_of(request.output)
    if not changed and alone and memory.state.get("now") == now and not aside.result():
        if memory.stamps_changes:
            memory.stamps_store.save({"": memory.version, **memory.stamps_changes})
        return Report(0, len(memory.known), 0, [], [])
    from . import stages  # with all that it imports, a tenth of a second that a build with nothing to do saves

    memory.tidy()
    memory.load_rows()
    stages.read(request, memory, scan)
    records, problems = stages.relate_all(request, memory, scan)
    memory.save()
    records = stages.retouch(request, memory, records)
    records, found = stages.picture(request, memory, records)
    problems += found
    if problems and not request.lenient:
        raise Problems(problems)
    directory = stages.directory(request, records)
    outputs, gone, unchanged, clashes = stages.plan(request, memory, directory, code, aside)
    problems += clashes
    if problems and not request.lenient:
        raise Problems(problems)
    gone = list(dict.fromkeys([*gone, *stages.prepare_output(request, memory)]))
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
    if any(problem.code == DAMAGED for problem in made.problems):
        raise Damaged
    if problems and not request.lenient:
        raise Problems(problems)
    if outputs or gone:
        os.utime(request.output)  # a build with another cache sees by it that there may be files which it does not know
    memory.known_store.save({"": {"now": b"" if problems else now, "folder": _stamp_of(request.output)}})
    return Report(made.written, unchanged + made.equal, made.removed, tidy(problems), directory.hidden)


def _stamp_of(folder: str) -> int:
    """What changes of a folder whenever a build writes into it."""
    return os.stat(folder).st_mtime_ns if os.path.isdir(folder) else 0


# -- what surrounds the content -------------------------------------------------------------------


def _code(settings: Settings) -> Code:
    """Digests of all that makes records and pages: the generator, the plugins, the libraries."""
    folders = dict.fromkeys([os.path.join(settings.checkout, "plugins"), *settings.plugin_paths])
    trees = [_tree(folder, (".py", ".po", ".js", ".css", ".cjs")) for folder in folders]
    return Code(digests.of_data(trees), digests.of_data(sys.version, sorted(_libraries()), trees))


def _theme(settings: Settings) -> bytes:
    """A digest of the theme, of the front-end files that it names, of the brand's files and of the site's own texts."""
    used = [*assets.vendor(settings), *assets.packages(settings), *[(path, path) for path in look.files(settings)]]
    named = [(path, digests.of_file(origin) if os.path.exists(origin) else b"") for path, origin in used]
    return digests.of_data(_tree(settings.theme, ()), named, _tree(os.path.join(settings.root, "locale"), (".po",)))


def _tree(folder: str, endings: tuple[str, ...]) -> list[tuple[str, bytes]]:
    return [
        (path, digests.of(source.read(os.path.join(folder, path))))
        for path in sorted(source.scan(folder, [""]).stamps)
        if (not endings or path.endswith(endings)) and "__pycache__" not in path
    ]


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
    scan = source.scan(request.settings.root, FOLDERS)
    stamps = memory.stamps
    unsure = [path for path, stamp in scan.stamps.items() if not _known(stamps.get(path), stamp)]
    changes: dict[str, Any] = {}
    news: list[tuple[str, bytes]] = []
    for path, content, first, why in _contents(request, [(path, scan.stamps[path][0]) for path in unsure]):
        if why:
            scan.problems.append(Problem(path, 0, 0, "unreadable", "the file cannot be read: {why}", "", {"why": why}))
            del scan.stamps[path]
            continue
        stamp, old = scan.stamps[path], stamps.get(path)
        changes[path] = (*stamp, content, first, source.trusted(stamp, clock))
        if old is None or old[4] != content:
            news.append((path, content))
    for path in stamps.keys() - scan.stamps.keys():
        changes[path] = None
        news.append((path, b""))
    update(stamps, changes)
    if news:
        memory.version = digests.of_data(memory.version, sorted(news))
    memory.stamps_changes = changes
    return scan, bool(scan.problems or news)


def _known(old: Any, stamp: source.Stamp) -> bool:
    """Whether what is remembered of a file still holds."""
    return old is not None and old[:4] == stamp and old[6]


def _contents(request: Request, files: list[tuple[str, int]]) -> Iterator[tuple[str, bytes, bytes, str]]:
    """``(path, digest, first bytes, why it cannot be read)`` of files, given with their sizes."""
    root = request.settings.root
    jobs = jobs_for(len(files), request.jobs, 200)

    def work(number: int) -> Iterator[Any]:
        rows = []
        for path, size in files[number::jobs]:
            try:
                rows.append((path, *source.look(f"{root}/{path}", size), ""))
            except OSError as error:
                if mishaps.is_of_machine(error):
                    raise
                rows.append((path, b"", b"", error.strerror or "error"))
        yield rows

    for answer, rows in run(work, jobs):
        answer(True)
        yield from rows


def _file_clock(folder: str) -> int:
    """The present time by the clock of the file system (ns)."""
    path = os.path.join(folder, "clock")
    os.makedirs(folder, exist_ok=True)
    with open(path, "wb"):
        os.utime(path)
    return os.stat(path).st_mtime_ns
