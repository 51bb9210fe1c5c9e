"""Facet columns: who has which topic, language, place or format, and who is there now."""

from __future__ import annotations

import json
from itertools import pairwise

from expert_search.numbering import Numbering
from experts import model
from experts.directory import Directory
from experts.names import fold

Column = tuple[tuple[int, tuple[str, ...]], ...]
"""For each expert: the slot, and the values."""


def columns(directory: Directory, numbering: Numbering) -> dict[str, Column]:
    """Who has which values of each facet."""
    experts = [(slot, one) for slot, one in enumerate(numbering.slots) if isinstance(one, model.Expert)]
    topics = directory.records.topics
    today = directory.today
    here = ("now",)
    return {
        "topic": tuple([(slot, tuple([slug for slug in one.topics if slug in topics])) for slot, one in experts]),
        "language": tuple([(slot, tuple(map(model.primary, one.languages))) for slot, one in experts]),
        "place": tuple([(slot, (one.location,) if one.location else ()) for slot, one in experts]),
        "format": tuple([(slot, one.formats) for slot, one in experts]),
        "now": tuple([(slot, () if one.absence and one.away(today) else here) for slot, one in experts]),
    }


def column_file(column: Column, labels: tuple[tuple[str, model.Pairs], ...]) -> str:
    """The file of a facet: its values, their labels (0: none), and the experts' slots of each (differences)."""
    slots: dict[str, list[int]] = {}
    for slot, values in column:
        for value in dict.fromkeys(values):
            slots.setdefault(value, []).append(slot)
    names = dict(labels)
    ordered = sorted(slots, key=lambda value: (fold(value), value))
    content = {
        "values": ordered,
        "labels": [dict(names[value]) if value in names else 0 for value in ordered],
        "slots": [differences(slots[value]) for value in ordered],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def differences(numbers: list[int]) -> list[int]:
    """Ascending numbers as the first one and the steps from each to the next."""
    return [numbers[0], *[number - before for before, number in pairwise(numbers)]]
