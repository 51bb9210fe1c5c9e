"""The stages of a build in which something has changed: read, relate, plan."""

from __future__ import annotations

import os
import posixpath
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import wraps
from importlib import import_module
from typing import Any, NamedTuple

from . import (
    acting,
    darkroom,
    digests,
    filenames,
    marker,
    mishaps,
    model,
    orders,
    relate,
    render,
    renewal,
    signals,
    source,
    staging,
    texts,
    visibility,
)
from . import directory as directory_module
from . import records as records_module
from . import retouch as retouch_module
from .cache import Damaged
from .decoding import FORMATS
from .decoding import kind_of as kind_of_data
from .digests import Code
from .memory import Memory
from .output import Output, output
from .parallel import Aside, jobs_for, run
from .places import kind_of
from .problems import Problem, Problems
from .request import Request
from .settings import Settings, out_of_date
from .site import Site

_TEMPORARY = re.compile(r"\.\d+\.tmp$")  # what a build that is killed may leave behind
_DOTS = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")
_HIDDEN = re.compile(r"(?:^|/)[.~#]|~(?:/|$)")  # what `source.scan` leaves out


def read(request: Request, memory: Memory, scan: source.Scan) -> None:
    """Read the records whose files have changed; bring `memory.rows` up to date.

    A row is ``(content digest, kind, slug, plain record, problems, html digest, offset, length)``.
    """
    languages = request.settings.languages
    root = request.settings.root
    wanted = []
    memory.rows_changes = {}
    for path in scan.stamps:
        stamp = memory.stamps.get(path)
        if stamp is None or not kind_of(path)[0]:
            continue
        row = memory.rows.get(path)
        if row is None or row[0] != digests.of_data(stamp[4], languages):
            wanted.append((path, stamp[0]))
    for path in [path for path in memory.rows if path not in scan.stamps]:
        del memory.rows[path]
        memory.rows_changes[path] = None
    if not wanted:
        return
    # The large ones first and dealt out in turn, so that the workers end together.
    wanted.sort(key=lambda item: (-item[1], item[0]))
    paths = [path for path, _ in wanted]
    jobs = jobs_for(len(paths), request.jobs, 16)
    done = 0
    for answer, rows in run(lambda number: _read(root, paths[number::jobs], languages), jobs, render.warm_up):
        answer(True)
        for path, row, html in rows:
            if html:
                memory.html.add(row[5], html)
            memory.rows[path] = memory.rows_changes[path] = (*row, *memory.html.index.get(row[5], (0, 0)))
        done += len(rows)
        request.progress("read", done, len(paths))


def _read(root: str, paths: list[str], languages: tuple[str, ...]) -> Iterator[list[Any]]:
    """A worker's share: ``(path, row without the place of its HTML, HTML)``."""
    from . import frontmatter, reader  # in the workers: YAML and Markdown are imported on all cores at once

    rows = []
    for path in paths:
        data = source.read(f"{root}/{path}", frontmatter.MAX_FILE + 1)
        kind, slug, _ = kind_of(path)
        if len(data) > frontmatter.MAX_FILE:
            size = os.path.getsize(f"{root}/{path}")
            reading = reader.Reading(kind, None, "", [frontmatter.too_long(path, size)])
        else:
            reading = reader.read(path, data, languages)
        html = reading.html.encode() if reading.record is not None else b""
        key = digests.of(html) if html else b""
        problems = [tuple(problem) for problem in reading.problems]
        content = digests.of_data(digests.of(data), languages)  # it may have changed since the scan
        rows.append((path, (content, kind, slug, model.plain(reading.record), problems, key), html))
        if len(rows) == 250:
            yield rows
            rows = []
    yield rows


# -- relate ---------------------------------------------------------------------------------------


