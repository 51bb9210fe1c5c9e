"""The pages that a change concerns, as visitors meet them: one page in its languages, with what differs on it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from experts import urls
from experts.places import kind_of

from .differences import GONE, NEW, Line, Part, lines
from .sites import Change, Side
from .visible import NOTHING, Seen, seen

MOST = 300
"""Pages that are compared; further ones are only counted."""
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


class Version(NamedTuple):
    """What differs on a page in one language."""

    lang: str
    path: str  # below the site's root, with its language
    lines: tuple[Line, ...]
    pictures: tuple[tuple[str, str], ...]  # (GONE, NEW or "" for another picture in the place of one, what it shows)
    links: tuple[tuple[str, str, str], ...]  # (GONE or NEW, text, address)


class Page(NamedTuple):
    """A page in those of its languages in which something differs, and what it is: added, removed or changed."""

    path: str  # without a language
    name: str
    what: str
    own: bool  # it is about something whose files the change touches
    versions: tuple[Version, ...]


class Concerned(NamedTuple):
    """The pages that differ, those that only repeat what differs on another one, and how much else does."""

    pages: list[Page]
    repeating: list[Page]
    uncompared: int
    others: dict[str, int]  # files that are no pages, by what they are for


def concerned(change: Change, languages: tuple[str, ...]) -> Concerned:
    """The pages that a change concerns: first those of the records whose files it touches, then new ones, then others."""
    differing = _differing(change.before, change.after)
    owned = set(_owned(change.paths))
    groups: dict[str, list[tuple[str, str]]] = {}
    others: dict[str, int] = {}
    for path in differing:
        if path.endswith(".html"):
            lang, rest = _place(path, languages)
            groups.setdefault(rest, []).append((lang, path))
        else:
            others[_purpose(path)] = others.get(_purpose(path), 0) + 1
    order = sorted(groups, key=lambda path: (path not in owned, not _is_record(path), path))
    told: set[object] = set()
    found: list[Page] = []
    repeating: list[Page] = []
    for path in order[:MOST]:
        group = sorted(groups[path], key=lambda item: languages.index(item[0]))
        page, again = _compared(change, path, group, path in owned, told)
        if page:
            (repeating if again else found).append(page)
    found.sort(key=lambda page: (not page.own, page.what != ADDED))
    return Concerned(found, repeating, len(order[MOST:]), others)


def _differing(before: Side, after: Side) -> list[str]:
    """The paths of the outputs that are not the same in both sites."""
    return sorted(path for path in before.known.keys() | after.known if before.known.get(path) != after.known.get(path))


def _place(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The language of a page's file, and its address without it."""
    address = path.removesuffix("index.html")
    first, _, rest = address.partition("/")
    return (first, rest) if first in languages[1:] and "/" in address else (languages[0], address)


def _is_record(path: str) -> bool:
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


def _compared(
    change: Change, path: str, group: list[tuple[str, str]], own: bool, told: set[object]
) -> tuple[Page | None, bool]:
    """A page with what differs on it and was not `told` before, and whether all of it was; None where nothing visible differs."""
    versions: list[Version] = []
    name, again, kinds = "", False, set()
    for lang, file in group:
        old, new = _read(change.before, file), _read(change.after, file)
        kinds.add(CHANGED if old and new else ADDED if new else REMOVED)
        name = name or (new or old or NOTHING).name
        version = _version(lang, file.removesuffix("index.html"), old, new)
        if old and new:
            if not (version.lines or version.pictures or version.links):
                continue
            fresh = _untold(version, told)
            again = again or fresh != version
            version = fresh
        else:
            told.update(version.lines)
        versions.append(version)
    if not versions:
        return None, False
    what = kinds.pop() if len(kinds) == 1 else CHANGED
    silent = not any(version.lines or version.pictures or version.links for version in versions)
    return Page(path, name, what, own, tuple(versions)), what == CHANGED and silent and again


def _read(side: Side, file: str) -> Seen | None:
    if file not in side.known:
        return None
    with open(os.path.join(side.output, file), encoding="utf-8") as page:
        return seen(page.read())


def _version(lang: str, path: str, old: Seen | None, new: Seen | None) -> Version:
    if old is None or new is None:
        kind, whole = (NEW, new) if new else (GONE, old or NOTHING)
        shown = tuple([(Part(kind, line),) for line in whole.lines])
        return Version(lang, path, shown, tuple([(kind, alt) for alt, _ in whole.pictures]), ())
    differing = lines((old.title, *old.lines), (new.title, *new.lines))
    return Version(lang, path, tuple(differing), _pictures(old, new), _links(old, new))


def _pictures(old: Seen, new: Seen) -> tuple[tuple[str, str], ...]:
    """What became of pictures; another file or another text in its place counts as another picture."""
    gone = [item for item in old.pictures if item not in new.pictures]
    added = [item for item in new.pictures if item not in old.pictures]
    found = []
    for item in added:
        twin = next((other for other in gone if other[0] == item[0] or other[1] == item[1]), None)
        if twin:
            gone.remove(twin)
        found.append(("" if twin else NEW, item[0]))
    return tuple(dict.fromkeys([*found, *[(GONE, alt) for alt, _ in gone]]))


def _links(old: Seen, new: Seen) -> tuple[tuple[str, str, str], ...]:
    """The addresses outside that are linked no longer, and those that are linked now."""
    before, after = {address for _, address in old.links}, {address for _, address in new.links}
    found = [(GONE, *link) for link in old.links if link[1] not in after]
    found += [(NEW, *link) for link in new.links if link[1] not in before]
    return tuple(dict.fromkeys(found))


def _untold(version: Version, told: set[object]) -> Version:
    """What of a version was not told of another page before; afterwards, all of it was."""
    fresh = version._replace(
        lines=tuple([item for item in version.lines if item not in told]),
        pictures=tuple([item for item in version.pictures if item not in told]),
        links=tuple([item for item in version.links if item not in told]),
    )
    told.update((*version.lines, *version.pictures, *version.links))
    return fresh
