"""Text for feeds: without characters that XML 1.0 forbids or advises against, and escaped."""

from __future__ import annotations

import re

# XML 1.0, 2.2: what is no Char, and what "document authors are encouraged to avoid"; and U+FFFD, the mark of what was lost.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
    + "".join([f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)])
    + "]"
)
_MARKUP = re.compile(r"</\w")


def clean(text: str) -> str:
    """A text with line breaks as XML has them, and without the characters that a feed cannot hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text)


def escape(text: str) -> str:
    """Clean text for an element or an attribute of XML.

    An ampersand is a number, since some readers decode ``&amp;`` twice (https://www.rssboard.org/rss-profile).
    """
    return text.replace("&", "&#x26;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def construct(name: str, text: str, lang: str = "") -> str:
    """An Atom text construct (RFC 4287, 3.1): as text; as HTML where readers would take the text for HTML."""
    mark = f' xml:lang="{lang}"' if lang else ""
    if _MARKUP.search(text):
        plain = text.replace("&", "&amp;").replace("<", "&lt;")
        return f'<{name}{mark} type="html">{escape(plain)}</{name}>'
    return f"<{name}{mark}>{escape(text)}</{name}>"
