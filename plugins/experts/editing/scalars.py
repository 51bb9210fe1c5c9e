"""Texts as the web editor writes them into front matter: plain, in quotes, or as a block, folded at 80 characters.

The editor (Decap CMS) leaves this to the npm package ``yaml`` 1.10; the rules here are those of its ``stringifyString``, byte for
byte.  JavaScript counts a character beyond U+FFFF as two; so do `_units`, where lengths decide.
"""

from __future__ import annotations

import json
import re

from .folding import WIDTH, folded

MULTI_LINE = 40  # from this length on, a quoted text shows its line breaks

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NOT_PLAIN = re.compile(
    r"^[\n\t ,[\]{}#&*!|>'\"%@`]|^[?-]\Z|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]\Z"
)  # indicators of YAML at the beginning, and what would end a plain text
_NOT_IN_KEY = re.compile(r"[\n[\]{},]")
# What YAML 1.2 (core schema) takes for null, a boolean or a number.
_NO_TEXT = re.compile(
    r"~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE|0o[0-7]+|[-+]?[0-9]+|0x[0-9a-fA-F]+|[-+]?\.[iI][nN][fF]|\.[nN][aA][nN]|"
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
)
_BLANK = re.compile(
    r"[ \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*"
)  # as JavaScript has it
_MORE_INDENTED = re.compile(r"(?:^|\n)([\t ][^\n\r\u2028\u2029]*)(?:([\n\t ]*)\n(?![\n\t ]))?")
_SHORT = {"0000": "\\0", "0007": "\\a", "000b": "\\v", "001b": "\\e"}


def text(value: str, indent: str, at: int = 0) -> str:
    """`value` as it is written where its further lines are indented by `indent` and the first begins in column `at` (0: there)."""
    units = _units(value)
    if _CONTROL.search(units):
        return _whole(_double(units, indent, at))
    if not units or _NOT_PLAIN.search(units):
        if "\n" in units:
            return _whole(_block(units, indent, at))
        quoted = _single if '"' in units and "'" not in units else _double
        return _whole(quoted(units, indent, at))
    if "\n" in units:
        return _whole(_block(units, indent, at))
    if _NO_TEXT.fullmatch(units):
        return _double(units, indent, at)
    return _whole(folded(units, indent, "flow", at))


def key(name: str) -> str:
    """The name of a field, which is always on one line."""
    if name and not (_CONTROL.search(name) or _NOT_IN_KEY.search(name) or _NOT_PLAIN.search(name)):
        return _escaped(name, "", True) if _NO_TEXT.fullmatch(name) else name
    if '"' in name and "'" not in name and not (_CONTROL.search(name) or _NOT_IN_KEY.search(name)):
        return "'" + name + "'"
    return _escaped(name, "", True)


def _units(value: str) -> str:
    """`value` with each character beyond U+FFFF as its two surrogates."""
    if not value or value.isascii() or max(value) < "\U00010000":
        return value
    data = value.encode("utf-16-le", "surrogatepass")
    return "".join([chr(data[at] | data[at + 1] << 8) for at in range(0, len(data), 2)])


def _whole(units: str) -> str:
    """The inverse of `_units`."""
    return units if units.isascii() else units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _double(units: str, indent: str, at: int) -> str:
    return folded(_escaped(units, indent, False), indent, "quoted", at)


def _escaped(units: str, indent: str, in_key: bool) -> str:
    """In double quotes, with the escapes of YAML; long texts break where they have line breaks."""
    source = json.dumps(units, ensure_ascii=False)
    breaking = not in_key and len(source) >= MULTI_LINE
    found: list[str] = []
    at, size = 0, len(source)
    while at < size:
        if source[at] == " " and source.startswith("\\n", at + 1):
            found.append("\\ ")  # a space before a line break would be lost
            at += 1
        if source[at] != "\\":
            found.append(source[at])
            at += 1
        elif source[at + 1] == "u":
            code = source[at + 2 : at + 6]
            found.append(_SHORT.get(code) or ("\\x" + code[2:] if code.startswith("00") else "\\u" + code))
            at += 6
        elif source[at + 1] == "n" and breaking and source[at + 2] != '"':
            found.append("\n\n")  # the first one is folded into a space
            while source.startswith("\\n", at + 2) and source[at + 4] != '"':
                found.append("\n")
                at += 2
            found.append(indent)
            if source[at + 2] == " ":
                found.append("\\")
            at += 2
        else:
            found.append(source[at : at + 2])
            at += 2
    return "".join(found)


def _single(units: str, indent: str, at: int) -> str:
    return folded("'" + units + "'", indent, "flow", at)  # only ever for texts on one line, without a '


def _block(units: str, indent: str, at: int) -> str:
    """A text of several lines: literal ``|``, or folded ``>`` where a line is too long."""
    if re.search(r"\n[\t ]+\Z", units) or _BLANK.fullmatch(units):
        return _double(units, indent, at)
    literal = max(map(len, units.split("\n"))) <= WIDTH - len(indent)
    header = "|" if literal else ">"
    content = units.rstrip("\n\t ")
    end = units[len(content) :]
    if "\n" not in end:
        header += "-"
    elif end.index("\n") != len(end) - 1:
        header += "+"
    end = re.sub(r"(?<!\n)\n++(?!\Z)", lambda ends: ends[0] + indent, end.removesuffix("\n"))
    rest = content.lstrip("\n ")
    start = content[: len(content) - len(rest)]
    if " " in start:
        header += "2"
    spaces = start[len(start.rstrip(" ")) :]
    start = _indented(start[: len(start) - len(spaces)], indent)
    content = spaces + rest
    if literal:
        return f"{header}\n{indent}{start}{_indented(content, indent)}{end}"
    content = re.sub(r"\n+", lambda ends: "\n" + ends[0], content)
    content = _indented(_MORE_INDENTED.sub(r"\1\2", content), indent)
    return f"{header}\n{indent}{folded(start + content + end, indent, 'block', 0)}"


def _indented(units: str, indent: str) -> str:
    return re.sub(r"\n+", lambda ends: ends[0] + indent, units)
