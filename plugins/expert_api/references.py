"""References: how one record names another.  In the rows of lists they are without addresses, which keeps these light."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from expert_api import addresses, shapes
from expert_api.fields import Field, Table, shape_of, written
from experts import model, schema
from experts.dates import rfc3339
from experts.directory import Directory
from experts.site import Site

People = tuple[str, ...]
"""Short names and names of people by turns: plain texts are the cheapest input of an output."""


class Person(NamedTuple):
    """What a reference to a person says."""

    slug: str
    name: str


class Reference(NamedTuple):
    """A record that is named by its card; without a site it gets no addresses."""

    site: Site | None
    card: Any


def addressed(kind: str) -> Table[Any]:
    """Where a record is, as pages and as a file; of what has a `site` and a `card`."""

    def pages(it: Any) -> dict[str, str]:
        def slug(lang: str) -> str:
            return str(it.card.version(lang)[1]) if kind == "story" else str(it.card.slug)

        return addresses.pages(it.site, kind, slug) if it.site else {}

    def file(it: Any) -> str:
        return addresses.record(it.site, kind, it.card.slug) if it.site else ""

    return (
        Field("url", shapes.ADDRESSES, "Its pages, by language of the page", pages),
        Field("api_url", shapes.ADDRESS, "Its file of this API", file),
    )


SLUG: Field[Any] = Field("slug", shapes.SLUG, "Short name", lambda it: it.card.slug, True)
TITLE: Field[Any] = Field("title", shapes.TEXTS, "Title", lambda it: {it.card.lang: it.card.title}, True)
TITLES: Field[Any] = Field("title", shapes.TEXTS, "Title", lambda it: titles(it.card), True)
STORY_KIND: Field[Any] = Field(
    "kind", shapes.choice(schema.STORY_KINDS), "What kind of story it is", lambda it: it.card.kind, True
)
DATE: Field[Any] = Field("date", shapes.MOMENT, "When it was published", lambda it: rfc3339(it.card.date), True)
UNTIL: Field[Any] = Field("until", shapes.DAY, "Last day on which it is current", lambda it: it.card.until)
START: Field[Any] = Field("start", shapes.MOMENT, "When it begins", lambda it: rfc3339(it.card.start), True)
END: Field[Any] = Field("end", shapes.MOMENT, "When it ends", lambda it: rfc3339(it.card.end))

PERSON = (SLUG, Field("name", shapes.TEXT, "Name, with titles", lambda it: it.card.name, True), *addressed("expert"))
TOPIC = (SLUG, Field("label", shapes.TEXTS, "Name", lambda it: dict(it.card.label), True), *addressed("topic"))
STORY = (SLUG, TITLES, STORY_KIND, DATE, *addressed("story"))
HOOK = (SLUG, TITLE, DATE, UNTIL, *addressed("hook"))
EVENT = (SLUG, TITLE, START, END, *addressed("event"))

PERSON_SHAPE = shape_of(PERSON, "PersonReference")
TOPIC_SHAPE = shape_of(TOPIC, "TopicReference")
STORY_SHAPE = shape_of(STORY, "StoryReference")
HOOK_SHAPE = shape_of(HOOK, "HookReference")
EVENT_SHAPE = shape_of(EVENT, "EventReference")


class Related(NamedTuple):
    """What belongs to a person or a topic."""

    stories: tuple[model.StoryCard, ...]
    hooks: tuple[model.HookCard, ...]
    events: tuple[model.EventCard, ...]


RELATED: Table[Any] = (
    Field(
        "stories",
        shapes.listed(STORY_SHAPE),
        "Stories, the newest first",
        lambda it: references(STORY, it.site, it.related.stories),
    ),
    Field(
        "hooks",
        shapes.listed(HOOK_SHAPE),
        "News events, the newest first",
        lambda it: references(HOOK, it.site, it.related.hooks),
    ),
    Field(
        "events",
        shapes.listed(EVENT_SHAPE),
        "Events to come",
        lambda it: references(EVENT, it.site, it.related.events),
    ),
)
"""Of what has a `site` and something `related`."""


def related(
    view: Directory, stories: Iterable[model.Story], hooks: Iterable[model.Hook], events: Iterable[model.Event]
) -> Related:
    """The cards of what belongs to a person or a topic."""
    return Related(view.story_cards(stories), tuple(map(view.hook_card, hooks)), tuple(map(view.event_card, events)))


def references(table: Table[Any], site: Site | None, cards: Iterable[Any]) -> list[dict[str, Any]]:
    """References to records."""
    return [written(table, Reference(site, card)) for card in cards]


def people(site: Site | None, found: People) -> list[dict[str, Any]]:
    """References to people."""
    return references(PERSON, site, map(Person, found[::2], found[1::2]))


def names(experts: Iterable[model.Expert | None]) -> People:
    """The short names and names of experts; of those who are not shown, nothing."""
    return tuple([word for expert in experts if expert for word in (expert.slug, expert.name)])


def titles(card: model.StoryCard) -> dict[str, str]:
    """The titles of a story by language."""
    return {lang: title for lang, _, title, _ in card.versions}
