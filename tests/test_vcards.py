"""vCards: read back field by field by ical.js, whatever people write, and only of those who consent to press kits."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from expert_vcards import compound, fold, line
from experts import names
from factory import CONSENT, Site
from hypothesis import example, given
from hypothesis import strategies as st
from icaljs import Reader, ical, lines_are_sound
from PIL import Image

__all__ = ["ical"]  # a fixture

OPEN = {**CONSENT, "channels": [*CONSENT["channels"], "press-kit"]}
SENTENCE = "Weiß; „was“, wann\\wo. {{ 7 * 7 }} </vcard> \u2067👩\u200d🔬 " + "ü" * 60


def card(site: Site, slug: str, ical: Reader) -> list[list[Any]]:
    """The properties of a person's card, as jCard."""
    data = (site.output / f"experts/{slug}/contact.vcf").read_bytes()
    lines_are_sound(data)
    kind, properties, *_ = ical.parse(data)
    assert kind == "vcard"
    assert data.startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert data.endswith(b"END:VCARD\r\n")
    return list(properties)


def values(properties: list[list[Any]], name: str) -> list[Any]:
    """All values of a property."""
    return [value for found, _, _, value, *_ in properties if found == name]


def test_every_field(site: Site, ical: Reader) -> None:
    """What a profile says comes back from the card: in each language, with the contact that it names, and nothing else."""
    site.settings(SITEURL="https://x.example/sub", ORGANISATION={"name": "Werk; Söhne, GmbH"})
    links = {
        "mastodon": "@mara@social.example",
        "website": "https://müller.example/ä?a=1,2;3",
        "signal": "mara,42",
        "xmpp": "xmpp:mara@x.example",
        "email": "mara@home.example",
    }
    site.profile(
        "mara",
        name="Dr. Mara Ben Salah, PhD",
        role="Leiterin",
        department="Werk; zwei",
        location="Köln, Deutz",
        pronouns="sie/ihr",
        languages=["de", "pt-BR"],
        summary=SENTENCE,
        contact={"email": "mara@x.example", "phone": "+49 (0)40 66969-120"},
        links=links,
        timezone="Europe/Lisbon",
        topics=["pumps", "heat"],
        aliases=["first", "second"],
        consent=OPEN,
    )
    site.translation("mara", "en", role="Head", summary="Knows")
    site.portrait("mara", 7)
    site.built()
    found = card(site, "mara", ical)
    assert values(found, "kind") == ["individual"]
    assert values(found, "fn") == ["Dr. Mara Ben Salah, PhD"]
    assert values(found, "n") == [["Ben Salah", "Mara", "", "Dr.", "PhD"]]
    assert [(params, value) for name, params, _, value in found if name == "title"] == [
        ({"altid": "1", "language": "de"}, "Leiterin"),
        ({"altid": "1", "language": "en"}, "Head"),
    ]
    assert values(found, "org") == [["Werk; Söhne, GmbH", "Werk; zwei"]]
    assert values(found, "note") == [SENTENCE.strip(), "Knows"]
    assert values(found, "email") == ["mara@x.example", "mara@home.example"]
    assert [(kind, value) for name, _, kind, value in found if name == "tel"] == [("uri", "tel:+494066969120")]
    assert values(found, "url") == ["https://x.example/sub/experts/mara/", "https://m%C3%BCller.example/%C3%A4?a=1,2;3"]
    assert values(found, "source") == ["https://x.example/sub/experts/mara/contact.vcf"]
    assert values(found, "lang") == ["de", "pt-BR"]
    assert values(found, "tz") == ["Europe/Lisbon"]
    assert values(found, "adr") == [["", "", "", "Köln, Deutz", "", "", ""]]
    assert values(found, "pronouns") == ["sie/ihr"]
    assert values(found, "socialprofile") == ["https://social.example/@mara", "mara,42"]
    assert values(found, "impp") == ["xmpp:mara@x.example"]
    assert values(found, "expertise") == ["Thema pumps", "Topic pumps", "Thema heat", "Topic heat"]
    [photo] = values(found, "photo")
    [file] = (site.output / "experts/mara").glob("portrait-1-*.jpg")
    assert photo.startswith("data:image/jpeg;base64,")
    assert b64decode(photo.partition(",")[2]) == file.read_bytes()
    [uid] = values(found, "uid")
    assert uid.startswith("tag:nordlicht.example,2026:expert/")
    assert not values(found, "rev")
    assert "contact.vcf" in (site.output / "en/experts/mara/index.html").read_text("utf-8")
    # Renamed once more, it is the same contact for an address book.
    site.path("profiles/mara").rename(site.path("profiles/third"))
    site.replace("profiles/third/profile.md", '["first", "second"]', '["first", "second", "mara"]')
    site.replace("profiles/third/profile.en.md", '"mara"', '"third"')
    for path in site.path("content").rglob("*.md"):
        path.write_text(path.read_text("utf-8").replace('"mara"', '"third"'), "utf-8")
    site.replace("profiles/ida/profile.md", "expert:mara", "expert:third")
    site.built()
    assert values(card(site, "third", ical), "uid") == [uid]


