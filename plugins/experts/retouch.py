"""Texts of others without the names of people who are gone: links to them become words that name nobody.

This is done to the records before anything is made of them, so that no page, feed, index or data file can show such a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any, NamedTuple

from . import digests, model
from .links import names_in
from .mentions import AWAY, IN_TEXT
from .relate import Records
from .visibility import Rules, standing

_LINK = re.compile(r'<a (?:[^<>]*? )?href="expert:([^"#<]*+)[^"<]*+"[^<>]*>.*?</a>', re.DOTALL)
_BEGINNING = re.compile(
    r"(?:^|<(?:p|li|h[1-6]|t[dh]|d[dt]|blockquote|div|figcaption|summary|br)\b[^<>]*>|[.!?…][“”\"»)]*\s)[„“\"»«(]*\s*$"
)

Words = Callable[[str, str], tuple[str, str]]
"""``words(msgid, language)`` gives the words in that language, or else in another one, and which one it is."""


class Shelf(NamedTuple):
    """Where the HTML of bodies is: read by its digest, and put under one."""

    read: Callable[[bytes], str]
    put: Callable[[bytes, bytes], object]


class Retouching(NamedTuple):
    """Who is gone (short name and standing), and what is needed to make other texts."""

    gone: Mapping[str, str]
    shelf: Shelf
    words: Words

    def body(self, found: model.Body | None, lang: str) -> model.Body | None:
        """A body in `lang`; the same one if it links to nobody who is gone."""
        if found is None or not any(map(self._leads_to_them, found.links)):
            return found
        html = self.html(self.shelf.read(found.digest), lang)
        data = html.encode()
        key = digests.of(data)
        self.shelf.put(key, data)
        return model.Body(key, names_in(html))

    def _leads_to_them(self, link: str) -> bool:
        kind, _, slug = link.partition(":")
        return kind == "expert" and slug in self.gone

    def html(self, html: str, lang: str) -> str:
        """Stored HTML in `lang` with words in place of the links to those who are gone."""

        def link(match: re.Match[str]) -> str:
            gone = self.gone.get(unescape(match[1]))
            if gone is None:
                return match[0]
            text, spoken = self.words(IN_TEXT[gone], lang)
            if _BEGINNING.search(html, max(0, match.start() - 200), match.start()):
                text = text[:1].upper() + text[1:]
            same = model.primary(spoken) == model.primary(lang)
            return escape(text) if same else f'<span lang="{escape(spoken)}">{escape(text)}</span>'

        return _LINK.sub(link, html)


def retouched(records: Records, rules: Rules, shelf: Shelf, words: Words) -> Records:
    """The records with texts whose links name nobody who is gone, as MENTIONS says; records without such texts stay the same."""
    gone = _gone(records, rules) if rules.mentions.text == "neutral" else {}
    if not gone:
        return records
    hand = Retouching(gone, shelf, words)
    return records._replace(
        experts={slug: _texts(one, hand) for slug, one in records.experts.items()},
        stories={slug: _texts(one, hand) for slug, one in records.stories.items()},
        hooks={slug: _whole(one, hand) for slug, one in records.hooks.items()},
        events={slug: _whole(one, hand) for slug, one in records.events.items()},
        pages={slug: _page(one, hand) for slug, one in records.pages.items()},
    )


def _gone(records: Records, rules: Rules) -> dict[str, str]:
    """Those who are gone: short name -> standing.  Who is only away keeps their name."""
    found = {slug: standing(expert, rules) for slug, expert in records.experts.items()}
    return {slug: word for slug, word in found.items() if word not in ("", AWAY)}


def _texts(record: Any, hand: Retouching) -> Any:
    """A record whose texts have bodies."""
    bodies = [hand.body(text.body, text.lang) for text in record.texts]
    if all(body is text.body for body, text in zip(bodies, record.texts, strict=True)):
        return record
    texts = [text._replace(body=body) for body, text in zip(bodies, record.texts, strict=True)]
    return _sealed(record._replace(texts=tuple(texts)))


def _whole(record: Any, hand: Retouching) -> Any:
    """A record that has one body itself."""
    body = hand.body(record.body, record.lang)
    return record if body is record.body else _sealed(record._replace(body=body))


def _page(page: model.Page, hand: Retouching) -> model.Page:
    named = {
        name.partition(":")[2] for text in page.texts for name in names_in(text.html) if name.startswith("expert:")
    }
    if named.isdisjoint(hand.gone):
        return page
    texts = [text._replace(html=hand.html(text.html, text.lang)) for text in page.texts]
    return _sealed(page._replace(texts=tuple(texts)))  # type: ignore[no-any-return]


def _sealed(record: Any) -> Any:
    """A record with the digest of what it says now."""
    bare = record._replace(digest=b"")
    return bare._replace(digest=digests.of_data(model.plain(bare)))