def relate_all(request: Request, memory: Memory, scan: source.Scan) -> tuple[relate.Records, list[Problem]]:
    """The records of the whole site, with all problems so far."""
    problems = [*scan.problems, *filenames.oddities(sorted(scan.stamps))]
    reads = []
    restore = records_module.restore
    for path in sorted(memory.rows):
        row = memory.rows[path]
        if row[4]:
            problems += [Problem(*problem) for problem in row[4]]
        record = restore(row[1], row[3]) if row[3] is not None else None
        reads.append(relate.Read(path, row[1], row[2], record))
    files = {
        path: stamp[4] for path, stamp in memory.stamps.items() if path not in memory.rows and not path.endswith(".md")
    }
    problems += _acting(request, memory, files)
    pages, unread = _pages(request, memory)
    problems += unread
    root = request.settings.root

    def locate(path: str, names: tuple[str, ...], value: str) -> tuple[int, int]:
        return records_module.locate(f"{root}/{path}", names, value)

    records, found = relate.relate(
        reads,
        pages,
        files,
        lambda path: memory.stamps[path][5],
        locate,
    )
    # Where a page cannot be read, its version may be the one that people name.
    unknown = [] if unread else relate.unknown_consents(records, locate)
    return records, [*problems, *found, *unknown]


def _acting(request: Request, memory: Memory, files: dict[str, bytes]) -> list[Problem]:
    """Take out of `files` those copied as they are that would act in a visitor's browser; a problem for each."""
    folders = tuple(f"content/{folder}/" for folder in request.settings.static_paths)
    copied = [path for path in sorted(files) if path.startswith(folders) and acting.ending(path) in acting.KINDS]
    if not copied:
        return []
    known = memory.acting_store.load()
    rows = {path: known[path] for path in copied if path in known and known[path][0] == files[path]}
    for path in copied:
        if path not in rows:
            rows[path] = (files[path], acting.acts(path, source.read(f"{request.settings.root}/{path}")))
    if rows != known:
        memory.acting_store.rewrite(rows)
    problems = []
    for path, (_, what) in rows.items():
        if what:
            del files[path]
            message = "this file would act in the browser of whoever opens it: {what}"
            hint = "take that out, or save it as a picture of another kind; pages belong into content/pages/"
            problems.append(Problem(path, 0, 0, "file-active", message, hint, {"what": what}))
    return problems


def _pages(request: Request, memory: Memory) -> tuple[dict[str, model.Page], list[Problem]]:
    """The ordinary pages, read by Pelican where one has changed."""
    paths = sorted(path for path in memory.stamps if path.startswith("content/pages/"))
    if not paths:
        return {}, []
    key = digests.of_data([(path, memory.stamps[path][4]) for path in paths], request.settings.digest)
    stored = memory.pages_store.load()
    if stored.get("key") != key:
        pages_reader = import_module("experts.pages_reader")  # imports Pelican: a third of a second
        pages, problems = pages_reader.read(request.settings, paths)
        stored = {"key": key, "pages": model.plain(tuple(pages)), "problems": [tuple(problem) for problem in problems]}
        memory.pages_store.save({}, stored) if memory.pages_store.size == 0 else memory.pages_store.save(stored)
    restored = [records_module.restore("page", row) for row in stored["pages"]]
    return {page.slug: page for page in restored}, [Problem(*problem) for problem in stored["problems"]]


def retouch(request: Request, memory: Memory, records: relate.Records) -> relate.Records:
    """The records without the names of people who are gone in the texts of others."""
    settings = request.settings

    def words(text: str, lang: str) -> tuple[str, str]:
        return texts.spoken(settings.root, settings.theme, (lang, settings.languages[0]), request.cache, text)

    shelf = retouch_module.Shelf(memory.html.text, memory.html.add)
    return retouch_module.retouched(records, rules(request, records), shelf, words)


