"""Consent that ends or begins, people who leave or pause: nobody has to do anything on the day, and no trace is left."""

from __future__ import annotations

from typing import Any

from factory import CONSENT, Site

WORD = "qvxyzz"
BEFORE, AFTER = "2026-12-31", "2027-01-01"
BY_THEMSELVES: dict[str, dict[str, Any]] = {
    "leaves on a day": {"left": AFTER},
    "consent ends": {"consent": {**CONSENT, "until": BEFORE}},
    "the text is too old": {"consent": {**CONSENT, "text": "2025-1"}},
}
BY_A_LINE: dict[str, dict[str, Any]] = {
    "status: paused": {"status": "paused"},
    "status: left": {"status": "left"},
    "the switch": {"consent": {**CONSENT, "withdrawn": True}},
    "the channel": {"consent": {**CONSENT, "channels": CONSENT["channels"][1:]}},
    "all channels": {"consent": {**CONSENT, "channels": []}},
    "the whole group": {"consent": {}},
    "the group itself": {"consent": None},
}


def write(site: Site, slug: str = "zoe", **fields: Any) -> None:
    """Write a person, whom others name, and who has told a story with somebody else."""
    word = f"{WORD}{slug}"
    words = {"name": f"Zoë {word}", "headline": word, "contact": {"email": f"{word}@a.example"}}
    site.profile(slug, f"{word}.\n", **words | fields)
    site.portrait(slug, 77)
    site.story(f"alone-{slug}", f"{word}\n", title=word, authors=[slug])
    site.story(f"both-{slug}", f"Mit [ihr](expert:{slug}).\n", authors=["mara", slug])


def traces(site: Site, slug: str = "zoe") -> list[str]:
    """The files that say a word of the person, or are named after them; not the feed that says it has ended."""
    tree = site.tree()
    found = [name for name, data in tree.items() if f"{WORD}{slug}".encode() in data]
    own = [name for name in tree if f"experts/{slug}" in name and not name.endswith(("atom.xml", "feed.json"))]
    return sorted({*found, *own})


def test_people_go_by_themselves_when_a_day_has_passed(site: Site) -> None:
    """Nothing is edited; the next day's build leaves no trace, shows who has agreed from that day on, and makes what a clean build makes."""
    site.settings(CONSENT_TEXTS={"hide_after": 365})
    for version, day in (("2025-1", "2025-01-01"), ("2026-1", "2026-01-01")):
        site.page(f"consent-{version}", "Consent", "Text.", Consent=version, Date=day)
    for number, fields in enumerate(BY_THEMSELVES.values()):
        write(site, f"zoe{number}", **fields)
    write(site, "later", consent={**CONSENT, "given": AFTER})
    site.built(today=BEFORE)
    assert traces(site, "later") == []
    for number, why in enumerate(BY_THEMSELVES):
        assert len(traces(site, f"zoe{number}")) > 8, why
    site.built(today=AFTER)
    for number, why in enumerate(BY_THEMSELVES):
        assert traces(site, f"zoe{number}") == [], why
    assert "experts/later/index.html" in traces(site, "later")
    assert site.stale(today=AFTER) == []


def test_each_way_of_taking_it_back_is_one_edit(site: Site) -> None:
    """A line, a switch, a channel less, or nothing left: the next build shows nobody; and they come back as they were."""
    write(site)
    site.built()
    shown = site.tree()
    for why, fields in BY_A_LINE.items():
        write(site, **fields)
        site.built()
        assert traces(site) == [], why
    assert site.stale() == []
    write(site)
    site.built()
    assert site.tree() == shown
