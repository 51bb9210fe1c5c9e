"""Who may be seen on a day, and why not: status, leaving, consent and its channels.

These are all the rules of consent.  `directory` applies them to people, `orders` to pictures, `signals` to outputs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from . import model
from .mentions import AWAY, FORMER, UNNAMED, Mentions


class Rules(NamedTuple):
    """What visibility depends on besides the records."""

    today: str  # ISO date
    drafts: bool = False
    consent: str = "required"  # or "elsewhere": kept outside the repository
    ended: tuple[str, ...] = ()  # versions of the text of consent that have become too old
    verify_days: int = 180  # for how long a link counts as confirmed
    mentions: Mentions = Mentions()


class Hidden(NamedTuple):
    """Something that is not shown, and why (an English msgid with its values)."""

    path: str
    reason: str
    values: dict[str, str]


def why_hidden(expert: model.Expert, rules: Rules) -> tuple[str, dict[str, str]] | None:
    """Why an expert is not shown; None for one who is."""
    if expert.status == "left" or (expert.left and expert.left <= rules.today):
        return "has left", {}
    if expert.status == "paused":
        return "is paused", {}
    if expert.status == "draft" and not rules.drafts:
        return "is a draft", {}
    consent = expert.consent
    if consent is None:
        return None if rules.consent == "elsewhere" else ("has not given consent", {})
    if consent.withdrawn:
        return "has withdrawn consent", {}
    if consent.given > rules.today:
        return "consent begins on {date}", {"date": consent.given}
    if consent.until and consent.until < rules.today:
        return "consent ended on {date}", {"date": consent.until}
    if "site" not in consent.channels:
        return "has not given consent for the site", {}
    if consent.text in rules.ended:
        return "has consented to an old text, {text}", {"text": consent.text}
    return None


def standing(expert: model.Expert, rules: Rules) -> str:
    """How somebody who is not shown is spoken of (`mentions`); "" for who is shown.

    Nobody who comes back by themselves is called a former colleague: not who is paused, has only a draft, or agrees from
    a later day on.
    """
    why = why_hidden(expert, rules)
    if why is None:
        return ""
    if why[0] == "has left":
        return FORMER
    consent = expert.consent
    later = consent is not None and not consent.withdrawn and consent.given > rules.today
    waits = expert.status != "published" or later
    return AWAY if waits else UNNAMED


def robots(experts: Iterable[model.Expert]) -> str:
    """What the pages about or by some experts ask of crawlers: what one of them has not consented to is not done."""
    people = tuple(experts)
    rules = {"search-engines": "noindex", "ai": "noai, noimageai"}
    return ", ".join(
        [rule for channel, rule in rules.items() if not all(consents(expert, channel) for expert in people)]
    )


def robots_of_list(experts: Iterable[model.Expert]) -> str:
    """What a list of experts asks of crawlers: none lists it where nobody on it has consented."""
    return "" if any(consents(expert, "search-engines") for expert in experts) else "noindex"


def consents(expert: model.Expert, channel: str) -> bool:
    """Whether a visible expert has consented to a channel."""
    consent = expert.consent
    return consent is None or (channel in consent.channels and not consent.withdrawn)
