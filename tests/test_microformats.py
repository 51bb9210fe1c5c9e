"""Microformats: people, stories and events as marked in the pages, parsed back; the values are what the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mf2py
import pytest
from factory import Site
from graphs import parsed

HERE = "https://x.example"
Item = dict[str, Any]


def items(output: Path, path: str) -> list[Item]:
    """Return the outermost items of a page."""
    page = (output / path / "index.html").read_text("utf-8")
    return list(mf2py.parse(doc=page, url=f"{HERE}/{path}/")["items"])


def inside(item: Item) -> Iterator[Item]:
    """All items of an item, with itself."""
    yield item
    for child in item.get("children", []):
        yield from inside(child)
    for values in item["properties"].values():
        for value in values:
            if isinstance(value, dict) and "type" in value:
                yield from inside(value)


def of_type(found: list[Item], kind: str) -> list[Item]:
    """Return the items of a type, also those inside of others."""
    return [item for outer in found for item in inside(outer) if item["type"] == [kind]]


def told(item: Item) -> dict[str, Any]:
    """Return the properties of an item, each as its first value."""
    return {key: values[0] for key, values in item["properties"].items()}


@pytest.fixture
def whole(site: Site) -> Site:
    """Return a site in which Mara and her story say all that they can."""
    site.profile(
        "mara",
        role="Leiterin",
        department="Technik",
        location="Kiel",
        pronouns="sie/ihr",
        pronunciation="MAH-ra",
        contact={"email": "mara@example.com", "phone": "+49 (0)40 1234"},
        links={
            "mastodon": "@mara@social.example",
            "signal": "mara.42",
            "matrix": "matrix:u/mara:m.example",
            "email": "m@x.de",
        },
        topics=["pumps", "heat"],
    )
    site.translation("mara", "en", role="Head")
    site.portrait("mara")
    site.story(
        "boiler",
        authors=["mara", "jonas"],
        image=True,
        updated="2026-10-05",
        summary="Kurz.",
        original="https://p.example/b",
    )
    office = {"name": "Presse", "email": "press@example.com", "phone": "+49 40 1"}
    site.settings(ORGANISATION={"name": "Org & Söhne"}, PRESS_OFFICE=office)
    site.built()
    return site


def test_a_profile_is_a_card(whole: Site) -> None:
    """The card has what the page says of the person, and nothing of the press office; its name is the first page's address."""
    for start, role, note in (("", "Leiterin", "Was mara sagt"), ("en/", "Head", "What mara says")):
        [card] = [item for item in items(whole.output, f"{start}experts/mara") if "uid" in item["properties"]]
        properties = card["properties"]
        photo = properties.pop("photo")[0]
        assert (photo["alt"], photo["value"].startswith(f"{HERE}/experts/mara/portrait-")) == ("Ein Gesicht", True)
        assert properties == {
            "name": ["Mara Tester"],
            "pronouns": ["sie/ihr"],
            "note": [note],
            "org": ["Org & Söhne"],
            "url": [f"{HERE}/{start}experts/mara/", "https://social.example/@mara"],
            "uid": [f"{HERE}/experts/mara/"],
            "job-title": [role],
            "locality": ["Kiel"],
            "category": ["Thema pumps", "Thema heat"] if not start else ["Topic pumps", "Topic heat"],
            "tel": ["+49 (0)40 1234"],
            "email": ["mailto:mara@example.com"],
        }


def test_without_own_contact_the_office_stays_the_office(whole: Site) -> None:
    """The press office on somebody's page is a card of its own, not the person's number."""
    card = items(whole.output, "experts/ida")[0]
    assert "tel" not in card["properties"]
    assert "email" not in card["properties"]
    offices = [told(item) for item in of_type([card], "h-card") if item is not card]
    assert offices == [{"name": "Presse", "org": "Presse", "tel": "+49 40 1", "email": "mailto:press@example.com"}]


