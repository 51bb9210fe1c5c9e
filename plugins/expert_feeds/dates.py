"""Dates as feeds want them: RFC 3339, with an offset from UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo


@lru_cache(20_000)
def moment(value: str, zone: str) -> datetime:
    """An ISO day (its midnight in `zone`, an IANA name) or date-time as a moment with an offset of whole minutes."""
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    offset = found.utcoffset() or timedelta()
    # Before there was standard time, places had offsets with seconds, which RFC 3339 cannot write.
    return found.replace(tzinfo=UTC) if offset % timedelta(minutes=1) else found


def rfc3339(value: str, zone: str, name: str = "") -> str:
    """A day or date-time as RFC 3339 has it; with a `name`, a fraction of the second that follows from the name."""
    found = moment(value, zone)
    if name and not found.microsecond:
        number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
        found = found.replace(microsecond=number % 999_999 + 1)
    return found.isoformat()


def day_after(day: str) -> str:
    """The day after an ISO day."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
