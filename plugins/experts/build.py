"""The way through the house: scan, read, relate, gate, plan, make, write.

`build` knows the order of the stages and nothing of what happens in them.
"""

from __future__ import annotations

import gc
import os
import posixpath
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

from . import assets, model, relate, schema, source
from . import directory as directory_module
from . import records as records_module
from .cache import locked
from .make import intact, make, write
from .memory import Memory
from .output import Output
from .parallel import jobs_for, run
from .problems import Problem, Problems, tidy
from .settings import Settings
from .signals import outputs as planners
from .site import Site

FOLDERS = ("profiles", "content")
MARKER = ".our-experts"
MARKER_TEXT = b"This folder is written by a build. Anything else in it is removed.\n"


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
    hidden: list[directory_module.Hidden]


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
        scan, _ = _scan(request, memory)
        memory.load_rows()
        _read(request, memory, scan)
        records, problems = _relate(request, memory, scan)
        _save(memory)
        return Report(0, 0, 0, tidy(problems), _directory(request, records).hidden)


def _build(request: Request, memory: Memory, surroundings: bytes) -> Report:
    if request.clean:
        memory.forget()
    memory.load_stamps()
    scan, changed = _scan(request, memory)
    now = schema.digest(surroundings, request.settings.digest, request.today, request.settings.drafts)
    if not changed and memory.state.get("now") == now and _all_intact(request, memory):
        if memory.stamps_changes:
            memory.stamps_store.save(memory.stamps_changes)
        return Report(0, len(memory.known), 0, [], [])
    memory.load_rows()
    _read(request, memory, scan)
    records, problems = _relate(request, memory, scan)
    _save(memory)
    if problems and not request.lenient:
        raise Problems(problems)
    directory = _directory(request, records)
    outputs, gone, unchanged, clashes = _plan(request, memory, directory, surroundings)
    problems += clashes
    if problems and not request.lenient:
        raise Problems(problems)
    gone += _prepare_output(request, memory)
    done = 0
    total = len(outputs)

    def progress(count: int) -> None:
        nonlocal done
        done += count
        request.progress("make", done, total)

    if outputs or gone:
        memory.known_store.save({"": {}})
    made = make(outputs, gone, memory.known, memory.known_store, request.output, request.jobs, request.lenient, progress)
    problems += made.problems
    if problems and not request.lenient:
        raise Problems(problems)
    memory.known_store.save({"": {"now": b"" if problems else now}})
    memory.html.close()
    return Report(made.written, unchanged + made.equal, made.removed, tidy(problems), directory.hidden)


# -- what surrounds the content -------------------------------------------------------------------


def _surroundings(request: Request) -> bytes:
    """A digest of all that is not content: the code, the libraries, the theme."""
    settings = request.settings
    own = os.path.join(settings.checkout, "plugins")
    parts: list[Any] = [sys.version, sorted(_libraries())]
    for folder in dict.fromkeys([own, *settings.plugin_paths]):
        parts.append(_tree(folder, (".py", ".po")))
    parts.append(_tree(settings.theme, ()))
    parts.append([(path, source.digest_of_file(origin) if os.path.exists(origin) else b"") for path, origin in assets.vendor(settings)])
    return schema.digest(*parts)


def _tree(folder: str, endings: tuple[str, ...]) -> list[tuple[str, bytes]]:
    found = []
    for path in sorted(source.scan(folder, [""]).stamps):
        if (not endings or path.endswith(endings)) and "__pycache__" not in path:
            found.append((path, source.digest(source.read(os.path.join(folder, path)))))
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
    changed = bool(scan.problems)
    fresh: dict[str, Any] = {}
    for path, stamp in scan.stamps.items():
        old = stamps.get(path)
        if old is not None and old[:4] == stamp and old[6]:
            continue
        try:
            data = source.read(f"{root}/{path}")
        except OSError as error:
            scan.problems.append(Problem(path, 0, 0, "unreadable", "the file cannot be read: {why}", "", {"why": error.strerror or ""}))
            changed = True
            continue
        content = source.digest(data)
        changes[path] = (*stamp, content, data[:16], source.trusted(stamp, clock))
        if old is None or old[4] != content:
            changed = True
            if len(data) < 1 << 20 and schema.kind_of(path)[0]:
                fresh[path] = data
    for path in [path for path in stamps if path not in scan.stamps]:
        changes[path] = None
        changed = True
    for path, value in changes.items():
        if value is None:
            del stamps[path]
        else:
            stamps[path] = value
    memory.stamps_changes = changes
    memory.fresh = fresh
    return scan, changed