def test_only_the_web_proves_who_somebody_is(whole: Site) -> None:
    """Links with rel=me lead to the web; a messenger's handle or a mail address proves nothing."""
    page = parsed(whole.output / "experts/mara/index.html")
    assert page.xpath("//a[contains(@rel, 'me')]/@href") == ["https://social.example/@mara"]
    assert {"matrix:u/mara:m.example", "mailto:m@x.de"} <= set(page.xpath("//main//a/@href"))


def test_a_story_is_an_entry(whole: Site) -> None:
    """The entry has the text, all its authors, its days and topics, and where it appeared first."""
    [entry] = [item for item in items(whole.output, "stories/boiler") if item["type"] == ["h-entry"]]
    properties = entry["properties"]
    assert properties["name"] == ["Story boiler"]
    assert properties["url"] == [f"{HERE}/stories/boiler/"]
    assert (properties["published"], properties["updated"]) == (["2026-10-01"], ["2026-10-05"])
    assert properties["summary"] == ["Kurz."]
    assert properties["content"][0]["value"] == "Es war einmal."
    assert properties["category"] == ["Thema heat"]
    assert properties["syndication"] == ["https://p.example/b"]
    assert properties["featured"][0]["alt"] == "Bild"
    authors = [told(author) for author in properties["author"]]
    assert [(author["name"], author["url"]) for author in authors] == [
        ("Mara Tester", f"{HERE}/experts/mara/"),
        ("Jonas Tester", f"{HERE}/experts/jonas/"),
    ]
    assert authors[0]["job-title"] == "Leiterin"


def test_an_event_is_an_event(whole: Site) -> None:
    """Start and end are those of the page, with their offsets."""
    whole.event("barcamp", place="Kiel", topics=["heat"], url="https://camp.example/")
    whole.built()
    [event] = [item for item in items(whole.output, "events/barcamp") if item["type"] == ["h-event"]]
    assert event["properties"] == {
        "url": [f"{HERE}/events/barcamp/", "https://camp.example/"],
        "name": ["Event barcamp"],
        "start": ["2026-12-04T09:00:00+0100"],
        "end": ["2026-12-05T16:00:00+0100"],
        "location": ["Kiel"],
        "category": ["Thema heat"],
        "description": ["Kommt."],
    }


def test_everything_in_the_demo_is_whole(published: Path) -> None:
    """Each card has a name, each entry and event a name, an address and a day; those in lists name the page's links."""
    seen: dict[str, int] = {}
    for path in sorted(published.rglob("index.html")):
        name = path.parent.relative_to(published).as_posix()
        for item in [item for outer in items(published, name) for item in inside(outer)]:
            kind, properties = item["type"][0], item["properties"]
            wanted = {"h-card": ["name"], "h-entry": ["name", "url", "published"], "h-event": ["name", "url", "start"]}
            assert [key for key in wanted.get(kind, []) if not properties.get(key)] == [], (name, properties)
            seen[kind] = seen.get(kind, 0) + 1
    assert sorted(seen) == ["h-card", "h-entry", "h-event", "h-feed"]


def test_lists_hold_what_they_link_to(published: Path) -> None:
    """On a list of people, stories, news events or events, the items are exactly the links, with their words."""
    for path, kind, links in (
        ("experts", "h-card", "//ul[@class='people']//h2/a | //ul[@class='people']//h3/a"),
        ("places/hamburg", "h-card", "//ul[@class='people']//h2/a"),
        ("stories", "h-entry", "//ul[contains(@class, 'stories')]//h2/a"),
        ("archive/2025", "h-entry", "//ul[contains(@class, 'stories')]//h2/a"),
        ("hooks", "h-entry", "//ul[contains(@class, 'hooks')]//h2/a | //ul[contains(@class, 'hooks')]//h3/a"),
        ("events", "h-event", "//ul[contains(@class, 'events')]//h2/a | //ul[contains(@class, 'events')]//h3/a"),
    ):
        shown = [
            (link.text_content(), HERE + link.get("href"))
            for link in parsed(published / path / "index.html").xpath(links)
        ]
        found = [item["properties"] for item in of_type(items(published, path), kind) if "url" in item["properties"]]
        own = [(item["name"][0], item["url"][0]) for item in found if kind != "h-card" or "note" in item]
        assert shown, path
        assert own == shown, path
