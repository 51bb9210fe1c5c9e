"""Formats and languages as words of a query: "Wärmepumpen Podcast Englisch" asks for somebody who does podcasts in English."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache

from experts import model

SUFFIX = " @"  # as places have it: what stands for it sorts as one term


def concepts_of(expert: model.Expert) -> list[str]:
    """The terms that stand for an expert's formats and languages."""
    formats = [f"format {name}{SUFFIX}" for name in expert.formats]
    return formats + [f"language {model.primary(tag)}{SUFFIX}" for tag in expert.languages]


def names_of(concept: str) -> Iterator[tuple[str, str]]:
    """``(language, name)`` of what a term stands for, as people write it."""
    kind, _, name = concept.removesuffix(SUFFIX).partition(" ")
    for lang, names in _known()[kind].get(name, {}).items():
        for said in names:
            yield lang, said


@lru_cache(1)
def _known() -> dict[str, dict[str, dict[str, list[str]]]]:
    with open(os.path.join(os.path.dirname(__file__), "data", "attributes.json"), encoding="utf-8") as file:
        known: dict[str, dict[str, dict[str, list[str]]]] = json.load(file)
    return known
