"""Bytes to a Document: front matter as nodes with line numbers, and the Markdown body.

YAML is read in one pass over libyaml's events: no Python recursion in foreign code, so depth is
bounded, anchors, aliases and tags are refused, and duplicate keys are seen where they stand.
Scalars keep their raw text; whoever reads a field decides what it is (YAML 1.2 core schema:
``true``/``false`` are the only booleans; ``yes``, ``012``, ``12:30`` are text).
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from . import characters
from .problems import Problem

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
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
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_SECOND = re.compile(r"^(?:\.\.\.|%)", re.MULTILINE)
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


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, line: int, column: int, code: str, message: str, hint: str, **values: object) -> None:
        self.problem = (line, column, code, message, hint, values)


def parse(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """Take the file `path` with the bytes `data` apart.

    Returns ``(document, problems)``; the document is None where the file can't be read at all.
    Duplicate keys are problems, but the document stays usable (the first one counts).
    """
    text, problem = decode(path, data)
    if problem:
        return None, [problem]
    opening = _FENCE.match(text)
    if not opening:
        hint = "the first line must be ---, then come the fields, then again a line ---"
        return None, [Problem(path, 1, 1, "no-front-matter", "the fields at the beginning are missing", hint)]
    closing = _CLOSE.search(text, opening.end())
    if not closing:
        hint = "write a line of three hyphens --- below the last field"
        line = text.count("\n") + 1
        return None, [
            Problem(path, line, 1, "open-front-matter", "the line --- between the fields and the text is missing", hint)
        ]
    head = text[opening.end() : closing.start()]
    head = characters.without_false_ends(head)
    odd = characters.embedding(head)
    if odd >= 0:
        return None, [_invisible(path, text, opening.end() + odd)]
    if len(head) > MAX_HEAD:
        message, hint = (
            "between the two lines --- there are {size} characters",
            "at most {limit}; long texts belong below them",
        )
        return None, [Problem(path, 1, 1, "front-matter-size", message, hint, {"size": len(head), "limit": MAX_HEAD})]
    body = text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.end()) + 2
    problems: list[Problem] = []
    try:
        node = _nodes(head, path, problems)
    except _Refused as no:
        return None, [*problems, Problem(path, *no.problem)]
    return Document(path, node, body, body_line), problems


def too_long(path: str, size: int) -> Problem:
    """The problem of a text of more than `MAX_FILE` bytes; whoever knows its size need not read it."""
    values = {"size": size // 1024, "limit": MAX_FILE // 1024}
    message, hint = "the text is too long: {size} kilobytes", "at most {limit} kilobytes"
    return Problem(path, 0, 0, "file-size", message, hint, values)


def decode(path: str, data: bytes) -> tuple[str, Problem | None]:
    """The text of a file with LF line ends; a problem for bad encodings, sizes and characters."""
    if len(data) > MAX_FILE:
        return "", too_long(path, len(data))
    if data[:2] in _UTF_16 or b"\0" in data[:4]:
        message, hint = (
            "this file was saved in UTF-16",
            "save it again, and choose UTF-8 where your editor asks for the encoding",
        )
        return "", Problem(path, 1, 1, "encoding", message, hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _with_lf(error.object[: error.start].decode())  # without a byte order mark
        return "", _at_end(
            path,
            before,
            "encoding",
            "this character cannot be read: the file was saved in an old format",
            "save it again, and choose UTF-8 where your editor asks for the encoding",
        )
    text = _with_lf(text)
    bad = characters.forbidden(text)
    if bad >= 0:
        return "", _invisible(path, text, bad)
    pile = characters.pile(text)
    if pile >= 0:
        message, hint = "so many marks stand on this letter that they cover others", "delete them"
        return "", _at_end(path, text[:pile], "combining-marks", message, hint)
    return text, None


def _invisible(path: str, text: str, at: int) -> Problem:
    message, code = "an invisible character stands here, {character}", f"U+{ord(text[at]):04X}"
    hint = "delete it; it often comes along with copied text"
    return _at_end(path, text[:at], "control-character", message, hint, {"character": code})


def _with_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _at_end(
    path: str, before: str, code: str, message: str, hint: str, values: dict[str, Any] | None = None
) -> Problem:
    """A problem at the place that comes after the text `before`."""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(path, line, column, code, message, hint, values or {})


_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _nodes(head: str, path: str, problems: list[Problem]) -> Mapping:
    """The root mapping of a front matter, built from libyaml's events."""
    next_event = _Parser(head).get_event
    tree = _Tree(path, problems)
    while True:
        try:
            event: Any = next_event()
        except yaml.MarkedYAMLError as error:
            raise _syntax(error, head, tree.last) from None
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _refuse_marks(event)
            mark = event.start_mark
            value = event.value
            if event.style == '"' and not value.isprintable():
                value = _unescaped(value, mark)
            tree.add(Scalar(value, not event.style, mark.line + 2, mark.column + 1))
        elif kind in _STARTS:
            _refuse_marks(event)
            tree.open(kind is yaml.MappingStartEvent, event.start_mark)
        elif kind in _ENDS:
            tree.stack.pop()
        elif kind is yaml.AliasEvent:
            _refuse_marks(event)
        elif kind is yaml.DocumentStartEvent and tree.root is not None:
            mark = event.start_mark
            raise _Refused(mark.line + 2, mark.column + 1, "documents", *_TWO_DOCUMENTS)
        elif kind is yaml.StreamEndEvent:
            return tree.mapping()


