"""Calendars: read back by icalendar and by ical.js, right in every time zone, and silent about who does not consent to feeds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from expert_calendars import times
from expert_calendars.calendars import Calendars, Part, Slot
from experts import model
from factory import CONSENT, Site
from hypothesis import example, given
from hypothesis import strategies as st
from icaljs import Reader, ical, lines_are_sound

__all__ = ["ical"]  # a fixture

BERLIN = ZoneInfo("Europe/Berlin")
UNFED = {**CONSENT, "channels": ["site", "search-engines", "press-kit", "images", "ai"]}
ALL = "events/calendar.ics"


def calendars(output: Path) -> dict[str, bytes]:
    """All calendars of an output folder."""
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*.ics"))}


def entries(data: bytes) -> list[icalendar.Event]:
    """The events of a calendar, as icalendar reads them."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def summaries(data: bytes) -> list[str]:
    """The titles in a calendar."""
    return [str(entry["SUMMARY"]) for entry in entries(data)]


def seconds(iso: str) -> float:
    """A moment as ical.js gives it."""
    return datetime.fromisoformat(iso).timestamp()


def sound(data: bytes, ical: Reader) -> None:
    """Assert what holds for every calendar, by both parsers."""
    lines_are_sound(data)
    kind, properties, components = ical.parse(data)
    assert kind == "vcalendar"
    names = [name for name, *_ in properties]
    assert {"version", "prodid"} <= set(names)
    assert "method" not in names
    events = [{name: value for name, _, _, value, *_ in props} for kind, props, _ in components if kind == "vevent"]
    zones = [{name: value for name, _, _, value in props} for kind, props, _ in components if kind == "vtimezone"]
    assert events
    assert len({event["uid"] for event in events}) == len(events)
    for event, entry in zip(events, entries(data), strict=True):
        assert {"uid", "dtstamp", "dtstart", "summary", "url", "description"} <= event.keys()
        assert event["summary"] == entry["SUMMARY"]
        assert event["description"] == entry["DESCRIPTION"]
        assert not entry.errors
        assert event["dtstamp"] < "2026-11"
        end = entry.get("DTEND")
        assert end is None or (type(end.dt) is type(entry["DTSTART"].dt) and end.dt > entry["DTSTART"].dt)
    used = {entry["DTSTART"].params.get("TZID") for entry in entries(data)} - {None}
    assert used == {zone["tzid"] for zone in zones}  # no zone is missing, none is idle


def test_the_demo(published: Path, ical: Reader) -> None:
    """Every calendar of the demo is sound, and each link to a calendar leads to one."""
    found = calendars(published)
    assert len(found) > 10
    for data in found.values():
        sound(data, ical)
    for page in published.rglob("*.html"):
        text = page.read_text("utf-8")
        for part in text.split('href="')[1:]:
            address = part.partition('"')[0]
            assert not address.endswith(".ics") or address[1:] in found, (page, address)
    assert 'type="text/calendar"' in (published / "events/barcamp-waermewende-2026/index.html").read_text("utf-8")


def test_an_event_and_its_programme(site: Site, ical: Reader) -> None:
    """The event and each session with a time are entries of their own, at the right moments, in the site's zone."""
    site.settings(SITEURL="https://x.example/sub")
    sessions = [
        {"title": "Mit Zeit", "start": "2026-12-04T10:00:00+01:00", "end": "2026-12-04T11:00:00+01:00", "room": "Saal"},
        {"title": "Nur Uhrzeit", "start": "9.30", "end": "10:15", "hosts": ["ida"]},
        {"title": "Ohne Zeit", "hosts": ["jonas"]},
        {"title": "Ganzer Tag", "start": "2026-12-05"},
    ]
    site.event(
        "barcamp", title="Tag; der, Wärme", place="Halle, Kiel", topics=["heat"], experts=["mara"], sessions=sessions
    )
    site.built()
    data = (site.output / "events/barcamp/event.ics").read_bytes()
    sound(data, ical)
    event, timed, clock, day = entries(data)
    assert event["SUMMARY"] == "Tag; der, Wärme"
    assert event["SUMMARY"].params["LANGUAGE"] == "de"
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["URL"] == "https://x.example/sub/events/barcamp/"
    assert event["LOCATION"] == "Halle, Kiel"
    assert event["CATEGORIES"].cats == ["Thema heat"]
    assert (
        event["DESCRIPTION"] == "Kommt.\n\nWen Sie dort treffen: Mara Tester\n\nhttps://x.example/sub/events/barcamp/"
    )
    assert [entry["RELATED-TO"] for entry in (timed, clock, day)] == [event["UID"]] * 3
    assert timed["LOCATION"] == "Saal, Halle, Kiel"
    assert (day["DTSTART"].dt, day["DTEND"].dt) == (date(2026, 12, 5), date(2026, 12, 6))
    found = ical.moments(data)
    assert found[event["UID"]] == (seconds("2026-12-04T09:00+01:00"), seconds("2026-12-05T16:00+01:00"))
    assert found[timed["UID"]] == (seconds("2026-12-04T10:00+01:00"), seconds("2026-12-04T11:00+01:00"))
    assert found[clock["UID"]] == (seconds("2026-12-04T09:30+01:00"), seconds("2026-12-04T10:15+01:00"))


