"""Nobody appears in a channel that they have not agreed to: over all outputs that there are, whatever they are."""

from __future__ import annotations

import re
from base64 import b64encode
from fnmatch import fnmatchcase
from typing import NamedTuple

import pytest
from factory import Checkout, Site
from consent_people import CHANNELS, HIDDEN, SETTINGS, Person, fill, people
from witnesses import HEAD, Evidence, evidence_of

EVERYBODY = people()
BY_CASE = {person.case: person for person in EVERYBODY}


class Sites(NamedTuple):
    """What is made where everybody has agreed to everything, and where nobody has agreed to all of it."""

    full: Evidence
    real: Evidence


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Sites:
    """Return what both builds made."""
    found = []
    for name in ("full", "real"):
        site = Site(tmp_path_factory.mktemp(name) / "site", checkout, empty=True)
        fill(site, EVERYBODY, open_to_all=name == "full")
        found.append(evidence_of(site, **SETTINGS if name == "real" else {"SITEURL": SETTINGS["SITEURL"]}))
    return Sites(*found)


def undeclared(told: Evidence) -> list[str]:
    """The functions of plugins that do not say to which channel their files belong."""
    return [f"{signal}: {name}" for signal, name, channels in told.receivers if not channels]


def test_every_output_says_its_channel(sites: Sites) -> None:
    """Each function that a plugin connects names a channel of consent, and every file was made by one of them."""
    assert undeclared(sites.real) == []
    assert sites.real.unclaimed == [".our-experts"]
    assert {channel for _, _, channels in sites.real.receivers for channel in channels} == set(CHANNELS)


@pytest.mark.parametrize(
    ("pattern", "channel"),
    [("*.vcf", "press-kit"), ("*portrait-print-*", "press-kit"), ("*.ics", "feeds"), ("*.opml", "feeds"), ("*atom.xml", "feeds"),
     ("*feed.json", "feeds"), ("api/*", "feeds"), ("sitemap.xml", "search-engines"), ("llms.txt", "ai"), ("*/portrait-[0-9]*", "images")],
)  # fmt: skip
def test_what_the_channels_are_for(sites: Sites, pattern: str, channel: str) -> None:
    """Files of the kinds that the guide for employees promises to a channel belong to it, and to no other."""
    found = {part.path: part.channels for part in sites.real.parts if fnmatchcase(part.path, pattern)}
    assert found
    assert set(found.values()) == {frozenset([channel])}


def test_a_new_output_is_found(site: Site) -> None:
    """A plugin that does not say its channel is named by the test above; one that names none that there is does not load."""
    connect = "from experts import signals\n\ndef outputs(directory, site):\n    yield site.text('x.txt', str, 'x')\n"
    site.put("plugins/new.py", f"{connect}\n\ndef register():\n    signals.outputs.connect(outputs)\n")
    assert undeclared(evidence_of(site, own=("new",))) == ["outputs: new.outputs"]
    site.put("plugins/new.py", f"{connect}\n\ndef register():\n    signals.outputs.connect(outputs, 'press')\n")
    run = site.build()
    assert run.code == 1
    assert "there is no channel press; known: site, search-engines" in run.err


def test_the_words_are_there_where_everybody_agreed(sites: Sites) -> None:
    """What the next tests look for is found at all: the words of all fields, in files of all channels."""
    person = BY_CASE["without-feeds"]
    everything = b"".join(part.content for part in sites.full.parts)
    inner = ("owner", "feed")  # never published
    for field in (
        "given", "family", "headline", "role", "department", "location", "pronouns", "pronunciation", "asked", "response", "mail",
        "web", "fedi", "alt", "credit", "licence", "media", "outlet", "medium", "summary", "interests", "biography", "pdf", "title",
        "teaser", "share", "story", "angle", "englishheadline", "englishbiography", "englishsummary",
    ):  # fmt: skip
        assert person.word(field).encode() in everything, field
    assert not [field for field in inner if person.word(field).encode() in everything]
    for channel in ("site", "search-engines", "feeds", "press-kit", "ai"):
        assert any(person.traces[0] in part.content for part in sites.full.of(channel)), channel


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.case)
def test_nobody_is_in_a_channel_without_consent(sites: Sites, person: Person) -> None:
    """Neither name nor short name, and no word of any field, in the names and in the content of the channel's files."""
    found = []
    for part in sites.real.parts:
        if part.channels.isdisjoint(person.channels):
            content = part.content
            if _tells_of_the_end(part.path, person):
                # It cannot do without the address at which the feed was, and without its permanent name.
                content = content.replace(person.slug.encode(), b"").replace(f"{person.key}-alias".encode(), b"")
            elif person.key in part.path and not part.path.endswith(HEAD):
                found.append(f"{part.path}: its name")
            found += [f"{part.path}: …{_around(content, trace)}…" for trace in person.traces if trace in content]
    assert found == []


