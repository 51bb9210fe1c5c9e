"""Finding people in a text: all of them in one pass, in any spelling and encoding.

>>> matcher = Matcher([identity.read("mara-lindqvist", files)], others=shown, ordinary=words)
>>> [(match.kind, match.start) for match in matcher.matches("… von M. L&shy;indqvist")]
[('name', 6)]

A text is turned into the set of its words once for each way of reading it; only where all words of a needle are among them, the
places are looked for.  So the number of people hardly counts, only the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from . import needles as needles_module
from .identity import Identity
from .needles import KINDS, OTHERS, Needle, known_of
from .numbers import Number, end_of, number, numbers, same
from .passages import Passages
from .spelling import WORD, Words, distinct, is_initial
from .views import View, as_text, bases, by_lines, folds, hidden, placed, readings

DEPTH = 3  # Base64 within Base64
CLEAN, LONG = 400_000, 2_000  # lines that are remembered, and characters of one
SMALLEST = 200  # bytes of a picture
REACH = 400  # characters before and behind a word in which its neighbours are looked for
_IN_PATH = re.compile(r"(?:(?:experts|profiles)/|expert:|[\"'@]|: )\Z")
_PLACE = re.compile(r"(?:(?:experts|profiles)/|expert:)\Z")
_SHORT = 5
_MARKUP = frozenset('<>/="&;')


class Match(NamedTuple):
    """A trace in a text: whose it is (the number in the list of people), of what kind, whether it is sure, and where."""

    person: int
    kind: str
    sure: bool
    start: int
    end: int


class _Touched(NamedTuple):
    """That a text may hold a trace; `deep`: in something that stands there as Base64."""

    deep: bool


Index = dict[str, list[tuple[Needle, int]]]
"""Needles by the word that is looked for first, each with that word's number."""
Found = Callable[[int, bytes], None]


