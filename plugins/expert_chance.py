"""Meet someone by chance: some people of the day; and the list from which the script draws one.

Nobody is drawn more often than others, and nobody counts whom somebody met.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

PATH, PEOPLE = "chance/", "chance/people.json"
OF_THE_DAY = 6


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The page in each language, and the slugs of all experts."""
    if not directory.experts:
        return
    # From the end of the day's order: its beginning is on the home page.
    people = directory.cards(reversed(directory.in_turn(directory.experts)[-OF_THE_DAY:]))
    for lang in site.languages:
        yield site.page(lang, PATH, "chance.html", section="experts", robots="noindex", people=people)
    yield site.text(PEOPLE, _slugs, tuple([expert.slug for expert in directory.experts]))


def _slugs(slugs: tuple[str, ...]) -> str:
    return json.dumps(slugs, separators=(",", ":")) + "\n"


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
