"""The topics: their tree, and a page for each with its people, stories, hooks and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from experts import collation, model, signals, urls, visibility
from experts.directory import Directory
from experts.output import Output
from experts.paging import SIZE, pages
from experts.site import Listing, Site, Source

STORIES, RELATED = 30, 10


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
            "children": _counted(directory, directory.narrower.get(topic.slug, ())),
            "related": _counted(directory, directory.related(topic, RELATED)),
            "experts": directory.cards(_of_the_day(directory, topic, people)[:SIZE]),
            "experts_total": len(people),
            "more": more,
            "stories": directory.story_cards(stories[:STORIES]),
            "stories_total": len(stories),
            "hooks": tuple(map(directory.hook_card, directory.hooks_on(topic))),
            "events": tuple(map(directory.event_card, directory.events_on(topic))),
        }
        listing = Listing(directory.changed(*stories, *directory.hooks_on(topic)))
        for lang in site.languages:
            yield site.page(
                lang, path, "topic.html", section="topics", listing=listing, origin=Source(topic.source), **inputs
            )
        if more:
            card = directory.topic_card(topic.slug)
            for lang in site.languages:
                for here, group, pager in pages(more, directory.experts_on(topic, lang)):
                    yield site.page(
                        lang, here, "people.html", section="topics", robots=visibility.robots_of_list(group), facet="topic",
                        value=card, experts=directory.cards(group), total=len(people), pager=pager, back=path, letters=(),
                    )  # fmt: skip


def _of_the_day(directory: Directory, topic: model.Topic, people: tuple[model.Expert, ...]) -> list[model.Expert]:
    """People in the order of the day; those whose first topic it is stand before the others."""
    return sorted(directory.in_turn(people), key=lambda expert: expert.topics[0] != topic.slug)


def _counted(directory: Directory, topics: Iterable[model.Topic]) -> tuple[tuple[model.TopicCard, int], ...]:
    """Topics, each with the number of its experts."""
    return tuple(
        [(card, len(directory.experts_on(topic))) for topic in topics if (card := directory.topic_card(topic.slug))]
    )


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
    signals.outputs.connect(outputs, "site")
