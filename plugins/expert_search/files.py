"""The files of the index: shards, cards, dictionaries, suggestions, columns, and the manifest that names them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from expert_search import cards, columns, documents, index, shards, text, vocabulary, words
from expert_search.numbering import STRIDE, Document, Numbering, number
from experts import digests, model
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

FOLDER = "search/index/"
VERSION = 3


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """All files of the index."""
    numbering = number(directory)
    known = vocabulary.make(directory.topics, directory.experts, site.default_lang)
    blobs = site.blobs("search-parts")
    keeper = index.Keeper(site.store("search"), blobs, known, digests.of_data(site.languages))
    rows = _Rows(known, site)
    found = keeper.update(numbering.documents, rows, site.jobs)
    separators = list(_separators(found))
    names = [shards.short(shard.content) for shard in found.shards]
    for start, name, shard in zip(separators, names, found.shards, strict=True):
        path = f"{FOLDER}s{shards.fnv(start)}.{name}.json"
        yield Output(path, digests.of_data(VERSION, shard.content), index.shard_file, (blobs.get, shard.content))
    files = _Files(site)
    starts = shards.groups([shard.first for shard in found.shards])
    groups = []
    for at, end in pairwise([*starts, len(names)]):
        group = {"terms": shards.front_coded(separators[at:end]), "shards": "".join(names[at:end])}
        groups.append(files.add(f"g{shards.fnv(separators[at])}", group))
    shown = cards.cards(directory, site, numbering, FOLDER)
    yield from shown.outputs
    topics = frozenset(
        topic.slug for topic in directory.topics if directory.experts_on(topic) or directory.stories_on(topic)
    )
    manifest = {
        "v": VERSION,
        "n": len(numbering.documents),
        "stride": STRIDE,
        "experts": numbering.experts,
        "wide": numbering.wide,
        "fields": documents.FIELDS,
        "size": cards.SIZE,
        "groups": shards.front_coded([separators[at] for at in starts]),
        "names": "".join(groups),
        "row": cards.ROW,
        "cards": shown.people,
        "stories": shown.stories,
        "words": files.letters("t", words.dictionaries(found.terms, known)),
        "suggest": files.letters("k", words.suggestions(directory.topics, topics)),
        "facets": _facets(files, directory, numbering),
        "stop": text.stop(),
    }
    yield from files.outputs
    yield site.text(f"{FOLDER}manifest.json", str, _json(manifest))


def _facets(files: _Files, directory: Directory, numbering: Numbering) -> dict[str, str]:
    """Add the facets' columns that have any value."""
    labels = tuple([(topic.slug, topic.label) for topic in directory.topics])
    found = {}
    for name, column in columns.columns(directory, numbering).items():
        if any(values for _, values in column):
            made_from = (column, labels if name == "topic" else ())
            found[name] = files.make(f"f{name}", columns.column_file, *made_from)
    return found


def _separators(found: index.Index) -> Iterator[str]:
    """The beginning of each shard's first term that tells it from the term before; of the first one, nothing."""
    at = 0
    for shard in found.shards:
        yield shards.separator(found.terms[at - 1], shard.first) if at else ""
        at += shard.length


class _Files:
    """Files whose names hold a digest of their content."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.outputs: list[Output] = []

    def add(self, stem: str, content: Any) -> str:
        """Add a file of JSON; the short name of its content."""
        written = _json(content)
        name = shards.name_of(written.encode("utf-8", "surrogatepass"))
        self.outputs.append(self.site.text(f"{FOLDER}{stem}.{name}.json", str, written))
        return name

    def make(self, stem: str, make: Callable[..., str], *inputs: Any) -> str:
        """Add a file named after what it is made from; the short name."""
        name = shards.short(digests.of_data(self.site.sources, inputs))
        fingerprint = digests.of_data(self.site.code, inputs)
        self.outputs.append(Output(f"{FOLDER}{stem}.{name}.json", fingerprint, make, inputs))
        return name

    def letters(self, kind: str, files: Mapping[str, Any]) -> str:
        """Add a file for each letter; the letters and names, one after the other."""
        return "".join([letter + self.add(f"{kind}{letter}", content) for letter, content in files.items()])


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


class _Rows:
    """Makes the terms of a document."""

    def __init__(self, known: vocabulary.Vocabulary, site: Site) -> None:
        self.known, self.html = known, site.html

    def __call__(self, document: Document) -> documents.Row:
        record = document.record
        if isinstance(record, model.Expert):
            return documents.profile(record, self.known, self.html)
        if isinstance(record, model.Story):
            return documents.story(record, self.known, self.html)
        return documents.hook(record, self.known, self.html)
