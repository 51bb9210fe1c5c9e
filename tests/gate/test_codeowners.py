"""The forge's list of owners: made from the profiles, the same at each time, and no profile can write into it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts.forge import Forge
from experts.gate import codeowners

from .repositories import SITE, Repo

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = {"jonas": ("jonas-w",), "mara": ("mara-l", "@delegate"), "none": ()}


def test_folders_belong_to_their_owners() -> None:
    """Maintainers are asked for everything, people for their own folders, which stand below since later lines win."""
    text = codeowners.listed(Forge(), ("acme/press",), PEOPLE)
    assert text.splitlines()[1:] == [
        "* @acme/press",
        "/profiles/jonas/ @jonas-w",
        "/profiles/mara/ @mara-l @delegate",
        "/profiles/*/verified.json @acme/press",  # whether a link is confirmed is nothing that owners say
    ]
    below = codeowners.listed(Forge("https://github.com/a/b", "github", folder="site one"), (), PEOPLE)
    assert below.splitlines()[1] == "/site\\ one/profiles/jonas/ @jonas-w"


def test_forgejo_reads_regular_expressions() -> None:
    """There, a pattern is a regular expression for the whole path, without a slash before it."""
    lines = codeowners.listed(Forge("https://codeberg.org/a/b", "forgejo"), ("press",), PEOPLE).splitlines()[1:]
    assert lines[0] == ".* @press"
    pattern, account = lines[1].split(" ")
    assert account == "@jonas-w"
    assert re.fullmatch(pattern, "profiles/jonas/profile.md")
    assert not re.fullmatch(pattern, "profiles/jonas-other/profile.md")
    pattern, account = lines[-1].split(" ")
    assert account == "@press"
    assert re.fullmatch(pattern, "profiles/jonas/verified.json")
    assert not re.fullmatch(pattern, "profiles/jonas/verified_json")


@given(st.dictionaries(st.text(min_size=1), st.tuples(st.text()), max_size=3))
def test_no_profile_writes_a_rule_of_its_own(people: dict[str, tuple[str, ...]]) -> None:
    """Whatever folders are called and profiles name: each line is one folder's, and names plain accounts."""
    people["a\n* @mallory"] = ("mallory",)
    lines = codeowners.listed(Forge(), (), people).split("\n")[1:-1]
    assert len(lines) <= len(people)
    for line in lines:
        pattern, _, account = line.rpartition(" ")
        assert pattern.startswith("/profiles/")
        assert account[:1] == "@"
        assert account[1:].replace("-", "").replace(".", "").replace("_", "").isalnum()


@pytest.mark.parametrize(("forge", "place"), [("github", ".github/"), ("gitlab", ".gitlab/"), ("forgejo", "")])
def test_each_forge_finds_it(repo: Repo, forge: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The file lies where the forge of the settings looks for it; --check tells whether it is up to date, and writes nothing."""
    settings = f"{SITE['pelicanconf.py']}REPOSITORY = {{'url': 'https://forge.example/a/b', 'forge': {forge!r}}}\n"
    (repo.folder / "pelicanconf.py").write_text(settings)
    site = ["--site", str(repo.folder)]
    path = repo.folder / f"{place}CODEOWNERS"
    assert codeowners.command([*site, "--check"]) == 1
    assert not path.exists()
    assert codeowners.command(site) == 0
    assert "@mara-l @delegate\n" in path.read_text()
    assert codeowners.command([*site, "--check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{place}CODEOWNERS: up to date"


def test_that_of_the_demo_is_up_to_date() -> None:
    """What is committed is what the profiles say."""
    wanted = codeowners.listed(Forge(), (), codeowners.owners(str(ROOT)))
    assert (ROOT / ".github" / "CODEOWNERS").read_text("utf-8") == wanted
