"""The entry point: what the site is, how its data may be used, and where everything is."""

from __future__ import annotations

from typing import NamedTuple

from expert_api import addresses, documents, shapes
from expert_api.fields import Field, Table, shape_of, written
from expert_api.kinds import KINDS, Kind
from experts import absolute
from experts.site import Site

NAME = "index"
FILE = f"{addresses.FOLDER}{NAME}.json"
OPENAPI = f"{addresses.FOLDER}openapi.json"
PAGE = "developers/"
VERSION = "1.1"
"""The second number grows with each new field, the first one when a field goes or changes its meaning."""


class Entry(NamedTuple):
    """A site, and how many records of each kind there are."""

    site: Site
    counts: tuple[int, ...]


class Collection(NamedTuple):
    """A kind of record of a site, and how many of it there are."""

    site: Site
    kind: Kind
    size: int


ORGANISATION: Table[dict[str, str]] = (
    Field("name", shapes.TEXT, "Name", lambda it: it["name"]),
    Field("url", shapes.ADDRESS, "Website", lambda it: absolute.uri(it["url"])),
)
CONTACT: Table[dict[str, str]] = (
    Field("name", shapes.TEXT, "Name", lambda it: it["name"]),
    Field("email", shapes.EMAIL, "E-mail address", lambda it: it["email"]),
    Field("phone", shapes.TEXT, "Phone number", lambda it: it["phone"]),
    Field("hours", shapes.TEXT, "When somebody answers", lambda it: it["hours"]),
)
COLLECTION: Table[Collection] = (
    Field("name", shapes.TEXT, "Name of the list", lambda it: it.kind.folder, True),
    Field("description", shapes.TEXT, "What is in it", lambda it: it.kind.all, True),
    Field("count", shapes.NUMBER, "How many there are", lambda it: it.size, True),
    Field("url", shapes.ADDRESS, "Address of the list", lambda it: addresses.collection(it.site, it.kind.name), True),
    Field("schema", shapes.ADDRESS, "Schema of the list", lambda it: addresses.schema(it.site, it.kind.folder), True),
    Field(
        "record_url",
        shapes.TEMPLATE,
        "Address of a file, with the short name in place of {slug}",
        lambda it: addresses.template(it.site, it.kind.name),
        True,
    ),
    Field(
        "record_schema", shapes.ADDRESS, "Schema of a file", lambda it: addresses.schema(it.site, it.kind.name), True
    ),
)
TABLE: Table[Entry] = (
    Field("name", shapes.TEXT, "Name of the site", lambda it: it.site.settings.name, True),
    Field("version", shapes.TEXT, "Version of the API", lambda _: VERSION, True),
    Field(
        "url",
        shapes.ADDRESSES,
        "The site, by language",
        lambda it: {lang: addresses.at(it.site, "", lang) for lang in it.site.languages},
        True,
    ),
    Field("languages", shapes.listed(shapes.LANGUAGE), "Languages of the site", lambda it: it.site.languages, True),
    Field("timezone", shapes.TEXT, "Time zone of the site", lambda it: it.site.settings.timezone, True),
    Field(
        "documentation",
        shapes.ADDRESSES,
        "Pages that explain the API, by language",
        lambda it: {lang: addresses.at(it.site, PAGE, lang) for lang in it.site.languages},
        True,
    ),
    Field(
        "openapi", shapes.ADDRESS, "The same for programs (OpenAPI)", lambda it: addresses.at(it.site, OPENAPI), True
    ),
    Field(
        "organisation",
        shape_of(ORGANISATION, "Organisation"),
        "Who publishes the site",
        lambda it: written(ORGANISATION, it.site.settings.organisation),
    ),
    Field(
        "contact",
        shape_of(CONTACT, "Contact"),
        "The press office",
        lambda it: written(CONTACT, it.site.settings.press_office),
    ),
    Field(
        "collections",
        shapes.listed(shape_of(COLLECTION, "Collection")),
        "The lists",
        lambda it: [
            written(COLLECTION, Collection(it.site, kind, size)) for kind, size in zip(KINDS, it.counts, strict=True)
        ],
        True,
    ),
)
SHAPE = documents.record_shape(TABLE, "Index", "The entry point: what there is, and where")


def file(site: Site, counts: tuple[int, ...]) -> str:
    """The file of the entry point."""
    return documents.record(site, NAME, written(TABLE, Entry(site, counts)))
