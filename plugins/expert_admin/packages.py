"""The files of Decap CMS that a browser needs: the script, and the pieces that it loads when they are wanted."""

from __future__ import annotations

import json
import os

from experts.problems import Problem, Problems

SCRIPT = "decap-cms.js"


def folder(checkout: str) -> str:
    """Where the packages of the web editor are installed."""
    return os.path.join(checkout, ".cache", "admin", "node_modules")


def files(checkout: str) -> tuple[str, dict[str, str]]:
    """The version, and name -> absolute path; Problems if it is not installed."""
    package = os.path.join(folder(checkout), "decap-cms")
    try:
        with open(os.path.join(package, "package.json"), encoding="utf-8") as file:
            version = str(json.load(file)["version"])
        names = sorted(name for name in os.listdir(os.path.join(package, "dist")) if name.endswith(SCRIPT))
    except (OSError, ValueError, KeyError):
        names = []
    if SCRIPT not in names:
        message = "the web editor is not installed"
        hint = "python3 tasks.py build installs it where ADMIN is set in pelicanconf.py; so does serve --admin"
        raise Problems([Problem("pelicanconf.py", 0, 0, "admin", message, hint)])
    return version, {name: os.path.join(package, "dist", name) for name in names}
