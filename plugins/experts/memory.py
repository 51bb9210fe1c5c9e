"""What builds remember of a site: stamps, records, HTML, and what is on disk of each output folder."""

from __future__ import annotations

import os
import time
from typing import Any

from .blobs import Blobs
from .cache import PLUGINS, Store, discard
from .digests import of as digest
from .locks import LOCK
from .make import Known

PICTURES = "pictures"
FOLDERS = (PICTURES, "compressed", "publishing")
"""The folders of a site's cache; all else are files."""
SHARED = ("fonts", "icons", "templates", "texts")
"""The folders of a cache that are of all sites."""


class Memory:
    """The stores of one site and one output folder, below `cache`."""

    def __init__(self, cache: str, root: str, output: str, key: bytes) -> None:
        """Name the stores; `key` stands for the code and the libraries."""
        name = f"{os.path.basename(root.rstrip(os.sep)) or 'site'}-{digest(os.path.realpath(root).encode()).hex()[:8]}"
        self.folder = os.path.join(cache, name)
        out = digest(os.path.realpath(output).encode()).hex()[:8]
        self.stamps_store = Store(os.path.join(self.folder, "stamps"), key)
        self.rows_store = Store(os.path.join(self.folder, "records"), key)
        self.pages_store = Store(os.path.join(self.folder, "pages"), key)
        self.acting_store = Store(os.path.join(self.folder, "acting"), key)
        # Outputs outlive the code that made them: their fingerprints hold its key.
        self.known_store = Store(os.path.join(self.folder, f"outputs-{out}"), b"outputs-1")
        self.html = Blobs(self.folder, "html")
        self.stamps: dict[str, Any] = {}
        self.version = b""  # stands for the content that the stamps are of
        self.rows: dict[str, Any] = {}
        self.known: dict[str, Known] = {}
        self.state: dict[str, Any] = {}
        self.stamps_changes: dict[str, Any] = {}
        self.rows_changes: dict[str, Any] = {}
        self.planned: dict[str, str] = {}  # path -> owner

    def forget(self, everything: bool = False) -> None:
        """Begin anew: drop what is stored; with `everything`, also what is known of pictures and of other outputs."""
        ours = ("html-", PLUGINS)
        stores = [
            store.path
            for store in (self.stamps_store, self.rows_store, self.pages_store, self.acting_store, self.known_store)
        ]
        for name in os.listdir(self.folder) if os.path.isdir(self.folder) else ():
            path = os.path.join(self.folder, name)
            is_folder = os.path.isdir(path)
            foreign = (everything and name not in (LOCK, *FOLDERS)) or (name in FOLDERS and not is_folder)
            if path in stores or name.startswith(ours) or foreign:
                discard(path)

    def tidy(self) -> None:
        """Remove what a command that was killed while it wrote has left behind.

        Where all sites write, somebody may be about to: there, what is an hour old is left behind.
        """
        cache = os.path.dirname(self.folder)
        own = [self.folder, os.path.join(self.folder, PICTURES)]
        for folder in (*own, cache, *[os.path.join(cache, name) for name in SHARED]):
            for name in os.listdir(folder) if os.path.isdir(folder) else ():
                path = os.path.join(folder, name)
                if name.endswith(".tmp") and (folder in own or os.path.getmtime(path) < time.time() - 3600):
                    discard(path)

    def load_stamps(self) -> None:
        """Read the stamps of the content."""
        self.stamps = self.stamps_store.load()
        self.version = self.stamps.pop("", b"")

    def load_known(self) -> None:
        """Read what is known of the outputs."""
        self.known = self.known_store.load()
        self.state = self.known.pop("", {})  # type: ignore[assignment]
        if not self.known_store.whole:  # what is on disk may be newer than what is known of it
            self.state = {}

    def load_rows(self) -> None:
        """Read the records; if they or the HTML are damaged, begin anew."""
        self.rows = self.rows_store.load()
        generation = self.rows.pop("", 0)
        index = {row[5]: (row[6], row[7]) for row in self.rows.values() if row[5]}
        try:
            if self.rows:
                self.html.open(generation, index)
                return
        except ValueError:
            self.rows = {}
            self.rows_store.size = 0
            self.html.close()
        self.html.begin()

    def save(self) -> None:
        """Store the stamps and records: the reading need not be done again, whatever becomes of the build."""
        live = [row[5] for row in self.rows.values() if row[5]]
        left = self._somebody_left()
        if self.html.compact(live, left):
            for path, row in self.rows.items():
                if row[5]:
                    self.rows[path] = (*row[:6], *self.html.index[row[5]])
            everything = {"": self.html.generation, **self.rows}
            self.rows_store.rewrite(everything)
        elif self.rows_changes or self.rows_store.size == 0:
            changes = {"": self.html.generation, **self.rows_changes}
            self.rows_store.save(changes, {"": self.html.generation, **self.rows})
        self.html.drop_others()
        if left:
            self.stamps_store.rewrite({"": self.version, **self.stamps})
        elif self.stamps_changes or self.stamps_store.size == 0:
            self.stamps_store.save({"": self.version, **self.stamps_changes}, {"": self.version, **self.stamps})

    def _somebody_left(self) -> bool:
        """Whether a file of a profile was removed: then nothing of it stays in the logs, where it would until they are long."""
        changes = (self.rows_changes, self.stamps_changes)
        return any(path.startswith("profiles/") and row is None for found in changes for path, row in found.items())
