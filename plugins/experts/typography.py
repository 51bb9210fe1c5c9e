"""Typographic quotation marks, dashes and ellipses, right for the language of the text.

Works on sanitised HTML, so that code, attributes and entities are never touched.  A mark opens
after a space, an opening bracket or a dash, and closes otherwise; a single mark inside or at the
end of a word is an apostrophe unless a single quotation is open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Mostly CLDR's delimiters; all other languages have those of its root, which English has.
QUOTES = {
    "ar": "”“’‘",
    "be": "«»„“",
    "bg": "„“‚‘",
    "ca": "«»“”",
    "cs": "„“‚‘",
    "da": "»«›‹",
    "de": "„“‚‘",
    "el": "«»“”",
    "en": "“”‘’",
    "es": "«»“”",
    "et": "„“‚‘",
    "fa": "«»‹›",
    "fi": "””’’",
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "he": "””’’",
    "hr": "„“‚‘",
    "hu": "„”»«",
    "is": "„“‚‘",
    "it": "«»“”",
    "lb": "„“‚‘",
    "lt": "„“‚‘",
    "nb": "«»‘’",
    "nl": "“”‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”‚’",
    "ro": "„”«»",
    "ru": "«»„“",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sq": "«»“”",
    "sr": "„“‘’",
    "sv": "””’’",
    "uk": "«»„“",
}
_TOKEN = re.compile(r"(<[^<>]*>)")
# Two hyphens after a space and before a letter are an option of a command.
_MARK = re.compile(r"[\"']|\.\.\.|(?<![-\s(])-{2,3}(?!-)|(?<!-)-{2,3}(?![-\w])")
_OTHERS = {"...": "…", "--": "–", "---": "—"}
_NEEDED = re.compile(r"'|\.\.\.|--")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "cite",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_VERBATIM = frozenset(("code", "pre", "kbd", "samp"))
_OPENERS = frozenset(" \t\n\u00a0\u202f([{<–—-/„“‚‘«‹»›")


def smarten(html: str, lang: str) -> str:
    """`html` with the marks of `lang` (BCP 47; those of CLDR's root, which are the English ones, for a language that is not listed)."""
    if not _NEEDED.search(html) and html.count('"') == 2 * html.count('="'):
        return html  # only the quotation marks of attributes
    tokens = _TOKEN.split(html)
    text = _Text(_marks_of(lang))
    out = []
    for index, token in enumerate(tokens):
        if index % 2:
            text.tag(token)
            out.append(token)
        else:
            out.append(token if text.verbatim or not token else text.smart(token, tokens, index))
    return "".join(out)


def smarten_text(text: str, lang: str) -> str:
    """The same for plain text, like a title."""
    return _Text(_marks_of(lang)).smart(text, [text], 0) if _MARK.search(text) else text


def _marks_of(lang: str) -> Sequence[str]:
    """The marks of a language: outer opening, outer closing, inner opening, inner closing."""
    if lang.lower() in ("de-ch", "fr-ch"):
        return "«»‹›"
    return QUOTES.get(lang.split("-", maxsplit=1)[0].lower(), QUOTES["en"])


class _Text:
    """What is known of the text so far: the character before, and whether a quotation is open in this block."""

    __slots__ = ("before", "double", "marks", "single", "verbatim")

    def __init__(self, marks: Sequence[str]) -> None:
        self.marks = marks
        self.verbatim = 0
        self.before = " "
        self.double = self.single = False

    def tag(self, token: str) -> None:
        """Go past a tag."""
        name = _name(token)
        if name in _VERBATIM:
            self.verbatim += -1 if token[1] == "/" else 1
            self.before = "x"
        elif name == "br":
            self.before = " "
        elif name not in _INLINE:
            self.before, self.double, self.single = " ", False, False

    def smart(self, token: str, tokens: list[str], index: int) -> str:
        """A piece of text with its marks."""
        out = []
        position = 0
        for match in _MARK.finditer(token):
            start, end = match.span()
            if start > position:
                out.append(token[position:start])
                self.before = " " if token.endswith("&nbsp;", position, start) else token[start - 1]
            mark = match[0]
            if mark in "\"'":
                after = token[end] if end < len(token) else _next(tokens, index)
                mark = (
                    self._double(after) if mark == '"' else self._single(after, token[end : end + 2000], tokens, index)
                )
            else:
                mark = _OTHERS[mark]
            out.append(mark)
            self.before = mark[-1]
            position = end
        if position < len(token):
            out.append(token[position:])
            self.before = " " if token.endswith("&nbsp;") else token[-1]
        return "".join(out)

    def _double(self, after: str) -> str:
        opens = self.before in _OPENERS and bool(after.strip())
        if self.double and not opens:
            self.double = False
            return self.marks[1]
        if opens:
            self.double = True
            return self.marks[0]
        return '"'

    def _single(self, after: str, rest: str, tokens: list[str], index: int) -> str:
        if self.before not in _OPENERS:
            if self.single and not after.isalnum():
                self.single = False
                return self.marks[3]
        elif after.isalpha() and _closes(rest, "".join(tokens[index + 2 : index + 7 : 2])):
            self.single = True
            return self.marks[2]
        return "’"


def _name(tag: str) -> str:
    return tag.strip("</>").split(None, 1)[0].lower() if len(tag) > 2 else ""


def _closes(rest: str, later: str) -> bool:
    """Whether a single quotation mark follows that can close a quotation."""
    return re.search(r"\S'(?!\w)", (rest + later)[:2000]) is not None


def _next(tokens: list[str], index: int) -> str:
    """The first character of the text after an inline tag; a space at the end of a block."""
    for at in range(index + 1, len(tokens) - 1, 2):
        name, text = _name(tokens[at]), tokens[at + 1]
        if name in _VERBATIM:
            return "x"
        if name not in _INLINE:
            return " "
        if text:
            return text[0]
    return " "
