"""What can be remarked about one file from its bytes alone, and where its fields stand.

Pure, so that remarks are kept until the file changes: the same path, bytes and languages give the same remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from experts import frontmatter
from experts.frontmatter import Document, Mapping, Node, Scalar
from experts.places import kind_of
from experts.problems import Problem

from . import deceptions, wording
from .sentences import WORD, Sentence, sentences

LONGEST = 35  # words of a sentence
MOST = 10  # long sentences that are told of one file: who is told of ten knows
Places = dict[str, tuple[int, int]]


class Remarks(NamedTuple):
    """What was found in a file: the places of its fields (``consent.until`` for inner ones), and hints."""

    places: Places
    hints: list[Problem]


def remarks(path: str, data: bytes, languages: tuple[str, ...]) -> Remarks:
    """Read the file `path` with the bytes `data`; `languages` are those of the site. A file that cannot be read has none."""
    document, _ = frontmatter.parse(path, data)
    if document is None:
        return Remarks({}, [])
    kind, _, tag = kind_of(path)
    lang = tag or _text(document, "lang") or languages[0]
    found: list[Problem] = deceptions.hints(document)
    if kind in ("expert", "translation"):
        found += _of_profile(document, kind, lang, data)
    if kind in ("expert", "translation", "story"):
        found += _of_sentences(document, data)
    return Remarks(_places(document.head), found)


def _text(document: Document, name: str) -> str:
    node = document.head.items.get(name)
    return node.text.strip() if isinstance(node, Scalar) and not node.empty else ""


def _places(head: Mapping) -> Places:
    """The places of a file's fields, and of those inside its groups."""
    found = dict(head.keys)
    for name, node in head.items.items():
        if isinstance(node, Mapping):
            found |= {f"{name}.{inner}": (value.line, value.column) for inner, value in node.items.items()}
    return found


def _of_profile(document: Document, kind: str, lang: str, data: bytes) -> Iterator[Problem]:
    path, head = document.path, document.head
    headline, summary = head.items.get("headline"), head.items.get("summary")
    if kind == "expert" and (summary is None or summary.empty):
        message, hint = (
            "there is no short biography",
            "add summary: two or three sentences about you, as others would say them",
        )
        yield Problem(path, *_place(head, "headline"), "no-summary", message, hint)
    elif isinstance(summary, Scalar):
        at = wording.first_person(summary.text, lang)
        if at >= 0:
            word = WORD.search(summary.text, at)
            message, hint = (
                "the short biography says {word}",
                "write about yourself by name: others will copy it into their text",
            )
            place = _within(data, summary, summary.text[at:])
            yield Problem(path, *place, "first-person", message, hint, {"word": word[0] if word else ""})
    if isinstance(headline, Scalar) and not headline.empty:
        others = tuple([_text(document, name) for name in ("name", "role", "department")])
        if wording.empty(headline.text, lang, others):
            message, hint = (
                "the headline says what you are, not what you can explain",
                "begin with a verb, like: explains why …",
            )
            yield Problem(path, headline.line, headline.column, "headline-empty", message, hint)
        elif wording.passive(headline.text, lang):
            message, hint = (
                "the headline says what is done, not who does it",
                "begin with what you do, like: explains why …",
            )
            yield Problem(path, headline.line, headline.column, "headline-passive", message, hint)
    portrait = head.items.get("portrait")
    alt = portrait.items.get("alt") if isinstance(portrait, Mapping) else None
    name = _text(document, "name")
    if name and isinstance(alt, Scalar) and wording.only_names(alt.text, name):
        message, hint = (
            "the description of the portrait only says who it is",
            "say what is to be seen, like: laughs, in front of a boiler",
        )
        yield Problem(path, alt.line, alt.column, "alt-name", message, hint)


def _of_sentences(document: Document, data: bytes) -> list[Problem]:
    """A hint for each sentence that is too long, in the short text and below."""
    summary = document.head.items.get("summary")
    short = " ".join(summary.text.split()) if isinstance(summary, Scalar) else ""
    places = [(sentence, _within(data, summary, sentence.text)) for sentence in _long(short) if summary]
    places += [(sentence, (sentence.line, sentence.column)) for sentence in _long(document.body, document.body_line)]
    message, hint = "this sentence has {words} words: {beginning} …", "make two of it; about 20 words read easily"
    return [
        Problem(document.path, *place, "long-sentence", message, hint, {"words": words, "beginning": _beginning(text)})
        for (text, words, *_), place in places[:MOST]
    ]


def _long(text: str, line: int = 1) -> list[Sentence]:
    return [sentence for sentence in sentences(text, line) if sentence.words > LONGEST]


def _beginning(text: str) -> str:
    return " ".join(text.split()[:5])


def _place(head: Mapping, name: str) -> tuple[int, int]:
    return head.keys.get(name, (head.line, 1))


def _within(data: bytes, node: Node, words: str) -> tuple[int, int]:
    """Where the first of some words stand in the value that begins at `node`, however its lines are broken."""
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rest = "\n".join([lines[node.line - 1][node.column - 1 :], *lines[node.line : node.line + 200]])
    found = re.search(r"\s+".join([re.escape(word) for word in words.split()[:4]]), rest)
    if not found:
        return node.line, node.column
    before = rest[: found.start()]
    if "\n" not in before:
        return node.line, node.column + found.start()
    return node.line + before.count("\n"), found.start() - before.rfind("\n")
