"""Where plugins say what they make.

A plugin's ``register()`` connects a function ``outputs(directory, site)`` that yields `Output`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .directory import Directory
    from .output import Output
    from .site import Site

    Planner = Callable[[Directory, Site], Iterable[Output]]


class Signal:
    """Functions in the order in which they were connected, each once."""

    def __init__(self) -> None:
        """Begin without receivers."""
        self.receivers: list[Planner] = []

    def connect(self, receiver: Planner) -> Planner:
        """Add a function (strongly referenced, unlike a blinker signal's); returns it, so this works as a decorator."""
        if receiver not in self.receivers:
            self.receivers.append(receiver)
        return receiver


outputs = Signal()
