"""The files that settings stand in: run as Pelican runs them, and searched for the line of a setting."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from types import CodeType, ModuleType
from typing import Any

from experts.problems import Problem, Problems


def read(folder: str, names: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """Run the settings files of a folder; the upper-case names of all, later ones over earlier ones, and the files."""
    raw: dict[str, Any] = {}
    files: list[str] = []
    for name in dict.fromkeys(names):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                source = file.read()
            found = _run(path, source, folder)
            for key in ("THEME", "PLUGIN_PATHS", "PATH", "OUTPUT_PATH"):
                if key in found:
                    found[key] = _absolute(found[key], folder)
            raw.update(found)
            files.append(path)
    return raw, files


def _absolute(value: Any, folder: str) -> Any:
    if isinstance(value, (list, tuple)):
        return [_absolute(item, folder) for item in value]
    return os.path.normpath(os.path.join(folder, str(value)))


def _run(path: str, source: bytes, folder: str) -> dict[str, Any]:
    """The upper-case names of a settings file; Problems if it cannot be run."""
    module = ModuleType("pelicanconf" if os.path.basename(path) == "pelicanconf.py" else "publishconf")
    module.__file__ = path
    sys.path.insert(0, folder)
    saved = sys.modules.pop("pelicanconf", None)
    try:
        code: CodeType = compile(source, path, "exec")
        exec(code, module.__dict__)  # noqa: S102 - settings are Python, as everywhere in Pelican
    except SyntaxError as error:
        raise Problems(
            [
                Problem(
                    os.path.basename(path),
                    error.lineno or 0,
                    error.offset or 1,
                    "settings",
                    "this is not Python: {why}",
                    "",
                    {"why": error.msg},
                )
            ]
        ) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - settings may raise anything
        line = 0
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == path:
                line = trace.tb_lineno
            trace = trace.tb_next
        raise Problems(
            [
                Problem(
                    os.path.basename(path),
                    line,
                    1,
                    "settings",
                    "the settings cannot be read: {why}",
                    "",
                    {"why": f"{type(error).__name__}: {error}"},
                )
            ]
        ) from None
    finally:
        sys.path.remove(folder)
        sys.modules.pop("pelicanconf", None)
        if saved is not None:
            sys.modules["pelicanconf"] = saved
    return {key: value for key, value in vars(module).items() if key.isupper()}


def place(key: str, files: Iterable[str], inner: str = "") -> tuple[str, int]:
    """The file and line that set a name last, and there the line of an entry if it has one of its own."""
    found = ("pelicanconf.py", 0)
    entry = re.compile(rf"""\s+["']{re.escape(inner)}["']\s*:""") if inner else None
    for path in files:
        inside = False
        with open(path, encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                if re.match(rf"{key}\b", line):
                    found, inside = (os.path.basename(path), number), True
                elif inside and entry and entry.match(line):
                    found, inside = (os.path.basename(path), number), False
                elif re.match(r"\w", line):
                    inside = False
    return found
