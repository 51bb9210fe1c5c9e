"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")
SIZE = 60


class Pager(NamedTuple):
    """Where a page stands among the pages of a list; paths are without a language."""

    number: int  # from 1
    pages: int
    previous: str
    next: str
    paths: tuple[str, ...]


def pages(path: str, items: Sequence[Item], size: int = SIZE) -> Iterator[tuple[str, Sequence[Item], Pager]]:
    """``(path, items, pager)`` of each page of a list; the first is at `path`, the second at ``path/2/``."""
    count = max(1, -(-len(items) // size))
    paths = (path, *[f"{path}{number}/" for number in range(2, count + 1)])
    for at, here in enumerate(paths):
        before = paths[at - 1] if at else ""
        after = paths[at + 1] if at + 1 < count else ""
        yield here, items[at * size : (at + 1) * size], Pager(at + 1, count, before, after, paths)
