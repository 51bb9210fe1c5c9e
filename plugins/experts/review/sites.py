"""The site before and after a change: the content of both, the code and the settings of neither but this checkout's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from experts import build
from experts.digests import of as digest
from experts.directory import Directory
from experts.locks import locked
from experts.memory import Memory
from experts.problems import Problem, Problems
from experts.request import Request

from .exports import fill, surround
from .revisions import Files, Repository


class Side(NamedTuple):
    """One of the two sites."""

    request: Request  # with which it was built
    known: dict[str, bytes]  # path of every output -> what stands for its bytes
    directory: Directory
    problems: list[Problem]
    failed: list[Problem]  # what ended the build of its pages; then `known` says nothing


class Change(NamedTuple):
    """A change: both sites, the commit of the new one ("" for the work tree), and the files of the content that differ."""

    before: Side
    after: Side
    commit: str
    paths: list[str]


@contextmanager
def change(request: Request, base: str, head: str = "") -> Iterator[Change]:
    """Build the site as it was where `head` (default: the work tree) left `base`, and as it is there, on the same day.

    Both are built in one folder of the cache, one after the other, so that the second one makes only what differs. Their
    pages stay until the ``with`` ends; another one waits for that.
    """
    repository = Repository(request.settings.root)
    commit = repository.commit(head) if head else ""
    fork = repository.fork(repository.commit(base), commit or "HEAD")
    old, new = repository.files(fork), repository.files(commit) if commit else repository.work_tree()
    root = request.settings.root
    place = os.path.join(request.cache, f"review-{digest(os.path.realpath(root).encode()).hex()[:8]}")
    with locked(place, request.say):
        before = _side(request, repository, old, place, "before")
        after = _side(request, repository, new, place, "after")
        paths = sorted({path for path, _ in old.blobs.items() ^ new.blobs.items()})
        yield Change(before, after, commit, paths)


def _side(request: Request, repository: Repository, files: Files, place: str, name: str) -> Side:
    folder = os.path.join(place, "site")

    fill(folder, files.blobs, lambda paths: repository.contents(files, paths))
    surround(folder, request.settings)
    for part in ("profiles", "content"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    settings = request.settings
    settings = settings._replace(root=folder, raw={**settings.raw, "PATH": os.path.join(folder, "content")})
    here = request._replace(settings=settings, output=os.path.join(place, name), lenient=True)
    failed: list[Problem] = []
    try:
        build.build(here)
    except Problems as error:  # content that even a lenient build cannot bear
        failed = error.problems
    memory = Memory(here.cache, folder, here.output, b"")
    memory.load_known()
    known = {path: value[0] for path, value in memory.known.items()}
    with build.checked(here) as found:
        return Side(here, known, found.directory, found.problems, failed)
