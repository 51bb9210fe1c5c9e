"""What is fuzzed: functions of any bytes, in which no exception may leave the code that reads what people write."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable
from typing import Any

from experts import decoding, encoding, markup, model, reader, records, texts
from experts.decoding import Unusable
from experts.editing import mapping, tables, tidying
from experts.gate import change as changes
from experts.gate import files, rules
from experts.gate.change import Change, Part, Side
from experts.gate.owners import Owners
from experts.gate.repository import FILE, LINK, NOTHING, PROGRAM, Blob, Difference
from experts.pictures import Order
from experts.problems import Problem, Problems

PATHS = (
    "profiles/mara/profile.md", "profiles/mara/profile.en.md", "content/stories/2026/story.md", "content/topics/topic.md",
    "content/hooks/hook.md", "content/events/event.md",
)  # fmt: skip
"""One of each kind of file; the first byte of the data chooses."""
LANGUAGES = ("de", "en")
MOST_PIXELS = 1_000_000  # of pictures that are decoded here
GERMAN = texts.problems_in("de").gettext

Target = Callable[[bytes], None]


def said(problems: Iterable[Problem]) -> None:
    """Say problems in both languages, as somebody would read them."""
    for problem in problems:
        assert problem.line_of_text(GERMAN).isprintable()
        assert problem.line_of_text().isprintable()
        marshal.dumps(tuple(problem))


def fields(data: bytes) -> None:
    """A file with fields is read into a record that the cache gives back as it was, or has problems."""
    path = PATHS[data[0] % len(PATHS)] if data else PATHS[0]
    found = reader.read(path, data[1:], LANGUAGES)
    said(found.problems)
    if found.record is not None:
        plain = model.plain(found.record)
        assert records.restore(found.kind, marshal.loads(marshal.dumps(plain))) == found.record
        found.html.encode()


def form(data: bytes) -> None:
    """A file with fields is brought into the editor's form, in which nothing is left to change, or left alone."""
    path = PATHS[data[0] % len(PATHS)] if data else PATHS[0]
    after, problems = tidying.tidy_form(path, data[1:], LANGUAGES, drop_comments=True)
    said(problems)
    if not problems:
        assert tidying.tidy_form(path, after, LANGUAGES) == (after, [])


def text(data: bytes) -> None:
    """A Markdown text becomes HTML, or has problems."""
    found, problems = markup.convert("content/stories/2026/story.md", data.decode("utf-8", "replace"), "de", 3)
    said(problems)
    assert "<script" not in found.html.lower()


def picture(data: bytes) -> None:
    """A picture becomes small ones, or is said to be unusable."""
    width, height = decoding.size(data)
    decoding.kind_of(data[:16])
    if width * height > MOST_PIXELS:
        return
    try:
        pixels, icc = decoding.decode(data, None)
    except Unusable as error:
        said([Problem("x", 0, 0, "picture", error.message, error.hint, {"file": "x.png", **error.values})])
        return
    order = Order("profiles/mara/x.png", "portrait", (data[-1] % 101, 50), "Jane Roe", "CC0-1.0")
    try:
        assert encoding.files(pixels, icc, order, (width, height))[1]
    except Unusable:
        pass


def table(data: bytes) -> None:
    """A list of people is read into rows, or has problems; so has a mapping."""
    for kind in ("csv", "json"):
        try:
            found = tables.read("people", kind, data)
            said(found.notices)
            mapping.usual(found.columns)
        except Problems as error:
            said(error.problems)
    try:
        mapping.read("mapping", data)
    except Problems as error:
        said(error.problems)


# -- the gate ---------------------------------------------------------------------------------------


class Shelf:
    """A repository that is nothing but files."""

    prefix = b""

    def __init__(self, trees: dict[str, dict[bytes, tuple[str, bytes]]]) -> None:
        self.trees = trees
        self.blobs = {str(hash(data)): data for tree in trees.values() for _, data in tree.values()}

    def files(self, tree: str, *_: str) -> dict[bytes, Blob]:
        """The files of a tree."""
        found = self.trees[tree].items()
        return {path: Blob(mode, str(hash(data)), len(data)) for path, (mode, data) in found}

    def contents(self, blobs: Iterable[Blob]) -> list[bytes]:
        """The bytes of files."""
        return [self.blobs[blob.name] for blob in blobs]


HERS = b"---\nname: Mara\nheadline: Knows\ntopics: [heat]\nowner: [mara-l]\n---\nText.\n"
HIS = b"---\nname: Jonas\nheadline: Knows\ntopics: [heat]\nowner: [jonas-w]\naliases: [jo]\n---\nText.\n"
STORY = b"---\ntitle: A story\ndate: 2026-10-01\nauthors: [mara]\nimage: {file: x.png}\n---\nText.\n"
BEFORE = {
    b"profiles/mara/profile.md": (FILE, HERS),
    b"profiles/jonas/profile.md": (FILE, HIS),
    b"content/stories/2026/hers.md": (FILE, STORY),
    b"content/stories/2026/x.png": (FILE, b"\x89PNG\r\n\x1a\n"),
}
CUT = b"\n%%\n"


def gate(data: bytes) -> None:
    """A change of any files, each ``path``, line break, ``content``, cut by lines ``%%``, is judged; no content removes."""
    after = dict(BEFORE)
    for number, piece in enumerate(data.split(CUT)[:8]):
        path, _, content = piece.partition(b"\n")
        path = path.replace(b"\0", b"")
        if content:
            after[path] = ((FILE, FILE, FILE, PROGRAM, LINK)[number % 5], content)
        else:
            after.pop(path, None)
    shelf: Any = Shelf({"before": BEFORE, "after": after})
    before, behind = Side(shelf, "before"), Side(shelf, "after")
    gone = (NOTHING, b"")
    parts = []
    for path in sorted(BEFORE.keys() | after.keys()):
        old, new = BEFORE.get(path, gone), after.get(path, gone)
        if old != new:
            difference = Difference(path, old[0], new[0], str(hash(old[1])), str(hash(new[1])))
            parts.append(changes._part(b"", difference, shelf.files("after")))
    new = {path for path in after if path not in BEFORE}
    whole = Change(before, behind, tuple(parts), 1, len(data), changes._clashes(new, list(after)), tuple(parts), behind)
    said(files.oddities(whole))
    said(rules.judge(whole, Owners(before, "mara-l")))
    rules.new_profiles(whole)
    assert all(isinstance(part, Part) for part in parts)


TARGETS: dict[str, Target] = {
    "fields": fields, "form": form, "text": text, "picture": picture, "table": table, "gate": gate,
}  # fmt: skip
