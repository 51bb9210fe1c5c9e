"""The page that a graph is for, and the addresses that it names others by.

Each thing has one ``@id``, on all pages and in all languages: a person is one thing and has a page in each language, so
it is named after that in the site's default language.  Addresses here are absolute.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from experts import urls
from experts.model import primary
from experts.site import PageView, Site


class Here(NamedTuple):
    """A page, its own address, and those of the site in the page's language and in its default language."""

    page: PageView
    site: Site
    lang: str
    own: str
    local: str
    top: str

    @property
    def organization(self) -> str:
        """The ``@id`` of the organisation whose people these are."""
        return self.top + "#organization"

    @property
    def website(self) -> str:
        """The ``@id`` of the site."""
        return self.top + "#website"

    @property
    def terms(self) -> str:
        """The ``@id`` of the vocabulary of all topics."""
        return self.top + "topics/#terms"

    def person(self, slug: str) -> str:
        """The ``@id`` of an expert."""
        return f"{self.top}experts/{slug}/#person"

    def term(self, slug: str) -> str:
        """The ``@id`` of a topic."""
        return f"{self.top}topics/{slug}/#term"

    def event(self, slug: str) -> str:
        """The ``@id`` of an event."""
        return f"{self.top}events/{slug}/#event"

    def page_of(self, kind: str, slug: str) -> str:
        """The address of a record's page in the language of this page."""
        return self.local + urls.record(kind, slug)

    def version(self, versions: Iterable[tuple[str, str]], lang: str, slug: str) -> str:
        """The address of the version of a story in `lang`, one of its `versions`: ``(language, slug)`` of each.

        It is shown in its language's part of the site; where there is none, in the first part whose language has no
        version; "" if nowhere.
        """
        languages = self.site.languages
        own = [lang] if lang in languages else [tag for tag in languages if primary(tag) == primary(lang)]
        if not own:
            written = [primary(tag) for tag, _ in versions]
            own = [tag for tag in languages if primary(tag) not in written]
        if not own:
            return ""
        local = self.local if own[0] == self.lang else self.site.address("", own[0])
        return local + urls.record("story", slug)

    def text(self, message: str) -> str:
        """One of the theme's texts in the language of this page."""
        return self.site.catalogue(self.lang).gettext(message)


def here(page: PageView, site: Site) -> Here:
    """Where a page stands."""
    top = site.address("", site.default_lang)
    return Here(page, site, page.lang, site.address(page.path, page.lang), site.address("", page.lang), top)
