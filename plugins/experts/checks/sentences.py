"""The sentences of a Markdown text with their places: what is code, a heading, a table or HTML is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:[’'\-–/.][^\W_]+)*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_NO_SENTENCE = re.compile(
    r"[ \t]{0,3}(?:#{1,6}(?:[ \t]|$)|\||<|\[[^]\n]{1,200}\]:|=+[ \t]*$|-{2,}[ \t]*$)|\*\[[^]\n]{1,200}\]:"
)
# What is no word of a sentence though it stands in one: the address of a link, code, an address alone.
_INLINE = re.compile(
    r"!\[[^]\n]{0,500}\]\([^()\n]{0,2000}\)|(?<=\])\([^()\n]{0,2000}\)|`[^`]{1,500}`|https?://\S{1,2000}|<[^<>\n]{1,2000}>"
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’“»«)\]*_]*+(?=\s|$)")


class Sentence(NamedTuple):
    """A sentence: its text on one line, how many words it has, and where it begins (from 1)."""

    text: str
    words: int
    line: int
    column: int


def sentences(text: str, line: int = 1) -> Iterator[Sentence]:
    """The sentences of the Markdown `text`, which begins in line `line` of its file."""
    for first, rows in _blocks(text, line):
        yield from _of_block(first, rows)


def _blocks(text: str, line: int) -> Iterator[tuple[int, list[str]]]:
    """The runs of lines that belong together: ``(number of the first line, lines)``; marks of lists and quotes become spaces."""
    rows: list[str] = []
    fence, first = "", line
    for number, row in enumerate(text.split("\n"), line):
        opening = _FENCE.match(row)
        if fence:
            if opening and opening[1].startswith(fence) and not row[opening.end() :].strip():
                fence = ""
            continue
        quote = _QUOTE.match(row)
        if quote:
            row = " " * quote.end() + row[quote.end() :]  # noqa: PLW2901 - columns stay the same
        item = _ITEM.match(row)
        ends = opening or not row.strip() or _NO_SENTENCE.match(row)
        code = not rows and not item and not quote and row.startswith(("    ", "\t"))
        if (ends or item or code) and rows:
            yield first, rows
            rows = []
        if opening:
            fence = opening[1]
        elif not ends and not code:
            if not rows:
                first = number
            rows.append(" " * item.end() + row[item.end() :] if item else row)
    if rows:
        yield first, rows


def _of_block(first: int, rows: list[str]) -> Iterator[Sentence]:
    block = _INLINE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), "\n".join(rows))
    at = 0
    for end in [*(match.end() for match in _END.finditer(block)), len(block)]:
        piece = block[at:end]
        begins = at + len(piece) - len(piece.lstrip())
        count = sum(1 for _ in WORD.finditer(piece))
        if count:
            line = first + block.count("\n", 0, begins)
            yield Sentence(" ".join(piece.split()), count, line, begins - block.rfind("\n", 0, begins))
        at = end
