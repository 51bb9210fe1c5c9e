"""The checks of what a change leads to: its content, with the code and the settings of the base branch.

The content comes from Git objects into a folder of the cache; of the change nothing is run, not even its settings.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections import Counter

from experts import build, source
from experts.digests import of as digest
from experts.locks import locked
from experts.problems import Problem
from experts.request import Request

from .change import Change, Side
from .repository import FILE, PROGRAM

FOLDERS = ("profiles", "content")


def caused(request: Request, change: Change) -> list[Problem]:
    """The problems that are there after the change and were not there before it."""
    place = os.path.join(request.cache, f"gate-{digest(os.path.realpath(request.settings.root).encode()).hex()[:8]}")
    with locked(place, request.say):
        found = _problems(request, change.after, place)
        if not found:
            return []
        known = Counter(map(_same, _problems(request, change.before, place)))
    news = []
    for problem in found:
        if known[_same(problem)]:
            known[_same(problem)] -= 1
        else:
            news.append(problem)
    return news


def _same(problem: Problem) -> tuple[str, str, str]:
    """What stands for a problem wherever in its file it is: a line above it is no new problem."""
    return problem.path, problem.code, " ".join(problem.say())


def _problems(request: Request, side: Side, place: str) -> list[Problem]:
    folder = os.path.join(place, "site")
    _write(side, folder)
    settings = request.settings
    settings = settings._replace(root=folder, raw={**settings.raw, "PATH": os.path.join(folder, "content")})
    return build.check(request._replace(settings=settings, output=os.path.join(place, "output"))).problems


def _write(side: Side, folder: str) -> None:
    """Write the site's files of one side; no links, nothing outside the folder."""
    if os.path.lexists(folder):
        shutil.rmtree(folder)
    for part in FOLDERS:
        os.makedirs(os.path.join(folder, part))
    paths = [path for path, blob in side.files.items() if blob.mode in (FILE, PROGRAM) and _harmless(path)]
    for start in range(0, len(paths), 200):
        some = paths[start : start + 200]
        small = [path for path in some if side.files[path].size <= source.LARGEST]
        contents = zip(small, side.repository.contents([side.files[path] for path in small]), strict=True)
        for path, content in itertools.chain([(path, b"") for path in some if path not in small], contents):
            file = os.path.join(folder, *path.split("/"))
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "wb") as target:
                target.write(content)
                target.truncate(
                    side.files[path].size
                )  # of one that is too large, its size is all that the check asks for


def _harmless(path: str) -> bool:
    """Whether a path of a tree (trees made by hand can hold anything) stays where it is written."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts)
