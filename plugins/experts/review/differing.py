"""The part of a comment about pages: what a visitor reads there before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from experts.problems import Translate

from .differences import GONE, NEW
from .escaping import link, plain
from .pages import ADDED, CHANGED, REMOVED, Concerned, Page, is_record
from .sections import folded, listed, within
from .versions import Version, says

DETAILED = 12
"""Pages whose differences are shown; the others are named, or counted."""
MOST_LINES = 40
SHORT = 3
NAMED = 30
ROOM = 14_000
"""Characters for the pages that are shown in detail."""


class Words(NamedTuple):
    """What is needed to speak of pages: the reader's language, where the preview's pages are, where links may lead."""

    translate: Translate
    pages: str  # address of the preview's home page, with a slash at its end; "" for none
    allowed: tuple[str, ...]


def pages(found: Concerned, words: Words, broken: bool) -> list[str]:
    """What differs on pages, as lines of Markdown; `broken`: whether problems keep some from being shown."""
    blocks = [_block(page, words) for page in found.own[:DETAILED]] + [""] * len(found.own[DETAILED:])
    lines = within(blocks, ROOM, DETAILED, lambda count: _more(count, words), words.allowed)
    return [
        *lines,
        *_removed(found, words, broken),
        *_others(found, words),
        *_repeating(found, words),
        *_files(found, words),
    ]


def _more(count: int, words: Words) -> str:
    return words.translate("… and {n} more").format(n=count)


def _first(pages: list[Page], say: Callable[[Page, Words], str], words: Words) -> list[str]:
    """An item for each page; those that will only be counted are empty."""
    return [say(page, words) for page in pages[:NAMED]] + [""] * len(pages[NAMED:])


def _removed(found: Concerned, words: Words, broken: bool) -> list[str]:
    if not found.removed:
        return []
    if broken:
        said = words.translate("These pages are no longer shown; where problems are the reason, they come back:")
    else:
        said = words.translate("These pages are removed:")
    items = _first(found.removed, _title, words)
    return ["", said, "", *listed(items, 4_000, NAMED, lambda count: _more(count, words), words.allowed), ""]


def _others(found: Concerned, words: Words) -> list[str]:
    """Pages that are about something else, each in one line."""
    items = _first(found.others, _short, words) + [""] * found.uncompared
    summary = words.translate("Other pages that change: {n}").format(n=len(items))
    most = min(NAMED, len(found.others))
    return folded(summary, listed(items, 9_000, most, lambda count: _more(count, words), words.allowed))


def _short(page: Page, words: Words) -> str:
    """A page with a few of its differences, in the first language that has any."""
    items: list[str] = []
    for version in page.versions[:1] if page.what == CHANGED else ():
        items = list(_items(version, page.what, words.translate))
    said = " · ".join([*items[:SHORT], *["…"] * (len(items) > SHORT)])
    if page.what == ADDED:
        said = words.translate("this page is new")
    return f"{_title(page, words)}: {said}" if said else _title(page, words)


def _repeating(found: Concerned, words: Words) -> list[str]:
    """Pages on which nothing differs but what was shown already."""
    items = _first(found.repeating, _title, words)
    summary = words.translate("The same changes also show on other pages: {n}").format(n=len(items))
    return folded(summary, listed(items, 5_000, NAMED, lambda count: _more(count, words), words.allowed))


def _files(found: Concerned, words: Words) -> list[str]:
    """What is read by machines, in numbers."""
    counts = {"feeds": 0, "search": 0, "pictures": 0, "others": 0} | found.files
    if not any((found.own, found.removed, found.others, counts["feeds"])):
        return []
    said = words.translate(
        "Besides pages, files change: feeds {feeds}, search {search}, pictures {pictures}, others {others}."
    )
    return ["", said.format(**counts)]


def _block(page: Page, words: Words) -> str:
    """A page's heading, and below it what differs."""
    lines = [f"#### {_title(page, words)}", ""]
    told = [version for version in page.versions if says(version)]
    if page.what == ADDED:
        lines += [words.translate("This page is new; it reads:"), ""]
        told = told[:1]  # in other languages it says the same
    for version in told:
        if len(told) > 1:
            lines += [f"**{plain(version.lang)}**", ""]
        items = list(_items(version, page.what, words.translate))
        room = ROOM // 4 // len(told)
        lines += [*listed(items, room, MOST_LINES, lambda count: _more(count, words), words.allowed), ""]
    if not told:
        lines += [words.translate("What is described above also shows here."), ""]
    return "\n".join(lines)


def _title(page: Page, words: Words) -> str:
    """A page's name, what it is, and links to it in the preview."""
    links = [
        link(
            plain(version.lang),
            words.pages + quote(version.path, errors="replace") if words.pages and page.what != REMOVED else "",
        )
        for version in page.versions
    ]
    name, kind = plain(page.name or page.path or "/", 120), _kind(page, words.translate)
    return f"{name} – {kind} ({', '.join(links)})" if kind else f"{name} ({', '.join(links)})"


def _kind(page: Page, translate: Translate) -> str:
    """What a page is, by its address; "" for a list."""
    if not page.path:
        return translate("home page")
    kinds = {
        "experts": translate("profile page"),
        "stories": translate("page of a story"),
        "topics": translate("page of a topic"),
        "hooks": translate("page of a news event"),
        "events": translate("page of an event"),
    }
    return kinds[page.path.split("/")[0]] if is_record(page.path) else ""


def _items(version: Version, what: str, translate: Translate) -> Iterator[str]:
    """Each difference on a page in one language."""
    pictures = {
        GONE: translate("This picture is removed: {name}"),
        NEW: translate("A new picture: {name}"),
        "": translate("Another picture, or another description: {name}"),
    }
    links = {
        GONE: translate("A link is removed: {name} leads to {address}"),
        NEW: translate("A new link: {name} leads to {address}"),
    }
    for kind, name in version.pictures:
        yield pictures[kind].format(name=plain(name or "–", 200))
    for kind, name, address in version.links:
        yield links[kind].format(name=plain(name or "–", 100), address=plain(address, 200))
    for line in version.lines:
        yield " ".join([_part(kind if what == CHANGED else "", text) for kind, text in line])


def _part(kind: str, text: str) -> str:
    said = plain(text, 300)
    return f"<{kind}>{said}</{kind}>" if kind else said
