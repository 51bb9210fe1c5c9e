"""How a name stands in the files of the index: as a stem, and packed with its neighbours in the alphabet."""

from __future__ import annotations

import json
import re

from expert_search import text
from expert_search.stemming import LANGUAGES

_FILE = re.compile(r"(?:^|/)search/index/(?:[sgt]\w*\.\w+|manifest)\.json$")


def forms(word: str) -> set[str]:
    """The terms of the index that a word may be, in any language."""
    return {text.key(raw, lang) for raw in text.raw_words(word) for lang in (*LANGUAGES, "")}


def unpacked(path: str, content: str) -> list[str] | None:
    """The terms that a file of the index holds; None for other files, and for those that hold none of a packed kind."""
    if not _FILE.search(path):
        return None
    try:
        found = json.loads(content)
    except ValueError:
        return None
    if isinstance(found, list):
        return [str(entry[0]) for entry in found if isinstance(entry, list) and entry]
    if not isinstance(found, dict):
        return None
    texts = {key: value for key, value in found.items() if isinstance(value, str)}
    plain = [word for key in ("k", "w") for word in texts.get(key, "").split()]
    return plain + [term for key in ("terms", "groups") for term in _terms(texts.get(key, ""))]


def _terms(coded: str) -> list[str]:
    """The texts that `shards.front_coded` packed."""
    found: list[str] = []
    before = ""
    for entry in coded.split("\n"):
        if not entry or not entry[0].isalnum() or not entry[0].isascii():
            return []
        before = before[: int(entry[0], 36)] + entry[1:]
        found.append(before)
    return found
