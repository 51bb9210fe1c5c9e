"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from expert_feeds import content
from expert_feeds import feed as feeds
from expert_feeds.entries import Author, Entry
from expert_feeds.feed import Feed, Notice, Part
from expert_feeds.ready import Ready
from expert_feeds.text import clean
from expert_feeds.words import EXPLAINED, Words
from experts.absolute import uri
from experts.site import Site

VERSION = "https://jsonfeed.org/version/1.1"


class JsonFeed:
    """Writes JSON Feeds; an item is made once in a process and joined to each feed that holds it."""

    def __init__(self, site: Site) -> None:
        """Take the site, for addresses and bodies."""
        self.site = site
        self._ready = Ready()

    def document(self, feed: Feed, part: Part, words: Words) -> bytes:
        """A document of a feed."""
        document, entries, _ = part
        site, icons = self.site, [uri(address) for address in feeds.icons(self.site)]
        hub = site.settings.websub_hub if not document.number else ""
        head = {
            "version": VERSION,
            "title": clean(feed.title),
            "home_page_url": uri(site.address(feed.folder, feed.lang)),
            "feed_url": uri(feeds.address(site, feed, "json", document.number)),
            "description": clean(feed.subtitle.text),
            "user_comment": f"{words.texts[feed.lang][EXPLAINED]} {uri(feeds.address(site, feed, 'json'))}",
            "next_url": uri(feeds.address(site, feed, "json", document.older)) if document.older else "",
            "icon": uri(site.address(feed.author[2])) if feed.author[2] else icons[1],
            "favicon": icons[0],
            "authors": [self._author(feed.author, feed.lang)],
            "language": feed.lang,
            "hubs": [{"type": "WebSub", "url": uri(hub)}] if hub else [],
        }
        return _joined(head, [self.item(entry, words) for entry in entries])

    def notice(self, notice: Notice, words: Words) -> bytes:
        """A feed that has ended or pauses: no address of its own, since that names whose it was."""
        title, text = feeds.noticed(self.site, notice, words.texts[notice.lang])
        home = uri(self.site.address("", notice.lang))
        head = {"version": VERSION, "title": title, "home_page_url": home, "description": text, "language": notice.lang}
        return _joined(head | ({"expired": True} if notice.state == "ended" else {}), [])

    def item(self, entry: Entry, words: Words) -> bytes:
        """An item."""
        return self._ready.get(entry.digest, lambda: _dumped(self._item(entry, words)))

    def _item(self, entry: Entry, words: Words) -> dict[str, Any]:
        site, lang = self.site, entry.page_lang
        title, summary = clean(entry.title) or entry.path, clean(entry.summary)
        html = content.html(entry, site, words)
        known = entry.picture.large if entry.picture else None
        picture = uri(site.address(known.path)) if known else ""
        return {
            "id": feeds.entry_identifier(site, entry),
            "url": uri(site.address(entry.path, lang)),
            "external_url": uri(entry.original),
            "title": title,
            "content_html": html,
            "content_text": "" if html else summary or title,
            "summary": summary,
            "image": picture,
            "date_published": feeds.published(site, entry),
            "date_modified": feeds.updated(site, entry),
            "authors": [self._author(author, lang) for author in entry.authors],
            "tags": [clean(label) or slug for slug, label in entry.topics],
            "language": entry.lang,
            "attachments": [{"url": picture, "mime_type": known.type, "size_in_bytes": known.size}] if known else [],
        }

    def _author(self, author: Author, lang: str) -> dict[str, str]:
        name, address, picture = feeds.person(self.site, author, lang)
        found = {"name": name, "url": uri(address), "avatar": uri(picture)}
        return {key: value for key, value in found.items() if value}


def _joined(head: dict[str, Any], items: list[bytes]) -> bytes:
    """A feed of a head and items."""
    return _dumped(head)[:-1] + b', "items": [\n' + b",\n".join(items) + b"\n]}\n"


def _dumped(value: dict[str, Any]) -> bytes:
    """An object as JSON, without what is empty."""
    return json.dumps({key: part for key, part in value.items() if part}, ensure_ascii=False).encode()
