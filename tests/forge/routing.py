"""Which function answers which request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

MOMENT = "2026-01-01T00:00:00Z"  # when everything happens

Answer = tuple[int, Any]
Route = Callable[..., Answer]
ROUTES: list[tuple[str, re.Pattern[str], Route]] = []


def route(method: str, path: str) -> Callable[[Route], Route]:
    """Answer requests for a path below the repository's with a function of the forge, the path's groups, and the data."""

    def add(answer: Route) -> Route:
        ROUTES.append((method, re.compile(path), answer))
        return answer

    return add