def test_what_a_person_takes_part_in(site: Site, ical: Reader) -> None:
    """Talks: the events that name somebody, and only the sessions that they host; an event whose untimed session they host."""
    sessions = [{"title": "A", "start": "10:00", "hosts": ["ida"]}, {"title": "B", "hosts": ["jonas"]}]
    site.event("barcamp", title="Barcamp", experts=["mara"], sessions=sessions)
    site.event("early", title="Früher", start="2025-01-01", end=None, experts=["mara"], sessions=[])
    site.built()
    found = calendars(site.output)
    for data in found.values():
        sound(data, ical)
    assert summaries(found["experts/mara/talks.ics"]) == ["Früher", "Barcamp"]
    assert summaries(found["experts/ida/talks.ics"]) == ["A"]
    assert summaries(found["experts/jonas/talks.ics"]) == ["Barcamp"]
    assert summaries(found[ALL]) == ["Früher", "Barcamp"]  # without sessions, which would bury the rest
    calendar = icalendar.Calendar.from_ical(found["experts/mara/talks.ics"])
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Mara Tester: Termine"
    assert calendar["REFRESH-INTERVAL"].dt.days == 1


def test_nobody_without_consent_to_feeds(site: Site) -> None:
    """Who has not consented to feeds has no calendar, and is named in none."""
    site.profile("ida", name="Ida Geheim", consent=UNFED)
    session = {"title": "Runde", "start": "10:00", "hosts": ["ida", "mara"]}
    site.event("barcamp", experts=["ida", "mara"], sessions=[session])
    site.built()
    found = calendars(site.output)
    assert "experts/ida/talks.ics" not in found
    assert "experts/mara/talks.ics" in found
    assert not [name for name, data in found.items() if b"Geheim" in data]
    assert "talks.ics" not in (site.output / "experts/ida/index.html").read_text("utf-8")
    assert "talks.ics" in (site.output / "experts/mara/index.html").read_text("utf-8")


def test_names_are_permanent(site: Site) -> None:
    """A UID survives renaming of the event, and new times; the same title twice is two sessions."""
    session = {"title": "Pause", "start": "10:00"}
    site.event("barcamp", sessions=[session, session])
    site.built()
    before = [entry["UID"] for entry in entries((site.output / "events/barcamp/event.ics").read_bytes())]
    assert len(set(before)) == 3
    site.path("content/events/barcamp.md").unlink()
    site.event("renamed", aliases=["barcamp"], start="2026-12-03", sessions=[{**session, "start": "11:00"}, session])
    site.built()
    assert [entry["UID"] for entry in entries((site.output / "events/renamed/event.ics").read_bytes())] == before
    assert all(uid.endswith("@nordlicht.example") for uid in before)


def test_no_events_no_calendar(site: Site) -> None:
    """An empty calendar would be none by RFC 5545, so there is none, and no link to it."""
    site.path("content/events/barcamp.md").unlink()
    site.built()
    assert calendars(site.output) == {}
    assert ".ics" not in (site.output / "events/index.html").read_text("utf-8")


def test_nothing_changes_with_the_day(site: Site) -> None:
    """A calendar depends on no clock: months later, when the event is over, its bytes are the same."""
    site.built()
    before = calendars(site.output)
    site.built(today="2027-03-01")
    assert calendars(site.output) == before


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-12-04", "", (date(2026, 12, 4), date(2026, 12, 5))),
        ("2026-12-04", "2026-12-05", (date(2026, 12, 4), date(2026, 12, 6))),
        ("2026-12-04", "2026-12-05T12:00:00Z", (date(2026, 12, 4), date(2026, 12, 6))),
        ("9999-12-31", "", (date(9999, 12, 31), None)),
        ("2026-12-04T09:00+01:00", "", (datetime(2026, 12, 4, 9, tzinfo=BERLIN), None)),
        ("2026-12-04T09:00+01:00", "2026-12-04T09:00+01:00", (datetime(2026, 12, 4, 9, tzinfo=BERLIN), None)),
        ("2026-12-04T09:00+01:00", "2026-12-01T09:00+01:00", (datetime(2026, 12, 4, 9, tzinfo=BERLIN), None)),
        (
            "2026-12-04T09:00+01:00",
            "2026-12-05",
            (datetime(2026, 12, 4, 9, tzinfo=BERLIN), datetime(2026, 12, 6, tzinfo=BERLIN)),
        ),
        ("2026-07-04T09:00+01:00", "", (datetime(2026, 7, 4, 8, tzinfo=UTC), None)),  # Berlin has +02:00 then
        ("2026-10-25T02:30+02:00", "", (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), None)),  # an hour that comes twice
        ("2026-10-25T02:30+01:00", "", (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), None)),
        ("0001-01-01T12:00Z", "", (datetime(1, 1, 1, 12, tzinfo=UTC), None)),
    ],
)
def test_spans(start: str, end: str, expected: tuple[Any, Any]) -> None:
    """Start and exclusive end are of one kind; a moment is in the zone only if it is told there without doubt."""
    found = times.span(start, end, BERLIN)
    assert found == expected
    assert [getattr(value, "tzinfo", None) for value in found] == [getattr(value, "tzinfo", None) for value in expected]


