"""Fields: a table for each kind of record, from which its files and its JSON Schema are both made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from expert_api.shapes import Shape

Subject = TypeVar("Subject")


class Field(NamedTuple, Generic[Subject]):
    """A field of a JSON object."""

    name: str
    shape: Shape
    means: str  # English, and a msgid of the theme
    of: Callable[[Subject], Any]  # its value; an empty one is left out
    always: bool = False  # it is never left out


Table = tuple[Field[Subject], ...]


def written(table: Table[Subject], subject: Subject) -> dict[str, Any]:
    """The JSON object of a subject."""
    return {field.name: value for field in table if (value := field.of(subject)) or field.always}


def shape_of(table: Iterable[Field[Any]], title: str, means: str = "") -> Shape:
    """The closed JSON Schema of a table's objects; of two fields of one name the later one counts."""
    fields = {field.name: field for field in table}
    return {
        "title": title,
        **({"description": means} if means else {}),
        "type": "object",
        "properties": {name: {**field.shape, "description": field.means} for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.always],
        "additionalProperties": False,
    }
