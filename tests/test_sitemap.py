"""The sitemap: valid, complete, and without anybody who has not consented to search engines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from expert_sitemap import divided, index, rows, sitemap
from experts.site import Listing, Planned
from factory import CONSENT, Site
from lxml import etree

# sitemaps.org/schemas/sitemap/0.9 in the rules that it gives in words, and what Google says of pictures and languages.
SCHEMA = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"
         ns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <start><choice>
    <element name="urlset"><oneOrMore><element name="url">
      <ref name="loc"/><optional><ref name="lastmod"/></optional>
      <zeroOrMore><element name="link" ns="http://www.w3.org/1999/xhtml">
        <attribute name="rel" ns=""><value>alternate</value></attribute>
        <attribute name="hreflang" ns=""><data type="language"/></attribute>
        <attribute name="href" ns=""><ref name="address"/></attribute>
      </element></zeroOrMore>
      <zeroOrMore><element name="image" ns="http://www.google.com/schemas/sitemap-image/1.1">
        <element name="loc"><ref name="address"/></element>
      </element></zeroOrMore>
    </element></oneOrMore></element>
    <element name="sitemapindex"><oneOrMore><element name="sitemap">
      <ref name="loc"/><optional><ref name="lastmod"/></optional>
    </element></oneOrMore></element>
  </choice></start>
  <define name="loc"><element name="loc"><ref name="address"/></element></define>
  <define name="lastmod"><element name="lastmod"><choice>
    <data type="date"><param name="pattern">[^Z+]{10}</param></data>
    <data type="dateTime"><param name="pattern">.*([+-]\\d\\d:\\d\\d|Z)</param></data>
  </choice></element></define>
  <define name="address"><data type="anyURI"><param name="maxLength">2047</param><param name="pattern">https?://[!-~]+</param></data></define>
</grammar>
"""
GRAMMAR = etree.RelaxNG(etree.fromstring(SCHEMA))
NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}
HIDDEN = {**CONSENT, "channels": ["site", "feeds", "press-kit", "images", "ai"]}


def read(path: Path) -> Any:
    """A sitemap or index, which must be valid."""
    tree = etree.fromstring(path.read_bytes())
    GRAMMAR.assertValid(tree)
    return tree


def locations(tree: Any) -> list[str]:
    """The addresses of the pages."""
    return [str(found) for found in tree.xpath("/*/*/s:loc/text()", namespaces=NAMESPACES)]


def file_at(output: Path, address: str, root: str) -> Path:
    """The file of an address, which must be below the site's."""
    assert address.startswith(root)
    path = output / unquote(address.removeprefix(root))
    return path / "index.html" if address.endswith("/") else path


def follow_the_rules(output: Path, root: str) -> None:
    """Assert what holds for every sitemap: it has exactly the pages that may be listed, and what it says of them is so."""
    tree = read(output / "sitemap.xml")
    found = locations(tree)
    assert len(set(found)) == len(found)
    alternates: dict[str, dict[str, str]] = {}
    for entry in tree:
        [address] = entry.xpath("s:loc/text()", namespaces=NAMESPACES)
        text = file_at(output, address, root).read_text("utf-8")
        links = entry.xpath("x:link", namespaces=NAMESPACES)
        alternates[address] = {link.get("hreflang"): link.get("href") for link in links}
        assert len(alternates[address]) == len(links)
        if links:
            lang = re.search('<html lang="([^"]*)"', text)
            assert lang is not None
            assert alternates[address][lang[1]] == address
        for picture in entry.xpath("i:image/i:loc/text()", namespaces=NAMESPACES):
            assert file_at(output, picture, root).is_file()
    for address, others in alternates.items():
        for other in others.values():
            assert alternates[other] == others, (address, other)  # whoever is named names back
    expected = set()
    for page in output.rglob("*.html"):
        text = page.read_text("utf-8")
        robots = re.search('<meta name="robots" content="([^"]*)"', text)
        canonical = re.search('<link rel="canonical" href="([^"]*)"', text)
        path = page.relative_to(output).as_posix().removesuffix("index.html")
        own = canonical is None or canonical[1].startswith(root)
        if own and (robots is None or "noindex" not in robots[1]) and page.name != "404.html":
            expected.add(root + path)
    assert set(found) == expected


def test_the_demo(published: Path) -> None:
    """The demo's sitemap follows all rules."""
    follow_the_rules(published, "https://experten.nordlicht.example/")


