"""Atom 1.0 (RFC 4287) with archives (RFC 5005) and Media RSS (https://www.rssboard.org/media-rss)."""

from __future__ import annotations

from expert_feeds import content
from expert_feeds import feed as feeds
from expert_feeds.archive import Document
from expert_feeds.dates import rfc3339
from expert_feeds.entries import ORGANISATION, Author, Entry
from expert_feeds.feed import GENERATOR, Feed, Notice, Part
from expert_feeds.ready import Ready
from expert_feeds.text import clean, construct, escape
from expert_feeds.words import EXPLAINED, Words
from experts.absolute import uri
from experts.site import Site

TYPE = "application/atom+xml"

Way = tuple[str, str]
"""An absolute address, and what people call it."""


class Atom:
    """Writes Atom documents; an entry is made once in a process and joined to each feed that holds it."""

    def __init__(self, site: Site) -> None:
        """Take the site, for addresses and bodies."""
        self.site = site
        self._ready = Ready()

    def document(self, feed: Feed, part: Part, words: Words) -> bytes:
        """A document of a feed."""
        site, say = self.site, words.texts[feed.lang]
        document, entries, _ = part
        own, page = feeds.address(site, feed, "atom"), site.address(feed.folder, feed.lang)
        ways = [(page, say["To the website"]), (site.address("follow/", feed.lang), say["What is a feed?"])]
        if document.older:
            ways.append((feeds.address(site, feed, "atom", document.older), say["Earlier entries"]))
        head = [
            _start(feed.lang, feed.style, archive=bool(document.number)),
            construct("title", clean(feed.title)),
            construct("subtitle", clean(feed.subtitle.text), feed.subtitle.lang) if feed.subtitle.text else "",
            f"<id>{feeds.identifier(site, feed)}</id>",
            f"<updated>{feeds.newest(site, feed, entries)}</updated>",
            self._author(feed.author, feed.lang),
            _link("self", feeds.address(site, feed, "atom", document.number), TYPE),
            _link("alternate", page, "text/html", feed.lang),
            *self._relations(feed, document, own),
            f"<generator>{GENERATOR}</generator>",
            f"<icon>{uri(feeds.icons(site)[0])}</icon>",
            f"<logo>{uri(site.address(feed.author[2]))}</logo>" if feed.author[2] else "",
            _explained(say[EXPLAINED], ways, own),
        ]
        made = [self.entry(entry, words) for entry in entries]
        return b"\n".join(["\n".join(filter(None, head)).encode(), *made, b"</feed>\n"])

    def notice(self, notice: Notice, words: Words) -> bytes:
        """A feed that has ended or pauses: no address of its own, since that names whose it was."""
        say = words.texts[notice.lang]
        title, text = feeds.noticed(self.site, notice, say)
        home = self.site.address("", notice.lang)
        lines = [
            _start(notice.lang, notice.style),
            construct("title", title),
            f"<id>{feeds.identifier(self.site, notice)}</id>",
            f"<updated>{rfc3339(notice.since, self.site.settings.timezone)}</updated>",
            self._author(ORGANISATION, notice.lang),
            _link("alternate", home, "text/html", notice.lang),
            f"<generator>{GENERATOR}</generator>",
            _explained(text, [(home, say["To the website"])]),
            "</feed>\n",
        ]
        return "\n".join(lines).encode()

    def _relations(self, feed: Feed, document: Document, own: str) -> list[str]:
        """The links to the other documents of a feed, and to the hub that tells what is new (W3C WebSub)."""
        found = []
        if document.number:
            found += ["<fh:archive/>", _link("current", own, TYPE)]
        elif self.site.settings.websub_hub:
            found.append(_link("hub", self.site.settings.websub_hub))
        for relation, number in (("prev-archive", document.older), ("next-archive", document.newer)):
            if number:
                found.append(_link(relation, feeds.address(self.site, feed, "atom", number), TYPE))
        return found

    def entry(self, entry: Entry, words: Words) -> bytes:
        """An entry."""
        return self._ready.get(entry.digest, lambda: self._entry(entry, words).encode())

    def _entry(self, entry: Entry, words: Words) -> str:
        lang = entry.page_lang
        title, summary = clean(entry.title) or entry.path, clean(entry.summary)
        html = content.html(entry, self.site, words)
        parts = [
            f'<entry xml:lang="{entry.lang}">',
            f"<id>{feeds.entry_identifier(self.site, entry)}</id>",
            f"<published>{feeds.published(self.site, entry)}</published>",
            f"<updated>{feeds.updated(self.site, entry)}</updated>",
            construct("title", title),
            "".join([self._author(author, lang) for author in entry.authors]),
            _link("alternate", self.site.address(entry.path, lang), "text/html", entry.lang),
            _link("via", entry.original) if entry.original else "",
            # No enclosure: nobody knows the size of a recording that lies elsewhere.
            _link("related", entry.embed) if entry.embed else "",
            self._picture(entry),
            *self._categories(entry),
            construct("summary", summary or title) if summary or not html else "",
            f'<content type="html">{escape(html)}</content>' if html else "",
            "</entry>",
        ]
        return "\n".join(filter(None, parts))

    def _author(self, author: Author, lang: str) -> str:
        name, address, _ = feeds.person(self.site, author, lang)
        known = f"<uri>{escape(uri(address))}</uri>" if address else ""
        return f"<author><name>{escape(name)}</name>{known}</author>"

    def _categories(self, entry: Entry) -> list[str]:
        scheme = escape(uri(self.site.address("topics/", entry.page_lang)))
        labels = [(slug, escape(clean(label)) or slug) for slug, label in entry.topics]
        return [f'<category term="{slug}" scheme="{scheme}" label="{label}"/>' for slug, label in labels]

    def _picture(self, entry: Entry) -> str:
        """The picture as an enclosure, and as Media RSS says it."""
        image = entry.image
        if entry.picture is None or image is None:
            return ""
        known = entry.picture.large
        url = escape(uri(self.site.address(known.path)))
        size = f' width="{known.width}" height="{known.height}"'
        said = (("description", image.alt), ("credit", image.credit), ("copyright", image.licence))
        inside = "".join([f"<media:{name}>{escape(clean(text))}</media:{name}>" for name, text in said if clean(text)])
        return (
            f'<link rel="enclosure" href="{url}" type="{known.type}" length="{known.size}"/>\n'
            f'<media:content url="{url}" type="{known.type}" medium="image" fileSize="{known.size}"{size}>{inside}</media:content>'
        )


def _start(lang: str, style: str, archive: bool = False) -> str:
    sheet = f'<?xml-stylesheet type="text/css" href="{escape(style)}"?>\n' if style else ""
    history = ' xmlns:fh="http://purl.org/syndication/history/1.0"' if archive else ""
    media = ' xmlns:media="http://search.yahoo.com/mrss/"'
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'{sheet}<feed xmlns="http://www.w3.org/2005/Atom"{media}{history} xml:lang="{lang}">'
    )


def _link(relation: str, address: str, kind: str = "", lang: str = "") -> str:
    kind = f' type="{kind}"' if kind else ""
    lang = f' hreflang="{lang}"' if lang else ""
    return f'<link rel="{relation}" href="{escape(uri(address))}"{kind}{lang}/>'


def _explained(text: str, ways: list[Way], own: str = "") -> str:
    """What people read who open the feed in a browser: XHTML as an extension (RFC 4287, 6.4), which readers pass over."""
    links = "".join([f'<li><a href="{escape(uri(address))}">{escape(name)}</a></li>' for address, name in ways])
    code = f"<p><code>{escape(uri(own))}</code></p>" if own else ""
    return f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escape(text)}</p>{code}<ul>{links}</ul></div>'
