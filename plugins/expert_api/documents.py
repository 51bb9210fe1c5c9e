"""The files as text: JSON that people can read too, a field or a row on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from expert_api import addresses, shapes
from expert_api.fields import Field, Table, shape_of, written
from expert_api.shapes import Shape
from experts import absolute
from experts.site import Site

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class File(NamedTuple):
    """A file: the name of its schema, and where the next part of its list is."""

    site: Site
    schema: str
    next: str = ""


LICENCE: Table[dict[str, str]] = (
    Field("name", shapes.TEXT, "Its name", lambda it: it["name"]),
    Field("url", shapes.ADDRESS, "Address of its text", lambda it: absolute.uri(it["url"])),
)
HEAD: Table[File] = (
    Field("$schema", shapes.ADDRESS, "The schema of this file", lambda it: addresses.schema(it.site, it.schema), True),
    Field(
        "licence",
        shape_of(LICENCE, "Licence"),
        "How the data may be used; pictures have their own",
        lambda it: written(LICENCE, it.site.settings.data_licence),
    ),
)
NEXT: Table[File] = (
    Field("next", shapes.ADDRESS, "The next part of the list; the last part has none", lambda it: it.next),
)


def record_shape(table: Iterable[Field[Any]], title: str, means: str) -> Shape:
    """The shape of the file of a record."""
    return shape_of((*HEAD, *table), title, means)


def listing_shape(row: Shape, title: str, means: str) -> Shape:
    """The shape of a file of a list of rows."""
    items: Field[File] = Field("items", shapes.listed(row), "The rows", lambda _: [], True)
    return shape_of((*HEAD, *NEXT, items), title, means)


def record(site: Site, schema: str, fields: dict[str, Any]) -> str:
    """The file of a record."""
    return text(written(HEAD, File(site, schema)) | fields)


def listing(site: Site, schema: str, following: str, rows: Sequence[dict[str, Any]]) -> str:
    """A file of a list: a row on each line."""
    file = File(site, schema, following)
    items = ",".join([f"\n{_encode(row)}" for row in rows])
    return text(written(HEAD, file) | written(NEXT, file), f'"items": [{items}]')


def text(fields: dict[str, Any], *more: str) -> str:
    """A JSON object, a field on each line; `more` fields come as they are to stand there."""
    lines = [f"{_encode(name)}: {_encode(value)}" for name, value in fields.items()]
    return "{\n" + ",\n".join([*lines, *more]) + "\n}\n"
