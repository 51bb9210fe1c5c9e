"""Texts as Markdown that says just these texts: no markup, no links, nobody mentioned, on GitHub, GitLab and Forgejo.

A forge looks for more than Markdown: ``@name`` notifies a person, ``#12`` another discussion, a bare address becomes a
link, GitLab takes a line ``/close`` for a command. All but the last look at the text after its Markdown was read, so that
an escape does not help; an invisible WORD JOINER (U+2060) behind the sign does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

JOINER = "\u2060"
MARKER = "<!-- our-experts:comment -->"
"""The first line of every comment: by it, the comment is found again."""

_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "&#36;"}  # \$ would still begin a formula
_SPECIAL = re.compile(r"[\\`*_\[\]#~|<>&$]")
_CALLS = re.compile(
    r"@(?!\u2060)|www(?=\.)|:(?=//|[\w+-]+:)|GH(?=-\d)|[#$%~^&](?=[\w\"'\[]|$)|!(?=[\w\"'\[])", re.IGNORECASE
)
_COMMIT = re.compile(r"(?<![^\W_])(?=[0-9]*[a-f])[0-9a-f]{7,64}(?![^\W_])", re.IGNORECASE)
_AT_START = re.compile(r"[-+=:/](?!\u2060)|(?<!\d)\d++(?=[.)])")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/(?:[A-Za-z0-9._~/:#?=-]|%[0-9A-Fa-f]{2})*)?")
_DOTS = re.compile(r"(?:/|%2f)(?:\.|%2e){1,2}(?:[/?#]|%2f|$)", re.IGNORECASE)

_PREFIX = re.compile(r"(?: {0,2}- |#{2,4} )?")
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<tag></?(?:details|summary|del|ins)>)"
    r"|(?P<strong>\*\*)"
    r"|\[(?P<label>(?:\\.|[^\\\[\]])*)\]\((?P<address>[^\s()<>]+)\)"
)


def plain(text: str, limit: int = 400) -> str:
    """A text as one line of Markdown that shows it, at most `limit` of its characters."""
    line = " ".join(_shown(text[: 8 * limit]).split())
    return escaped(line if len(line) <= limit else line[: limit - 1].rstrip() + "…")


def escaped(text: str) -> str:
    """A text as Markdown that shows it, wherever but at the beginning of a line."""
    calm = _COMMIT.sub(lambda match: JOINER.join(re.findall(".{1,6}", match[0])), text)
    calm = _CALLS.sub(lambda match: match[0] + JOINER, calm)
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or "\\" + match[0], calm)


def _shown(text: str) -> str:
    """A text whose control characters are spaces and whose signs that turn the direction of reading can be seen."""
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() or c in "\u200c\u200d\u2060\u00a0\u202f" else _visible(c) for c in text])


def _visible(character: str) -> str:
    if character.isspace() or ord(character) < 32 or 127 <= ord(character) < 160:
        return " "
    if character == "\u00ad":  # a place to break a word, which nobody sees
        return ""
    return "�" if "\ud800" <= character <= "\udfff" else character.encode("unicode_escape").decode()


def link(label: str, address: str) -> str:
    """A link with a label that is Markdown already; the label alone where the address is none that can be a link."""
    return f"[{label}]({address})" if address and is_address(address) else label


def is_address(text: str) -> bool:
    """Whether a text is an address on the web that needs no escapes and leads nowhere else than it seems to."""
    return bool(_ADDRESS.fullmatch(text)) and not _DOTS.search(text)


def cleaned(markdown: str, allowed: Iterable[str]) -> str:
    """Markdown from elsewhere with nothing left but what this package writes itself.

    That is headings, lists, strong, details with a summary, marked changes, and links whose address begins with one
    of `allowed`; everything else shows as the text that it is. What this package has written comes out as it was.
    """
    begins = tuple(allowed)
    body = markdown.removeprefix(MARKER)
    lines = [_clean_line(line, begins) for line in body.replace("\r\n", "\n").split("\n")]
    return (MARKER if body != markdown else "") + "\n".join(lines)


def _clean_line(line: str, allowed: tuple[str, ...]) -> str:
    line = _shown(line)
    prefix = _PREFIX.match(line)
    start = prefix[0] if prefix else ""
    rest = _inline(line[len(start) :].strip(), allowed).strip()
    return start + _AT_START.sub(_escape_start, rest, count=1) if _AT_START.match(rest) else start + rest


def _escape_start(match: re.Match[str]) -> str:
    return match[0] + "\\" if match[0].isdecimal() else "\\" + match[0]


def _inline(text: str, allowed: tuple[str, ...]) -> str:
    """A line, or the label of a link, token by token."""
    done: list[str] = []
    literal: list[str] = []
    at = 0
    for match in _TOKEN.finditer(text):
        literal.append(text[at : match.start()])
        at = match.end()
        address = match["address"]
        if match["escaped"] or match["entity"]:
            literal.append(_meant(match))
        elif address and not (is_address(address) and address.startswith(allowed)):
            literal.append(f"{_TOKEN.sub(_meant, match['label'])} ({address})")
        else:
            done.append(_literal(literal))
            literal = []
            if address:
                picture = JOINER if done[-1].endswith("!") else ""  # with a sign before it, it would show what is there
                done.append(f"{picture}[{_inline(match['label'], ())}]({address})")
            else:
                done.append(match[0])
    literal.append(text[at:])
    return "".join(done) + _literal(literal)


def _meant(match: re.Match[str]) -> str:
    """The text that a token stands for; its own, if it is more than an escape."""
    return match["escaped"] or (unescape(match["entity"]) if match["entity"] else match[0])


def _literal(parts: list[str]) -> str:
    return escaped(_shown("".join(parts)))