def _tells_of_the_end(path: str, person: Person) -> bool:
    """Whether a file tells those who follow somebody that the feed has ended, or pauses."""
    return bool(re.fullmatch(rf"(en/)?experts/{person.slug}/(atom\.xml|feed\.json)", path))


def _around(content: bytes, trace: bytes) -> str:
    at = content.index(trace)
    return content[max(0, at - 60) : at + 40].decode(errors="replace")


def pictures(told: Evidence, person: Person) -> list[bytes]:
    """All that a picture of somebody is known by: its bytes, as they are or in a text, and the digest in its name."""
    files = [part for part in told.of("images", "press-kit") if part.path.startswith(f"experts/{person.slug}/")]
    files = [part for part in files if part.path.endswith((".jpg", ".webp", ".avif"))]
    assert len(files) > 3
    names = {found[0].encode() for part in files if (found := re.search(r"(?<=-)[0-9a-f]{10}(?=[-.])", part.path))}
    return [*names, *[part.content for part in files], *[b64encode(part.content) for part in files]]


@pytest.mark.parametrize("case", ["without-images", "the-site-alone", *HIDDEN])
def test_without_consent_no_picture_is_anywhere(sites: Sites, case: str) -> None:
    """Portrait and pictures beside the profile are in no file at all, neither by name nor in it; nor is what describes them."""
    person = BY_CASE[case]
    traces = [*pictures(sites.full, person), *[person.word(field).encode() for field in ("alt", "credit", "licence")]]
    found = [part.path for part in sites.real.parts for trace in traces if trace in part.content]
    assert found == []
    assert not [part.path for part in sites.real.parts if f"{person.slug}/portrait" in part.path]


def test_without_the_press_kit_there_is_nothing_to_take_away(sites: Sites) -> None:
    """No contact card, no portrait for print, no biography to copy: neither made nor offered."""
    person, other = BY_CASE["without-press-kit"], BY_CASE["without-feeds"]
    page, its = [_page(sites.real, one) for one in (person, other)]
    for part, there in ((page, False), (its, True)):
        assert (b"contact.vcf" in part) == there
        assert (b"credit-print" in part) == there
    assert person.word("summary").encode() not in page
    assert other.word("summary").encode() in its
    prints = re.findall(rb"portrait-print-\d+-[0-9a-f]{10}", _page(sites.full, person))
    assert prints
    assert not [part.path for part in sites.real.parts if prints[0] in part.path.encode() + part.content]


def _page(told: Evidence, person: Person) -> bytes:
    path = f"experts/{person.slug}/index.html"
    return next(part.content for part in told.parts if part.path == path)


@pytest.mark.parametrize("person", [one for one in EVERYBODY if one.channels], ids=lambda person: person.case)
def test_pages_ask_of_crawlers_what_somebody_has_not_agreed_to(sites: Sites, person: Person) -> None:
    """The page of a person, and of a story, carries noindex (then without JSON-LD) and noai by their consent; robots.txt lets through who agreed."""
    robots = next(part.content.decode() for part in sites.real.parts if part.path == "robots.txt")
    groups = {
        "search-engines": robots.partition("User-agent: Amazonbot")[0],
        "ai": robots.partition("User-agent: Amazonbot")[2],
    }
    for path in (f"experts/{person.slug}/", f"stories/{person.slug}-story/"):
        html = b"".join(
            part.content for part in sites.real.parts if part.path.removesuffix(HEAD) == f"{path}index.html"
        )
        said = re.findall(rb'<meta name="robots" content="([^"]*)"', html)
        asked = said[0].decode().split(", ") if said else []
        assert ("noindex" in asked) == ("search-engines" not in person.channels)
        assert ("noai" in asked) == ("ai" not in person.channels)
        assert (b"application/ld+json" in html) == ("search-engines" in person.channels)
        assert (f"Allow: /{path}" in groups["ai"]) == ("ai" in person.channels)
    assert (f"Allow: /experts/{person.slug}/" in groups["search-engines"]) == ("search-engines" in person.channels)
