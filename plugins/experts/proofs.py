"""Proofs: which profiles elsewhere lead back to a person's page, and when that was last seen.

They lie in ``profiles/<short-name>/verified.json``, beside the profile and gone with it: an object ``links`` of addresses,
as the profile gives them, and days (ISO dates).  Only the command ``verify-links`` writes it; a build reads it and asks
nobody.  An address that the profile no longer gives counts for nothing.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, TypeGuard

from .dates import is_date
from .problems import Problem

FILE = "verified.json"
LARGEST = 64 << 10  # bytes

Proofs = tuple[tuple[str, str], ...]
"""``(address, day)``, in the order of the addresses."""


def read(path: str, data: bytes) -> tuple[Proofs | None, list[Problem]]:
    """The proofs in a file; None with a problem where it is not in its form."""
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=list) if len(data) <= LARGEST else None
    except json.JSONDecodeError as error:
        return None, [_unfit(path, error.lineno, error.colno)]
    except (ValueError, RecursionError):  # not UTF-8, or a number that is as long as the file
        return None, [_unfit(path, 0, 0)]
    links = found[0][1] if _pairs(found) and len(found) == 1 and found[0][0] == "links" else None
    if not _pairs(links):
        return None, [_unfit(path, 0, 0)]
    for address, day in links:
        if not isinstance(day, str) or not is_date(day):
            at = text.find(json.dumps(address, ensure_ascii=False))
            line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
            return None, [_unfit(path, line, column) if at >= 0 else _unfit(path, 0, 0)]
    return tuple(sorted(dict(links).items())), []


def _pairs(value: Any) -> TypeGuard[list[tuple[str, Any]]]:
    return isinstance(value, list) and all(isinstance(pair, tuple) for pair in value)


def _unfit(path: str, line: int, column: int) -> Problem:
    hint = "remove the file: the next check of links writes it anew"
    return Problem(path, line, column, "proofs", "this does not say which links are confirmed, and when", hint)


def text(proofs: Proofs) -> str:
    """The file of proofs: an address on each line."""
    return json.dumps({"links": dict(sorted(proofs))}, ensure_ascii=False, indent=2) + "\n"


def holding(proofs: Proofs, today: str, days: int) -> Proofs:
    """Those that still count on a day: seen at most `days` days before it, and not after it."""
    if not proofs or not days:
        return ()
    first = date.fromordinal(max(1, date.fromisoformat(today).toordinal() - days)).isoformat()
    return tuple([(address, day) for address, day in proofs if first <= day <= today])
