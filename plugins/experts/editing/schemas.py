"""JSON Schemas (draft 7) of the front matter of each kind of file, made from the tables in `schema`.

Draft 7, since it is the newest one that the YAML language server of VS Code, and with it most other editors, understands.
``patternErrorMessage`` and ``enumDescriptions`` are its additions; validators that do not know them pass over them.

What a schema cannot say stays with ``check``: whether a short name exists, whether a day is in the calendar, whether one date lies
before another, and whatever needs the settings, the text or other files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from experts import schema, texts
from experts.fields import Field

from .shapes import Schema, Words, definitions, filled, properties

TABLES: dict[str, Mapping[str, Field]] = {
    "expert": schema.EXPERT,
    "translation": schema.TRANSLATION,
    "story": schema.STORY,
    "topic": schema.TOPIC,
    "hook": schema.HOOK,
    "event": schema.EVENT,
}
LANGUAGES = ("en", "de")
MADE = "Made by: python3 tasks.py schema"
"""The comment that each schema bears."""


def path(kind: str, lang: str) -> str:
    """Where the schema of a kind lies, below the top of the checkout; English is what most tools expect."""
    return f"schema/{kind}.schema.json" if lang == LANGUAGES[0] else f"schema/{lang}/{kind}.schema.json"


def files() -> dict[str, str]:
    """All schemas: path -> content."""
    return {path(kind, lang): render(of(kind, lang)) for lang in LANGUAGES for kind in TABLES}


def of(kind: str, lang: str) -> Schema:
    """The schema of a kind of file, with titles and descriptions in a language."""
    words = Words(kind, texts.fields_in(lang).gettext, texts.problems_in(lang).gettext)
    # What the translation of a story does not repeat, it takes from its original.
    table = schema.STORY_TRANSLATION if kind == "story" else TABLES[kind]
    found = properties(table, words, required=True)
    rules: Schema = {"required": [name for name, field in table.items() if field.required]}
    if kind == "expert":
        found["portrait"] |= _all_or_none("file", "alt", "credit", "licence")
    elif kind == "story":
        found["image"] |= {"if": filled("file"), "then": filled("alt")}
        own = [name for name, field in schema.STORY.items() if field.required and not table[name].required]
        rules |= {"if": filled("translation_of"), "else": filled(*[name for name in own if name != "authors"])}
        rules |= {"anyOf": [filled(name) for name in ("translation_of", "authors", "former_authors")]}
    email = schema.EXPERT["contact"].shape.table["email"].shape.pattern
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": MADE,
        "title": _title(kind, words),
        "type": "object",
        "properties": found,
        "additionalProperties": False,
        **rules,
        "definitions": definitions(email, words),
    }


def render(found: Schema) -> str:
    """A schema as the text of a file."""
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _title(kind: str, words: Words) -> str:
    translate = words.of_messages
    titles = {
        "expert": translate("The fields of a profile"),
        "translation": translate("The fields of a translated profile"),
        "story": translate("The fields of a story"),
        "topic": translate("The fields of a topic"),
        "hook": translate("The fields of a news event"),
        "event": translate("The fields of an event"),
    }
    return titles[kind]


def _all_or_none(*names: str) -> Schema:
    """The condition that of some fields of a group, all are there if one is."""
    return {"if": {"anyOf": [filled(name) for name in names]}, "then": filled(*names)}
