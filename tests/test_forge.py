"""The forge's addresses: where a file is edited and shown, and where one says that something is wrong."""

from __future__ import annotations

import pytest

from experts.forge import Forge, api_of, kind_of

SOURCE = "profiles/mara lindqvist/profile.md"


@pytest.mark.parametrize(
    ("url", "kind", "api", "edit"),
    [
        ("https://github.com/a/b", "github", "https://api.github.com", "https://github.com/a/b/edit/main/site/"),
        ("https://github.acme.example/a/b", "github", "https://github.acme.example/api/v3", "/edit/main/site/"),
        ("https://gitlab.com/a/sub/b", "gitlab", "https://gitlab.com/api/v4", "/a/sub/b/-/edit/main/site/"),
        ("https://codeberg.org/a/b", "forgejo", "https://codeberg.org/api/v1", "/a/b/_edit/main/site/"),
    ],
)
def test_each_forge_has_its_own_addresses(url: str, kind: str, api: str, edit: str) -> None:
    """The kind follows from the host; a file's place in the repository is part of its address, spaces quoted."""
    assert kind_of(url) == kind
    assert api_of(url, kind) == api
    forge = Forge(url, kind, "main", "site", api)
    assert forge.edit(SOURCE).startswith(url)
    assert forge.edit(SOURCE).endswith(edit + "profiles/mara%20lindqvist/profile.md")
    assert forge.view(SOURCE, 7).endswith("#L7")


def test_an_unknown_forge_has_no_pages() -> None:
    """Where the kind is not known, no address is guessed."""
    forge = Forge("https://git.acme.example/a/b")
    assert (kind_of(forge.url), forge.edit(SOURCE), forge.view(SOURCE), forge.report("a", "b")) == ("", "", "", "")


def test_a_report_keeps_every_character() -> None:
    """Title and text arrive as they are, whatever they hold."""
    for kind in ("github", "gitlab", "forgejo"):
        address = Forge("https://forge.example/a/b", kind).report("Größe & Maß?", "a=b&c\n#1")
        assert "Gr%C3%B6%C3%9Fe+%26+Ma%C3%9F%3F" in address
        assert "a%3Db%26c%0A%231" in address