class Matcher:
    """Looks for people in texts."""

    def __init__(
        self, people: Sequence[Identity], others: Iterable[Identity] = (), ordinary: Collection[str] = frozenset()
    ) -> None:
        """Take the people who left, those who are shown, and the words of any text (`spelling.words`)."""
        others = list(others)
        self.ordinary = ordinary
        self.known = known = known_of(others, ordinary)
        wanted = [one for person, who in enumerate(people) for one in needles_module.of(person, who, known)]
        shared = Counter([word for _, word in {(one.person, word) for one in wanted for word in one.words}])
        self.needles = self._index(wanted, shared)
        guards = [one for who in others for one in needles_module.shown(who)]
        self.guards = self._index([one for one in guards if any(word in shared for word in one.words)], shared)
        self.passages = Passages(people, others)
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

    def _index(self, found: list[Needle], shared: Counter[str]) -> Index:
        """Needles by the word of each that the fewest people share, and that is no ordinary one."""
        index: Index = {}
        for needle in found:
            if needle.words:
                ranks = [(word in self.ordinary, shared[word], -len(word)) for word in needle.words]
                at = ranks.index(min(ranks))
                index.setdefault(needle.words[at], []).append((needle, at))
        return index

    def matches(self, text: str, found_in: Found | None = None) -> list[Match]:
        """All traces in a text, by place; where several overlap, what tells most.

        `found_in` is called with the position and the bytes of all that stands in the text as Base64 and is no text.
        """
        plain = [(self._touched(base.text, found_in), base) for base in bases(View(text))]
        wanted = [touched if touched and self._worth(base, touched.deep) else None for touched, base in plain]
        found: list[Match] = []
        if any(wanted):
            for touched, base in zip(wanted, bases(placed(text)), strict=True):
                if touched:
                    found += self._within(base, touched.deep)
        return _best(found)

    def _touched(self, text: str, found_in: Found | None) -> _Touched | None:
        """Whether a text may hold a trace.  Most lines of a site stand on many pages, and are looked at once."""
        lines = text.split("\n") if by_lines(text) else [text]
        fresh = [line for line in dict.fromkeys(lines) if line not in self._clean]
        if not fresh:
            return None
        plain = deep = False
        for view, origin in self._all_of(View("\n".join(fresh)), found_in):
            plain_text = folds(view).text
            holds = (
                not distinct(plain_text).isdisjoint(self.words)
                or self.passages.touched(plain_text)
                or any(True for _ in self._in_numbers(view))
            )
            plain, deep = plain or (holds and origin is None), deep or (holds and origin is not None)
        if plain or deep:
            return _Touched(deep)
        if len(self._clean) < CLEAN:
            self._clean.update([line for line in fresh if len(line) < LONG])
        return None

    def _worth(self, base: View, deep: bool) -> bool:
        """Whether all words of a needle, or a number, are in a text."""
        for view in readings(base):
            text = folds(view).text
            if self._candidates(self.needles, distinct(text)) or self.passages.touched(text):
                return True
            if any(True for _ in self._in_numbers(view)):
                return True
        return deep

    def _within(self, base: View, deep: bool) -> Iterator[Match]:
        """All matches in a text whose places count."""
        for view, origin in self._all_of(base) if deep else ((view, None) for view in readings(base)):
            plain = folds(view)
            for seen, match in [
                *((plain, match) for match in self._in_words(plain.text)),
                *((plain, Match(who, "passage", True, *span)) for who, *span in self.passages.places(plain.text)),
                *((view, match) for match in self._in_numbers(view)),
            ]:
                start, end = seen.origin(match.start), seen.origin(match.end - 1) + 1
                yield (
                    match._replace(start=start, end=end)
                    if origin is None
                    else match._replace(start=origin, end=origin + 1)
                )

    def _all_of(
        self,
        view: View,
        found_in: Found | None = None,
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

    def _in_numbers(self, view: View) -> Iterator[Match]:
        if self.phones:
            for start, end, one in numbers(view.text, self._ends):
                for person, wanted in self.phones.get(one.own, ()):
                    if same(one, wanted):
                        yield Match(person, "phone", True, start, end)

    def _candidates(self, index: Index, vocabulary: set[str]) -> list[tuple[Needle, int]]:
        """The needles all of whose words are in a text."""
        words = [word for word in vocabulary if word in index]
        return [one for word in words for one in index[word] if vocabulary.issuperset(one[0].words)]

    def _in_words(self, text: str) -> Iterator[Match]:
        vocabulary = distinct(text)
        wanted = self._candidates(self.needles, vocabulary)
        if not wanted:
            return
        by_anchor: Index = {}
        for needle, at in (*wanted, *self._candidates(self.guards, vocabulary)):
            by_anchor.setdefault(needle.words[at], []).append((needle, at))
        for anchor, found in by_anchor.items():
            for start, end in _places(text, anchor):
                around = _Around(text, start, end)
                for needle, at in found:
                    span = around.span(needle.words, at)
                    kind = self._kind(needle, text, *span) if span else ""
                    if span and kind:
                        yield Match(needle.person, kind, needle.sure, *span)

    def _kind(self, needle: Needle, text: str, start: int, end: int) -> str:
        """The kind of a match; "" where it is none after all."""
        if needle.form:
            return needle.kind if self._is_form(needle, text, start, end) else ""
        if len(needle.words) == 1 and end - start <= _SHORT:  # by chance in something random
            beside = text[max(start - 1, 0) : start] + text[end : end + 1]
            if any(c.isdigit() or c in "+=" for c in beside):
                return ""
        if needle.kind == "name" and len(needle.words) > 1 and not _is_signed(needle.words, text[start : end + 1]):
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


def _is_signed(words: Words, found: str) -> bool:
    """Whether initials are written as such (H. Kaya; Kaya, H.; h-kaya), and are no article or part of markup; `found` has a sign more."""
    within = found[:-1] if not found[-1:].isalnum() else found
    if is_initial(words[0]):
        return _MARKUP.isdisjoint(within) and not {".", "-", "_"}.isdisjoint(within)
    if is_initial(words[-1]):
        return _MARKUP.isdisjoint(within) and "\n" not in within and ("," in within or found.endswith("."))
    return True


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in a folded text."""
    for match in re.finditer(re.escape(word), text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if (len(word) == 1 and not word.isascii()) or not (
            _alike(before, word[0]) or _alike(after, word[-1])
        ):  # a letter of a script without spaces
            yield match.span()


def _alike(one: str, other: str) -> bool:
    """Whether two letters, or two digits, make one word."""
    both = WORD.match(one + other) if one else None
    return both is not None and both.end() == 2


class _Around:
    """The words around a place, read as far as somebody asks."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    @cached_property
    def before(self) -> list[tuple[str, int]]:
        begin = max(self.start - REACH, 0)
        return [(match[0], match.start() + begin) for match in WORD.finditer(self.text[begin : self.start])]

    @cached_property
    def after(self) -> list[tuple[str, int]]:
        return [(match[0], match.end() + self.end) for match in WORD.finditer(self.text[self.end : self.end + REACH])]

    def span(self, words: Words, at: int) -> tuple[int, int] | None:
        """From where to where the words stand, if they do; that at the place is the one with the number `at`."""
        first, last = words[:at], words[at + 1 :]
        before, after = self.before[-at:] if at else [], self.after[: len(last)]
        if tuple([word for word, _ in before]) != first or tuple([word for word, _ in after]) != last:
            return None
        return before[0][1] if before else self.start, after[-1][1] if after else self.end


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
