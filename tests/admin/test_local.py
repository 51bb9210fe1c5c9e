"""The web editor on this machine: ``serve --admin`` on a real repository, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factory import Site

from .editor import Editor
from .repositories import changed, git

pytestmark = pytest.mark.browser

Desk = tuple[Site, str]


def test_edited_line_is_all_that_changes(desk: Desk, form: Editor) -> None:
    """Saving changes the line that was edited and nothing else, also the second time; the site's own folder stays."""
    site, _ = desk
    form.open("profiles", "mara-lindqvist/profile")
    form.write("Überschrift", "Erklärt Wärmepumpen")
    form.save()
    branch = "cms/profiles/mara-lindqvist/profile"
    lines = {
        "+++ b/profiles/mara-lindqvist/profile.md",
        "-headline: Erklärt, warum Wärmepumpen auch in alten Häusern laufen",
        "+headline: Erklärt Wärmepumpen",
    }
    assert set(changed(site.folder, branch)) == lines
    form.write("Funktion", "Leiterin")
    form.save()
    assert set(changed(site.folder, branch)) == lines | {"-role: Leiterin Systemtechnik", "+role: Leiterin"}
    assert git(site.folder, "rev-list", "--count", f"main..{branch}").strip() == "2"
    assert git(site.folder, "status", "--porcelain") == ""


def test_person_is_listed_once(form: Editor) -> None:
    """Translations are no entries of the list of profiles: a filter without a value lets only files without its key through."""
    assert [row.split(" – ")[0] for row in form.rows("profiles")] == ["Ida Groß", "Jonas Weber", "Mara Lindqvist"]
    assert [row.split(" – ")[0] for row in form.rows("profiles_en")] == ["mara-lindqvist"]


@pytest.mark.parametrize(
    ("collection", "entry"),
    [
        ("profiles", "ida-gross/profile"),
        ("profiles_en", "mara-lindqvist/profile"),
        ("stories", "2026/boiler"),
        ("topics", "storage"),
        ("hooks", "winter"),
        ("events", "barcamp"),
    ],
)
def test_looking_changes_nothing(form: Editor, collection: str, entry: str) -> None:
    """Who only opens an entry has nothing to save: no widget writes a value of its own."""
    form.open(collection, entry)
    form.page.wait_for_timeout(500)
    assert not form.unsaved


def test_another_author_is_added_to_the_others(desk: Desk, form: Editor) -> None:
    """A reference stores short names, keeps those that are there, and also one that leads nowhere."""
    form.open("stories", "2026/boiler")
    form.choose("Von", "Jonas Weber")
    form.choose("Themen", "Speicher")
    form.save()
    text = git(desk[0].folder, "show", "cms/stories/2026/boiler:content/stories/2026/boiler.md")
    assert "authors:\n  - mara-lindqvist\n  - jonas-weber\ntopics:\n  - gone\n  - heat\n  - storage\n" in text


def test_portrait_lands_beside_its_profile(desk: Desk, form: Editor, picture: Path) -> None:
    """A picture is uploaded into the person's own folder, and the profile names it."""
    folder = desk[0].folder
    form.open("profiles", "jonas-weber/profile")
    form.unfold("Porträt")
    form.upload(picture)
    form.save()
    branch = "cms/profiles/jonas-weber/profile"
    assert "portrait:\n  file: neues-bild.png\n" in git(folder, "show", f"{branch}:profiles/jonas-weber/profile.md")
    names = git(folder, "diff", "--name-only", "main", branch).split()
    assert names == ["profiles/jonas-weber/neues-bild.png", "profiles/jonas-weber/profile.md"]


def test_form_shows_the_portrait_that_is_there(form: Editor) -> None:
    """The form shows the picture itself, also though it comes later than the form."""
    form.open("profiles", "mara-lindqvist/profile")
    form.unfold("Porträt")
    picture = form.page.locator(".Pane1 img[role=presentation]")
    form.page.wait_for_function(
        "image => image.naturalWidth > 0 && image.naturalWidth !== 300", arg=picture.element_handle()
    )


