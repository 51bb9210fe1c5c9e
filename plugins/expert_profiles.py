"""A page for each expert, with the portrait and the files beside the profile."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from experts import model, signals, urls
from experts.directory import Directory, consents
from experts.output import Output
from experts.site import Site


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """One page for each expert in each language of the site."""
    for expert in directory.experts:
        path = urls.record("expert", expert.slug)
        portrait = directory.portrait(expert)
        deputy = directory.expert(expert.absence.deputy) if expert.absence else None
        common = {
            "expert": expert,
            "portrait": portrait,
            "topics": directory.topic_cards(expert.topics),
            "stories": directory.story_cards(directory.stories_by(expert)),
            "hooks": tuple(map(directory.hook_card, directory.hooks_of(expert))),
            "events": tuple(map(directory.event_card, directory.events_of(expert))),
            "away": expert.away(directory.today),
            "deputy": directory.card(deputy) if deputy else None,
            "draft": expert.status == "draft",
            "others": directory.cards(directory.others(expert, 4)),
        }
        robots = "" if consents(expert, "search-engines") and expert.status != "draft" else "noindex"
        for lang in site.languages:
            body = expert.said("body", lang)
            links = directory.links(body.text if body else None, path, lang)
            yield site.page(lang, path, "expert.html", section="experts", robots=robots, links=links, **common)
        yield from _files(directory, site, expert, portrait)


def _files(directory: Directory, site: Site, expert: model.Expert, portrait: str) -> Iterator[Output]:
    folder = posixpath.dirname(expert.source)
    files = directory.records.files
    if portrait and expert.portrait:
        source = f"{folder}/{expert.portrait.file}"
        yield site.copy(portrait, f"{site.settings.root}/{source}", files[source])
    names = {unquote(link[5:]) for text in expert.texts if text.body for link in text.body.links if link.startswith("file:")}
    for name in sorted(names):
        source = f"{folder}/{name}"
        if source in files:
            yield site.copy(urls.record("expert", expert.slug) + posixpath.basename(name), f"{site.settings.root}/{source}", files[source])


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs)
