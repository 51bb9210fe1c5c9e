"""Where the addresses in texts lead: to somebody, to a story that goes with them, or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from experts.markup import resolve

from .person import Person


def leads(path: str, person: Person, stories: frozenset[str], sites: tuple[str, ...]) -> Callable[[str], str]:
    """A function that tells where an address written in the file `path` leads; `sites` are the site's own addresses."""

    def kind(url: str) -> str:
        for site in sites:
            if url.lower().startswith(site.lower() + "/"):
                url = url[len(site) :]
        name, _, slug = resolve(path, url, _silent).partition("#")[0].partition(":")
        slug = unquote(slug)
        if name == "expert":
            return "person" if slug in person.slugs else ""
        if name == "story":
            return "story" if slug in stories else ""
        words = slug.split("/") if name == "path" else []
        below = [words[at + 1].partition(".")[0] for at, word in enumerate(words[:-1]) if word == "experts"]
        return "person" if person.slugs.intersection(below) else ""

    return kind


def bare(person: Person) -> re.Pattern[str]:
    """What is no link, and still an address of somebody: in code, or as plain text."""
    slugs = "|".join(map(re.escape, sorted(person.slugs)))
    return re.compile(
        rf"(?<![\w-])(?:expert:|(?:/[a-z]{{2,3}}(?:-[\w]+)*)?/experts/|(?:\.{{0,2}}/)*profiles/)(?:{slugs})(?![a-z0-9-])(?:/[\w./#-]*)?",
        re.IGNORECASE,
    )


def _silent(*_: Any) -> None:
    """Whatever is wrong with an address, `check` says it."""
