"""The topics: the list has the whole vocabulary, a file for each has its people, stories, news events and events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from expert_api import addresses, documents, references, rows, shapes
from expert_api.fields import Field, Table, written
from experts import identifiers, model
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

KIND = "topic"
ENTITY = "https://www.wikidata.org/entity/"


class Row(NamedTuple):
    """What the list says of a topic; `whole` in the topic's own file, with more about the topic above."""

    site: Site
    card: model.Topic
    name: str  # the permanent one
    broader: model.TopicCard | None
    experts: int
    stories: int
    whole: bool = False


class Record(NamedTuple):
    """What the topic's own file says besides."""

    site: Site
    narrower: tuple[model.TopicCard, ...]
    experts: references.People
    related: references.Related


def _broader(it: Row) -> dict[str, Any] | None:
    site = it.site if it.whole else None
    return written(references.TOPIC, references.Reference(site, it.broader)) if it.broader else None


ROW: Table[Row] = (
    *rows.identity(KIND),
    Field("label", shapes.TEXTS, "Name", lambda it: dict(it.card.label), True),
    Field("synonyms", shapes.WORDS, "Other words for it", lambda it: dict(it.card.synonyms)),
    Field("description", shapes.TEXTS, "What it is about", lambda it: dict(it.card.description)),
    Field("broader", references.TOPIC_SHAPE, "The topic above it", _broader),
    Field(
        "wikidata",
        shapes.ADDRESS,
        "The same in Wikidata",
        lambda it: it.card.wikidata and ENTITY + it.card.wikidata,
    ),
    Field("expert_count", shapes.NUMBER, "How many experts there are", lambda it: it.experts, True),
    Field("story_count", shapes.NUMBER, "How many stories there are", lambda it: it.stories, True),
)
MORE: Table[Record] = (
    Field(
        "narrower",
        shapes.listed(references.TOPIC_SHAPE),
        "The topics below it",
        lambda it: references.references(references.TOPIC, it.site, it.narrower),
    ),
    Field(
        "experts",
        shapes.listed(references.PERSON_SHAPE),
        "Experts, those first whose most important topic it is",
        lambda it: references.people(it.site, it.experts),
    ),
    *references.RELATED,
)
TABLE: Table[Any] = (*ROW, *MORE)


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """The list, and a file for each topic."""

    def columns(topics: Sequence[model.Topic]) -> tuple[Any, ...]:
        return (
            topics,
            tuple([view.topic_card(topic.broader) for topic in topics]),
            tuple([len(view.experts_on(topic)) for topic in topics]),
            tuple([len(view.stories_on(topic)) for topic in topics]),
        )

    yield from rows.lists(site, KIND, view.topics, columns, listing)
    make = partial(record, site)
    for topic in view.topics:
        stories = view.stories_on(topic)
        yield site.text(
            addresses.file_of(KIND, topic.slug),
            make,
            topic,
            view.topic_card(topic.broader),
            view.topic_cards([below.slug for below in view.narrower.get(topic.slug, ())]),
            references.names(view.experts_on(topic)),
            references.related(view, stories, view.hooks_on(topic), view.events_on(topic)),
        )


def listing(
    site: Site,
    following: str,
    topics: Sequence[model.Topic],
    broader: Sequence[model.TopicCard | None],
    experts: Sequence[int],
    stories: Sequence[int],
) -> str:
    """A part of the list."""
    found = [
        written(ROW, Row(site, topic, identifiers.name(topic), above, people, texts))
        for topic, above, people, texts in zip(topics, broader, experts, stories, strict=True)
    ]
    return documents.listing(site, "topics", following, found)


def record(
    site: Site,
    topic: model.Topic,
    broader: model.TopicCard | None,
    narrower: tuple[model.TopicCard, ...],
    experts: references.People,
    related: references.Related,
) -> str:
    """The file of a topic."""
    row = Row(site, topic, identifiers.name(topic), broader, len(experts) // 2, len(related.stories), True)
    more = Record(site, narrower, experts, related)
    return documents.record(site, "topic", written(ROW, row) | written(MORE, more))
