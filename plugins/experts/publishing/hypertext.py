"""What a page names: links, what it loads, and the places in it that can be linked to."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

_LOADED = {
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}
_KEPT = frozenset(("stylesheet", "icon", "manifest", "apple-touch-icon", "preload", "modulepreload"))


class Page(NamedTuple):
    """What is read of a page; addresses are as they are written."""

    links: tuple[str, ...]
    loaded: tuple[str, ...]
    ids: frozenset[str]
    canonical: str
    refresh: str  # where the page leads by itself
    languages: tuple[str, ...]  # addresses of the same page in other languages


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: dict[str, None] = {}
        self.loaded: dict[str, None] = {}
        self.ids: set[str] = set()
        self.canonical = self.refresh = ""
        self.languages: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.add(found["id"])
        if tag == "a":
            self.links.setdefault(found.get("href", ""))
            self.ids.add(found.get("name", ""))
        elif tag == "link":
            self._link(found)
        elif tag == "meta" and found.get("http-equiv", "").lower() == "refresh":
            self.refresh = found.get("content", "").partition("=")[2].strip("'\" ")
        elif tag in _LOADED:
            self.loaded.setdefault(found.get(_LOADED[tag], ""))
        for candidate in found.get("srcset", "").split(","):
            self.loaded.setdefault(candidate.strip().split(" ")[0])

    def _link(self, found: dict[str, str]) -> None:
        kinds = set(found.get("rel", "").lower().split())
        address = found.get("href", "")
        if "canonical" in kinds:
            self.canonical = address
        elif kinds & _KEPT:
            self.loaded.setdefault(address)
        elif "alternate" in kinds:
            self.links.setdefault(address)
            if "hreflang" in found:
                self.languages.setdefault(address)


def read(html: str) -> Page:
    """What a page names; whatever is wrong with its markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    links, loaded, languages = (
        [name for name in found if name] for found in (reader.links, reader.loaded, reader.languages)
    )
    return Page(tuple(links), tuple(loaded), frozenset(reader.ids), reader.canonical, reader.refresh, tuple(languages))
