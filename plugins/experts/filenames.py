"""Names of files that are not the same everywhere: seen by everybody who checks the site out, or hidden from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from .problems import Problem

LONGEST = 200  # bytes of a name: file systems take 255, and outputs put something behind it
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Zl", "Zp"))
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def oddities(paths: Iterable[str]) -> Iterator[Problem]:
    """A problem for each path that cannot be read or seen, or that some file systems take for another one."""
    hint = "rename it; letters a-z, digits and - work everywhere"
    seen: dict[str, str] = {}
    for path in paths:
        kinds = _kinds(path)
        if "Cs" in kinds:
            message = "its name cannot be read: it is not stored in UTF-8"
            yield Problem(path, 0, 0, "file-name", message, hint)
        elif not kinds.isdisjoint(_UNSEEN):
            message = "its name holds a character that cannot be seen"
            yield Problem(path, 0, 0, "file-name", message, hint)
        elif _is_long(path):
            message = "its name is too long"
            yield Problem(path, 0, 0, "file-name", message, hint)
        first = seen.setdefault(_folded(path), path)
        if first != path:
            message, other_hint = (
                "on some computers this is the same file as {other}: only capitals, or the way letters are stored, differ",
                "rename one of the two",
            )
            yield Problem(path, 0, 0, "file-case", message, other_hint, {"other": first})


def _folded(path: str) -> str:
    """What stands for all paths that some file system takes for the same one."""
    return (
        path.lower() if path.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFKD", path).casefold())
    )


def _kinds(path: str) -> set[str]:
    """The categories of characters in a path; of ASCII, only that there are controls."""
    if path.isascii():
        return {"Cc"} if _CONTROL.search(path) else set()
    return {unicodedata.category(letter) for letter in path}


def _is_long(path: str) -> bool:
    return len(path) * 4 > LONGEST and any(len(name.encode()) > LONGEST for name in path.split("/"))
