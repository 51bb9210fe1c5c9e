"""The texts that a file holds: what it is, its bytes say and not its name."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

LARGEST = 64 << 20  # bytes of a file, also when it is unpacked
_GZIP = b"\x1f\x8b"
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF32_LE: "utf-32"}
_STRING = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){6,}")


class Content(NamedTuple):
    """What a file says: `exact` for a text, not for the strings that are found in something else; None: it cannot be read."""

    text: str | None
    exact: bool = True
    data: bytes = b""  # of what is no text


def unpacked(path: str, data: bytes) -> bytes | None:
    """The bytes of a compressed file (RFC 1952, 7932), or the same bytes; None for one that is damaged or far too large."""
    if len(data) > LARGEST:
        return None
    if data.startswith(_GZIP):
        return _gzip(data)
    return _brotli(data) if path.endswith(".br") else data


def _gzip(data: bytes) -> bytes | None:
    try:
        one = zlib.decompressobj(wbits=31)
        found = one.decompress(data, LARGEST)
    except zlib.error:
        return None
    return found if one.eof else None


def _brotli(data: bytes) -> bytes | None:
    try:
        import brotli
    except ImportError:
        return None
    one = brotli.Decompressor()
    found = bytearray()
    try:
        for at in range(0, len(data), 1 << 12):
            found += one.process(data[at : at + (1 << 12)])
            if len(found) > LARGEST:
                return None
    except brotli.error:
        return None
    return bytes(found) if one.is_finished() else None


def content(data: bytes) -> Content:
    """The text that bytes are, or the strings in them."""
    for mark, encoding in _WIDE.items():
        if data.startswith(mark):
            return Content(data.decode(encoding, "replace"))
    try:
        text = data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8")
        if "\0" not in text:
            return Content(text)
    except UnicodeDecodeError:
        if b"\0" not in data and not data.startswith((b"\xff\xd8", b"RIFF", b"GIF8")) and _mostly_text(data):
            return Content(data.decode("cp1252", "replace"))
    return Content("\n".join(_strings(data)), False, data)


def _mostly_text(data: bytes) -> bool:
    head = data[:4096]
    return sum([byte < 9 or 13 < byte < 32 for byte in head]) == 0


def _strings(data: bytes) -> Iterator[str]:
    """The readable strings of a file that is no text."""
    for match in _STRING.finditer(data):
        yield match[0].decode("utf-8", "ignore")
