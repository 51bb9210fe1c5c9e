"""Files in the form that the web editor writes, so that a save there changes only what was edited.

The form is that of Decap CMS 3.16 (its ``formats/frontmatter.ts`` with the npm packages gray-matter 4 and yaml 1.10): block lists
and groups, two spaces, texts folded at 80 characters, quotes only where needed, the fields of a file in the order of its table.
The order inside of a group, and the text below the fields, stay as they are.
"""

from __future__ import annotations

import re
from typing import Any

from experts import frontmatter, reader, schema
from experts.fields import SWITCHED, Field
from experts.frontmatter import Mapping, Node, Scalar, Sequence
from experts.places import kind_of

from .scalars import key, text

Value = str | bool | int | list[Any] | dict[str, Any]
"""A text, a switch, a number, a list of values, or fields."""

TABLES: dict[str, dict[str, Field]] = {
    "expert": schema.EXPERT,
    "translation": schema.TRANSLATION,
    "story": schema.STORY,
    "topic": schema.TOPIC,
    "hook": schema.HOOK,
    "event": schema.EVENT,
}
"""The fields of each kind of file, in their order."""

_JS_SPACE = " \t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_EMPTY: dict[str, Value] = {"list": [], "focus": [], "group": {}, "localised": {}, "links": {}}
_UTC = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})0*)?Z", re.ASCII)
_NUMBER = re.compile(r"(\d{1,3})(?:\.\d*)?", re.ASCII)


def written(head: dict[str, Value], body: str) -> str:
    """A file with the fields `head`, in their order, and the text `body`; ends with a line end."""
    fields = _fields(head, "").strip(_JS_SPACE)
    opening = f"---\n{fields}\n---\n" if head else ""
    return opening + body + ("\n" if body and not body.endswith("\n") else "")


def formatted(path: str, data: bytes) -> bytes:
    """The file `path`, which has no problems, in the editor's form; data without fields stay as they are.

    A text that ends in several empty lines loses them where it is the last field, and only then is written in the
    short form: hence the second look.
    """
    for _ in range(3):
        document, _problems = frontmatter.parse(path, data)
        if document is None or not document.head.items:
            return data
        found = written(head_of(path, document.head), body_of(document.body)).encode()
        if found == data:
            break
        data = found
    return data


def unchanged(path: str, before: bytes, after: bytes, languages: tuple[str, ...]) -> bool:
    """Whether two versions of a file say the same: record, text and problems."""
    one, two = reader.read(path, before, languages), reader.read(path, after, languages)
    return (one.record, one.html, len(one.problems)) == (two.record, two.html, len(two.problems))


def head_of(path: str, head: Mapping) -> dict[str, Value]:
    """The fields of a file as values, in the order of the table of its kind; what is in no table comes last."""
    table = TABLES[kind_of(path)[0]]
    order = [*[name for name in table if name in head.items], *[name for name in head.items if name not in table]]
    return {name: value_of(head.items[name], table.get(name)) for name in order}


def body_of(body: str) -> str:
    """The text below the fields: without empty lines at its beginning, which an edit of the text would remove.

    One stays before a line that begins with ---, which the editor would take for the beginning of fields.
    """
    if not body.strip(_JS_SPACE):
        return ""
    rest = re.sub(r"\A(?:[ \t]*\n)+", "", body)
    return "\n" + rest if rest.startswith("---") else rest


def value_of(node: Node, field: Field | None = None) -> Value:
    """A node as the editor would read it; what is "absent" in YAML's own way becomes the empty text that the editor writes."""
    shape = field.shape if field else None
    if isinstance(node, Sequence):
        inner = shape.item if shape and shape.kind == "list" else field
        return [value_of(item, inner) for item in node.items]
    if isinstance(node, Mapping):
        table = (shape.table if shape else None) or {}
        item = shape.item if shape and shape.kind == "localised" else None
        return {name: value_of(child, table.get(name, item)) for name, child in node.items.items()}
    return _scalar(node, shape.kind if shape else "")


def _scalar(node: Scalar, kind: str) -> Value:
    if node.plain and node.empty:
        return _EMPTY.get(kind, "")
    if kind == "focus" and node.plain:
        number = _NUMBER.fullmatch(node.text)
        if number:
            return int(number[1])
    if kind == "switch" and node.text.strip() in SWITCHED:
        return SWITCHED[node.text.strip()]
    if kind in ("moment", "clock"):
        moment = _UTC.fullmatch(node.text)
        if moment:  # the editor makes a point in time of it, which has milliseconds
            return f"{moment[1]}.{moment[2] or '':0<3}Z"
    return node.text


def _fields(fields: dict[str, Value], indent: str) -> str:
    """Fields, each on a line of its own or with its value below it."""
    return f"\n{indent}".join([_field(key(name), value, indent) for name, value in fields.items()])


def _field(name: str, value: Value, indent: str) -> str:
    inner = indent + "  "
    if isinstance(value, (list, dict)):
        return f"{name}:\n{inner}{_block(value, inner)}" if value else f"{name}: {_block(value, inner)}"
    source = _text(value, inner, len(name) + 2)
    return f"{name}:{source}" if source.startswith("\n") else f"{name}: {source}"


def _block(value: Value, indent: str) -> str:
    if isinstance(value, dict):
        return _fields(value, indent) if value else "{}"
    if isinstance(value, list):
        return f"\n{indent}".join([f"- {_block(item, indent + '  ')}" for item in value]) if value else "[]"
    return _text(value, indent, 0)


def _text(value: str | bool | int, indent: str, at: int) -> str:
    return text(value, indent, at) if isinstance(value, str) else str(value).lower()
