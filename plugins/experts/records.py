"""Records from plain data, and the places of values in their files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import model
from .source import read

if TYPE_CHECKING:
    from .frontmatter import Node

_CLASSES = {name: value for name, value in vars(model).items() if isinstance(value, type) and issubclass(value, tuple)}


def _restorer(cls: Any) -> Callable[[Any], Any]:
    """A function that makes a record of `cls`, with all records inside it, from nested tuples."""
    inner = []
    for index, value in enumerate(cls.__annotations__.values()):
        annotation = getattr(value, "__forward_arg__", str(value))
        names = [name for name in re.findall(r"\w+", annotation) if name in _CLASSES and name != cls.__name__]
        if names:
            inner.append((index, _restorer(_CLASSES[names[0]]), annotation.startswith("tuple[")))
    make: Callable[[Any], Any] = cls._make
    if not inner:
        return make

    def restore(row: Any) -> Any:
        values = list(row)
        for index, function, many in inner:
            value = values[index]
            if value is not None:
                values[index] = tuple([function(item) for item in value]) if many else function(value)
        return make(values)

    return restore


_RESTORERS = {
    "expert": _restorer(model.Expert),
    "story": _restorer(model.Story),
    "topic": _restorer(model.Topic),
    "hook": _restorer(model.Hook),
    "event": _restorer(model.Event),
    "page": _restorer(model.Page),
}
_text = _restorer(model.ExpertText)


def restore(kind: str, row: Any) -> Any:
    """The record of which `model.plain` made `row`."""
    if kind == "translation":
        return row[0], _text(row[1])
    if kind == "proofs":
        return row
    return _RESTORERS[kind](row)


def locate(path: str, names: tuple[str, ...], value: str) -> tuple[int, int]:
    """The line and column of `value` below the fields `names` of a file, or in its body without names; (0, 0) if unknown."""
    from . import frontmatter  # only where something is wrong

    try:
        data = read(path)
    except OSError:
        return 0, 0
    document, _ = frontmatter.parse(path, data)
    if document is None:
        return _in_text(data.decode("utf-8", "replace"), value, 1) or (0, 0)
    if not names:
        return _in_text(document.body, value, document.body_line) or (document.body_line, 1)
    return _find(document.head, names, value) or (document.head.line, 1)


def _in_text(text: str, value: str, line: int) -> tuple[int, int] | None:
    """The place of a link in a text that begins in line `line`, however it is written."""
    from urllib.parse import quote

    written = (value, quote(value), value.partition(":")[2] or value)
    at = next((at for at in map(text.find, written) if at >= 0), -1)
    return None if at < 0 else (line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _find(node: Node, names: tuple[str, ...], value: str) -> tuple[int, int] | None:
    from .frontmatter import Mapping, Scalar

    if isinstance(node, Scalar):
        same = node.text.strip().removeprefix("./").lower() == value.lower()
        return (node.line, node.column) if same and not names else None
    if isinstance(node, Mapping):
        inner = (
            [node.items[names[0]]]
            if names and names[0] in node.items
            else list(node.items.values())
            if not names
            else []
        )
        rest = names[1:]
    else:
        inner, rest = node.items, names
    for child in inner:
        found = _find(child, rest, value)
        if found:
            return found
    return None
