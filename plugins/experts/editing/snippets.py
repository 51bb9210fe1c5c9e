"""Snippets of VS Code: the beginning of each kind of file, with places to fill in, made from the tables in `schema`.

The form is that of https://code.visualstudio.com/docs/editor/userdefinedsnippets: ``${1:text}`` is a place with a text that
is typed over, ``${1|a,b|}`` a choice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from experts import texts, wording
from experts.fields import Field
from experts.problems import Translate

from .schemas import TABLES

PATH = ".vscode/files.code-snippets"
NAMES = {"expert": "profile", "hook": "news-event"}
OFFERED = {
    "expert": ("role", "languages", "contact_for", "status"),  # consent is given, never filled in
    "translation": ("headline", "role", "summary"),
    "story": ("summary", "topics", "kind", "status"),
    "topic": ("synonyms",),
    "hook": ("until", "experts", "topics", "status"),
    "event": ("place", "kind", "experts", "status"),
}
"""The fields that a snippet has besides those that are required; with a status, whose first choice is draft, nothing appears unasked."""


def render() -> str:
    """The file with the snippets of all kinds."""
    made = {f"Our Experts: {NAMES.get(kind, kind)}": _snippet(kind) for kind in TABLES}
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _snippet(kind: str) -> dict[str, object]:
    table = TABLES[kind]
    names = [name for name, field in table.items() if field.required or name in OFFERED[kind]]
    places = _Places(kind)
    lines = [line for name in names for line in places.field(name, table[name])]
    body = ["---", *lines, "---", "" if kind == "topic" else "$0"]
    return {
        "scope": "markdown",
        "prefix": NAMES.get(kind, kind),
        "description": f"A new file: {NAMES.get(kind, kind)}",
        "body": body,
    }


class _Places:
    """Numbers the places of a snippet."""

    def __init__(self, kind: str) -> None:
        self.kind, self.number = kind, 0
        self.translate: Translate = texts.fields_in("en").gettext

    def place(self, text: str) -> str:
        """A place to fill in, with a text that is typed over."""
        self.number += 1
        plain = text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}").replace(":", "")
        return f"${{{self.number}:{plain}}}"

    def chosen(self, options: tuple[str, ...]) -> str:
        """A choice."""
        self.number += 1
        return f"${{{self.number}|{','.join(options)}|}}"

    def field(self, name: str, field: Field, path: str = "") -> list[str]:
        """The lines of a field."""
        shape, path = field.shape, path + name
        if shape.kind == "group":
            return [f"{name}:", *self._below(shape.table, path)]
        if shape.kind == "list" and shape.item.shape.kind == "group":
            first, *rest = self._below(shape.item.shape.table, path)
            return [f"{name}:", f"  - {first.strip()}", *[f"  {line}" for line in rest]]
        if shape.kind == "list":
            return [f"{name}:", f"  - {self._value(shape.item, path)}"]
        if shape.kind == "localised":
            inner = shape.item
            lines = self.field("en", inner) if inner.shape.kind == "list" else [f"en: {self._value(inner, path)}"]
            return [f"{name}:", *[f"  {line}" for line in lines]]
        return [f"{name}: {self._value(field, path)}"]

    def _below(self, table: Mapping[str, Field], path: str) -> list[str]:
        kept = {name: field for name, field in table.items() if field.required or name == "angle"}
        return [f"  {line}" for name, field in kept.items() for line in self.field(name, field, f"{path}.")]

    def _value(self, field: Field, path: str) -> str:
        shape = field.shape
        if shape.kind == "choice":
            return self.chosen(shape.options)
        if shape.kind in ("day", "moment"):
            return "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
        if shape.kind == "language":
            return self.place("en")
        if shape.kind == "slug":
            return self.place("short-name")
        known = wording.KINDS[self.kind].get(path)
        return self.place(self.translate(known.label) if known else "text")
