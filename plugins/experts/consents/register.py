"""The register: for each person what they gave, until when, to which text, and whether it must be asked for anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from experts import collation, model
from experts.problems import Translate
from experts.relate import Records
from experts.renewal import ENDS_SOON, Terms, Text, renewal, texts
from experts.visibility import Rules, why_hidden

NO, DUE, LATE = "no", "due", "overdue"


class Entry(NamedTuple):
    """What is known of a person's consent; days are ISO dates, "" where there is none."""

    slug: str
    name: str
    status: str  # as the profile says
    hidden: str  # why the person is not shown; "" for one who is
    kept: bool  # here, and not elsewhere or not at all
    given: str
    until: str
    text: str  # the version
    text_date: str
    channels: tuple[str, ...]
    withdrawn: bool
    renewal: str  # NO, DUE, or LATE
    renewal_by: str  # until when it should be given anew


def register(records: Records, rules: Rules, terms: Terms, lang: str, translate: Translate) -> list[Entry]:
    """An entry for each person, by name; reasons in the language of `translate`."""
    known = texts(records.pages.values())
    found = [(collation.of_person(one.name, lang), one.slug, one) for one in records.experts.values()]
    return [_entry(expert, known, rules, terms, translate) for _, _, expert in sorted(found, key=lambda one: one[:2])]


def _entry(expert: model.Expert, known: Iterable[Text], rules: Rules, terms: Terms, translate: Translate) -> Entry:
    why = why_hidden(expert, rules)
    hidden = translate(why[0]).format(**why[1]) if why else ""
    consent = expert.consent or model.Consent("", "", (), "")
    own = next((text for text in known if text.version == consent.text), None)
    asked, by = _renewal(expert, tuple(known), rules, terms)
    return Entry(
        expert.slug, expert.name, expert.status, hidden, expert.consent is not None, consent.given, consent.until,
        consent.text, own.date if own else "", tuple(one for one in model.CHANNELS if one in consent.channels),
        consent.withdrawn, asked, by,
    )  # fmt: skip


def _renewal(expert: model.Expert, known: tuple[Text, ...], rules: Rules, terms: Terms) -> tuple[str, str]:
    """Whether consent must be asked for anew, and by when: of nobody who has left, pauses, or has taken it back."""
    consent = expert.consent
    if consent is None or consent.withdrawn or "site" not in consent.channels or _away(expert, rules.today):
        return NO, ""
    found = []
    if consent.until and consent.until <= _after(rules.today, ENDS_SOON):
        found.append((consent.until, consent.until < rules.today))
    asked = renewal(consent.text, known, terms, rules.today)
    if asked:
        found.append((asked.by, bool(asked.by) and asked.by < rules.today))
    if not found:
        return NO, ""
    return LATE if any(late for _, late in found) else DUE, min(filter(None, (day for day, _ in found)), default="")


def _away(expert: model.Expert, today: str) -> bool:
    return expert.status in ("left", "paused") or bool(expert.left and expert.left <= today)


def _after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
