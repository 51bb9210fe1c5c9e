"""People with a word of their own in every field, so that whatever is shown of somebody is known for theirs."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase
from typing import Any, NamedTuple

from factory import TODAY, Site
from pictures import saved
from PIL import Image

CHANNELS = ("site", "search-engines", "feeds", "press-kit", "images", "ai")
EVERYTHING = {"given": "2026-05-01", "text": "2026-1", "channels": list(CHANNELS)}
SHOWN = {f"without-{channel}": [one for one in CHANNELS if one != channel] for channel in CHANNELS[1:]}
SHOWN |= {"everything": list(CHANNELS), "the-site-alone": ["site"]}
"""Who is on the site, with the channels that they agreed to."""
HIDDEN: dict[str, dict[str, Any]] = {
    "without-site": {"consent": {**EVERYTHING, "channels": list(CHANNELS[1:])}},
    "nothing-given": {"consent": None},
    "an-empty-group": {"consent": {}},
    "no-channel": {"consent": {**EVERYTHING, "channels": []}},
    "withdrawn": {"consent": {**EVERYTHING, "withdrawn": True}},
    "over": {"consent": {**EVERYTHING, "until": "2026-11-22"}},
    "not-yet": {"consent": {**EVERYTHING, "given": "2026-11-24"}},
    "old-text": {"consent": {**EVERYTHING, "text": "2020-1"}},
    "left": {"status": "left"},
    "left-today": {"left": TODAY},
    "paused": {"status": "paused"},
    "a-draft": {"status": "draft"},
}
"""Who is not on the site, and why."""
SETTINGS = {"CONSENT_TEXTS": {"hide_after": 30}, "SITEURL": "https://experts.example"}


class Person(NamedTuple):
    """Somebody of a test: what they stand for, and the letters that stand in all that is said of them."""

    case: str
    key: str
    number: int
    channels: frozenset[str]

    @property
    def slug(self) -> str:
        """The short name."""
        return f"{self.key}-slug"

    @property
    def phone(self) -> str:
        """The telephone number, of which no part is anybody else's."""
        return f"+49 40 97531{self.number:02}"

    def word(self, field: str) -> str:
        """The word in a field."""
        return f"{self.key}{field}"

    @property
    def traces(self) -> tuple[bytes, ...]:
        """What must not stand anywhere: without their first letter, which an index of words may leave out."""
        return self.key[1:].encode(), self.phone.replace(" ", "").encode(), self.phone.encode()


def people() -> list[Person]:
    """Everybody, each with letters of their own."""
    cases = [(case, frozenset(channels)) for case, channels in SHOWN.items()] + [(case, frozenset()) for case in HIDDEN]
    return [
        Person(case, f"{letter}qx{letter * 2}zv", number, channels)
        for number, ((case, channels), letter) in enumerate(zip(cases, ascii_lowercase, strict=False))
    ]


def fill(site: Site, everybody: list[Person], open_to_all: bool = False) -> None:
    """Write all of them, each named by all others in every way that there is; `open_to_all`: as if they all had agreed."""
    site.topic("heat")
    for version, day in (("2020-1", "2020-01-01"), ("2026-1", "2026-01-01")):
        site.page(f"consent-{version}", "Consent", "Text.", Consent=version, Date=day)
    for number, person in enumerate(everybody):
        fields: dict[str, Any] = {"consent": {**EVERYTHING, "channels": sorted(person.channels)}}
        fields = fields if person.channels else HIDDEN[person.case]
        _profile(site, person, everybody[number - 1], {} if open_to_all else fields)
        _texts(site, person)
    slugs = [person.slug for person in everybody]
    angles = [{"expert": person.slug, "angle": person.word("angle")} for person in everybody]
    links = "".join([f"[jemand](expert:{slug}) [etwas](story:{slug}-story) " for slug in slugs])
    site.hook("winter", experts=angles)
    sessions = [
        {"title": f"Teil {slug[:1]}", "start": "10:00", "hosts": [slug], "story": f"{slug}-story"} for slug in slugs
    ]
    site.event("barcamp", experts=slugs, sessions=sessions)
    site.story("boiler", links, authors=[slugs[0], "host"])
    site.profile("host", links, consent=EVERYTHING)
    site.page("about", "About", links)


def _profile(site: Site, person: Person, deputy: Person, fields: dict[str, Any]) -> None:
    word = person.word
    head = {
        "name": f"{word('given')} {word('family')}",
        "headline": word("headline"),
        "role": word("role"),
        "department": word("department"),
        "location": word("location"),
        "pronouns": word("pronouns"),
        "pronunciation": word("pronunciation"),
        "contact_for": [word("asked")],
        "response": word("response"),
        "contact": {"email": f"{word('mail')}@mail.example", "phone": person.phone},
        "links": {"website": f"https://{word('web')}.example/", "mastodon": f"https://social.example/@{word('fedi')}"},
        "feeds": [{"url": f"https://{word('feed')}.example/feed.xml"}],
        "portrait": {"file": "portrait.png", "alt": word("alt"), "credit": word("credit"), "licence": word("licence")},
        "media": [{"title": word("media"), "outlet": word("outlet"), "url": f"https://{word('medium')}.example/"}],
        "summary": word("summary"),
        "interests": word("interests"),
        "absence": {"until": "2026-12-31", "deputy": deputy.slug},
        "owner": [word("owner")],
        "aliases": [f"{person.key}-alias"],
        "consent": EVERYTHING,
    }
    folder = f"profiles/{person.slug}"
    site.profile(person.slug, f"{word('biography')}\n\n![]({word('picture')}.png)\n[x](talk.pdf)\n", **head | fields)
    translated = {name: word(f"english{name}") for name in ("headline", "role", "department", "summary", "interests")}
    site.translation(person.slug, "en", f"{word('englishbiography')}\n", **translated)
    site.put(f"{folder}/portrait.png", picture(person.number))
    site.put(f"{folder}/{word('picture')}.png", picture(100 + person.number))
    site.put(f"{folder}/talk.pdf", f"%PDF-1.4 {word('pdf')}")


def picture(number: int) -> bytes:
    """A picture that is like no other."""
    pixels = Random(number).randbytes(9 * 9 * 3)
    return saved(Image.frombytes("RGB", (9, 9), pixels).resize((90, 90)))


def _texts(site: Site, person: Person) -> None:
    """A story by the person alone."""
    word = person.word
    fields = {"title": word("title"), "summary": word("teaser"), "share": word("share"), "authors": [person.slug]}
    site.story(f"{person.slug}-story", f"{word('story')}\n", kind="statement", **fields)
