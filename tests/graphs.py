"""Reading the structured data of built pages back, with parsers that are not ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

Node = dict[str, Any]
Block = tuple[str, html.HtmlElement, Node]


def parsed(path: Path) -> html.HtmlElement:
    """A page as a tree."""
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def block_of(page: html.HtmlElement) -> Node | None:
    """The graph of a page, which has one at most; None without one."""
    scripts = page.xpath("//script[@type='application/ld+json']")
    assert len(scripts) < 2
    return json.loads(scripts[0].text) if scripts else None


def blocks(output: Path) -> list[Block]:
    """``(path, page, graph)`` of all pages of a site that have a graph."""
    found = [(path.relative_to(output).as_posix(), parsed(path)) for path in sorted(output.rglob("*.html"))]
    return [(path, page, block) for path, page in found if (block := block_of(page))]


def nodes(value: Any) -> Iterator[Node]:
    """All nodes of a graph, also those inside of others."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from nodes(item)


def references(value: Any) -> Iterator[str]:
    """The names of nodes that a graph only refers to."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for item in value.values():
            yield from references(item)


def of_type(block: Node, *kinds: str) -> list[Node]:
    """The nodes of a graph that have one of the types."""
    return [node for node in nodes(block) if node["@type"] in kinds]
