"""What Python-Markdown takes out of a text before it looks at blocks: HTML and fenced code."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from markdown.extensions import md_in_html
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.htmlparser import HTMLExtractor, inner_blank_line_re
from markdown.preprocessors import HtmlBlockPreprocessor

from experts.effort import Effort

_OPENING = re.compile(r"`{3,}|~{3,}")
_CLOSING = re.compile(r"(`{3,}|~{3,}) *+")
# Python-Markdown's, but with runs of spaces that are not taken apart, and numbers of lines that stand on one line.
_FENCED = re.compile(
    r"""
    (?P<fence>^(?:~{3,}|`{3,}))[ ]*+
    ((\{(?P<attrs>[^\n]*)\})|
    (\.?(?P<lang>[\w#.+-]*)[ ]*+)?
    (hl_lines=(?P<quot>"|')(?P<hl_lines>[^\n]*?)(?P=quot)[ ]*+)?)
    \n
    (?P<code>.*?)(?<=\n)
    (?P=fence)[ ]*$
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


def restrain(md: Any, effort: Effort) -> None:
    """Replace the rules that are there."""
    for rule in md.preprocessors:
        kind = _KINDS.get(type(rule))
        if kind:
            rule.__class__ = kind
            rule.effort = effort


class Html(HtmlBlockPreprocessor):
    """Raw HTML."""

    effort: Effort
    extractor: Any

    def run(self, lines: list[str]) -> list[str]:
        """Take it out."""
        parser = self.extractor(self.md)
        parser.effort = self.effort
        parser.feed("\n".join(lines))
        parser.close()
        return "".join(parser.cleandoc).split("\n")


class _Counted(HTMLExtractor):
    effort: Effort

    def _rest(self, start: int) -> int:
        return len(self.rawdata) - start

    def updatepos(self, i: int, j: int) -> int:
        self.effort.spend(100 + self._rest(i) // 64)  # most tags copy the rest of the text
        return int(super().updatepos(i, j))

    def check_for_whole_start_tag(self, i: int) -> int:
        found = int(super().check_for_whole_start_tag(i))
        if found < 0 or found - i > 1000:
            self.effort.spend(50 * ((found if found > 0 else len(self.rawdata)) - i))
        return found

    def parse_endtag(self, i: int) -> int:
        found = int(super().parse_endtag(i))
        if found - i < 3:  # it is not closed, to tell which took the whole text
            self.effort.spend(2 * self._rest(i))
        return found

    def parse_pi(self, i: int) -> int:
        self.effort.spend(self._rest(i))
        return int(super().parse_pi(i))

    def parse_html_declaration(self, i: int) -> int:
        self.effort.spend(2 * self._rest(i))
        return int(super().parse_html_declaration(i))

    def inline_close_follows(self, text: str) -> bool:
        if not self.inline_stack:
            return False
        self.effort.spend(self._rest(0))
        rest = inner_blank_line_re.split(self.rawdata[self.line_offset + self.offset + len(text) :], 1)[0]
        for tag in dict.fromkeys(self.inline_stack):
            self.effort.spend(2 * len(rest))
            if re.search(rf"</\s*{re.escape(tag)}\s*>", rest, re.IGNORECASE):
                return True
        return False


class _CountedExtra(_Counted, md_in_html.HTMLExtractorExtra):
    """The same where HTML may hold Markdown."""


class Plain(Html):
    """Raw HTML as it is."""

    extractor = _Counted


class Extra(Html):
    """Raw HTML that may hold Markdown: in ordinary pages."""

    extractor = _CountedExtra


class Fences(FencedBlockPreprocessor):
    """Fenced code."""

    effort: Effort
    FENCED_BLOCK_RE = _FENCED

    def run(self, lines: list[str]) -> list[str]:
        """Take it out."""
        self._count(lines)
        found: list[str] = super().run(lines)
        return found

    def _count(self, lines: list[str]) -> None:
        """A fence that is not closed is looked for to the end of the text; one that is copies the text."""
        closing: dict[str, list[int]] = {}
        below, size = [], 0
        for number, line in enumerate(lines):
            end = _CLOSING.fullmatch(line)
            if end:
                closing.setdefault(end[1], []).append(number)
            below.append(size)
            size += len(line) + 1
        number = 0
        while number < len(lines):
            opening = _OPENING.match(lines[number])
            if opening:
                ends = closing.get(opening[0], [])
                at = bisect_right(ends, number)
                if at < len(ends):
                    self.effort.spend(size // 12)
                    number = ends[at]
                else:
                    self.effort.near = lines[number]
                    self.effort.spend(20 * (size - below[number]))
            number += 1


_KINDS: dict[type, type] = {
    HtmlBlockPreprocessor: Plain,
    md_in_html.HtmlBlockPreprocessor: Extra,
    FencedBlockPreprocessor: Fences,
}
