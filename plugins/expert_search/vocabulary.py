"""What words mean: the topics' labels, synonyms and abbreviations in all languages, and the places.

A *key* is a phrase as its words are indexed: stemmed, joined by spaces.  A *concept* is the term that stands for a topic
or a place in the index; keys link to concepts with a weight from 1 (has to do with it) to 10 (is another word for it).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from expert_search import attributes, text
from expert_search.compounds import Splitter
from experts import digests, model

SAME, BROADER, WORD, PART, DERIVED = 10, 5, 6, 5, 5
PLACE = " @"
MIN_COMPOUND, MIN_FIRST, MIN_TAIL = 8, 4, 5
Links = dict[str, dict[str, int]]
Phrase = tuple[tuple[str, ...], str, bool]
"""The keys of a phrase's words, its concept, and whether it is written in capitals (an abbreviation)."""


class Lexicon(text.Words):
    """The keys of the words of a language as they are asked for, and of compounds among them the keys of their parts."""

    def __init__(self, lang: str, splitter: Splitter | None) -> None:
        """Take compounds apart with `splitter`, if there is one for the language."""
        super().__init__(lang)
        self.splitter = splitter
        self.parts: dict[str, tuple[str, ...]] = {}

    def __missing__(self, raw: str) -> str:
        if self.splitter and len(raw) > MIN_COMPOUND:
            parts = self.splitter.parts(text.fold(raw))
            if parts:
                self.parts[raw] = tuple([text.key(part, self.lang) for part in parts])
        return super().__missing__(raw)


class Vocabulary(NamedTuple):
    """The topics and places of a site as the index needs them."""

    concepts: dict[str, str]  # topic slug -> concept
    links: Links  # key -> concept -> weight
    roots: Links  # root of a key -> concept -> weight
    tails: Links  # key of what may be the last part of a compound -> concept -> weight
    phrases: dict[str, dict[str, list[Phrase]]]  # language -> key of the first word -> phrases
    words: frozenset[str]  # all single keys
    splitter: Splitter  # of German compounds
    lexicons: dict[str, Lexicon]  # of the texts that have been read
    digest: bytes

    def lexicon(self, lang: str) -> Lexicon:
        """The words of a language."""
        if lang not in self.lexicons:
            self.lexicons[lang] = Lexicon(lang, self.splitter if lang == "de" else None)
        return self.lexicons[lang]

    def links_of(self, term: str) -> dict[str, int]:
        """The concepts that a term of the index leads to."""
        found = self.links.get(term, {})
        if " " in term:
            return found
        if not found and len(term) > MIN_ROOT:
            found = self.roots.get(root(term), {})
        return {**self.tails[term], **found} if term in self.tails else found


# -- topics ---------------------------------------------------------------------------------------


def make(topics: Iterable[model.Topic], experts: Iterable[model.Expert], default_lang: str) -> Vocabulary:
    """The vocabulary of all topics, and of what experts have: places, formats, languages; `default_lang` names the concepts."""
    experts = tuple(experts)
    topics = tuple(topics)
    names = {topic.slug: tuple(_names(topic)) for topic in topics}
    above = {topic.slug: topic.broader for topic in topics}
    concepts = {topic.slug: _concept_of(topic, default_lang) for topic in topics}
    links: Links = {}
    roots: Links = {}
    tails: Links = {}
    phrases: dict[str, dict[str, list[Phrase]]] = {}
    splitter = _splitter(names)
    for slug, said in names.items():
        concept = concepts[slug]
        for name in said:
            keys = tuple([text.key(word, name.lang) for word in name.words])
            _link(links, " ".join(keys), concept, SAME)
            _link(links, text.fold("".join(name.words)), concept, SAME)
            phrases.setdefault(name.lang, {}).setdefault(keys[0], []).append((keys, concept, name.capitals))
            _link_words(links, name, keys, concept, splitter)
            _link_tails(tails, name, concept)
            if len(keys) == 1 and len(keys[0]) > MIN_ROOT:
                _link(roots, root(keys[0]), concept, DERIVED)
        for broader, weight in _chain(above, slug):
            for name in names[broader]:
                _link(links, " ".join([text.key(word, name.lang) for word in name.words]), concept, weight)
    _places({expert.location for expert in experts}, links)
    for concept in sorted({concept for expert in experts for concept in attributes.concepts_of(expert)}):
        for lang, phrase in attributes.names_of(concept):
            _link(links, key(phrase, lang), concept, SAME)
    for group in phrases.values():
        for same in group.values():
            same.sort(key=lambda phrase: (-len(phrase[0]), phrase))
    words = frozenset(word for name in links for word in name.split(" ") if word)
    linked = sorted((name, sorted(targets.items())) for name, targets in links.items())
    written = [(slug, [tuple(name) for name in said]) for slug, said in names.items()]  # capitals and labels count too
    digest = digests.of_data(linked, sorted(concepts.items()), written)
    return Vocabulary(concepts, links, roots, tails, phrases, words, splitter, {}, digest)


class _Name(NamedTuple):
    """A name of a topic, its words as written."""

    lang: str
    words: list[str]
    is_label: bool
    capitals: bool


def _concept_of(topic: model.Topic, default_lang: str) -> str:
    """The term that stands for a topic: it sorts beside the topic's label."""
    label = model.pick(topic.label, default_lang)
    return f"{key(label.text, model.primary(label.lang)) if label else ''} #{topic.slug}"