@pytest.mark.parametrize(
    ("start", "end", "clock", "expected"),
    [
        ("2026-12-04", "", "09:30", "2026-12-04T09:30:00+01:00"),
        ("2026-12-04T09:00-05:00", "", "09:30", "2026-12-04T09:30:00-05:00"),  # in New York
        ("2026-12-04T19:00+01:00", "2026-12-05T02:00+01:00", "00:30", "2026-12-05T00:30:00+01:00"),  # a long night
        ("2026-12-04T19:00+01:00", "2026-12-04T23:00+01:00", "18:30", "2026-12-04T18:30:00+01:00"),  # doors open
        ("2026-03-29T01:00+01:00", "", "09:30", "2026-03-29T09:30:00+02:00"),  # summer time has begun
        ("2026-12-04", "", "2026-12-05", "2026-12-05"),
        ("2026-12-04", "", "", ""),
    ],
)
def test_times_of_sessions(start: str, end: str, clock: str, expected: str) -> None:
    """A time of day is meant where the event is, on its day."""
    event = SimpleNamespace(start=start, end=end)
    assert times.on_the_day(clock, event, BERLIN) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca"]
)
def test_zones_say_what_they_mean(zone: str, ical: Reader) -> None:
    """Read by ical.js, every hour around each change of the clocks is the moment that it was."""
    known = ZoneInfo(zone)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "test")
    calendar.add_component(times.timezone(known, 2026, 2026))
    expected = {}
    begin = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    for at in range(begin, begin + 365 * 86400, 3600):
        moment = times.when(datetime.fromtimestamp(at, known).isoformat(), known)
        near = any(
            datetime.fromtimestamp(at + step, known).utcoffset() != datetime.fromtimestamp(at, known).utcoffset()
            for step in (-14400, 14400)
        )
        if near or at % (86400 * 30) == 0:
            entry = icalendar.Event()
            entry.add("uid", str(at))
            entry.add("dtstart", moment)
            calendar.add_component(entry)
            expected[str(at)] = float(at)
    found = {uid: start for uid, (start, _) in ical.moments(calendar.to_ical()).items()}
    assert found == expected


TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from(";,:\\\n\r\t\"'\0\x7f\u2028\x85"), max_size=120)
HOSTILE = 'BEGIN:VEVENT\r\nUID:x\\n;,"^ END:VCALENDAR \ud800 \U0001f469\u200d\U0001f52c' + "ü" * 80


@given(TEXT, TEXT, TEXT)
@example(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_people_write(ical: Reader, title: str, place: str, name: str) -> None:
    """Any text comes back as it was, but for characters that no content line can hold."""
    session = model.Session(title, "10:00", "", place, (), "")
    event = model.Event(
        "e", title, "pt-BR", "2026-12-04", "", place, "", "talk", (), (), (), "published", (), None, "", b""
    )
    topic = model.TopicCard("t", (("de", name),), "", b"")
    maker = SimpleNamespace(
        settings=SimpleNamespace(
            timezone="Europe/Berlin",
            tag_authority="x.example,2026-05",
            name=name,
            press_office={"name": name, "email": "a@b.example", "phone": ""},
        ),
        languages=("de",),
        default_lang="de",
        address=lambda path, _lang="": f"https://x.example/{path}",
        catalogue=lambda _: SimpleNamespace(gettext=str),
    )
    found = Calendars(maker)  # type: ignore[arg-type]
    data = found.to_follow(ALL, name, (Part(event, True, (Slot(session, ("e", "s"), (name,)),), (name,), (topic,)),))
    lines_are_sound(data)
    [(_, properties, _), (_, slot, _)] = [part for part in ical.parse(data)[2] if part[0] == "vevent"]
    values = {key: value for key, _, _, value in properties}

    def kept(text: str) -> str:
        text = text.translate(dict.fromkeys(map(ord, "\x85\u2028\u2029"), " "))  # some readers end a line there
        text = re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f]", "", text)
        return text.encode("utf-8", "replace").decode()

    assert values["summary"] == {key: value for key, _, _, value in slot}["summary"] == kept(title)
    assert values.get("location", "") == kept(place)
    assert values["categories"] == kept(name)
    assert [str(entry["SUMMARY"]) for entry in entries(data)] == [kept(title)] * 2
