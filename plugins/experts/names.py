"""Names and other words: folded for comparing, and cut into given and family name."""

from __future__ import annotations

import unicodedata

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "phd", "md", "msc", "bsc", "mba", "ma", "ba", "llm", "dr"))

_PREFIXES = frozenset(
    ("Abu", "Al", "Ben", "Bin", "De", "Del", "Della", "Di", "El", "La", "Le", "Mac", "O", "San", "St.")
)
# Letters that no decomposition makes plain.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
    }
)


def fold(text: str) -> str:
    """Text for comparing: no case, no marks, ß as ss; fast for ASCII."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join([c for c in plain if not unicodedata.combining(c)]).translate(_LETTERS)


def split(name: str) -> tuple[list[str], list[str], list[str]]:
    """The words of a name: those before the family name, it with a prefix that belongs to it (Ben Salah), titles behind it."""
    words = name.replace(",", " ").split()
    end = len(words)
    while end > 1 and words[end - 1].strip(".").lower().replace(".", "") in _SUFFIXES:
        end -= 1
    begin = max(0, end - (2 if end > 2 and words[end - 2] in _PREFIXES else 1))
    return words[:begin], words[begin:end], words[end:]
