"""Credit and licence in every file, and nothing else of what cameras and programs write into pictures."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from pictures import chunks, iim, opened, quarters, saved, segments, xmp
from test_pictures import made

from experts import licences, pictures, rights
from experts.pictures import Order

CREDIT, LICENCE = "Zoë “Z” Müller & <Söhne>", "CC-BY-4.0"
SECRET = b"52.5200"
ORDER = Order("a", "portrait", credit=CREDIT, licence=LICENCE)


@functools.cache
def talkative(form: str) -> bytes:
    """A picture that tells where it was taken, with what, and what somebody noted."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Camera of 52.5200", "Somebody"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = "52.5200"
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>52.5200</x:xmpmeta>"
    options: dict[str, object] = {
        "exif": exif,
        "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    }
    if form == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "52.5200")
        text.add_itxt("XML:com.adobe.xmp", packet.decode())
        options["pnginfo"] = text
    elif form == "GIF":
        options = {"comment": SECRET}
    else:
        options["xmp"] = packet
    if form == "JPEG":
        options |= {"comment": SECRET, "extra": rights.app13("52.5200", "")}
    return saved(quarters(90, 70), form, **options)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
@pytest.mark.parametrize("purpose", ["portrait", "text", "print"])
def test_nothing_is_told_but_credit_and_licence(form: str, purpose: str) -> None:
    """No place, camera, note, thumbnail or profile of the source is in any file; credit and licence are in every one."""
    assert SECRET in talkative(form)
    for kind, _, _, data in made(talkative(form), ORDER._replace(purpose=purpose)):
        assert SECRET not in data
        picture = opened(data)
        assert not picture.getexif()
        assert not {"icc_profile", "comment", "exif"} & picture.info.keys()
        assert xmp(data) == {
            "photoshop:Credit": CREDIT,
            "dc:creator": CREDIT,
            "dc:rights": f"{CREDIT}, {LICENCE}",
            "xmpRights:Marked": "True",
            "xmpRights:UsageTerms": LICENCE,
            "xmpRights:WebStatement": "https://creativecommons.org/licenses/by/4.0/",
        }
        if kind == pictures.JPEG:
            markers = [marker for marker, _ in segments(data)]
            # JFIF, XMP and IPTC; what is left decodes the pixels.
            assert sorted(marker for marker in markers if marker >= 0xE0) == [0xE0, 0xE1, 0xED]
            [found] = [iim(content) for marker, content in segments(data) if marker == 0xED]
            assert found[1, 90] == b"\x1b%G"
            assert found[2, 80].decode() == found[2, 110].decode() == CREDIT
            assert found[2, 116].decode() == f"{CREDIT}, {LICENCE}"
        elif kind == pictures.WEBP:
            assert chunks(data).keys() <= {"VP8X", "VP8 ", "VP8L", "XMP "}


def test_without_credit_there_is_nothing_at_all() -> None:
    """A picture of which nothing is known has no metadata."""
    for kind, _, _, data in made(talkative("JPEG"), Order("a", "text")):
        assert xmp(data) == {}
        if kind == pictures.JPEG:
            assert [marker for marker, _ in segments(data) if marker >= 0xE0] == [0xE0]


@given(st.text(max_size=220), st.text(max_size=120))
def test_any_credit(credit: str, licence: str) -> None:
    """Whatever stands there, the packet is XML and says it; IIM holds as much as its fields may."""
    credit, licence = credit.encode("utf-8", "replace").decode(), licence.encode("utf-8", "replace").decode()
    packet = rights.xmp(credit, licence)
    assert (xmp(packet) == {}) == (not credit and not licence)
    segment = rights.app13(credit, licence)
    if not segment:
        return
    assert int.from_bytes(segment[2:4], "big") == len(segment) - 2
    found = iim(segment[4:])
    for number, text, most in ((80, credit, 32), (110, credit, 32), (116, rights.notice(credit, licence), 128)):
        whole = text.encode()
        part = found.get((2, number), b"")
        part.decode()
        assert whole.startswith(part)
        assert len(part) <= most
        assert part == whole or len(part) > most - 4


@pytest.mark.parametrize(("licence", "marked"), [("CC0-1.0", "False"), ("All rights reserved", "True")])
def test_public_domain(licence: str, marked: str) -> None:
    """What is in the public domain is not marked as protected; words that are no known licence have no address."""
    found = xmp(rights.xmp("A", licence))
    assert found["xmpRights:Marked"] == marked
    assert found.get("xmpRights:WebStatement", "") == licences.address(licence)
