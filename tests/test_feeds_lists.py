"""Lists of feeds (OPML), the links that name feeds to programs, and the page that explains them to people."""

from __future__ import annotations

import re

import listparser
import pytest
from factory import CONSENT, Site
from lxml import etree, html

ROOT = "https://x.example/"
MEDIA = {"xml": "application/atom+xml", "json": "application/feed+json", "opml": "text/x-opml"}


@pytest.fixture
def home(site: Site) -> Site:
    """Return a built site with an address, on which Ida has not agreed to feeds."""
    site.settings(SITEURL=ROOT.rstrip("/"), SITENAME="Q&A <b>")
    site.profile("ida", consent=CONSENT | {"channels": ["site"]})
    site.profile("jonas", lang="en", name="Jonas & Söhne")
    site.built()
    return site


def named(site: Site, path: str) -> list[tuple[str, str, str]]:
    """Media type, title and path of the feeds and lists that the head of a page names."""
    page = html.fromstring(site.tree()[f"{path}index.html"])
    links = [link for link in page.findall("head/link") if link.get("type") in MEDIA.values()]
    return [(str(link.get("type")), str(link.get("title")), str(link.get("href")).removeprefix(ROOT)) for link in links]


@pytest.mark.parametrize(
    ("path", "title", "people"),
    [
        ("follow/", "Fachleute – Q&A <b>", ["Jonas & Söhne", "Mara Tester"]),
        ("en/follow/", "Experts – Q&A <b>", ["Jonas & Söhne", "Mara Tester"]),
        ("topics/heat/", "Fachleute zum Thema Thema heat – Q&A <b>", ["Jonas & Söhne", "Mara Tester"]),
        ("en/topics/pumps/", "Experts on Topic pumps – Q&A <b>", ["Mara Tester"]),
    ],
)
def test_lists(home: Site, path: str, title: str, people: list[str]) -> None:
    """A list has the feed and the page of all who agreed to feeds, in one group; readers take it as it is."""
    data = home.tree()[f"{path}experts.opml"]
    found = listparser.parse(data)
    assert not found.bozo
    assert found.meta.title == title
    assert sorted(feed.title for feed in found.feeds) == people
    lang = "en/" if path.startswith("en/") else ""
    for feed in found.feeds:
        assert feed.tags == [title]
        assert feed.url.removeprefix(ROOT) in home.tree()
    outlines = etree.fromstring(data).findall("body/outline/outline")
    for outline in outlines:
        assert outline.get("type") == "rss"
        assert outline.get("text") == outline.get("title")
        assert outline.get("xmlUrl") == f"{outline.get('htmlUrl')}atom.xml"
        assert str(outline.get("htmlUrl")).startswith(f"{ROOT}{lang}experts/")
        assert outline.get("language") == ("en" if lang else "de")
    assert etree.fromstring(data).find(".//dateCreated") is None


def test_nobody_on_a_topic(home: Site) -> None:
    """A list without anybody is still one that readers can read."""
    home.topic("nobody")
    home.built()
    found = listparser.parse(home.tree()["topics/nobody/experts.opml"])
    assert (found.bozo, found.feeds) == (False, [])


@pytest.mark.parametrize(
    ("path", "paths"),
    [
        ("experts/mara/", ["experts/mara/atom.xml", "experts/mara/feed.json"]),
        ("en/experts/mara/", ["en/experts/mara/atom.xml", "en/experts/mara/feed.json"]),
        ("experts/ida/", ["atom.xml", "feed.json"]),
        ("topics/heat/", ["topics/heat/atom.xml", "topics/heat/feed.json", "topics/heat/experts.opml"]),
        ("hooks/", ["hooks/atom.xml", "hooks/feed.json"]),
        ("hooks/winter/", ["hooks/atom.xml", "hooks/feed.json"]),
        ("", ["atom.xml", "feed.json", "stories/atom.xml", "stories/feed.json"]),
        ("en/stories/", ["en/atom.xml", "en/feed.json", "en/stories/atom.xml", "en/stories/feed.json"]),
        ("stories/boiler/", ["atom.xml", "feed.json"]),
        ("experts/", ["atom.xml", "feed.json", "follow/experts.opml"]),
        ("about/", ["atom.xml", "feed.json"]),
    ],
)
def test_autodiscovery(home: Site, path: str, paths: list[str]) -> None:
    """The head of a page names what can be followed there: its own feeds, else those of the whole site."""
    found = named(home, path)
    assert [address for _, _, address in found] == paths
    for kind, title, address in found:
        assert kind == MEDIA[address.rpartition(".")[2]]
        assert title
        assert address in home.tree()


def test_visible_links(home: Site) -> None:
    """The pages of topics and of people with a feed show the way to it; the foot of each page to the page about feeds."""
    tree = home.tree()
    for path, shown in {
        "experts/mara/": True,
        "experts/ida/": False,
        "topics/heat/": True,
        "stories/boiler/": False,
    }.items():
        page = tree[f"{path}index.html"].decode().partition("<body")[2]
        assert (f'href="/{path}atom.xml"' in page) is shown, path
        assert 'href="/follow/"' in page


def test_follow(home: Site) -> None:
    """The page names the feeds of the site, of each language and each topic with stories, and the number of people."""
    page = home.tree()["en/follow/index.html"].decode()
    for address in ("en/atom.xml", "stories/atom.xml", "en/stories/atom.xml", "en/hooks/atom.xml"):
        assert f'<p class="feed-address">{ROOT}{address}</p>' in page
    assert re.findall(r'href="/en/topics/(\w+)/atom.xml"', page) == ["heat"]
    assert "2 people (OPML)" in page
    assert 'href="/events/calendar.ics"' in page


def test_follow_without_anything(site: Site) -> None:
    """A site without content has the page, and only what leads somewhere."""
    empty = Site(site.folder.parent / "empty", site.checkout, empty=True)
    empty.settings(SITEURL=ROOT.rstrip("/"))
    empty.built()
    page = empty.tree()["follow/index.html"].decode()
    assert "experts.opml" not in page.partition("<body")[2]
    for path in re.findall(rf'(?:href="/|feed-address">{ROOT})([^"<#]*)', page):
        assert (path + "index.html" if path.endswith("/") or not path else path) in empty.tree(), path
