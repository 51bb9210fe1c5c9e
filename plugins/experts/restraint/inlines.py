"""What Python-Markdown does within a paragraph: every mark that it finds copies the paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import BacktickInlineProcessor, DelimiterProcessor, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from experts.effort import Effort

SHORT = 2000
"""Characters of a paragraph that may hold any number of marks: even two thousand do no harm."""
_TICKS = re.compile("`+")
_BRACKET = re.compile(r"[\[\]]")


def restrain(md: Any, effort: Effort) -> None:
    """Replace the rules that are there."""
    inline = md.treeprocessors["inline"]
    inline.__class__ = Inline
    inline.effort = effort
    for rule in md.inlinePatterns:
        for kind, count in _KINDS.items():
            if isinstance(rule, kind):
                count(rule, effort)
    if "attr_list" in md.treeprocessors:
        md.treeprocessors["attr_list"].HEADER_RE = _AtEnd()


class Inline(InlineProcessor):
    """The rules in their order, each applied until it finds nothing more."""

    effort: Effort

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - names of Python-Markdown's
        if len(data) < SHORT or isinstance(data, AtomicString):
            short: str = super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc]
            return short
        apply: Any = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009 - its name is private to Python-Markdown's class
        start, near = 0, self.effort.near
        if not near.startswith(data[:20]):
            self.effort.near = data
        number = patternIndex
        while number < len(self.inlinePatterns):
            self.effort.spend(len(data))
            rule = self.inlinePatterns[number]
            data, matched, start = apply(rule, data, number, start)
            if not matched:
                number += 1
        self.effort.near = near
        return data


def _links(rule: Any, effort: Effort) -> None:
    """The words of a link in brackets, and its address; one whose title does not end is looked for to the end of the paragraph."""
    address = rule.getLink

    def words(data: str, index: int) -> tuple[str, int, bool]:
        depth = 1
        seen = 0
        for mark in _BRACKET.finditer(data, index):
            seen += 1
            depth += 1 if mark[0] == "[" else -1
            if not depth:
                effort.spend(200 * seen)
                return data[index : mark.start()], mark.end(), True
        effort.spend(200 * seen + len(data) - index)
        return data[index:], len(data), False

    def counted(data: str, index: int) -> Any:
        found = address(data, index)
        _, title, end, _ = found
        whole = title is None and ('"' in data[index:end] or "'" in data[index:end])
        effort.spend(100 * max((len(data) if whole else end) - index, 0))
        return found

    rule.getText, rule.getLink = words, counted


def _code(rule: Any, effort: Effort) -> None:
    """Code between backticks: as Python-Markdown finds it, but not letter by letter."""

    def find(start: int, text: str) -> tuple[int, int | None]:
        opening = _TICKS.match(text, start)
        ticks = len(opening[0]) if opening else 0
        start += ticks
        longest = end = seen = 0
        for run in _TICKS.finditer(text, start):
            seen += 1
            length = run.end() - run.start()
            if length == ticks:
                effort.spend(200 * seen)
                return start, run.start()
            if length > longest:
                longest, end = length, run.end()
        effort.spend(200 * seen + len(text) - start)
        if 0 < longest < ticks:
            return start - (ticks - longest), end - longest
        return start + ticks, None

    rule.find_code_spans = find


def _emphasis(rule: Any, effort: Effort) -> None:
    """For a mark that may open and close, all that are open are looked through."""
    search = rule.search

    def counted(data: str, start: int) -> Any:
        waiting = sum([len(mark.stack) for mark in rule.delimiters.values()])
        if waiting > 20:
            effort.spend(waiting * waiting // 8 + 50 * waiting)
        return search(data, start)

    rule.search = counted


def _notes(rule: Any, effort: Effort) -> None:
    """The place of a footnote, whose number is found by going through all notes."""
    handle = rule.handleMatch

    def counted(match: re.Match[str], data: str) -> Any:
        effort.spend(15 * len(rule.footnotes.footnotes))
        return handle(match, data)

    rule.handleMatch = counted


_KINDS: dict[type, Callable[[Any, Effort], None]] = {
    LinkInlineProcessor: _links,
    BacktickInlineProcessor: _code,
    DelimiterProcessor: _emphasis,
    FootnoteInlineProcessor: _notes,
}


class _AtEnd:
    """The attributes at the end of a heading: only looked for where it ends with a brace."""

    form = re.compile(r"(?<! )" + AttrListTreeprocessor.HEADER_RE.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The attributes, with the spaces before them."""
        return self.form.search(text) if text.rstrip(" \n").endswith("}") else None
