"""Each plugin for machines' files can be left out: nothing links to what it would have made, and nothing of it stays."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from factory import ROOT, Site
from lxml import html

OURS = {
    "expert_calendars": "*.ics",
    "expert_vcards": "*.vcf",
    "expert_sitemap": "sitemap*.xml",
    "expert_robots": "robots.txt",
    "expert_llms": "llms.txt",
    "expert_security": "security.txt",
    "expert_manifest": "*.webmanifest",
    "expert_feeds": "*.opml",
    "expert_hosting": "_redirects",
}
ADDRESS = "https://x.example/our/experts"


def plugins() -> list[str]:
    """The plugins of the checkout's settings."""
    names: dict[str, list[str]] = {}
    exec((ROOT / "pelicanconf.py").read_text("utf-8"), names)
    return names["PLUGINS"]


def broken(site: Site) -> list[str]:
    """The addresses on the site's own pages that lead to no file of it."""
    tree = site.tree()
    found = set()
    for name in tree:
        if name.endswith(".html"):
            for element in html.fromstring(tree[name]).iter("a", "link", "img", "script", "source"):
                for attribute in ("href", "src"):
                    address = element.get(attribute) or ""
                    path = urlsplit(address.removeprefix("https://x.example")).path
                    if path.startswith("/our/experts/"):
                        path = unquote(path.removeprefix("/our/experts/"))
                        if (path + "index.html" if path.endswith("/") or not path else path) not in tree:
                            found.add(f"{name}: {address}")
    return sorted(found)


def test_all_of_them(site: Site) -> None:
    """With all plugins, every link leads to a file, and there is something of each."""
    site.profile("ida", consent={"given": "2026-05-01", "text": "1", "channels": ["site", "press-kit", "feeds"]})
    site.settings(SITEURL=ADDRESS, SECURITY={"contact": "mailto:a@b.example", "expires": "2027-01-01"})
    site.built()
    assert broken(site) == []
    for pattern in OURS.values():
        assert [name for name in site.tree() if PurePosixPath(name).match(pattern)], pattern


@pytest.mark.parametrize("dropped", OURS)
def test_each_can_be_left_out(site: Site, dropped: str) -> None:
    """Without it no link is broken, its files go from the output, and the build equals a clean one."""
    names = [name for name in plugins() if name != dropped]
    assert len(names) == len(plugins()) - 1
    site.profile("ida", consent={"given": "2026-05-01", "text": "1", "channels": ["site", "press-kit", "feeds"]})
    security = {"contact": "mailto:a@b.example", "expires": "2027-01-01"}
    site.settings(SITEURL=ADDRESS, SECURITY=security)
    site.built()
    site.settings(SITEURL=ADDRESS, SECURITY=security, PLUGINS=names)
    site.built()
    assert broken(site) == []
    assert not [name for name in site.tree() if PurePosixPath(name).match(OURS[dropped])]
    assert site.stale() == []
