"""The web editor's configuration: it must know what the checks know, and write where the settings say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from factory import ROOT

from expert_admin import config, page, speaks
from expert_admin.backends import hosts
from experts import digests, schema, settings
from experts.fields import Field
from experts.problems import Problems

TABLES = {
    "profiles": schema.EXPERT,
    "profiles_de": schema.TRANSLATION,
    "profiles_pt-BR": schema.TRANSLATION,
    "stories": schema.STORY,
    "topics": schema.TOPIC,
    "hooks": schema.HOOK,
    "events": schema.EVENT,
}
GITHUB = {"REPOSITORY": "https://github.com/example/experts", "ADMIN": {"login": "https://login.example.com"}}


def loaded(folder: Path, **values: Any) -> settings.Settings:
    """The settings of a site in German and Brazilian Portuguese."""
    return settings.load(str(ROOT), str(folder), **{"LANGUAGES": ["de", "pt-BR"], **values})


def made(folder: Path, lang: str = "de", **values: Any) -> dict[str, Any]:
    """The configuration of such a site."""
    found = json.loads(config(loaded(folder, **values), "/", lang, ("gsw",)))
    assert isinstance(found, dict)
    return found


def in_table(table: Mapping[str, Field], prefix: str = "") -> list[str]:
    """The paths of all fields of a table, in its order."""
    found = []
    for name, field in table.items():
        found.append(prefix + name)
        inner = field.shape.item.shape if field.shape.kind == "list" else field.shape
        if inner.table:
            found += in_table(inner.table, f"{prefix}{name}.")
    return found


def in_form(fields: list[dict[str, Any]], prefix: str = "") -> list[str]:
    """The paths of all fields of a form, in its order; languages and services are no fields of the format."""
    found = []
    for field in fields:
        found.append(prefix + field["name"])
        if field["name"] not in ("links", "label", "synonyms", "description"):
            found += in_form(field.get("fields", []), f"{prefix}{field['name']}.")
    return found


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_key_of_the_format_is_in_its_form(tmp_path: Path, lang: str) -> None:
    """Keys that Decap does not know move when somebody saves, so each form has all keys of its table, in the same order."""
    forms = {kind["name"]: kind["fields"] for kind in made(tmp_path, lang, **GITHUB)["collections"]}
    assert forms.keys() == TABLES.keys()
    for name, table in TABLES.items():
        assert [path for path in in_form(forms[name]) if path != "body"] == in_table(table), name
    assert [name for name, fields in forms.items() if fields[-1]["name"] != "body"] == ["topics"]


def test_patterns_are_those_of_browsers(tmp_path: Path) -> None:
    """A pattern stands for the whole value and holds nothing that only Python knows."""

    def patterns(fields: list[dict[str, Any]]) -> list[str]:
        own = [field["pattern"][0] for field in fields if "pattern" in field]
        return own + [pattern for field in fields for pattern in patterns(field.get("fields", []))]

    found = [pattern for kind in made(tmp_path, **GITHUB)["collections"] for pattern in patterns(kind["fields"])]
    assert len(found) > 40
    for pattern in found:
        assert re.fullmatch(r"\^.*\$", pattern, re.DOTALL)
        assert not re.search(r"\(\?P|\(\?[aiLmsux]|\\[AZ]|\+\+|\*\+", pattern)


def test_nothing_is_deleted_by_a_click(tmp_path: Path) -> None:
    """Deleting would be no pull request, and of a profile leave the portrait."""
    assert {kind["delete"] for kind in made(tmp_path, **GITHUB)["collections"]} == {False}


def test_what_somebody_speaks_can_be_chosen(tmp_path: Path) -> None:
    """A select drops what it does not offer, so it offers all languages that people on the site speak."""
    fields = {field["name"]: field for field in made(tmp_path, **GITHUB)["collections"][0]["fields"]}
    offered = [option["value"] for option in fields["languages"]["options"]]
    assert offered[:2] == ["de", "pt-BR"]
    assert {"gsw", "en", "sv"} <= set(offered)


@pytest.mark.parametrize(
    ("values", "backend", "asked"),
    [
        (
            GITHUB,
            {"name": "github", "api_root": "https://api.github.com", "base_url": "https://login.example.com", "auth_endpoint": "auth"},
            ("https://api.github.com",),
        ),
        (
            {**GITHUB, "ADMIN": {"login": "https://example.com/let/in", "forks": "yes"}},
            {"open_authoring": True, "base_url": "https://example.com", "auth_endpoint": "let/in"},
            ("https://api.github.com",),
        ),
        (
            {"REPOSITORY": "https://gitlab.example.com/team/experts", "ADMIN": {"app": "abc"}},
            {"name": "gitlab", "repo": "team/experts", "auth_type": "pkce", "app_id": "abc", "base_url": "https://gitlab.example.com"},
            ("https://gitlab.example.com",),
        ),
        (
            {"REPOSITORY": {"url": "https://codeberg.org/example/experts", "branch": "live"}, "ADMIN": {"app": "abc"}},
            {"name": "forgejo", "branch": "live", "app_id": "abc", "api_root": "https://codeberg.org/api/v1"},
            ("https://codeberg.org",),
        ),
        ({"ADMIN": {"local": "."}}, {"name": "proxy", "proxy_url": "/admin/api/v1", "branch": "experts-editor"}, ()),
    ],
)  # fmt: skip
def test_back_end_of_each_forge(tmp_path: Path, values: Any, backend: dict[str, Any], asked: tuple[str, ...]) -> None:
    """Repository, way in and hosts follow from the settings; every entry is a pull request, everywhere."""
    found = made(tmp_path, **values)
    assert {key: found["backend"].get(key) for key in backend} == backend
    assert found["publish_mode"] == "editorial_workflow"
    assert hosts(loaded(tmp_path, **values)) == asked


def test_site_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    """All paths begin at the top of the repository, on the forge and on this machine."""
    repository = {"url": GITHUB["REPOSITORY"], "folder": "site"}
    for values in ({**GITHUB, "REPOSITORY": repository}, {"ADMIN": {"local": "site"}}):
        found = made(tmp_path, **values)
        folders = {kind["folder"] for kind in found["collections"]} | {found["media_folder"]}
        assert all(folder.startswith(("site/profiles", "site/content/")) for folder in folders)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ADMIN": {"login": "https://login.example.com"}}, "does not know the forge"),
        ({"REPOSITORY": GITHUB["REPOSITORY"], "ADMIN": {"app": "1"}}, "login of ADMIN is missing"),
        ({"REPOSITORY": "https://gitlab.com/example/experts", "ADMIN": {"login": "https://x.example"}}, "app of ADMIN is missing"),
        ({**GITHUB, "ADMIN": {"login": "login.example.com"}}, "login.example.com is not an address"),
        ({**GITHUB, "ADMIN": {"log-in": "https://x.example"}}, "there is no field log-in in ADMIN"),
    ],
)  # fmt: skip
def test_settings_that_cannot_work(tmp_path: Path, values: Any, words: str) -> None:
    """An editor in which nobody could log in is a problem of the settings, said in a sentence."""
    with pytest.raises(Problems, match=words):
        loaded(tmp_path, **values)


def test_languages_of_the_editor() -> None:
    """It speaks the site's languages where it knows them, the first at /admin/; else English."""
    assert speaks(("de", "en", "fr")) == ["de", "en"]
    assert speaks(("en-GB", "de-AT")) == ["en", "de"]
    assert speaks(("fr",)) == ["en"]


def test_page_lets_nothing_in() -> None:
    """Only the site itself and the forge may be asked; what the page is told cannot end its own script."""
    html = page.index(
        "de",
        "A & <b>",
        {"style": "s.css", "script": "s.js", "icon": "", "repository": "https://x.example/?a=1&b"},
        [("en", "English", "/admin/en/")],
        {"name": "</script><script>alert(1)</script>"},
        ("https://api.example",),
        dict.fromkeys(("script", "decap"), __file__),
    )
    assert "connect-src 'self' data: blob: https://api.example;" in html
    assert "</script><script>" not in html
    assert html.count(digests.integrity(Path(__file__).read_bytes())) == 2
    assert "<h1>A &amp; &lt;b&gt;</h1>" in html
    assert 'href="https://x.example/?a=1&amp;b"' in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert re.findall(r'(?:src|href)="([^"]+)"', html) == [
        "config.yml",
        "s.css",
        "https://x.example/?a=1&amp;b",
        "/admin/en/",
        "s.js",
    ]
