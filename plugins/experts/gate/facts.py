"""What a file says of whose it is, also where the file has problems: its fields as plain data."""

from __future__ import annotations

from typing import Any

from experts import frontmatter
from experts.frontmatter import Mapping, Node, Scalar

Facts = dict[str, Any]
"""The fields of a file: texts, lists and dictionaries of these; empty ones are left out."""


def facts(data: bytes) -> Facts | None:
    """The fields of a profile or a story; None if they cannot be read, so that nobody knows whose it is."""
    document, problems = frontmatter.parse("", data)
    if document is None or any(problem.code == "duplicate-key" for problem in problems):
        return None
    found = _plain(document.head)
    assert isinstance(found, dict)
    return found


def names(value: Any) -> tuple[str, ...]:
    """A list of short names or accounts as it is meant; () for anything else."""
    return tuple([item.strip() for item in value if isinstance(item, str)]) if isinstance(value, list) else ()


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: _plain(child) for key, child in node.items.items() if not child.empty}
    return [_plain(child) for child in node.items if not child.empty]