def _link_words(links: Links, name: _Name, keys: tuple[str, ...], concept: str, splitter: Splitter) -> None:
    """Link the words of a phrase and the parts of its compounds; those of a label say more than those of a synonym."""
    share = 2 if name.is_label else 1
    for word, word_key in zip(name.words, keys, strict=True):
        if len(keys) > 1 and len(word_key) > 2 and not text.is_stop(word, name.lang):
            _link(links, word_key, concept, WORD * share // 2)
        if name.lang == "de":
            folded = text.fold(word)
            for part in splitter.parts(folded) or filter(None, [splitter.rest(folded)]):
                _link(links, text.key(part, name.lang), concept, PART * share // 2)


def _link_tails(tails: Links, name: _Name, concept: str) -> None:
    """Link what long German words end in: whoever uses it as a word of its own (Forst-wirtschaft, Raum-sonden) means it.

    Only words that stand in a text of the site get such a link, so that no lexicon has to know the parts.
    """
    if name.lang != "de":
        return
    for word in map(text.fold, name.words):
        for at in range(MIN_FIRST, len(word) - MIN_TAIL + 1):
            _link(tails, text.key(word[at:], name.lang), concept, PART - 1 if name.is_label else PART // 2)


def _names(topic: model.Topic) -> Iterator[_Name]:
    """All names of a topic that have any words."""
    said = [(lang, label, True) for lang, label in topic.label]
    said += [(lang, phrase, False) for lang, group in topic.synonyms for phrase in group]
    for lang, phrase, is_label in said:
        words = text.words(phrase)
        if words:
            yield _Name(model.primary(lang), words, is_label, phrase.isupper())


def key(phrase: str, lang: str) -> str:
    """A phrase as it is indexed."""
    return " ".join([text.key(word, lang) for word in text.words(phrase)])


def _chain(above: dict[str, str], slug: str) -> Iterator[tuple[str, int]]:
    """The topics above a topic, with the weight by which their names lead to it."""
    seen = {slug}
    at, weight = above.get(slug, ""), BROADER
    while at in above and at not in seen and weight > 1:
        yield at, weight
        seen.add(at)
        at, weight = above[at], weight - 2


def _link(links: Links, name: str, concept: str, weight: int) -> None:
    if name:
        targets = links.setdefault(name, {})
        targets[concept] = max(weight, targets.get(concept, 0))


def _splitter(names: dict[str, tuple[_Name, ...]]) -> Splitter:
    german = {text.fold(word) for said in names.values() for name in said if name.lang == "de" for word in name.words}
    return Splitter(sorted(german))


# -- derived words --------------------------------------------------------------------------------

MIN_ROOT = 5
_GERMAN = "itat isier ation ator isch ist ism lich haft heit keit ung ier ell iv al ar ik ie or er i o"  # of stems
_ENGLISH = "ational ization ition ical iti ic ion iz iou ous abl ibl ment ness e"
_ENDING = re.compile(rf"(?<=.{{{MIN_ROOT}}})(?:{'|'.join(f'{_GERMAN} {_ENGLISH}'.split())})$")


@lru_cache(100_000)
def root(term: str) -> str:
    """A stem without the endings that derive words (Biodiversität, biodivers; Kryptografie, kryptografisch)."""
    term = _ENDING.sub("", term, 1)
    return _ENDING.sub("", term, 1)


# -- places ---------------------------------------------------------------------------------------

_PARTS = re.compile(r"[,;/|()·•–—]+| - ")
_ASIDE = re.compile(r"\s(?:am|an|auf|bei|im|in|ob|on|upon|vor)\s", re.IGNORECASE)


def places_in(location: str) -> list[str]:
    """The concepts of the places in a location as people write it: ``Berlin / remote``."""
    found = [_concept(name) for name in [location, *_PARTS.split(location)]]
    whole = found[0] if found[0].removesuffix(PLACE) in _known().values() else ""
    return list(dict.fromkeys([whole] if whole else [name for name in found[1:] if name != PLACE]))


def _concept(name: str) -> str:
    folded = _folded(name)
    return _known().get(folded, folded) + PLACE if folded else PLACE


def _folded(name: str) -> str:
    return " ".join([text.fold(word) for word in text.words(name)])


@lru_cache(1)
def _groups() -> tuple[tuple[str, ...], ...]:
    with open(os.path.join(os.path.dirname(__file__), "data", "places.json"), encoding="utf-8") as file:
        return tuple(tuple(_folded(name) for name in group) for group in json.load(file))


@lru_cache(1)
def _known() -> dict[str, str]:
    """Every known name of a place -> the first one."""
    return {name: group[0] for group in _groups() for name in group}


def _places(locations: Collection[str], links: Links) -> None:
    names: dict[str, list[str]] = {}
    for name, first in _known().items():
        names.setdefault(first, []).append(name)
    for concept in sorted({concept for location in locations for concept in places_in(location)}):
        first = concept.removesuffix(PLACE)
        for name in names.get(first, [first]):
            _link(links, name, concept, SAME)
            short = _ASIDE.split(name)[0]
            if short != name and len(short) > MIN_ROOT:
                _link(links, short, concept, SAME - 1)
