"""Random values and files as people, other programs and the web editor might write them."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import strategies as st

_WORDS = [
    "a",
    "wort",
    "Wärmepumpe",
    "#",
    "-",
    ":",
    "?",
    "a:",
    "#b",
    "'",
    '"',
    "\\",
    "😀",
    "😀😀😀",
    "{",
    "}",
    "[x",
    "]",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "---",
    "...",
    "yes",
    "no",
    "null",
    "~",
    "true",
    "012",
    "1e3",
    "0x1F",
    ".5",
    "+1",
    "2026-05-01",
    "2026-05-01T10:00:00Z",
    "https://example.com/#x",
    "{{x}}",
    "{%x%}",
    "<b>",
    ",",
]
WORDS = st.sampled_from(
    [*_WORDS, "\n", "\n\n", "  ", "\t", " ", "\u00a0", "\u2028", "\x85", "\x07", "x" * 90, "ä" * 30]
)
TEXTS = st.one_of(
    st.text(max_size=30), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=12).map("".join), WORDS
)
"""Any text: signs of YAML, numbers that are none, line breaks, long ones, emoji."""

KEYS = st.one_of(
    st.from_regex(r"\A[a-z][a-z_-]{0,12}\Z"), st.sampled_from(["true", "null", "a b", "1e3x", "x: y", 'q"', "#h"])
).filter(lambda key: key != "body")
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(0, 100)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)
HEADS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)
BODIES = st.sampled_from(
    ["", "\n", " \n", "Text", "Text\n", "\n\nText \n\n", "a\n---\nb", "---\na\n---\nb", "\r\nText\r\n", "    code\n"]
)


def _line(limit: int) -> st.SearchStrategy[str]:
    """A text for a field of at most `limit` characters that is not empty."""
    return TEXTS.map(lambda words: words[:limit]).filter(lambda words: any(c.isalnum() for c in words))


SLUGS = st.from_regex(r"\A[a-z0-9]{1,8}\Z")
_DAYS = st.dates().map(lambda day: day.isoformat())
_MOMENTS = st.sampled_from(
    ["2026-12-04T09:00:00+01:00", "2026-12-04T09:00Z", "2026-12-04T09:00:00Z", "2026-12-04T09:00:00.500Z", "2026-12-04"]
)
_OPTIONAL: dict[str, st.SearchStrategy[Any]] = {
    "role": _line(120),
    "department": st.one_of(_line(120), st.just(""), st.none()),
    "location": _line(80),
    "languages": st.lists(st.sampled_from(["de", "en", "no", "pt-BR"]), unique=True),
    "contact_for": st.lists(_line(120), max_size=4),
    "contact": st.fixed_dictionaries({}, optional={"email": st.just("a@example.com"), "phone": st.just("+49 40 1")}),
    "portrait": st.just({"file": "a.jpg", "alt": "ä: b", "credit": "#1", "licence": "CC0-1.0", "focus": [50, 30]}),
    "media": st.lists(st.fixed_dictionaries({"title": _line(300), "date": _DAYS}), max_size=2, unique_by=str),
    "summary": st.one_of(_line(400), st.none()),
    "interests": _line(600),
    "consent": st.just({"given": "2026-05-01", "text": "2026-1", "channels": ["site"], "until": ""}),
    "owner": st.lists(_line(100), max_size=2),
    "confirmed": st.one_of(_DAYS, st.just("")),
    "status": st.sampled_from(["draft", "left", ""]),
}
_PROFILES = st.builds(
    lambda needed, more: needed | more,
    st.fixed_dictionaries(
        {"name": _line(100), "headline": _line(140), "topics": st.lists(SLUGS, min_size=1, max_size=3, unique=True)}
    ),
    st.fixed_dictionaries({}, optional=_OPTIONAL),
)
_EVENTS = st.fixed_dictionaries(
    {"title": _line(200), "start": _MOMENTS},
    optional={
        "place": _line(200),
        "sessions": st.lists(st.fixed_dictionaries({"title": _line(200), "start": st.sampled_from(["09:30", "9.30"])})),
    },
)
_TOPICS = st.fixed_dictionaries(
    {"label": st.fixed_dictionaries({"de": _line(80)}, optional={"en": _line(80)})},
    optional={"synonyms": st.fixed_dictionaries({"de": st.lists(_line(80), max_size=3)}), "wikidata": st.just("Q42")},
)


def _as_json(head: dict[str, Any]) -> str:
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())


def _as_yaml(head: dict[str, Any]) -> str:
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=60)


def _as_lines(head: dict[str, Any]) -> str:
    return yaml.safe_dump(head, allow_unicode=True, default_style="|", width=60).replace("!!int ", "")


_KINDS = {
    "profiles/mara/profile.md": _PROFILES,
    "content/events/e.md": _EVENTS,
    "content/topics/t.md": _TOPICS,
}


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A path, and the bytes of a file that people may have written so, in one of several hands."""
    path = draw(st.sampled_from(sorted(_KINDS)))
    head = draw(_KINDS[path])
    order = draw(st.permutations(list(head)))
    source = draw(st.sampled_from([_as_json, _as_yaml, _as_lines]))({key: head[key] for key in order})
    body = draw(BODIES) if "topics/" not in path else ""
    return path, f"---\n{source}---\n{body}".encode("utf-8", "replace")
