"""Who works on similar topics, and which topics go together: from what people wrote in their profiles, not from clicks.

Everybody turns up equally often: among those who are equally near, the next ones in a ring are taken, so that nobody is
listed more often for standing early in the alphabet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import combinations

Pair = tuple[str, str]
NEAREST = 32  # topics that are remembered beside each


class Affinity:
    """Nearness of people and topics, by slugs.  Made once of each person's topics, the most important first."""

    def __init__(self, topics: Mapping[str, Sequence[str]]) -> None:
        """Take the topics of each person; the order of the people is the order of the rings."""
        self._topics = topics
        self._rings: dict[str | Pair, list[str]] = {}
        self._places: dict[str | Pair, dict[str, int]] = {}
        for person, chosen in topics.items():
            for key in _keys(chosen):
                ring = self._rings.setdefault(key, [])
                self._places.setdefault(key, {})[person] = len(ring)
                ring.append(person)
        together: dict[str, Counter[str]] = {}
        for key, ring in self._rings.items():
            if isinstance(key, tuple):
                one, other = key
                together.setdefault(one, Counter())[other] = len(ring)
                together.setdefault(other, Counter())[one] = len(ring)
        # Only the nearest of each: the far ones of many topics would cost more time than they change.
        self._together = {
            topic: dict(sorted(near.items(), key=lambda one: (-one[1], one[0]))[:NEAREST])
            for topic, near in together.items()
        }

    def similar(self, person: str, count: int) -> list[str]:
        """Up to `count` others: those who share most topics first, among them those with the same first topic."""
        own = self._topics[person]
        found: dict[str, int] = {}
        keys: list[str | Pair] = [*combinations(sorted(set(own)), 2), *own]
        for key in keys:
            if isinstance(key, str) and key != own[0] and len(found) >= count:
                break  # one topic in common, and not the first: only where nobody is nearer
            for other in self._next(key, person, count):
                if other not in found:
                    theirs = self._topics[other]
                    found[other] = 2 * len(set(own).intersection(theirs)) + (theirs[0] == own[0])
        return sorted(found, key=lambda other: -found[other])[
            :count
        ]  # stable: those who are equally near keep their order

    def related(self, topics: Iterable[str], count: int, known: Iterable[str] = ()) -> list[str]:
        """Up to `count` topics that people have together with `topics`; neither these nor those that are `known`."""
        near: dict[str, int] = {}
        for topic in topics:
            for other, people in self._together.get(topic, {}).items():
                near[other] = near.get(other, 0) + people
        left_out = {*topics, *known}
        return [
            topic for _, topic in nsmallest(count, [(-near[topic], topic) for topic in near if topic not in left_out])
        ]

    def _next(self, key: str | Pair, person: str, count: int) -> list[str]:
        ring = self._rings[key]
        at = self._places[key][person] + 1
        return (ring[at : at + count] + ring[: max(0, at + count - len(ring))])[: min(count, len(ring) - 1)]


def _keys(topics: Sequence[str]) -> list[str | Pair]:
    """What somebody stands in a ring for: each topic, and each two of them."""
    own = sorted(set(topics))
    return [*own, *combinations(own, 2)]