def _file_clock(folder: str) -> int:
    """The present time by the clock of the file system (ns)."""
    path = os.path.join(folder, "clock")
    os.makedirs(folder, exist_ok=True)
    with open(path, "wb"):
        os.utime(path)
    return os.stat(path).st_mtime_ns


# -- read -----------------------------------------------------------------------------------------


def _read(request: Request, memory: Memory, scan: source.Scan) -> None:
    """Read the records whose files have changed; bring `memory.rows` up to date.

    A row is ``(content digest, kind, slug, plain record, problems, html digest, offset, length)``.
    """
    languages = request.settings.languages
    root = request.settings.root
    wanted = []
    memory.rows_changes = {}
    for path in scan.stamps:
        stamp = memory.stamps.get(path)
        if stamp is None or not schema.kind_of(path)[0]:
            continue
        row = memory.rows.get(path)
        if row is None or row[0] != schema.digest(stamp[4], languages):
            wanted.append((path, stamp[0]))
    for path in [path for path in memory.rows if path not in scan.stamps]:
        del memory.rows[path]
        memory.rows_changes[path] = None
    if not wanted:
        return
    # The large ones first and dealt out in turn, so that the workers end together.
    wanted.sort(key=lambda item: (-item[1], item[0]))
    jobs = jobs_for(len(wanted), request.jobs, 16)

    def work(number: int) -> Iterator[Any]:
        rows = []
        for path, _ in wanted[number::jobs]:
            data = memory.fresh.get(path)
            if data is None:
                data = source.read(f"{root}/{path}")
            kind, slug, _ = schema.kind_of(path)
            reading = schema.read(path, data, languages)
            html = reading.html.encode() if reading.record is not None else b""
            key = source.digest(html) if html else b""
            problems = [tuple(problem) for problem in reading.problems]
            content = schema.digest(memory.stamps[path][4], languages)
            rows.append((path, (content, kind, slug, model.plain(reading.record), problems, key), html))
            if len(rows) == 250:
                yield rows
                rows = []
        yield rows

    done = 0
    for answer, rows in run(work, jobs):
        answer(True)
        for path, row, html in rows:
            if html:
                memory.html.add(row[5], html)
            row = (*row, *memory.html.index.get(row[5], (0, 0)))
            memory.rows[path] = memory.rows_changes[path] = row
        done += len(rows)
        request.progress("read", done, len(wanted))


# -- relate ---------------------------------------------------------------------------------------


def _relate(request: Request, memory: Memory, scan: source.Scan) -> tuple[relate.Records, list[Problem]]:
    problems = list(scan.problems)
    reads = []
    restore = records_module.restore
    for path in sorted(memory.rows):
        row = memory.rows[path]
        if row[4]:
            problems += [Problem(*problem) for problem in row[4]]
        record = restore(row[1], row[3]) if row[3] is not None else None
        reads.append(relate.Read(path, row[1], row[2], record))
    files = {path: stamp[4] for path, stamp in memory.stamps.items() if path not in memory.rows and not path.endswith(".md")}
    pages, found = _pages(request, memory)
    problems += found
    root = request.settings.root
    records, found = relate.relate(
        reads,
        pages,
        files,
        lambda path: memory.stamps[path][5],
        lambda path, names, value: records_module.locate(f"{root}/{path}", names, value),
    )
    return records, problems + found


def _pages(request: Request, memory: Memory) -> tuple[dict[str, model.Page], list[Problem]]:
    """The ordinary pages, read by Pelican where one has changed."""
    paths = sorted(path for path in memory.stamps if path.startswith("content/pages/"))
    if not paths:
        return {}, []
    key = schema.digest([(path, memory.stamps[path][4]) for path in paths], request.settings.digest)
    stored = memory.pages_store.load()
    if stored.get("key") != key:
        reader = import_module("experts.pages_reader")  # imports Pelican: a third of a second
        pages, problems = reader.read(request.settings, paths)
        stored = {"key": key, "pages": model.plain(tuple(pages)), "problems": [tuple(problem) for problem in problems]}
        memory.pages_store.save({}, stored) if memory.pages_store.size == 0 else memory.pages_store.save(stored)
    restored = [records_module.restore("page", row) for row in stored["pages"]]
    return {page.slug: page for page in restored}, [Problem(*problem) for problem in stored["problems"]]


