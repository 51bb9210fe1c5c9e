"""What the web editor adds to a site, and that it is nobody's business who does not edit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factory import Checkout, Site

FORGE = {"url": "https://github.com/example/experts", "forge": "github"}


@pytest.fixture
def site(tmp_path: Path, workshop: Checkout) -> Site:
    """Return a site of everything that has a web editor."""
    site = Site(tmp_path / "site", workshop)
    site.settings(SITEURL="https://x.example", REPOSITORY=FORGE, ADMIN={"login": "https://login.example.com"})
    return site


def test_editor_is_not_public(site: Site) -> None:
    """No page, sitemap or list leads to it, search engines may not list it, and without ADMIN nothing of it is left."""
    site.built()
    tree = site.tree()
    own = {name for name in tree if name.startswith("admin/")}
    assert {"admin/index.html", "admin/config.yml", "admin/en/index.html", "admin/en/config.yml"} <= own
    assert b'content="noindex, nofollow"' in tree["admin/index.html"]
    hosting = {"_headers", "_redirects", ".htaccess", ".hosting/nginx.conf"}
    telling = [name for name in tree.keys() - own - hosting if re.search(rb"""[/"']admin/""", tree[name])]
    assert telling == []
    site.settings(SITEURL="https://x.example", REPOSITORY=FORGE)
    site.built()
    assert not [name for name in site.tree() if name.startswith("admin/")]


def test_browsers_get_what_they_need_and_no_more(site: Site) -> None:
    """Of a package of 60 MB only the script and its pieces are published, none of them twice, without source maps."""
    site.built()
    files = {name: data for name, data in site.tree().items() if name.startswith("admin/decap-")}
    assert all(re.fullmatch(r"admin/decap-[\d.]+/(\d+\.)?decap-cms\.js", name) for name in files)
    assert len(files) > 90
    assert sum(map(len, files.values())) < 9_000_000


def test_packages_that_are_missing(tmp_path: Path, checkout: Checkout) -> None:
    """A site that switches the editor on where it is not installed hears what to do; nothing is written."""
    site = Site(tmp_path / "site", checkout)
    site.settings(REPOSITORY=FORGE, ADMIN={"login": "https://login.example.com"})
    run = site.build()
    assert run.code == 1
    assert run.problems == [
        "pelicanconf.py: the web editor is not installed (python3 tasks.py build installs it where ADMIN is set in "
        "pelicanconf.py; so does serve --admin)"
    ]
    assert not site.output.exists()
