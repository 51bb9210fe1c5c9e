"""The remarks about all files of a site and the sizes of all portraits: read where something is new, on all cores, and kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from experts import decoding, frontmatter
from experts.cache import Store, update
from experts.digests import of_data as digest
from experts.memory import Memory
from experts.parallel import jobs_for, run
from experts.problems import Problem
from experts.relate import Records
from experts.request import Request
from experts.source import read

from .remarks import Places, remarks


class Gathered(NamedTuple):
    """What is known of the files of a site beside their records."""

    places: dict[str, Places]  # path -> field -> line and column
    hints: list[Problem]
    sizes: dict[str, tuple[int, int]]  # path of a portrait -> width and height; (0, 0): no picture
    broken: frozenset[str]  # kinds of records of which one cannot be read, so that what they say is not known


def gather(request: Request, memory: Memory, records: Records) -> Gathered:
    """Read what has changed since it was read last.

    A row of the store is ``(digest of the file, places or size, hints)``.
    """
    languages = request.settings.languages
    store = Store(os.path.join(memory.folder, "remarks"), memory.rows_store.key)
    rows = store.load()
    wanted = {path: digest(row[0], languages) for path, row in memory.rows.items()}
    portraits = {path: records.files[path] for path in _portraits(records) if path in records.files}
    wanted |= portraits
    changes: dict[str, Any] = {path: None for path in rows if path not in wanted}
    todo = [path for path, content in wanted.items() if path not in rows or rows[path][0] != content]
    jobs = jobs_for(len(todo), request.jobs, 100)
    root = request.settings.root
    for answer, found in run(lambda number: _work(root, todo[number::jobs], portraits, languages), jobs):
        answer(True)
        changes |= {path: (wanted[path], *row) for path, row in found}
    update(rows, changes)
    if changes or store.size == 0:
        store.save(changes, rows)
    return Gathered(
        {path: row[1] for path, row in rows.items() if path not in portraits},
        [Problem(*hint) for row in rows.values() for hint in row[2]],
        {path: rows[path][1] for path in portraits},
        frozenset([row[1] for row in memory.rows.values() if row[3] is None]),
    )


def _portraits(records: Records) -> Iterator[str]:
    for expert in records.experts.values():
        if expert.portrait:
            yield f"{os.path.dirname(expert.source)}/{expert.portrait.file}"


def _work(
    root: str, paths: list[str], portraits: dict[str, bytes], languages: tuple[str, ...]
) -> Iterator[list[tuple[str, tuple[Any, list[Any]]]]]:
    """A worker's share: ``(path, (places or size, hints))``."""
    rows: list[tuple[str, tuple[Any, list[Any]]]] = []
    for path in paths:
        try:
            data = read(f"{root}/{path}", -1 if path in portraits else frontmatter.MAX_FILE + 1)
        except OSError:  # gone a moment ago
            rows.append((path, ((0, 0) if path in portraits else {}, [])))
            continue
        if path in portraits:
            rows.append((path, (decoding.size(data), [])))
        else:
            found = remarks(path, data, languages)
            rows.append((path, (found.places, [tuple(hint) for hint in found.hints])))
    yield rows
