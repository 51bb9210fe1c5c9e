"""The plan: what publishing has to do at a target, from what is there and what should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .manifest import Entry, Listing

DATA = (".html", ".xml", ".json", ".txt", ".ics", ".vcf", ".opml", ".webmanifest")
UNKNOWN, DOUBTFUL = -1, -2
"""Sizes at targets that tell none: of a file that is as we have left it, and of one that anybody may have changed."""


class Plan(NamedTuple):
    """Paths in the order in which they are to be dealt with; and what is left alone."""

    files: Mapping[str, Entry]
    former: Listing
    in_the_way: tuple[str, ...]  # to remove first: a file where a folder is needed, or the other way round
    assets: tuple[str, ...]  # to send
    pages: tuple[str, ...]  # to send when everything is there that they name
    gone: tuple[str, ...]  # to remove, pages first
    foreign: tuple[str, ...]  # nobody knows whose they are

    @property
    def changed(self) -> tuple[str, ...]:
        """All that is to be sent."""
        return self.assets + self.pages

    @property
    def bytes(self) -> int:
        """How much that is."""
        return sum([self.files[path].size for path in self.changed])

    @property
    def removed(self) -> tuple[str, ...]:
        """All that is to be removed."""
        return self.in_the_way + self.gone


def plan(files: Mapping[str, Entry], former: Listing, there: Mapping[str, int]) -> Plan:
    """What to do so that exactly `files` and what is foreign are at a target.

    `former` is what its manifest lists, `there` what really is there (path -> size): a file that somebody has removed or
    cut off is sent again, and nothing is removed that no manifest has listed.
    """
    changed = [
        path
        for path, entry in files.items()
        if former.get(path) != entry or there.get(path) not in (entry.size, UNKNOWN)
    ]
    gone = [path for path in former if path not in files and path in there]
    blocking = set(_blocking(files, gone)) if gone else set()
    return Plan(
        files,
        former,
        tuple(sorted(blocking)),
        tuple(sorted([path for path in changed if not is_page(path, files[path])])),
        tuple(sorted([path for path in changed if is_page(path, files[path])])),
        tuple(
            sorted([path for path in gone if path not in blocking], key=lambda path: (not _looks_like_page(path), path))
        ),
        tuple(sorted([path for path in there if path not in files and path not in former])),
    )


def is_page(path: str, entry: Entry) -> bool:
    """Whether a file is a page or data, which may name other files, and not one that is kept for ever."""
    return "immutable" not in entry.cache and _looks_like_page(path)


def _looks_like_page(path: str) -> bool:
    name = path.removesuffix(".br").removesuffix(".gz")
    return name.endswith(DATA) or "." not in name.rpartition("/")[2]


def _blocking(files: Mapping[str, Entry], gone: list[str]) -> list[str]:
    """The files that are gone and stand where a folder is needed, or in a folder where a file belongs."""
    folders = {parent for path in files for parent in _parents(path)}
    return [path for path in gone if path in folders or any(parent in files for parent in _parents(path))]


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]
