"""Stems of words by the Snowball algorithms, release 2: of German, and of English (Porter2).

PyStemmer computes them in C where a wheel of it can be had, snowballstemmer in Python elsewhere; a test compares the two.
The browser computes the same ones (theme/static/js/search/german.js and english.js).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

Stem = Callable[[list[str]], list[str]]

LANGUAGES = {"de": "german", "en": "english"}


@cache
def stemmer(lang: str) -> Stem | None:
    """Return the function that stems a list of words in a language; None for a language without one.

    ``lang`` is a language without region. The words are in lower case and without marks.
    """
    name = LANGUAGES.get(lang)
    return (_compiled(name) or portable(name)) if name else None


def _compiled(name: str) -> Stem | None:
    try:
        import Stemmer
    except ImportError:
        return None
    stem: Stem = Stemmer.Stemmer(name, 0).stemWords  # 0: no cache of its own, see text.Words
    return stem


def portable(name: str) -> Stem:
    """Return the stemmer that runs everywhere, by Snowball's name of the language."""
    from snowballstemmer.english_stemmer import EnglishStemmer
    from snowballstemmer.german_stemmer import GermanStemmer

    kind = {"german": GermanStemmer, "english": EnglishStemmer}[name]
    stem: Stem = kind().stemWords
    return stem
