"""What the machine refuses is said in one sentence: no traceback, the old site stays, and the next build is right."""

from __future__ import annotations

import os


from .theatre import TRACE, broken, building, distinct, state, tree
from .town import TIMES, Town

WORDS = {
    "ENOSPC": "the disk is full (make room and start again)",
    "EDQUOT": "the space that you may use on this disk (quota) is full (make room and start again)",
    "EROFS": "nothing can be written here: it is read-only (choose another folder, or make this one writable)",
    "EACCES": "there is no right to read or write this (check whom it belongs to and start again)",
    "EMFILE": "too many files are open at once (allow more (ulimit -n 1024) and start again)",
    "ENOMEM": "there is too little memory (end other programs, or use fewer processes (build --jobs 1))",
    "EIO": "this cannot be read or written: Input/output error",
}


def refused(town: Town, how: str, jobs: int = 1, **task: object) -> int:
    """A build that is refused something; the exit code."""
    before = state(town.site.folder)
    done = town.stage.run(building(town.site, jobs=jobs), how=how, **task)
    where = f"{how} {task}: {done.words}"
    assert not any(word in done.words for word in TRACE), where
    assert done.code in (0, 1), where
    if done.code:
        assert WORDS[how] in done.words or os.strerror(getattr(__import__("errno"), how)) in done.words, where
    assert broken(tree(town.site.output), *town.clean) == [], where
    assert state(town.site.folder) == before
    return done.code


def test_a_build_may_be_refused_any_write(town: Town) -> None:
    """A full disk, one that is read-only and the like, beginning at any call: one sentence, whole files, a right build next."""
    town.build()
    town.turn()
    points = town.stage.points(building(town.site))
    # A folder that was emptied and stays is nothing that anybody would be told of.
    able = [number for number, point in enumerate(points, 1) if not point.startswith("os.rmdir")]
    removals = [number for number in able if points[number - 1].startswith("os.remove staging.py:remove")]
    numbers = able if TIMES else sorted({*able} & {*distinct(points)[::9], removals[0]})
    failed = 0
    for number in numbers:
        for how in ("ENOSPC", "EROFS", "EDQUOT", "EACCES", "EIO") if TIMES else ("EACCES",):
            town.turn()
            failed += refused(town, how, 1 + number % 2, at=number, forever=number % 3 > 0)
            town.build()
    assert failed > len(numbers) * 0.5


def test_a_build_may_be_refused_any_file(town: Town) -> None:
    """The same where no file can be opened any more, or memory ends: no page is left out because of that, not even leniently."""
    town.build()
    town.turn()
    points = town.stage.points(building(town.site), reads=True)
    numbers = range(1, len(points) + 1, 1 if TIMES else len(points) // 2)
    for number in numbers:
        for how in ("EMFILE", "ENOMEM"):
            town.turn()
            refused(town, how, 1 + number % 2, at=number, forever=True, reads=True)
            town.build()
