"""Writing many files all or not at all: with a journal from which everything is put back, even after a kill."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from experts.cache import write_atomically
from experts.digests import of as digest
from experts.editing import writing

READY = "journal.json"


def journal_of(cache: str, root: str) -> str:
    """The folder in which the originals lie while the files of the site `root` change; nothing else looks there."""
    return os.path.join(cache, f"forget-{digest(os.path.realpath(root).encode()).hex()[:8]}")


@contextmanager
def changed(
    root: str, journal: str, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]
) -> Iterator[None]:
    """Give files their new content, None for those that go; whatever is raised inside puts all of them back."""
    _keep(root, journal, before)
    try:
        for path, data in after.items():
            _put(os.path.join(root, *path.split("/")), data)
        _prune(root, after)
        yield
    except BaseException:
        put_back(root, journal)
        raise
    _drop(journal)


def put_back(root: str, journal: str) -> bool:
    """Undo what an earlier run began and did not finish; whether there was anything."""
    if not os.path.isdir(journal):
        return False
    ready = os.path.join(journal, READY)
    if os.path.isfile(ready):  # without it, no file had been touched yet
        with open(ready, encoding="utf-8") as file:
            written = json.load(file)
        for path, (name, mode) in written["files"].items():
            place = os.path.join(root, *path.split("/"))
            _clear(place, written["process"])
            data = None
            if name:
                with open(os.path.join(journal, name), "rb") as file:
                    data = file.read()
            _put(place, data)
            if name:
                os.chmod(place, mode)
    _drop(journal)
    return True


def _clear(place: str, process: int) -> None:
    """Remove what `writing` leaves beside a file when its process is killed."""
    temporary = writing.beside(place, process)
    if os.path.lexists(temporary):
        os.unlink(temporary)


def _drop(journal: str) -> None:
    """Remove the journal; its list first, since without it nothing is to be put back."""
    ready = os.path.join(journal, READY)
    if os.path.exists(ready):
        os.unlink(ready)
    shutil.rmtree(journal)


def _keep(root: str, journal: str, before: Mapping[str, bytes | None]) -> None:
    """Write down all originals; the list of them comes last, and says that they are complete."""
    os.makedirs(journal, mode=0o700)
    kept: dict[str, tuple[str, int]] = {}
    for number, (path, data) in enumerate(before.items()):
        if data is None:
            kept[path] = ("", 0)
            continue
        name = f"{number}.bin"
        with open(os.path.join(journal, name), "wb") as file:
            file.write(data)
        kept[path] = (name, stat.S_IMODE(os.stat(os.path.join(root, *path.split("/"))).st_mode))
    write_atomically(os.path.join(journal, READY), json.dumps({"process": os.getpid(), "files": kept}).encode())


def _put(place: str, data: bytes | None) -> None:
    if data is None:
        if os.path.lexists(place):
            os.unlink(place)
    elif os.path.isfile(place):
        writing.replace(place, data)
    else:
        writing.create(place, data)


def _prune(root: str, after: Mapping[str, bytes | None]) -> None:
    """Remove the folders that are empty now, hidden empty ones inside of them too."""
    for path, data in after.items():
        folder = os.path.dirname(path)
        while data is None and folder.count("/") and os.path.isdir(os.path.join(root, folder)):
            for below, _, _ in os.walk(os.path.join(root, folder), topdown=False):
                try:
                    os.rmdir(below)
                except OSError:
                    break
            folder = os.path.dirname(folder)
