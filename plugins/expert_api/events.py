"""The events: a row in the list for each, and a file with its people and sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from expert_api import addresses, bodies, documents, references, rows, shapes
from expert_api.fields import Field, Table, shape_of, written
from experts import absolute, identifiers, model, schema, urls
from experts.dates import rfc3339
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

KIND = "event"


class Row(NamedTuple):
    """What the list says of an event."""

    site: Site
    card: model.EventCard
    name: str  # the permanent one


class Slot(NamedTuple):
    """A session of an event, in the event's language."""

    site: Site
    lang: str
    session: model.Session
    hosts: references.People
    story: model.StoryCard | None


class Record(NamedTuple):
    """What the event's own file says besides."""

    site: Site
    event: model.Event
    topics: tuple[model.TopicCard, ...]
    experts: references.People
    slots: list[Slot]
    html: dict[str, str]  # by language
    whole: bool = True


SESSION: Table[Slot] = (
    Field("title", shapes.TEXTS, "Title", lambda it: {it.lang: it.session.title}, True),
    Field(
        "start",
        shapes.TIME,
        "When it begins; a time alone is one of the event's day",
        lambda it: rfc3339(it.session.start),
    ),
    Field("end", shapes.TIME, "When it ends", lambda it: rfc3339(it.session.end)),
    Field("room", shapes.TEXT, "Where it is", lambda it: it.session.room),
    Field(
        "hosts",
        shapes.listed(references.PERSON_SHAPE),
        "Experts who give it",
        lambda it: references.people(it.site, it.hosts),
    ),
    Field(
        "story",
        references.STORY_SHAPE,
        "A story about it",
        lambda it: it.story and written(references.STORY, references.Reference(it.site, it.story)),
    ),
)
ROW: Table[Row] = (
    *rows.identity(KIND),
    rows.original(lambda it: it.card.lang),
    references.TITLE,
    Field("kind", shapes.choice(schema.EVENT_KINDS), "What kind of event it is", lambda it: it.card.kind, True),
    references.START,
    references.END,
    Field("place", shapes.TEXT, "Where it is", lambda it: it.card.place),
)
MORE: Table[Record] = (
    Field("website", shapes.ADDRESS, "Its own website", lambda it: absolute.uri(it.event.url)),
    Field("content_html", shapes.HTMLS, "The text, as HTML", lambda it: it.html),
    rows.TOPICS,
    Field(
        "experts",
        shapes.listed(references.PERSON_SHAPE),
        "Experts whom one meets there",
        lambda it: references.people(it.site, it.experts),
    ),
    Field(
        "sessions",
        shapes.listed(shape_of(SESSION, "Session")),
        "The programme",
        lambda it: [written(SESSION, slot) for slot in it.slots],
    ),
)
TABLE: Table[Any] = (*ROW, *MORE)


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """The list, and a file for each event."""

    def columns(events: Sequence[model.Event]) -> tuple[Any, ...]:
        return tuple(map(view.event_card, events)), tuple(map(identifiers.name, events))

    def slot(session: model.Session) -> tuple[references.People, model.StoryCard | None]:
        story = view.story(session.story) if session.story else None
        return references.names(map(view.expert, session.hosts)), view.story_card(story) if story else None

    yield from rows.lists(site, KIND, view.events, columns, listing)
    make = partial(record, site)
    for event in view.events:
        page = urls.record(KIND, event.slug)
        yield site.text(
            addresses.file_of(KIND, event.slug),
            make,
            view.event_card(event),
            event,
            view.topic_cards(event.topics),
            references.names(map(view.expert, event.experts)),
            tuple(map(slot, event.sessions)),
            bodies.links(view, site, page, [(event.lang, event.source, event.body)]),
        )


def listing(site: Site, following: str, cards: Sequence[model.EventCard], names: Sequence[str]) -> str:
    """A part of the list."""
    found = [written(ROW, Row(site, card, name)) for card, name in zip(cards, names, strict=True)]
    return documents.listing(site, "events", following, found)


def record(
    site: Site,
    card: model.EventCard,
    event: model.Event,
    topics: tuple[model.TopicCard, ...],
    experts: references.People,
    slots: tuple[tuple[references.People, model.StoryCard | None], ...],
    links: bodies.Linked,
) -> str:
    """The file of an event."""
    sessions = [Slot(site, event.lang, session, *slot) for session, slot in zip(event.sessions, slots, strict=True)]
    html = bodies.html(site, links, [(event.lang, event.body, urls.record(KIND, event.slug))])
    more = Record(site, event, topics, experts, sessions, html)
    row = written(ROW, Row(site, card, identifiers.name(event)))
    return documents.record(site, "event", row | written(MORE, more))
