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
    """What was found, each list sorted by path and place; `hints` never block anything.

    `profiles` are those that can be read, without those of people who have left.
    """

    problems: list[Problem]
    hints: list[Problem]
    hidden: list[Hidden]
    profiles: list[Completeness]


def findings(request: Request) -> Findings:
    """Look at a whole site; nothing is written but caches."""
    with build.checked(request) as found:
        gathered = gather(request, found.memory, found.records)
        known = programme.Known(found.records, found.directory, gathered, request.today, request.settings.root)
        hints = tidy(programme.hints(known))
    experts = [expert for _, expert in sorted(found.records.experts.items())]
    people = [completeness(expert) for expert in experts if not programme.has_left(expert, request.today)]
    return Findings(found.problems, hints, sorted(found.directory.hidden), people)
