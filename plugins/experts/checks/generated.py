"""The command ``schema``: files that are made from the fields and the messages, for editors and for people.

JSON Schemas, snippets of VS Code and the catalogue of messages; all of them are committed, so that nobody needs this
program to use them. Schemas and pages that an earlier version made and this one does not are removed.
"""

from __future__ import annotations

import argparse
import os
import re

from experts import console, source
from experts.editing import schemas, snippets

from . import messages

_PAGE = re.compile(re.escape(messages.path("LANG")).replace("LANG", "[a-z]{2}"))


def command(argv: list[str]) -> int:
    """``schema``: write the files, or say which are out of date."""
    parser = argparse.ArgumentParser(
        prog="tasks.py schema",
        description="Write JSON Schemas, snippets and the catalogue of messages of this checkout.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a file is out of date")
    return console.run(_schema, parser.parse_args(argv))


def files() -> dict[str, str]:
    """All files: path below the top of the checkout -> content."""
    pages = {messages.path(lang): messages.render(lang) for lang in messages.LANGUAGES}
    return {**schemas.files(), snippets.PATH: snippets.render(), **pages}


def stale(checkout: str) -> dict[str, str]:
    """Those files that are not there, or say something else."""
    return {path: content for path, content in files().items() if _read(os.path.join(checkout, path)) != content}


def left_over(checkout: str) -> list[str]:
    """What this command made once and makes no more: schemas that say so, and pages by their name."""
    found, known = [], files()
    for folder, _, names in os.walk(os.path.join(checkout, "schema")):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), checkout).replace(os.sep, "/")
            made = name.endswith(".schema.json") and schemas.MADE in _read(os.path.join(checkout, path))
            if path not in known and (made or _PAGE.fullmatch(path)):
                found.append(path)
    return sorted(found)


def _read(path: str) -> str:
    try:
        return source.read(path).decode("utf-8", "replace")
    except OSError:
        return ""


def _schema(arguments: argparse.Namespace) -> int:
    checkout = console.checkout_of(console.__file__)
    changed, old = stale(checkout), left_over(checkout)
    if arguments.check:
        written, removed = "out of date; run python3 tasks.py schema", "no longer made; run python3 tasks.py schema"
    else:
        written, removed = "written", "removed"
        for path, content in changed.items():
            _write(os.path.join(checkout, *path.split("/")), content)
        for path in old:
            os.remove(os.path.join(checkout, *path.split("/")))
    for path in sorted([*changed, *old]):
        print(f"{path}: {removed if path in old else written}")
    print(f"{len(changed) + len(old)} of {len(files()) + len(old)} {'out of date' if arguments.check else 'renewed'}")
    return console.FOUND if arguments.check and (changed or old) else console.DONE


def _write(path: str, content: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".tmp", "w", encoding="utf-8", newline="\n") as file:
        file.write(content)
    os.replace(path + ".tmp", path)