def picture(request: Request, memory: Memory, records: relate.Records) -> tuple[relate.Records, list[Problem]]:
    """The records with what their pictures have become, made where it is new; and the problems of pictures."""
    settings = request.settings
    named = orders.orders(records, rules(request, records))
    # What is no picture at all has its problem already.
    wanted = {order: it for order, it in named.items() if kind_of_data(memory.stamps[order.origin][5]) in FORMATS}
    sources = {order: content for order, (_, content) in wanted.items()}
    images, failures = darkroom.develop(
        settings.root,
        memory.folder,
        sources,
        request.jobs,
        lambda done, total: request.progress("picture", done, total),
    )
    problems = []
    for order, error in failures.items():
        place = wanted[order][0]
        at = records_module.locate(f"{settings.root}/{place.source}", place.fields, place.value)
        values = {"file": place.value, **error.values}
        problems.append(Problem(place.source, *at, "picture", error.message, error.hint, values))
    return records._replace(images=images), problems


def rules(request: Request, records: relate.Records) -> visibility.Rules:
    """By what is decided who is shown."""
    settings, today = request.settings, request.today
    ended = renewal.ended(renewal.texts(records.pages.values()), settings.consent_texts, today)
    return visibility.Rules(today, settings.drafts, settings.consent, ended, settings.verify_days, settings.mentions)


def directory(request: Request, records: relate.Records) -> directory_module.Directory:
    """The directory of what is shown today."""
    settings = request.settings
    found = directory_module.Directory(records, rules(request, records), lang=settings.languages[0])
    found.hidden += out_of_date(settings, request.today)
    return found


def damaged_texts(request: Request) -> list[Problem]:
    """The problems of the catalogues with the texts of pages."""
    found: list[Problem] = []
    for lang in request.settings.languages:
        try:
            texts.of_pages(request.settings.root, request.settings.theme, lang, request.cache)
        except Problems as error:
            found += error.problems
    return found


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
            _import(name, settings).register()
        except ModuleNotFoundError as error:
            if _is_ours(name, settings) and (error.name or "").partition(".")[0] != name:
                raise  # the plugin is there, and what it needs is not installed
            message = "the plugin {name} cannot be loaded: {why}"
            values = {"name": name, "why": str(error)}
            hint = "see PLUGINS and PLUGIN_PATHS"
            problems.append(Problem("pelicanconf.py", 0, 0, "plugin", message, hint, values))
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything
            problems.append(_fault(name, error, settings, "the plugin {name} cannot be loaded: {why}"))
    if problems:
        raise Problems(problems)


def _import(name: str, settings: Settings) -> Any:
    """A plugin's module.

    Python takes compiled code for fresh if size and second of the source are the same, which two saves in a row
    may be; so none is kept for a site's own plugins.
    """
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = before or not _is_ours(name, settings)
    try:
        return import_module(name)
    finally:
        sys.dont_write_bytecode = before


def _is_ours(name: str, settings: Settings) -> bool:
    """Whether a plugin is one of the generator's."""
    ours = os.path.join(settings.checkout, "plugins", name)
    return os.path.isdir(ours) or os.path.exists(f"{ours}.py")


def _fault(name: str, error: Exception, settings: Settings, message: str) -> Problem:
    """The problem of a plugin that raised an exception: at its own last line in the traceback."""
    if mishaps.is_of_machine(error):
        raise error
    at, line = "pelicanconf.py", 0
    if isinstance(error, SyntaxError) and error.filename:
        places = [(error.filename, error.lineno or 0)]
    else:
        places = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    for file, number in places:
        for folder in settings.plugin_paths:
            path = os.path.relpath(file, folder) if file.startswith(folder + os.sep) else ""
            if path and not path.startswith("experts" + os.sep):
                at, line = f"{os.path.basename(folder)}/{path.replace(os.sep, '/')}", number
    values = {"name": name, "why": f"{type(error).__name__}: {error}"}
    return Problem(at, line, 1, "plugin", message, "", values)


class Plan(NamedTuple):
    """What is to be done in the output folder."""

    outputs: list[Output]  # to make
    gone: list[str]  # paths to remove
    unchanged: int
    problems: list[Problem]


