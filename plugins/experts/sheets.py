"""The style sheets of a theme, and the tokens that they set."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from .source import read

Tokens = dict[str, tuple[str, str]]
"""The name of a token (``accent``) -> its value in the light and in the dark."""

_TOKEN = re.compile(r"^\s*--([\w-]+):\s*(?:light-dark\(\s*+([^,()]+),\s*+([^,()]+)\)|([^;{}]+));", re.MULTILINE)


def stylesheets(theme: str) -> list[str]:
    """The theme's style sheets in their order: by name."""
    folder = os.path.join(theme, "static", "css")
    return (
        [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".css")]
        if os.path.isdir(folder)
        else []
    )


def join(sheets: list[str], more: str = "") -> bytes:
    """Style sheets as one, with more rules behind them."""
    return b"\n".join([*[read(path).strip() for path in sheets], more.encode()]).strip() + b"\n"


def tokens(theme: str) -> Tokens:
    """The tokens of a theme as they stand first in its style sheets."""
    return _tokens(join(stylesheets(theme)))


@lru_cache(4)
def _tokens(sheet: bytes) -> Tokens:
    found: Tokens = {}
    for name, light, dark, both in _TOKEN.findall(sheet.decode("utf-8", "replace")):
        found.setdefault(name, ((light or both).strip(), (dark or both).strip()))
    return found
