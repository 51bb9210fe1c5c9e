"""Which files a change may add by itself: kinds, names, sizes, and where they lie."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from experts.decoding import FORMATS, kind_of
from experts.fields import SLUG
from experts.languages import well_formed
from experts.problems import Problem, visible

from .change import Change, Part
from .names import misfit
from .repository import FILE, LINK, PROGRAM
from .repository import REPOSITORY as INNER

ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".pdf")
"""Of what may lie beside a profile or a story."""
MOST_FILES, MOST_BYTES, MOST_ALL, MOST_COMMITS, MOST_HISTORY = 200, 10 << 20, 40 << 20, 300, 60 << 20
"""Files of a change, bytes of one of them and of all together, commits, and bytes of all that the commits hold."""
_YEAR = re.compile(r"\d{4}", re.ASCII)


def oddities(change: Change) -> list[Problem]:
    """What stops a change whoever makes it."""
    found = _amounts(change)
    for part in change.parts:
        path = visible(part.path)
        if not part.removed:
            found += [Problem(path, 0, 0, *why) for why in _modes(part)]
            found += [Problem(path, 0, 0, "name", why) for why in _name(part)]
        if part.size > MOST_BYTES and not part.removed:
            message, values = "the file has {size} MiB", {"size": part.size >> 20, "limit": MOST_BYTES >> 20}
            found.append(Problem(path, 0, 0, "size", message, "at most {limit} MiB go through by themselves", values))
    found += _contents(change)
    message = "on some computers this is the same file or folder as another one: only capitals, or the way letters are stored, differ"
    return found + [Problem(visible(path), 0, 0, "case", message) for path in change.clashes]


def _amounts(change: Change) -> list[Problem]:
    total = sum(part.size for part in change.parts)
    if len(change.parts) > MOST_FILES:
        values = {"n": len(change.parts), "limit": MOST_FILES}
        return [
            Problem(
                ".",
                0,
                0,
                "too-much",
                "the change touches {n} files",
                "at most {limit} go through by themselves",
                values,
            )
        ]
    if total > MOST_ALL or change.bytes > MOST_HISTORY or change.commits > MOST_COMMITS:
        message, hint = "the change is very large", "send it in parts, or let somebody look at it"
        return [Problem(".", 0, 0, "too-much", message, hint)]
    return []


def _contents(change: Change) -> Iterator[Problem]:
    """What a picture or PDF file really holds is told by its first bytes, also if nothing shows it yet."""
    new = [part for part in change.parts if part.inside and part.mode in (FILE, PROGRAM) and part.size <= MOST_BYTES]
    for part in new if len(new) <= MOST_FILES else ():
        ending = posixpath.splitext(part.path)[1].lower()
        head = (change.after.content(part.path) or b"")[:16] if ending in ENDINGS else b""
        if ending in ENDINGS and not (head.startswith(b"%PDF-") if ending == ".pdf" else kind_of(head) in FORMATS):
            message, hint = "the file is not what its name says", "save it again as a picture or PDF file"
            yield Problem(visible(part.path), 0, 0, "content", message, hint)


def _modes(part: Part) -> list[tuple[str, str]]:
    if part.mode == LINK:
        return [("symlink", "this is a link to another file, not a file")]
    if part.mode == INNER:
        return [("submodule", "this is a link to another repository, not a file")]
    if part.mode == PROGRAM and part.old_mode != PROGRAM:
        return [("executable", "this file is marked as a program")]
    return [] if part.mode in (FILE, PROGRAM) else [("mode", "this is no ordinary file")]


def _name(part: Part) -> list[str]:
    if not part.added:
        return []
    try:
        part.path.encode("utf-8")
    except UnicodeEncodeError:
        return ["its name holds a character that cannot be seen"]
    return list(dict.fromkeys(filter(None, map(misfit, part.path.split("/")))))


def profile_file(name: str) -> bool:
    """Whether a file of this name may lie in somebody's folder."""
    stem, ending = posixpath.splitext(name)
    if ending == ".md":
        return stem == "profile" or (stem.startswith("profile.") and well_formed(stem[8:]))
    return ending.lower() in ENDINGS


def story_file(path: str) -> bool:
    """Whether the path, relative to content/stories, is one of a story or of a picture beside it."""
    parts = path.split("/")
    stem, ending = posixpath.splitext(parts[-1])
    if len(parts) > 2 or (len(parts) == 2 and not _YEAR.fullmatch(parts[0])):
        return False
    return bool(SLUG.fullmatch(stem)) if ending == ".md" else ending.lower() in ENDINGS
