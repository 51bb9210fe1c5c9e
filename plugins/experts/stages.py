"""The stages of a build in which something has changed: read, relate, plan."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import digests, model, relate, source
from . import directory as directory_module
from . import records as records_module
from .make import intact, write
from .memory import Memory
from .output import Output
from .parallel import jobs_for, run
from .places import kind_of
from .problems import Problem, Problems
from .settings import Settings
from .signals import outputs as planners
from .site import Site

if TYPE_CHECKING:
    from .build import Request

MARKER = ".our-experts"
MARKER_TEXT = b"This folder is written by a build. Anything else in it is removed.\n"


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
    jobs = jobs_for(len(wanted), request.jobs, 16)

    def work(number: int) -> Iterator[Any]:
        from . import schema  # in the workers: YAML and Markdown are imported on all cores at once

        rows = []
        for path, _ in wanted[number::jobs]:
            data = source.read(f"{root}/{path}")
            kind, slug, _ = kind_of(path)
            reading = schema.read(path, data, languages)
            html = reading.html.encode() if reading.record is not None else b""
            key = digests.of(html) if html else b""
            problems = [tuple(problem) for problem in reading.problems]
            content = digests.of_data(memory.stamps[path][4], languages)
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


def relate_all(request: Request, memory: Memory, scan: source.Scan) -> tuple[relate.Records, list[Problem]]:
    problems = list(scan.problems)
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
    key = digests.of_data([(path, memory.stamps[path][4]) for path in paths], request.settings.digest)
    stored = memory.pages_store.load()
    if stored.get("key") != key:
        reader = import_module("experts.pages_reader")  # imports Pelican: a third of a second
        pages, problems = reader.read(request.settings, paths)
        stored = {"key": key, "pages": model.plain(tuple(pages)), "problems": [tuple(problem) for problem in problems]}
        memory.pages_store.save({}, stored) if memory.pages_store.size == 0 else memory.pages_store.save(stored)
    restored = [records_module.restore("page", row) for row in stored["pages"]]
    return {page.slug: page for page in restored}, [Problem(*problem) for problem in stored["problems"]]


def directory(request: Request, records: relate.Records) -> directory_module.Directory:
    settings = request.settings
    return directory_module.Directory(records, directory_module.Rules(request.today, settings.drafts, settings.consent))


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
            problems.append(
                Problem(
                    "pelicanconf.py",
                    0,
                    0,
                    "plugin",
                    "the plugin {name} cannot be loaded: {why}",
                    "see PLUGINS and PLUGIN_PATHS",
                    values,
                )
            )
        except Exception as error:
            values = {"name": name, "why": f"{type(error).__name__}: {error}"}
            problems.append(
                Problem("pelicanconf.py", 0, 0, "plugin", "the plugin {name} fails to register: {why}", "", values)
            )
    if problems:
        raise Problems(problems)


def plan(
    request: Request, memory: Memory, seen: directory_module.Directory, surroundings: bytes
) -> tuple[list[Output], list[str], int, list[Problem]]:
    """``(outputs to make, paths to remove, number of the unchanged, clashes of two outputs for one path)``."""
    settings = request.settings
    load_plugins(settings)
    site = Site(settings, surroundings, os.path.dirname(memory.folder), memory.html.get)
    site.see(seen.pages, bool(seen.events), bool(seen.hooks))
    owners: dict[str, str] = {}
    todo: list[Output] = []
    problems: list[Problem] = []
    known = memory.known
    unchanged = 0
    for planner in planners.receivers:
        owner = planner.__module__
        for item in planner(seen, site):
            path = item.path
            if path in owners:
                values = {"path": path, "one": owners[path], "two": owner}
                problems.append(
                    Problem(
                        path, 0, 0, "clash", "{one} and {two} both make this file", "rename one of the pages", values
                    )
                )
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


def prepare_output(request: Request, memory: Memory) -> list[str]:
    """Make sure that the output folder is ours; the files in it that no build we know of has made."""
    folder = request.output
    marker = os.path.join(folder, MARKER)
    if os.path.exists(marker) and memory.known:
        return []
    found = source.scan(folder, [""]).stamps if os.path.isdir(folder) else {}
    if found and not os.path.exists(marker):
        values = {"path": folder}
        hint = "choose an empty folder with --output, or empty this one"
        raise Problems(
            [
                Problem(
                    posixpath.basename(folder),
                    0,
                    0,
                    "output",
                    "the folder {path} holds files that no build has made",
                    hint,
                    values,
                )
            ]
        )
    write(marker, MARKER_TEXT)
    return [path for path in found if path not in memory.planned]
