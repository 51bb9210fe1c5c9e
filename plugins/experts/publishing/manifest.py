"""The manifest: what of the site is at a target, as publishing left it there.

It is kept at the target itself, so that any machine can go on.  A file that is just being sent or removed stands in it
without facts: whatever interrupts publishing, the next run knows what it has to look after.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from experts.hosting import cache_of, media_of

NAME = ".our-experts-manifest.json"
VERSION = 1
MOST = 256 << 20  # bytes that are read of one


class Entry(NamedTuple):
    """A file: digest of its bytes (BLAKE2b, 16 bytes, hex), size, and the headers that it is served with."""

    digest: str
    size: int
    media: str
    cache: str
    original: str = ""  # of a compressed copy: the digest of what it is a copy of


Listing = dict[str, Entry | None]
"""Path -> entry; None for a file of which nobody knows how far it got."""


def entry_of(path: str, digest: str, size: int) -> Entry:
    """The entry of a file of the site."""
    return Entry(digest, size, media_of(path), cache_of(path))


def write(files: Mapping[str, Entry | None]) -> bytes:
    """A manifest: JSON with a file on each line, by path."""
    lines = [f"{json.dumps(path)}:{json.dumps(files[path])}" for path in sorted(files)]
    listed = ",\n".join(lines)
    return f'{{"version":{VERSION},"files":{{\n{listed}\n}}}}\n'.encode()


def read(data: bytes) -> Listing | None:
    """What a manifest lists; None if it is none that can be read.

    A target may be written to by others: a path that leads out of it is never one of ours.
    """
    try:
        content = json.loads(data)
        if content["version"] != VERSION:
            return None
        return {_path(path): None if row is None else _entry(row) for path, row in content["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _path(path: str) -> str:
    if _OUTSIDE.search(path):
        raise ValueError(path)
    return path


def _entry(row: list[object]) -> Entry:
    digest, size, *texts = row
    if not isinstance(size, int) or not all(isinstance(text, str) for text in (digest, *texts)):
        raise TypeError(row)
    return Entry(*row)  # type: ignore[arg-type]


_OUTSIDE = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\0\\]")
