"""Markdown without links to somebody who is gone: in all spellings that Python-Markdown reads as a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

# No address is longer than 2,000 characters; without a bound, "](" many times takes the square of its length.
_INLINE = re.compile(
    r"""\]\(\s*+(?:<([^<>\n]*)>|((?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.){0,2000}\)){0,2000}))"""
    r"""(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)"""
)
_DEFINITION = re.compile(
    r"""^[ ]{0,3}\[([^\]\n]+)\]:[ \t]*+\n?[ \t]*+<?([^\s<>]+)>?[ \t]*+(?:\n?[ \t]*+(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\)))?[ \t]*+(?:\n|\Z)""",
    re.MULTILINE,
)
_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ADDRESS = re.compile(r"<?\b(https?://[^\s<>()\[\]\"'`]+)>?", re.IGNORECASE)
_BEGINNING = re.compile(r"(?:\A|\n\s*\n|[.!?…][“”\"»)]*\s|(?:^|\n)[ \t]*(?:[-*+>#]+|\d+[.)])[ \t]+)[„“\"»«*_\s]*\Z")

Leads = Callable[[str], str]
"""``leads(address)`` tells whether an address as written leads to the "person", to a "story" that goes, or elsewhere ("")."""


class Passage:
    """A text in which links are taken out; `count` says how many were."""

    def __init__(self, text: str, leads: Leads, words: str) -> None:
        """Take the text, and the words that stand for a person."""
        self.text, self.leads, self.words, self.count = text, leads, words, 0

    def unlinked(self) -> str:
        """The text without the links."""
        self._references()
        self._inline()
        self.text = _ANCHOR.sub(self._anchor, self.text)
        self.text = _ADDRESS.sub(self._bare, self.text)
        return self.text

    def bare(self, pattern: re.Pattern[str]) -> str:
        """The text with words for all that a pattern finds."""
        self.text = pattern.sub(lambda found: self._instead(found.string, found.start()), self.text)
        return self.text

    def _instead(self, text: str, at: int) -> str:
        self.count += 1
        begins = _BEGINNING.search(text[max(0, at - 80) : at])
        return self.words[:1].upper() + self.words[1:] if begins else self.words

    def _inline(self) -> None:
        at = 0
        while (found := _INLINE.search(self.text, at)) is not None:
            at = found.start() + 1
            kind = self.leads(unescape(found[1] if found[1] is not None else found[2]))
            start = _opening(self.text, found.start()) if kind else -1
            if start < 0:
                continue
            inner = self.text[start + 1 : found.start()]
            if start and self.text[start - 1] == "!" and self.text[max(0, start - 2) : start - 1] != "\\":
                start -= 1
            instead = self._replaced(kind, start, inner)
            self.text = self.text[:start] + instead + self.text[found.end() :]
            at = start + (len(instead) if kind == "person" else 0)

    def _replaced(self, kind: str, at: int, inner: str) -> str:
        if kind == "person":
            return self._instead(self.text, at)
        self.count += 1
        return inner

    def _references(self) -> None:
        kinds: dict[str, str] = {}

        def definition(found: re.Match[str]) -> str:
            kind = self.leads(unescape(found[2]))
            if not kind:
                return found[0]
            kinds[" ".join(found[1].split()).lower()] = kind
            return ""

        self.text = _DEFINITION.sub(definition, self.text)
        for label, kind in kinds.items():
            name = r"\s+".join(map(re.escape, label.split()))
            uses = re.compile(
                rf"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\](?:\([^()\s]*\))?)*)\]\s?\[{name}\]|!?\[({name})\](?:\s?\[\])?(?![\[(:])",
                re.IGNORECASE,
            )

            def use(found: re.Match[str], kind: str = kind) -> str:
                if kind == "person":
                    return self._instead(found.string, found.start())
                self.count += 1
                return found[1] if found[1] is not None else found[2]

            self.text = uses.sub(use, self.text)

    def _anchor(self, found: re.Match[str]) -> str:
        href = _HREF.search(found[1])
        address = next((part for part in href.groups() if part is not None), "") if href else ""
        kind = self.leads(unescape(address)) if address else ""
        if kind == "person":
            return self._instead(found.string, found.start())
        self.count += kind == "story"
        return found[2] if kind else found[0]

    def _bare(self, found: re.Match[str]) -> str:
        address = found[1].rstrip(".,;:!?")
        if self.leads(unescape(address)) != "person":
            return found[0]
        return self._instead(found.string, found.start()) + found[1][len(address) :]


def _opening(text: str, at: int) -> int:
    """The place of the bracket that the one at `at` closes; -1 if there is none in its paragraph."""
    depth = 0
    while at >= 0:
        escaped = at > 0 and text[at - 1] == "\\" and text[max(0, at - 2) : at - 1] != "\\"
        if text[at] == "]" and not escaped:
            depth += 1
        elif text[at] == "[" and not escaped:
            depth -= 1
            if not depth:
                return at
        elif text[at] == "\n" and text[max(0, at - 1) : at] == "\n":
            return -1
        at -= 1
    return -1
