"""The search page: the topics with all their names, and how to reach the press office."""

from __future__ import annotations

from collections.abc import Iterator

from experts import model, signals
from experts.directory import Directory
from experts.names import fold
from experts.output import Output
from experts.site import Site


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The search page in each language."""
    entries = []
    for topic in directory.topics:
        card = directory.topic_card(topic.slug)
        if card:
            labels = [label for _, label in topic.label[1:]]
            words = tuple(dict.fromkeys([*labels, *(word for _, group in topic.synonyms for word in group)]))
            entries.append((card, words))
    for lang in site.languages:
        ordered = sorted(
            entries,
            key=lambda entry: (
                fold(label.text if (label := model.pick(entry[0].label, lang)) else ""),
                entry[0].slug,
            ),
        )
        yield site.page(lang, "search/", "search.html", section="search", topics=tuple(ordered))


def _label(card: model.TopicCard, lang: str) -> str:
    """A topic's label for sorting."""
    found = model.pick(card.label, lang)
    return fold(found.text) if found else ""


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs)
