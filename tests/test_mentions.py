"""The names of people who are gone: above stories, in the texts of others, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from factory import TODAY, Checkout, Site

from experts import model
from experts.bylines import Byline, stands, unnamed
from experts.mentions import AWAY, FORMER, UNNAMED, Mentions

LINKS = '[Kim Zeuge](expert:kim) sagt: siehe *[Kim Zeuge](/experts/kim/ "Kim Zeuge")*. [Kim Zeuge][k] auch.\n\n[k]: expert:kim\n'


@pytest.fixture
def gone(site: Site) -> Site:
    """A site on which Kim, who wrote alone and with Mara, has left; everybody else's texts link to Kim."""
    site.profile("kim", name="Kim Zeuge", status="left")
    site.story("alone", authors=["kim"])
    site.story("both", LINKS, authors=["kim", "mara"], kind="statement")
    site.hook("news", experts=[{"expert": "kim"}, {"expert": "mara"}])
    site.put("content/hooks/news.md", site.read("content/hooks/news.md") + LINKS)
    site.put(
        "content/events/barcamp.md",
        site.read("content/events/barcamp.md").replace('["mara"]', '["kim", "mara"]') + LINKS,
    )
    site.page("about", "About", f"Hello.\n\n{LINKS}", Lang="en")
    return site


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A generator whose compiled templates all tests share."""
    return Checkout(tmp_path_factory.mktemp("checkout") / "checkout")


@pytest.fixture
def site(tmp_path: Path, checkout: Checkout) -> Site:
    """A tiny site."""
    return Site(tmp_path / "site", checkout)


def naming(site: Site, word: str) -> list[str]:
    """The files of the output in which a word stands."""
    return [name for name, data in site.tree().items() if word.encode() in data]


def test_who_has_left_is_named_nowhere(gone: Site) -> None:
    """By default, no file of the output names somebody who has left: no page, feed, index, calendar or data file."""
    gone.built()
    assert naming(gone, "Zeuge") == []
    assert [name for name in naming(gone, "kim") if not name.startswith("theme/")] == []
    assert not (gone.output / "stories/alone/index.html").exists()
    page = (gone.output / "stories/both/index.html").read_text("utf-8")
    assert "Außerdem: ein ehemaliges Teammitglied" in page
    assert (
        "<p>Jemand aus unserem damaligen Team sagt: siehe <em>jemand aus unserem damaligen Team</em>. Jemand aus"
        in page
    )
    english = (gone.output / "en/about/index.html").read_text("utf-8")
    assert "<p>A former colleague of ours sagt" in english
    feed = json.loads((gone.output / "en/feed.json").read_bytes())
    entry = next(item for item in feed["items"] if "both" in item["url"])
    assert [author["name"] for author in entry["authors"]] == ["Mara Tester", "ein ehemaliges Teammitglied"]
    assert gone.stale() == []


def test_a_site_may_keep_names(gone: Site) -> None:
    """With "keep" the names stay, nowhere as a link; `check` tells of each, so that somebody asks whether they may."""
    gone.settings(MENTIONS={"coauthor": "keep", "sole": "keep", "text": "keep"})
    gone.built()
    assert "Außerdem: Kim Zeuge</p>" in (gone.output / "stories/both/index.html").read_text("utf-8")
    assert ">Kim Zeuge</p>" in (gone.output / "stories/alone/index.html").read_text("utf-8")
    assert "<em>Kim Zeuge</em>" in (gone.output / "hooks/news/index.html").read_text("utf-8")
    assert [name for name in naming(gone, 'experts/kim/"') if not name.endswith(".xml")] == []
    found = gone.checkout.run("check", "--site", str(gone.folder), "--format", "json", "--today", TODAY)
    hints = [hint for hint in json.loads(found.out)["hints"] if hint["code"] == "name-kept"]
    places = [f"{hint['path']}:{hint['line']}" for hint in hints]
    assert places == [
        "content/events/barcamp.md:10",
        "content/hooks/news.md:8",
        "content/stories/2026/alone.md:4",
        "content/stories/2026/both.md:4",
        "content/stories/2026/both.md:8",
    ]


def test_a_name_that_stays_on_the_site_goes_no_further_than_its_consent(gone: Site) -> None:
    """A name that is kept stands in feeds and data only where its owner had agreed to feeds."""
    gone.settings(MENTIONS={"coauthor": "keep"})
    gone.profile("kim", name="Kim Zeuge", status="left", consent={"given": "2026-01-01", "channels": ["site"]})
    gone.built()
    named = naming(gone, "Zeuge")
    assert "stories/both/index.html" in named
    assert all(name.endswith(".html") for name in named)


def test_stories_may_outlive_their_authors(gone: Site) -> None:
    """With "neutral", a story whose authors are all gone stays, and the organisation stands for it; "drop" says nothing of others."""
    gone.settings(MENTIONS={"coauthor": "drop", "sole": "neutral"})
    gone.story("orphan", authors=[], former_authors=2)
    gone.built()
    page = (gone.output / "stories/alone/index.html").read_text("utf-8")
    assert 'byline-others spoken">ein ehemaliges Teammitglied</p>' in page
    assert "The author" not in page
    assert "2 former colleagues" in (gone.output / "en/stories/orphan/index.html").read_text("utf-8")
    assert "Außerdem" not in (gone.output / "stories/both/index.html").read_text("utf-8")
    assert naming(gone, "Zeuge") == []
    gone.settings()
    gone.built()
    assert not (gone.output / "stories/orphan/index.html").exists()


def test_nobody_who_comes_back_is_called_former(gone: Site) -> None:
    """Who pauses, has a draft or agrees later is not spoken of, who took back consent is a colleague; only who has left is a former one."""
    later = {"given": "2027-01-01", "channels": ["site"]}
    gone.profile("kim", name="Kim Zeuge", left=TODAY)
    gone.profile("lee", name="Lee Zeuge", consent=None)
    gone.profile("pat", name="Pat Zeuge", status="paused")
    gone.profile("sam", name="Sam Zeuge", status="draft")
    gone.profile("ute", name="Ute Zeuge", consent=later)
    people = ["kim", "lee", "pat", "sam", "ute"]
    gone.story("all", "".join([f"[{slug} Zeuge](expert:{slug})\n\n" for slug in people]), authors=[*people, "mara"])
    for slug in people:
        gone.story(f"by-{slug}", authors=[slug])
    gone.built()
    page = (gone.output / "stories/all/index.html").read_text("utf-8")
    assert ">Außerdem: ein ehemaliges Teammitglied und ein Teammitglied</p>" in page
    assert (
        "<p>Jemand aus unserem damaligen Team</p>\n<p>Jemand aus unserem Team</p>\n<p>pat Zeuge</p>\n<p>sam Zeuge</p>\n<p>ute"
        in page
    )
    assert not any((gone.output / f"stories/by-{slug}").exists() for slug in people)


def test_what_a_setting_can_be(site: Site) -> None:
    """A word that MENTIONS does not know is a problem at its line, with those that it knows."""
    site.settings(MENTIONS={"sole": "delete", "texts": "keep"})
    assert site.build().problems == [
        "pelicanconf.py:7:1: delete is not possible for sole of MENTIONS (allowed: remove, neutral, keep)",
        "pelicanconf.py:7:1: there is no field texts in MENTIONS (known fields: coauthor, sole, text)",
    ]


def test_numbers_above_a_story() -> None:
    """Nobody is counted twice, and no more than a story can have; somebody who is away keeps a story hidden, whatever the rule."""
    kim = Site  # any record will do
    rules = Mentions(sole="neutral")
    byline = Byline(((kim, FORMER), (kim, UNNAMED), (kim, "")), 8)  # type: ignore[arg-type]
    assert unnamed(byline, rules, lambda _: True) == model.Unnamed(8, 1)
    assert not stands(Byline(((kim, FORMER), (kim, AWAY)), 1), rules)  # type: ignore[arg-type]
    assert stands(Byline(((kim, FORMER),), 0), rules)  # type: ignore[arg-type]
    assert stands(Byline((), 1), rules)
    assert not stands(Byline((), 0), rules)
