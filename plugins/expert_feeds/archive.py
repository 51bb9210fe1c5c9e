"""Archived feeds (RFC 5005, section 4): the newest entries in one document, the others in documents that stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

KEPT, SIZE = 20, 25
"""The fewest entries that stay in the subscription document once there is an archive; the entries of an archive document."""


class Document(NamedTuple):
    """A document of a feed: the subscription document has the number 0, the archive ones 1 (the oldest) and so on."""

    number: int
    archives: int  # how many archive documents there are

    @property
    def older(self) -> int:
        """The number of the document with the entries before these; 0 if there is none."""
        return self.number - 1 if self.number else self.archives

    @property
    def newer(self) -> int:
        """The number of the archive document with the entries after these; 0 if there is none."""
        return self.number + 1 if 0 < self.number < self.archives else 0


def documents(count: int) -> Iterator[tuple[Document, slice]]:
    """The documents of a feed of `count` entries, with the part of the entries (newest first) that each holds.

    Archives are filled from the oldest entry on, so that a new one changes the subscription document only.
    """
    archives = max(count - KEPT, 0) // SIZE
    newest = count - archives * SIZE
    yield Document(0, archives), slice(0, newest)
    for number in range(archives, 0, -1):
        start = newest + (archives - number) * SIZE
        yield Document(number, archives), slice(start, start + SIZE)
