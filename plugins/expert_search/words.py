"""Files by first letter: the dictionary that mends typing errors, and the suggestions while one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from expert_search import text
from expert_search.vocabulary import Vocabulary
from experts import model

DIGITS, OTHER = "0", "_"


def letter(word: str) -> str:
    """The file in which a folded word stands."""
    first = word[:1]
    if first.isascii():
        return first if first.isalpha() else DIGITS if first.isdigit() else OTHER
    return OTHER


def dictionaries(terms: Iterable[str], vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """Letter -> the file of the words of the index that begin with it: those of topics and places, and all others."""
    known: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for term in terms:
        if " " not in term:
            group = known if term in vocabulary.words else others
            group.setdefault(letter(term), []).append(term)
    return {
        first: ({"k": " ".join(known.get(first, [])), "w": " ".join(others.get(first, []))})
        for first in sorted(known.keys() | others.keys())
    }


def suggestions(topics: Iterable[model.Topic], shown: frozenset[str]) -> dict[str, dict[str, Any]]:
    """Letter -> the file of the topics' names with a word that begins with it; only of topics that are `shown`."""
    phrases: dict[str, list[tuple[str, str, str]]] = {}
    labels = {}
    for topic in topics:
        if topic.slug not in shown:
            continue
        labels[topic.slug] = dict(topic.label)
        names = [label for _, label in topic.label] + [name for _, group in topic.synonyms for name in group]
        for name in dict.fromkeys(names):
            folded = text.fold(name)
            for first in sorted({letter(word) for word in folded.split()}):
                phrases.setdefault(first, []).append((folded, name, topic.slug))
    files = {}
    for first in sorted(phrases):
        found = [[name, slug] for _, name, slug in sorted(phrases[first])]
        files[first] = {
            "phrases": found,
            "topics": {slug: labels[slug] for slug in sorted({slug for _, slug in found})},
        }
    return files
