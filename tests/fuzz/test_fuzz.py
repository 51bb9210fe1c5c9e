"""A few of the cases that fuzzing tries; EXPERTS_CASES says how many more, ``python -m fuzz`` runs atheris."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .seeds import seeds
from .targets import TARGETS

CASES = int(os.environ.get("EXPERTS_CASES") or 0)
FEW = {"fields": 150, "form": 60, "text": 150, "picture": 25, "table": 100, "gate": 80}
PIECES = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [
            b"---\n",
            b": ",
            b"- ",
            b"\n",
            b"\n\n",
            b"[",
            b"]",
            b"{",
            b"}",
            b"](",
            b"<",
            b">",
            b"&",
            b"#",
            b"|",
            b"`",
            b"\0",
        ]
    ),
    st.sampled_from(
        [
            b"'",
            b'"',
            b"\\",
            b"\xef\xbb\xbf",
            b"\r",
            b"\t",
            b"    ",
            b"\xe2\x80\xae",
            b"\xed\xa0\x80",
            b"9" * 20,
            b"\n%%\n",
        ]
    ),
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), max_size=5)


@st.composite
def mutants(draw: st.DrawFn, known: list[bytes]) -> bytes:
    """A seed in which some places are replaced, repeated or cut off; or anything."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=300))
    data = draw(st.sampled_from(known))
    for place, length, piece in draw(CHANGES):
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    if draw(st.integers(0, 5)) == 0:
        other = draw(st.sampled_from(known))
        data = data[: len(data) // 2] + other[len(other) // 2 :]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_problems(name: str) -> None:
    """Whatever a file holds, reading it ends in a record or in problems."""

    @settings(max_examples=CASES or FEW[name], derandomize=not CASES, deadline=None)
    @given(data=mutants(seeds(name)))
    def try_some(data: bytes) -> None:
        TARGETS[name](data)

    try_some()


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read(name: str) -> None:
    """What fuzzing begins with is read itself: else it would only ever try what is refused at once."""
    for data in seeds(name)[:: 1 if CASES else 7]:
        TARGETS[name](data)
