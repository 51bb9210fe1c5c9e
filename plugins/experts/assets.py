"""Files of the theme and of front-end packages that the site serves as they are."""

from __future__ import annotations

import json
import os

from .bundle import PACKAGES
from .problems import Problem, Problems
from .settings import Settings
from .source import read, scan


def vendor(settings: Settings) -> list[tuple[str, str]]:
    """``(path below the site, absolute path below node_modules)`` of the files that ``vendor.json`` of the theme names."""
    path = os.path.join(settings.theme, "vendor.json")
    if not os.path.exists(path):
        return []
    try:
        named = json.loads(read(path))
        found = sorted((str(target), str(origin)) for target, origin in named.items())
    except (ValueError, AttributeError) as error:
        values = {"why": str(error)}
        raise Problems(
            [
                Problem(
                    "vendor.json",
                    getattr(error, "lineno", 0),
                    1,
                    "vendor",
                    "this is not a JSON object: {why}",
                    "",
                    values,
                )
            ]
        ) from None
    return [
        (f"theme/{target}", os.path.join(settings.checkout, "node_modules", *origin.split("/")))
        for target, origin in found
    ]


def packages(settings: Settings) -> list[tuple[str, str]]:
    """``(name, absolute path below node_modules)`` of the packages that scripts can import."""
    folder = os.path.join(settings.checkout, "node_modules")
    return [(name, os.path.join(folder, *origin.split("/"))) for name, origin in sorted(PACKAGES.items())]


def missing(settings: Settings) -> list[Problem]:
    """A problem for each front-end file that is not installed."""
    hint = "python3 tasks.py build installs the front-end packages"
    return [
        Problem(
            path,
            0,
            0,
            "vendor",
            "the front-end file {file} is not installed",
            hint,
            {"file": os.path.relpath(origin, settings.checkout)},
        )
        for path, origin in vendor(settings)
        if not os.path.exists(origin)
    ]


def static(settings: Settings) -> list[tuple[str, str]]:
    """``(path below the site, absolute path)`` of the theme's other static files."""
    folder = os.path.join(settings.theme, "static")
    return [
        (f"theme/{path}", os.path.join(folder, *path.split("/")))
        for path in sorted(scan(folder, [""]).stamps)
        if not path.startswith(("css/", "js/"))
    ]
