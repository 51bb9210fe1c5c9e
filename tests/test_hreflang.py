"""Which address search engines take for a page, and for its versions in other languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from factory import Site
from graphs import parsed

TOP = "https://x.example/experts/"


def versions(output: Path, top: str = TOP) -> dict[str, list[tuple[str, str]]]:
    """Return what each indexed page names as its versions; what is not indexed names none, and nobody names it."""
    found: dict[str, list[tuple[str, str]]] = {}
    silent = set()
    for path in sorted(output.rglob("*.html")):
        page = parsed(path)
        address = top + path.relative_to(output).as_posix().removesuffix("index.html")
        named = [(link.get("hreflang"), link.get("href")) for link in page.xpath("//head/link[@hreflang]")]
        robots = "".join(page.xpath("//meta[@name='robots']/@content"))
        if "noindex" in robots or page.xpath("//link[@rel='canonical']/@href") != [address]:
            assert named == [], path
            silent.add(address)
        else:
            found[address] = named
    for address, named in found.items():
        addresses = [other for _, other in named]
        assert not silent & set(addresses), address
        assert all(found[other] == named for other in addresses), address
        if named:
            assert address in addresses
            assert [tag for tag, _ in named].count("x-default") == 1
            assert len({tag for tag, _ in named}) == len(named)
    return found


@pytest.mark.parametrize(
    "settings", [{}, {"LANGUAGES": ["de", "en", "fr"]}, {"DEFAULT_LANG": "en"}, {"LANGUAGES": ["de", "pt-BR"]}]
)
def test_versions_name_each_other(site: Site, settings: dict[str, Any]) -> None:
    """All versions of a page name the same ones, themselves too, and the default language's for everybody else."""
    site.settings(SITEURL=TOP, **settings)
    if "en" not in settings.get("LANGUAGES", ["en"]):
        site.path("profiles/mara/profile.en.md").unlink()
    site.story("boiler", lang="de", authors=["mara", "jonas"])
    site.story("boiler-fr", lang="fr", translation_of="boiler")
    site.profile("ida", consent={"given": "2026-05-01", "text": "2026-1", "channels": ["site"]})
    site.built()
    found = versions(site.output)
    tags = [*settings.get("LANGUAGES", ["de", "en"]), "x-default"]
    home = dict(found[TOP])
    assert sorted(home) == sorted(tags)
    assert home["x-default"] == home[settings.get("DEFAULT_LANG", "de")] == TOP
    assert f"{TOP}experts/ida/" not in found
    assert f"{TOP}stories/pipe/" in found


def test_a_version_that_appeared_elsewhere_is_none(site: Site) -> None:
    """It names the other site as its address, no versions, and the others do not name it; two that remain name each other."""
    site.settings(SITEURL=TOP, LANGUAGES=["de", "en", "fr"])
    site.story("boiler", original="https://paper.example/boiler")
    site.story("boiler-fr", lang="fr", translation_of="boiler")
    site.built()
    found = versions(site.output)
    assert f"{TOP}stories/boiler/" not in found
    english, french = f"{TOP}en/stories/boiler-en/", f"{TOP}fr/stories/boiler-fr/"
    assert found[english] == [("en", english), ("fr", french), ("x-default", english)]


def test_one_version_left_names_none(site: Site) -> None:
    """A single version needs no list; nor does a site in one language."""
    site.settings(SITEURL=TOP)
    site.story("boiler", original="https://paper.example/boiler")
    site.built()
    assert versions(site.output)[f"{TOP}en/stories/boiler-en/"] == []
    site.path("profiles/mara/profile.en.md").unlink()
    site.settings(SITEURL=TOP, LANGUAGES=["de"])
    site.built()
    assert set(map(len, versions(site.output).values())) == {0}


def test_without_an_address_nothing_absolute_is_claimed(site: Site) -> None:
    """While the site has no address, there is neither a canonical one nor a list of versions."""
    site.story("boiler", original="https://paper.example/boiler")
    site.built()
    for path in site.output.rglob("*.html"):
        page = parsed(path)
        assert page.xpath("//head/link[@hreflang]") == []
        assert all(
            urlsplit(address).netloc in ("", "paper.example")
            for address in page.xpath("//link[@rel='canonical']/@href")
        )
