"""Values for the fields of front matter, right and wrong ones, as YAML and as JSON Schema sees them."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

from experts.fields import Field
from experts.frontmatter import Mapping, Node, Scalar

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SAFE = re.compile(r"[A-Za-z0-9+.][\w+.%/-]*", re.ASCII)

RIGHT: dict[str, tuple[str, ...]] = {
    "text": ("Mara", "tv or radio", "4", "true", "x: y", "@jane", "Größe"),
    "slug": ("mara-lindqvist", "heat-pumps", "jonas", "a"),
    "day": ("2026-11-23", "2027-01-06", "2026-02-28"),
    "moment": ("2026-11-23", "2026-11-23T09:00:00+01:00", "2026-11-23 09:00Z", "2026-11-23t09:00:00.25+0100"),
    "clock": ("09:30", "9:30", "18.30", "2026-11-23T09:00:00+01:00", "2026-11-23"),
    "language": ("de", "en", "DE-at", "pt-BR", "zh-Hant-TW", "yue", "de-1996", "x-klingon", "de-u-co-phonebk"),
    "timezone": ("Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+1"),
    "file": ("portrait.jpg", "./portrait.jpg", "Bild 1.png"),
    "url": ("https://example.com/page", "HTTP://example.com", "https://user@example.com:8080/a?b#c"),
    "email": ("mara@example.com", "m.l+press@a-b.example"),
    "phone": ("+49 40 123456", "(040) 12/34-56", "040 123456 ext. 12"),
    "pattern": ("Q179291", "Q1"),
    "switch": ("true", "false", "True", "FALSE"),
}
LINKS = {
    "mastodon": "@jane@social.example",
    "website": "https://jane.example",
    "orcid": "0000-0002-1825-0097",
    "signal": "jane.42",
    "email": "jane@example.com",
    "sourcehut": "https://sr.ht/~jane",
    "telegram": "tg://resolve?domain=jane",
}
WRONG = (
    "2026-02-29", "2026-02-30", "2026-13-01", "23.11.2026", "2026-11-23T09:00:00", "2026-11-23T09:61Z", "24:10", "9:3", "german", "xx", "de_AT", "-", "Mara", "a_b",
    "../a.jpg", ".hidden", "a/b", "ftp://example.com", "https://", "https://jane@/", "https://:80/", "example.com", "https://a b.example", "javascript:alert(1)", "mailto:jane@example.com",
    "tel:+4940123456", "mara@", "mara@example", "12", "+", "Q0", "q1", "newsletter", "Draft", "100", "101", "50%", "100.5", "0000-0002-1825-0098",
    "@jane", "jane@social.example", "Mars/Olympus", "null", "~", "no", "1e3", "-3", "0x1F", "\u201ehttps://example.com\u201c", "{{ x }}",
)  # fmt: skip


class Leaf(str):
    """A scalar as it is written: in quotes, or plain where YAML allows that."""

    plain = False


def leaf(text: str, plain: bool) -> Leaf:
    """Return a scalar, plain if that is wanted and can be."""
    made = Leaf(text)
    made.plain = plain and _SAFE.fullmatch(text) is not None
    return made


def written(value: Any) -> str:
    """Return a value as YAML in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return str(value) if value.plain else json.dumps(value, ensure_ascii=False)


def as_json(node: Node) -> Any:
    """Return a node as YAML 1.2 (core schema) understands it: what editors hand to a JSON Schema."""
    if isinstance(node, Mapping):
        return {key: as_json(item) for key, item in node.items.items()}
    if not isinstance(node, Scalar):
        return [as_json(item) for item in node.items]
    text = node.text
    if not node.plain:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text.lower() in ("true", "false") and text in (text.lower(), text.upper(), text.title()):
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if re.fullmatch("0x[0-9a-fA-F]+", text):
        return int(text, 16)
    return float(text) if _FLOAT.fullmatch(text) else text


def scalars(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Return scalars of some texts, half of them plain where that can be."""
    return st.builds(leaf, texts, st.booleans())


def right(field: Field) -> st.SearchStrategy[Any]:
    """Return values that a field may hold, near its limits too."""
    shape = field.shape
    if shape.kind == "choice":
        return scalars(st.sampled_from(shape.options))
    if shape.kind == "text":
        limits = st.sampled_from((shape.limit - 1, shape.limit, shape.limit + 1)).map(lambda n: "x" * n)
        return scalars(st.sampled_from(RIGHT["text"]) | limits)
    if shape.kind == "focus":
        return st.lists(scalars(st.sampled_from(("0", "50", "50.5", "100", "30%"))), min_size=2, max_size=2)
    if shape.kind == "links":
        keys = st.lists(st.sampled_from(list(LINKS)), unique=True, max_size=3)
        return keys.map(lambda names: {name: leaf(LINKS[name], True) for name in names})
    if shape.kind == "list":
        return st.lists(right(shape.item), max_size=3)
    if shape.kind == "localised":
        return st.dictionaries(st.sampled_from(("de", "en", "pt-BR")), right(shape.item), max_size=2)
    if shape.kind == "group":
        known = {name: right(inner) for name, inner in shape.table.items()}
        return st.fixed_dictionaries({}, optional=known)
    return scalars(st.sampled_from(RIGHT[shape.kind]))


def near(field: Field) -> st.SearchStrategy[Any]:
    """Return values of the form that a field has, with something wrong in it."""
    shape, anything = field.shape, scalars(st.sampled_from(WRONG))
    if shape.kind == "list":
        return st.lists(right(shape.item) | near(shape.item), min_size=1, max_size=3)
    if shape.kind == "group":
        known = {name: right(inner) | near(inner) for name, inner in shape.table.items()}
        return st.fixed_dictionaries({}, optional=known | {"colour": anything})
    if shape.kind in ("links", "localised"):
        names = st.sampled_from((*LINKS, "Mastodon", "de", "German", "xx", "blog2", "my_site"))
        return st.dictionaries(names, anything | EMPTY, max_size=2)
    if shape.kind == "focus":
        return st.lists(anything | right(field) | EMPTY, max_size=3)
    return anything


EMPTY: st.SearchStrategy[Any] = st.builds(leaf, st.just(""), st.just(False)) | st.just([]) | st.just({}) | st.builds(leaf, st.just("null"), st.just(True))  # fmt: skip


def value(field: Field) -> st.SearchStrategy[Any]:
    """Return anything that may be written behind the name of a field."""
    words = st.text("aZ09-_:/.@+äß", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
    other = scalars(words) | st.lists(scalars(words), max_size=2) | st.dictionaries(st.sampled_from(("a", "de")), scalars(words), max_size=2)  # fmt: skip
    return right(field) | near(field) | EMPTY | other
