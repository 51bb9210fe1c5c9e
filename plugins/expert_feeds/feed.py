"""A feed: what it says of itself, whatever its format, and where its documents lie."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from expert_feeds.archive import Document
from expert_feeds.dates import rfc3339
from expert_feeds.entries import Author, Entry
from expert_feeds.states import State
from expert_feeds.text import clean
from expert_feeds.words import ENDED, PAUSED
from experts import model, urls
from experts.identifiers import tag
from experts.site import Site

GENERATOR = "Our Experts"
ICONS = ("icons/icon-192.png", "icons/icon-512.png")
FORMATS = {"atom": ("atom", ".xml", "application/atom+xml"), "json": ("feed", ".json", "application/feed+json")}
"""Stem and extension of the file's name, and media type."""


class Feed(NamedTuple):
    """A feed in a language; its documents lie beside its page, in `folder` (without the language)."""

    kind: str  # what it is about: "expert", "topic" …
    name: str  # … and which one, by its permanent name
    lang: str
    folder: str
    title: str
    subtitle: model.Said
    author: Author
    since: str  # ISO day: its date as long as it has no entries
    style: str  # root-relative address of its style sheet, "" without one
    digest: bytes


class Part(NamedTuple):
    """What a document of a feed holds."""

    document: Document
    entries: tuple[Entry, ...]
    digest: bytes


class Notice(NamedTuple):
    """A feed that has ended or pauses, in a language.  It says nothing of whose it was."""

    name: str  # the permanent one, which only its digest tells
    lang: str
    state: State  # "ended" or "paused"
    since: str  # ISO day
    style: str


def path(folder: str, kind: str, number: int = 0) -> str:
    """The path of the document `number` of a feed, without the language; `kind` is that of `FORMATS`."""
    stem, extension, _ = FORMATS[kind]
    return f"{folder}{stem}-{number}{extension}" if number else f"{folder}{stem}{extension}"


def address(site: Site, feed: Feed, kind: str, number: int = 0) -> str:
    """The absolute address of a document."""
    return site.address(path(feed.folder, kind, number), feed.lang)


def icons(site: Site) -> tuple[str, ...]:
    """The addresses of a small and of a large square picture that stand for the site."""
    return tuple([site.address(site.assets.get(name, site.look.view.icon)) for name in ICONS])


def person(site: Site, author: Author, lang: str) -> tuple[str, str, str]:
    """Name, absolute address and absolute address of the picture ("" without one) of an author, for texts in `lang`."""
    name, slug, portrait = author
    if name and not slug:  # somebody who is gone: words that name nobody, or a name that stays
        return clean(site.catalogue(lang).gettext(name)), "", ""
    if not slug:
        organisation = site.settings.organisation
        return clean(organisation["name"]), organisation["url"] or site.address("", lang), ""
    return (
        clean(name) or slug,
        site.address(urls.record("expert", slug), lang),
        site.address(portrait) if portrait else "",
    )


def identifier(site: Site, feed: Feed | Notice) -> str:
    """The permanent name of a feed, the same for all its documents (as in RFC 5005, section 4)."""
    kind = feed.kind if isinstance(feed, Feed) else "expert"
    return tag(site.settings.tag_authority, "feed", kind, feed.name, feed.lang)


def entry_identifier(site: Site, entry: Entry) -> str:
    """The permanent name of an entry."""
    return tag(site.settings.tag_authority, entry.kind, entry.name)


def published(site: Site, entry: Entry) -> str:
    """When an entry was published."""
    return rfc3339(entry.date, site.settings.timezone)


def updated(site: Site, entry: Entry) -> str:
    """When an entry changed last.

    The fraction of the second follows from its name: two entries of one day, of which nobody wrote down the time,
    are not of one moment, by which some readers take them for one.
    """
    return rfc3339(entry.changed, site.settings.timezone, f"{entry.kind} {entry.name}")


def newest(site: Site, feed: Feed, entries: tuple[Entry, ...]) -> str:
    """When one of the entries of a document changed last."""
    if not entries:
        return rfc3339(feed.since, site.settings.timezone)
    return max([updated(site, entry) for entry in entries], key=datetime.fromisoformat)


def noticed(site: Site, notice: Notice, say: dict[str, str]) -> tuple[str, str]:
    """The title and the explanation of a feed that has ended or pauses."""
    ended = notice.state == "ended"
    title = say["This feed has ended" if ended else "This feed pauses"]
    return clean(f"{title} – {site.settings.name}"), say[ENDED if ended else PAUSED]
