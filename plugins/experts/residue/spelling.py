"""Words in one spelling: what a word is, and all the ways in which somebody's words are written.

Text is folded to letters without case and marks (Unicode's NFKD, without what is combining or unseen), so that most spellings
are one.  Where a letter has two plain forms (ö is o, or oe in German), the text keeps one and the words are looked for in both.
Nothing is transliterated: Оксана is not found as Oksana.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from experts import names

Words = tuple[str, ...]
"""Folded words, one after the other."""

SPELLINGS = 64
"""Spellings of one text at most: those of six letters with two forms."""

# Scripts that put no space between words: each of their letters counts as a word.
_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
WORD = re.compile(rf"[{_DENSE}]|[^\W\d_{_DENSE}]+|\d+")
"""A word of folded text: letters, or digits."""
_LETTER = re.compile(f"[{_DENSE}]")
STRANGE = re.compile("[^\x00-\x7f]+")
"""What has to be folded before its case is dropped."""

_UNSEEN = frozenset(("Mn", "Mc", "Me", "Cf"))
_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}
_PIECE = re.compile("[a-z]+|[0-9]+")
_TWO_WAYS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_TWO_WAY = re.compile("[äöüåø]")
# The e of Quelle, Steuer, neue and Bauer belongs to no umlaut.
_UMLAUT = re.compile("(a|o|(?<![aeoq])u)e")


@lru_cache(100_000)
def folded(text: str) -> str:
    """Text without case, marks, and signs that nobody sees (soft hyphens, joiners, directions); other signs as spaces."""
    plain = unicodedata.normalize("NFKD", names.fold(text))
    seen = [c for c in plain if c.isalnum() or (c != "\u0640" and unicodedata.category(c) not in _UNSEEN)]
    return "".join([c if c.isalnum() or c.isascii() else " " for c in seen])


def distinct(text: str) -> set[str]:
    """The words of a folded text, each once: several times as quick as one after the other."""
    if not text.isascii():
        return set(WORD.findall(text))
    found = set(text.translate(_SPACES).split())
    mixed = [word for word in found if not word.isalpha()]
    found.difference_update(mixed)
    found.update(_PIECE.findall(" ".join(mixed)))
    return found


def words(text: str) -> Words:
    """The folded words of a text."""
    return tuple(WORD.findall(folded(text)))


def is_initial(word: str) -> bool:
    """Whether a folded word is a single letter of a script that has spaces between words."""
    return len(word) == 1 and not _LETTER.match(word)


def spellings(text: str) -> set[Words]:
    """The words of a text in all spellings: each umlaut as one letter or as two, ß as ss, oe as o."""
    plain = unicodedata.normalize("NFC", text).lower()
    letters = _TWO_WAY.findall(plain)
    pieces = _TWO_WAY.split(plain)
    ways = islice(product(*[(letter, _TWO_WAYS[letter]) for letter in letters]), SPELLINGS - 1)
    found = set()
    for way in (*ways, [_TWO_WAYS[letter] for letter in letters]):
        found.add(words("".join([part for pair in zip(pieces, (*way, ""), strict=True) for part in pair])))
    return found | {tuple(map(_shorter, one)) for one in found}


def _shorter(word: str) -> str:
    """A word with its umlauts as one letter; a very short one as it is."""
    shorter = _UMLAUT.sub(r"\1", word)
    return shorter if len(shorter) > 2 else word