@pytest.mark.parametrize("address", ["", "https://x.example", "https://x.example/our/experts"])
def test_wherever_the_site_lives(site: Site, address: str) -> None:
    """At the root of a host, in a sub-folder, and while the site has no address: all addresses are right."""
    site.settings(SITEURL=address, LANGUAGES=["de", "en", "pt-BR"])
    site.profile("con", lang="fr")
    site.story("elsewhere", original="https://elsewhere.example/")
    site.story("half", "Nur halb.\n", original="https://elsewhere.example/2")
    site.story("half-en", translation_of="half", lang="en", original=None)
    site.story("late", date="2026-10-01T09:30+0200", updated="2026-10-02T00:00:00.5Z")
    site.built()
    follow_the_rules(site.output, f"{address or 'http://127.0.0.1:8000'}/")
    text = (site.output / "sitemap.xml").read_text("utf-8")
    assert "elsewhere/" not in text
    assert "<lastmod>2026-10-02T00:00:00.500000+00:00</lastmod>" in text


def test_nobody_without_consent(site: Site) -> None:
    """Who has not consented to search engines is in no byte of it: page, stories, portrait, former name."""
    site.profile("zoe", name="Zoë Quux", consent=HIDDEN, aliases=["zoe-old"], location="Kiel")
    site.portrait("zoe", 9)
    site.story("by-zoe", authors=["zoe", "mara"])
    site.built()
    follow_the_rules(site.output, "http://127.0.0.1:8000/")
    assert b"zoe" not in (site.output / "sitemap.xml").read_bytes()
    assert b"/experts/mara/portrait-" in (site.output / "sitemap.xml").read_bytes()


def test_days_come_from_the_content(site: Site) -> None:
    """The last change is that of stories and news events, not the day of the build, and none where nobody can say."""
    site.built()
    before = (site.output / "sitemap.xml").read_bytes()
    tree = read(site.output / "sitemap.xml")
    changed = {
        entry[0].text.removeprefix("http://127.0.0.1:8000"): entry.findtext("s:lastmod", namespaces=NAMESPACES)
        for entry in tree
    }
    assert changed["/stories/boiler/"] == changed["/experts/mara/"] == changed["/stories/"] == "2026-10-01"
    assert changed["/hooks/winter/"] == changed["/"] == "2026-11-01"
    assert changed["/archive/2025/"] == "2025-02-03"
    assert changed["/experts/"] is changed["/about/"] is None
    site.built(today="2026-11-24")
    assert (site.output / "sitemap.xml").read_bytes() == before


def planned(number: int) -> Planned:
    """A page in two languages, of which there are many."""
    path, lang = f"p/{number // 2:05}/", ("de", "en")[number % 2]
    return Planned(path, lang, (("de", path), ("en", path)), "", "", "", Listing("2026-01-01" if number == 3 else ""))


class Addresses:
    """What a sitemap asks of a site."""

    default_lang = "de"

    def address(self, path: str, lang: str = "") -> str:
        """An address."""
        return f"https://x.example/{'en/' if lang == 'en' else ''}{path}"


def test_an_index_of_several() -> None:
    """Beyond the most that a file may hold, pages and bytes, there are several files and an index of them; no page is lost."""
    found = rows([planned(number) for number in range(25)])
    assert found == sorted(found)
    site: Any = Addresses()
    for groups in (divided(found, 18, most=10), divided(found, 18, heaviest=10 * 420)):
        assert [row for group in groups for row in group] == found
        assert len(groups) == 3
        for group in groups:
            text = sitemap(site, group)
            GRAMMAR.assertValid(etree.fromstring(text.encode()))
            assert len(group) <= 10
            assert len(text.encode()) < 10 * 420
    assert len(divided(found, 18)) == 1
    assert divided([], 18) == []
    names = (("sitemap-1.xml", "2026-01-01"), ("sitemap-2.xml", ""))
    tree = etree.fromstring(index(site, names).encode())
    GRAMMAR.assertValid(tree)
    assert locations(tree) == ["https://x.example/sitemap-1.xml", "https://x.example/sitemap-2.xml"]


def test_a_large_site_has_an_index(site: Site) -> None:
    """The files that the index names are there, and hold each page once."""
    module = site.checkout.folder / "plugins/expert_sitemap.py"
    text = module.read_text("utf-8")
    try:
        module.write_text(text.replace("MOST, HEAVIEST = 50_000,", "MOST, HEAVIEST = 7,"), "utf-8")
        site.built()
        tree = read(site.output / "sitemap.xml")
        parts = [read(file_at(site.output, address, "http://127.0.0.1:8000/")) for address in locations(tree)]
        pages = [address for part in parts for address in locations(part)]
        assert len(parts) > 3
        assert max(map(len, parts)) == 7
        assert len(set(pages)) == len(pages) > 20
    finally:
        module.write_text(text, "utf-8")
    site.built()
    assert sorted(path.name for path in site.output.glob("sitemap*")) == ["sitemap.xml"]
    assert sorted(locations(read(site.output / "sitemap.xml"))) == sorted(pages)