def test_only_with_consent_to_press_kits(site: Site) -> None:
    """Without the channel there is no card and no link to it; without consent for pictures, the card has none."""
    site.profile("mara", consent=OPEN)
    site.profile("ida", consent={**OPEN, "channels": ["site", "press-kit"]})
    site.portrait("ida")
    site.built()
    assert sorted(path.parent.name for path in site.output.rglob("*.vcf")) == ["ida", "mara"]
    assert b"PHOTO" not in (site.output / "experts/ida/contact.vcf").read_bytes()
    assert "contact.vcf" not in (site.output / "experts/jonas/index.html").read_text("utf-8")
    assert 'href="/experts/mara/contact.vcf"' in (site.output / "experts/mara/index.html").read_text("utf-8")


def test_a_large_portrait_is_named_by_its_address(site: Site, ical: Reader) -> None:
    """A picture of more than 200 kB stays on the site; the card of somebody with next to nothing is one, too."""
    site.profile("mara", consent=OPEN, contact={"phone": "040 66969"})
    site.portrait("mara")
    noise = BytesIO()
    Image.frombytes("RGB", (640, 800), Random(1).randbytes(640 * 800 * 3)).save(noise, "PNG", compress_level=0)
    site.put("profiles/mara/portrait.png", noise.getvalue())
    site.built()
    found = card(site, "mara", ical)
    [photo] = values(found, "photo")
    assert photo.startswith("http://127.0.0.1:8000/experts/mara/portrait-")
    assert (site.output / photo.removeprefix("http://127.0.0.1:8000/")).is_file()
    assert values(found, "tel") == ["040 66969"]  # a number without its country is no tel: address
    assert values(found, "org") == ["Nordlicht Energie- und Gebäudetechnik"]
    assert values(found, "note") == ["Was mara sagt", "What mara says"]


def test_the_demo(published: Path, ical: Reader) -> None:
    """Every card of the demo is read, and read one after another the parts of a name are the name."""
    cards = sorted(published.rglob("contact.vcf"))
    assert len(cards) > 5
    for path in cards:
        data = path.read_bytes()
        lines_are_sound(data)
        found = ical.parse(data)[1]
        [name], [[family, given, _, before, behind]] = values(found, "fn"), values(found, "n")
        assert " ".join(filter(None, [before, given, family, behind])) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mara Lindqvist", ([], ["Mara"], ["Lindqvist"], [])),
        ("Suryani", ([], [], ["Suryani"], [])),
        ("Amira Ben Salah", ([], ["Amira"], ["Ben", "Salah"], [])),
        ("Jean-Luc Picard, Ph.D., M.A.", ([], ["Jean-Luc"], ["Picard"], ["Ph.D.", "M.A."])),
        ("", ([], [], [], [])),
    ],
)
def test_the_words_of_a_name(name: str, expected: tuple[list[str], ...]) -> None:
    """The family name is the last word that is no title, with its prefix."""
    assert names.split(name) == (expected[0] + expected[1], *expected[2:])


TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from(";,:\\\n\r\t\"'^\0\x7f\u2028\x85ü"), max_size=200)


@given(st.lists(TEXT, min_size=1, max_size=7))
@example(["END:VCARD\r\nX:1\\n;,"])
@example(["\ud800" + "ü" * 100])
def test_whatever_people_write(ical: Reader, texts: list[str]) -> None:
    """Any texts come back as they were, as components and alone, but for characters that no content line can hold."""
    spaces = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")  # some readers end a line there
    kept = [re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f]", "", text.translate(spaces)) for text in texts]
    kept = [text.encode("utf-8", "replace").decode() for text in kept]
    components = (texts * 5)[:5]
    parts = [b"BEGIN:VCARD\r\nVERSION:4.0\r\n", fold(compound("N", *components))]
    parts += [fold(line("NOTE;LANGUAGE=de", text)) for text in texts]
    data = b"".join([*parts, b"END:VCARD\r\n"])
    lines_are_sound(data)
    found = ical.parse(data)[1]
    assert values(found, "n") == [(kept * 5)[:5]]
    assert values(found, "note") == kept
