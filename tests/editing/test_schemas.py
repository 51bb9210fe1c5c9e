"""The JSON Schemas: made from the tables, valid, and of one mind with the checks except where no schema can be."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from editing.schema_values import Leaf, as_json, leaf, value, written
from experts import frontmatter, reader
from experts.editing import schemas
from experts.places import kind_of

ROOT = Path(__file__).resolve().parents[2]
PATHS = {
    "expert": "profiles/mara-lindqvist/profile.md",
    "translation": "profiles/mara-lindqvist/profile.en.md",
    "story": "content/stories/2026/cellar.md",
    "topic": "content/topics/heat-pumps.md",
    "hook": "content/hooks/winter.md",
    "event": "content/events/barcamp.md",
}
NEEDED: dict[str, dict[str, Any]] = {
    "expert": {"name": "Mara", "headline": "Explains heat pumps", "topics": ["heat-pumps"]},
    "translation": {"translation_of": "mara-lindqvist"},
    "story": {"title": "A cellar", "date": "2026-10-01", "authors": ["mara-lindqvist"]},
    "topic": {"label": {"de": "Wärmepumpen"}},
    "hook": {"title": "Winter", "date": "2026-11-01"},
    "event": {"title": "Barcamp", "start": "2026-12-01"},
}


@cache
def validator(kind: str) -> Draft7Validator:
    """Return the validator of a kind."""
    return Draft7Validator(schemas.of(kind, "en"))


def quoted(value: Any) -> Any:
    """Return plain data as values for YAML."""
    if isinstance(value, dict):
        return {key: quoted(item) for key, item in value.items()}
    return list(map(quoted, value)) if isinstance(value, list) else leaf(value, False)


def verdicts(kind: str, head: str) -> tuple[bool, list[str]]:
    """Return whether the schema takes a front matter, and the codes of the problems that the reader finds."""
    data = f"---\n{head}---\n{'' if kind == 'topic' else 'Text.'}\n".encode()
    document, problems = frontmatter.parse(PATHS[kind], data)
    assert document is not None
    assert problems == []
    said = reader.read(PATHS[kind], data, ("de", "en")).problems
    return validator(kind).is_valid(as_json(document.head)), [problem.code for problem in said]


@pytest.mark.parametrize("lang", schemas.LANGUAGES)
@pytest.mark.parametrize("kind", schemas.TABLES)
def test_schemas_are_valid(kind: str, lang: str) -> None:
    """Each is a schema of draft 7, says so, and refers to nothing outside: an editor needs no network."""
    found = schemas.of(kind, lang)
    Draft7Validator.check_schema(found)
    assert found["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert set(found["properties"]) == set(schemas.TABLES[kind])
    text = schemas.render(found)
    assert json.loads(text) == found
    assert {ref.split('"')[0] for ref in text.split('"$ref": "')[1:]} <= {
        f"#/definitions/{name}" for name in found["definitions"]
    }


def test_languages_differ_in_words_alone() -> None:
    """The German schemas refuse and allow what the English ones do; every title and description is German."""
    words = ("title", "description", "errorMessage", "patternErrorMessage", "enumDescriptions")

    def split(node: Any, said: list[str], at: str = "") -> Any:
        if isinstance(node, dict):
            names = at in ("properties", "definitions")  # there, keys are names of fields
            said += [str(node[key]) for key in words if key in node and not names]
            return {key: split(item, said, key) for key, item in node.items() if names or key not in words}
        return [split(item, said) for item in node] if isinstance(node, list) else node

    for kind in schemas.TABLES:
        english: list[str] = []
        german: list[str] = []
        assert split(schemas.of(kind, "en"), english) == split(schemas.of(kind, "de"), german)
        same = {one for one, other in zip(english, german, strict=True) if one == other}
        assert same <= {"Format", "Name", "Person", "Status"}


def test_demo_is_accepted() -> None:
    """All files of the demo, which has everything that the format knows, are right by their schemas."""
    wrong = {}
    for path in sorted([*ROOT.glob("profiles/*/*.md"), *ROOT.glob("content/**/*.md")]):
        name = path.relative_to(ROOT).as_posix()
        kind = kind_of(name)[0]
        document, _ = frontmatter.parse(name, path.read_bytes())
        if kind in schemas.TABLES and document:
            wrong[name] = [error.message for error in validator(kind).iter_errors(as_json(document.head))]
    assert len(wrong) > 100
    assert {name: errors for name, errors in wrong.items() if errors} == {}


@pytest.mark.parametrize("empty", ['""', "[]", "{}", "null", "", '[""]', '{de: ""}'])
@pytest.mark.parametrize("kind", schemas.TABLES)
def test_empty_means_absent(kind: str, empty: str) -> None:
    """An optional field may be empty in any way; a required one in none."""
    needed = {name: written(quoted(item)) for name, item in NEEDED[kind].items()}
    optional = {name: empty for name, field in schemas.TABLES[kind].items() if name not in needed}
    if empty == '{de: ""}':  # a name that a group does not know is told to editors; see DIFFERENCES
        optional = {name: item for name, item in optional.items() if schemas.TABLES[kind][name].shape.kind != "group"}
    assert verdicts(kind, "".join(f"{name}: {item}\n" for name, item in (needed | optional).items())) == (True, [])
    for name in needed:
        head = "".join(f"{key}: {item}\n" for key, item in (needed | {name: empty}).items())
        ok, problems = verdicts(kind, head)
        assert not ok
        assert problems or (kind == "translation")  # a translation without any text is none


# What the schema takes and the reader refuses: what no schema can say.
LENIENT = {
    "a day that is not in the calendar": ("story", "updated: 2026-02-29", "date"),
    "one date before another": ("expert", "consent: {given: 2026-05-01, until: 2026-04-01}", "order"),
    "a time zone that there is not": ("expert", "timezone: Mars/Olympus", "timezone"),
    "the check digit of an ORCID iD": ("expert", "links: {orcid: 0000-0002-1825-0098}", "orcid"),
    "a misspelt service": ("expert", "links: {linkedim: 'https://example.com'}", "service"),
    "another folder": ("translation", "translation_of: jonas", "translation-of"),
    "no language of the site": ("topic", "label: {sv: Värmepumpar}", "localised"),
    "the same thing written in two ways": ("expert", "languages: [de-at, de-AT]", "duplicate-item"),
    "how a number was written": ("expert", "topics: [1.5]", "slug"),
    "ports and brackets of an address": ("event", "url: 'https://example.com:http/'", "url"),
}
# What the reader mends or passes over and the schema refuses: wrong in an editor, but harmless.
STRICT = {
    "white space around a choice": ("story", "kind: ' story '"),
    "white space that is folded": ("expert", f"role: 'a{' ' * 130}b'"),
    "copied no-break spaces and dashes": ("expert", 'contact: {phone: "+49\u202f40\u2011123456"}'),
    "empty entries of a full list": ("expert", f"owner: [{', '.join(f'a{n}' for n in range(20))}, '']"),
    "a file's name that is none": ("expert", "portrait: {file: ./}"),
    "more than one empty entry": ("expert", "owner: [a, '', '']"),
    "an unknown name in a group that is empty": ("expert", "absence: {form: ''}"),
    "a translation without any text": ("translation", "translation_of: ''"),
}


@pytest.mark.parametrize("name", LENIENT)
def test_what_no_schema_can_say(name: str) -> None:
    """The list of what a schema lets pass and `check` refuses is true."""
    kind, line, code = LENIENT[name]
    key = line.partition(":")[0]
    needed = {field: written(quoted(item)) for field, item in NEEDED[kind].items() if field != key}
    head = "".join(f"{field}: {item}\n" for field, item in needed.items()) + line + "\n"
    assert verdicts(kind, head) == (True, [code])


@pytest.mark.parametrize("name", STRICT)
def test_what_the_reader_mends(name: str) -> None:
    """The list of what a schema refuses and `check` passes over is true."""
    kind, line = STRICT[name]
    key = line.partition(":")[0]
    needed = {field: written(quoted(item)) for field, item in NEEDED[kind].items() if field != key}
    head = "".join(f"{field}: {item}\n" for field, item in needed.items()) + line + "\n"
    if name == "a translation without any text":
        data = f"---\n{head}---\n".encode()
        assert reader.read(PATHS[kind], data, ("de", "en")).problems == []
        assert not validator(kind).is_valid({"translation_of": ""})
    else:
        assert verdicts(kind, head) == (False, [])


NUMBERS = {"slug", "phone", "date", "focus", "orcid", "url", "empty", "missing"}


def leaves(value: Any) -> list[Leaf]:
    """Return all scalars of a value."""
    if isinstance(value, dict | list):
        return [found for item in (value.values() if isinstance(value, dict) else value) for found in leaves(item)]
    return [value]


def explained(item: Any, codes: list[str]) -> bool:
    """Tell whether it is in LENIENT that the reader refuses a value which the schema takes."""
    texts = leaves(item)
    number = any(text.plain and not isinstance(as_json(frontmatter.Scalar(text, True, 0, 0)), str) for text in texts)
    known = {code for _, _, code in LENIENT.values()} - {"slug", "date", "url"}
    known |= NUMBERS if number else set()
    known |= {"date"} if any(text.startswith("2026-02-29") for text in texts) else set()
    return set(codes) <= known


def harmless(item: Any) -> bool:
    """Tell whether it is in STRICT that the schema refuses a value which the reader takes."""
    if isinstance(item, dict):
        return nothing(item) or any(map(harmless, item.values()))
    if isinstance(item, list):
        return sum(map(nothing, item)) > 1 or any(map(harmless, item))
    return False


def nothing(item: Any) -> bool:
    """Tell whether a value means that nothing is there."""
    return all(frontmatter.Scalar(leaf, leaf.plain, 0, 0).empty for leaf in leaves(item))


FIELDS = [(kind, name) for kind, table in schemas.TABLES.items() for name in table]


@pytest.mark.parametrize("kind", schemas.TABLES)
@settings(max_examples=350, deadline=None)
@given(st.data())
def test_schema_and_reader_agree(kind: str, data: st.DataObject) -> None:
    """On any value of any field, the schema says what the reader says, except for what LENIENT and STRICT list."""
    name = data.draw(st.sampled_from(list(schemas.TABLES[kind])))
    item = data.draw(value(schemas.TABLES[kind][name]))
    head = {key: quoted(needed) for key, needed in NEEDED[kind].items()} | {name: item}
    ok, codes = verdicts(kind, "".join(f"{key}: {written(held)}\n" for key, held in head.items()))
    event(f"schema {ok}, reader {not codes}")
    if ok and codes:
        assert explained(item, codes), codes
    if not ok and not codes:
        assert harmless(item)
