"""Where is looked: all files of a build, and what builds remember of the site."""

from __future__ import annotations

import os
from collections.abc import Iterator

from experts import darkroom, source
from experts.memory import Memory
from experts.request import Request

OF_SOURCES = ("records", "stamps", "pages", "html-", "clock", "lock", "outputs-")
"""Stores that hold what the sources hold: of people whose profile is there, too."""


def files(folder: str) -> Iterator[tuple[str, bytes | None]]:
    """All files below a folder, hidden ones too: path with /, and bytes; None for one that cannot be read."""
    for above, below, names in os.walk(folder):
        below.sort()
        for name in sorted(names):
            path = os.path.join(above, name)
            shown = os.path.relpath(path, folder).replace(os.sep, "/")
            try:
                yield shown, source.read(path) if os.path.isfile(path) else None
            except OSError:
                yield shown, None


def folders(folder: str) -> Iterator[str]:
    """The paths of all folders that hold no file, each with a slash at its end."""
    for above, below, names in os.walk(folder):
        below.sort()
        if not below and not names and above != folder:
            yield os.path.relpath(above, folder).replace(os.sep, "/") + "/"


def memory(request: Request) -> str:
    """The folder in which builds remember the site."""
    return Memory(request.cache, request.settings.root, request.output, b"").folder


def remembered(folder: str) -> Iterator[tuple[str, bytes]]:
    """What builds remember: the path of each file, and what is in it; of kept pictures each one."""
    for path, data in files(folder):
        if path.startswith(darkroom.FOLDER + "/"):
            for picture in darkroom.files_in(os.path.join(folder, path)):
                yield path, picture
        elif data:
            yield path, data
