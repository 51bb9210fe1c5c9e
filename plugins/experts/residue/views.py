"""A text in all the ways in which a program may read it, each with the way back to the place in the file.

HTML entities, percent signs, escapes of JSON and scripts, quoted-printable, punycode and Base64 are decoded, also one within
the other; folded lines of vCards and calendars are joined; tags are taken out.  What a text is, nobody has to say: a way of
reading that does not fit only makes nonsense, which holds nobody's name.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from .spelling import STRANGE, folded

ROUNDS = 4  # escapes within escapes
LARGEST = 8 << 20  # bytes of Base64 in one text
Replace = Callable[["re.Match[str]"], str]


class View(NamedTuple):
    """A text and, where it counts, its places: from the position `new[i]` on it is what stands from `old[i]` on."""

    text: str
    new: tuple[int, ...] | None = None
    old: tuple[int, ...] = ()

    def sub(self, pattern: re.Pattern[str], replace: Replace) -> View:
        """The text with each match replaced."""
        if self.new is None:
            return View(pattern.sub(replace, self.text))
        pieces: list[str] = []
        new: list[int] = []
        old: list[int] = []
        size = at = 0
        for match in pattern.finditer(self.text):
            start = match.start()
            size = self._keep(at, start, size, pieces, new, old)
            pieces.append(replace(match))
            new.append(size)
            old.append(self.origin(start))
            size += len(pieces[-1])
            at = match.end()
        self._keep(at, len(self.text), size, pieces, new, old)
        return View("".join(pieces), tuple(new), tuple(old))

    def _keep(self, start: int, end: int, size: int, pieces: list[str], new: list[int], old: list[int]) -> int:
        """Take over what stands between two matches, with the places within it."""
        pieces.append(self.text[start:end])
        new.append(size)
        old.append(self.origin(start))
        mine = self.new or ()
        for number in range(bisect_right(mine, start), bisect_right(mine, end - 1)):
            new.append(size + mine[number] - start)
            old.append(self.old[number])
        return size + end - start

    def origin(self, at: int) -> int:
        """The place in the file of a position in the text."""
        number = bisect_right(self.new or (), at) - 1
        return at if number < 0 or self.new is None else self.old[number] + at - self.new[number]


def placed(text: str) -> View:
    """A text whose places count."""
    return View(text, (0,), (0,))


# -- ways of reading ------------------------------------------------------------------------------


def _bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _backslash(match: re.Match[str]) -> str:
    found = match[0]
    if found[1] == "u" and found[2] != "{":
        units = bytes.fromhex(found.replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    if found[1] == "u":
        return chr(min(int(found[3:-1], 16), 0x10FFFF))
    if found[1] == "x":
        return _bytes(bytes.fromhex(found.replace("\\x", "")))
    if found[1].isdigit():
        return _bytes(bytes([int(code, 8) & 255 for code in found.split("\\")[1:]]))
    return " " if found[1] in "nrtbfv" else found[1]


def _punycode(match: re.Match[str]) -> str:
    try:
        return match[1].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return match[0]


ESCAPES: tuple[tuple[str, re.Pattern[str], Replace], ...] = (
    ("&", re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});?"), lambda match: html.unescape(match[0])),
    ("%", re.compile(r"(?:%[0-9A-Fa-f]{2})+"), lambda match: _bytes(unquote_to_bytes(match[0]))),
    (
        "\\",
        re.compile(
            r"(?:\\u[0-9a-fA-F]{4})+|\\u\{[0-9a-fA-F]{1,6}\}|(?:\\x[0-9a-fA-F]{2})+|(?:\\[0-3][0-7]{2})+|\\[nrtbfv/\"'\\,;]"
        ),
        _backslash,
    ),
    ("xn--", re.compile(r"\bxn--([a-z0-9-]{2,60})", re.IGNORECASE | re.ASCII), _punycode),
)
_QUOTED = re.compile(r"(?:=[0-9A-F]{2}(?:=\r?\n(?==))?)+|=\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]")
_TAG = re.compile(r"<(?:!--.*?--|/?([a-zA-Z][\w:-]*+)[^<>]*+)>", re.DOTALL)
_WITHIN = "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd mark q s samp small span strong sub sup time tt u wbr"
_INLINE = frozenset(_WITHIN.split())
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{11,}={0,2}|[A-Za-z0-9+/_-]{6,}={1,2}")
_URLSAFE = str.maketrans("-_", "+/")


_OVER_LINES = re.compile(r"\w<[!/\w][^<>]*\n")


def by_lines(text: str) -> bool:
    """Whether no word of a text goes on in the next line, behind a tag that is broken there."""
    return not _OVER_LINES.search(text)


def _untagged(match: re.Match[str]) -> str:
    return "" if match[1] is None or match[1].lower() in _INLINE else " "


def _unquoted(match: re.Match[str]) -> str:
    return _bytes(bytes.fromhex("".join(match[0].replace("=", "").split())))


def _unescaped(view: View) -> View:
    for sign, pattern, replace in ESCAPES:
        if sign in view.text or (sign == "xn--" and "XN--" in view.text):
            view = view.sub(pattern, replace)
    return view


def bases(view: View) -> Iterator[View]:
    """The text as it is; with its folded lines joined (RFC 6350, 5545); with quoted-printable decoded (RFC 2045)."""
    text = view.text
    yield view
    if text.lstrip()[:1] not in ("<", "{", "[") and ("\n " in text or "\n\t" in text):
        unfolded = view.sub(_FOLD, lambda _: "")
        yield unfolded
        if "=" in text and _QUOTED.search(unfolded.text):
            yield unfolded.sub(_QUOTED, _unquoted)
    if "=" in text and _QUOTED.search(text):
        yield view.sub(_QUOTED, _unquoted)


def readings(view: View) -> Iterator[View]:
    """A text, with its escapes resolved once and as often as there are any, and without its tags."""
    yield view
    for _ in range(ROUNDS):
        if not any(sign in view.text for sign, _, _ in ESCAPES) and "XN--" not in view.text:
            break
        after = _unescaped(view)
        if after.text == view.text:
            break
        view = after
        yield view
    if "<" in view.text and ">" in view.text:
        yield view.sub(_TAG, _untagged)


def folds(view: View) -> View:
    """The text folded, as words are compared."""
    if view.text.isascii():
        return view._replace(text=view.text.lower())
    found = view.sub(STRANGE, lambda match: folded(match[0]))
    return found._replace(text=found.text.lower())


def hidden(view: View) -> Iterator[tuple[int, bytes]]:
    """What stands in a text as Base64: its position, and its bytes."""
    left = LARGEST
    text = view.text
    for match in _BASE64.finditer(text):
        run = match[0]
        if run.islower() or run.isdecimal() or run[1:].islower():
            continue  # a word
        for start, piece in [(0, run), *_pieces(run)]:
            data = _decoded(piece)
            if data:
                left -= len(data)
                yield match.start() + start, data
            if left < 0:
                return


def _pieces(run: str) -> Iterator[tuple[int, str]]:
    """The parts of a run between slashes, which may also be those of an address."""
    if "/" in run and len(run) < 2000:
        at = 0
        for piece in run.split("/"):
            if len(piece) >= 8:
                yield at, piece
            at += len(piece) + 1


def _decoded(run: str) -> bytes:
    """The bytes of a run of Base64; b"" for one that is none."""
    plain = run.rstrip("=").translate(_URLSAFE)
    if len(plain) % 4 == 1:
        return b""
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""


def as_text(data: bytes) -> str:
    """The text that bytes are; "" where they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    control = sum([text.count(chr(code)) for code in range(32) if code not in (9, 10, 13)])
    return text if control == 0 else ""