def test_translation_lands_in_the_persons_folder(desk: Desk, form: Editor) -> None:
    """A translation is a file beside the profile that names the person, with what was written and nothing else."""
    form.go("collections/profiles_en/new")
    form.choose("Person", "Ida Groß")
    form.write("Überschrift", "What Ida says")
    form.save()
    text = git(desk[0].folder, "show", "cms/profiles_en/ida-gross/profile:profiles/ida-gross/profile.en.md")
    assert text == "---\ntranslation_of: ida-gross\nheadline: What Ida says\n---\n"


def test_new_person_gets_the_short_name_that_was_chosen(desk: Desk, form: Editor) -> None:
    """The folder is what was written, not what Decap would make of the name; a wrong one is refused."""
    form.go("collections/profiles/new")
    form.write("Kurzname", "Änne")
    form.write("Name", "Änne Beispiel")
    form.write("Überschrift", "Weiß Bescheid")
    form.choose("Themen", "Wärme")
    form.page.get_by_role("button", name="Speichern").click()
    form.page.get_by_text("nur Kleinbuchstaben").wait_for()
    form.write("Kurzname", "aenne-beispiel")
    form.save()
    text = git(desk[0].folder, "show", "cms/profiles/aenne-beispiel/profile:profiles/aenne-beispiel/profile.md")
    assert sorted(text.splitlines()) == sorted(
        ["---", "name: Änne Beispiel", "headline: Weiß Bescheid", "topics:", "  - heat", "---"]
    )


def test_short_name_cannot_be_changed_later(form: Editor) -> None:
    """A rename is half done by the local back end, so nobody can type into the field."""
    form.open("profiles", "ida-gross/profile")
    assert form.field("Kurzname").evaluate("input => Boolean(input.closest('[inert]'))")


def test_publishing_brings_the_entry_into_the_folder(desk: Desk, form: Editor) -> None:
    """What is published on this machine is in the site's own folder and branch, whose other changes stay."""
    site, _ = desk
    site.put("notes.txt", "mine")
    form.open("topics", "heat")
    form.write("Wikidata-Eintrag", "Q11382")
    form.save()
    form.publish()
    assert "wikidata: Q11382\n" in site.read("content/topics/heat.md")
    assert git(site.folder, "status", "--porcelain") == "?? notes.txt\n"
    assert "Thema geändert: heat" in git(site.folder, "log", "--format=%s", "main")


def test_form_fits_on_a_phone(form: Editor) -> None:
    """Nobody has to move the page sideways to find the button that saves."""
    form.page.set_viewport_size({"width": 390, "height": 844})
    form.open("topics", "storage")
    width = form.page.evaluate("document.documentElement.scrollWidth")
    box = form.page.get_by_role("button", name="Speichern").bounding_box()
    form.page.set_viewport_size({"width": 1400, "height": 900})
    assert width == 390
    assert box
    assert box["x"] + box["width"] < 390


def test_consent_is_taken_back_by_a_switch_or_a_channel(desk: Desk, form: Editor) -> None:
    """The group is open, with the channels to remove one by one and a switch for all; each changes its own line alone."""
    site, _ = desk
    form.open("profiles", "ida-gross/profile")
    form.page.get_by_label("Remove Nutzung durch KI-Systeme").click()
    form.page.get_by_role("switch", name=re.compile("Ich nehme alles zurück")).click()
    form.save()
    lines = set(changed(site.folder, "cms/profiles/ida-gross/profile"))
    assert lines == {"+++ b/profiles/ida-gross/profile.md", "-    - ai", "+  withdrawn: true"}


def test_english_for_who_reads_english(form: Editor) -> None:
    """A link leads to the same editor in the site's other language."""
    form.go("collections/topics")
    form.page.get_by_role("link", name="English").click()
    form.page.get_by_role("heading", name="Collections").wait_for()
    assert form.page.locator("html").get_attribute("lang") == "en"
