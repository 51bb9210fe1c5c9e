"""Which fields each kind of file has, and their rules: one table for each."""

from __future__ import annotations

import re

from . import addresses as a
from . import fields as f
from . import model

FORMATS = ("tv", "radio", "podcast", "print", "talk", "background")
STORY_KINDS = ("story", "statement", "interview", "talk", "press", "podcast", "video")
EVENT_KINDS = ("barcamp", "talk", "webinar", "conference")
STATUS = ("draft", "published", "paused", "left")

_consent = f.group(
    {
        "given": f.day(required=True),
        "text": f.text(40),
        "channels": f.items(f.choice(model.CHANNELS)),
        "until": f.day(),
        "withdrawn": f.switch(),
    },
    lambda v: model.Consent(v["given"], v["text"], v["channels"], v["until"], v["withdrawn"]),
)
_absence = f.group(
    {"from": f.day(), "until": f.day(), "deputy": f.slug()},
    lambda v: model.Absence(v["from"], v["until"], v["deputy"]),
)
_portrait = f.group(
    {
        "file": f.beside(),
        "alt": f.text(300),
        "credit": f.text(200),
        "licence": f.text(100),
        "focus": f.focus(),
    },
    lambda v: v,
)
_picture = f.group({"file": f.beside(), "alt": f.text(300), "credit": f.text(200), "licence": f.text(100)}, lambda v: v)
_medium = f.group(
    {
        "title": f.text(300, required=True),
        "outlet": f.text(120),
        "date": f.day(),
        "url": a.url(),
        "language": f.language(),
        "format": f.text(40),
    },
    lambda v: model.Medium(v["title"], v["outlet"], v["date"], v["url"], v["language"], v["format"]),
)
_feed = f.group(
    {"url": a.url(required=True), "kind": f.text(40)},
    lambda v: model.Feed(v["url"], v["kind"]),
)
_session = f.group(
    {
        "title": f.text(200, required=True),
        "start": f.clock_or_moment(),
        "end": f.clock_or_moment(),
        "room": f.text(100),
        "hosts": f.items(f.slug()),
        "story": f.slug(),
    },
    lambda v: model.Session(v["title"], v["start"], v["end"], v["room"], v["hosts"], v["story"]),
)
_angle = f.group(
    {"expert": f.slug(required=True), "angle": f.text(300)},
    lambda v: model.Angle(v["expert"], v["angle"]),
)
_contact = f.group({"email": a.email(), "phone": a.phone()}, lambda v: v)

_role, _department, _summary, _interests = f.text(120), f.text(120), f.text(400), f.text(600)
_contact_for = f.items(f.text(120), most=20)

# The order is that of the forms of the web editor, and of the fields in the files.
EXPERT: dict[str, f.Field] = {
    "name": f.text(100, required=True),
    "lang": f.language(),
    "headline": f.text(140, required=True),
    "role": _role,
    "department": _department,
    "location": f.text(80),
    "timezone": f.timezone(),
    "pronouns": f.text(40),
    "pronunciation": f.text(120),
    "languages": f.items(f.language(), most=20),
    "topics": f.items(f.slug(), most=10, required=True),
    "contact_for": _contact_for,
    "formats": f.items(f.choice(FORMATS)),
    "response": f.text(100),
    "contact": _contact,
    "links": a.links(model.Link),
    "feeds": f.items(_feed, most=20),
    "portrait": _portrait,
    "media": f.items(_medium, most=200),
    "summary": _summary,
    "interests": _interests,
    "absence": _absence,
    "owner": f.items(f.text(100), most=20),
    "consent": _consent,
    "confirmed": f.day(),
    "status": f.choice(STATUS, default="published"),
    "left": f.day(),
    "aliases": f.items(f.slug(), most=20),
}
TRANSLATION: dict[str, f.Field] = {
    "translation_of": f.slug(required=True),
    "headline": f.text(140),
    "role": _role,
    "department": _department,
    "contact_for": _contact_for,
    "portrait": f.group({"alt": f.text(300)}, lambda v: v),
    "summary": _summary,
    "interests": _interests,
}
STORY: dict[str, f.Field] = {
    "title": f.text(200, required=True),
    "date": f.moment(required=True),
    "authors": f.items(f.slug(), most=8, required=True),
    "topics": f.items(f.slug(), most=20),
    "lang": f.language(),
    "summary": f.text(300),
    "kind": f.choice(STORY_KINDS, default="story"),
    "image": _picture,
    "original": a.url(),
    "embed": a.url(),
    "until": f.day(),
    "share": f.text(1000),
    "translation_of": f.slug(),
    "updated": f.moment(),
    "status": f.choice(("draft", "published"), default="published"),
    "aliases": f.items(f.slug(), most=20),
}
# What a translation does not repeat, it takes from its original.
STORY_TRANSLATION = {**STORY, "date": f.moment(), "authors": f.items(f.slug(), most=8)}
TOPIC: dict[str, f.Field] = {
    "label": f.localised(f.text(80), required=True),
    "synonyms": f.localised(f.items(f.text(80), most=100)),
    "broader": f.slug(),
    "wikidata": f.pattern(
        re.compile(r"Q[1-9]\d*"), "wikidata", "{value} is not a Wikidata item", "Q and a number, like Q179291"
    ),
    "description": f.localised(f.text(2000)),
    "aliases": f.items(f.slug(), most=20),
}
HOOK: dict[str, f.Field] = {
    "title": f.text(200, required=True),
    "date": f.moment(required=True),
    "until": f.day(),
    "experts": f.items(_angle, most=50),
    "topics": f.items(f.slug(), most=20),
    "lang": f.language(),
    "status": f.choice(("draft", "published"), default="published"),
    "aliases": f.items(f.slug(), most=20),
}
EVENT: dict[str, f.Field] = {
    "title": f.text(200, required=True),
    "start": f.moment(required=True),
    "end": f.moment(),
    "place": f.text(200),
    "url": a.url(),
    "kind": f.choice(EVENT_KINDS, default="talk"),
    "experts": f.items(f.slug(), most=200),
    "topics": f.items(f.slug(), most=20),
    "sessions": f.items(_session, most=300, unique=False),
    "lang": f.language(),
    "status": f.choice(("draft", "published"), default="published"),
    "aliases": f.items(f.slug(), most=20),
}
