"""JSON Schemas (draft 2020-12) of the files: each complete in itself."""

from __future__ import annotations

import json
from typing import Any

from expert_api import addresses, documents, entry
from expert_api.fields import shape_of
from expert_api.kinds import KINDS
from expert_api.shapes import Shape
from experts.site import Site

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = (entry.NAME, *[name for kind in KINDS for name in (kind.folder, kind.name)])


def file(site: Site, name: str) -> str:
    """The schema of that name."""
    schema = _document(addresses.schema(site, name), _shapes()[name])
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _shapes() -> dict[str, Shape]:
    found = {entry.NAME: entry.SHAPE}
    for kind in KINDS:
        title = kind.name.title()
        found[kind.folder] = documents.listing_shape(shape_of(kind.row, f"{title}Row"), f"{title}List", kind.all)
        found[kind.name] = documents.record_shape(kind.table, title, kind.one)
    return found


def _document(address: str, shape: Shape) -> Shape:
    """The schema at an address: every part with a title is defined once."""
    parts: dict[str, Shape] = {}
    inner = {key: _referring(value, parts) for key, value in shape.items()}
    definitions = {"$defs": {name: parts[name] for name in sorted(parts)}} if parts else {}
    return {"$schema": DIALECT, "$id": address, **inner, **definitions}


def _referring(value: Any, parts: dict[str, Shape]) -> Any:
    """A shape with references in place of its parts, which are added to `parts`."""
    if isinstance(value, list):
        return [_referring(item, parts) for item in value]
    if not isinstance(value, dict):
        return value
    inner = {key: _referring(item, parts) for key, item in value.items()}
    if not isinstance(inner.get("title"), str):
        return inner
    # What is said of a field is about the field, not about the part.
    means = {"description": inner.pop("description")} if "description" in inner else {}
    parts[inner["title"]] = inner
    return {"$ref": f"#/$defs/{inner['title']}", **means}
