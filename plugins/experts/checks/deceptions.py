"""What in a text may not be what it seems: hidden characters, letters that look like others, links that show another host.

Nothing here is refused, for honest names and texts hold all of it; whoever reviews a change should see it.
Mixed scripts as in Unicode Technical Standard #39, but only within a word and only where the letters of the other script
look like Latin ones: Müller-Δ or a Japanese name with Latin letters is nobody's mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

from experts.frontmatter import Document, Mapping, Node, Scalar, Sequence
from experts.problems import Problem

MOST = 10  # about one file: who is told of ten knows
# Of no width, or filled with nothing.  Joiners are signs of writing in many scripts, and no letters of ours need them.
_HIDDEN = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u180e\u115f\u1160\u3164\uffa0\ue000-\uf8ff]|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
# Letters that few can tell from Latin ones (from the confusables of UTS #39), Cyrillic and Greek.
_LIKE = "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0406\u0408\u0405\u04bb\u0501\u051b\u04c0\u04cf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd"
_MIXED = re.compile(f"[A-Za-z][{_LIKE}]|[{_LIKE}][A-Za-z]")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(\s*<?(https?://[^\s<>()]{1,2000})")
_HOST = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})(?:[/:?#]\S*)?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>()\[\]\"']{1,2000}", re.IGNORECASE)


def hints(document: Document) -> list[Problem]:
    """Hints about the fields and the text of a file, at most `MOST`."""
    return list(islice(_hints(document), MOST))


def _hints(document: Document) -> Iterator[Problem]:
    path, body = document.path, document.body

    def in_body(at: int) -> tuple[str, int, int]:
        return path, document.body_line + body.count("\n", 0, at), at - body.rfind("\n", 0, at)

    for scalar in _scalars(document.head):
        yield from _of_text(scalar.text, partial(_at_scalar, path, scalar))
    yield from _of_text(body, in_body)
    for match in _disguised(body):
        message, hint = (
            "this link shows {shown}, but leads to {host}",
            "write where it leads to, or describe it in words",
        )
        values = {"shown": match[1], "host": _host(match[2])}
        yield Problem(*in_body(match.start()), "link-host", message, hint, values)


def _at_scalar(path: str, scalar: Scalar, _: int) -> tuple[str, int, int]:
    return path, scalar.line, scalar.column


def _of_text(text: str, place: Callable[[int], tuple[str, int, int]]) -> Iterator[Problem]:
    at = None if text.isascii() else _HIDDEN.search(text)
    if at:
        message, hint = (
            "a character stands here that nobody sees, {character}",
            "delete it, if it only came along with copied text",
        )
        yield Problem(*place(at.start()), "hidden-character", message, hint, {"character": f"U+{ord(at[0]):04X}"})
    mixed = None if text.isascii() else _MIXED.search(text)
    if mixed:
        odd = next(letter for letter in mixed[0] if not letter.isascii())
        message, hint = (
            "in {word}, the letter {character} is no Latin one, but looks like one",
            "type the word anew; who searches for it or follows the link would not find it",
        )
        values = {"word": _word(text, mixed.start()), "character": f"{odd} (U+{ord(odd):04X})"}
        yield Problem(*place(mixed.start()), "mixed-scripts", message, hint, values)
    for match in _URL.finditer(text):
        if _looks_latin(_host(match[0])):
            message, hint = (
                "the host {host} looks like another one",
                "its letters are those of another script; check where it leads to",
            )
            yield Problem(*place(match.start()), "mixed-scripts", message, hint, {"host": _host(match[0])})


def _host(url: str) -> str:
    """The host of an address, in letters where it is written as ``xn--…`` (RFC 3492)."""
    try:
        host = urlsplit(url).hostname or ""
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except ValueError:
        return ""


def _looks_latin(host: str) -> bool:
    """Whether a name within a host is written in letters of another script that all look like Latin ones, or in both."""
    for name in host.split("."):
        letters = [letter for letter in name if letter.isalpha()]
        other = [letter for letter in letters if letter in _LIKE]
        if other and all(letter.isascii() or letter in _LIKE for letter in letters):
            return True
    return False


def _word(text: str, at: int) -> str:
    """The word around a place."""
    begin = max(text.rfind(space, 0, at) for space in " \n") + 1
    return text[begin : begin + 200].split(maxsplit=1)[0]


def _disguised(body: str) -> Iterator[re.Match[str]]:
    """The links whose words are an address of another host."""
    for match in _LINK.finditer(body):
        shown = _HOST.fullmatch(match[1].strip(" *_`"))
        host = _host(match[2])
        if shown and host and not _same(shown[1].lower(), host):
            yield match


def _same(shown: str, host: str) -> bool:
    """Whether two hosts are the same one to a reader: one may be a part of the other's domain."""
    one, other = shown.removeprefix("www."), host.removeprefix("www.")
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Mapping):
        for value in node.items.values():
            yield from _scalars(value)