def plan(request: Request, memory: Memory, seen: directory_module.Directory, code: Code, aside: Aside) -> Plan:
    """Ask every plugin for its outputs; Problems if one fails, since nothing it made could be told from what is gone."""
    settings = request.settings
    load_plugins(settings)
    heads = tuple(signals.heads.receivers)
    unlisted = tuple([head for head in heads if "search-engines" not in signals.heads.channels.get(head, ())])
    site = Site(settings, code, memory.folder, memory.html.text, request.jobs, heads, unlisted)
    site.see(seen.pages, bool(seen.events), bool(seen.hooks))
    owners: dict[str, str] = {}
    todo: list[Output] = []
    problems: list[Problem] = []
    known = memory.known
    damaged = frozenset(aside.result())

    def mark(_directory: directory_module.Directory, _site: Site) -> Iterator[Output]:
        hidden = tuple(sorted(filter(_HIDDEN.search, owners)))
        yield output(marker.NAME, b"", marker.text, settings.url, settings.drafts, hidden)

    planners = [*map(_of_channel, signals.outputs.receivers), *map(_after_all, signals.indexes.receivers)]
    for planner in (*planners, mark):
        owner = planner.__module__
        try:
            for item in planner(seen, site):
                path = item.path
                if path in owners:
                    problems.append(_clash(path, path, owners[path], owner))
                    continue
                owners[path] = owner
                old = known.get(path)
                if old is None or old[0] != item.fingerprint or path in damaged:
                    todo.append(item)
        except (Problems, Damaged):
            raise
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything
            raise Problems([_fault(owner, error, settings, "the plugin {name} fails: {why}")]) from None
    if (
        todo and todo[-1].path == marker.NAME
    ):  # written first, so that the folder of a build that is killed is known again
        todo.insert(0, todo.pop())
    refused = []
    if any(item.path not in known for item in todo):
        refused = _misplaced(owners) + _nested(owners) + _alike(owners)
        barred = {problem.path for problem in refused}
        todo = [item for item in todo if item.path not in barred]
    gone = [path for path in known if path not in owners]
    gone += [problem.path for problem in refused if problem.path in known]
    memory.planned = owners
    return Plan(todo, gone, len(owners) - len(todo) - len(refused), problems + refused)


def _of_channel(planner: signals.Planner) -> signals.Planner:
    """A planner that sees those who consented to its channel."""

    @wraps(planner)
    def asking(seen: directory_module.Directory, site: Site) -> Iterable[Output]:
        return planner(signals.outputs.seen(planner, seen), site)

    return asking


def _after_all(indexer: signals.Indexer) -> signals.Planner:
    """A planner that sees those who consented to its channel, and knows the pages of all planners before it."""

    @wraps(indexer)
    def planner(seen: directory_module.Directory, site: Site) -> Iterable[Output]:
        return indexer(signals.indexes.seen(indexer, seen), site, tuple(site.pages))

    return planner


def _clash(path: str, other: str, one: str, two: str) -> Problem:
    values = {"path": other, "one": one, "two": two}
    if path == other:
        return Problem(path, 0, 0, "clash", "{one} and {two} both make this file", "rename one of the pages", values)
    message = "{two} makes this file, and {one} makes it a folder, for {path}"
    return Problem(path, 0, 0, "clash", message, "rename one of the pages", values)


def _misplaced(owners: dict[str, str]) -> list[Problem]:
    """A problem for each path that leads out of the output folder, or nowhere."""
    message, hint = "{name} makes this file, which is not possible", "a path is relative, with / and without . and .."
    return [
        Problem(path, 0, 0, "path", message, hint, {"name": owner})
        for path, owner in owners.items()
        if path[:1] in ("", "/") or "\\" in path or "\0" in path or _DOTS.search(path)
    ]


def _nested(owners: dict[str, str]) -> list[Problem]:
    """A problem for each file that another output needs as its folder."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for path, owner in owners.items():
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            if folder in owners:
                problems.append(_clash(folder, path, owner, owners[folder]))
            folder = folder.rpartition("/")[0]
    return problems


def _alike(owners: dict[str, str]) -> list[Problem]:
    """A problem for each file that is another one, too, where capitals or the way letters are coded do not count."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    message = "{two} makes this file, and {one} makes {path}: on many computers these two are the same file"
    for path, owner in owners.items():
        other = seen.setdefault(staging.folded(path), path)
        if other != path:
            values = {"path": other, "one": owners[other], "two": owner}
            problems.append(Problem(path, 0, 0, "clash", message, "rename one of the two", values))
    return problems


