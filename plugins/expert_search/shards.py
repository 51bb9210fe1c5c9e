"""Shards: the index cut into files by term, so that a query fetches just the files of its own terms.

Cuts are content-defined: a shard begins at a term whose hash is the least for a while before and after it (the local
minimum rule of content-defined chunking, after Bjørner, Blass and Gurevich, 2010).  What happens far away in the
alphabet does not move them.
"""

from __future__ import annotations

import base64
import json
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from marshal import dumps
from typing import Any
from zlib import crc32

from experts.digests import of as digest

Record = tuple[Any, ...]
"""``(term, links, field, refs, impacts, field, refs, impacts, …)``: refs ascending; links ``(concept, weight, …)``."""

HASH = 4  # characters of base 32: 20 bits tell two versions of one file apart


def weigh(term: str, postings: int) -> int:
    """About how many bytes a term takes, in steps of 40 per cent, so that it seldom changes."""
    return _STEPS[bisect_left(_STEPS, min(16 + len(term) + 5 * postings, _STEPS[-1]))]


_STEPS = [int(16 * 1.4**step) for step in range(70)]


def window(total: int) -> int:
    """Bytes on both sides within which a cut must be alone: shards grow with the fourth root of all, their number with the rest."""
    bound = 1 << 16
    while bound < total:
        bound <<= 1
    return int(30 * bound**0.25)


def groups(firsts: Sequence[str]) -> list[int]:
    """The positions at which groups of shards begin: about as many groups as there are shards in each."""
    bound = 16
    while bound * bound < 2 * len(firsts):
        bound <<= 1
    return cuts(firsts, [1] * len(firsts), bound // 2, lambda _: True)


def cuts(terms: Sequence[str], sizes: Sequence[int], reach: int, may_begin: Callable[[str], bool]) -> list[int]:
    """The positions at which shards begin: 0, and where a term's hash is the least within `reach` bytes on both sides."""
    found = [0] if terms else []
    ends: list[int] = []
    total = 0
    for size in sizes:
        total += size
        ends.append(total)
    hashes = [(crc32(term.encode("utf-8", "surrogatepass")), at) for at, term in enumerate(terms)]
    allowed = [may_begin(term) for term in terms]
    least: deque[int] = deque()  # positions in the window, their hashes ascending
    ahead = 0
    for at in range(1, len(terms)):
        middle = ends[at] - sizes[at]
        while ahead < len(terms) and ends[ahead] - sizes[ahead] <= middle + reach:
            if allowed[ahead]:
                while least and hashes[least[-1]] > hashes[ahead]:
                    least.pop()
                least.append(ahead)
            ahead += 1
        while least and ends[least[0]] - sizes[least[0]] < middle - reach:
            least.popleft()
        if least and least[0] == at and middle >= reach:
            found.append(at)
    return found


def separator(before: str, first: str) -> str:
    """The shortest beginning of `first` that sorts after `before`."""
    same = 0
    while same < len(before) and before[same] == first[same]:
        same += 1
    return first[: same + 1]


def fnv(text: str) -> str:
    """FNV-1a (Fowler, Noll, Vo; 32 bits) of the UTF-8 bytes, in base 36."""
    value = 0x811C9DC5
    for byte in text.encode("utf-8", "surrogatepass"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def short(content: bytes) -> str:
    """The part of a digest that stands in a file's name."""
    return base64.b32hexencode(content)[:HASH].decode().lower()


def pack(records: Sequence[Record]) -> bytes:
    """Records as bytes for the store; equal records, equal bytes."""
    return dumps(tuple(records), 2)


def encode(records: Sequence[Record]) -> str:
    """A shard's file."""
    return json.dumps([_entry(record) for record in records], ensure_ascii=False, separators=(",", ":"))


def _entry(record: Record) -> list[Any]:
    links = record[1]
    entry: list[Any] = [record[0], list(links) if links else 0]
    for at in range(2, len(record), 3):
        refs, impacts = record[at + 1], record[at + 2]
        entry.append(record[at])
        entry.append([refs[0], *[ref - before for before, ref in pairwise(refs)]])
        entry.append(impacts[0] if len(set(impacts)) == 1 else list(impacts))
    return entry


def front_coded(separators: Sequence[str]) -> str:
    """Sorted texts as one: each as the number (base 36) of characters that it shares with the one before, and its rest."""
    coded = []
    before = ""
    for entry in separators:
        same = 0
        most = min(35, len(before), len(entry))
        while same < most and before[same] == entry[same] and ord(entry[same]) < 0x10000:
            same += 1
        coded.append("0123456789abcdefghijklmnopqrstuvwxyz"[same] + entry[same:])
        before = entry
    return "\n".join(coded)


def code_units(term: str) -> bytes:
    """A key that sorts terms as browsers do, by UTF-16 code units."""
    return term.encode("utf-16-be", "surrogatepass")


def in_order(terms: Sequence[str]) -> list[str]:
    """Terms sorted as browsers do."""
    return sorted(terms) if max(terms, default="") < "\ud800" else sorted(terms, key=code_units)


def name_of(content: bytes) -> str:
    """The short name of content."""
    return short(digest(content))
