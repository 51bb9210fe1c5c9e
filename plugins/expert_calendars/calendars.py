"""Calendars and their entries: what RFC 5545 and RFC 7986 call VCALENDAR and VEVENT.

Nobody says when an event was last changed, so its DTSTAMP is always the same: the year in which the site began to give
permanent names (`TAG_AUTHORITY`).  A clock would change every file at every build, and the day of the event may lie ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from expert_calendars import times
from experts import identifiers, model, urls
from experts.links import text_of
from experts.site import Site

if TYPE_CHECKING:
    import icalendar

LONGEST = 2000  # characters of a description; clients cut long ones, and the address of the page stands behind it
_ENDS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")  # some readers end a line at these, too
# A content line has no control character but tab and line break.
_CONTROLS = {**dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)]), **_ENDS}


class Slot(NamedTuple):
    """A session with a time of its own, the parts of its permanent name, and the names of its hosts."""

    session: model.Session
    identity: tuple[str, ...]
    hosts: tuple[str, ...]


class Part(NamedTuple):
    """What a calendar takes of an event: itself or not, and sessions."""

    event: model.Event
    whole: bool
    slots: tuple[Slot, ...]
    people: tuple[str, ...]  # names
    topics: tuple[model.TopicCard, ...]


class Calendars:
    """Makes the calendars of a site."""

    def __init__(self, site: Site) -> None:
        """Take the site; what calendars say besides is handed over."""
        self.site = site
        self.zone = ZoneInfo(site.settings.timezone)
        self.host, _, since = site.settings.tag_authority.partition(",")
        self.stamp = datetime(max(1, int(since[:4])), 1, 1, tzinfo=UTC)

    def of_event(self, part: Part) -> bytes:
        """The calendar of one event: without a name, since it goes into another one."""
        return bytes(self._calendar((part,), self._language(part.event)).to_ical())

    def to_follow(self, path: str, owner: str, parts: tuple[Part, ...]) -> bytes:
        """The calendar at `path` that one subscribes to: of all events, or of its owner's."""
        from .text import Text

        lang = self.site.default_lang
        found = self._calendar(parts, lang)
        name = f"{owner or self.site.settings.name}: {self.site.catalogue(lang).gettext('Events')}"
        for property_ in ("name", "x-wr-calname"):  # the latter for clients that do not know RFC 7986
            found.add(property_, Text(plain(name)))
        found.add("source", self.site.address(path), {"VALUE": "URI"})
        found.add("refresh-interval", timedelta(days=1), {"VALUE": "DURATION"})
        found.add("x-published-ttl", "P1D")
        return bytes(found.to_ical())

    def _calendar(self, parts: tuple[Part, ...], lang: str) -> icalendar.Calendar:
        import icalendar  # 80 ms; a build in which no event changes does not need it

        found = icalendar.Calendar()
        found.add("prodid", f"-//{self.host}//Our Experts//{lang.upper()}")
        found.add("version", "2.0")
        found.add("calscale", "GREGORIAN")
        entries = [entry for part in parts for entry in self._entries(part)]
        years = [year for entry in entries for year in times.years(entry, self.zone)]
        if years:
            found.add_component(times.timezone(self.zone, min(years), max(years)))
        for entry in entries:
            found.add_component(entry)
        return found

    def _entries(self, part: Part) -> Iterator[icalendar.Event]:
        event = part.event
        uid = self._uid("event", identifiers.name(event))
        if part.whole:
            text = text_of(self.site.html(event.body.digest)) if event.body else ""
            entry = self._entry(part, uid, event.title, text, part.people, (event.place,))
            times.add(entry, event.start, event.end, self.zone)
            yield entry
        for slot in part.slots:
            session = slot.session
            own = self._uid("session", *slot.identity)
            entry = self._entry(part, own, session.title, "", slot.hosts, (session.room, event.place))
            entry.add("related-to", uid, {"RELTYPE": "PARENT"})
            start, end = [times.on_the_day(value, event, self.zone) for value in (session.start, session.end)]
            times.add(entry, start, end, self.zone)
            yield entry

    def _entry(
        self, part: Part, uid: str, title: str, text: str, people: tuple[str, ...], places: Iterable[str]
    ) -> icalendar.Event:
        import icalendar

        from .text import Text, categories

        event, office = part.event, self.site.settings.press_office
        lang, language = self._language(event), {"LANGUAGE": part.event.lang}
        address = self.site.address(urls.record("event", event.slug), lang)
        whom = self.site.catalogue(lang).gettext("Whom you meet there")
        named = f"{whom}: {', '.join(people)}" if people else ""
        entry = icalendar.Event()
        entry.add("uid", uid)
        entry.add("dtstamp", self.stamp)
        entry.add("summary", Text(plain(title)), language)
        entry.add("description", Text(plain("\n\n".join(filter(None, [_short(text), named, address])))), language)
        entry.add("url", address)
        entry.add("status", "TENTATIVE" if event.status == "draft" else "CONFIRMED")
        if any(places):
            entry.add("location", Text(plain(", ".join(filter(None, places)))), language)
        labels = [plain(label.text) for topic in part.topics if (label := model.pick(topic.label, event.lang))]
        if labels:
            entry.add("categories", categories(labels))
        if office["phone"] or office["email"]:
            entry.add(
                "contact", Text(plain(", ".join(filter(None, [office["name"], office["phone"], office["email"]]))))
            )
        return entry

    def _uid(self, kind: str, *parts: str) -> str:
        """A permanent name as ``digest@host``: clients know that form, and it has no comma that must be escaped."""
        name = identifiers.tag(self.site.settings.tag_authority, kind, *parts).rpartition(":")[2]
        return f"{name.replace('/', '-')}@{self.host}"

    def _language(self, event: model.Event) -> str:
        """The language of the site whose page of an event is in the event's own language; else its first."""
        found = [lang for lang in self.site.languages if model.primary(lang) == model.primary(event.lang)]
        return (found or [self.site.default_lang])[0]


def plain(text: str) -> str:
    """A text without what no content line can hold: control characters, halves of surrogate pairs."""
    return text.translate(_CONTROLS).encode("utf-8", "replace").decode()


def _short(text: str) -> str:
    """A text with its paragraphs, of at most `LONGEST` characters."""
    text = re.sub(r"\s+", lambda found: "\n\n" if found[0].count("\n") > 1 else found[0], text).strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 2].rpartition(" ")[0] + " …"
