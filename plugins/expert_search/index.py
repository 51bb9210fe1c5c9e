"""The inverted index, kept between builds: an edit reads and writes only the shards of the words that it touches.

However it came about, the index is a function of the documents and the vocabulary alone; a clean build gives the same.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from expert_search import shards
from expert_search.documents import FIELDS, Row
from expert_search.numbering import Document
from expert_search.shards import Record
from expert_search.vocabulary import Vocabulary
from experts import digests
from experts.blobs import Blobs
from experts.cache import Store
from experts.parallel import jobs_for, run

MANY = 0.05  # of the documents changed: assembling everything is less work


class Shard(NamedTuple):
    """A run of terms: the first, how many, and the digest of its packed records."""

    first: str
    length: int
    content: bytes


class Index(NamedTuple):
    """All terms in order and the shards that they are cut into."""

    terms: list[str]
    shards: list[Shard]


Fields = dict[int, tuple[list[int], list[int]]]
"""Of a term: field -> the documents' numbers, ascending, and the impacts."""


class Keeper:
    """The index of a site as the last build left it, in a store and a file of blobs."""

    def __init__(self, store: Store, blobs: Blobs, vocabulary: Vocabulary, key: bytes) -> None:
        """Load what is there; nothing if it was made with another vocabulary or by other code (`key`)."""
        self.store, self.blobs, self.vocabulary = store, blobs, vocabulary
        self.key = digests.of_data(vocabulary.digest, key)
        state: dict[Any, Any] = store.load()
        self.head: dict[str, Any] = state.pop("", {})
        self.documents: dict[int, tuple[bytes, bytes, int, int]] = state  # number -> record, row, offset, length
        if self.head.get("key") == self.key:
            index = {row: (offset, length) for _, row, offset, length in state.values()}
            index.update({shard[2]: (shard[3], shard[4]) for shard in self.head["shards"]})
            try:
                blobs.open(self.head["generation"], index)
                return
            except ValueError:
                pass
        self.head, self.documents = {}, {}
        store.size = 0
        blobs.begin()

    def update(self, documents: Sequence[Document], row_of: Callable[[Document], Row], jobs: int) -> Index:
        """The index of `documents`; `row_of` gives the terms of one that is new."""
        before = self.documents
        changed = [one for one in documents if one.ref not in before or before[one.ref][0] != one.record.digest]
        same = len(documents) == len(before) and all(one.ref in before for one in changed)
        if same and not changed and self.head:
            return Index(self.head["terms"], [Shard(*shard[:3]) for shard in self.head["shards"]])
        rows = self._rows(changed, row_of, jobs)
        if self.head and same and len(changed) <= max(8, MANY * len(documents)):
            index = self._patch(changed, rows)
        else:
            index = self._assemble(documents, rows)
        self._save(documents, rows, index)
        return index

    def records(self, shard: Shard) -> list[Record]:
        """The records of a shard."""
        return unpack(self.blobs.get(shard.content))

    # -- rows -------------------------------------------------------------------------------------

    def _rows(self, changed: list[Document], row_of: Callable[[Document], Row], jobs: int) -> dict[bytes, bytes]:
        """Record -> row, for the records of the changed documents."""
        known = {record: row for record, row, _, _ in self.documents.values()}
        wanted = {one.record.digest: one for one in changed if one.record.digest not in known}
        found = {one.record.digest: known[one.record.digest] for one in changed if one.record.digest in known}
        todo = list(wanted.values())
        count = jobs_for(len(todo), jobs, 100)

        def work(number: int) -> Iterator[list[tuple[bytes, bytes]]]:
            made = []
            for document in todo[number::count]:
                made.append((document.record.digest, marshal.dumps(row_of(document), 2)))
                if len(made) == 500:
                    yield made
                    made = []
            yield made

        for answer, made in run(work, count):
            answer(True)
            for record, row in made:
                content = digests.of(row)
                self.blobs.add(content, row)
                found[record] = content
        return found

    def _row(self, content: bytes) -> Row:
        row: Row = marshal.loads(self.blobs.get(content))
        return row

    # -- everything -------------------------------------------------------------------------------

    def _assemble(self, documents: Sequence[Document], rows: dict[bytes, bytes]) -> Index:
        known = {record: row for record, row, _, _ in self.documents.values()} | rows
        # A posting as one number: the document's, and in the last byte the impact.
        postings: list[defaultdict[str, list[int]]] = [defaultdict(list) for _ in FIELDS]
        for document in documents:
            number = document.ref << 8
            for field, terms, impacts in self._row(known[document.record.digest]):
                found = postings[field]
                for term, impact in zip(terms, impacts, strict=True):
                    found[term].append(number | impact)

        def fields(term: str) -> Fields:
            there = [(field, found[term]) for field, found in enumerate(postings) if term in found]
            return {field: ([one >> 8 for one in packed], [one & 255 for one in packed]) for field, packed in there}

        order = shards.in_order(list(self.vocabulary.links.keys() | {term for found in postings for term in found}))
        sizes = [shards.weigh(term, sum([len(found.get(term, ())) for found in postings])) for term in order]
        starts = self._cuts(order, sizes)
        cut = []
        for start, end in pairwise([*starts, len(order)]):
            cut.append(self._store([self._record(term, fields(term)) for term in order[start:end]]))
        self.head = {"sizes": sizes}
        return Index(order, cut)

    def _record(self, term: str, fields: Fields) -> Record:
        links = self.vocabulary.links_of(term)
        flat: list[Any] = [term, tuple([value for link in sorted(links.items()) for value in link])]
        for field in sorted(fields):
            refs, impacts = fields[field]
            flat += [field, tuple(refs), tuple(impacts)]
        return tuple(flat)

    def _store(self, records: list[Record]) -> Shard:
        packed = shards.pack(records)
        content = digests.of(packed)
        self.blobs.add(content, packed)
        return Shard(records[0][0], len(records), content)

    def _cuts(self, terms: list[str], sizes: list[int]) -> list[int]:
        return shards.cuts(terms, sizes, shards.window(sum(sizes)), _may_begin)

    # -- an edit ----------------------------------------------------------------------------------

    def _patch(self, changed: list[Document], rows: dict[bytes, bytes]) -> Index:
        """The index after a few documents have changed, from the shards of the terms that differ."""
        edits = self._edits(changed, rows)
        old = [Shard(*shard[:3]) for shard in self.head["shards"]]
        starts = [shards.code_units(shard.first) for shard in old]
        loaded: dict[int, dict[str, Record]] = {}

        def place(term: str) -> int:
            return max(0, bisect_right(starts, shards.code_units(term)) - 1)

        def record(term: str) -> Record | None:
            at = place(term)
            if at not in loaded:
                loaded[at] = {one[0]: one for one in self.records(old[at])}
            return loaded[at].get(term)

        sizes = dict(zip(self.head["terms"], self.head["sizes"], strict=True))
        after: dict[str, Record] = {}
        for term, changes in edits.items():
            fields = _fields(record(term))
            for (field, ref), impact in sorted(changes.items()):
                _put(fields, field, ref, impact)
            if fields or term in self.vocabulary.links:
                after[term] = self._record(term, fields)
                sizes[term] = _size(term, fields)
            else:
                sizes.pop(term, None)
        touched = {place(term) for term in edits}
        terms = shards.in_order(list(sizes))
        all_sizes = [sizes[term] for term in terms]
        cuts = self._cuts(terms, all_sizes)
        untouched = {(shard.first, shard.length): shard for at, shard in enumerate(old) if at not in touched}
        found = []
        for start, end in pairwise([*cuts, len(terms)]):
            kept = untouched.get((terms[start], end - start))
            if kept is None:
                group = [after.get(term) or record(term) for term in terms[start:end]]
                kept = self._store([one for one in group if one is not None])
            found.append(kept)
        self.head = {"sizes": all_sizes}
        return Index(terms, found)

    def _edits(self, changed: list[Document], rows: dict[bytes, bytes]) -> dict[str, dict[tuple[int, int], int]]:
        """Term -> (field, document) -> the new impact, 0 for none."""
        edits: dict[str, dict[tuple[int, int], int]] = {}
        for document in changed:
            before = _impacts(self._row(self.documents[document.ref][1]))
            now = _impacts(self._row(rows[document.record.digest]))
            for place in before.keys() | now.keys():
                impact = now.get(place, 0)
                if before.get(place) != impact:
                    edits.setdefault(place[1], {})[place[0], document.ref] = impact
        return edits

    # -- the store --------------------------------------------------------------------------------

    def _save(self, documents: Sequence[Document], rows: dict[bytes, bytes], index: Index) -> None:
        known = {record: row for record, row, _, _ in self.documents.values()} | rows
        held = {one.ref: (one.record.digest, known[one.record.digest]) for one in documents}
        live = dict.fromkeys([*[row for _, row in held.values()], *[shard.content for shard in index.shards]])
        gone = not self.documents.keys() <= held.keys()  # of somebody who left no word stays
        compacted = self.blobs.compact(live, gone)
        place = self.blobs.index
        self.documents, before = {ref: (*pair, *place[pair[1]]) for ref, pair in held.items()}, self.documents
        self.head |= {
            "key": self.key,
            "generation": self.blobs.generation,
            "terms": index.terms,
            "shards": [(*shard, *place[shard.content]) for shard in index.shards],
        }
        if compacted or gone or not before:
            self.store.rewrite({"": self.head, **self.documents})
        else:
            changes: dict[Any, Any] = {ref: value for ref, value in self.documents.items() if before.get(ref) != value}
            changes.update(dict.fromkeys(before.keys() - self.documents.keys()))
            self.store.save({"": self.head, **changes}, {"": self.head, **self.documents})
        self.blobs.drop_others()


