"""What is there already: short names, what people call them, and whom a word means."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from experts import frontmatter, source
from experts.fields import slug_of
from experts.frontmatter import Mapping, Node, Scalar
from experts.places import kind_of
from experts.problems import Problem, nearest

_NAMES = {"expert": ("name",), "topic": ("label", "synonyms")}


class Known(NamedTuple):
    """The records of a site: kind -> short name -> its names, in order; and all short names in use, earlier ones too."""

    names: dict[str, dict[str, tuple[str, ...]]]
    taken: dict[str, set[str]]


def known(root: str) -> Known:
    """What is in the folders of a site; files that cannot be read have a short name at least."""
    kinds = ("expert", "story", "topic", "hook", "event")
    found = Known({kind: {} for kind in kinds}, {kind: set() for kind in kinds})
    for path in sorted(source.scan(root, ["profiles", "content"]).stamps):
        kind, slug, _ = kind_of(path)
        if kind not in kinds:
            continue
        try:
            document, _ = frontmatter.parse(path, source.read(os.path.join(root, path), frontmatter.MAX_FILE + 1))
        except OSError:
            document = None
        head = document.head.items if document else {}
        fields = [head[name] for name in _NAMES.get(kind, ("title",)) if name in head]
        found.names[kind][slug] = tuple(dict.fromkeys([text for field in fields for text in _texts(field)]))
        found.taken[kind] |= {slug, *(_texts(head["aliases"]) if "aliases" in head else ())}
    return found


def _texts(node: Node) -> list[str]:
    """All texts in a node."""
    if isinstance(node, Scalar):
        return [] if node.empty else [node.text]
    inner = node.items.values() if isinstance(node, Mapping) else node.items
    return [text for child in inner for text in _texts(child)]


def meant(word: str, names: dict[str, tuple[str, ...]]) -> str:
    """The short name that `word` means: itself, or that of the only record with this name; "" if none or several."""
    return resolved(word, names, index(names))


def index(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The short name by what people call it, without case and signs; "" for what several are called."""
    found: dict[str, str] = {}
    for slug, texts in names.items():
        for text in {_folded(text) for text in texts}:
            found[text] = "" if text in found else slug
    return found


def resolved(word: str, names: dict[str, tuple[str, ...]], by_name: dict[str, str]) -> str:
    """As `meant`, with the `index` at hand: for many words."""
    word = word.strip()
    return word if word in names else by_name.get(_folded(word), "")


def _folded(word: str) -> str:
    return re.sub(r"[\W_]+", " ", word.casefold()).strip() or word.strip()


def likely(word: str, names: dict[str, tuple[str, ...]]) -> str:
    """The short name that was probably meant by a word that means none; "" if none is like it."""
    by_name = {_folded(text): slug for slug, texts in names.items() for text in (slug, *texts)}
    parts = [slug for slug, texts in names.items() if any(_folded(word) in _folded(text) for text in texts)]
    if len(parts) == 1:
        return parts[0]
    return by_name.get(nearest(_folded(word), by_name), "") or nearest(slug_of(word), names)


def unknown(path: str, kind: str, word: str, names: dict[str, tuple[str, ...]]) -> Problem:
    """The problem of a word that means no expert or topic."""
    like = likely(word, names)
    hint = "did you mean {like}?" if like else "create it first, or remove the reference"
    message = {"expert": "there is no profile {value}", "topic": "there is no topic {value}"}[kind]
    return Problem(path, 0, 0, "unknown-" + kind, message, hint, {"value": word, "like": like})


def free(slug: str, taken: set[str]) -> str:
    """`slug`, or with a number behind it if it is taken; "" stays ""."""
    if not slug or slug not in taken:
        return slug
    return next(name for n in range(2, len(taken) + 3) if (name := f"{slug[:110]}-{n}") not in taken)
