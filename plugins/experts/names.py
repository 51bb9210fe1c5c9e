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


def split(name: str) -> tuple[list[str], list[str], list[str]]:
    """The words of a name: those before the family name, it with a prefix that belongs to it (Ben Salah), titles behind it."""
    words = name.replace(",", " ").split()
    end = len(words)
    while end > 1 and words[end - 1].strip(".").lower().replace(".", "") in _SUFFIXES:
        end -= 1
    begin = max(0, end - (2 if end > 2 and words[end - 2] in _PREFIXES else 1))
    return words[:begin], words[begin:end], words[end:]


def sort_key(name: str) -> str:
    """A key that sorts people by family name: the last word that is no title, with a prefix that belongs to it (Ben Salah)."""
    return fold(f"{' '.join(split(name)[1])} {name}")
