"""The web app manifest and the icons: what browsers ask of them."""

from __future__ import annotations

import json
import re
import threading
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from expert_manifest import SHORT, short
from experts.preview import PreviewServer
from factory import Site
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def picture(path: Path) -> Image.Image:
    """A picture."""
    return Image.open(BytesIO(path.read_bytes()))


def manifest(output: Path, prefix: str = "") -> dict[str, Any]:
    """A manifest, which must be an object."""
    found = json.loads((output / f"{prefix}manifest.webmanifest").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("base", ["/", "/our/experts/"])
def test_each_language(site: Site, base: str) -> None:
    """Each language has its own beginning and its own words in one app; icons are what the manifest says that they are."""
    site.settings(SITEURL=f"https://x.example{base.rstrip('/')}")
    site.built()
    for lang, prefix in (("de", ""), ("en", "en/")):
        found = manifest(site.output, prefix)
        assert found["lang"] == lang
        assert found["start_url"] == base + prefix
        assert found["start_url"].startswith(found["scope"])
        assert found["id"] == found["scope"] == base
        assert re.fullmatch("#[0-9a-f]{6}", found["theme_color"])
        assert {icon["purpose"] for icon in found["icons"]} == {"any", "maskable"}
        for icon in found["icons"]:
            drawn = picture(site.output / icon["src"].removeprefix(base))
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
            assert Image.MIME[drawn.format or ""] == icon["type"]
        head = html.parse(site.output / prefix / "index.html").getroot()
        links = {link.get("rel"): link.get("href") for link in head.iter("link")}
        assert links["manifest"] == f"{base}{prefix}manifest.webmanifest"
        touch = picture(site.output / links["apple-touch-icon"].removeprefix(base))
        assert touch.size == (180, 180)
        colours = {
            meta.get("media"): meta.get("content") for meta in head.iter("meta") if meta.get("name") == "theme-color"
        }
        assert colours["(prefers-color-scheme: light)"] == found["theme_color"]
        assert len(colours) == 2
    assert picture(site.output / "favicon.ico").format == "ICO"


def test_nothing_shows_through(published: Path) -> None:
    """What a system crops or puts on its own ground (maskable, for touch screens) has no transparent point."""
    for name in ("maskable-512.png", "apple-touch-icon.png"):
        assert not picture(published / "theme/icons" / name).has_transparency_data
    assert sum(path.stat().st_size for path in (published / "theme/icons").iterdir()) < 20_000


def test_a_theme_without_icons_and_colours(site: Site) -> None:
    """Another theme may have none of our colours: nothing is named that is not there, and an edit of them comes through."""
    theme = site.own_theme()
    tokens = theme / "static/css/10-tokens.css"
    tokens.write_text(
        tokens.read_text("utf-8").replace("--paper: light-dark(#fcfcfa, #141817)", "--paper: pink"), "utf-8"
    )
    site.built()
    assert manifest(site.output)["theme_color"] == "pink"
    assert (site.output / "index.html").read_text("utf-8").count('content="pink"') == 2
    tokens.unlink()
    site.built()
    assert manifest(site.output)["icons"] == []
    assert "theme_color" not in manifest(site.output)
    text = (site.output / "index.html").read_text("utf-8")
    assert "apple-touch-icon" not in text
    assert "theme-color" not in text
    assert not (site.output / "favicon.ico").exists()
    assert site.stale() == []


@given(st.text(max_size=40))
def test_short_names(name: str) -> None:
    """A short name fits below an icon, begins as the name does, and is empty only of nothing."""
    found = short(name)
    assert len(found) <= SHORT
    assert name.startswith(found)
    assert found or not name


def test_short_names_of_words() -> None:
    """Whole words, without what would dangle behind them."""
    assert short("Nordlicht – unsere Köpfe") == "Nordlicht"
    assert short("Our experts") == "Our experts"
    assert short("Donaudampfschifffahrt") == "Donaudampfsc"


@pytest.mark.browser
def test_a_browser_reads_it(published: Path, browser: Browser) -> None:
    """Chromium finds nothing wrong in the manifest."""
    server = PreviewServer(published, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/en/")
        found = page.context.new_cdp_session(page).send("Page.getAppManifest")
        assert found["url"].endswith("/en/manifest.webmanifest")
        assert found["errors"] == []
        page.close()
    finally:
        server.stop()
