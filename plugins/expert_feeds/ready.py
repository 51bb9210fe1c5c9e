"""Entries that a process has made and keeps ready for the next feeds that hold them."""

from __future__ import annotations

from collections.abc import Callable

BYTES = 32 << 20  # for each format: entries of many feeds, and little beside what a build needs anyway


class Ready:
    """Made entries by the digest of what they are made from; the oldest ones go when there are too many."""

    def __init__(self, limit: int = BYTES) -> None:
        """Keep at most `limit` bytes."""
        self.limit, self.size = limit, 0
        self._made: dict[bytes, bytes] = {}

    def get(self, digest: bytes, make: Callable[[], bytes]) -> bytes:
        """The entry of a digest; one that is not there is made."""
        made = self._made.get(digest)
        if made is None:
            made = self._made[digest] = make()
            self.size += len(made)
            while self.size > self.limit:
                self.size -= len(self._made.pop(next(iter(self._made))))
        return made
