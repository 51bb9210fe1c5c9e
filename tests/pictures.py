"""What tests of pictures share: real files made with Pillow, and a reader of metadata that knows nothing of ours."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from io import BytesIO
from typing import Any

from PIL import Image

TARGET = {"red": (230, 30, 30), "green": (30, 200, 60), "blue": (30, 60, 220), "grey": (120, 120, 120)}
XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}


def quarters(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture whose quarters are red, green, blue and grey, from left to right and from top to bottom."""
    picture = Image.new("RGB", (width, height))
    for number, colour in enumerate(TARGET.values()):
        left, top = number % 2 * width // 2, number // 2 * height // 2
        picture.paste(colour, (left, top, left + (width + 1) // 2, top + (height + 1) // 2))
    return picture.convert(mode)


def saved(picture: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a picture's file."""
    content = BytesIO()
    picture.save(content, form, **options)
    return content.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture from the bytes of its file."""
    return Image.open(BytesIO(data))


def near(one: Any, other: tuple[int, ...], by: int = 24) -> bool:
    """Whether two colours look the same."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """The segments of a JPEG before its pixels: marker and content (ISO 10918-1, B.1.1)."""
    found, at = [], 2
    assert data[:2] == b"\xff\xd8"
    while data[at + 1] != 0xDA:
        [length] = struct.unpack_from(">H", data, at + 2)
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found


def chunks(data: bytes) -> dict[str, bytes]:
    """The chunks of a WebP (RIFF)."""
    found, at = {}, 12
    while at + 8 <= len(data):
        [length] = struct.unpack_from("<I", data, at + 4)
        found[data[at : at + 4].decode()] = data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
    return found


def iim(segment: bytes) -> dict[tuple[int, int], bytes]:
    """The datasets of IIM in a segment APP13, by record and number."""
    assert segment.startswith(b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0")
    [length] = struct.unpack_from(">I", segment, 22)
    data, at, found = segment[26 : 26 + length], 0, {}
    while at < len(data):
        mark, record, number, size = struct.unpack_from(">BBBH", data, at)
        assert mark == 0x1C
        found[record, number] = data[at + 5 : at + 5 + size]
        at += 5 + size
    return found


def xmp(data: bytes) -> dict[str, str]:
    """What the first XMP packet anywhere in a file says: property -> text."""
    packet = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.DOTALL)
    if packet is None:
        return {}
    [described] = ET.fromstring(packet[0]).iter(f"{{{XMP['rdf']}}}Description")
    names = {address: name for name, address in XMP.items()}

    def named(tag: str) -> str:
        address, _, name = tag[1:].partition("}")
        return f"{names[address]}:{name}"

    found = {named(tag): value for tag, value in described.attrib.items() if named(tag) != "rdf:about"}
    return found | {named(part.tag): "".join(part.itertext()) for part in described}
