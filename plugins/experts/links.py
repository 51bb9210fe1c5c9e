"""Links in stored HTML: the names that a text links to, and the addresses that a page gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from .places import KINDS

# Sanitised HTML has no < within a tag, so no tag is read twice.
_INTERNAL = re.compile(
    rf'<a (?:[^<>]*? )?href="((?:{"|".join(KINDS)}|file|path):[^"<]*)"[^<>]*>(.*?)</a>',
    re.DOTALL,
)
_OWN = (re.compile(r' (?:width|height)="[^"]*"'), re.compile(r' class="[^"]*"'))
_PICTURE = re.compile(r'(<img\b[^<>]*?) src="((?:file|path):[^"<]*)"([^<>]*>)')


def fill(html: str, address: Callable[[str], str], show: Callable[[str], str]) -> str:
    """Stored HTML with addresses: `address` gives one for each name, or "" to leave the words without a link.

    `show` gives the attributes of a picture, or "" to leave it out; what the author wrote of size and class stays.
    """
    if ":" not in html:
        return html

    def link(match: re.Match[str]) -> str:
        name, _, fragment = match[1].partition("#")
        url = address(unescape(name))
        if not url:
            return match[2]
        whole = escape(url) + ("#" + fragment if fragment else "")
        return match[0].replace(f' href="{match[1]}"', f' href="{whole}"', 1)  # a title may say the same

    html = _INTERNAL.sub(link, html)

    def picture(match: re.Match[str]) -> str:
        attributes = show(unescape(match[2]))
        for written in _OWN:
            if written.search(match[0]):
                attributes = written.sub("", attributes)
        return f"{match[1]} {attributes}{match[3]}" if attributes else ""

    return _PICTURE.sub(picture, html)


def text_of(html: str) -> str:
    """The words of HTML without its tags."""
    return unescape(re.sub(r"<[^<>]+>", "", html))


def names_in(html: str) -> tuple[str, ...]:
    """The names of all that stored HTML links to or shows."""
    found = [match[1].partition("#")[0] for match in _INTERNAL.finditer(html)] + [
        match[2] for match in _PICTURE.finditer(html)
    ]
    return tuple(dict.fromkeys(unescape(name) for name in found))
