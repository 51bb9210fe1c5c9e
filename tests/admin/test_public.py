"""What readers and search engines see of the web editor: nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factory import Checkout, Site

from .repositories import fill

GITHUB = {"REPOSITORY": "https://github.com/example/experts", "ADMIN": {"login": "https://login.example.com"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, workshop: Checkout) -> Site:
    """Return a small site with all plugins, not built yet."""
    site = Site(tmp_path_factory.mktemp("public") / "site", workshop, empty=True)
    fill(site)
    site.replace("content/stories/2026/boiler.md", "  - gone\n", "")
    return site


def editor_files(site: Site) -> list[Path]:
    """The files below admin/."""
    return sorted((site.output / "admin").rglob("*"))


def test_without_the_setting_there_is_no_editor(site: Site) -> None:
    """ADMIN = {} publishes nothing below /admin/, also where an earlier build did."""
    for values in ({}, GITHUB, {"ADMIN": {}}):
        site.settings(**values)
        site.built()
        assert bool(editor_files(site)) == (values is GITHUB)


def test_nobody_is_led_to_the_editor(site: Site) -> None:
    """No page, feed, data file or sitemap names the editor, and its own pages ask not to be indexed."""
    site.settings(**GITHUB)
    site.built()
    own = [file for file in editor_files(site) if file.name == "index.html"]
    assert len(own) == 2
    for file in own:
        assert '<meta name="robots" content="noindex, nofollow">' in file.read_text("utf-8")
    public = [
        file
        for file in site.output.rglob("*")
        if file.suffix in (".html", ".xml", ".json", ".txt", ".webmanifest", ".opml")
        and "admin" not in file.relative_to(site.output).parts[:1]
    ]
    assert {"sitemap.xml", "robots.txt", "index.html"} <= {file.name for file in public}
    assert [file for file in public if re.search(r"/admin/|[\"']admin/", file.read_text("utf-8"))] == []
