"""The published web editor with a forge: one pull request for each entry, in a real browser, over a real repository."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from factory import Checkout, Site
from forge.github import Forge
from screens.host import Plain, served

from experts.editing import canonical

from .editor import Editor
from .repositories import changed, committed, git

pytestmark = pytest.mark.browser

USER = {"backendName": "github", "token": "secret", "login": "anna", "name": "Anna"}
LOGGED_IN = f"localStorage.setItem('decap-cms-user', {json.dumps(json.dumps(USER))})"


def header_rules(file: Path) -> dict[str, dict[str, str]]:
    """The headers that the file for hosts gives to each place."""
    rules: dict[str, dict[str, str]] = {}
    place = ""
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[place][name] = value
        else:
            place = line
            rules[place] = {}
    return rules


class Guarded(Plain):
    """Serves a folder with the headers of the web editor's place."""

    headers_sent: ClassVar[dict[str, str]] = {}

    def end_headers(self) -> None:
        """Add them to each answer."""
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, workshop: Checkout) -> Iterator[tuple[Forge, Site, str]]:
    """Return a forge with a small site, the site's folder, and where it is served as it was built for publishing."""
    folder = tmp_path_factory.mktemp("published")
    site = committed(folder / "site", workshop)
    site.replace("content/stories/2026/boiler.md", "  - gone\n", "")
    git(site.folder, "commit", "-qam", "Mend")
    git(folder, "clone", "-q", "--bare", str(site.folder), str(folder / "experts.git"))
    with Forge(folder / "experts.git", token="secret") as forge:
        repository = {"url": forge.url, "forge": "github", "api": forge.api}
        site.settings(
            REPOSITORY=repository,
            ADMIN={"login": "https://login.example.com"},
            PLUGINS=["experts", "expert_files", "expert_hosting", "expert_admin"],
        )
        site.built()
        rules = header_rules(site.output / "_headers")
        guarded = type("Guarded", (Guarded,), {"headers_sent": {**rules["/*"], **rules["/admin/*"]}})
        with served(site.output, guarded) as url:
            yield forge, site, url


@pytest.fixture(scope="module")
def form(published: tuple[Forge, Site, str], editor: Callable[..., Editor]) -> Editor:
    """Return the published editor, in which Anna has logged in."""
    return editor(f"{published[2]}admin/", LOGGED_IN)


def test_saving_opens_one_pull_request(published: tuple[Forge, Site, str], form: Editor) -> None:
    """The first save opens a pull request that holds the edited line, the second one adds to it."""
    forge, _, _ = published
    form.open("profiles", "mara-lindqvist/profile")
    form.write("Überschrift", "Erklärt Wärmepumpen")
    form.save()
    (pull,) = forge.pulls
    assert pull["title"] == "Profil geändert: mara-lindqvist – Anna"
    assert [label["name"] for label in pull["labels"]] == ["decap-cms/draft"]
    branch = pull["head"]["ref"]
    bare = forge.repository.folder
    lines = {
        "+++ b/profiles/mara-lindqvist/profile.md",
        "-headline: Erklärt, warum Wärmepumpen auch in alten Häusern laufen",
        "+headline: Erklärt Wärmepumpen",
    }
    assert set(changed(bare, branch)) == lines
    form.write("Funktion", "Leiterin")
    form.save()
    assert set(changed(bare, branch)) == lines | {"-role: Leiterin Systemtechnik", "+role: Leiterin"}
    assert len(forge.pulls) == 1


def test_author_and_picture_of_a_story(published: tuple[Forge, Site, str], form: Editor, picture: Path) -> None:
    """Another author is added to the one that is there, and the picture lands beside the story."""
    bare = published[0].repository.folder
    form.open("stories", "2026/boiler")
    form.choose("Von", "Jonas Weber")
    form.unfold("Bild")
    form.upload(picture)
    form.save()
    branch = "cms/stories/2026/boiler"
    text = git(bare, "show", f"{branch}:content/stories/2026/boiler.md")
    assert "authors:\n  - mara-lindqvist\n  - jonas-weber\n" in text
    assert "image:\n  file: neues-bild.png\n" in text
    names = git(bare, "diff", "--name-only", "main", branch).split()
    assert names == ["content/stories/2026/boiler.md", "content/stories/2026/neues-bild.png"]


def test_translation_is_a_pull_request_of_its_own(published: tuple[Forge, Site, str], form: Editor) -> None:
    """A translation is listed apart from the profile, and saved beside it."""
    bare = published[0].repository.folder
    assert [row.split(" – ")[0] for row in form.rows("profiles")] == ["Ida Groß", "Jonas Weber", "Mara Lindqvist"]
    form.open("profiles_en", "mara-lindqvist/profile")
    form.write("Überschrift", "Explains heat pumps")
    form.save()
    assert set(changed(bare, "cms/profiles_en/mara-lindqvist/profile")) == {
        "+++ b/profiles/mara-lindqvist/profile.en.md",
        "-headline: Explains why heat pumps work in old houses, too",
        "+headline: Explains heat pumps",
    }


def test_preview_of_the_pull_request_is_linked(published: tuple[Forge, Site, str], form: Editor) -> None:
    """Where CI has made a preview, the entry leads to its own page in it."""
    forge, _, _ = published
    form.open("topics", "heat")
    form.write("Wikidata-Eintrag", "Q11382")
    form.save()
    sha = forge.repository.sha("refs/heads/cms/topics/heat")
    status = {"context": "deploy preview", "state": "success", "target_url": "http://127.0.0.1:9/preview/pr-1/"}
    forge.statuses[sha] = [status]
    link = form.page.get_by_role("link", name="Vorschau ansehen")
    link.wait_for()
    assert link.get_attribute("href") == "http://127.0.0.1:9/preview/pr-1/topics/heat/"


def test_headers_of_the_host_let_the_editor_work(published: tuple[Forge, Site, str], form: Editor) -> None:
    """What the files for hosts say about /admin/ is what the tests above ran under, and no violation was told (see `strict`)."""
    forge, _, url = published
    sent = form.page.request.get(f"{url}admin/").headers
    assert f"connect-src 'self' data: blob: {forge.api};" in sent["content-security-policy"]
    assert sent["content-security-policy"].endswith("frame-ancestors 'self'")
    assert sent["cross-origin-opener-policy"] == "same-origin-allow-popups"


def test_saved_files_have_the_form_of_the_command_format(published: tuple[Forge, Site, str], form: Editor) -> None:
    """What the editor saved, `format --check` would leave as it is: no pull request fails for how a file is written."""
    bare = published[0].repository.folder
    form.go("collections/profiles/new")
    form.write("Kurzname", "aenne-beispiel")
    form.write("Name", "Änne Beispiel")
    form.write(
        "Überschrift", "Erklärt: warum Wärmepumpen, auch in sehr alten Häusern, zuverlässig laufen – und wann nicht"
    )
    form.choose("Themen", "Wärme")
    form.save()
    branches = git(bare, "for-each-ref", "--format=%(refname:short)", "refs/heads/cms").split()
    assert "cms/profiles/aenne-beispiel/profile" in branches
    for branch in branches:
        for path in git(bare, "diff", "--name-only", "main", branch).split():
            if path.endswith(".md"):
                data = git(bare, "show", f"{branch}:{path}").encode()
                assert canonical.formatted(path, data) == data, path
