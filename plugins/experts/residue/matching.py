"""Finding people in a text: all of them in one pass, in any spelling and encoding.

>>> matcher = Matcher([identity.read("mara-lindqvist", files)], others=shown, ordinary=words)
>>> [(match.kind, match.start) for match in matcher.matches("… von M. L&shy;indqvist")]
[('name', 6)]

A text is turned into the set of its words once for each way of reading it; only where all words of a needle are among them, the
places are looked for.  So the number of people hardly counts, only the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from . import needles as needles_module
from .identity import Identity
from .needles import KINDS, OTHERS, Needle, known_of
from .numbers import Number, end_of, number, numbers, same
from .spelling import WORD, Words, distinct
from .views import View, as_text, bases, by_lines, folds, hidden, placed, readings

DEPTH = 3  # Base64 within Base64
CLEAN, LONG = 400_000, 2_000  # lines that are remembered, and characters of one
SMALLEST = 200  # bytes of a picture
_IN_PATH = re.compile(r"(?:(?:experts|profiles)/|expert:|[\"'@]|: )\Z")
_PLACE = re.compile(r"(?:(?:experts|profiles)/|expert:)\Z")
_SHORT = 5


class Match(NamedTuple):
    """A trace in a text: whose it is (the number in the list of people), of what kind, whether it is sure, and where."""

    person: int
    kind: str
    sure: bool
    start: int
    end: int


class _Word(NamedTuple):
    """A word at a place of a view."""

    text: str
    start: int
    end: int


class Matcher:
    """Looks for people in texts."""

    def __init__(
        self, people: Sequence[Identity], others: Iterable[Identity] = (), ordinary: Collection[str] = frozenset()
    ) -> None:
        """Take the people who left, those who are shown, and the words of any text (`spelling.words`)."""
        others = list(others)
        known = known_of(others, ordinary)
        self.needles: dict[str, list[tuple[Needle, int]]] = {}
        for person, who in enumerate(people):
            for needle in needles_module.of(person, who, known):
                self._add(self.needles, needle)
        self.guards: dict[str, list[tuple[Needle, int]]] = {}
        for who in others:
            for needle in needles_module.shown(who):
                if any(word in self.needles for word in needle.words):
                    self._add(self.guards, needle)
        self.ordinary, self.known = ordinary, known
        theirs = [found for who in others for phone in who.phones if (found := number(phone))]
        self.phones: dict[str, list[tuple[int, Number]]] = {}
        for person, who in enumerate(people):
            for phone in who.phones:
                one = number(phone)
                if one and not any(same(one, other) for other in theirs):
                    self.phones.setdefault(one.own, []).append((person, one))
        self._ends = frozenset([end_of(one) for found in self.phones.values() for _, one in found])
        self.words = frozenset(self.needles)
        self._clean: set[str] = set()  # lines in which there is nothing

    def _add(self, index: dict[str, list[tuple[Needle, int]]], needle: Needle) -> None:
        """Put a needle under the word that is rarest: the longest, as a rule."""
        if needle.words:
            at = max(range(len(needle.words)), key=lambda number: (len(needle.words[number]), number))
            index.setdefault(needle.words[at], []).append((needle, at))

    def matches(self, text: str, found_in: Callable[[int, bytes], None] | None = None) -> list[Match]:
        """All traces in a text, by place; where several overlap, what tells most.

        `found_in` is called with the position and the bytes of all that stands in the text as Base64 and is no text.
        """
        if not self._touched(text, found_in):
            return []
        found: list[Match] = []
        for view, origin in self._all(placed(text)):
            plain = folds(view)
            for seen, match in [
                *((plain, match) for match in self._in_words(plain)),
                *((view, match) for match in self._in_numbers(view)),
            ]:
                start, end = seen.origin(match.start), seen.origin(match.end - 1) + 1
                found.append(
                    match._replace(start=start, end=end)
                    if origin is None
                    else match._replace(start=origin, end=origin + 1)
                )
        return _best(found)

    def _touched(self, text: str, found_in: Callable[[int, bytes], None] | None) -> bool:
        """Whether a text may hold a trace.  Most lines of a site stand on many pages, and are looked at once."""
        touched = False
        for base in bases(View(text)):
            lines = base.text.split("\n") if by_lines(base.text) else [base.text]
            fresh = [line for line in dict.fromkeys(lines) if line not in self._clean]
            if not fresh:
                continue
            holds = False
            for view, _ in self._all_of(View("\n".join(fresh)), found_in):
                holds = holds or self._holds(view)
            touched = touched or holds
            if not holds and len(self._clean) < CLEAN:
                self._clean.update([line for line in fresh if len(line) < LONG])
        return touched

    def _all(self, view: View) -> Iterator[tuple[View, int | None]]:
        for base in bases(view):
            yield from self._all_of(base, None)

    def _all_of(
        self,
        view: View,
        found_in: Callable[[int, bytes], None] | None = None,
        origin: int | None = None,
        depth: int = 0,
        seen: set[bytes] | None = None,
    ) -> Iterator[tuple[View, int | None]]:
        """All ways of reading a text, also what stands in it as Base64; for that, the position at which it stands."""
        seen = set() if seen is None else seen
        for one in readings(view):
            yield one, origin
            if depth == DEPTH:
                continue
            for at, data in hidden(one):
                if data in seen:
                    continue
                seen.add(data)
                place = origin if origin is not None else one.origin(at)
                text = as_text(data)
                if text:
                    inner = View(text) if view.new is None else placed(text)
                    yield from self._all_of(inner, found_in, place, depth + 1, seen)
                elif found_in and len(data) > SMALLEST:
                    found_in(place, data)

    def _holds(self, view: View) -> bool:
        """Whether a word by which somebody is looked for, or a number, is in a view."""
        return not distinct(folds(view).text).isdisjoint(self.words) or any(True for _ in self._in_numbers(view))

    def _in_numbers(self, view: View) -> Iterator[Match]:
        if self.phones:
            for start, end, one in numbers(view.text, self._ends):
                for person, wanted in self.phones.get(one.own, ()):
                    if same(one, wanted):
                        yield Match(person, "phone", True, start, end)

    def _in_words(self, view: View) -> Iterator[Match]:
        text = view.text
        found = [_Word(match[0], match.start(), match.end()) for match in WORD.finditer(text)]
        for at, word in enumerate(found):
            for index in (self.needles, self.guards):
                for needle, anchor in index.get(word.text, ()):
                    first = at - anchor
                    last = first + len(needle.words) - 1
                    if first < 0 or last >= len(found) or not _same(found, first, needle.words):
                        continue
                    start, end = found[first].start, found[last].end
                    kind = self._kind(needle, text, start, end)
                    if kind:
                        yield Match(needle.person, kind, needle.sure, start, end)

    def _kind(self, needle: Needle, text: str, start: int, end: int) -> str:
        """The kind of a match; "" where it is none after all."""
        if needle.form:
            return needle.kind if self._is_form(needle, text, start, end) else ""
        if len(needle.words) == 1 and end - start <= _SHORT:  # by chance in something random
            beside = text[max(start - 1, 0) : start] + text[end : end + 1]
            if any(c.isdigit() or c in "+=" for c in beside):
                return ""
        return needle.kind

    def _is_form(self, needle: Needle, text: str, start: int, end: int) -> bool:
        """Whether a short name stands there as such, and not as a part of another one or as a word of a sentence."""
        if text[start:end] != needle.form:
            return False
        before, after = text[max(start - 12, 0) : start], text[end : end + 2]
        if before[-1:].isalnum() or before[-1:] in ("-", "_") or after[:1].isalnum() or after[:1] == "_":
            return False
        if after[:1] == "-" and after[1:2].isalnum():
            return False
        common = all(word in self.ordinary or word in self.known.names for word in needle.words)
        if len(needle.words) > 1 and not common:
            return True
        return bool((_PLACE if common else _IN_PATH).search(before))


def _same(found: list[_Word], first: int, wanted: Words) -> bool:
    return all(found[first + number].text == word for number, word in enumerate(wanted))


def _best(found: list[Match]) -> list[Match]:
    """Of matches at one place the one that tells most; none within what tells somebody who is shown."""
    guards = sorted({(match.start, match.end) for match in found if match.person == OTHERS})
    best: list[Match] = []
    order = {kind: number for number, kind in enumerate(KINDS)}
    rest = {match for match in found if match.person != OTHERS}
    for match in sorted(
        rest, key=lambda one: (one.person, not one.sure, one.start - one.end, order[one.kind], one.start)
    ):
        if any(
            start <= match.start and match.end <= end and end - start > match.end - match.start for start, end in guards
        ):
            continue
        if not any(b.person == match.person and match.start < b.end and b.start < match.end for b in best):
            best.append(match)
    return sorted(best, key=lambda match: (match.start, match.person, match.kind))
