"""The sitemap (sitemaps.org 0.9): all pages that search engines may list, with their languages, pictures and last changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from xml.sax.saxutils import escape

from experts import dates, digests, signals
from experts.directory import Directory
from experts.output import Output, output
from experts.site import Planned, Site

MOST, HEAVIEST = 50_000, 50_000_000  # URLs and bytes of a file
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)

Row = tuple[str, str, tuple[tuple[str, str], ...], str, tuple[str, ...]]
"""A page: path, language, ``(language, path)`` of its versions, last change, pictures."""


def indexes(_directory: Directory, site: Site, pages: tuple[Planned, ...]) -> Iterator[Output]:
    """One sitemap, or an index of several."""
    found = rows(pages)
    groups = divided(found, len(site.address("")))
    if len(groups) == 1:
        yield _output(site, "sitemap.xml", groups[0])
    elif groups:
        names = [f"sitemap-{number}.xml" for number in range(1, len(groups) + 1)]
        yield from map(partial(_output, site), names, groups)
        latest = [max((row[3] for row in group), key=dates.instant) for group in groups]
        yield site.text("sitemap.xml", partial(index, site), tuple(zip(names, latest, strict=True)))


def _output(site: Site, path: str, group: list[Row]) -> Output:
    # The rows are plain data: one digest of them all is what keeps this cheap for a hundred thousand pages.
    return output(path, site.key, partial(sitemap, site), group, inputs=digests.of_data(group))


def rows(pages: Sequence[Planned]) -> list[Row]:
    """The pages that may be listed and are nobody else's, by path; versions that may not be are left out."""
    shown = [page for page in pages if "noindex" not in page.robots and not page.canonical]
    listed = {(page.lang, page.path) for page in shown}
    found = []
    for page in shown:
        versions = page.alternates
        if not listed.issuperset(versions):
            versions = tuple([version for version in versions if version in listed])
        found.append((page.path, page.lang, versions, page.listing.changed, page.listing.pictures))
    found.sort()
    return found


def divided(found: list[Row], root: int, most: int = MOST, heaviest: int = HEAVIEST) -> list[list[Row]]:
    """Rows in groups of at most `most` rows and `heaviest` bytes (a little less); `root` is the length of the site's address."""
    groups: list[list[Row]] = []
    weight = 0
    for row in found:
        own = 100 + (len(row[2]) + 2) * (root + len(row[0]) + 65) + sum([root + len(name) + 50 for name in row[4]])
        if not groups or len(groups[-1]) == most or weight + own > heaviest:
            groups.append([])
            weight = 0
        groups[-1].append(row)
        weight += own
    return groups


def sitemap(site: Site, group: list[Row]) -> str:
    """The sitemap of some rows."""

    @lru_cache(100)  # the versions of a page stand beside one another
    def address(path: str, lang: str = "") -> str:
        return escape(site.address(path, lang))

    entries = []
    for path, lang, versions, changed, pictures in group:
        parts = [f"<url><loc>{address(path, lang)}</loc>"]
        if changed:
            parts.append(f"<lastmod>{dates.rfc3339(changed)}</lastmod>")
        if len(versions) > 1:
            links = [(tag, address(other, tag)) for tag, other in versions]
            links += [("x-default", url) for tag, url in links if tag == site.default_lang]
            parts += [f'<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>' for tag, url in links]
        parts += [f"<image:image><image:loc>{address(name)}</image:loc></image:image>" for name in pictures]
        entries.append("".join(parts) + "</url>\n")
    return f"{_OPEN}<urlset {_NAMESPACES}>\n{''.join(entries)}</urlset>\n"


def index(site: Site, parts: tuple[tuple[str, str], ...]) -> str:
    """The index of several sitemaps: their names, and the last change in each ("" if there is none)."""
    entries = []
    for name, changed in parts:
        lastmod = f"<lastmod>{dates.rfc3339(changed)}</lastmod>" if changed else ""
        entries.append(f"<sitemap><loc>{escape(site.address(name))}</loc>{lastmod}</sitemap>\n")
    return f"{_OPEN}<sitemapindex {_NAMESPACES.partition(' ')[0]}>\n{''.join(entries)}</sitemapindex>\n"


def register() -> None:
    """Called by Pelican and by the build."""
    signals.indexes.connect(indexes, "search-engines")
