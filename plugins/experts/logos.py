"""The size of a logo or an icon, read from the beginning of its file."""

from __future__ import annotations

import re

_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_VIEW = re.compile(rb"""\bviewBox\s*=\s*["']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_SIDE = rb"""\s%s\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']"""


def size(path: str) -> tuple[float, float]:
    """Width and height of an SVG or PNG file (absolute path), in its own units; (0, 0) where they cannot be read."""
    try:
        with open(path, "rb") as file:
            head = file.read(1 << 16)
    except OSError:
        return 0, 0
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    root = _ROOT.search(head)
    if root is None:
        return 0, 0
    if view := _VIEW.search(root[0]):
        return _sizes(view[1], view[2])
    sides = [re.search(_SIDE % name, root[0]) for name in (b"width", b"height")]
    return _sizes(*[side[1] for side in sides if side]) if all(sides) else (0, 0)


def _sizes(width: bytes, height: bytes) -> tuple[float, float]:
    try:
        found = float(width), float(height)
    except ValueError:
        return 0, 0
    return found if all(found) else (0, 0)
