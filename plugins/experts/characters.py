"""Characters that no text may hold, because they are not what readers see: controls, overrides of direction, hidden tags.

Marks and isolates of direction are no such ones: texts in Arabic and Hebrew need them (Unicode Standard Annex #9).
"""

from __future__ import annotations

import re

# What YAML 1.2 calls non-printable; NUL and friends also break HTML, feeds and terminals.  U+202D and U+202E turn
# letters round, U+FFF9 to U+FFFB annotate, U+E0000 and the following are letters that nobody sees but machines read:
# only a flag may hold them.  The others are no characters (Unicode, chapter 23.7).
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202d\u202e\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]*")
# Within fields, these are left over from copying: no field is long enough to need them.
_EMBEDDING = re.compile("[\u202a-\u202c]")
_PILE = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8}")
# Line ends to libyaml, but neither to YAML 1.2 nor to editors; word processors leave them in copied text.
_FALSE_ENDS = re.compile("[\x85\u2028\u2029]")


def forbidden(text: str) -> int:
    """Where the first character stands that no text may hold; -1 without one."""
    found = _CONTROL.search(text) if text.isascii() else _FORBIDDEN.search(text)
    return found.start() if found else _beyond(text)


def _beyond(text: str) -> int:
    """The same for characters beyond the basic plane."""
    if text.isascii() or not _ASTRAL.search(text):
        return -1
    flags = {at for flag in _FLAG.finditer(text) for at in range(*flag.span())}
    for found in _ASTRAL.finditer(text):
        code = ord(found[0])
        if code & 0xFFFE == 0xFFFE or (0xE0000 <= code < 0xE0080 and found.start() not in flags):
            return found.start()
    return -1


def embedding(text: str) -> int:
    """Where the first character stands that no field may hold, though a text may; -1 without one."""
    found = None if text.isascii() else _EMBEDDING.search(text)
    return found.start() if found else -1


def pile(text: str) -> int:
    """Where so many marks begin to stand on one letter that they cover others; -1 without any.  Languages need four."""
    found = None if text.isascii() else _PILE.search(text)
    return found.start() if found else -1


def without_false_ends(text: str) -> str:
    """Text in which only LF ends a line."""
    return text if text.isascii() else _FALSE_ENDS.sub(" ", text)
