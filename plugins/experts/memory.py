"""What builds remember of a site: stamps, records, HTML, and what is on disk of each output folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from .cache import BINARY, Damaged, Store, write_atomically
from .digests import of as digest
from .make import Known


def _read_seeking(descriptor: int, length: int, offset: int) -> bytes:
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, length)


def _write_seeking(descriptor: int, data: memoryview, offset: int) -> int:
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.write(descriptor, data)


# Workers share the file's position, hence pread; where there is none (Windows), there are no workers.
_read_at = getattr(os, "pread", _read_seeking)
_write_at = getattr(os, "pwrite", _write_seeking)


class Html:
    """Converted bodies in one file, found by digest; new ones are appended."""

    def __init__(self, folder: str) -> None:
        """Name the folder; nothing is read yet."""
        self.folder = folder
        self.index: dict[bytes, tuple[int, int]] = {}
        self.generation = 0
        self._descriptor = -1
        self._end = 0

    @property
    def path(self) -> str:
        """The file of the present generation."""
        return os.path.join(self.folder, f"html-{self.generation}")

    def open(self, generation: int, index: dict[bytes, tuple[int, int]]) -> None:
        """Use what an earlier build wrote; ValueError if a part of it is missing."""
        self.generation, self.index = generation, index
        self._end = max([offset + length for offset, length in index.values()], default=0)
        os.makedirs(self.folder, exist_ok=True)
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | BINARY, 0o644)
        if os.fstat(self._descriptor).st_size < self._end:
            raise ValueError("the stored HTML is cut off")

    def add(self, key: bytes, html: bytes) -> None:
        """Append a body."""
        if key in self.index:
            return
        view = memoryview(html)
        at = self._end
        while view:
            count = _write_at(self._descriptor, view, at)
            at += count
            view = view[count:]
        self.index[key] = (self._end, len(html))
        self._end = at

    def get(self, key: bytes) -> str:
        """A body; Damaged if it is not what was added."""
        offset, length = self.index[key]
        html = _read_at(self._descriptor, length, offset)
        if digest(html) != key:
            raise Damaged(self.path)
        return html.decode()

    def compact(self, live: Iterable[bytes]) -> bool:
        """Write a new generation with only the `live` bodies once more than half is waste; whether it did."""
        wanted = {key: self.index[key] for key in live if key in self.index}
        if self._end < (1 << 20) or sum(length for _, length in wanted.values()) * 2 > self._end:
            return False
        old, end, pieces, index = self._descriptor, 0, [], {}
        for key, (offset, length) in wanted.items():
            pieces.append(_read_at(old, length, offset))
            index[key] = (end, length)
            end += length
        self.generation += 1
        write_atomically(self.path, b"".join(pieces))
        os.close(old)
        self.open(self.generation, index)
        return True

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


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
        # Outputs outlive the code that made them: their fingerprints hold its key.
        self.known_store = Store(os.path.join(self.folder, f"outputs-{out}"), b"outputs-1")
        self.html = Html(self.folder)
        self.stamps: dict[str, Any] = {}
        self.version = b""  # stands for the content that the stamps are of
        self.rows: dict[str, Any] = {}
        self.known: dict[str, Known] = {}
        self.state: dict[str, Any] = {}
        self.stamps_changes: dict[str, Any] = {}
        self.rows_changes: dict[str, Any] = {}
        self.planned: dict[str, str] = {}  # path -> owner

    def forget(self) -> None:
        """Begin anew: drop what is stored."""
        for store in (self.stamps_store, self.rows_store, self.pages_store, self.known_store):
            if os.path.exists(store.path):
                os.unlink(store.path)
        for name in os.listdir(self.folder) if os.path.isdir(self.folder) else ():
            if name.startswith("html-"):
                os.unlink(os.path.join(self.folder, name))

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
        # Never write into a file that a store of other code may still point into.
        self.html.open(max(self._generations(), default=0) + 1, {})

    def _generations(self) -> list[int]:
        return [int(name[5:]) for name in os.listdir(self.folder) if name.startswith("html-") and name[5:].isdigit()]

    def drop_old_html(self) -> None:
        """Remove the generations of HTML that the saved records do not point into."""
        for number in self._generations():
            if number != self.html.generation:
                os.unlink(os.path.join(self.folder, f"html-{number}"))

    def save(self) -> None:
        """Store the stamps and records: the reading need not be done again, whatever becomes of the build."""
        live = [row[5] for row in self.rows.values() if row[5]]
        if self.html.compact(live):
            for path, row in self.rows.items():
                if row[5]:
                    self.rows[path] = (*row[:6], *self.html.index[row[5]])
            everything = {"": self.html.generation, **self.rows}
            self.rows_store.rewrite(everything)
        elif self.rows_changes or self.rows_store.size == 0:
            changes = {"": self.html.generation, **self.rows_changes}
            self.rows_store.save(changes, {"": self.html.generation, **self.rows})
        self.drop_old_html()
        if self.stamps_changes or self.stamps_store.size == 0:
            self.stamps_store.save({"": self.version, **self.stamps_changes}, {"": self.version, **self.stamps})
