"""Days and moments as iCalendar has them: a moment in the site's zone, or in UTC where its offset is another one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from experts import model

if TYPE_CHECKING:
    import icalendar

KNOWN = range(1970, 2100)  # the years for which zones are known
DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)


def add(entry: icalendar.Event, start: str, end: str, zone: ZoneInfo) -> None:
    """Add the time of an entry: ISO days or moments; `end`, of a day the last one, may be ""."""
    first, last = span(start, end, zone)
    entry.add("dtstart", first)
    if last is not None:
        entry.add("dtend", last)


def span(start: str, end: str, zone: ZoneInfo) -> tuple[date, date | None]:
    """Start and exclusive end, of one kind (RFC 5545 3.6.1): days or moments; None where there is no later end."""
    first = when(start, zone)
    last = when(end, zone) if end else None
    try:
        if not isinstance(first, datetime):
            last = date.fromisoformat((end or start)[:10]) + DAY
        elif last is not None and not isinstance(last, datetime):
            last = datetime.combine(last + DAY, time(), first.tzinfo)
    except OverflowError:  # the last day of the year 9999
        last = None
    return first, last if last is not None and last > first else None


def when(value: str, zone: ZoneInfo) -> date | datetime:
    """A day; or a moment in the site's zone if that has the same offset then, else in UTC."""
    if len(value) <= 10:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.year in KNOWN and zone.key not in ("UTC", "Etc/UTC"):
        local = moment.astimezone(zone)
        offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}  # two in an hour that comes twice
        if offsets == {moment.utcoffset()}:
            return local
    return moment.astimezone(UTC)


def on_the_day(value: str, event: model.Event, zone: ZoneInfo) -> str:
    """A time of day (``09:30``) as a moment of an event; anything else as it is.

    It is meant where the event is, on its first day; a time before its beginning is that of the next morning.
    """
    if len(value) != len("09:30"):
        return value
    begin = when(event.start, zone)
    place: tzinfo | None = zone
    if isinstance(begin, datetime) and begin.tzinfo is not zone:
        place = datetime.fromisoformat(event.start).tzinfo
    moment = datetime.combine(date.fromisoformat(event.start[:10]), time.fromisoformat(value), place)
    if isinstance(begin, datetime) and moment < begin and event.start[:10] < event.end[:10]:
        moment += DAY
    return moment.isoformat()


def years(entry: icalendar.Event, zone: ZoneInfo) -> Iterator[int]:
    """The years of an entry's moments in the zone."""
    for name in ("dtstart", "dtend"):
        value = entry.decoded(name, None)
        if isinstance(value, datetime) and value.tzinfo is zone:
            yield value.year


@lru_cache(100)
def timezone(zone: ZoneInfo, first: int, last: int) -> icalendar.Timezone:
    """A VTIMEZONE for the years from `first` to `last`.

    Not by icalendar, in which summer time begins by the new offset: RFC 5545 3.6.5 wants the one before.
    """
    import icalendar

    def observance(local: datetime, before: timedelta) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
        found = icalendar.TimezoneDaylight() if local.dst() else icalendar.TimezoneStandard()
        after = local.utcoffset() or timedelta()
        found.add("dtstart", local.replace(tzinfo=None) - after + before)
        found.add("tzoffsetfrom", before)
        found.add("tzoffsetto", after)
        found.add("tzname", local.tzname() or str(after))
        return found

    def offset(at: datetime) -> timedelta:
        return at.astimezone(zone).utcoffset() or timedelta()

    found = icalendar.Timezone()
    found.add("tzid", zone.key)
    at, end = datetime(first, 1, 1, tzinfo=UTC) - DAY, datetime(last + 1, 1, 1, tzinfo=UTC) + DAY
    before = offset(at)
    found.add_component(observance(at.astimezone(zone), before))
    while at < end:
        at += DAY if offset(at + DAY) == before else QUARTER
        if offset(at) != before:
            found.add_component(observance(at.astimezone(zone), before))
            before = offset(at)
    return found
