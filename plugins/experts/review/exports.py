"""A folder that holds a site's content as of some revision, brought from one to another by writing what differs.

What a build remembers of the folder stays true that way, so that the second of two builds reads little.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from experts import look, source
from experts.settings import Settings

from .revisions import FOLDERS

JOURNAL = "journal.json"
"""Beside the folder: path -> Git's name for the bytes; "" while a file is being written or removed."""


def fill(folder: str, blobs: dict[str, str], read: Callable[[Iterable[str]], Iterator[bytes]]) -> None:
    """Make a folder hold just these files (path -> blob); their bytes come from ``read(paths)``."""
    journal = os.path.join(os.path.dirname(folder), JOURNAL)
    held = _load(journal) if os.path.isdir(folder) else {}
    gone = [path for path in held if path not in blobs]
    news = sorted(path for path, blob in blobs.items() if held.get(path) != blob)
    if not gone and not news:
        return
    os.makedirs(folder, exist_ok=True)
    _save(journal, {**held, **dict.fromkeys([*gone, *news], "")})
    for path in gone:
        _remove(folder, path)
    for path, content in zip(news, read(news), strict=True):
        file = os.path.join(folder, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as target:
            target.write(content)
    _save(journal, blobs)


def _remove(folder: str, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    with suppress(OSError):
        os.unlink(os.path.join(folder, path))
        while path := os.path.dirname(path):
            os.rmdir(os.path.join(folder, path))


def _load(journal: str) -> dict[str, str]:
    try:
        with open(journal, encoding="utf-8", errors="surrogatepass") as file:
            return dict(json.load(file))
    except (OSError, ValueError):
        return {}


def _save(journal: str, held: dict[str, str]) -> None:
    with open(journal + ".new", "w", encoding="utf-8", errors="surrogatepass") as file:
        json.dump(held, file)
    os.replace(journal + ".new", journal)


def surround(folder: str, settings: Settings) -> None:
    """Copy to the folder what the settings and the texts need besides the content: from the site itself, never from a revision."""
    root = settings.root
    wanted = {os.path.relpath(path, root) for path in look.files(settings) if path.startswith(root + os.sep)}
    wanted |= {path for path in source.scan(root, ["locale"]).stamps if path.endswith(".po")}
    for path in sorted(path for path in wanted if path.split(os.sep)[0] not in FOLDERS):
        content = source.read(os.path.join(root, path))
        file = os.path.join(folder, path)
        if not os.path.exists(file) or source.read(file) != content:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "wb") as target:
                target.write(content)
