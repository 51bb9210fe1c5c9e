"""What differs on a page in one language: its lines, its pictures, and the addresses outside that it leads to."""

from __future__ import annotations

import re
from typing import NamedTuple

from experts import urls

from .differences import GONE, KEPT, NEW, Line, Part, lines
from .visible import NOTHING, Seen

_FOLDER = re.compile(rf"/((?:{'|'.join(sorted(set(urls.FOLDERS.values())))})/[^/]+/)[^/]+$")


class Version(NamedTuple):
    """What differs on a page in one language."""

    lang: str
    path: str  # below the site's root, with its language
    lines: tuple[Line, ...]
    pictures: tuple[tuple[str, str], ...]  # (GONE, NEW or "" for another picture in the place of one, what it shows)
    links: tuple[tuple[str, str, str], ...]  # (GONE or NEW, text, address)


def version(lang: str, path: str, old: Seen | None, new: Seen | None) -> Version:
    """What differs between a page and the one before; all of it where there is only one of the two."""
    if old is None or new is None:
        kind, whole = (NEW, new) if new else (GONE, old or NOTHING)
        shown = tuple([(Part(kind, line),) for line in whole.lines])
        pictures = tuple([(kind, alt) for alt, _, _ in _own_pictures(whole, path)])
        return Version(lang, path, shown, pictures, tuple(dict.fromkeys([(kind, *link) for link in whole.links])))
    differing = lines((old.title, *old.lines), (new.title, *new.lines))
    return Version(
        lang, path, tuple(differing), _pictures(_own_pictures(old, path), _own_pictures(new, path)), _links(old, new)
    )


Pictures = list[tuple[str, str, str]]


def _own_pictures(page: Seen, path: str) -> Pictures:
    """The pictures of a page, without those that lie in another record's folder."""
    found = []
    for picture in page.pictures:
        folder = _FOLDER.search(picture[2])
        if folder is None or path.endswith(folder[1]):
            found.append(picture)
    return found


def _pictures(old: Pictures, new: Pictures) -> tuple[tuple[str, str], ...]:
    """What became of pictures; another file or another text in its place counts as another picture."""
    keys, young = {item[:2] for item in old}, {item[:2] for item in new}
    gone = [item for item in old if item[:2] not in young]
    found = []
    for item in [item for item in new if item[:2] not in keys]:
        twin = next((other for other in gone if other[0] == item[0] or other[1] == item[1]), None)
        if twin:
            gone.remove(twin)
        found.append(("" if twin else NEW, item[0]))
    return tuple(dict.fromkeys([*found, *[(GONE, item[0]) for item in gone]]))


def _links(old: Seen, new: Seen) -> tuple[tuple[str, str, str], ...]:
    """The addresses outside that are linked no longer, and those that are linked now."""
    before, after = {address for _, address in old.links}, {address for _, address in new.links}
    found = [(GONE, *link) for link in old.links if link[1] not in after]
    found += [(NEW, *link) for link in new.links if link[1] not in before]
    return tuple(dict.fromkeys(found))


def _marked(line: Line) -> Line:
    """What of a line differs: the same words that stand elsewhere among others are no other change."""
    return tuple([part for part in line if part.kind != KEPT])


def untold(found: Version, told: set[object]) -> Version:
    """What of a version was not told of another page before; afterwards, all of it was."""
    fresh = found._replace(
        lines=tuple([item for item in found.lines if _marked(item) not in told]),
        pictures=tuple([item for item in found.pictures if item not in told]),
        links=tuple([item for item in found.links if item not in told]),
    )
    told.update((*map(_marked, found.lines), *found.pictures, *found.links))
    return fresh


def says(found: Version) -> bool:
    """Whether anything differs on a page in a language."""
    return bool(found.lines or found.pictures or found.links)


def without_counts(found: Version) -> Version:
    """A page that is not about the change: without its numbers of people, say, and without other people's pictures."""
    lines = [line for line in found.lines if not _counts(line)]
    return found._replace(lines=tuple(lines), pictures=())


def _counts(line: Line) -> bool:
    """Whether a line differs in numbers only."""
    return all(text.strip(" .,()").isdecimal() for kind, text in line if kind != KEPT)
