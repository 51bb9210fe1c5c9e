"""Who stands above a story: those who are shown, and what is said of its other authors."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import model
from .mentions import FORMER, MOST, UNNAMED, Mentions


class Byline(NamedTuple):
    """The authors of a story who have a profile, each with their standing (`visibility.standing`), and how many have none any more."""

    people: tuple[tuple[model.Expert, str], ...]
    former: int

    @property
    def shown(self) -> bool:
        """Whether one of them is shown."""
        return any(not standing for _, standing in self.people)

    @property
    def gone(self) -> bool:
        """Whether there are authors and all of them are gone for good, rather than not shown for a while."""
        return all(standing in (FORMER, UNNAMED) for _, standing in self.people) and bool(self.people or self.former)


def stands(byline: Byline, mentions: Mentions) -> bool:
    """Whether somebody stands for a story: one of its authors, or nobody by the rule for those whose authors are all gone."""
    return byline.shown or (byline.gone and mentions.sole != "remove")


def unnamed(byline: Byline, mentions: Mentions, may_be_named: Callable[[model.Expert], bool]) -> model.Unnamed:
    """What is said of the authors who are not shown; `may_be_named` tells whose name may stay."""
    rule = mentions.coauthor if byline.shown else mentions.sole
    if rule in ("drop", "remove"):
        return model.Unnamed()
    kept = [expert for expert, standing in byline.people if _keeps(rule, standing) and may_be_named(expert)]
    others = [standing for expert, standing in byline.people if expert not in kept]
    former = min(MOST, others.count(FORMER) + byline.former)
    return model.Unnamed(former, others.count(UNNAMED), tuple([expert.name for expert in kept]))


def _keeps(rule: str, standing: str) -> bool:
    return rule == "keep" and standing in (FORMER, UNNAMED)
