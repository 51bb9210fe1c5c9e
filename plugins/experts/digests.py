"""Digests: 16 bytes that stand for content (BLAKE2b, RFC 7693)."""

from __future__ import annotations

from base64 import b64encode
from hashlib import blake2b, sha384
from marshal import dumps
from typing import Any, NamedTuple


class Code(NamedTuple):
    """Digests of what makes a site: of the generator and the plugins, and of them with their Python and libraries.

    What is kept depends on both; what is published may depend on the first alone, or each machine publishes other names.
    """

    sources: bytes
    key: bytes


def of(data: bytes) -> bytes:
    """The digest of bytes."""
    return blake2b(data, digest_size=16).digest()


def of_data(*parts: Any) -> bytes:
    """The digest of plain data.

    `marshal` version 2 writes equal data as equal bytes (later versions write shared objects by reference).
    """
    return blake2b(dumps(parts, 2), digest_size=16).digest()


def integrity(data: bytes) -> str:
    """What a script must be, for the attribute ``integrity`` of who loads it (W3C Subresource Integrity)."""
    return "sha384-" + b64encode(sha384(data).digest()).decode()


def of_file(path: str) -> bytes:
    """The digest of a file of any size, read in pieces."""
    whole = blake2b(digest_size=16)
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
    return whole.digest()
