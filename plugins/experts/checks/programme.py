"""Hints that follow from the day and from how records refer to each other: what is old, what is missing, what nobody uses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import unquote

from experts import model, renewal
from experts.directory import Directory
from experts.problems import Problem
from experts.relate import Records, bodies
from experts.visibility import why_hidden

from .gather import Gathered

YEAR = 365
OUTDATED = "consent-outdated"
"""The one that is no hint: it says since when something should have been done, and stops no build."""
PRINT = (800, 1000)  # pixels: 7 by 8.5 cm at 300 to the inch, as newspapers print a face


class Known(NamedTuple):
    """What the hints are made from; days are ISO dates."""

    records: Records
    directory: Directory
    gathered: Gathered
    today: str
    texts: tuple[renewal.Text, ...] = ()  # of consent
    terms: renewal.Terms = renewal.Terms()

    def at(self, path: str, *names: str) -> tuple[int, int]:
        """The place of the first of some fields that a file has; its first field's line else."""
        places = self.gathered.places.get(path, {})
        return next((places[name] for name in names if name in places), (2, 1) if places else (0, 0))

    def day(self, days: int) -> str:
        """The day so many days from today."""
        return (date.fromisoformat(self.today) + timedelta(days)).isoformat()


def hints(known: Known) -> Iterator[Problem]:
    """All of them, those about single files too; none about who has left."""
    latest = _latest_stories(known)
    gone = {expert.slug for expert in known.records.experts.values() if has_left(expert, known.today)}
    for hint in known.gathered.hints:
        words = hint.path.split("/", 2)
        if words[0] != "profiles" or words[1] not in gone:
            yield hint
    for expert in known.records.experts.values():
        if expert.slug in gone:
            continue
        if not why_hidden(expert, known.directory.rules._replace(drafts=True, ended=())):
            yield from _of_text(expert, known)
        yield from _of_consent(expert, known)
        yield from _of_portrait(expert, known)
        if known.directory.expert(expert.slug):
            yield from _of_age(expert, known)
            if "story" not in known.gathered.broken:
                yield from _of_stories(expert, latest.get(expert.slug, ""), known)
    yield from _of_topics(known)
    yield from _unused_files(known)


def has_left(expert: model.Expert, today: str) -> bool:
    """Whether somebody does not belong to the organisation any more."""
    return expert.status == "left" or bool(expert.left and expert.left <= today)


def _of_age(expert: model.Expert, known: Known) -> Iterator[Problem]:
    """Not looked through for a year; who has never confirmed anything did so with their consent."""
    last = expert.confirmed or (expert.consent.given if expert.consent else "")
    if last and last < known.day(-YEAR):
        message, hint = (
            "nobody has said since {date} that this profile is still right",
            "read it through and write confirmed: {today}",
        )
        place = known.at(expert.source, "confirmed", "name")
        yield Problem(expert.source, *place, "not-confirmed", message, hint, {"date": last, "today": known.today})


def _of_text(expert: model.Expert, known: Known) -> Iterator[Problem]:
    """A newer text asks for consent anew: a hint at first, a problem (`OUTDATED`) when it has done so for long enough."""
    consent = expert.consent
    if consent is None or not known.texts:
        return
    place = known.at(expert.source, "consent.text", "consent.given")
    if not consent.text:
        message, hint = (
            "it is not said to which text the consent was given",
            "write text: with its version, one of {known}",
        )
        values = {"known": ", ".join(text.version for text in reversed(known.texts))}
        yield Problem(expert.source, *place, "consent-no-text", message, hint, values)
    asked = renewal.renewal(consent.text, known.texts, known.terms, known.today)
    if asked is None:
        return
    hint = "ask the person to read it, and write text: {version} and the day as given:"
    values = {"version": asked.text.version, "text": consent.text, "date": asked.text.date}
    if asked.by and asked.by < known.today:
        message = "the consent is to the text {text}; since {date} there is a newer one, {version}"
        values["date"] = asked.since
        yield Problem(expert.source, *place, "consent-outdated", message, hint, values)
    else:
        message = "there is a newer text of consent, {version} of {date}"
        yield Problem(expert.source, *place, "consent-renewal", message, hint, values)


