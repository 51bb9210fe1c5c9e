"""Texts of consent: which holds, what a newer one asks, and where they are to be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import CONSENT, ROOT, Checkout, Site

from experts import console, model, settings
from experts.checks.findings import Findings, findings
from experts.problems import Problems
from experts.renewal import Terms, Text, ended, newest, renewal, texts

FIRST, SECOND, THIRD = (
    Text(version, day, "") for version, day in (("1", "2024-01-01"), ("2", "2026-03-01"), ("3", "2026-11-01"))
)
KNOWN = (FIRST, SECOND, THIRD)


def found(site: Site, today: str, since: list[str] | None = None) -> Findings:
    """What the check says of a site on a day."""
    loaded = settings.load(str(ROOT), str(site.folder))
    return findings(console.request_for(loaded, today=today, jobs=1)._replace(cache=str(site.folder / "cache")), since)


def codes(problems: list[object]) -> list[str]:
    """The codes about consent."""
    return [problem.code for problem in problems if problem.code.startswith("consent-")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("version", "today", "since", "text"),
    [("1", "2026-02-28", "", ""), ("1", "2026-03-01", "2026-03-01", "2"), ("1", "2026-11-23", "2026-03-01", "3"),
     ("2", "2026-11-23", "2026-11-01", "3"), ("3", "2030-01-01", "", ""), ("unknown", "2030-01-01", "", "")],
)  # fmt: skip
def test_renewal_is_due_since_the_first_newer_text(version: str, today: str, since: str, text: str) -> None:
    """A text that does not hold yet asks nobody; of several newer ones the first sets the time, the last is to be read."""
    asked = renewal(version, KNOWN, Terms(90), today)
    assert (asked and (asked.since, asked.text.version)) == ((since, text) if since else None)


def test_terms() -> None:
    """Days count from the newer text; without a number nothing ever becomes a problem, or hides anybody."""
    asked = renewal("1", KNOWN, Terms(30, 365), "2026-11-23")
    assert asked is not None
    assert (asked.by, asked.hides) == ("2026-03-31", "2027-03-01")
    never = renewal("1", KNOWN, Terms(None, None), "2026-11-23")
    assert never is not None
    assert (never.by, never.hides) == ("", "")
    assert renewal("1", KNOWN, Terms(0, 10_000_000_0), "2026-11-23") is not None  # beyond the calendar is never
    assert [ended(KNOWN, Terms(90, 365), today) for today in ("2027-02-28", "2027-03-01")] == [(), ("1",)]
    assert newest(KNOWN, "2026-10-31") == SECOND
    assert newest(KNOWN, "2023-10-31") is None


def test_texts_are_the_pages_with_a_version() -> None:
    """Other pages are none; the oldest comes first."""
    pages = [
        model.Page(slug, (), 100, "none", b"", *more)
        for slug, more in (("b", ("2", "2026-01-01")), ("c", ()), ("a", ("1", "2025-01-01")))
    ]
    assert texts(pages) == (Text("1", "2025-01-01", "a"), Text("2", "2026-01-01", "b"))


@pytest.fixture
def aging(tmp_path: Path, checkout: Checkout) -> Site:
    """Return a site with two texts, of which one person has consented to the older."""
    site = Site(tmp_path / "site", checkout, empty=True)
    site.topic("heat")
    site.page("old", "Consent", "Text.", Consent="2026-1", Date="2026-01-01")
    site.page("new", "Consent", "Text.", Consent="2026-2", Date="2026-10-01")
    site.profile("mara")
    site.profile("jonas", consent={**CONSENT, "text": "2026-2"})
    return site


def test_first_a_hint_then_a_problem(aging: Site) -> None:
    """For as many days as the settings say it is a hint; then the check fails, and the build goes on."""
    assert codes(found(aging, "2026-09-30").hints) == []
    last = found(aging, "2026-12-30")
    assert (codes(last.hints), last.problems) == (["consent-renewal"], [])
    late = found(aging, "2026-12-31")
    assert (codes(late.hints), codes(late.problems)) == ([], ["consent-outdated"])
    assert late.problems[0].path == "profiles/mara/profile.md"
    run = aging.built(today="2026-12-31")
    assert run.err == ""
    assert (aging.output / "experts/mara/index.html").exists()


def test_the_time_can_be_set(aging: Site) -> None:
    """Sooner, never, and hiding: as CONSENT_TEXTS says."""
    aging.settings(CONSENT_TEXTS={"renew_within": 0})
    assert codes(found(aging, "2026-10-02").problems) == ["consent-outdated"]
    aging.settings(CONSENT_TEXTS={"renew_within": None, "hide_after": 60})
    assert codes(found(aging, "2030-01-01").hints) == ["consent-renewal"]
    assert found(aging, "2026-11-29").hidden == []
    [hidden] = found(aging, "2026-11-30").hidden
    assert (hidden.path, hidden.values) == ("profiles/mara/profile.md", {"text": "2026-1"})


def test_a_proposal_answers_for_its_own_files_alone(aging: Site) -> None:
    """What somebody else has not renewed in time is a hint to a proposal, and a problem where it touches that profile."""
    other = found(aging, "2027-06-01", ["profiles/jonas/profile.md"])
    assert (codes(other.hints), other.problems) == (["consent-outdated"], [])
    assert codes(found(aging, "2027-06-01", ["profiles/mara/profile.md"]).problems) == ["consent-outdated"]


@pytest.mark.parametrize(
    "fields", [{"status": "paused"}, {"status": "left"}, {"consent": {**CONSENT, "withdrawn": True}}]
)
def test_who_is_not_shown_is_not_asked(aging: Site, fields: dict[str, object]) -> None:
    """Taking consent back is never held up by a text that one should have read first."""
    aging.profile("mara", **fields)
    late = found(aging, "2027-06-01")
    assert (codes(late.hints), late.problems) == ([], [])


def test_without_texts_versions_mean_nothing(aging: Site) -> None:
    """A site that keeps its texts elsewhere is not asked for them; one that has them hears of a consent that names none."""
    aging.profile("mara", consent={"given": "2026-05-01", "channels": ["site"]})
    assert codes(found(aging, "2026-11-23").hints) == ["consent-no-text"]
    for name in ("old", "new"):
        aging.path(f"content/pages/{name}.md").unlink()
    assert codes(found(aging, "2026-11-23").hints) == []


def test_the_text_is_a_page_with_version_and_day(aging: Site) -> None:
    """In every language of the site; an older one leads to the one that holds, and that one to none."""
    aging.built(today="2026-11-23")
    tree = {name: data.decode() for name, data in aging.tree().items() if name.endswith(".html")}
    says = {"": "Es gibt eine neuere Fassung:", "en/": "There is a newer version:"}
    for lang, day in (("", "1. Januar 2026"), ("en/", "1 January 2026")):
        old, new = tree[f"{lang}old/index.html"], tree[f"{lang}new/index.html"]
        assert f'<time datetime="2026-01-01">{day}</time>' in old
        assert f'<p class="note">{says[lang]} <a href="/{lang}new/">' in old
        assert says[lang] not in new
    aging.built(today="2026-09-30")  # before the new one holds
    assert says[""] not in aging.tree()["old/index.html"].decode()


@pytest.mark.parametrize("terms", [{"renew": 90}, {"renew_within": "90"}, {"hide_after": -1}, {"hide_after": True}, 90])
def test_terms_that_cannot_be(tmp_path: Path, terms: object) -> None:
    """A misspelt name, a text, a negative number and a switch are named with the setting."""
    with pytest.raises(Problems) as caught:
        settings.load(str(ROOT), str(tmp_path), CONSENT_TEXTS=terms)
    assert "CONSENT_TEXTS" in caught.value.problems[0].line_of_text()
