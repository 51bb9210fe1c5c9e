"""A trace of somebody: where it is and of what kind, without what it says."""

from __future__ import annotations

from typing import NamedTuple


class Trace(NamedTuple):
    """A trace of the person with this number, at ``path:line:column`` (both from 1; 0 where there is no such place).

    `where` is "text", "name" (of the file), "picture", "header" (of an answer) or "cache".
    """

    person: int
    kind: str  # of `needles.KINDS`
    sure: bool
    where: str
    path: str
    line: int = 0
    column: int = 0


class Looked(NamedTuple):
    """What was found, in how many files, and whether that was all there is."""

    traces: list[Trace]
    files: int
    whole: bool


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a position in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
