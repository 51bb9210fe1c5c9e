"""Names and other words, folded for comparing and sorting."""

from __future__ import annotations

import unicodedata

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "phd", "md", "msc", "bsc", "mba", "ma", "ba", "llm", "dr"))

_PREFIXES = frozenset(
    ("Abu", "Al", "Ben", "Bin", "De", "Del", "Della", "Di", "El", "La", "Le", "Mac", "O", "San", "St.")
)


def fold(text: str) -> str:
    """Text for comparing: no case, no marks, ß as ss."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return (
        "".join([c for c in plain if not unicodedata.combining(c)])
        .replace("ł", "l")
        .replace("ø", "o")
        .replace("đ", "d")
        .replace("ı", "i")
    )


def sort_key(name: str) -> str:
    """A key that sorts people by family name: the last word that is no title, with a prefix that belongs to it (Ben Salah)."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1].strip(".").lower().replace(".", "") in _SUFFIXES:
        words.pop()
    family = words[-2:] if len(words) > 2 and words[-2] in _PREFIXES else words[-1:]
    return fold(f"{' '.join(family)} {name}")
