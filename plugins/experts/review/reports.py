"""What other commands have found, read from their JSON; whatever it holds, only texts and numbers come out."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

from experts.problems import Problem, Problems

LARGEST = 32 << 20
"""Bytes of the largest report that is read."""


class Finding(NamedTuple):
    """Something wrong, or a hint, as `check` reports it; the texts are in the reader's language."""

    path: str
    line: int
    message: str
    hint: str
    why: str


class Completeness(NamedTuple):
    """How much of a profile is filled in, in per cent, and what is missing."""

    slug: str
    name: str
    percent: int
    missing: tuple[str, ...]


class Checks(NamedTuple):
    """What `check` has found."""

    problems: tuple[Finding, ...] = ()
    hints: tuple[Finding, ...] = ()
    profiles: tuple[Completeness, ...] = ()


class Gate(NamedTuple):
    """What the gate says: ``merge``, ``review`` or "" where it was not asked; and why, as (file or "", sentence)."""

    verdict: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


def load(path: str) -> dict[str, Any]:
    """A report's content; Problems if the file holds none."""
    try:
        if os.path.getsize(path) > LARGEST:
            raise ValueError
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
        if not isinstance(found, dict):
            raise TypeError
    except OSError as error:
        message, values = "the file cannot be read: {why}", {"why": error.strerror}
        raise Problems([Problem(path, 0, 0, "unreadable", message, "", values)]) from None
    except (ValueError, TypeError, RecursionError):
        hint = "give the file that the command wrote with --format json"
        raise Problems([Problem(path, 0, 0, "report", "this is no report", hint)]) from None
    return found


def checks(content: dict[str, Any]) -> Checks:
    """The report of `check`."""
    profiles = [
        Completeness(
            _text(item, "slug"), _text(item, "name"), _number(item, "percent"), tuple(map(str, _list(item, "missing")))
        )
        for item in _records(content, "profiles")
    ]
    problems, hints = [[_finding(item) for item in _records(content, name)] for name in ("problems", "hints")]
    return Checks(tuple(problems), tuple(hints), tuple(profiles))


def gate(content: dict[str, Any]) -> Gate:
    """The report of `gate`; all but a clear yes needs a person."""
    reasons = [(_text(item, "path"), _text(item, "message")) for item in _records(content, "reasons")]
    return Gate("merge" if content.get("verdict") == "merge" else "review", tuple(reasons))


def _finding(item: dict[str, Any]) -> Finding:
    return Finding(
        _text(item, "path"), _number(item, "line"), _text(item, "message"), _text(item, "hint"), _text(item, "why")
    )


def _records(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [item for item in _list(content, name) if isinstance(item, dict)]


def _list(content: dict[str, Any], name: str) -> list[Any]:
    found = content.get(name)
    return found if isinstance(found, list) else []


def _text(item: dict[str, Any], name: str) -> str:
    found = item.get(name)
    return found if isinstance(found, str) else ""


def _number(item: dict[str, Any], name: str) -> int:
    found = item.get(name)
    return found if type(found) is int and 0 <= found < 10**9 else 0
