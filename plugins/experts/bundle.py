"""Bundles of the theme's scripts, made by esbuild: one small file for each entry, with all that it imports.

The entries are the scripts at the top of the folder.  An entry that another one imports dynamically (``import("./x.js")``)
stays a file of its own; the name of every file holds a digest of its content, so that it can be cached for ever.
Before it is imported, its integrity is told by a link (Subresource Integrity, HTML's "modulepreload"), so that a browser
runs no bytes but those that the build has made.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Mapping
from typing import NamedTuple

from . import digests
from .cache import Store
from .problems import Problem, Problems
from .source import read, scan

PACKAGES = {"lunr": "lunr/lunr.js", "esbuild": "esbuild/package.json"}
"""What is taken from node_modules: the packages that scripts may import, and the bundler (known by its version)."""

_OPTIONS = (
    "--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8", "--legal-comments=inline",
    "--log-level=error", "--log-limit=1", "--color=false",
)  # fmt: skip
_DYNAMIC = re.compile(r'\bimport\("\./([^"/]+\.js)"\)')
_PRELOAD = """\
const $told=new Set;function $tell(name,integrity){if(globalThis.document&&!$told.has(name)){$told.add(name);\
const link=document.createElement("link");link.rel="modulepreload";link.href=new URL(name,import.meta.url).href;\
link.integrity=integrity;document.head.append(link)}}
"""
_ERROR = re.compile(r"\[ERROR\] (.*?)\n(?:\n +(\S[^\n]*?):(\d+):(\d+):)?", re.DOTALL)
_SECONDS = 60
_HINT = "python3 tasks.py build installs the front-end packages"


class Script(NamedTuple):
    """A bundle: its name with a digest of its content, and its text."""

    name: str
    text: str

    @property
    def integrity(self) -> str:
        """What the text must be, in the form of the attribute ``integrity`` (W3C Subresource Integrity)."""
        return digests.integrity(self.text.encode())


def scripts(folder: str, modules: str, cache: str = "") -> dict[str, Script]:
    """The bundles of the entries ``*.js`` in `folder`, by file name; packages come from `modules` (node_modules).

    They are kept in the folder `cache` until a script or a package changes.  Problems names the file and line of what
    cannot be bundled.
    """
    entries = sorted(os.path.basename(path) for path in glob.glob(os.path.join(glob.escape(folder), "*.js")))
    if not entries:
        return {}
    sources = [(path, read(os.path.join(folder, path))) for path in sorted(scan(folder, [""]).stamps)]
    packages = {name: _package(name, modules) for name in PACKAGES}
    store = Store(os.path.join(cache, "scripts"), digests.of_data(sources, sorted(packages.items()), _OPTIONS))
    kept = store.load() if cache else {}
    texts = {str(name): str(text) for name, text in kept.items()}
    if not texts:
        texts = _bundle(folder, entries, modules, packages)
        if cache:
            os.makedirs(cache, exist_ok=True)
            store.rewrite(texts)
    found: dict[str, Script] = {}
    for name in entries:
        _name(name, texts, found, ())
    return found


def minified(sheet: bytes, modules: str) -> bytes:
    """A style sheet without what browsers do not need, and otherwise as it was written: nothing is made for older ones."""
    import subprocess

    command = [_program(modules), "--loader=css", "--minify", "--target=esnext", "--charset=utf8", "--log-level=error"]
    try:
        done = subprocess.run(command, input=sheet, capture_output=True, timeout=_SECONDS, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise _complain("", 0, 1, "the bundler of the scripts does not run: {why}", why=str(error)) from None
    return done.stdout


def _bundle(folder: str, entries: list[str], modules: str, packages: dict[str, str]) -> dict[str, str]:
    """Entry -> its bundle, in which other entries still have their plain names."""
    import subprocess  # only where scripts have changed
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        pruned = os.path.join(place, "lunr.js")
        with open(pruned, "w", encoding="utf-8") as file:
            file.write(_pruned(packages["lunr"]))
        command = [_program(modules), *entries, *_OPTIONS, f"--alias:lunr={pruned}", f"--outdir={place}/out"]
        command += [f"--external:./{name}" for name in entries]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _complain("", 0, 1, "the bundler of the scripts does not run: {why}", why=str(error)) from None
        if done.returncode:
            match = _ERROR.search(done.stderr)
            why, path, line, column = match.groups() if match else (done.stderr.strip(), "", "0", "0")
            message = "the scripts cannot be bundled: {why}"
            raise _complain(path or "", int(line or 0), int(column or 0) + 1, message, why=why)
        return {name: read(os.path.join(place, "out", name)).decode() for name in entries}


def _name(name: str, texts: Mapping[str, str], found: dict[str, Script], above: tuple[str, ...]) -> Script:
    """An entry with its name, after all those that it imports."""
    if name in above:
        raise _complain(name, 0, 1, "{name} imports itself in a circle", name=name)
    if name not in found:

        def address(match: re.Match[str]) -> str:
            if match[1] not in texts:
                return match[0]
            other = _name(match[1], texts, found, (*above, name))
            return f'($tell("./{other.name}","{other.integrity}"),import("./{other.name}"))'

        text = _DYNAMIC.sub(address, texts[name])
        if text != texts[name]:
            text = _PRELOAD + text
        found[name] = Script(f"{name[:-3]}.{digests.of(text.encode()).hex()[:10]}.js", text)
    return found[name]


def _complain(path: str, line: int, column: int, message: str, **values: str) -> Problems:
    return Problems([Problem(f"theme/static/js/{path}".rstrip("/"), line, column, "script", message, "", values)])


# -- packages -------------------------------------------------------------------------------------


def _package(name: str, modules: str) -> str:
    """The file of a package."""
    try:
        return read(os.path.join(modules, *PACKAGES[name].split("/"))).decode()
    except OSError:
        raise _missing(PACKAGES[name]) from None


def _program(modules: str) -> str:
    """The program for this machine: npm installs the package of one platform only."""
    for pattern in ("bin/esbuild", "esbuild.exe"):
        found = sorted(glob.glob(os.path.join(glob.escape(modules), "@esbuild", "*", *pattern.split("/"))))
        if found:
            return found[0]
    raise _missing("@esbuild")


def _missing(file: str) -> Problems:
    message, values = "the front-end file {file} is not installed", {"file": f"node_modules/{file}"}
    return Problems([Problem("theme/static/js", 0, 0, "vendor", message, _HINT, values)])


_LUNR = (  # the parts of lunr.js that answer queries, from the first text to the second
    ("lunr.utils = {", "lunr.idf = "),
    ("lunr.Vector = ", "lunr.Vector.prototype.toArray = "),
    ("lunr.TokenSet = ", "lunr.TokenSet.fromFuzzyString = "),
    ("lunr.TokenSet.fromString = ", "lunr.Index.prototype.search = "),
    ("lunr.Index.prototype.query = ", "lunr.Index.prototype.toJSON = "),
    ("lunr.MatchData = ", "lunr.QueryParseError = "),
)
_NOTICE = "/*! lunr.js, Copyright (C) Oliver Nightingale, MIT licence */"


def _pruned(lunr: str) -> str:
    """lunr.js without what builds indexes, parses queries and guesses at typing errors: more than a half of it."""
    pieces = []
    for begin, end in _LUNR:
        start = lunr.find(begin)
        stop = lunr.find(end, start)
        if start < 0 or stop < 0:
            raise _complain("", 0, 1, "this version of {name} is not known", name="lunr.js")
        piece = lunr[start:stop]
        comment = piece.rfind("/*")
        pieces.append(piece[:comment] if comment > 0 and piece.find("*/", comment) < 0 else piece)
    code = "\n".join(pieces)
    return (
        f"{_NOTICE}\nexport const lunr = (function () {{ var lunr = {{}};\n{code}\nreturn lunr }}).call(globalThis);\n"
    )
