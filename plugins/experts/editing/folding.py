"""Long texts on several lines, broken at the places at which the npm package ``yaml`` 1.10 breaks them (``foldFlowLines``)."""

from __future__ import annotations

WIDTH, LEAST = 80, 20  # of a line; of its content where it is deeply indented

_EDGES = ("", " ", "\n", "\t")


def folded(source: str, indent: str, mode: str, at: int) -> str:
    """`source` on lines of at most `WIDTH` characters where it has spaces; the first one begins in column `at` (0: after `indent`).

    `mode` is "flow", "block" (lines that are indented more stay whole) or "quoted" (a text without spaces is broken with a backslash).
    """
    step = max(1 + LEAST, 1 + WIDTH - len(indent))
    if len(source) <= step:
        return source
    folds = [0] if at > WIDTH - LEAST else []
    end = WIDTH - at if at and not folds else WIDTH - len(indent)
    hard: set[int] = set()
    if mode == "quoted":
        folds, hard = _hard(source, folds, end, step)
    else:
        folds = _soft(source, folds, end, step, mode == "block")
    if not folds:
        return source
    found = [source[: folds[0]]]
    for fold, until in zip(folds, [*folds[1:], len(source)], strict=True):
        if fold == 0:
            found.append(f"\n{indent}{source[:until]}")
        else:
            broken = f"{source[fold]}\\" if fold in hard else ""
            found.append(f"{broken}\n{indent}{source[fold + 1 : until]}")
    return "".join(found)


def _soft(source: str, folds: list[int], end: int, step: int, block: bool) -> list[int]:
    """The spaces at which a text without quotes, or in single ones, is broken."""
    position, split, size = -1, 0, len(source)
    if block:
        position = _past_indented(source, -1)
        end = position + step if position >= 0 else end
    while (position := position + 1) < size:
        if source[position] == "\n":
            position = _past_indented(source, position) if block else position
            end, split = position + step, 0
            continue
        if _breakable(source, position, source[position - 1] if position else ""):
            split = position
        if position >= end and split:
            folds.append(split)
            end, split = split + step, 0
    return folds


def _hard(source: str, folds: list[int], end: int, step: int) -> tuple[list[int], set[int]]:
    """The places at which a text in double quotes is broken, and which of them need a backslash since there is no space."""
    hard: set[int] = set()
    position, split, size, before = -1, 0, len(source), ""
    escape_start = escape_end = -1
    while (position := position + 1) < size:
        character = source[position]
        if character == "\\":
            escape_start = position
            position = escape_end = position + {"x": 3, "u": 5, "U": 9}.get(source[position + 1], 1)
        if character == "\n":
            end, split = position + step, 0
        elif character == " " and _breakable(source, position, before):
            split = position
        if character != "\n" and position >= end:
            if not split:
                while before in (" ", "\t"):
                    before, position = character, position + 1
                    character = source[position : position + 1]
                split = position - 2 if position > escape_end + 1 else escape_start - 1
                if split in hard:
                    return [], set()
                if "\ud800" <= source[split] <= "\udbff":
                    split -= 1  # between the two halves of a character, where the editor itself would damage it
                hard.add(split)
            folds.append(split)
            end, split = split + step, 0
        before = character
    return folds, hard


def _breakable(source: str, position: int, before: str) -> bool:
    """Whether there is a single space between two words; a line end can stand for it."""
    return source[position] == " " and before not in _EDGES and source[position + 1 : position + 2] not in _EDGES


def _past_indented(source: str, position: int) -> int:
    """The last line end of the more indented lines that begin behind `position`, which are not folded."""
    while source[position + 1 : position + 2] in (" ", "\t"):
        found = source.find("\n", position + 2)
        position = len(source) if found < 0 else found
    return position
