"""What becomes of somebody's feed when they leave, pause or take back consent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from factory import CONSENT, TODAY, Site
from lxml import etree

from expert_feeds.states import state
from experts.model import Consent, Expert, ExpertText
from experts.visibility import Rules

ATOM = "{http://www.w3.org/2005/Atom}"
ALL = ("site", "feeds")
TEXT = ExpertText("de", "Sagt etwas", "", "", "", (), "", "", None)
AGREED = Consent("2026-01-01", "1", ALL, "")


def person(**fields: Any) -> Expert:
    """Somebody who has agreed to everything that feeds need."""
    lists = ("languages", "topics", "formats", "links", "feeds", "media", "owner", "aliases")
    words = ("location", "timezone", "pronouns", "pronunciation", "response", "email", "phone", "confirmed", "left")
    empty: dict[str, Any] = dict.fromkeys(lists, ()) | dict.fromkeys(words, "")
    empty |= {"slug": "mara", "name": "Mara", "texts": (TEXT,), "portrait": None, "absence": None, "consent": AGREED}
    return Expert(**{**empty, "status": "published", "source": "profiles/mara/profile.md", "digest": b"", **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "live"),
        ({"status": "draft"}, "none"),
        ({"status": "draft", "left": "2026-11-01"}, "none"),
        ({"status": "paused"}, "paused"),
        ({"status": "left"}, "ended"),
        ({"left": "2026-11-24"}, "live"),
        ({"left": "2026-11-23"}, "ended"),
        ({"left": "2026-11-14"}, "ended"),
        ({"left": "2026-11-13"}, "none"),
        ({"status": "left", "left": "2026-11-13"}, "none"),
        ({"status": "left", "left": "2027-01-01"}, "ended"),
        ({"status": "paused", "left": "2026-11-20"}, "ended"),
        ({"consent": None}, "none"),
        ({"consent": None, "status": "left"}, "none"),
        ({"consent": AGREED._replace(given="2026-12-01")}, "none"),
        ({"consent": AGREED._replace(given="2026-12-01"), "status": "left"}, "none"),
        ({"consent": AGREED._replace(channels=("feeds",))}, "none"),
        ({"consent": AGREED._replace(channels=("feeds",)), "status": "left"}, "none"),
        ({"consent": AGREED._replace(channels=("site",))}, "ended"),
        ({"consent": AGREED._replace(channels=("site",)), "status": "left"}, "none"),
        ({"consent": AGREED._replace(channels=("site",)), "status": "paused"}, "none"),
        ({"consent": AGREED._replace(withdrawn=True)}, "none"),
        ({"consent": AGREED._replace(withdrawn=True), "status": "left"}, "none"),
        ({"consent": AGREED._replace(until="2026-11-23")}, "live"),
        ({"consent": AGREED._replace(until="2026-11-22")}, "ended"),
        ({"consent": AGREED._replace(until="2026-11-13")}, "ended"),
        ({"consent": AGREED._replace(until="2026-11-12")}, "none"),
        ({"consent": AGREED._replace(until="2026-11-12"), "left": "2026-11-20"}, "none"),
        ({"consent": AGREED._replace(until="2026-11-20"), "status": "paused"}, "ended"),
    ],
)
def test_state(fields: dict[str, Any], expected: str) -> None:
    """A feed ends when somebody leaves, or consent to feeds or to the site does, and says so for ten days here."""
    assert state(person(**fields), Rules(TODAY), 10) == expected


def test_state_with_consent_elsewhere() -> None:
    """Where consent is kept elsewhere, a profile without it counts as full consent."""
    rules = Rules(TODAY, consent="elsewhere")
    assert state(person(consent=None), rules, 10) == "live"
    assert state(person(consent=None, status="left"), rules, 10) == "ended"
    assert state(person(consent=None, status="paused"), rules, 10) == "paused"


def test_no_days_no_ended_feeds() -> None:
    """With FEED_ENDING_DAYS = 0 no feed says that it has ended; one that pauses has not."""
    assert state(person(status="left"), Rules(TODAY), 0) == "none"
    assert state(person(consent=AGREED._replace(channels=("site",))), Rules(TODAY), 0) == "none"
    assert state(person(status="paused"), Rules(TODAY), 0) == "paused"


def test_drafts_have_no_feed() -> None:
    """A draft has no feed, in the preview either."""
    assert state(person(status="draft"), Rules(TODAY, drafts=True), 10) == "none"


@pytest.fixture
def quiet(site: Site) -> Site:
    """Return a site with an address whose Jonas has many stories, so that his feed has an archive."""
    site.settings(SITEURL="https://x.example")
    for number in range(50):
        site.story(f"old-{number}", authors=["jonas"], date=f"2025-01-{number % 28 + 1:02}")
    return site


def feeds_of(site: Site, slug: str) -> dict[str, bytes]:
    """All files of somebody's feed."""
    names = ("atom", "feed")
    return {
        path: content
        for path, content in site.tree().items()
        if f"experts/{slug}/" in path and path.rpartition("/")[2].startswith(names)
    }


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"status": "left"}, "beendet"),
        ({"consent": CONSENT | {"channels": ["site"]}}, "beendet"),
        ({"status": "paused"}, "pausiert"),
    ],
)
def test_nothing_personal_stays(quiet: Site, fields: dict[str, Any], title: str) -> None:
    """A feed that has ended or pauses stays at its addresses, keeps its name, and says nothing of whose it was; its archive goes."""
    quiet.built()
    before = feeds_of(quiet, "jonas")
    assert "experts/jonas/atom-1.xml" in before
    quiet.profile("jonas", "Text über Jonas.\n", **fields)
    quiet.built()
    after = feeds_of(quiet, "jonas")
    assert sorted(after) == sorted(
        f"{lang}experts/jonas/{name}" for lang in ("", "en/") for name in ("atom.xml", "feed.json")
    )
    for path, content in after.items():
        assert b"onas" not in content
        if path.endswith(".xml"):
            feed, earlier = etree.fromstring(content), etree.fromstring(before[path])
            assert feed.findtext(f"{ATOM}id") == earlier.findtext(f"{ATOM}id")
            assert feed.find(f"{ATOM}entry") is None
            assert not [link for link in feed.iter(f"{ATOM}link") if link.get("rel") == "self"]
        else:
            found = json.loads(content)
            assert found["items"] == []
            assert found.get("expired", False) is (title == "beendet")
    assert title in after["experts/jonas/atom.xml"].decode()
    assert quiet.stale() == []


