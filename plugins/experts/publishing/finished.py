"""What a build has made: the files of an output folder that may be published, or why they may not.

What the build remembers of its outputs spares reading them; without that memory (on another machine, say) they are read.
"""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import urlsplit

from experts import digests, marker, source
from experts.make import intact
from experts.memory import Memory
from experts.request import Request

from .failure import complain, why
from .manifest import Entry, entry_of


class Finished(NamedTuple):
    """A finished build: the folder, the site's address, and the entries of its files by path."""

    folder: str
    address: str
    files: dict[str, Entry]

    @property
    def host(self) -> str:
        """The host that the site is made for."""
        return urlsplit(self.address).hostname or ""


def memory_of(request: Request) -> Memory:
    """What builds remember of the output folder."""
    return Memory(request.cache, request.settings.root, request.output, b"")


def finished(request: Request, memory: Memory) -> Finished:
    """The build in the output folder of a request; Problems if it may not be published."""
    folder = request.output
    made = marker.read(folder)
    name = os.path.basename(folder) or folder
    if made is None:
        hint = "build it first: python3 tasks.py build --publish"
        raise complain(name, "no build has made the folder {path}", hint, path=folder)
    if made.drafts:
        hint = "build again with --publish and without --drafts"
        raise complain(name, "the site in {path} shows drafts, which are not for the public", hint, path=folder)
    if not made.address:
        hint = "set SITEURL in publishconf.py and build again with --publish"
        raise complain(
            name, "the site in {path} does not know its address, which feeds and sitemaps need", hint, path=folder
        )
    memory.load_known()
    if not memory.known:
        found = _read(folder, made)
        if not found:
            raise complain(name, "there is nothing in the folder {path}", hint="build again", path=folder)
        return Finished(folder, made.address, found)
    if "now" not in memory.state:
        raise complain(name, "the build in {path} did not come to its end", "build it again", path=folder)
    return Finished(folder, made.address, _remembered(folder, memory))


def _remembered(folder: str, memory: Memory) -> dict[str, Entry]:
    """The outputs that the build knows; Problems if one of them is not as the build has written it."""
    name = os.path.basename(folder)
    message, hint = "{path} was changed after the build", "build again; the next build would have made it anew anyway"
    found = {}
    for path, known in memory.known.items():
        if path == marker.NAME:
            continue
        if not intact(folder, path, known):
            try:
                same = digests.of_file(f"{folder}/{path}") == known[1]
            except OSError:
                same = False
            if not same:
                raise complain(name, message, hint, path=path)
        found[path] = entry_of(path, known[1].hex(), known[2])
    return found


def _read(folder: str, made: marker.Marker) -> dict[str, Entry]:
    """The files in the folder, without hidden ones that the build has not made."""
    found = {}
    for path in (*source.scan(folder, [""]).stamps, *made.hidden):
        try:
            found[path] = entry_of(path, digests.of_file(f"{folder}/{path}").hex(), os.path.getsize(f"{folder}/{path}"))
        except OSError as error:
            message, hint = "a file of the build cannot be read: {why}", "build again"
            raise complain(os.path.basename(folder), message, hint, why=why(error)) from None
    return found
