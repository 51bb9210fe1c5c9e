"""How Python-Markdown cuts a text into blocks: each rule takes the first part of a block and puts the rest back.

A block of many small parts is thus looked at once for each of them; that is what is counted.
"""

from __future__ import annotations

from typing import Any

from markdown.blockparser import BlockParser
from markdown.blockprocessors import ReferenceProcessor, SetextHeaderProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.extensions.tables import TableProcessor

from experts.effort import Effort


def restrain(md: Any, effort: Effort) -> None:
    """Replace the rules that are there."""
    md.parser.__class__ = Parser  # every rule holds the parser that it was made with
    md.parser.effort = effort
    for rule in md.parser.blockprocessors:
        kind = _KINDS.get(type(rule))
        if kind:
            rule.__class__ = kind
            rule.effort = effort
    footnotes: list[Any] = [one for one in md.registeredExtensions if isinstance(one, FootnoteExtension)]
    for extension in footnotes:
        extension.unique_ref = _References(extension).unique


class Parser(BlockParser):
    """The parser of blocks."""

    effort: Effort

    def parseBlocks(self, parent: Any, blocks: list[str]) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Let the first rule that fits take a block, until none is left."""
        effort = self.effort
        while blocks:
            block = blocks[0]
            if len(block) > 200:
                effort.near = block
                effort.spend(4 * len(block))
            for rule in self.blockprocessors:
                if rule.test(parent, blocks[0]) and rule.run(parent, blocks) is not False:
                    break


class Setext(SetextHeaderProcessor):
    """Underlined headings, which take all lines of a block apart and join them again."""

    effort: Effort

    def run(self, parent: Any, blocks: list[str]) -> None:
        """Take a heading."""
        self.effort.spend(25 * len(blocks[0]))
        super().run(parent, blocks)


class Definitions(DefListProcessor):
    """Lists of definitions, which do so too."""

    effort: Effort

    def run(self, parent: Any, blocks: list[str]) -> bool | None:
        """Take a definition."""
        self.effort.spend(40 * len(blocks[0]))
        done: bool | None = super().run(parent, blocks)
        return done


class References(ReferenceProcessor):
    """Addresses of links, all of which in a block are looked for until one is in the way."""

    effort: Effort

    def run(self, parent: Any, blocks: list[str]) -> bool:
        """Take those that follow each other."""
        size = len(blocks[0])
        done = bool(super().run(parent, blocks))
        if done:
            self.effort.spend(40 * size)
        return done


class Footnotes(FootnoteBlockProcessor):
    """Footnotes."""

    effort: Effort

    def run(self, parent: Any, blocks: list[str]) -> bool:
        """Take those that follow each other."""
        size = len(blocks[0])
        done = bool(super().run(parent, blocks))
        if done:
            self.effort.spend(20 * size)
        return done


class Table(TableProcessor):
    """Tables: every row is filled up to the columns of the first."""

    effort: Effort

    def run(self, parent: Any, blocks: list[str]) -> None:
        """Take a table."""
        rows = blocks[0].count("\n") + 1
        self.effort.spend(4000 * rows * len(self.separator))
        super().run(parent, blocks)

    def _split(self, row: str) -> list[str]:
        marks = row.count("`")
        if marks > 20:
            self.effort.spend(20 * marks * (marks + row.count("|")))
        cells: list[str] = super()._split(row)  # type: ignore[misc]
        return cells


class _References:
    """The names of a footnote's places, numbered from the second on."""

    def __init__(self, footnotes: FootnoteExtension) -> None:
        self.footnotes = footnotes

    def unique(self, reference: str, found: bool = False) -> str:
        """The next name; Python-Markdown would try all of them from the first on."""
        if not found:
            return reference
        seen = self.footnotes.found_refs
        number = seen[reference] = seen.get(reference, 0) + 1
        if number == 1:
            return reference
        name, rest = reference.split(self.footnotes.get_separator(), 1)
        return f"{name}{number}{self.footnotes.get_separator()}{rest}"


_KINDS: dict[type, type] = {
    SetextHeaderProcessor: Setext,
    DefListProcessor: Definitions,
    ReferenceProcessor: References,
    FootnoteBlockProcessor: Footnotes,
    TableProcessor: Table,
}
