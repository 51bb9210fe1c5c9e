"""Where a trace comes from: other people's texts, searched in the same way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from experts import source

from .matching import Matcher
from .people import People
from .traces import Trace, place

FOLDERS = ("content", "profiles")
_ENDINGS = (".md", ".csv", ".json", ".txt", ".svg", ".html", ".py", ".po")


def origins(root: str, matcher: Matcher, people: People) -> list[Trace]:
    """All traces in the site's own files: its content, its settings, and the profiles of those who are shown."""
    own = {f"profiles/{who.slug}/" for who in people.wanted}
    paths = [path for path in source.scan(root, FOLDERS).stamps if not path.startswith(tuple(own))]
    found: list[Trace] = []
    for path in (*sorted(paths), "pelicanconf.py", "publishconf.py"):
        if path.endswith(_ENDINGS) and os.path.isfile(f"{root}/{path}"):
            text = source.read(f"{root}/{path}").decode("utf-8", "replace")
            found += [
                Trace(match.person, match.kind, match.sure, "source", path, *place(text, match.start))
                for match in matcher.matches(text)
            ]
    return found


def nearest(trace: Trace, known: Mapping[tuple[int, str], list[Trace]]) -> Trace | None:
    """The origin that a trace most probably has: of the same kind, in a file whose short name is in the path of the output."""
    same = known.get((trace.person, trace.kind), [])
    parts = set(trace.path.replace(".", "/").split("/"))
    fitting = [one for one in same if not parts.isdisjoint(_names(one.path))]
    return fitting[0] if fitting else same[0] if len(same) == 1 else None


def by_kind(found: Iterable[Trace]) -> dict[tuple[int, str], list[Trace]]:
    """Origins by person and kind."""
    known: dict[tuple[int, str], list[Trace]] = {}
    for one in found:
        known.setdefault((one.person, one.kind), []).append(one)
    return known


def _names(path: str) -> Iterator[str]:
    """The short names that the outputs of a file have: its own, or that of its folder for a profile."""
    parts = path.split("/")
    yield parts[1] if parts[0] == "profiles" and len(parts) > 2 else parts[-1].split(".")[0]
