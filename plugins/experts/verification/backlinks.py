"""What a page says is the same person: links with ``rel="me"``, in its HTML and in its headers.

The values of `rel` are words in any case (HTML, "Links"; microformats, "rel-me"), headers are those of RFC 8288.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from .fetching import Page

MARKUP = ("text/html", "application/xhtml+xml", "")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?\s*+([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_TEXTS = ("textarea", "title", "xmp", "iframe", "noembed", "noframes")  # in them, tags are letters
_SOUND = re.compile(r"(?:utf-(?:8|16)|iso8859|cp\d|koi8|gb|big5|shift_jis|euc_|iso2022|ascii|mac|tis-620)", re.ASCII)
_LINK = re.compile(r"<([^<>]*)>((?:[^,\"]|\"(?:[^\"\\]|\\.)*\")*)", re.DOTALL)
_PARAMETER = re.compile(r";\s*([\w!#$&+.^`|~*-]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]+)))?", re.DOTALL)


def backlinks(page: Page) -> set[str]:
    """The whole addresses of all that a page says is the same person."""
    found = set(_in_headers(page))
    kind, _, rest = page.header("content-type").partition(";")
    if kind.strip().lower() in MARKUP:
        reader = _Reader(page.url)
        try:
            reader.feed(_text(page.data, rest))
            reader.close()
        except (AssertionError, ValueError, RecursionError):  # what the parser gives up at; what it has read counts
            pass
        found.update(reader.found)
    return found


# -- headers ------------------------------------------------------------------------------------------------


def _in_headers(page: Page) -> Iterator[str]:
    for name, value in page.headers:
        if name == "link":
            for target, parameters in _LINK.findall(value):
                yield from _meant(page.url, target, parameters)


def _meant(base: str, target: str, parameters: str) -> Iterable[str]:
    """The address of a link in a header, if it speaks of the page itself and says that it is the same person."""
    given: dict[str, str] = {}
    for name, quoted, token in _PARAMETER.findall(parameters):
        given.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or token)  # of two the first one counts
    return _whole(base, target) if "anchor" not in given and _same_person(given.get("rel", "")) else ()


def _same_person(rel: str) -> bool:
    return "me" in rel.lower().split()


def _whole(base: str, target: str) -> list[str]:
    try:
        return [urljoin(base, target.strip())]
    except ValueError:
        return []


# -- HTML ---------------------------------------------------------------------------------------------------


def _text(data: bytes, parameters: str) -> str:
    """The text of a page, in the encoding of its first bytes, its headers, or itself, in this order (HTML, "encoding sniffing")."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    said = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", parameters, re.IGNORECASE | re.ASCII)
    written = _CHARSET.search(data[:2048])
    names = [said[1]] if said else []
    names += [written[1].decode()] if written else []
    for name in names:
        try:
            codec = codecs.lookup(name).name
        except LookupError:
            continue
        if _SOUND.match(codec):
            return data.decode("utf-8" if not said and codec.startswith("utf-16") else codec, "replace")
    return data.decode("utf-8", "replace")


class _Reader(HTMLParser):
    """Finds the links of a page; what stands in texts, scripts and templates is none."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self.based, self.templates = url, False, 0
        self.links: list[str] = []

    @property
    def found(self) -> list[str]:
        """The whole addresses; a base counts for all links, wherever it stands."""
        return [address for link in self.links for address in _whole(self.base, link)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, str] = {}
        for name, value in attrs:
            given.setdefault(name, value or "")  # of two the first one counts
        if tag in _TEXTS:
            self.set_cdata_mode(tag)
        elif tag == "template":
            self.templates += 1
        elif self.templates or "href" not in given:
            return
        elif tag == "base" and not self.based:
            self.based = True
            self.base = next(iter(_whole(self.base, given["href"])), self.base)
        elif tag in ("a", "link", "area") and _same_person(given.get("rel", "")):
            self.links.append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "template" and self.templates:
            self.templates -= 1
