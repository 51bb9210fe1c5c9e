"""What there is: the kinds of records, each with a list of all and a file for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from expert_api import events, hooks, people, stories, topics
from expert_api.fields import Table
from experts import urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Site


class Kind(NamedTuple):
    """A kind of record."""

    name: str
    row: Table[Any]
    table: Table[Any]
    all: str  # what the list is; English, and a msgid of the theme
    one: str  # what a file is; the same
    records: Callable[[Directory], tuple[Any, ...]]
    outputs: Callable[[Directory, Site], Iterator[Output]]

    @property
    def folder(self) -> str:
        """The name of the list, of its schema, and of the folder of the files."""
        return urls.FOLDERS[self.name]


KINDS = (
    Kind(
        "expert", people.ROW, people.TABLE, "All experts, by name", "An expert: all that the profile says",
        lambda view: view.experts, people.outputs,
    ),
    Kind(
        "topic", topics.ROW, topics.TABLE, "All topics, with their synonyms", "A topic: its experts, stories and events",
        lambda view: view.topics, topics.outputs,
    ),
    Kind(
        "story", stories.ROW, stories.TABLE, "All stories, the newest first", "A story: its text in all languages",
        lambda view: view.stories, stories.outputs,
    ),
    Kind(
        "hook", hooks.ROW, hooks.TABLE, "All news events, the newest first", "A news event: who can say what about it",
        lambda view: view.hooks, hooks.outputs,
    ),
    Kind(
        "event", events.ROW, events.TABLE, "All events, by day", "An event: its people and sessions",
        lambda view: view.events, events.outputs,
    ),
)  # fmt: skip
