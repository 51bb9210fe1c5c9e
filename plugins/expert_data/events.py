"""Events with their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expert_data import mentions
from expert_data.here import Here
from expert_data.nodes import Node, node, see
from expert_data.pages import web_page
from experts import model
from experts.dates import rfc3339

TYPES = {"talk": "EducationEvent", "webinar": "EducationEvent", "conference": "BusinessEvent"}
ONLINE = "https://schema.org/OnlineEventAttendanceMode"
SCHEDULED = "https://schema.org/EventScheduled"


def event(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The page of an event, and the event.  Nobody says who organises it, so this does not either."""
    record: model.Event = inputs["event"]
    webinar = record.kind == "webinar"
    people = [mentions.person(here, card.slug, card.name) for card in inputs["experts"] if card.searchable]
    barcamp = record.kind == "barcamp"  # there everybody takes part; at all others experts speak
    what = node(
        TYPES.get(record.kind, "Event"),
        here.event(record.slug),
        name=record.title,
        url=here.own,
        sameAs=record.url,
        inLanguage=record.lang,
        startDate=rfc3339(record.start),
        endDate=rfc3339(record.end),
        eventStatus=SCHEDULED,
        eventAttendanceMode=ONLINE if webinar else "",
        location=_location(record.place, record.url if webinar else ""),
        about=[mentions.term(here, card) for card in inputs["topics"]],
        attendee=people if barcamp else None,
        performer=None if barcamp else people,
        subEvent=[_session(here, record, *row) for row in inputs["sessions"]],
    )
    way = [("events/", here.text("Events"))]
    return [*web_page("WebPage", here, record.title, way, mainEntity=see(what["@id"])), what]


def _session(
    here: Here,
    record: model.Event,
    session: model.Session,
    hosts: tuple[tuple[str, str, bool], ...],
    story: model.StoryCard | None,
) -> Node:
    start = _moment(session.start, record.start)
    return node(
        "Event",
        name=session.title,
        inLanguage=record.lang,
        startDate=start,
        endDate=_moment(session.end, start or record.start),
        location=_location(", ".join(filter(None, [session.room, record.place])), ""),
        performer=[mentions.person(here, slug, name) for slug, name, searchable in hosts if searchable],
        workFeatured=mentions.story(here, story) if story and story.searchable else None,
    )


def _moment(value: str, other: str) -> str:
    """A moment, or the time ``HH:MM`` on the day, and in the offset, of another moment."""
    if len(value) != 5:
        return rfc3339(value)
    offset = rfc3339(other)[-6:] if len(other) > 19 else ""
    return f"{other[:10]}T{value}:00{offset}"


def _location(place: str, url: str) -> Node | None:
    if place:
        return {"@type": "Place", "name": place, "address": place}
    return {"@type": "VirtualLocation", "url": url} if url else None
