"""All that is said of a site: problems, hints, what is not shown, and how complete the profiles are."""

from __future__ import annotations

from typing import NamedTuple

from experts import build
from experts.problems import Problem, tidy
from experts.request import Request
from experts.visibility import Hidden

from . import programme
from .completeness import Completeness, completeness
from .gather import gather


class Findings(NamedTuple):
    """What was found, each list sorted by path and place; `hints` never block anything."""

    problems: list[Problem]
    hints: list[Problem]
    hidden: list[Hidden]
    profiles: list[Completeness]


def findings(request: Request) -> Findings:
    """Look at a whole site; nothing is written but caches."""
    with build.checked(request) as found:
        gathered = gather(request, found.memory, found.records)
        known = programme.Known(found.records, found.directory, gathered, request.today)
        hints = tidy([*gathered.hints, *programme.hints(known)])
    experts = found.records.experts
    people = [completeness(experts[slug]) for slug in sorted(experts)]
    return Findings(found.problems, hints, sorted(found.directory.hidden), people)
