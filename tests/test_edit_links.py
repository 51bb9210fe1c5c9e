"""What readers can do about a page: edit its file, translate it, say what is wrong with it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from factory import Site
from lxml import html

FORGE = "https://github.com/example/experts"
PAGES = {
    "experts/mara/": "profiles/mara/profile.md",
    "en/experts/mara/": "profiles/mara/profile.en.md",
    "experts/jonas/": "profiles/jonas/profile.md",
    "stories/boiler/": "content/stories/2026/boiler.md",
    "en/stories/boiler-en/": "content/stories/2026/boiler-en.md",
    "topics/heat/": "content/topics/heat.md",
    "hooks/winter/": "content/hooks/winter.md",
    "events/barcamp/": "content/events/barcamp.md",
    "imprint/": "content/pages/imprint.md",
}


def ways(site: Site, page: str) -> dict[str, str]:
    """What the row at the end of a page offers: words -> address."""
    tree = html.fromstring((site.output / page / "index.html").read_text("utf-8"))
    return {link.text_content(): link.get("href") for link in tree.xpath("//ul[@class='edit-ways']//a")}


@pytest.fixture
def linked(site: Site) -> Site:
    """Return the tiny site, built with the address of its repository."""
    site.settings(REPOSITORY=FORGE, SITEURL="https://people.example")
    site.built()
    return site


def test_every_page_leads_to_its_file(linked: Site) -> None:
    """Whoever sees a mistake is one click from the file that says it, in the language that they read."""
    for page, file in PAGES.items():
        words = "Edit this page" if page.startswith("en/") else "Diese Seite bearbeiten"
        assert ways(linked, page)[words] == f"{FORGE}/edit/main/{file}", page


def test_a_missing_translation_is_offered(linked: Site) -> None:
    """A page that shows the original leads to a new file of the right name, which says what it translates."""
    address = urlsplit(ways(linked, "experts/jonas/")["Diese Seite übersetzen"])
    assert address.path == "/example/experts/new/main/profiles/jonas"
    given = parse_qs(address.query)
    assert given["filename"] == ["profile.de.md"]
    assert given["value"][0].startswith("---\ntranslation_of: jonas\n")
    assert "Diese Seite übersetzen" not in ways(linked, "experts/mara/")
    story = urlsplit(ways(linked, "en/stories/valve/")["Translate this page"])
    assert parse_qs(story.query)["filename"] == ["valve-en.md"]


def test_every_page_can_be_reported(linked: Site) -> None:
    """Also a list, which comes from no file, leads to a report with its title and address in it."""
    linked.profile("ida", name="Ida <&> „Tester“")
    linked.built()
    for page, title in {
        "experts/": "Etwas stimmt nicht: ",
        "experts/ida/": "Etwas stimmt nicht: Ida <&> „Tester“",
    }.items():
        given = parse_qs(urlsplit(ways(linked, page)["Etwas stimmt nicht?"]).query)
        assert given["title"][0].startswith(title)
        assert given["body"] == [f"https://people.example/{page}"]
    assert "Diese Seite bearbeiten" not in ways(linked, "experts/")


def test_without_a_forge_the_press_office_is_told(site: Site) -> None:
    """Without a repository there is nothing to edit; a mistake is written to the press office, else nobody is named."""
    site.settings(PRESS_OFFICE={"email": "press@tiny.example"})
    site.built()
    assert list(ways(site, "experts/mara/")) == ["Etwas stimmt nicht?"]
    assert ways(site, "experts/mara/")["Etwas stimmt nicht?"].startswith(
        "mailto:press@tiny.example?subject=Etwas%20stimmt"
    )
    site.settings(PRESS_OFFICE={})
    site.built()
    assert ways(site, "experts/mara/") == {}


def test_another_repository_makes_all_pages_anew(linked: Site) -> None:
    """The addresses follow the settings at the next build."""
    linked.settings(
        REPOSITORY={"url": "https://git.acme.example/a/b", "forge": "gitlab", "branch": "live", "folder": "site"}
    )
    linked.built()
    assert (
        ways(linked, "topics/heat/")["Diese Seite bearbeiten"]
        == "https://git.acme.example/a/b/-/edit/live/site/content/topics/heat.md"
    )