# -- the output folder ----------------------------------------------------------------------------


def prepare_output(request: Request, memory: Memory) -> list[str]:
    """Make sure that the output folder is ours; the files in it that no build we know of has made.

    It is looked through only where what is known of it may not be all: after a build that was
    interrupted, say, or one that had another cache.
    """
    folder = request.output
    marked = os.path.exists(os.path.join(folder, marker.NAME))
    if "now" in memory.state and marked and memory.state.get("folder") == os.stat(folder).st_mtime_ns:
        return []
    refuse_sources(request)
    _refuse_files(folder)
    staging.clear(folder)
    if not marked and not memory.known:  # then any file is foreign; a folder like / is not looked through
        if _occupied(folder):
            raise _foreign(folder)
        return []
    found = source.scan(folder, [""]).stamps
    if not marked and any(_TEMPORARY.sub("", path) not in memory.known for path in found):
        raise _foreign(folder)
    spelled = {staging.folded(path): path for path in memory.planned}
    return [
        path
        for path in (*found, *_hidden(folder, memory.planned))
        if path not in memory.planned and not _same_file(folder, path, spelled.get(staging.folded(path)))
    ]


def _same_file(folder: str, path: str, planned: str | None) -> bool:
    """Whether a path is only another spelling of a planned one, where the file system takes both for the same."""
    if planned is None:
        return False
    with suppress(OSError):
        return os.path.samefile(os.path.join(folder, path), os.path.join(folder, planned))
    return False


def _hidden(folder: str, planned: Iterable[str]) -> list[str]:
    """The hidden files of builds: those that the marker names, and what a build that was killed left of them and of planned ones."""
    found_marker = marker.read(folder)
    marked = found_marker.hidden if found_marker else ()
    names = {name for name in (marker.NAME, *marked, *filter(_HIDDEN.search, planned)) if not _DOTS.search(name)}
    found = []
    for below in sorted({posixpath.dirname(name) for name in names}):
        with suppress(OSError):
            paths = [posixpath.join(below, name) for name in os.listdir(os.path.join(folder, below))]
            found += [path for path in paths if _TEMPORARY.sub("", path) in names]
    return found


def _occupied(folder: str) -> bool:
    """Whether there is a file in a folder; hidden ones, like a .git, do not count."""
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(source.IGNORED)]
        if any(not name.startswith(source.IGNORED) for name in names):
            return True
    return False


def _foreign(folder: str) -> Problems:
    message, values = "the folder {path} holds files that no build has made", {"path": folder}
    hint = "choose an empty folder with --output, or empty this one"
    return Problems([Problem(posixpath.basename(folder) or folder, 0, 0, "output", message, hint, values)])


def _refuse_files(folder: str) -> None:
    """Problems if a file stands where the output folder should be, or a folder above it."""
    at = folder
    while not os.path.lexists(at):
        at = os.path.dirname(at)
    if not os.path.isdir(at):
        values = {"path": at}
        raise Problems([Problem(posixpath.basename(folder), 0, 0, "output", "{path} is not a folder", "", values)])


def refuse_sources(request: Request) -> None:
    """Problems if the output folder lies among what the site is made from."""
    settings = request.settings
    output = os.path.realpath(request.output)
    sources = [os.path.join(settings.root, name) for name in ("profiles", "content")]
    for folder in [*sources, settings.theme, *settings.plugin_paths]:
        real = os.path.realpath(folder)
        if output == real or output.startswith(real + os.sep):
            message, values = "the site cannot be written to {path}, which is read", {"path": request.output}
            raise Problems([Problem(posixpath.basename(output), 0, 0, "output", message, "", values)])
