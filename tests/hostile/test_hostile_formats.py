"""Hostile texts in every field and body: each file is made of the same parts as with harmless words, by its own format's parser."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path, PurePosixPath

import payloads
from factory import Checkout, Site
from sites import packed, translate
from structure import dangers, json_ld, of_html, parsed, structure, with_html5lib

SORTED = re.compile(
    r"(a-z|places|languages|search/index)/|topics/(index\.html|\w+/people/)|experts/index\.html"
    r"|sitemap\.xml|api/experts\.json"
)
"""Lists by name or place: what stands where depends on the words."""

DIGEST = re.compile(r"-[0-9a-f]{10}(?=\.)")


def test_every_file_is_made_of_the_same_parts(hostile: dict[str, bytes], calm: dict[str, bytes]) -> None:
    """No text adds an element, an attribute, a property, a component or a line to any file, or takes one away."""
    # The name of a picture holds a digest of what is in it, and so of its credit.
    files = [{DIGEST.sub("", name): name for name in site if not SORTED.match(name)} for site in (hostile, calm)]
    assert files[0].keys() == files[1].keys()
    assert len(files[0]) > 1200
    parts = [
        {key: structure(name, site[name]) for key, name in files[n].items()} for n, site in enumerate((hostile, calm))
    ]
    assert [key for key in parts[0] if parts[0][key] != parts[1][key]] == []


def test_lists_are_sound(hostile: dict[str, bytes]) -> None:
    """Lists that are sorted by what people wrote can be read by their own parsers, too, and name no path but plain ones."""
    for name in filter(SORTED.match, hostile):
        structure(name, hostile[name])
    assert [name for name in hostile if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)] == []


def test_no_page_holds_what_acts(hostile: dict[str, bytes]) -> None:
    """No page has an element of somebody else's, an event handler, a style, or an address that runs or loads something."""
    pages = {name: data.decode() for name, data in hostile.items() if name.endswith(".html")}
    found = {danger: name for name, text in pages.items() for danger in dangers(*parsed(text))}
    assert found == {}
    assert len(pages) > 400


def test_translations_are_alike(checkout: Checkout, tmp_path: Path) -> None:
    """Pages of people and stories in a second language, of whatever texts, are made of the same parts, and nothing acts in them."""
    site = Site(tmp_path / "translated", checkout, empty=True)
    count = translate(site, payloads.WRITTEN)
    site.built()
    for folder, letter in (("experts", "p"), ("stories", "e")):
        pages = [
            (site.output / f"en/{folder}/{letter}{number}/index.html").read_text("utf-8") for number in range(1, count)
        ]
        assert [found for page in pages for found in dangers(*parsed(page))] == []
        assert len({repr(of_html(page)) for page in pages}) == 1


def test_another_parser_agrees(hostile: dict[str, bytes]) -> None:
    """html5lib sees no danger either, also none in an element whose name HTML does not know; the data in a page are whole."""
    pages = sorted(name for name in hostile if name.endswith(".html"))
    for name in pages[::80]:
        text = hostile[name].decode()
        assert dangers(*with_html5lib(text)) == [], name
        for graph in json_ld(text):
            assert set(graph) == {"@context", "@graph"}


def test_texts_are_whole(hostile: dict[str, bytes]) -> None:
    """What somebody wrote is shown as it is, every sign of it: nothing is taken for markup, a template or a placeholder."""
    for number, name in enumerate(packed(payloads.WRITTEN, 100)):
        page = hostile[f"experts/p{number}/index.html"].decode()
        [shown] = re.findall(r"<bdi>([^<]*)</bdi></h1>", page)
        assert unescape(shown).split() == name.split()


def test_mail_goes_to_whom_it_says(hostile: dict[str, bytes]) -> None:
    """An e-mail address is a recipient and nothing else: no hidden copy, no further header."""
    for name, data in hostile.items():
        if PurePosixPath(name).match("experts/p*/index.html"):
            addresses = {unescape(written) for written in re.findall(r'href="([^"]*)"', data.decode())}
            [found] = [address for address in addresses if address.startswith("mailto:a")]
            assert re.fullmatch(r"mailto:a%3Fbcc=b%26c%250ad=\d+%23e@x\.example", found)
