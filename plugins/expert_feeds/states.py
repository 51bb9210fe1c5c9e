"""What becomes of an expert's feed: whether it is there, pauses or has ended, on a day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from expert_feeds.dates import day_after
from experts.model import Expert
from experts.visibility import Rules, consents, why_hidden

State = Literal["live", "paused", "ended", "none"]


def state(expert: Expert, rules: Rules, days: int) -> State:
    """The state of the feed of `expert` today; an ended one is there for `days` days.

    A feed that has ended or pauses says so without any personal data.  It is made only of those who agreed to be on
    the site; of a draft nothing is made.  Where the day of the end is not written down, it is there for as long as
    the profile says that it has ended.
    """
    if expert.status == "draft" or not _agreed(expert, rules):
        return "none"
    if why_hidden(expert, rules) is None:
        return "live" if consents(expert, "feeds") else "ended" if days else "none"
    if not consents(expert, "feeds"):
        return "none"
    ends = _ends(expert, rules.today)
    if ends or expert.status == "left":
        return "ended" if days and all(_passed(end, rules.today) < days for end in ends) else "none"
    return "paused"


def _agreed(expert: Expert, rules: Rules) -> bool:
    """Whether somebody has agreed to be on the site, today or before."""
    consent = expert.consent
    if consent is None:
        return rules.consent == "elsewhere"
    return consent.given <= rules.today and "site" in consent.channels


def _ends(expert: Expert, today: str) -> list[str]:
    """The first days without somebody that have come: the one on which they left, the one after their consent."""
    found = [expert.left] if expert.left and expert.left <= today else []
    if expert.consent and expert.consent.until and expert.consent.until < today:
        found.append(day_after(expert.consent.until))
    return found


def _passed(day: str, today: str) -> int:
    """The number of days from `day` to `today`."""
    return (date.fromisoformat(today) - date.fromisoformat(day)).days
