"""Compressed copies beside files (``.br``, RFC 7932; ``.gz``, RFC 1952), for servers that deliver them as they are.

The same file gives the same copies.  Whatever has been compressed once is kept by the digest of its original.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from experts import digests
from experts.cache import keep, kept
from experts.hosting import FOR_EVER

from .manifest import Entry, Listing

ENDINGS = (".br", ".gz")
LEAST = 1024  # bytes: below, a copy saves no packet
BROTLI, BROTLI_KEPT, GZIP = 6, 11, 9  # levels; the highest is 20 times slower and for what is made once
TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom",
    "application/feed",
    "application/manifest",
    "image/svg",
)


def copies(
    folder: str,
    files: Mapping[str, Entry],
    former: Listing,
    cache: str,
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> dict[str, Entry]:
    """The entries of all copies that pay, by path; those that the target has already are not made once more."""
    found: dict[str, Entry] = {}
    todo = []
    for path, entry in files.items():
        if entry.size < LEAST or not entry.media.startswith(TYPES):
            continue
        for ending in ENDINGS:
            there = former.get(path + ending)
            if there is not None and there == entry._replace(
                digest=there.digest, size=there.size, original=entry.digest
            ):
                found[path + ending] = there
            else:
                todo.append((path, ending, entry))

    def make(job: tuple[str, str, Entry]) -> Entry:
        path, ending, entry = job
        data = copy_of(f"{folder}/{path}", entry, ending, cache)
        return entry._replace(digest=digests.of(data).hex(), size=len(data), original=entry.digest)

    with ThreadPoolExecutor(jobs) as threads:  # both libraries compress without holding Python's lock
        for number, ((path, ending, _), made) in enumerate(zip(todo, threads.map(make, todo), strict=True)):
            progress("compress", number + 1, len(todo))
            if made.size:
                found[path + ending] = made
    return found


def copy_of(origin: str, entry: Entry, ending: str, cache: str) -> bytes:
    """The copy of the file `origin`, whose digest and headers are those of `entry`; b"" if it would not be smaller."""
    digest = entry.original or entry.digest
    place = os.path.join(cache, digest[:2], digest + ending)
    data = kept(place)
    if data is None:
        with open(origin, "rb") as file:
            data = compressed(file.read(), ending, entry.cache == FOR_EVER)
        keep(place, data)
    return data


def compressed(data: bytes, ending: str, lasting: bool) -> bytes:
    """The copy of a file; b"" if it would not be smaller.  `lasting` takes more time for a file that is made once."""
    if ending == ".br":
        import brotli

        copy = bytes(brotli.compress(data, quality=BROTLI_KEPT if lasting else BROTLI))
    else:
        # A whole member without a name and a time (RFC 1952, 2.3); what gzip.compress writes depends on Python's version.
        packer = zlib.compressobj(GZIP, zlib.DEFLATED, -zlib.MAX_WBITS)
        tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
        copy = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + packer.compress(data) + packer.flush() + tail
    return copy if len(copy) < len(data) else b""


def forget(cache: str, wanted: Iterable[str]) -> None:
    """Remove what is kept of files that are no longer published, by the digests of the originals that are."""
    alive = frozenset(wanted)
    for below in os.listdir(cache) if os.path.isdir(cache) else ():
        for name in os.listdir(os.path.join(cache, below)):
            if name.partition(".")[0] not in alive:
                os.unlink(os.path.join(cache, below, name))
