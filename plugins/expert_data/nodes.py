"""Nodes of a graph in JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/) with the words of schema.org, and the script element that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

Node = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
# In a script nothing may look like its end or like a comment (HTML, "Restrictions for contents of script elements"),
# and old parsers of JavaScript take the last two for the end of a line.  All of them stand in strings only.
_ESCAPES = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029")


def node(kind: str, name: str = "", /, **properties: Any) -> Node:
    """A node of a type, with an ``@id`` if it has a `name`; properties without a value are left out."""
    for key in [key for key, value in properties.items() if not value]:
        del properties[key]
    return {"@type": kind, "@id": name, **properties} if name else {"@type": kind, **properties}


def see(name: str) -> Node:
    """The node that is described elsewhere under `name`."""
    return {"@id": name}


def script(graph: Iterable[Node]) -> str:
    """A script element with a graph; it is data and never run."""
    text = _encode({"@context": "https://schema.org", "@graph": list(graph)})
    for character, escape in _ESCAPES:
        if character in text:
            text = text.replace(character, escape)
    return f'<script type="application/ld+json">{text}</script>'
