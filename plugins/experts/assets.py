"""Files of the theme and of front-end packages that the site serves as they are."""

from __future__ import annotations

import json
import os

from .bundle import PACKAGES
from .problems import Problem, Problems
from .settings import Settings
from .source import read, scan

EDITOR = (".cache", "admin", "node_modules")
"""Where the packages of the web editor are installed, below the checkout."""
EDITOR_SCRIPT = "decap-cms.js"


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


def editor(checkout: str) -> tuple[str, dict[str, str]]:
    """The web editor for browsers: its version, and file name -> absolute path of its script and the pieces that this loads.

    Problems if it is not installed.
    """
    package = os.path.join(checkout, *EDITOR, "decap-cms")
    version, names = "", []
    try:
        version = str(json.loads(read(os.path.join(package, "package.json")))["version"])
        names = sorted(name for name in os.listdir(os.path.join(package, "dist")) if name.endswith(EDITOR_SCRIPT))
    except (OSError, ValueError, KeyError):
        pass
    if EDITOR_SCRIPT not in names:
        message = "the web editor is not installed"
        hint = "python3 tasks.py build installs it where ADMIN is set in pelicanconf.py; so does serve --admin"
        raise Problems([Problem("pelicanconf.py", 0, 0, "admin", message, hint)])
    return version, {name: os.path.join(package, "dist", name) for name in names}
