"""Bytes to a Document: front matter as nodes with line numbers, and the Markdown body.

YAML is read in one pass over libyaml's events: no Python recursion in foreign code, so depth is
bounded, anchors, aliases and tags are refused, and duplicate keys are seen where they stand.
Scalars keep their raw text; whoever reads a field decides what it is (YAML 1.2 core schema:
``true``/``false`` are the only booleans; ``yes``, ``012``, ``12:30`` are text).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from .problems import Problem

try:
    from yaml.cyaml import CParser as _Parser
except ImportError:  # PyYAML without libyaml: same events, slower

    class _Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):  # type: ignore[no-redef]
        """The pure Python parser with the interface of the C one."""

        def __init__(self, stream: str) -> None:
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)


MAX_FILE = 1 << 20  # bytes
MAX_HEAD = 64 << 10  # characters
MAX_DEPTH = 6
MAX_NODES = 5000

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^---[ \t]*$", re.MULTILINE)
# What YAML 1.2 calls non-printable; NUL and friends also break HTML, feeds and terminals.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Line ends to libyaml, but neither to YAML 1.2 nor to editors; word processors leave them in copied text.
_FALSE_ENDS = re.compile("[\x85\u2028\u2029]")
_NAME = re.compile(r"[A-Za-z][\w-]{0,60} *:")


class Scalar(NamedTuple):
    """A scalar: its text, whether it was written without quotes, its place (from 1)."""

    text: str
    plain: bool
    line: int
    column: int

    @property
    def empty(self) -> bool:
        """Whether it means "absent": nothing, ``""``, ``null`` or ``~``."""
        return not self.text.strip() or (self.plain and self.text in ("null", "Null", "NULL", "~"))


class Sequence(NamedTuple):
    """A list and its place."""

    items: list[Node]
    line: int
    column: int

    @property
    def empty(self) -> bool:
        """Whether it means "absent": ``[]`` or nothing but empty items."""
        return all(item.empty for item in self.items)


class Mapping(NamedTuple):
    """A mapping: keys to values, the place of each key, and its own place."""

    items: dict[str, Node]
    keys: dict[str, tuple[int, int]]
    line: int
    column: int

    @property
    def empty(self) -> bool:
        """Whether it means "absent": ``{}`` or nothing but empty values."""
        return all(item.empty for item in self.items.values())


Node = Scalar | Sequence | Mapping


class Document(NamedTuple):
    """A file taken apart: its front matter, its body, and the line on which the body begins."""

    path: str
    head: Mapping
    body: str
    body_line: int


class _Refused(Exception):
    def __init__(self, mark: yaml.Mark, code: str, message: str, hint: str, **values: object) -> None:
        self.mark, self.code, self.message, self.hint, self.values = mark, code, message, hint, values


def parse(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """Take the file `path` with the bytes `data` apart.

    Returns ``(document, problems)``; the document is None where the file can't be read at all.
    Duplicate keys are problems, but the document stays usable (the first one counts).
    """
    text, problem = _decode(path, data)
    if problem:
        return None, [problem]
    opening = _FENCE.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if not opening or not closing:
        code, line = ("no-front-matter", 1) if not opening else ("open-front-matter", text.count("\n") + 1)
        message = "the front matter is missing" if not opening else "the front matter has no end"
        hint = (
            "the first line must be ---, then come the fields, then again a line ---"
            if not opening
            else "close it with a line --- before the text"
        )
        return None, [Problem(path, line, 1, code, message, hint)]
    head = text[opening.end() : closing.start()]
    if not head.isascii():
        head = _FALSE_ENDS.sub(" ", head)
    if len(head) > MAX_HEAD:
        return None, [
            Problem(
                path,
                1,
                1,
                "front-matter-size",
                "the front matter has {size} characters",
                "at most {limit}; long texts belong below it",
                {"size": len(head), "limit": MAX_HEAD},
            )
        ]
    body = text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.end()) + 2
    problems: list[Problem] = []
    try:
        node = _nodes(head, path, problems)
    except _Refused as no:
        problem = Problem(path, no.mark.line + 2, no.mark.column + 1, no.code, no.message, no.hint, no.values)
        return None, [*problems, problem]
    except yaml.MarkedYAMLError as error:
        return None, [*problems, _syntax(path, error, head)]
    return Document(path, node, body, body_line), problems


def _decode(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text of a file with LF line ends; a problem for bad encodings, sizes and characters."""
    if len(data) > MAX_FILE:
        values = {"size": len(data) // 1024, "limit": MAX_FILE // 1024}
        return "", Problem(path, 0, 0, "file-size", "the file has {size} KiB", "at most {limit} KiB", values)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = "save it with the encoding UTF-8"
        return "", Problem(path, line, column, "encoding", "the file is not UTF-8", hint)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _FORBIDDEN.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        values = {"character": f"U+{ord(bad[0]):04X}"}
        return "", Problem(
            path, line, column, "control-character", "the control character {character} is not allowed", "delete it", values
        )
    return text, None


def _nodes(head: str, path: str, problems: list[Problem]) -> Mapping:
    """The root mapping of a front matter, built from libyaml's events."""
    parser = _Parser(head)
    root: Node | None = None
    # One frame for each open collection: [node, pending key, place of that key].
    stack: list[list[object]] = []
    count = 0
    while True:
        event = parser.get_event()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None:
                raise _anchor(event)
            if event.tag is not None:
                raise _tag(event)
            mark = event.start_mark
            node: Node = Scalar(event.value, event.style is None, mark.line + 2, mark.column + 1)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None:
                raise _anchor(event)
            if event.tag is not None:
                raise _tag(event)
            if len(stack) >= MAX_DEPTH:
                raise _Refused(event.start_mark, "depth", "lists and maps are nested too deeply", "at most {n} levels", n=MAX_DEPTH)
            mark = event.start_mark
            line, column = mark.line + 2, mark.column + 1
            node = Mapping({}, {}, line, column) if kind is yaml.MappingStartEvent else Sequence([], line, column)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            continue
        elif kind is yaml.AliasEvent:
            raise _anchor(event)
        elif kind is yaml.StreamEndEvent:
            break
        elif kind is yaml.DocumentStartEvent and root is not None:
            raise _Refused(event.start_mark, "documents", "there is a second YAML document", "remove the line ... or ---")
        else:
            continue
        count += 1
        if count > MAX_NODES:
            raise _Refused(event.start_mark, "entries", "the front matter has too many entries", "at most {n}", n=MAX_NODES)
        if not stack:
            root = node
        else:
            _attach(stack[-1], node, path, problems)
        if kind is not yaml.ScalarEvent:
            stack.append([node, None, None])
    if root is None or (type(root) is Scalar and root.empty):
        return Mapping({}, {}, 2, 1)
    if type(root) is not Mapping:
        problem = "the front matter is not a list of fields"
        raise _Refused(yaml.Mark("", 0, 0, 0, None, None), "fields", problem, "write each as name: value on a line of its own")
    return root


def _attach(frame: list[object], node: Node, path: str, problems: list[Problem]) -> None:
    """Put a node into the open collection: as an item, as a key, or as the value of the pending key."""
    parent = frame[0]
    if type(parent) is Sequence:
        parent.items.append(node)
        return
    assert type(parent) is Mapping
    if frame[1] is None:
        if type(node) is not Scalar:
            mark = yaml.Mark("", 0, node.line - 2, node.column - 1, None, None)
            raise _Refused(mark, "key", "a list or map cannot be a field's name", "write name: value")
        frame[1], frame[2] = node.text, (node.line, node.column)
        return
    key, place = frame[1], frame[2]
    frame[1] = frame[2] = None
    assert isinstance(key, str) and isinstance(place, tuple)
    if key in parent.items:
        values = {"key": key, "line": parent.keys[key][0]}
        problems.append(
            Problem(path, *place, "duplicate-key", "{key} is there twice, first in line {line}", "keep one of the two", values)
        )
        return
    parent.items[key] = node
    parent.keys[key] = place


def _anchor(event: yaml.Event) -> _Refused:
    return _Refused(
        event.start_mark,
        "anchor",
        "YAML anchors and aliases (& and *) are not allowed",
        'write the value out; put a text that begins with & or * in "quotes"',
    )


def _tag(event: yaml.Event) -> _Refused:
    return _Refused(
        event.start_mark, "tag", "YAML tags (!{tag}) are not allowed", 'put a text that begins with ! in "quotes"', tag=event.tag.lstrip("!")
    )


_VALUE = "a value begins with a character that has a meaning in YAML", 'put the text in "quotes"'
_ESCAPE = "a backslash in double quotes has a meaning in YAML", "use 'single quotes', or write the backslash twice"
_BEHIND_QUOTE = "a text goes on behind its closing quotation mark", "put the whole text in quotes, and use other ones inside of it"
_BEHIND_BRACKET = "a text goes on behind its closing bracket", 'put a text that begins with [ or {{ in "quotes"'
_UNFIT = "the indentation does not fit, or a quotation mark is missing", "fields begin in the first column; items of a list with - below them"
# What libyaml says of the context and of the problem, whether the context is the place, and what it usually means.
_MEANINGS = (
    ("", "could not find expected ':'", True, ("this line has no colon", "write name: value; indent the lines of a longer text")),
    ("", "cannot start any token", False, _VALUE),
    ("", "block sequence entries are not allowed", False, _VALUE),
    ("while scanning an a", "", False, _VALUE),
    ("", "escape", False, _ESCAPE),
    ("", "hexdecimal", False, _ESCAPE),
    ("a quoted scalar", "", True, ("a quotation mark is not closed", "every opening quotation mark needs a closing one")),
    ("while parsing a flow", "", True, ("a [ or {{ is not closed, or a comma is missing", "write [a, b, c]")),
    (
        "a block scalar",
        "",
        False,
        ("after > or |, the text begins on the next line", 'indent its lines; put a text that begins with > or | in "quotes"'),
    ),
    ("", "<document start>", False, ("there is a second YAML document", "remove the line ... or ---")),
)


def _syntax(path: str, error: yaml.MarkedYAMLError, head: str) -> Problem:
    """A sentence for what libyaml says, with the hint that helps in the usual cases."""
    mark = error.problem_mark or error.context_mark
    context, what = error.context or "", error.problem or ""
    before, after = _line(head, mark.line, mark.column)
    message, hint = _UNFIT
    column = mark.column
    if "mapping values are not allowed" in what:
        message, hint, column = _colon(before + after, column)
    elif "\t" in before + after[:1] and "token" in what:
        message, hint = "there is a tab", "indent with spaces"
    elif "did not find expected" in what and "flow" not in context and before.rstrip()[-1:] in ('"', "'"):
        message, hint = _BEHIND_QUOTE
    elif "did not find expected" in what and "flow" not in context and before.rstrip()[-1:] in ("]", "}"):
        message, hint = _BEHIND_BRACKET
    else:
        for in_context, in_problem, there, meaning in _MEANINGS:
            if in_context in context and in_problem in what:
                message, hint = meaning
                mark = error.context_mark if there and error.context_mark else mark
                column = mark.column
                break
    return Problem(path, mark.line + 2, column + 1, "yaml", message, hint)


def _line(head: str, number: int, column: int) -> tuple[str, str]:
    """A line, cut at a column."""
    lines = head.split("\n", number + 1)
    line = lines[number] if number < len(lines) else ""
    return line[:column], line[column:]


def _colon(line: str, column: int) -> tuple[str, str, int]:
    """``(message, hint, column)`` for a colon where none can be."""
    indent = len(line) - len(line.lstrip(" "))
    name = _NAME.match(line, indent)
    if indent and name and name.end() == column + 1:
        return "this line is indented too far", 'fields begin in the first column; put a longer text with a colon in "quotes"', indent
    return "a colon stands inside an unquoted text", 'put the whole text in "quotes"', column
