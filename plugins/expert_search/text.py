"""Text as the search sees it: folded, cut into words, stemmed.

theme/static/js/search/text.js does the same in the browser; a test compares the two. What is not the same there finds nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .stemming import stemmer

LONGEST = 40
"""Characters of a word that count."""


class _Letters(dict[int, str]):
    """For ``str.translate``: letters that no decomposition makes plain, and no marks."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = "" if unicodedata.category(char)[0] == "M" else char
        return self[code]


_LETTERS = _Letters(
    {
        ord(char): plain
        for char, plain in zip("ßøłđıæœþðς", ("ss", "o", "l", "d", "i", "ae", "oe", "th", "d", "σ"), strict=True)
    }
)
# The German ways to write an umlaut; the e of Quelle, Steuer, neue and Bauer is none of them.
_UMLAUT = re.compile("(?:a|o|(?<![aeiouq])u)e")


def _plain(text: str) -> str:
    """Text without case and marks."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)


def _umlauts(plain: str) -> str:
    return _UMLAUT.sub(lambda match: match[0][0], plain)


def fold(text: str) -> str:
    """Text for comparing: without case and marks, Jörg like Joerg like Jorg."""
    return _umlauts(_plain(text))


# -- words ----------------------------------------------------------------------------------------


class _Kinds(dict[int, str]):
    """For ``str.translate``: what belongs to no word becomes a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if unicodedata.category(char)[0] in "LMN" else " "
        return self[code]


_KINDS = _Kinds({ord("'"): "'"})
# All kinds of apostrophes are one; soft hyphens and joiners are not seen.
_UNSEEN = dict.fromkeys(map(ord, "’‘ʼ´`"), "'") | dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u2060\ufeff"), "")
_WORD = re.compile("\\w[^ ']*(?:'\\w[^ ']*)*")  # a mark begins no word

# Texts in which a quick pattern finds the same words, before any normalisation: Latin letters without marks of their own,
# and the usual punctuation.
_QUICK = re.compile("[\0-\u00ac\u00ae-\u00bb\u00bf-\u013e\u0141-\u0148\u014a-\u02af\u2010-\u205e\u20ac]*")
_QUICK_WORD = re.compile("[^\\W_]+(?:['’‘´`][^\\W_]+)*")
_SIMPLE_WORD = re.compile("\\w+")
_SIGNS = "'’‘´`"
_SIGN = re.compile(f"[{_SIGNS}]")


def raw_words(text: str) -> list[str]:
    """The words of a text as they stand there, with apostrophes in them: what the memo of a language is asked for."""
    if _QUICK.fullmatch(text):
        simple = "_" not in text and not any(sign in text for sign in _SIGNS)
        return (_SIMPLE_WORD if simple else _QUICK_WORD).findall(text)
    seen = unicodedata.normalize("NFKC", text.translate(_UNSEEN)).translate(_KINDS)
    return _WORD.findall(seen)


def _clean(raw: str) -> str:
    """A raw word without apostrophes, and not too long."""
    if not raw.isalnum():
        raw = _SIGN.sub("", raw)
    return unicodedata.normalize("NFKC", raw)[:LONGEST]


def words(text: str) -> list[str]:
    """The words of a text as written: sequences of letters and digits, O'Brien as OBrien, at most 40 characters of each."""
    return [_clean(raw) for raw in raw_words(text)]


# -- keys -----------------------------------------------------------------------------------------


class Words(dict[str, str]):
    """The keys of all raw words of a language that were asked for; a new one is computed when it is looked up.

    Looking up is as quick as in a dictionary; who has many new words gives them to ``fill`` first.
    """

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def __missing__(self, raw: str) -> str:
        self.fill((raw,))
        return self[raw]

    def fill(self, raws: Iterable[str]) -> None:
        """Compute the keys of those raw words that are not known yet, all at once."""
        new = [raw for raw in dict.fromkeys(raws) if raw not in self]
        if not new:
            return
        cleaned = list(map(_clean, new))
        # One text is folded more quickly than many words; nothing in a word can touch its neighbour.
        plain = (fold if self.lang == "de" else _plain)("\n".join(cleaned)).split("\n")
        stem = stemmer(self.lang)
        if stem:
            plain = [
                stemmed if word.isascii() and word.isalnum() else word
                for word, stemmed in zip(plain, stem(plain), strict=True)
            ]
        # English ends belong to the word as it is written: value and values would part.
        self.update(zip(new, plain if self.lang == "de" else map(_umlauts, plain), strict=True))


@cache
def _memo(primary: str) -> Words:
    return Words(primary)


def memo(lang: str) -> Words:
    """Return the memo of a language, one for the whole process."""
    return _memo(lang.split("-", 1)[0].lower())


def key(word: str, lang: str) -> str:
    """The term of the index for a word: folded and, in German and English, stemmed."""
    return memo(lang)[word]


# -- stop words -----------------------------------------------------------------------------------


@cache
def stop() -> dict[str, list[str]]:
    """The folded stop words of each language, and under ``ask`` the words of questions to a search."""
    found: dict[str, list[str]] = json.loads((Path(__file__).parent / "data" / "stop.json").read_text("utf-8"))
    return found


@cache
def stop_words(lang: str) -> frozenset[str]:
    """The folded stop words of a language."""
    return frozenset(stop().get(lang.split("-", 1)[0], ()))


@cache
def stop_keys(lang: str) -> frozenset[str]:
    """The keys of the stop words of a language: these are not indexed as text."""
    return frozenset(key(word, lang) for word in stop_words(lang))


def is_stop(word: str, lang: str) -> bool:
    """Tell whether a word as written is a stop word of the language."""
    return fold(word) in stop_words(lang)
