"""A file with other values in some fields and another text; all else stays as it is, byte for byte.

A changed field is written in the form of the web editor; comments inside of it move above it.  Where the fields do not
stand each on lines of their own, the whole file gets that form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experts import frontmatter
from experts.editing import canonical, comments
from experts.places import kind_of


def rewritten(path: str, data: bytes, head: dict[str, Any], body: str, unwanted: Callable[[str], bool]) -> bytes:
    """The file `path` with the fields `head` and the text `body`; comments that are `unwanted` go with a changed field."""
    document, _ = frontmatter.parse(path, data)
    assert document is not None
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    windows = b"\r\n" in data and b"\n" not in data.replace(b"\r\n", b"")
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    fields = _fields(path, data, document, head, lines, unwanted)
    whole = "\n".join([*fields, "---", body]) if fields is not None else ""
    if fields is None or not _says(path, whole.encode(), head, body):
        order = [*[name for name in canonical.TABLES[kind_of(path)[0]] if name in head]]
        order += [name for name in head if name not in order]
        return canonical.written({name: head[name] for name in order}, canonical.body_of(body)).encode()
    return mark + (whole.replace("\n", "\r\n") if windows else whole).encode()


def _says(path: str, data: bytes, head: dict[str, Any], body: str) -> bool:
    """Whether a file says just that."""
    document, problems = frontmatter.parse(path, data)
    return (
        document is not None
        and not problems
        and document.body == body
        and canonical.head_of(path, document.head) == head
    )


def _fields(
    path: str,
    data: bytes,
    document: frontmatter.Document,
    head: dict[str, Any],
    lines: list[str],
    unwanted: Callable[[str], bool],
) -> list[str] | None:
    """The lines of the front matter, without the closing one; None where its fields have no lines of their own."""
    old = canonical.head_of(path, document.head)
    places = sorted((line, column, name) for name, (line, column) in document.head.keys.items())
    if any(column != 1 for _, column, _ in places) or len({line for line, _, _ in places}) < len(places):
        return None
    end = document.body_line - 2  # how many lines stand above the closing one
    notes = comments.comments(data, document.body_line)
    found = lines[: places[0][0] - 1] if places else lines[:end]
    new = {name: head[name] for name in head if name not in old}
    for number, (line, _, name) in enumerate(places):
        last = places[number + 1][0] - 1 if number + 1 < len(places) else end
        part = lines[line - 1 : last]
        if name in head and head[name] == old[name]:
            found += part
        else:
            tail = _tail(part)
            inside = [note.text for note in notes if line <= note.line <= last - len(tail) and not unwanted(note.text)]
            found += inside
            found += [canonical.line_of(name, head[name])] if name in head else []
            # Only authors bring another field with them: how many more there were.
            found += [canonical.line_of(other, new[other]) for other in new] if name == "authors" else []
            found += [row for row in tail if not unwanted(row)]
    return found


def _tail(part: list[str]) -> list[str]:
    """The empty lines and comments below the value of a field."""
    at = len(part)
    while at > 1 and (not part[at - 1].strip() or part[at - 1].lstrip().startswith("#")):
        at -= 1
    return part[at:]
