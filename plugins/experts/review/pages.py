"""The pages that a change concerns, as visitors meet them: one page in its languages, with what differs on it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from experts import urls
from experts.places import kind_of

from .sites import Change, Side
from .versions import Version, says, untold, version, without_counts
from .visible import NOTHING, Seen, seen

MOST = 300
"""Pages that are compared; further ones are only counted."""
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


class Page(NamedTuple):
    """A page in those of its languages in which something differs, and what it is: added, removed or changed."""

    path: str  # without a language
    name: str
    what: str
    own: bool  # it is about something whose files the change touches
    versions: tuple[Version, ...]


class Concerned(NamedTuple):
    """What differs: the pages that the change is about, others, those that only repeat what differs there, and all else."""

    own: list[Page]
    removed: list[Page]
    others: list[Page]
    repeating: list[Page]
    uncompared: int
    files: dict[str, int]  # how many of those that are no pages, by what they are for


def concerned(change: Change, languages: tuple[str, ...]) -> Concerned | None:
    """The pages that a change concerns; in each list first those of records, then others. None where one side has no pages."""
    if change.before.failed or change.after.failed:
        return None
    owned = set(_owned(change.paths))
    groups: dict[str, list[tuple[str, str]]] = {}
    found = Concerned([], [], [], [], 0, {})
    for path in _differing(change.before, change.after):
        if path.endswith(".html"):
            lang, rest = _place(path, languages)
            groups.setdefault(rest, []).append((lang, path))
        else:
            found.files[_purpose(path)] = found.files.get(_purpose(path), 0) + 1
    order = sorted(groups, key=lambda path: (path not in owned, not is_record(path), path))
    told: set[object] = set()
    for path in order[:MOST]:
        group = sorted(groups[path], key=lambda item: languages.index(item[0]))
        page = _compared(change, path, group, path in owned, told)
        if page is None:
            continue
        if page.what == REMOVED:
            found.removed.append(page)
        elif page.own:
            found.own.append(page)
        elif any(map(says, page.versions)) or page.what == ADDED:
            found.others.append(page)
        else:
            found.repeating.append(page)
    return found._replace(uncompared=len(order[MOST:]))


def _differing(before: Side, after: Side) -> list[str]:
    """The paths of the outputs that are not the same in both sites."""
    return sorted(path for path in before.known.keys() | after.known if before.known.get(path) != after.known.get(path))


def _place(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The language of a page's file, and its address without it."""
    address = path.removesuffix("index.html")
    first, _, rest = address.partition("/")
    return (first, rest) if first in languages[1:] and "/" in address else (languages[0], address)


def is_record(path: str) -> bool:
    """Whether an address is that of a person, a story, a topic, a news event or an event."""
    folder, _, rest = path.partition("/")
    return folder in urls.FOLDERS.values() and rest.count("/") == 1


def _owned(paths: Iterable[str]) -> Iterator[str]:
    """The addresses of the records whose files these are."""
    for path in paths:
        parts = path.split("/")
        kind, slug, _ = kind_of(path)
        if parts[0] == "profiles" and len(parts) > 2:
            yield urls.record("expert", parts[1])
        elif kind in urls.FOLDERS:
            yield urls.record(kind, slug)
        elif parts[:2] == ["content", "pages"]:
            yield urls.record("page", parts[-1].split(".")[0])


def _purpose(path: str) -> str:
    if path.startswith("search/") or "/search/" in path:
        return "search"
    if path.endswith((".xml", "feed.json", ".opml")):
        return "feeds"
    return "pictures" if path.endswith((".jpg", ".avif", ".webp", ".png", ".svg")) else "others"


def _compared(change: Change, path: str, group: list[tuple[str, str]], own: bool, told: set[object]) -> Page | None:
    """A page with what differs on it and was not `told` of another one before; None where nothing that is read differs."""
    versions: list[Version] = []
    name, kinds = "", set()
    known = set() if own else told  # what the change is about is told in full, only not in each language again
    for lang, file in group:
        old, new = _read(change.before, file), _read(change.after, file)
        if old is None and new is None:
            continue
        differing = version(lang, file.removesuffix("index.html"), old, new)
        if old and new and not says(differing):
            continue
        kinds.add(CHANGED if old and new else ADDED if new else REMOVED)
        name = name or (new or old or NOTHING).name
        fresh = untold(differing, known)
        versions.append(fresh if old and new else differing)
    told |= known
    if not versions:
        return None
    if not own:
        versions = list(map(without_counts, versions))
    return Page(path, name, kinds.pop() if len(kinds) == 1 else CHANGED, own, tuple(versions))


def _read(side: Side, file: str) -> Seen | None:
    if file not in side.known:
        return None
    with open(os.path.join(side.request.output, file), encoding="utf-8") as page:
        return seen(page.read())
