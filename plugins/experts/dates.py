"""ISO 8601 dates and date-times as text: whether they are real, and how they sort."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_date(value: str) -> bool:
    """Whether `value` is a real ISO date."""
    try:
        return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_moment(value: str) -> bool:
    """Whether `value`, a date-time with or without offset, exists, also in UTC."""
    try:
        moment = datetime.fromisoformat(value.upper())
        _ = moment - (moment.utcoffset() or timedelta())
    except (ValueError, OverflowError):
        return False
    return True


def rfc3339(value: str) -> str:
    """A date as it is; a date-time with seconds and offset as RFC 3339 has it, ``2026-11-23T09:00:00+01:00``."""
    return datetime.fromisoformat(value).isoformat() if len(value) > 10 else value


def instant(value: str) -> str:
    """A key that sorts dates and date-times of any offset by time (UTC, ``YYYY-MM-DDTHH:MM:SS``); "" stays ""."""
    return value if len(value) <= 10 else _instant(value)


@lru_cache(4096)
def _instant(value: str) -> str:
    moment = datetime.fromisoformat(value)
    offset = moment.utcoffset()
    return (moment - offset if offset else moment).replace(tzinfo=None).isoformat(timespec="seconds")
