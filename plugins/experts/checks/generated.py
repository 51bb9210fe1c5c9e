"""The command ``schema``: files that are made from the fields and the messages, for editors and for people.

JSON Schemas, snippets of VS Code and the catalogue of messages; all of them are committed, so that nobody needs this
program to use them.
"""

from __future__ import annotations

import argparse
import os

from experts import console, source
from experts.editing import schemas, snippets

from . import messages


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


def _read(path: str) -> str:
    try:
        return source.read(path).decode("utf-8", "replace")
    except OSError:
        return ""


def _schema(arguments: argparse.Namespace) -> int:
    checkout = console.checkout_of(console.__file__)
    found = stale(checkout)
    for path, content in found.items():
        if not arguments.check:
            file = os.path.join(checkout, *path.split("/"))
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file + ".tmp", "w", encoding="utf-8", newline="\n") as target:
                target.write(content)
            os.replace(file + ".tmp", file)
        print(f"{path}: {'out of date; run python3 tasks.py schema' if arguments.check else 'written'}")
    print(f"{len(found)} of {len(files())} {'out of date' if arguments.check else 'written'}")
    return console.FOUND if found and arguments.check else console.DONE
