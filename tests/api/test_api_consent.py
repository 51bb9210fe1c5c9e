"""Who is in the API: those who agreed that others take over their data, and nobody else, anywhere."""

from __future__ import annotations

from factory import CONSENT, Site
from published import Api

WITHOUT = {**CONSENT, "channels": ["site", "search-engines", "images", "ai", "press-kit"]}
LOCAL = "http://127.0.0.1:8000/"


def mentions(site: Site, *words: str) -> list[str]:
    """The files below api/ in which one of some words stands."""
    files = {path: data.decode() for path, data in site.tree().items() if path.startswith("api/")}
    return [path for path, text in files.items() if any(word in path or word in text for word in words)]


def fill(site: Site) -> None:
    """Let everybody else mention Yrsa in every way that there is."""
    site.profile("yrsa", "Geheimnis.\n", headline="Überschrift", contact={"email": "i@d.example", "phone": "+49 1234"})
    site.portrait("yrsa", 9)
    site.story("valve", authors=["yrsa"])
    site.profile(
        "mara", "Siehe [die Kollegin](expert:yrsa) und [das](story:valve).", absence={"deputy": "yrsa"}, topics=["heat"]
    )
    site.story("boiler", "Mit [ihr](expert:yrsa).", authors=["yrsa", "mara", "jonas"])
    site.hook("winter", experts=[{"expert": "yrsa", "angle": "weiß Bescheid"}, {"expert": "mara"}])
    site.event("barcamp", experts=["yrsa"], sessions=[{"title": "Start", "hosts": ["yrsa", "mara"], "story": "valve"}])


TRACES = ("yrsa", "Yrsa", "valve", "Überschrift", "Geheimnis", "i@d.example", "1234", "weiß Bescheid")


def test_without_consent_for_feeds_nobody_is_in_any_file(site: Site) -> None:
    """Name, short name, texts, contact, own stories, angles, links: nothing of the person is there, but the others are."""
    fill(site)
    site.built()
    assert len(mentions(site, *TRACES)) > 8  # with consent all of it is there
    site.profile("yrsa", "Geheimnis.\n", headline="Überschrift", contact={"email": "i@d.example"}, consent=WITHOUT)
    site.built()
    assert mentions(site, *TRACES) == []
    assert "experts/yrsa/index.html" in site.tree()
    api = Api(site.output, LOCAL)
    assert [author["slug"] for author in api.read("api/stories/boiler.json")["authors"]] == ["mara", "jonas"]
    assert "Siehe die Kollegin und das." in api.read("api/experts/mara.json")["biography_html"]["de"]
    assert api.read("api/experts/mara.json")["away"] is True
    assert api.read("api/hooks/winter.json")["expert_count"] == 1
    assert api.dead() == []
    assert site.stale() == []


def test_who_leaves_is_gone_at_once(site: Site) -> None:
    """Leaving, pausing and the end of consent remove the files and every mention."""
    for fields in (
        {"status": "left"},
        {"status": "paused"},
        {"left": "2026-11-23"},
        {"consent": {**CONSENT, "until": "2026-11-22"}},
    ):
        fill(site)
        site.built()
        assert "api/experts/yrsa.json" in site.tree()
        site.profile("yrsa", **fields)
        site.built()
        assert mentions(site, *TRACES) == [], fields


def test_a_portrait_needs_consent_for_pictures(site: Site) -> None:
    """Without it, the person is there and the picture is not."""
    site.profile("mara", consent={**CONSENT, "channels": ["site", "feeds"]})
    site.portrait("mara")
    site.built()
    assert "portrait" not in Api(site.output, LOCAL).read("api/experts/mara.json")
    assert mentions(site, "portrait-", "Jane Roe") == ["api/stories/pipe.json"]


def test_nothing_internal_is_published(site: Site) -> None:
    """Owners, consent, feeds elsewhere, earlier short names, status and paths of sources are nobody's business."""
    feeds = [{"url": "https://blog.example/feed.xml", "kind": "blog"}]
    site.profile("mara", owner=["account-of-mara"], feeds=feeds, aliases=["mara-vorher"], left="2027-01-31")
    site.built()
    words = ("account-of-mara", "blog.example", "mara-vorher", "2027-01-31", "profiles/", "content/", "2026-05-01")
    assert mentions(site, *words) == []


def test_drafts_are_in_no_file_of_a_preview(site: Site) -> None:
    """A preview shows drafts on its pages; the API is as it will be published."""
    site.built()
    before = {path: data for path, data in site.tree().items() if path.startswith("api/")}
    site.profile("neu", status="draft")
    site.story("boiler", authors=["mara", "jonas", "neu"])
    site.story("spaeter", date="2027-01-01")
    site.story("entwurf", status="draft")
    site.built("--drafts")
    assert "experts/neu/index.html" in site.tree()
    assert {path: data for path, data in site.tree().items() if path.startswith("api/")} == before
