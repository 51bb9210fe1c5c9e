"""What a visitor reads on a page: its title, the lines of its main part, its pictures, and where its links lead.

Ways through the site and suggestions of other people are left out: they follow from what is said elsewhere.
The pages are our own output, whose HTML is well-formed.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "button", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li",
    "main", "nav", "ol", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip
_UNREAD = re.compile(
    r"<(script|style|template|svg|nav)\b.*?</\1\s*>|<section class=\"section others\">.*?</section>|<!--.*?-->",
    re.DOTALL,
)
_PIECE = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|([^<]+|<)")
_ATTRIBUTE = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]++)=(?:\"([^\"]*)\"|'([^']*)')")
_TITLE = re.compile(r"<title>([^<]*)</title>")
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_RENDITION = re.compile(r"(?:-print)?-\d+-([0-9a-f]{10})\.\w+$")


class Seen(NamedTuple):
    """What is seen of a page: texts without markup, spaces as single ones."""

    title: str  # as in the browser's tab
    name: str  # its first heading, else its title
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...]  # (text, address) of those that lead out of the site
    pictures: tuple[tuple[str, str, str], ...]  # (what it shows, what stands for its file, its address)


NOTHING = Seen("", "", (), (), ())


def seen(page: str) -> Seen | None:
    """What is seen of a page's HTML; None of an address that only leads on."""
    title = _text(match[1]) if (match := _TITLE.search(page)) else ""
    start, end = page.find("<main"), page.rfind("</main>")
    if start < 0 or end < 0 or '<meta http-equiv="refresh"' in page[:start]:
        return None
    main = _UNREAD.sub("", page[start:end])
    name = _text(re.sub(r"<[^<>]*>", "", match[1])) if (match := _HEADING.search(main)) else title
    reader = _Reader()
    for match in _PIECE.finditer(main):
        reader.piece(match[1] == "/", match[2], match[3], match[4])
    reader.end_line()
    return Seen(title, name or title, tuple(reader.lines), tuple(reader.links), tuple(reader.pictures))


class _Reader:
    """Collects lines, links and pictures from the pieces of a page, in their order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.pictures: list[tuple[str, str, str]] = []
        self.line: list[str] = []
        self.address = ""
        self.label: list[str] = []

    def piece(self, closing: bool, tag: str, attributes: str, text: str | None) -> None:
        """Take a tag or a text."""
        if text is not None:
            self.line.append(unescape(text))
            self.label.append(self.line[-1])
            return
        tag = tag.lower()
        if tag == "dt" and closing:
            self.line.append(": ")
        elif tag in _BLOCKS and not (tag == "dd" and not closing):
            self.end_line()
        if tag == "a" and closing and self.address:
            self.links.append((_squeezed("".join(self.label)), self.address))
            self.address = ""
        elif tag in ("a", "img", "iframe") and not closing:
            self.element(tag, _attributes(attributes))

    def element(self, tag: str, given: dict[str, str]) -> None:
        """Take a link or a picture."""
        if tag == "img":
            source = given.get("src", "")
            match = _RENDITION.search(source)
            self.pictures.append((_squeezed(given.get("alt", "")), match[1] if match else source, source))
        elif re.match(r"[a-z][a-z0-9+.-]*:|//", given.get("href", ""), re.IGNORECASE):
            self.address, self.label = given["href"], []

    def end_line(self) -> None:
        """End the line, if there is anything on it."""
        line = _squeezed("".join(self.line))
        if line:
            self.lines.append(line)
        self.line = []


def _attributes(text: str) -> dict[str, str]:
    return {match[1].lower(): unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(text)}


def _text(html: str) -> str:
    return _squeezed(unescape(html))


def _squeezed(text: str) -> str:
    """Without soft hyphens, and with one space where there are any."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())
