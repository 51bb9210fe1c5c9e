"""Lists of people, stories, news events and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from expert_data.here import Here
from expert_data.mentions import label
from expert_data.nodes import Node, node
from expert_data.pages import web_page
from experts import formats, model


def item_list(here: Here, kind: str, entries: Iterable[tuple[str, str]]) -> Node | None:
    """A list of records of a kind, ``(slug, name)`` of each, in its order; None of none."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "url": here.page_of(kind, slug)}
        for number, (slug, name) in enumerate(entries, 1)
    ]
    return node("ItemList", numberOfItems=len(items), itemListElement=items) if items else None


def people_of(here: Here, cards: Iterable[model.ExpertCard]) -> Node | None:
    """Those of some people whom search engines may list."""
    return item_list(here, "expert", [(card.slug, card.name) for card in cards if card.searchable])


def stories_of(here: Here, cards: Iterable[model.StoryCard]) -> Node | None:
    """Those of some stories that search engines may list, as the page links to them."""
    return item_list(here, "story", [card.version(here.lang)[1:3] for card in cards if card.searchable])


def titles_of(here: Here, kind: str, cards: Iterable[model.HookCard | model.EventCard]) -> Node | None:
    """News events or events."""
    return item_list(here, kind, [(card.slug, card.title) for card in cards])


def experts(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The page of all experts; those of the day, where they are too many."""
    return web_page("CollectionPage", here, here.text("Experts"), mainEntity=people_of(here, inputs["faces"]))


def people(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """A page of the people of a letter, a place, a language or a topic."""
    facet, value = inputs["facet"], inputs["value"]
    way = [("experts/", here.text("Experts"))]
    if facet == "letter":
        name = here.text("Experts: %(letter)s") % {"letter": value}
    elif facet == "place":
        name = here.text("Experts in %(place)s") % {"place": value}
    elif facet == "language":
        name = here.text("Experts who speak %(language)s") % {"language": formats.language(value, here.lang)}
    else:
        topic = label(value, here.lang)
        name = here.text("Experts on %(topic)s") % {"topic": topic}
        way = [("topics/", here.text("Topics")), (inputs["back"], topic)]
    return web_page("CollectionPage", here, name, way, mainEntity=people_of(here, inputs["experts"]))


def stories(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The page of the newest stories."""
    return web_page("CollectionPage", here, here.text("Stories"), mainEntity=stories_of(here, inputs["stories"]))


def archive(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The stories of a year or a month."""
    name = formats.day(inputs["period"], here.lang)
    way = [("stories/", here.text("Stories"))]
    return web_page("CollectionPage", here, name, way, mainEntity=stories_of(here, inputs["stories"]))


def hooks(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """All news events."""
    found = titles_of(here, "hook", (*inputs["current"], *inputs["archived"]))
    return web_page("CollectionPage", here, here.text("In the news"), mainEntity=found)


def events(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """All events."""
    found = titles_of(here, "event", (*inputs["upcoming"], *inputs["past"]))
    return web_page("CollectionPage", here, here.text("Events"), mainEntity=found)
