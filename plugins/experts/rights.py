"""Credit and licence inside of a picture's file: all the metadata that a published picture has.

As IPTC's Photo Metadata Standard (2023.2) maps them: XMP in every format, and in JPEG also IIM 4.2, which picture
desks' older programs read.  IIM bounds the lengths of its fields; XMP has the whole texts.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from . import licences

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # cannot stand in XML 1.0
_UTF8 = b"\x1c\x01\x5a\x00\x03\x1b%G"  # 1:90, the coded character set


def notice(credit: str, licence: str) -> str:
    """The notice of who made a picture and how it may be used; "" where nothing is known."""
    return ", ".join(filter(None, [credit, licence]))


def xmp(credit: str, licence: str) -> bytes:
    """An XMP packet (ISO 16684-1): dc:creator, photoshop:Credit, dc:rights, xmpRights; b"" where nothing is known."""
    if not notice(credit, licence):
        return b""
    credit, licence = _UNFIT.sub(" ", credit), _UNFIT.sub(" ", licence)
    address = licences.address(licence)
    attributes = [
        f" photoshop:Credit={quoteattr(credit)}" if credit else "",
        f' xmpRights:Marked="{"publicdomain" not in address}"',
        f" xmpRights:WebStatement={quoteattr(address)}" if address else "",
    ]
    parts = [
        f"<dc:creator><rdf:Seq><rdf:li>{escape(credit)}</rdf:li></rdf:Seq></dc:creator>" if credit else "",
        _words("dc:rights", notice(credit, licence)),
        _words("xmpRights:UsageTerms", licence),
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"{"".join(attributes)}>{"".join(parts)}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode("utf-8", "replace")


def _words(name: str, text: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>' if text else ""


def app13(credit: str, licence: str) -> bytes:
    """JPEG's segment APP13 with the same as IIM: By-line, Credit, Copyright notice; b"" where nothing is known."""
    if not notice(credit, licence):
        return b""
    fields = ((80, credit, 32), (110, credit, 32), (116, notice(credit, licence), 128))
    sets = b"".join([_dataset(number, text, most) for number, text, most in fields if text])
    data = _UTF8 + b"\x1c\x02\x00\x00\x02\x00\x04" + sets  # 2:00, the version of the record
    resource = b"8BIM\x04\x04\x00\x00" + len(data).to_bytes(4, "big") + data + b"\0" * (len(data) % 2)
    segment = b"Photoshop 3.0\0" + resource
    return b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment


def _dataset(number: int, text: str, most: int) -> bytes:
    data = text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").encode()  # no character is divided
    return bytes([0x1C, 2, number]) + len(data).to_bytes(2, "big") + data