def _unescaped(value: str, mark: yaml.Mark) -> str:
    """A text in double quotes, which may hold any character as an escape."""
    value = _with_lf(value)
    at = max(characters.forbidden(value), characters.embedding(value))
    if at >= 0:
        message, hint = (
            "this text holds an invisible character, {character}",
            "delete it; it is written with a backslash",
        )
        code = f"U+{ord(value[at]):04X}"
        raise _Refused(mark.line + 2, mark.column + 1, "control-character", message, hint, character=code)
    return characters.without_false_ends(value)


def _refuse_marks(event: Any) -> None:
    """Refuse anchors, aliases and tags."""
    mark = event.start_mark
    if event.anchor is not None:
        message, hint = (
            "a text begins with & or *",
            'put it in "quotes"',
        )
        raise _Refused(mark.line + 2, mark.column + 1, "anchor", message, hint)
    if type(event) is not yaml.AliasEvent and event.tag is not None:
        message, hint = "a text begins with !{tag}", 'put it in "quotes"'
        raise _Refused(mark.line + 2, mark.column + 1, "tag", message, hint, tag=event.tag.lstrip("!"))


class _Tree:
    """The nodes of a front matter while it is read; `stack` holds the open collections."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self.root: Node | None = None
        self.stack: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []  # the key that waits for its value, for each depth
        self.count = 0
        self.last: Node | None = None

    def add(self, node: Node) -> None:
        """Put a node into the open collection: as an item, as a key, or as the value of the waiting key."""
        self.count += 1
        self.last = node
        if self.count > MAX_NODES:
            message = "between the two lines --- there are too many entries"
            raise _Refused(node.line, node.column, "entries", message, "at most {n}", n=MAX_NODES)
        if not self.stack:
            self.root = node
            return
        depth = len(self.stack) - 1
        parent = self.stack[-1]
        if type(parent) is Sequence:
            parent.items.append(node)
        elif self.keys[depth] is not None:
            self._value(parent, self.keys[depth], node)  # type: ignore[arg-type]
            self.keys[depth] = None
        elif type(node) is Scalar:
            self.keys[depth] = node
        else:
            message, hint = (
                "a list or a group stands where the name of a field should be",
                'write name: value; put a text that begins with {{ in "quotes"',
            )
            raise _Refused(node.line, node.column, "key", message, hint)

    def open(self, is_mapping: bool, mark: yaml.Mark) -> None:
        """Begin a collection."""
        line, column = mark.line + 2, mark.column + 1
        if len(self.stack) >= MAX_DEPTH:
            message = "lists and groups stand too deep inside each other"
            raise _Refused(line, column, "depth", message, "at most {n} levels", n=MAX_DEPTH)
        node = Mapping({}, {}, line, column) if is_mapping else Sequence([], line, column)
        self.add(node)
        self.stack.append(node)
        del self.keys[len(self.stack) - 1 :]
        self.keys.append(None)

    def _value(self, parent: Mapping, key: Scalar, node: Node) -> None:
        name = key.text
        if name in parent.items:
            values = {"key": name, "line": parent.keys[name][0]}
            message, hint = "{key} is there twice, first in line {line}", "keep one of the two"
            self.problems.append(Problem(self.path, key.line, key.column, "duplicate-key", message, hint, values))
            return
        parent.items[name] = node
        parent.keys[name] = (key.line, key.column)

    def mapping(self) -> Mapping:
        """The whole; without a single field, an empty one."""
        root = self.root
        if root is None or (type(root) is Scalar and root.empty):
            return Mapping({}, {}, 2, 1)
        if type(root) is not Mapping:
            message, hint = (
                "between the two lines --- there is a text, but there should be fields",
                "write each as name: value on a line of its own",
            )
            raise _Refused(2, 1, "fields", message, hint)
        return root


_VALUE = "a text begins with a character that is a sign of its own here", 'put the text in "quotes"'
_ESCAPE = "a backslash \\ in double quotes is a sign of its own", "use 'single quotes', or write it twice"
_BEHIND_QUOTE = (
    "a text goes on behind its closing quotation mark",
    "put the whole text in quotes, and use other ones inside of it",
)
_BEHIND_BRACKET = "a text goes on behind its closing bracket", 'put a text that begins with [ or {{ in "quotes"'
_BEHIND_FOLD = (
    "after > or |, the text begins on the next line",
    'indent its lines; put a text that begins with > or | in "quotes"',
)
_OPEN_QUOTE = "a quotation mark is not closed", "every opening quotation mark needs a closing one"
_OPEN_BRACKET = "a [ or {{ is not closed, or a comma is missing", "write [a, b, c]"
_NO_COLON = "this line has no colon", "write name: value; indent the lines of a longer text"
_NO_SPACE = "a space is missing after the -", "write - and a space, then the entry"
_TAB = "there is a tab", "indent with spaces"
_TWO_DOCUMENTS = "a line begins with ... or %, as if other fields began here", 'remove it, or put the text in "quotes"'
_UNFIT = (
    "this line is not indented like those around it, or a quotation mark is missing",
    "fields begin in the first column; items of a list with - below them",
)
# What libyaml says of the context and of the problem, whether the context is the place, and what it usually means.
_SAID = (
    ("", "could not find expected ':'", True, _NO_COLON),
    ("", "cannot start any token", False, _VALUE),
    ("", "block sequence entries are not allowed", False, _VALUE),
    ("while scanning an a", "", False, _VALUE),
    ("", "escape", False, _ESCAPE),
    ("", "hexdecimal", False, _ESCAPE),
    ("a quoted scalar", "", True, _OPEN_QUOTE),
    ("while parsing a flow", "", True, _OPEN_BRACKET),
    ("a block scalar", "", False, _BEHIND_FOLD),
)


def _syntax(error: yaml.MarkedYAMLError, head: str, last: Node | None) -> _Refused:
    """A sentence for what libyaml says, with the hint that helps in the usual cases."""
    line, column = _spot(error.problem_mark or error.context_mark)
    before, after = _line(head, line, column)
    context, what = error.context or "", error.problem or ""
    if "mapping values are not allowed" in what:
        message, hint, column = _colon(before + after, column)
    else:
        (message, hint), begins = _meaning(before, after, context, what, _SECOND.search(head) is not None)
        if begins:
            line, column = _spot(error.context_mark or error.problem_mark)
            if message == _NO_COLON[0] and _line(head, line, column)[1].startswith("-"):
                message, hint = _NO_SPACE
        if message == _BEHIND_QUOTE[0] and last is not None and last.line < line + 2:
            # The text in quotes began lines ago: it was never closed, and ended at the next one's opening mark.
            return _Refused(last.line, last.column, "yaml", *_OPEN_QUOTE)
    return _Refused(line + 2, column + 1, "yaml", message, hint)


def _spot(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _meaning(before: str, after: str, context: str, what: str, second: bool) -> tuple[tuple[str, str], bool]:
    """The message and hint for a mistake, and whether its place is where the context begins."""
    if "<document start>" in what and second:
        return _TWO_DOCUMENTS, False
    if "\t" in before + after[:1] and not (before + after[:1]).strip():
        return _TAB, False
    if "did not find expected" in what and "flow" not in context:
        last = before.rstrip()[-1:]
        if last in ('"', "'"):
            return _BEHIND_QUOTE, False
        if last in ("]", "}"):
            return _BEHIND_BRACKET, False
    for in_context, in_problem, begins, meaning in _SAID:
        if in_context in context and in_problem in what:
            return meaning, begins
    return _UNFIT, False


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
        return (
            "this line is indented too far",
            'fields begin in the first column; put a longer text with a colon in "quotes"',
            indent,
        )
    return "a text with a colon stands without quotation marks", 'put the whole text in "quotes"', column
