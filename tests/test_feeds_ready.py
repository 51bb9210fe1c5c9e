"""Entries that are kept ready: made once, and never more of them than there is room for."""

from __future__ import annotations

from expert_feeds.ready import Ready
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.integers(0, 20)), st.integers(0, 60))
def test_it_holds_what_there_is_room_for(wanted: list[int], limit: int) -> None:
    """Whatever is asked for is given, and what is kept never grows beyond its limit."""
    ready = Ready(limit)
    for number in wanted:
        assert ready.get(b"%d" % number, lambda number=number: b"x" * number) == b"x" * number
        assert ready.size == sum(map(len, ready._made.values())) <= limit


def test_an_entry_is_made_once() -> None:
    """A second feed takes the entry that the first one had made."""
    ready, made = Ready(), []
    for _ in range(3):
        assert ready.get(b"a", lambda: (made.append(1), b"entry")[1]) == b"entry"
    assert made == [1]
