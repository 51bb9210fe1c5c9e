"""Sentences of people's own, found by how they begin and end: a few words in a row, looked up as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from .identity import Identity
from .spelling import WORD, Words, words

LENGTH = 6
"""Words in a row that are nobody else's by accident."""
_PLAIN = re.compile("[a-z]+|[0-9]+")


class Passages:
    """The sentences of people, each known by its first words, a longer one also by its last."""

    def __init__(self, people: Sequence[Identity], others: Iterable[Identity]) -> None:
        """Take the people who left; what also one who is shown says is no trace."""
        self.known: dict[Words, int] = {}
        for person, who in enumerate(people):
            self.known.update(dict.fromkeys(_rows(who), person))
        if self.known:
            for who in others:
                for row in _rows(who):
                    self.known.pop(row, None)

    def touched(self, text: str) -> bool:
        """Whether a folded text holds one."""
        return bool(self.known) and not self.known.keys().isdisjoint(_in_rows(_split(text)))

    def places(self, text: str) -> Iterator[tuple[int, int, int]]:
        """All of them in a folded text: person, start and end."""
        if not self.touched(text):
            return
        found = list(WORD.finditer(text))
        for at, row in enumerate(_in_rows([match[0] for match in found])):
            person = self.known.get(row)
            if person is not None:
                yield person, found[at].start(), found[at + LENGTH - 1].end()


def _rows(who: Identity) -> Iterator[Words]:
    for passage in who.passages:
        said = words(passage)
        if len(said) >= LENGTH:
            yield said[:LENGTH]
            if len(said) >= 2 * LENGTH:
                yield said[-LENGTH:]


def _split(text: str) -> list[str]:
    return (_PLAIN if text.isascii() else WORD).findall(text)


def _in_rows(found: list[str]) -> Iterator[Words]:
    """All words in a row of that length."""
    return zip(*[islice(found, start, None) for start in range(LENGTH)], strict=False)
