"""What may stay: each rule says of a trace whether it is one of its kind."""

from __future__ import annotations

from collections.abc import Callable

from experts.publishing.endings import is_ended_feed
from experts.settings import Settings

from .traces import Trace

Rule = Callable[[Trace, bytes, Settings], bool]
"""Whether a trace in a file with these bytes may stay."""


def _ended_feed(trace: Trace, data: bytes, _: Settings) -> bool:
    """The address of a feed that says for a while that it has ended: nothing but the path names anybody."""
    return trace.where == "name" and is_ended_feed(trace.path, data)


RULES: tuple[Rule, ...] = (_ended_feed,)
"""One more rule is one more function here."""


def allowed(trace: Trace, data: bytes, settings: Settings) -> bool:
    """Whether a trace may stay."""
    return any(rule(trace, data, settings) for rule in RULES)
