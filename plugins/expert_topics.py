"""The topics: their tree, and a page for each with its people, stories, hooks and events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from experts import collation, model, signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.paging import SIZE, pages
from experts.site import Listing, Site

STORIES = 30


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The index of topics; a page for each topic, and the rest of its people on further pages."""
    for lang in site.languages:
        yield site.page(lang, "topics/", "topics.html", section="topics", tree=_tree(directory, "", lang, frozenset()))
    for topic in directory.topics:
        people = directory.experts_on(topic)
        stories = directory.stories_on(topic)
        path = urls.record("topic", topic.slug)
        more = f"{path}people/" if len(people) > SIZE else ""
        inputs: dict[str, Any] = {
            "topic": topic,
            "parents": directory.topic_cards([above.slug for above in directory.broader(topic)]),
            "children": tuple(
                [
                    (card, len(directory.experts_on(below)))
                    for below in directory.narrower.get(topic.slug, ())
                    if (card := directory.topic_card(below.slug))
                ]
            ),
            "experts": directory.cards(people[:SIZE]),
            "experts_total": len(people),
            "more": more,
            "stories": directory.story_cards(stories[:STORIES]),
            "stories_total": len(stories),
            "hooks": tuple(map(directory.hook_card, directory.hooks_on(topic))),
            "events": tuple(map(directory.event_card, directory.events_on(topic))),
        }
        listing = Listing(directory.changed(*stories, *directory.hooks_on(topic)))
        for lang in site.languages:
            yield site.page(lang, path, "topic.html", section="topics", listing=listing, **inputs)
        if more:
            card = directory.topic_card(topic.slug)
            for lang in site.languages:
                for here, group, pager in pages(more, directory.experts_on(topic, lang)):
                    yield site.page(
                        lang, here, "people.html", section="topics", facet="topic", value=card, experts=directory.cards(group),
                        total=len(people), pager=pager, back=path, letters=(),
                    )  # fmt: skip


def _tree(directory: Directory, slug: str, lang: str, seen: frozenset[str]) -> tuple[Any, ...]:
    """``(card, synonyms, experts, stories, children)`` of each topic below `slug`, by label."""
    nodes = []
    for topic in directory.narrower.get(slug, ()):
        if topic.slug in seen:
            continue
        synonyms = dict(topic.synonyms).get(lang, ())
        below = _tree(directory, topic.slug, lang, seen | {topic.slug})
        nodes.append(
            (
                directory.topic_card(topic.slug),
                synonyms,
                len(directory.experts_on(topic)),
                len(directory.stories_on(topic)),
                below,
            )
        )
    return tuple(sorted(nodes, key=lambda node: (collation.key(_label(node[0], lang), lang), node[0].slug)))


def _label(card: model.TopicCard, lang: str) -> str:
    found = model.pick(card.label, lang)
    return found.text if found else card.slug


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs)
