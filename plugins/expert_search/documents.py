"""Documents: the terms of a profile, a story or a hook, each with its impact in a field.

An impact is a BM25 term weight (Robertson and Zaragoza, 2009) without the collection's statistics: no inverse document
frequency (the browser knows it from the postings) and a field's length as one of few steps.  So an edit changes the
impacts of the words that it touches, and hardly ever others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from expert_search import attributes, text
from expert_search.vocabulary import Phrase, Vocabulary, places_in
from experts import model, veil

FIELDS = ("n", "p", "s", "m", "h", "t", "c", "l")
"""Name, topics (primary, secondary, mentioned), headline, text, parts of compounds, place (and format, language)."""
NAME, PRIMARY, SECONDARY, MENTION, HEADLINE, TEXT, PARTS, PLACE = range(8)

K1, B, REFERENCE = 1.2, 0.75, 200.0  # BM25's parameters, and a usual length in words
SCALE = {HEADLINE: 30, TEXT: 10}
FIRST, SECOND, MINOR, MENTIONED, HERE, OWN = 120, 115, 50, 12, 40, 100
FAMILY, DOUBLE, GIVEN, TITLE, PART = 100, 85, 60, 5, 4
PRIMARY_TOPICS = 2
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "professorin",
        "med",
        "ing",
        "dipl",
        "rer",
        "nat",
        "phil",
        "jur",
        "hc",
        "pd",
        "mag",
        "phd",
        "md",
        "msc",
        "bsc",
        "mba",
        "ma",
        "ba",
        "llm",
        "jr",
        "sr",
        "ii",
        "iii",
    ]
)

_BLOCKS = re.compile(r"</?(?:p|li|h[1-6]|t[dhr]|br|div|blockquote|d[dlt]|pre|hr|[ou]l|figcaption|figure)\b[^>]*>")
_TAGS = re.compile(r"<[^<>]+>")

Row = tuple[tuple[int, tuple[str, ...], tuple[int, ...]], ...]
"""For each field: its number, the terms, and their impacts."""
Html = Callable[[bytes], str]


class _Doc:
    """The terms of one document while they are gathered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.fields: dict[int, dict[str, int]] = {}

    def put(self, field: int, term: str, impact: int) -> None:
        terms = self.fields.setdefault(field, {})
        if terms.get(term, 0) < impact:
            terms[term] = impact

    def say(self, field: int, lang: str, passages: Iterable[str]) -> None:
        """Add running text in a language, and the topics that it mentions."""
        lang = model.primary(lang)
        lexicon = self.vocabulary.lexicon(lang)
        raw = text.raw_words(veil.without("\n".join([passage for passage in passages if passage])))
        if not raw:
            return
        keys = list(map(lexicon.__getitem__, raw))
        counts = Counter(keys)
        self._mentions(raw, keys, counts, self.vocabulary.phrases.get(lang, {}))
        compounds = lexicon.parts.keys() & set(raw)
        if compounds:
            parts = self.fields.setdefault(PARTS, {})
            parts.update([(part, PART) for word in compounds for part in lexicon.parts[word]])
        impacts = _impacts(field, len(raw))
        most = len(impacts) - 1
        found = dict.fromkeys(counts.keys() - text.stop_keys(lang), impacts[1])
        for term in [term for term, count in counts.items() if count > 1]:
            if term in found:
                found[term] = impacts[min(most, counts[term])]
        terms = self.fields.setdefault(field, found)
        if terms is not found:
            for term, impact in found.items():
                if terms.get(term, 0) < impact:
                    terms[term] = impact

    def _mentions(self, raw: list[str], keys: list[str], counts: Counter[str], firsts: dict[str, list[Phrase]]) -> None:
        for first in firsts.keys() & counts.keys():
            at = -1
            for _ in range(counts[first]):
                at = keys.index(first, at + 1)
                for phrase, concept, capitals in firsts[first]:
                    if tuple(keys[at : at + len(phrase)]) == phrase and (not capitals or raw[at].isupper()):
                        self.put(MENTION, concept, MENTIONED)

    def row(self) -> Row:
        """The terms by field; their order means nothing."""
        fields = [(field, self.fields[field]) for field in sorted(self.fields)]
        return tuple([(field, tuple(terms), tuple(terms.values())) for field, terms in fields if terms])


