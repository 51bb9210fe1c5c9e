"""The HTML of an entry: the whole text with its picture, what a reader must know of it, and absolute addresses."""

from __future__ import annotations

import re
from html import escape

from expert_feeds.entries import Entry
from expert_feeds.text import clean
from expert_feeds.words import FIRST, OFFERED, OVER, Words
from experts import absolute, formats, render, urls
from experts.model import primary
from experts.site import Site

_STOP = re.compile(r'(<(?:pre|table)) tabindex="0"')


def html(entry: Entry, site: Site, words: Words) -> str:
    """The content of `entry`; "" if it has none."""
    page = site.address(entry.path, entry.page_lang)
    parts = [*_before(entry, site, words), _body(entry, site, page), *_after(entry, site, words)]
    return clean("\n".join(filter(None, parts)))


def _body(entry: Entry, site: Site, page: str) -> str:
    if entry.body is None:
        return ""

    def place(path: str) -> str:
        return site.address(path[1:]) if path.startswith("/") else site.address(path, entry.page_lang)

    # The tab stops are for keyboards on our pages.
    found = render.content(site.html(entry.body.digest), dict(entry.links), place, whole=False)
    return absolute.html(_STOP.sub(r"\1", found), page)


def _before(entry: Entry, site: Site, words: Words) -> list[str]:
    """What stands before the text: that it is over, the picture, the way to the recording."""
    say, mark = words.texts[entry.page_lang], _mark(entry)
    found = []
    if entry.over:
        date = formats.day(entry.over, entry.page_lang)
        over = say[OVER if entry.kind == "hook" else OFFERED] % {"date": date}
        found.append(f"<p{mark}><strong>{over}</strong></p>")
    if entry.picture and entry.image:
        file, alt = entry.picture.large, escape(entry.image.alt)
        source = f'src="{escape(site.address(file.path))}" alt="{alt}" width="{file.width}" height="{file.height}"'
        found.append(f"<figure><img {source}>{_caption(entry, say, mark)}</figure>")
    if entry.embed:
        label = say["Watch or listen on %(host)s"] % {"host": escape(formats.host(entry.embed))}
        found.append(f'<p{mark}><a href="{escape(entry.embed)}">{label}</a></p>')
    return found


def _caption(entry: Entry, say: dict[str, str], mark: str) -> str:
    if entry.image is None or not entry.image.credit:
        return ""
    credit = say["Picture: %(credit)s"] % {"credit": escape(entry.image.credit)}
    licence = f" ({escape(entry.image.licence)})" if entry.image.licence else ""
    return f"<figcaption{mark}>{credit}{licence}</figcaption>"


def _after(entry: Entry, site: Site, words: Words) -> list[str]:
    """What stands behind the text: who can explain it, and where it was published first."""
    say, mark = words.texts[entry.page_lang], _mark(entry)
    found = []
    if entry.people:
        items = []
        for name, slug, angle in entry.people:
            address = escape(site.address(urls.record("expert", slug), entry.page_lang))
            what = f": {escape(angle)}" if angle else ""
            items.append(f'<li><a href="{address}">{escape(name)}</a>{what}</li>')
        found.append(f"<h2{mark}>{say['Who can explain it']}</h2>\n<ul>{''.join(items)}</ul>")
    if entry.original:
        values = {"address": escape(entry.original), "host": escape(formats.host(entry.original))}
        found.append(f"<p{mark}>{say[FIRST] % values}</p>")
    return found


def _mark(entry: Entry) -> str:
    """The language of our own words where it is not that of the text."""
    return "" if primary(entry.lang) == primary(entry.page_lang) else f' lang="{entry.page_lang}"'
