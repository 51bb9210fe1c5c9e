"""Pieces of content in one file, found by digest."""

from __future__ import annotations

import os
from collections.abc import Iterable

from .cache import BINARY, Damaged, discard, write_atomically
from .digests import of as digest


def _read_seeking(descriptor: int, length: int, offset: int) -> bytes:
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, length)


def _write_seeking(descriptor: int, data: memoryview, offset: int) -> int:
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.write(descriptor, data)


# Workers share the file's position, hence pread; where there is none (Windows), there are no workers.
_read_at = getattr(os, "pread", _read_seeking)
_write_at = getattr(os, "pwrite", _write_seeking)


class Blobs:
    """Pieces of content in the file ``<name>-<generation>`` of a folder, found by digest; new ones are appended."""

    def __init__(self, folder: str, name: str) -> None:
        """Name the file; nothing is read yet."""
        self.folder, self.name = folder, name
        self.index: dict[bytes, tuple[int, int]] = {}
        self.generation = 0
        self._descriptor = -1
        self._end = 0

    @property
    def path(self) -> str:
        """The file of the present generation."""
        return os.path.join(self.folder, f"{self.name}-{self.generation}")

    def generations(self) -> list[int]:
        """The generations of which there is a file."""
        prefix = f"{self.name}-"
        names = os.listdir(self.folder) if os.path.isdir(self.folder) else []
        return [int(name[len(prefix) :]) for name in names if name.startswith(prefix) and name[len(prefix) :].isdigit()]

    def begin(self) -> None:
        """Begin a new generation: never write into a file that a store of other code may still point into."""
        self.open(max(self.generations(), default=0) + 1, {})

    def drop_others(self) -> None:
        """Remove the other generations."""
        for number in self.generations():
            if number != self.generation:
                discard(os.path.join(self.folder, f"{self.name}-{number}"))

    def open(self, generation: int, index: dict[bytes, tuple[int, int]]) -> None:
        """Use what an earlier build wrote; ValueError if a part of it is missing, or it cannot be used."""
        self.generation, self.index = generation, index
        self._end = max([offset + length for offset, length in index.values()], default=0)
        os.makedirs(self.folder, exist_ok=True)
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | BINARY, 0o644)
        except (IsADirectoryError, PermissionError) as error:
            if not index:
                raise
            raise ValueError(f"{self.path} is not ours") from error
        if os.fstat(self._descriptor).st_size < self._end:
            raise ValueError(f"{self.path} is cut off")

    def add(self, key: bytes, content: bytes) -> None:
        """Append a piece whose digest is `key`."""
        if key in self.index:
            return
        view = memoryview(content)
        at = self._end
        try:
            while view:
                count = _write_at(self._descriptor, view, at)
                at += count
                view = view[count:]
        except OSError as error:
            raise OSError(error.errno, error.strerror, self.path) from None
        self.index[key] = (self._end, len(content))
        self._end = at

    def get(self, key: bytes) -> bytes:
        """A piece; Damaged if it is not what was added."""
        offset, length = self.index[key]
        content = _read_at(self._descriptor, length, offset)
        if digest(content) != key:
            raise Damaged(self.path)
        return content

    def text(self, key: bytes) -> str:
        """A piece that is text (UTF-8)."""
        return self.get(key).decode()

    def compact(self, live: Iterable[bytes], always: bool = False) -> bool:
        """Write a new generation with only the `live` pieces once more than half is waste, or `always`; whether it did."""
        wanted = {key: self.index[key] for key in live if key in self.index}
        if not always and (self._end < (1 << 20) or sum(length for _, length in wanted.values()) * 2 > self._end):
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

    def __del__(self) -> None:
        """Close the file of a plugin, which is read until all outputs are made."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