_TABLES: dict[tuple[int, int], list[int]] = {}


def _impacts(field: int, length: int) -> list[int]:
    """The impact of a term by its frequency, in a field with `length` words: in steps of a factor of four."""
    step = 0
    while length > 100 * 4**step and step < 4:
        step += 1
    table = _TABLES.get((field, step))
    if table is None:
        relative = 4.0 ** (step - 1)
        norm = K1 * (1 - B + B * relative) if field == TEXT else K1
        scale = SCALE[field]
        table = [max(1, round(scale * (K1 + 1) * count / (count + norm))) for count in range(12)]
        _TABLES[field, step] = table
    return table


def plain(html: str) -> str:
    """The words of HTML; blocks do not run into one another."""
    if "<" not in html:
        return unescape(html)
    return unescape(_TAGS.sub("", _BLOCKS.sub("\n", html)))


def profile(expert: model.Expert, vocabulary: Vocabulary, html: Html) -> Row:
    """The terms of a profile."""
    doc = _Doc(vocabulary)
    for term, impact in name_terms(expert.name):
        doc.put(NAME, term, impact)
    for said in expert.texts:
        doc.say(HEADLINE, said.lang, [said.headline, said.role, said.department, *said.contact_for])
        doc.say(TEXT, said.lang, [said.summary, plain(html(said.body.digest)) if said.body else ""])
    for medium in expert.media:
        doc.say(TEXT, medium.language or expert.lang, [medium.title, medium.outlet])
    concepts = [vocabulary.concepts[slug] for slug in expert.topics if slug in vocabulary.concepts]
    for rank, concept in enumerate(concepts):
        field, impact = (PRIMARY, SECOND if rank else FIRST) if rank < PRIMARY_TOPICS else (SECONDARY, MINOR)
        doc.put(field, concept, impact)
    for concept in [*places_in(expert.location), *attributes.concepts_of(expert)]:
        doc.put(PLACE, concept, HERE)
    _without_own(doc, concepts)
    return doc.row()


def story(record: model.Story, vocabulary: Vocabulary, html: Html) -> Row:
    """The terms of a story in all its languages."""
    doc = _Doc(vocabulary)
    for said in record.texts:
        doc.say(HEADLINE, said.lang, [said.title])
        doc.say(TEXT, said.lang, [said.summary, plain(html(said.body.digest)) if said.body else ""])
    concepts = [vocabulary.concepts[slug] for slug in record.topics if slug in vocabulary.concepts]
    for concept in concepts:
        doc.put(PRIMARY, concept, OWN)
    _without_own(doc, concepts)
    return doc.row()


def hook(record: model.Hook, vocabulary: Vocabulary, html: Html) -> Row:
    """The terms of a hook."""
    doc = _Doc(vocabulary)
    doc.say(HEADLINE, record.lang, [record.title])
    doc.say(TEXT, record.lang, [plain(html(record.body.digest)) if record.body else ""])
    concepts = [vocabulary.concepts[slug] for slug in record.topics if slug in vocabulary.concepts]
    for concept in concepts:
        doc.put(PRIMARY, concept, OWN)
    _without_own(doc, concepts)
    return doc.row()


def _without_own(doc: _Doc, concepts: list[str]) -> None:
    """A document mentions what it is about anyway."""
    mentioned = doc.fields.get(MENTION)
    if mentioned:
        for concept in concepts:
            mentioned.pop(concept, None)


def name_terms(name: str) -> Iterator[tuple[str, int]]:
    """The words of a name, folded, with their impacts: the family name counts most, academic titles hardly."""
    groups = [[text.fold(word) for word in text.words(part)] for part in name.replace(",", " ").split()]
    groups = [group for group in groups if group]
    last = max([at for at, group in enumerate(groups) if group[0] not in _TITLES], default=-1)
    for at, group in enumerate(groups):
        family = FAMILY if len(group) == 1 else DOUBLE
        impact = family if at == last else TITLE if group[0] in _TITLES else GIVEN
        for word in group:
            yield word, impact
