"""iCalendar files (RFC 5545): each event with its programme, all events, and what a person takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from expert_calendars.calendars import Calendars, Part, Slot
from experts import identifiers, model, signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import PageView, Site

ALL = "events/calendar.ics"
MOST = 500  # events in a calendar that one subscribes to: the latest ones


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """A file for each event, for all together, and for each person who consents to feeds and appears in any."""
    calendars = Calendars(site)
    talks: dict[str, list[Part]] = {}
    parts = [_part(view, event) for event in view.events]
    for part in parts:
        yield site.text(_event(part.event.slug), calendars.of_event, part)
        for slug, own in _shares(part):
            talks.setdefault(slug, []).append(own)
    if parts:
        # The programmes would bury the other events.
        latest = tuple([part._replace(slots=()) for part in parts[-MOST:]])
        yield site.text(ALL, calendars.to_follow, ALL, "", latest)
    for expert in view.experts:
        if expert.slug in talks:
            path = _talks(expert.slug)
            yield site.text(path, calendars.to_follow, path, expert.name, tuple(talks[expert.slug][-MOST:]))


def head(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> str:
    """The link to the calendar of what a page shows."""
    if template == "event.html":
        path = _event(inputs["event"].slug)
    elif template == "events.html" and (inputs["upcoming"] or inputs["past"]):
        path = ALL
    elif template == "expert.html" and inputs["events"] and inputs["feeds"]:
        path = _talks(inputs["expert"].slug)
    else:
        return ""
    title = escape(site.catalogue(page.lang).gettext("Calendar"))
    return f'<link rel="alternate" type="text/calendar" title="{title}" href="{site.file(path)}">'


def _event(slug: str) -> str:
    return f"{urls.record('event', slug)}event.ics"


def _talks(slug: str) -> str:
    return f"{urls.record('expert', slug)}talks.ics"


def _part(view: Directory, event: model.Event) -> Part:
    """The whole of an event, naming those who consent to feeds."""

    def names(slugs: Iterable[str]) -> tuple[str, ...]:
        return tuple([expert.name for expert in map(view.expert, slugs) if expert])

    slots = []
    seen: dict[str, int] = {}
    for session in event.sessions:
        seen[session.title] = number = seen.get(session.title, 0) + 1
        if session.start:
            identity = (identifiers.name(event), session.title, str(number))  # its time and room may change
            slots.append(Slot(session, identity, names(session.hosts)))
    return Part(event, True, tuple(slots), names(event.experts), view.topic_cards(event.topics))


def _shares(part: Part) -> Iterator[tuple[str, Part]]:
    """What of an event belongs into the calendar of each person who appears: the event, or sessions of it."""
    event = part.event
    for slug in dict.fromkeys([*event.experts, *(host for session in event.sessions for host in session.hosts)]):
        slots = tuple([slot for slot in part.slots if slug in slot.session.hosts])
        yield slug, part._replace(whole=slug in event.experts or not slots, slots=slots)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "feeds")
    signals.heads.connect(head, "feeds")