def _of_consent(expert: model.Expert, known: Known) -> Iterator[Problem]:
    until = expert.consent.until if expert.consent else ""
    if until and known.today <= until <= known.day(renewal.ENDS_SOON):
        message, hint = (
            "consent ends on {date}",
            "ask for it again in time, or let it end: the profile then goes by itself",
        )
        yield Problem(
            expert.source, *known.at(expert.source, "consent.until"), "consent-ends", message, hint, {"date": until}
        )


def _of_portrait(expert: model.Expert, known: Known) -> Iterator[Problem]:
    if not expert.portrait:
        return
    file = expert.portrait.file
    size = known.gathered.sizes.get(f"{posixpath.dirname(expert.source)}/{file}", (0, 0))
    if min(size) and (min(size) < PRINT[0] or max(size) < PRINT[1]):
        message, hint = (
            "{file} is too small for print: {width} × {height} pixels",
            "at least 800 × 1000 pixels, best 2000 × 2500",
        )
        values = {"file": file, "width": size[0], "height": size[1]}
        yield Problem(expert.source, *known.at(expert.source, "portrait.file"), "portrait-small", message, hint, values)


def _latest_stories(known: Known) -> dict[str, str]:
    """The day of each person's newest story that is out."""
    latest: dict[str, str] = {}
    for story in known.records.stories.values():
        day = story.date[:10]
        if story.status == "published" and day <= known.today:
            for author in story.authors:
                latest[author] = max(latest.get(author, ""), day)
    return latest


def _of_stories(expert: model.Expert, last: str, known: Known) -> Iterator[Problem]:
    """No story for a year; who has just begun has a year's time."""
    began = expert.consent.given if expert.consent else ""
    place = known.at(expert.source, "name")
    hint = "a few sentences about something from your work are enough"
    if last and last < known.day(-YEAR):
        yield Problem(expert.source, *place, "no-story", "the last story is of {date}", hint, {"date": last})
    elif not last and began < known.day(-YEAR):
        yield Problem(expert.source, *place, "no-story", "there is no story yet", hint)


def _of_topics(known: Known) -> Iterator[Problem]:
    """Topics that searches do not find, and topics about which nobody can be asked, themselves or narrower ones."""
    taken: set[str] = set()
    for expert in known.directory.experts:
        for slug in expert.topics:
            while slug and slug not in taken:
                taken.add(slug)
                above = known.records.topics.get(slug)
                slug = above.broader if above else ""  # noqa: PLW2901 - upwards
    for topic in known.records.topics.values():
        place = known.at(topic.source, "synonyms", "label")
        if not topic.synonyms:
            message, hint = (
                "this topic has no other words",
                "add synonyms: the words that people use who do not know the subject",
            )
            yield Problem(topic.source, *place, "topic-synonyms", message, hint)
        if topic.slug not in taken and "expert" not in known.gathered.broken:
            message, hint = "nobody can be asked about this topic", "win somebody for it, or remove the topic"
            yield Problem(topic.source, *place, "topic-experts", message, hint)


def _unused_files(known: Known) -> Iterator[Problem]:
    """Files beside a profile that nothing names. A profile with problems is left alone: what it names is not known."""
    named: dict[str, set[str]] = {}
    for expert in known.records.experts.values():
        if has_left(expert, known.today):
            continue
        named[posixpath.dirname(expert.source)] = {expert.portrait.file} if expert.portrait else set()
    for path, body in bodies(known.records):
        if posixpath.dirname(path) in named:
            named[posixpath.dirname(path)] |= {unquote(link[5:]) for link in body.links if link.startswith("file:")}
    for path in known.records.files:
        words = path.split("/", 2)
        files = named.get("/".join(words[:2])) if words[0] == "profiles" and len(words) > 2 else None
        if files is not None and words[2] not in files:
            message, hint = "nothing uses the file {file}", "delete it, or name it in the profile"
            yield Problem(path, 0, 0, "unused-file", message, hint, {"file": words[2]})
