"""How two texts differ, in words: what a reader would mark with two pens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

KEPT, GONE, NEW = "", "del", "ins"
MOST_LINES = 400
"""Lines of a page between its first and its last difference that are compared in their order; more of them are only counted."""
MOST_WORDS = 400
AROUND = 6
"""Words that are shown around a difference."""
_LIKE = 0.35  # from this part of common words on, a line counts as another version of one, not as a new one


class Part(NamedTuple):
    """A part of a line: kept, gone or new."""

    kind: str
    text: str


Line = tuple[Part, ...]


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """The lines that differ, in the order of the page; one that has only moved does not."""
    gone, new = Counter(before), Counter(after)
    gone, new = gone - new, new - gone
    if not gone and not new:
        return []
    start, ends = _common(before, after)
    old, young = before[start : len(before) - ends], after[start : len(after) - ends]
    if max(len(old), len(young)) > MOST_LINES:
        return [*_listed(GONE, old, gone), *_listed(NEW, young, new)]
    found: list[Line] = []
    for code, a, b, c, d in SequenceMatcher(None, old, young, autojunk=False).get_opcodes():
        if code != "equal":
            found += _block(list(_taken(old[a:b], gone)), list(_taken(young[c:d], new)))
    # A line may be kept at a place where it is not gone, and be gone at another where it counts as kept.
    return [*found, *_listed(GONE, old, gone), *_listed(NEW, young, new)]


def _common(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many lines are the same at the beginning, and at the end."""
    least = min(len(before), len(after))
    start = 0
    while start < least and before[start] == after[start]:
        start += 1
    end = 0
    while end < least - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def _taken(texts: Sequence[str], counts: Counter[str]) -> Iterator[str]:
    """Those of the texts that are still to be told, each as often as it differs."""
    for text in texts:
        if counts[text] > 0:
            counts[text] -= 1
            yield text


def _listed(kind: str, texts: Sequence[str], counts: Counter[str]) -> list[Line]:
    return [(Part(kind, text),) for text in _taken(texts, counts)]


def _block(old: list[str], young: list[str]) -> list[Line]:
    """Lines that stand in the place of others: the ones that are alike side by side."""
    found: list[Line] = []
    for text in old:
        match = next((other for other in young if _alike(text, other)), None)
        if match is None:
            found.append((Part(GONE, text),))
            continue
        at = young.index(match)
        found += [(Part(NEW, other),) for other in young[:at]]
        found.append(words(text, match))
        young = young[at + 1 :]
    return [*found, *[(Part(NEW, text),) for text in young]]


def _split(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def _alike(one: str, other: str) -> bool:
    """Whether two lines have many of their words in common, in any order."""
    first, second = Counter(one.split()), Counter(other.split())
    most = max(first.total(), second.total())
    return (first & second).total() >= _LIKE * most


def words(before: str, after: str) -> Line:
    """A line's parts, those that are kept shortened to a few words around what differs."""
    old, young = _split(before), _split(after)
    if max(len(old), len(young)) > MOST_WORDS:
        start, ends = _common(old, young)
        codes = [
            ("equal", 0, start, 0, start),
            ("replace", start, len(old) - ends, start, len(young) - ends),
            ("equal", len(old) - ends, len(old), 0, 0),
        ]
    else:
        first, second = [[word.strip() for word in side] for side in (old, young)]
        codes = list(SequenceMatcher(None, first, second, autojunk=False).get_opcodes())
    parts: list[Part] = []
    for number, (code, a, b, c, d) in enumerate(codes):
        if code == "equal":
            parts += _kept(old[a:b], number > 0, number < len(codes) - 1)
        else:
            parts += [Part(GONE, "".join(old[a:b]).strip()), Part(NEW, "".join(young[c:d]).strip())]
    return tuple([part for part in parts if part.text])


def _kept(found: list[str], head: bool, tail: bool) -> list[Part]:
    """Kept words, without those that are far from what stands before (if `head`) and behind them (if `tail`)."""
    room = AROUND * (head + tail)
    if len(found) <= room + 2:
        return [Part(KEPT, "".join(found).strip())]
    first, last = found[:AROUND] if head else [], found[len(found) - AROUND :] if tail else []
    return [Part(KEPT, " ".join([*[w.strip() for w in first], "…", *[w.strip() for w in last]]))]