def _directory(request: Request, records: relate.Records) -> directory_module.Directory:
    settings = request.settings
    return directory_module.Directory(records, directory_module.Rules(request.today, settings.drafts, settings.consent))


def _save(memory: Memory) -> None:
    """Store the stamps and records: the reading need not be done again, whatever becomes of the build."""
    live = [row[5] for row in memory.rows.values() if row[5]]
    if memory.html.compact(live):
        for path, row in memory.rows.items():
            if row[5]:
                memory.rows[path] = (*row[:6], *memory.html.index[row[5]])
        everything = {"": memory.html.generation, **memory.rows}
        memory.rows_store._rewrite(everything)
    elif memory.rows_changes or memory.rows_store.size == 0:
        changes = {"": memory.html.generation, **memory.rows_changes}
        memory.rows_store.save(changes, {"": memory.html.generation, **memory.rows})
    memory.drop_old_html()
    if memory.stamps_changes or memory.stamps_store.size == 0:
        memory.stamps_store.save(memory.stamps_changes, memory.stamps)


# -- plan -----------------------------------------------------------------------------------------


def load_plugins(settings: Settings) -> None:
    """Import the plugins of PLUGINS that are ours or the site's, and let them register."""
    problems = []
    for path in reversed(settings.plugin_paths):
        if path not in sys.path:
            sys.path.insert(0, path)
    for name in settings.plugins:
        if name == "experts":
            continue
        try:
            import_module(name).register()
        except ImportError as error:
            values = {"name": name, "why": str(error)}
            problems.append(Problem("pelicanconf.py", 0, 0, "plugin", "the plugin {name} cannot be loaded: {why}", "see PLUGINS and PLUGIN_PATHS", values))
        except Exception as error:
            values = {"name": name, "why": f"{type(error).__name__}: {error}"}
            problems.append(Problem("pelicanconf.py", 0, 0, "plugin", "the plugin {name} fails to register: {why}", "", values))
    if problems:
        raise Problems(problems)


def _plan(
    request: Request, memory: Memory, directory: directory_module.Directory, surroundings: bytes
) -> tuple[list[Output], list[str], int, list[Problem]]:
    """``(outputs to make, paths to remove, number of the unchanged, clashes of two outputs for one path)``."""
    settings = request.settings
    load_plugins(settings)
    site = Site(settings, surroundings, os.path.dirname(memory.folder), memory.html.get)
    site.see(directory.pages, bool(directory.events), bool(directory.hooks))
    owners: dict[str, str] = {}
    todo: list[Output] = []
    problems: list[Problem] = []
    known = memory.known
    unchanged = 0
    for planner in planners.receivers:
        owner = planner.__module__
        for item in planner(directory, site):
            path = item.path
            if path in owners:
                values = {"path": path, "one": owners[path], "two": owner}
                problems.append(Problem(path, 0, 0, "clash", "{one} and {two} both make this file", "rename one of the pages", values))
                continue
            owners[path] = owner
            old = known.get(path)
            if old is not None and old[0] == item.fingerprint and intact(request.output, path, old):
                unchanged += 1
            else:
                todo.append(item)
    gone = [path for path in known if path not in owners and path != MARKER]
    memory.planned = owners
    return todo, gone, unchanged, problems


# -- the output folder ----------------------------------------------------------------------------


def _all_intact(request: Request, memory: Memory) -> bool:
    folder = request.output
    return all(intact(folder, path, known) for path, known in memory.known.items())


def _prepare_output(request: Request, memory: Memory) -> list[str]:
    """Make sure that the output folder is ours; the files in it that no build we know of has made."""
    folder = request.output
    marker = os.path.join(folder, MARKER)
    if os.path.exists(marker) and memory.known:
        return []
    found = source.scan(folder, [""]).stamps if os.path.isdir(folder) else {}
    if found and not os.path.exists(marker):
        values = {"path": folder}
        hint = "choose an empty folder with --output, or empty this one"
        raise Problems([Problem(posixpath.basename(folder), 0, 0, "output", "the folder {path} holds files that no build has made", hint, values)])
    write(marker, MARKER_TEXT)
    return [path for path in found if path not in memory.planned]
