"""Ordinary pages, the error page, and redirects from earlier addresses."""

from __future__ import annotations

from collections.abc import Iterator

from experts import renewal, signals
from experts.directory import Directory
from experts.links import names_in
from experts.output import Output
from experts.site import Site, Source


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """Ordinary pages, 404.html and redirects in each language."""
    texts = renewal.texts(directory.pages)
    held = renewal.newest(texts, directory.today)
    for page in directory.pages:
        newer = directory.records.pages[held.slug] if held and page.version and page.date < held.date else None
        for lang in site.languages:
            text = page.text(lang)
            links = tuple([(name, directory.address(name, lang)) for name in names_in(text.html)])
            yield site.page(
                lang,
                f"{page.slug}/",
                "page.html",
                section="page",
                origin=Source(text.source),
                title=page.title(lang),
                summary=text.summary,
                html=text.html,
                lang=text.lang,
                links=links,
                version=(page.version, page.date),
                newer=(f"{newer.slug}/", newer.title(lang)) if newer else None,
            )
    common = sorted((-len(directory.experts_on(topic)), topic.slug) for topic in directory.topics)[:12]
    topics = tuple([(card, -count) for count, slug in common if count and (card := directory.topic_card(slug))])
    for lang in site.languages:
        yield site.page(lang, "404.html", "404.html", robots="noindex", topics=topics)
    for lang, path, target in directory.moved(site.languages):
        yield _redirect(site, lang, path, target)


def _redirect(site: Site, lang: str, path: str, target: str) -> Output:
    url = site.url(target, lang)
    return site.page(lang, path, "redirect.html", robots="noindex", target=url, absolute=site.absolute(url) or url)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
