"""Document numbers: where each profile, story and hook stands in the index.

A number is ``slot * STRIDE + place``.  Experts have slots in the order of their first topic, so that people whom one query
finds stand side by side; an expert's stories follow in the expert's own slot, so that a new story moves nobody.
"""

from __future__ import annotations

from typing import NamedTuple

from experts import model
from experts.directory import Directory

STRIDE = 16


class Document(NamedTuple):
    """A record in its place; a story written by several people stands in the slot of each."""

    ref: int
    record: model.Expert | model.Story | model.Hook


class Numbering(NamedTuple):
    """All documents by number, and what the slots are."""

    documents: list[Document]
    slots: list[model.Expert | model.Hook | None]  # None: a further slot of the expert before
    experts: int  # the slots of experts; hooks follow
    wide: list[tuple[int, int]]  # further slot, its expert's first slot


def number(directory: Directory) -> Numbering:
    """Number everything in `directory` that can be found."""
    documents: list[Document] = []
    slots: list[model.Expert | model.Hook | None] = []
    wide: list[tuple[int, int]] = []
    for expert in sorted(directory.experts, key=lambda one: (one.topics[0] if one.topics else "", one.slug)):
        slot = len(slots)
        slots.append(expert)
        documents.append(Document(slot * STRIDE, expert))
        place = 1
        for story in reversed(directory.stories_by(expert)):
            if place == STRIDE:
                wide.append((len(slots), slot))
                slots.append(None)
                place = 0
            documents.append(Document((len(slots) - 1) * STRIDE + place, story))
            place += 1
    experts = len(slots)
    for hook in reversed(directory.hooks):
        documents.append(Document(len(slots) * STRIDE, hook))
        slots.append(hook)
    return Numbering(documents, slots, experts, wide)
