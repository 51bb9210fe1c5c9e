"""The home page: search, faces, stories, topics, what is current."""

from __future__ import annotations

from collections.abc import Iterator

from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Listing, Site

FACES, STORIES, TOPICS, EVENTS = 12, 7, 18, 3


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The home page in each language."""
    faces = directory.in_turn(directory.experts)[:FACES]
    counted = sorted((-len(directory.experts_on(topic)), topic.slug) for topic in directory.topics)[:TOPICS]
    topics = tuple([(card, -count) for count, slug in counted if count and (card := directory.topic_card(slug))])
    events = [event for event in directory.events if not directory.past(event)][:EVENTS]
    hooks = [hook for hook in directory.hooks if directory.current(hook)]
    stories = directory.stories[:STORIES]
    listing = Listing(directory.changed(*stories, *hooks))
    for lang in site.languages:
        yield site.page(
            lang,
            "",
            "home.html",
            section="home",
            listing=listing,
            faces=directory.cards(faces),
            stories=directory.story_cards(stories),
            topics=topics,
            hooks=tuple(map(directory.hook_card, hooks)),
            events=tuple(map(directory.event_card, events)),
            totals={
                "experts": len(directory.experts),
                "stories": len(directory.stories),
                "topics": len(directory.topics),
            },
        )


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
