"""Lists of feeds for feed readers: OPML 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

from typing import NamedTuple

from expert_feeds.feed import path
from expert_feeds.text import clean, escape
from experts import urls
from experts.absolute import uri
from experts.site import Site


class People(NamedTuple):
    """Name and slug of people who have a feed; `digest` stands for them."""

    rows: tuple[tuple[str, str], ...]
    digest: bytes


class Opml:
    """Writes lists of feeds."""

    def __init__(self, site: Site) -> None:
        """Take the site, for addresses."""
        self.site = site

    def document(self, title: str, people: People, lang: str) -> str:
        """The feeds of `people` in `lang`, in one group, which readers show as a folder."""
        title = escape(clean(title))
        outlines = [self._outline(name, slug, lang) for name, slug in people.rows]
        return "\n".join(
            [
                '<?xml version="1.0" encoding="utf-8"?>',
                '<opml version="2.0">',
                f"<head><title>{title}</title></head>",
                f'<body><outline text="{title}">',
                *outlines,
                "</outline></body>",
                "</opml>\n",
            ]
        )

    def _outline(self, name: str, slug: str, lang: str) -> str:
        folder, name = urls.record("expert", slug), escape(clean(name)) or slug
        feed = escape(uri(self.site.address(path(folder, "atom"), lang)))
        page = escape(uri(self.site.address(folder, lang)))
        return f'<outline type="rss" text="{name}" title="{name}" xmlUrl="{feed}" htmlUrl="{page}" language="{lang}"/>'
