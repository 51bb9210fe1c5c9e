"""The sections of a comment: headings, and blocks of Markdown of which as many are shown as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .escaping import cleaned

Rest = Callable[[int], str]
"""How many blocks found no room, in words."""


def listed(items: Iterable[str], room: int, most: int, rest: Rest, allowed: Iterable[str]) -> list[str]:
    """A list of at most `most` items in at most `room` characters; how many are left out is its last one."""
    blocks = [f"- {item}" for item in items]
    return within(blocks, room, most, lambda count: f"- {rest(count)}", allowed)


def within(blocks: list[str], room: int, most: int, rest: Rest, allowed: Iterable[str]) -> list[str]:
    """The first blocks, made safe, in at most `room` characters together with their line ends."""
    begins = tuple(allowed)
    last = cleaned(rest(len(blocks)), begins)
    left = room - len(last) - 1
    done: list[str] = []
    for block in blocks[:most]:
        safe = cleaned(block, begins)
        left -= len(safe) + 1
        if left < 0:
            break
        done.append(safe)
    count = len(blocks) - len(done)
    return [*done, cleaned(rest(count), begins)] if count else done


def folded(summary: str, lines: list[str]) -> list[str]:
    """Lines that show after a click on their summary, which is a plain text."""
    return ["<details>", f"<summary>{cleaned(summary, ())}</summary>", "", *lines, "", "</details>"] if lines else []


def headed(heading: str, lines: list[str]) -> list[str]:
    """Lines below a heading; nothing where there are none."""
    return [f"### {cleaned(heading, ())}", "", *lines, ""] if lines else []
