"""What the file of an expert says that the list does not: the whole profile, as far as the site shows it."""

from __future__ import annotations

from typing import NamedTuple

from expert_api import references, shapes
from expert_api.fields import Field, Table, shape_of, written
from experts import absolute, model, schema
from experts.site import Site


class Record(NamedTuple):
    """What the tables below read."""

    site: Site
    expert: model.Expert
    away: bool
    deputy: references.People
    related: references.Related
    html: dict[str, str]  # by language
    confirmed: dict[str, str]  # address of a link -> day


LINK: Table[tuple[model.Link, str]] = (
    Field("service", shapes.TEXT, "Name of the service", lambda it: it[0].kind, True),
    Field("url", shapes.ADDRESS, "Address of the profile there", lambda it: absolute.uri(it[0].url)),
    Field("label", shapes.TEXT, "Name there", lambda it: it[0].label),
    Field("confirmed", shapes.DAY, "When the profile there was last seen to link back", lambda it: it[1]),
)
MEDIUM: Table[model.Medium] = (
    Field("title", shapes.TEXT, "Title", lambda it: it.title, True),
    Field("outlet", shapes.TEXT, "Newspaper, station or programme", lambda it: it.outlet),
    Field("date", shapes.DAY, "When it was published", lambda it: it.date),
    Field("url", shapes.ADDRESS, "Its address", lambda it: absolute.uri(it.url)),
    Field("language", shapes.LANGUAGE, "Its language", lambda it: it.language),
    Field("format", shapes.TEXT, "Its format", lambda it: it.format),
)
ABSENCE: Table[Record] = (
    Field("until", shapes.DAY, "Last day of it", lambda it: it.expert.absence and it.expert.absence.until),
    Field(
        "deputy",
        references.PERSON_SHAPE,
        "Who answers in the meantime",
        lambda it: next(iter(references.people(it.site, it.deputy)), None),
    ),
)


MORE: Table[Record] = (
    Field("department", shapes.TEXTS, "Where in the organisation", lambda it: dict(it.expert.pairs("department"))),
    Field("pronouns", shapes.TEXT, "Pronouns", lambda it: it.expert.pronouns),
    Field("pronunciation", shapes.TEXT, "How to say the name", lambda it: it.expert.pronunciation),
    Field("timezone", shapes.TEXT, "Time zone, by its name in the IANA database", lambda it: it.expert.timezone),
    Field("summary", shapes.TEXTS, "Short biography, to copy", lambda it: dict(it.expert.pairs("summary"))),
    Field("biography_html", shapes.HTMLS, "Biography, as HTML", lambda it: it.html),
    Field("contact_for", shapes.WORDS, "What to ask for", lambda it: dict(it.expert.pairs("contact_for"))),
    Field(
        "formats",
        shapes.listed(shapes.choice(schema.FORMATS)),
        "What the person is available for",
        lambda it: it.expert.formats,
    ),
    Field("response", shapes.TEXT, "How soon the person answers", lambda it: it.expert.response),
    Field("email", shapes.EMAIL, "E-mail address; without one, ask the press office", lambda it: it.expert.email),
    Field("phone", shapes.TEXT, "Phone number", lambda it: it.expert.phone),
    Field(
        "absence",
        shape_of(ABSENCE, "Absence"),
        "Until when the person is away, and who answers instead",
        lambda it: written(ABSENCE, it) if it.away else None,
    ),
    Field(
        "links",
        shapes.listed(shape_of(LINK, "Link")),
        "Profiles elsewhere",
        lambda it: [written(LINK, (link, it.confirmed.get(link.url, ""))) for link in it.expert.links],
    ),
    Field(
        "media",
        shapes.listed(shape_of(MEDIUM, "Appearance")),
        "Appearances in the media",
        lambda it: [written(MEDIUM, medium) for medium in it.expert.media],
    ),
    Field("interests", shapes.TEXTS, "Disclosure of interests", lambda it: dict(it.expert.pairs("interests"))),
    Field(
        "confirmed", shapes.DAY, "When the person last said that all of this is correct", lambda it: it.expert.confirmed
    ),
    *references.RELATED,
)
