"""The texts that people consent to, by version, and when a newer one asks for consent anew.

A text is an ordinary page with the lines ``Consent:`` (its version) and ``Date:`` (the day from which it holds).  A
newer one does not end what was given to an older one: it asks for renewal within some days (settings,
``CONSENT_TEXTS``), and hides nobody unless the settings say after how long.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from . import model

ENDS_SOON = 60  # days before the end of a consent from which on it should be asked for anew


class Terms(NamedTuple):
    """How long, in days from the first day of the newer text, an older one will do; None: for ever."""

    renew_within: int | None = 90  # until then a hint, from then on a problem
    hide_after: int | None = None


class Text(NamedTuple):
    """A version of the text, the first day on which it holds (ISO date), and its page."""

    version: str
    date: str
    slug: str


class Renewal(NamedTuple):
    """A newer text asks for consent anew: which, and since when there has been one; ISO dates, "" for never."""

    text: Text  # the newest
    since: str
    by: str  # the last day on which it is a hint only
    hides: str  # the first day on which the person is not shown any more


def texts(pages: Iterable[model.Page]) -> tuple[Text, ...]:
    """The versions on a site, the oldest first."""
    found = [Text(page.version, page.date, page.slug) for page in pages if page.version]
    return tuple(sorted(found, key=lambda text: (text.date, text.version)))


def newest(known: tuple[Text, ...], today: str) -> Text | None:
    """The text that holds today."""
    held = [text for text in known if text.date <= today]
    return held[-1] if held else None


def renewal(version: str, known: tuple[Text, ...], terms: Terms, today: str) -> Renewal | None:
    """What a newer text asks of those who consented to `version`; None where there is none, or no such version."""
    own = next((text for text in known if text.version == version), None)
    if own is None:
        return None
    newer = [text for text in known if own.date < text.date <= today]
    if not newer:
        return None
    since = newer[0].date
    return Renewal(newer[-1], since, _after(since, terms.renew_within), _after(since, terms.hide_after))


def ended(known: tuple[Text, ...], terms: Terms, today: str) -> tuple[str, ...]:
    """The versions that are too old to show anybody by them."""
    found = [(text.version, renewal(text.version, known, terms, today)) for text in known]
    return tuple([version for version, asked in found if asked and asked.hides and asked.hides <= today])


def _after(day: str, days: int | None) -> str:
    if days is None:
        return ""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return ""
