"""The walk through a live site: from its first page and its sitemap along all links, in a bounded number of requests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import NamedTuple
from urllib.parse import unquote

from .hypertext import Page, read
from .web import AT_ONCE, Answer, Place, Web

FIRST = ("", "sitemap.xml", "robots.txt", "search/index/manifest.json", "api/index.json")
_LOCATION = re.compile(r"<(?:image:)?loc>\s*+([^<]++)</")
_CARDS = re.compile(r"(search/index/d)(\d+)(\.[\w-]+\.\w+\.json)")
_IN_FEED = re.compile(r'<link [^<>]*href="([^"<]+)"')


class Walk(NamedTuple):
    """What was found: answers by path, what is read of the pages, who links where, and places that links name in pages."""

    answers: dict[str, Answer]
    pages: dict[str, Page]
    origins: dict[str, str | None]  # path -> the first page that names it, by path; None where none does
    places: dict[tuple[str, str], str]  # (path, id) -> the first page that names it
    listed: set[str]  # paths in the sitemap
    whole: bool  # whether nothing was left out


def walk(web: Web, more: Iterable[str] = ()) -> Walk:
    """Ask for all that the site names, and for the paths `more`."""
    found = Walk({}, {}, {}, {}, set(), True)
    todo: dict[str, None] = dict.fromkeys([*FIRST, *more])
    found.origins.update(todo)
    running: set[Future[Answer]] = set()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while todo or running:
            while todo and len(running) < 2 * AT_ONCE and not web.spent:
                path = next(iter(todo))
                del todo[path]
                running.add(threads.submit(web.ask, path))
            if not running:
                break
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for answer in sorted([future.result() for future in done], key=lambda answer: answer.path):
                found.answers[answer.path] = answer
                for path in _named(answer, web.place, found):
                    if path not in found.origins:
                        todo[path] = None
                    _note(path, answer.path, found)
    return found._replace(whole=not todo)


def _note(path: str, page: str, found: Walk) -> None:
    """Note who names a path: a page rather than data, and the first one of them, whichever answer came first."""
    if _CARDS.fullmatch(path):
        found.origins[path] = None
        return
    if page.startswith("sitemap"):
        found.listed.add(path)
    before = found.origins.get(path)
    if before is None or _order(page) < _order(before):
        found.origins[path] = page


def _order(page: str) -> tuple[bool, str]:
    return page.endswith((".xml", ".json")), page


def _named(answer: Answer, place: Place, found: Walk) -> list[str]:
    """The paths of the site that an answer names, in its order."""
    if answer.status in (301, 302, 303, 307, 308):
        target = place.path(answer.headers.get("location", ""), answer.path)
        return [target] if target is not None else []
    if answer.status != 200 or not answer.is_text:
        return []
    text = answer.data.decode("utf-8", "replace")
    if answer.media == "text/html":
        page = found.pages[answer.path] = read(text)
        _places(answer.path, page, place, found)
        return _paths([*page.links, *page.loaded, page.refresh], answer.path, place)
    if answer.media.endswith("xml"):
        pattern = _LOCATION if "sitemap" in answer.path else _IN_FEED
        return _paths(map(str.strip, pattern.findall(text.replace("&amp;", "&"))), answer.path, place)
    if answer.path == "search/index/manifest.json":
        return _cards(text)
    card = _CARDS.fullmatch(answer.path)
    return [f"{card[1]}{int(card[2]) + 1}{card[3]}"] if card else []


def _paths(links: Iterable[str], page: str, place: Place) -> list[str]:
    paths = [place.path(link, page) for link in links if link and not link.startswith("#")]
    return [path for path in dict.fromkeys(paths) if path is not None]


def _places(path: str, page: Page, place: Place, found: Walk) -> None:
    """Note the places in pages that a page links to; one for scripts (``#:~:text``, ``#/…``) is none."""
    for link in page.links:
        fragment = unquote(link.partition("#")[2].strip())
        target = place.path(link, path) if fragment and not fragment.startswith((":", "/", "?")) else None
        if target is not None and fragment != "top":
            found.places.setdefault((path if link.startswith("#") else target, fragment), path)


def _cards(text: str) -> list[str]:
    """The first file of people whom the search knows, in each language; the others are asked for until one is missing."""
    try:
        cards = json.loads(text)["cards"]
        return [f"search/index/d0.{lang}.{tag}.json" for lang, tag in cards.items()]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
