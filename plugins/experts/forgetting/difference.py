"""What would change, as a unified diff that is safe to show on a terminal."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from experts.problems import visible

LONGEST = 2000  # characters of a line


def differences(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> Iterator[str]:
    """The lines of the diff, without line ends; what is no text is only named."""
    for path, data in after.items():
        old, name = before.get(path), visible(path, LONGEST)
        if _binary(old) or _binary(data):
            yield f"--- {name}: {'removed' if data is None else 'changed'}"
            continue
        one, two = ("/dev/null" if side is None else name for side in (old, data))
        for line in difflib.unified_diff(_lines(old), _lines(data), one, two, lineterm=""):
            yield visible(line, LONGEST)


def _binary(data: bytes | None) -> bool:
    return data is not None and b"\0" in data[:8000]


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "backslashreplace").split("\n")