def test_an_ended_feed_goes(quiet: Site) -> None:
    """When the days are over, the files are gone; those of people who never agreed are not made at all."""
    quiet.settings(SITEURL="https://x.example", FEED_ENDING_DAYS=10)
    quiet.profile("jonas", left="2026-11-20")
    quiet.profile("never", consent=None)
    quiet.profile("later", consent=CONSENT | {"given": "2027-01-01"})
    quiet.profile("draft", status="draft")
    quiet.built(today="2026-11-29")
    assert feeds_of(quiet, "jonas")
    quiet.built(today="2026-11-30")
    for slug in ("jonas", "never", "later", "draft"):
        assert feeds_of(quiet, slug) == {}, slug
    quiet.built("--drafts", today="2026-11-30")
    assert feeds_of(quiet, "draft") == {}


def test_without_consent_to_feeds(quiet: Site) -> None:
    """Who has not agreed to feeds is in nobody's: neither as an author, nor as a link, nor on a list of feeds."""
    quiet.story("together", "Siehe [Jonas](expert:jonas).\n", authors=["mara", "jonas"])
    quiet.hook("both", experts=[{"expert": "jonas", "angle": "sagt etwas"}, {"expert": "mara"}])
    quiet.profile("jonas", consent=CONSENT | {"channels": ["site", "images"]})
    quiet.built()
    for path, content in quiet.tree().items():
        if path.rpartition("/")[2].startswith(("atom", "feed")) or path.endswith(".opml"):
            assert b"Jonas Tester" not in content, path
            assert b"experts/jonas" not in content, path
    assert b"Siehe Jonas" in quiet.tree()["experts/mara/feed.json"]
    page = quiet.tree()["experts/jonas/index.html"].decode()
    assert "experts/jonas/atom.xml" not in page
    assert 'href="https://x.example/atom.xml"' in page
