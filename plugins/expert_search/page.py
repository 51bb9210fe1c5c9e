"""The search page, and what tells browsers that there is one."""

from __future__ import annotations

from collections.abc import Iterator

from expert_search import opensearch
from experts import collation, model
from experts.directory import Directory
from experts.output import Output
from experts.site import Site


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """In each language the page, and the description of the search while the site has an address."""
    cards = [card for topic in directory.topics if (card := directory.topic_card(topic.slug))]
    tags = {tag for expert in directory.experts for tag in expert.languages}
    tongues = tuple(sorted(tags | {model.primary(tag) for tag in tags}))
    for lang in site.languages:
        topics = tuple(sorted(cards, key=lambda card: (_label(card, lang), card.slug)))
        yield site.page(
            lang, "search/", "search.html", section="search", robots="noindex", topics=topics, tongues=tongues
        )
        if site.settings.url:
            yield opensearch.description(site, lang)


def _label(card: model.TopicCard, lang: str) -> str:
    """A topic's label for sorting."""
    found = model.pick(card.label, lang)
    return collation.key(found.text, lang) if found else ""
