"""How complete a profile is: a friendly number, and what would make it better.  Nobody is ranked by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from experts.model import Expert
from experts.problems import Translate

REQUIRED = 20  # name, headline and topics: without them there is no profile
PARTS: dict[str, tuple[int, Callable[[Expert], object]]] = {
    "a portrait": (20, lambda expert: expert.portrait),
    "a short biography to copy": (15, lambda expert: expert.texts[0].summary),
    "a text about you": (15, lambda expert: expert.texts[0].body),
    "what you can be asked for": (10, lambda expert: expert.texts[0].contact_for),
    "your role": (5, lambda expert: expert.texts[0].role),
    "the languages you speak": (5, lambda expert: expert.languages),
    "how you can be heard: on TV, on the radio, on stage …": (5, lambda expert: expert.formats),
    "an e-mail address or a phone number": (5, lambda expert: expert.email or expert.phone),
}
"""What makes a profile complete: its per cent, and whether a profile has it.  With what is required: 100."""


class Completeness(NamedTuple):
    """How complete a profile is in per cent, and what it lacks, the weightiest first (English texts)."""

    path: str
    slug: str
    name: str
    percent: int
    missing: tuple[str, ...]

    def as_dict(self, translate: Translate = str) -> dict[str, object]:
        """The same as JSON types, what is missing in the reader's language."""
        missing = [translate(text) for text in self.missing]
        return {"slug": self.slug, "name": self.name, "percent": self.percent, "missing": missing}


def completeness(expert: Expert) -> Completeness:
    """How complete a person's profile is."""
    missing = [name for name, (_, has) in PARTS.items() if not has(expert)]
    percent = REQUIRED + sum([weight for name, (weight, _) in PARTS.items() if name not in missing])
    return Completeness(expert.source, expert.slug, expert.name, percent, tuple(missing))
