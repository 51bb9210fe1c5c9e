"""All that is said of a site: problems, hints, what is not shown, and how complete the profiles are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from experts import build, renewal
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


def findings(request: Request, since: Sequence[str] | None = None) -> Findings:
    """Look at a whole site; nothing is written but caches.

    `since` are the files that a proposal changes, where it is one: what others have not done in time is a hint to it.
    """
    with build.checked(request) as found:
        gathered = gather(request, found.memory, found.records)
        texts = renewal.texts(found.records.pages.values())
        terms = request.settings.consent_texts
        known = programme.Known(found.records, found.directory, gathered, request.today, texts, terms)
        hints = tidy(programme.hints(known))
    late = [hint for hint in hints if hint.code == programme.OUTDATED and (since is None or hint.path in since)]
    hints = [hint for hint in hints if hint not in late]
    experts = [expert for _, expert in sorted(found.records.experts.items())]
    people = [completeness(expert) for expert in experts if not programme.has_left(expert, request.today)]
    return Findings(tidy([*found.problems, *late]), hints, sorted(found.directory.hidden), people)
