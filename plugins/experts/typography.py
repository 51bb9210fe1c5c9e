"""Typographic quotation marks, dashes and ellipses in HTML, right for its language.

Works on sanitised HTML, so that code, attributes and entities are never touched.  A mark opens
after a space, an opening bracket or a dash, and closes otherwise; a single mark inside or at the
end of a word is an apostrophe unless a single quotation is open.
"""

from __future__ import annotations

import re

QUOTES = {
    "de": "„“‚‘",
    "en": "“”‘’",
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "es": "«»“”",
    "it": "«»“”",
    "nl": "“”‘’",
    "pl": "„”‚’",
    "cs": "„“‚‘",
    "sk": "„“‚‘",
    "da": "»«›‹",
    "sv": "””’’",
    "fi": "””’’",
    "no": "«»‘’",
    "nb": "«»‘’",
    "hu": "„”»«",
    "ru": "«»„“",
    "uk": "«»„“",
}
_TOKEN = re.compile(r"(<[^>]*>)")
# Two hyphens after a space and before a letter are an option of a command.
_MARK = re.compile(r"[\"']|\.\.\.|(?<![-\s(])-{2,3}(?!-)|(?<!-)-{2,3}(?![-\w])")
_NEEDED = re.compile(r"'|\.\.\.|--")
_INLINE = frozenset(
    (
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
    )
)
_VERBATIM = frozenset(("code", "pre", "kbd", "samp"))
_OPENERS = frozenset(" \t\n\u00a0\u202f([{<–—-/„“‚‘«‹»›")


def smarten(html: str, lang: str) -> str:
    """`html` with the marks of `lang` (BCP 47; English ones for a language that is not listed)."""
    if not _NEEDED.search(html) and html.count('"') == 2 * html.count('="'):
        return html  # only the quotation marks of attributes
    open2, close2, open1, close1 = QUOTES.get(lang.split("-", maxsplit=1)[0].lower(), QUOTES["en"])
    if lang.lower() in ("de-ch", "fr-ch"):
        open2, close2, open1, close1 = "«»‹›"
    out: list[str] = []
    verbatim = 0
    before = " "
    double = single = False  # is a quotation open in this block?
    tokens = _TOKEN.split(html)
    for index, token in enumerate(tokens):
        if index % 2:
            out.append(token)
            name = token.strip("</>").split(None, 1)[0].lower() if len(token) > 2 else ""
            if name in _VERBATIM:
                verbatim += -1 if token[1] == "/" else 1
                before = "x"
            elif name == "br":
                before = " "
            elif name not in _INLINE:
                before, double, single = " ", False, False
            continue
        if verbatim or not token:
            out.append(token)
            continue
        position = 0
        for match in _MARK.finditer(token):
            start, end = match.span()
            out.append(token[position:start])
            if start:
                before = token[start - 1] if start > position else before
                if before == ";" and token.endswith("&nbsp;", 0, start):
                    before = " "
            after = token[end] if end < len(token) else _next(tokens, index)
            mark = match[0]
            if mark == '"':
                if double and (before not in _OPENERS or not after.strip()):
                    mark, double = close2, False
                elif before in _OPENERS and after.strip():
                    mark, double = open2, True
                elif double:
                    mark, double = close2, False
            elif mark == "'":
                if before not in _OPENERS and single and not after.isalnum():
                    mark, single = close1, False
                elif (
                    before in _OPENERS
                    and after.isalpha()
                    and _closes(token[end : end + 2000], "".join(tokens[index + 2 : index + 7 : 2]))
                ):
                    mark, single = open1, True
                else:
                    mark = "’"
            else:
                mark = "…" if mark == "..." else "–" if mark == "--" else "—"
            out.append(mark)
            before = mark[-1]
            position = end
        out.append(token[position:])
        if position < len(token):
            before = token[-1]
    return "".join(out)


def _closes(rest: str, later: str) -> bool:
    """Whether a single quotation mark follows that can close a quotation."""
    return re.search(r"\S'(?!\w)", (rest + later)[:2000]) is not None


def _next(tokens: list[str], index: int) -> str:
    """The first character of the text after an inline tag; a space at the end of a block."""
    for tag, text in zip(tokens[index + 1 :: 2], tokens[index + 2 :: 2], strict=False):
        name = tag.strip("</>").split(None, 1)[0].lower()
        if name in _VERBATIM:
            return "x"
        if name not in _INLINE:
            return " "
        if text:
            return text[0]
    return " "