def _may_begin(term: str) -> bool:
    """Whether a shard may begin at a term: concepts stay beside their label."""
    return " #" not in term and " @" not in term


def _size(term: str, fields: Fields) -> int:
    return shards.weigh(term, sum([len(refs) for refs, _ in fields.values()]))


def _impacts(row: Row) -> dict[tuple[int, str], int]:
    return {(field, term): impact for field, terms, impacts in row for term, impact in zip(terms, impacts, strict=True)}


def _fields(record: Record | None) -> Fields:
    if record is None:
        return {}
    return {record[at]: (list(record[at + 1]), list(record[at + 2])) for at in range(2, len(record), 3)}


def _put(fields: Fields, field: int, ref: int, impact: int) -> None:
    """Set the impact of a document in a field; 0 removes it."""
    refs, impacts = fields.setdefault(field, ([], []))
    at = bisect_right(refs, ref)
    if at and refs[at - 1] == ref:
        if impact:
            impacts[at - 1] = impact
        else:
            del refs[at - 1], impacts[at - 1]
    elif impact:
        refs.insert(at, ref)
        impacts.insert(at, impact)
    if not refs:
        del fields[field]


def unpack(packed: bytes) -> list[Record]:
    """The records that `shards.pack` packed."""
    return list(marshal.loads(packed))


def shard_file(get: Callable[[bytes], bytes], content: bytes) -> str:
    """The file of a shard, from its packed records."""
    return shards.encode(unpack(get(content)))
