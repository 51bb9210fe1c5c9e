"""Shapes of values, as JSON Schema (draft 2020-12).

A shape with a `title` is a part of its own: schemas hold it once, and refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Shape = dict[str, Any]

TAG = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"  # the characters of a BCP 47 tag

TEXT: Shape = {"type": "string"}
HTML: Shape = {"type": "string", "contentMediaType": "text/html"}
LANGUAGE: Shape = {"type": "string", "pattern": TAG}
SLUG: Shape = {"type": "string", "pattern": "^[a-z0-9-]+$"}
IDENTIFIER: Shape = {"type": "string", "format": "uri", "pattern": "^tag:"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
TEMPLATE: Shape = {"type": "string", "format": "uri-template"}
EMAIL: Shape = {"type": "string", "format": "idn-email"}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
TIME: Shape = {"type": "string", "anyOf": [*MOMENT["anyOf"], {"pattern": r"^\d\d:\d\d$"}]}
NUMBER: Shape = {"type": "integer", "minimum": 0}
TRUE: Shape = {"const": True}


def choice(options: Iterable[str]) -> Shape:
    """One of some texts."""
    return {"enum": list(options)}


def listed(shape: Shape) -> Shape:
    """A list of values of a shape."""
    return {"type": "array", "items": shape}


def localised(title: str, shape: Shape) -> Shape:
    """Values by language."""
    keys = {"pattern": TAG}
    return {"title": title, "type": "object", "propertyNames": keys, "additionalProperties": shape, "minProperties": 1}


TEXTS = localised("Texts", TEXT)
WORDS = localised("Words", listed(TEXT))
HTMLS = localised("Bodies", HTML)
ADDRESSES = localised("Addresses", ADDRESS)


def notation(shape: Shape) -> str:
    """A shape in short, for people: ``date``, ``Picture``, ``string[]``, ``{language: string}``."""
    if shape.get("additionalProperties"):
        return f"{{language: {notation(shape['additionalProperties'])}}}"
    if "title" in shape:
        return str(shape["title"])
    if shape.get("type") == "array":
        item = notation(shape["items"])
        return f"({item})[]" if " " in item else f"{item}[]"
    if "enum" in shape:
        return " | ".join([f'"{word}"' for word in shape["enum"]])
    formats = [shape.get("format"), *[one.get("format", "time") for one in shape.get("anyOf", ())]]
    return " | ".join(filter(None, formats)).removeprefix("idn-") or str(shape.get("type", "true"))
