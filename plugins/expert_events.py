"""Events: barcamps, talks, webinars and conferences with their sessions."""

from __future__ import annotations

from collections.abc import Iterator

from experts import signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Site, Source
from experts.visibility import consents


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The list of events, and a page for each."""
    cards = [directory.event_card(event) for event in directory.events]
    upcoming = tuple([card for card in cards if not card.past])
    past = tuple([card for card in reversed(cards) if card.past])
    for lang in site.languages:
        yield site.page(lang, "events/", "events.html", section="events", upcoming=upcoming, past=past)
    for event in directory.events:
        path = urls.record("event", event.slug)
        people = [expert for expert in map(directory.expert, event.experts) if expert]
        sessions = []
        for session in event.sessions:
            hosts = [expert for expert in map(directory.expert, session.hosts) if expert]
            story = directory.story(session.story) if session.story else None
            named = tuple([(host.slug, host.name, consents(host, "search-engines")) for host in hosts])
            sessions.append((session, named, directory.story_card(story) if story else None))
        for lang in site.languages:
            yield site.page(
                lang,
                path,
                "event.html",
                section="events",
                event=event,
                experts=directory.cards(people),
                topics=directory.topic_cards(event.topics),
                sessions=tuple(sessions),
                past=directory.past(event),
                origin=Source(event.source),
                links=directory.links(event.source, event.body, path, lang),
            )
        yield from site.pictures(directory.pictures_of(event.source, event.body, path).values())
        files = directory.files_of(event.source, event.body, path)
        yield from site.copies({path: origin for origin, path in files.values()}, directory.records.files)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
