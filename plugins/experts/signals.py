"""Where plugins say what they make.

A plugin's ``register()`` connects functions:

- ``outputs(directory, site)`` yields `Output`s;
- ``indexes(directory, site, pages)`` yields `Output`s too, after all others have been planned: `pages` are the
  `Planned` pages of the whole site;
- ``heads(page, template, inputs, site)`` returns HTML for the ``<head>`` of a page.  It sees the page's own inputs and
  nothing else, so that a page stays pure.

Each says which channel of consent (`model.CHANNELS`) its files belong to, ``connect(outputs, "feeds")``, and is then
given the directory of those who consented to it: whoever did not cannot be forgotten.  What belongs to several
channels at once (robots.txt) names them all, gets everybody, and must ask.  A plugin with files of several channels
connects a function for each.  A head of the channel search-engines is left out where a page asks not to be indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .model import CHANNELS

if TYPE_CHECKING:
    from .directory import Directory
    from .output import Output
    from .site import Head, Planned, Site

    Planner = Callable[[Directory, Site], Iterable[Output]]
    Indexer = Callable[[Directory, Site, tuple[Planned, ...]], Iterable[Output]]

Receiver = TypeVar("Receiver", bound=Callable[..., Any])


class Signal(Generic[Receiver]):
    """Functions in the order in which they were connected, each once."""

    def __init__(self) -> None:
        """Begin without receivers."""
        self.receivers: list[Receiver] = []
        self.channels: dict[Receiver, tuple[str, ...]] = {}

    def connect(self, receiver: Receiver, *channels: str) -> Receiver:
        """Add a function (strongly referenced, unlike a blinker signal's); returns it, so this works as a decorator.

        `channels` are those of its files, none: the site's; ValueError for one that there is not.
        """
        for channel in channels:
            if channel not in CHANNELS:
                raise ValueError(f"there is no channel {channel}; known: {', '.join(CHANNELS)}")
        if receiver not in self.receivers:
            self.receivers.append(receiver)
        self.channels[receiver] = channels
        return receiver

    def seen(self, receiver: Receiver, directory: Directory) -> Directory:
        """What a function may see of a directory: those who consented to its channel."""
        channels = self.channels.get(receiver, ())
        return directory.view(channels[0]) if len(channels) == 1 else directory


outputs: Signal[Planner] = Signal()
indexes: Signal[Indexer] = Signal()
heads: Signal[Head] = Signal()
