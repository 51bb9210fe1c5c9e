"""What is asked of a build, and what it reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from .locks import PATIENCE, Say, silent
from .problems import Problem
from .settings import Settings


class Request(NamedTuple):
    """What is asked of a build; the folders are absolute."""

    settings: Settings
    output: str
    cache: str
    today: str  # ISO date
    jobs: int
    clean: bool = False
    lenient: bool = False
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None
    say: Say = silent  # what somebody should know while it runs
    patience: float = PATIENCE  # seconds to wait for another command that works on the site


class Report(NamedTuple):
    """What a build did: numbers of outputs, its problems, and what is not shown and why."""

    made: int
    unchanged: int
    removed: int
    problems: list[Problem]
    hidden: list[Any]
