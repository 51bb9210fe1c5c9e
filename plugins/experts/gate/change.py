"""A change as the gate sees it: the site before and after merging, as Git objects, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from experts.source import LARGEST

from .facts import Facts, facts
from .names import folded
from .repository import FILE, NOTHING, PROGRAM, Blob, Difference, Repository

FOLDERS = ("profiles/", "content/")


class Part(NamedTuple):
    """One file of a change: its path in the site (or in the repository, where it lies outside), before and after."""

    path: str
    inside: bool  # of the site's folder
    old_mode: str
    mode: str
    old: str
    new: str
    size: int  # bytes, of the new one

    @property
    def added(self) -> bool:
        """Whether it was not there before."""
        return self.old_mode == NOTHING

    @property
    def removed(self) -> bool:
        """Whether it is not there any more."""
        return self.mode == NOTHING


class Side:
    """The site's content in one tree."""

    def __init__(self, repository: Repository, tree: str) -> None:
        """Take the tree; it is read when somebody asks."""
        self.repository, self.tree = repository, tree
        self._contents: dict[str, bytes] = {}

    @cached_property
    def files(self) -> dict[str, Blob]:
        """The files in profiles/ and content/, by path in the site; names that are not UTF-8 keep their bytes as surrogates."""
        cut = len(self.repository.prefix)
        found = self.repository.files(self.tree, *FOLDERS)
        return {path[cut:].decode("utf-8", "surrogateescape"): blob for path, blob in found.items()}

    def load(self, paths: Iterable[str]) -> None:
        """Read files at once that are asked for soon: one Git for all of them instead of one for each."""
        new = [path for path in paths if path not in self._contents and path in self.files]
        wanted = [path for path in new if self.files[path].mode in (FILE, PROGRAM) and self.files[path].size <= LARGEST]
        contents = self.repository.contents([self.files[path] for path in wanted])
        self._contents.update(zip(wanted, contents, strict=True))

    def content(self, path: str) -> bytes | None:
        """A file's bytes; None if there is no file of this name, or one that is too large for the site."""
        self.load([path])
        return self._contents.get(path)

    def facts(self, path: str) -> Facts | None:
        """The fields of a file; None if there is none or they cannot be read."""
        data = self.content(path)
        return None if data is None else facts(data)


class Change(NamedTuple):
    """What merging a branch does to the base branch."""

    before: Side  # the tip of the base branch: ownership is read here, and only here
    after: Side  # what merging gives
    parts: tuple[Part, ...]
    commits: int
    bytes: int  # that the history grows by, on disk
    clashes: tuple[str, ...]  # new paths that some file systems take for another path, or that stand twice
    proposed: tuple[Part, ...]  # what the branch itself changed, whatever becomes of it by merging
    head: Side


def change(repository: Repository, base: str, head: str) -> Change | None:
    """The change that merging the commit `head` into the commit `base` makes; None if the two do not merge cleanly."""
    tree = repository.merged(base, head)
    if not tree:
        return None
    old, proposal = repository.tree_of(base), repository.tree_of(head)
    before, after = Side(repository, old), Side(repository, tree)
    differences = repository.differences(old, tree)
    everything = repository.files(tree)
    new = {difference.path for difference in differences if difference.old_mode == NOTHING}
    doubled = [path.decode("utf-8", "surrogateescape") for path in repository.doubled(proposal)]
    return Change(
        before,
        after,
        _parts(repository, differences, everything),
        *repository.size_of_history(base, head),
        (*_clashes(new, list(everything)), *doubled),
        _parts(repository, _proposed(repository, base, head, old, proposal), repository.files(proposal)),
        Side(repository, proposal),
    )


def _proposed(repository: Repository, base: str, head: str, old: str, proposal: str) -> list[Difference]:
    """What differs from where the branch began and from the base branch: no way of merging may be needed to see it."""
    own = {difference.path for difference in repository.differences(old, proposal)}
    forks = [repository.differences(repository.tree_of(fork), proposal) for fork in repository.forks(base, head)]
    return [difference for difference in forks[0] if difference.path in own] if forks else []


def _parts(repository: Repository, differences: list[Difference], files: dict[bytes, Blob]) -> tuple[Part, ...]:
    return tuple([_part(repository.prefix, difference, files) for difference in differences])


def _part(prefix: bytes, difference: Difference, files: dict[bytes, Blob]) -> Part:
    path, inside = difference.path, difference.path.startswith(prefix)
    name = (path[len(prefix) :] if inside else path).decode("utf-8", "surrogateescape")
    blob = files.get(path)
    return Part(
        name, inside, difference.old_mode, difference.mode, difference.old, difference.new, blob.size if blob else 0
    )


def _clashes(new: set[bytes], paths: list[bytes]) -> tuple[str, ...]:
    """The new paths of which a file or folder is called like another one but for capitals or the way letters are coded."""
    spellings: dict[str, set[bytes]] = {}
    for path in paths:
        parts = path.split(b"/")
        for depth in range(1, len(parts) + 1):
            start = b"/".join(parts[:depth])
            spellings.setdefault(folded(start.decode("utf-8", "surrogateescape")), set()).add(start)
    found = []
    for path in sorted(new):
        parts = path.split(b"/")
        starts = [b"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
        if any(len(spellings[folded(start.decode("utf-8", "surrogateescape"))]) > 1 for start in starts):
            found.append(path.decode("utf-8", "surrogateescape"))
    return tuple(found)
