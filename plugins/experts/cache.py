"""What a build remembers: append-only stores in one folder that may be deleted at any time.

A store is a mapping, kept as a log of changes: a save after an edit appends what changed and does
not write the rest again.  Each entry of the log has its length and its CRC-32, so that an entry
cut off by a crash, and all after it, are as if never written.
"""

from __future__ import annotations

import marshal
import os
from contextlib import suppress
from typing import Any
from zlib import crc32

PLUGINS = "plugin-"  # begins the names of the files that belong to plugins
_HEADER = 12
BINARY = getattr(os, "O_BINARY", 0)  # Windows' os.open writes text otherwise


class Damaged(Exception):  # noqa: N818 - says what the cache is
    """Something in the cache is not what was written there; a build then begins anew."""


class Store:
    """A mapping of plain data (what `marshal` writes) in the file `path`.

    `key` stands for everything that the data depends on as a whole (the code, the libraries);
    a store with another key is empty, and so is one that was the store of another name.
    """

    def __init__(self, path: str, key: bytes) -> None:
        """Name the file; nothing is read before `load`."""
        self.path, self.key = path, key + os.path.basename(path).encode() + b"\n"
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
            changes = _unpacked(payload)
            if changes is None:
                break
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
            descriptor = os.open(self.path, os.O_RDWR | BINARY)
            try:
                os.ftruncate(descriptor, self.size)
                os.lseek(descriptor, self.size, os.SEEK_SET)
                write_whole(descriptor, entry, self.path)
            finally:
                os.close(descriptor)
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


def _unpacked(payload: memoryview) -> dict[Any, Any] | None:
    """The changes that an entry holds; None if it holds anything else."""
    try:
        found = marshal.loads(payload)
    except (EOFError, TypeError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_whole(descriptor: int, data: bytes, path: str) -> None:
    """Write all of `data` into an open file; an OSError names `path`."""
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


def write_atomically(path: str, data: bytes) -> None:
    """Write a file so that readers see the old bytes or the new ones, never a part; nothing is left of a failure."""
    temporary = f"{path}.{os.getpid()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | BINARY
    try:
        descriptor = os.open(temporary, flags, 0o644)
    except (FileNotFoundError, NotADirectoryError):
        make_folder(os.path.dirname(path))
        descriptor = os.open(temporary, flags, 0o644)
    try:
        try:
            write_whole(descriptor, data, path)
        finally:
            os.close(descriptor)
        if os.path.isdir(path):
            discard(path)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def make_folder(folder: str) -> None:
    """Make a folder of the cache; a file in its place (nobody knows of whom) is removed."""
    at = folder
    while not os.path.lexists(at):
        at = os.path.dirname(at)
    if not os.path.isdir(at):
        os.unlink(at)
    os.makedirs(folder, exist_ok=True)


def discard(path: str) -> None:
    """Remove something of the cache, whatever it is."""
    if os.path.isdir(path) and not os.path.islink(path):
        import shutil  # seldom needed

        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError):
            os.unlink(path)


def keep(path: str, data: bytes) -> None:
    """Store bytes that can be made again, with their CRC-32; where that is not possible, they will be."""
    with suppress(OSError):
        write_atomically(path, _sum(path, data) + data)


def kept(path: str) -> bytes | None:
    """What was kept at `path`; None if nothing was, if it is damaged, or if it was kept at another one."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    return data[4:] if len(data) >= 4 and _sum(path, data[4:]) == data[:4] else None


def _sum(path: str, data: bytes) -> bytes:
    return crc32(data, crc32(os.path.basename(path).encode())).to_bytes(4, "little")
