"""What fields are called: every field of the format has a label and a help, in English and in German."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from experts import schema, texts, wording
from experts.fields import Field

TABLES = {
    "expert": schema.EXPERT,
    "translation": schema.TRANSLATION,
    "story": schema.STORY,
    "topic": schema.TOPIC,
    "hook": schema.HOOK,
    "event": schema.EVENT,
}


def paths(table: dict[str, Field], before: str = "") -> Iterator[tuple[str, Field]]:
    """Every field of a table, with those of groups and of lists of groups below it."""
    for name, field in table.items():
        yield before + name, field
        inner = field.shape.item if field.shape.kind == "list" else field
        if inner.shape.table:
            yield from paths(inner.shape.table, f"{before}{name}.")


FIELDS = [(kind, path, field) for kind, table in TABLES.items() for path, field in paths(table)]


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, path, _ in FIELDS])
def test_every_field_is_explained(kind: str, path: str) -> None:
    """Whoever fills in a form reads what a field is called and what belongs into it, in their language."""
    german = texts.fields_in("de").gettext
    for english in wording.words(kind, path):
        assert english
        assert german(english)
    assert wording.help(kind, path)[-1] in ".?"


def test_nothing_else_is_explained() -> None:
    """A field that is gone takes its words with it."""
    known = {(kind, path) for kind, path, _ in FIELDS}
    lists = {(kind, f"{path}.") for kind, path, _ in FIELDS}
    assert {(kind, path) for kind, table in wording.KINDS.items() for path in table} - known - lists == set()


def test_every_option_has_a_name() -> None:
    """No form shows an option by its code alone."""
    for _, path, field in FIELDS:
        inner = field.shape.item if field.shape.kind == "list" else field
        for value in inner.shape.options if inner.shape.kind == "choice" else ():
            assert wording.option(path, value)


def test_german_is_complete_and_fresh() -> None:
    """The German catalogue has exactly the texts of the table."""
    english = {text for table in wording.KINDS.values() for words in table.values() for text in words}
    english |= {name for options in wording.OPTIONS.values() for name in options.values()}
    with open(f"{texts.HERE}/locale/de/LC_MESSAGES/fields.po", "rb") as file:
        german = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    assert set(german) == english
    assert all(german.values())
