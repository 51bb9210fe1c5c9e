"""What a page is about, for machines: schema.org in JSON-LD, one graph for each page.

A page that asks not to be indexed says nothing: the people on it have not agreed to be read by search engines.  That
follows from the channel of `head`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from expert_data import events, hooks, lists, pages, people, stories, topics
from expert_data.here import Here, here
from expert_data.nodes import Node, script
from experts import signals
from experts.site import PageView, Site

GRAPHS: dict[str, Callable[[Here, Mapping[str, Any]], list[Node]]] = {
    "home.html": pages.home,
    "page.html": pages.page,
    "expert.html": people.profile,
    "experts.html": lists.experts,
    "people.html": lists.people,
    "story.html": stories.story,
    "stories.html": lists.stories,
    "archive.html": lists.archive,
    "topic.html": topics.topic,
    "topics.html": topics.topics,
    "hook.html": hooks.hook,
    "hooks.html": lists.hooks,
    "event.html": events.event,
    "events.html": lists.events,
}
"""By template: what makes the nodes of a page from its inputs."""


def head(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> str:
    """The graph of a page as a script element; "" for a page that has none."""
    graph = GRAPHS.get(template)
    return script(graph(here(page, site), inputs)) if graph else ""


def register() -> None:
    """Called by Pelican and by the build."""
    signals.heads.connect(head, "search-engines")
