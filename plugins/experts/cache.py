"""What a build remembers: append-only stores in one folder that may be deleted at any time.

A store is a mapping, kept as a log of changes: a save after an edit appends what changed and does
not write the rest again.  Each entry of the log has its length and its CRC-32, so that an entry
cut off by a crash, and all after it, are as if never written.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zlib import crc32

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PLUGINS = "plugin-"  # begins the names of the files that belong to plugins
_HEADER = 12
BINARY = getattr(os, "O_BINARY", 0)  # Windows' os.open writes text otherwise


class Damaged(Exception):  # noqa: N818 - says what the cache is
    """Something in the cache is not what was written there; a build then begins anew."""


class Store:
    """A mapping of plain data (what `marshal` writes) in the file `path`.

    `key` stands for everything that the data depends on as a whole (the code, the libraries);
    a store with another key is empty.
    """

    def __init__(self, path: str, key: bytes) -> None:
        """Name the file; nothing is read before `load`."""
        self.path, self.key = path, key
        self.size = 0  # bytes of the log that are valid
        self.base = 0  # bytes of its first entry
        self.whole = False  # whether the file holds valid entries and nothing else

    def load(self) -> dict[Any, Any]:
        """All that was saved under this key; empty if nothing (valid) was."""
        self.whole = False
        try:
            with open(self.path, "rb") as file:
                data = file.read()
        except OSError:
            return {}
        if data[: len(self.key)] != self.key:
            return {}
        at = len(self.key)
        merged: dict[Any, Any] = {}
        view = memoryview(data)
        while at + _HEADER <= len(data):
            length = int.from_bytes(view[at : at + 8], "little")
            payload = view[at + _HEADER : at + _HEADER + length]
            if len(payload) < length or crc32(payload) != int.from_bytes(view[at + 8 : at + _HEADER], "little"):
                break
            changes = marshal.loads(payload)
            at += _HEADER + length
            if self.size == 0:
                merged, self.base = changes, at
            else:
                update(merged, changes)
            self.size = at
        self.whole = at == len(data)
        return merged

    def save(self, changes: dict[Any, Any], everything: dict[Any, Any] | None = None) -> None:
        """Append `changes` (None: remove); write `everything` anew instead where the log has grown long."""
        if self.size == 0 or self.size > 2 * self.base + 4096:
            if everything is None:
                everything = self.load()
                update(everything, changes)
            self.rewrite(everything)
        elif changes:
            entry = _entry(changes)
            with open(self.path, "r+b") as file:
                file.seek(self.size)
                file.truncate()
                file.write(entry)
            self.size += len(entry)

    def rewrite(self, everything: dict[Any, Any]) -> None:
        """Write `everything` anew."""
        data = self.key + _entry(everything)
        write_atomically(self.path, data)
        self.size = self.base = len(data)


def update(mapping: dict[Any, Any], changes: dict[Any, Any]) -> None:
    """Apply changes (None: remove)."""
    mapping.update(changes)
    for gone in [key for key, value in changes.items() if value is None]:
        del mapping[gone]


def _entry(changes: dict[Any, Any]) -> bytes:
    payload = marshal.dumps(changes)
    return len(payload).to_bytes(8, "little") + crc32(payload).to_bytes(4, "little") + payload


def write_atomically(path: str, data: bytes) -> None:
    """Write a file so that readers see the old bytes or the new ones, never a part."""
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)
    os.replace(temporary, path)


def keep(path: str, data: bytes) -> None:
    """Store bytes that can be made again, with their CRC-32."""
    write_atomically(path, crc32(data).to_bytes(4, "little") + data)


def kept(path: str) -> bytes | None:
    """What was kept at `path`; None if nothing was, or if it is damaged."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    return data[4:] if len(data) >= 4 and crc32(data[4:]).to_bytes(4, "little") == data[:4] else None


@contextmanager
def locked(folder: str) -> Iterator[None]:
    """Hold the folder for one build at a time; waits for another one to end (on Windows nobody waits)."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "lock"), "w") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
