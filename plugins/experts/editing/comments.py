"""Comments in front matter: an editor that reads fields and writes them again drops these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEADER = re.compile(r"[|>][-+\d]*[ \t]+#")
_FALSE_ENDS = re.compile("[\x85\u2028\u2029]")  # as in `frontmatter`: no line ends


class Comment(NamedTuple):
    """A comment's place in its file, from 1, and its text."""

    line: int
    column: int
    text: str


def comments(data: bytes, body_line: int) -> list[Comment]:
    """The comments in the front matter of a file that has no problems, and whose body begins in line `body_line`."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    head = _FALSE_ENDS.sub(" ", "\n".join(text.split("\n")[1 : body_line - 2]))
    return [
        Comment(head.count("\n", 0, at) + 2, at - head.rfind("\n", 0, at), head[at:].split("\n", 1)[0])
        for at in _places(head)
    ]


def _places(head: str) -> Iterator[int]:
    """Where comments begin: what stands between two tokens of YAML is space or comment."""
    if "#" not in head:
        return
    end = 0
    for token in yaml.scan(head, _LOADER):
        start = token.start_mark.index
        yield from _between(head, end, start)
        end = token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _HEADER.match(head, start)
            if header:
                yield header.end() - 1
    yield from _between(head, end, len(head))


def _between(head: str, start: int, end: int) -> Iterator[int]:
    """The first # of each line between two tokens."""
    while start >= 0 and (at := head.find("#", start, end)) >= 0:
        yield at
        start = head.find("\n", at, end)
