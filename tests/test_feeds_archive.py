"""Long feeds: the newest entries in one document, the others in documents that stay as they are."""

from __future__ import annotations

import json

import pytest
from factory import Site
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from expert_feeds.archive import KEPT, SIZE, documents

ATOM, HISTORY = "{http://www.w3.org/2005/Atom}", "{http://purl.org/syndication/history/1.0}"
ROOT = "https://x.example/"


@given(st.integers(0, 1000))
def test_documents(count: int) -> None:
    """Each entry is in one document; archives are full and filled from the oldest on; 20 to 44 entries stay in front."""
    entries = list(range(count, 0, -1))
    (front, newest), *archives = [(document, entries[part]) for document, part in documents(count)]
    assert front.number == 0
    assert len(newest) < KEPT + SIZE
    assert len(newest) >= KEPT or not archives
    assert [*newest, *[entry for _, held in archives for entry in held]] == entries
    for document, held in archives:
        assert held == list(range(document.number * SIZE, (document.number - 1) * SIZE, -1))
    assert [document.number for document, _ in archives] == list(range(front.older, 0, -1))


@pytest.fixture
def long(site: Site) -> Site:
    """Return a site on which Ida has written 69 stories more, not built yet."""
    site.settings(SITEURL=ROOT)
    for number in range(69):
        site.story(f"s-{number:03}", authors=["ida"], date=f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}")
    return site


def links(feed: etree._Element) -> dict[str, str]:
    """The links of a feed by their relation."""
    return {str(link.get("rel")): str(link.get("href")) for link in feed.findall(f"{ATOM}link")}


def test_archive(long: Site) -> None:
    """From the document that one subscribes to, prev-archive leads through all entries, each once (RFC 5005, section 4)."""
    long.built()
    tree, at, seen, names = long.tree(), ROOT + "experts/ida/atom.xml", [], set()
    newer = ""
    while at:
        feed = etree.fromstring(tree[at.removeprefix(ROOT)])
        seen += [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        names.add(feed.findtext(f"{ATOM}id"))
        found = links(feed)
        assert found["self"] == at
        if newer:
            assert feed.find(f"{HISTORY}archive") is not None
            assert found["current"] == ROOT + "experts/ida/atom.xml"
            assert found.get("next-archive", ROOT + "experts/ida/atom.xml") == newer
        newer, at = at, found.get("prev-archive", "")
    assert len(seen) == len(set(seen)) == 70
    assert len(names) == 1  # the documents of a feed are one feed
    items, address = [], ROOT + "experts/ida/feed.json"
    while address:
        document = json.loads(tree[address.removeprefix(ROOT)])
        assert document["feed_url"] == address
        items += [item["id"] for item in document["items"]]
        address = document.get("next_url", "")
    assert items == seen


def test_a_new_story_changes_the_front_only(long: Site) -> None:
    """Archive documents stay as they are; once in 25 stories there is a new one, to which the last one then leads."""
    long.built()
    before = long.tree()
    long.story("s-new", authors=["ida"], date="2026-11-20")
    long.built()
    after = long.tree()
    archived = [path for path in before if path.rpartition("/")[2].startswith(("atom-", "feed-"))]
    assert len(archived) > 20
    assert [path for path in archived if before[path] != after[path]] == []
    assert before["experts/ida/atom.xml"] != after["experts/ida/atom.xml"]
    for number in range(24):
        long.story(f"t-{number}", authors=["ida"], date="2026-11-21")
    long.built()
    last = long.tree()
    new = {path for path in set(last) - set(after) if not path.startswith("api/")}
    assert {"atom-3.xml", "experts/ida/atom-3.xml", "en/experts/ida/feed-3.json", "topics/heat/atom-3.xml"} <= new
    changed = [path for path in archived if before[path] != last[path]]
    assert {path.rpartition("/")[2] for path in changed} == {"atom-2.xml"}
    assert long.stale() == []
