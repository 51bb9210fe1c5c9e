"""The part of a comment about pages: what a visitor reads there before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from experts.problems import Translate

from .differences import GONE, NEW
from .escaping import link, plain
from .pages import ADDED, CHANGED, REMOVED, Concerned, Page, Version
from .sections import folded, listed, within

DETAILED = 12
"""Pages whose differences are shown; the others are named, or counted."""
MOST_LINES = 40
NAMED = 30
ROOM = 16_000
"""Characters for the pages that are shown in detail."""


class Words(NamedTuple):
    """What is needed to speak of pages: the reader's language, where the preview's pages are, where links may lead."""

    translate: Translate
    pages: str  # address of the preview's home page, with a slash at its end; "" for none
    allowed: tuple[str, ...]


def pages(found: Concerned, words: Words) -> list[str]:
    """What differs on pages, as lines of Markdown."""
    first = [page for page in found.pages if page.own or page.what != CHANGED]
    shown = first[:DETAILED]
    others = [page for page in found.pages if page not in shown]
    blocks = [_block(page, words) for page in shown]
    lines = within(blocks, ROOM, DETAILED, lambda count: _more(count, words), words.allowed)
    also = [_block(page, words) for page in others[:DETAILED]]
    summary = words.translate("Other pages that change: {n}").format(n=len(others) + found.uncompared)
    more = within(also, 5_000, DETAILED, lambda count: _more(count, words), words.allowed)
    if len(others) + found.uncompared > len(also):
        more += ["", *_named(others[DETAILED:], found.uncompared, words)]
    lines += folded(summary, more)
    return lines + _besides(found, words)


def _more(count: int, words: Words) -> str:
    return words.translate("… and {n} more").format(n=count)


def _named(rest: list[Page], uncompared: int, words: Words) -> list[str]:
    room = 2_500
    items = [_title(page, words) for page in rest] + [""] * uncompared
    return listed(items, room, min(NAMED, len(rest)), lambda count: _more(count, words), words.allowed)


def _besides(found: Concerned, words: Words) -> list[str]:
    """What repeats differences that were shown, and what is read by machines."""
    lines: list[str] = []
    if found.repeating:
        names = [_name(page) for page in found.repeating]
        summary = words.translate("The same changes also show on other pages: {n}").format(n=len(names))
        more = listed(names, 3_000, NAMED, lambda count: _more(count, words), words.allowed)
        lines += ["", *folded(summary, more)]
    counts = {"feeds": 0, "search": 0, "pictures": 0, "others": 0} | found.others
    if any(counts.values()):
        said = words.translate(
            "Besides pages, files change: feeds {feeds}, search {search}, pictures {pictures}, others {others}."
        )
        lines += ["", said.format(**counts)]
    return lines


def _block(page: Page, words: Words) -> str:
    """A page's heading, and below it what differs."""
    lines = [f"#### {_title(page, words)}", ""]
    if page.what == ADDED:
        lines += [words.translate("This page is new; it begins:"), ""]
    elif page.what == REMOVED:
        return "\n".join([*lines, words.translate("This page is removed."), ""])
    told = [version for version in page.versions if version.lines or version.pictures or version.links]
    if page.what == ADDED:
        told = told[:1]  # in other languages it says the same
    for version in told:
        if len(told) > 1:
            lines += [f"**{plain(version.lang)}**", ""]
        items = list(_items(version, page.what, words.translate))
        most = 10 if page.what == ADDED else MOST_LINES
        room = ROOM // 4 // len(told)
        lines += [*listed(items, room, most, lambda count: _more(count, words), words.allowed), ""]
    if not told:
        lines += [words.translate("What is described above also shows here."), ""]
    return "\n".join(lines)


def _title(page: Page, words: Words) -> str:
    """A page's name, what it is, and links to it in the preview."""
    links = [
        link(plain(version.lang), words.pages + quote(version.path) if words.pages and page.what != REMOVED else "")
        for version in page.versions
    ]
    return f"{_name(page)} – {_kind(page, words.translate)} ({', '.join(links)})"


def _name(page: Page) -> str:
    return plain(page.name or page.path or "/", 120)


def _kind(page: Page, translate: Translate) -> str:
    """What a page is, by its address."""
    kinds = {
        "experts": translate("profile page"),
        "stories": translate("page of a story"),
        "topics": translate("page of a topic"),
        "hooks": translate("page of a news event"),
        "events": translate("page of an event"),
    }
    folder, _, rest = page.path.partition("/")
    if not page.path:
        return translate("home page")
    return kinds.get(folder, "") if rest else translate("list or other page")


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
