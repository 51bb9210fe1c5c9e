"""`check --base`: what was changed, asked of real repositories."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from factory import TODAY, Run, Site

from experts.checks.changes import changed, prefix
from experts.problems import Problems


class Repository:
    """A repository of Git's in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        """Run Git, untouched by the settings of this machine."""
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
        who = {f"GIT_{role}_{what}": "a@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, env=own | who, check=True, capture_output=True, text=True).stdout

    def commit(self, **files: str | None) -> None:
        """Write or remove files and commit."""
        self.write(**files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")

    def write(self, **files: str | None) -> None:
        """Write or remove files; __ stands for a slash."""
        for name, text in files.items():
            path = self.folder / name.replace("__", "/")
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with a branch `work` that was begun, and a `main` that went on."""
    one = Repository(tmp_path / "repository")
    one.commit(site__a="1", site__b="1", site__gone="1", other="1")
    one.git("checkout", "-q", "-b", "work")
    one.commit(site__a="2", site__gone=None, other="2")
    one.git("checkout", "-q", "main")
    one.commit(site__b="2")
    one.git("checkout", "-q", "work")
    return one


def refused(folder: Path, base: str) -> str:
    """Return the sentence that says why nobody can tell what was changed."""
    with pytest.raises(Problems) as error:
        changed(str(folder), base)
    (problem,) = error.value.problems
    assert problem.code == "base"
    return problem.say()[0]


def test_since_the_branches_parted(repository: Repository) -> None:
    """What others changed meanwhile is not ours; what we removed, wrote and did not commit yet is."""
    site = repository.folder / "site"
    assert changed(str(site), "main") == ("a", "gone")
    repository.write(site__new="1", site__b="3")
    assert changed(str(site), "main") == ("a", "b", "gone", "new")
    assert changed(str(repository.folder), "main") == ("other", "site/a", "site/b", "site/gone", "site/new")
    assert changed(str(site), repository.git("rev-parse", "main").strip()) == ("a", "b", "gone", "new")
    assert prefix(str(site)) == "site/"
    assert prefix(str(repository.folder)) == ""


@pytest.mark.parametrize(
    "name", ["ä ö.md", 'quo"te', "back\\slash", "new\nline", "-rf", "tab\t", " ", "*", ":(top)x", "x\udcff"]
)
def test_odd_names(repository: Repository, name: str) -> None:
    """Whatever a file is called, it is named as it is, committed or not."""
    folder = repository.folder / "site" / "deep"
    folder.mkdir()
    (folder / name).write_text("1")
    assert f"deep/{name}" in changed(str(repository.folder / "site"), "main")
    repository.commit()
    assert f"deep/{name}" in changed(str(repository.folder / "site"), "main")


@pytest.mark.parametrize(
    "base",
    [
        "nobody",
        "--help",
        "-",
        "--output=evil",
        "main..work",
        "HEAD:site",
        "",
        "a b",
        "\n",
        "$(touch evil)",
        ":/change",
        "x\0y",
    ],
)
def test_unknown_names(repository: Repository, base: str) -> None:
    """What names no commit is told in a sentence; nothing that looks like an option is one."""
    assert "knows no" in refused(repository.folder, base) or base == ":/change"
    assert not (repository.folder / "evil").exists()


def test_no_repository(tmp_path: Path) -> None:
    """Outside of a repository, that is what is said; the command goes on without a prefix."""
    assert "no copy of a repository" in refused(tmp_path, "main")
    assert prefix(str(tmp_path)) == ""
    Repository(tmp_path / "empty")
    assert "knows no" in refused(tmp_path / "empty", "main")


def test_history_that_is_cut_off(repository: Repository, tmp_path: Path) -> None:
    """A shallow copy, as workflows make it, is told how to become a whole one; so are histories without a common beginning."""
    repository.git("checkout", "-q", "--orphan", "island")
    repository.commit(site__a="3")
    assert "does not reach back" in refused(repository.folder, "main")
    copy = tmp_path / "copy"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", "--no-single-branch", f"file://{repository.folder}", str(copy)],
        check=True,
        capture_output=True,
    )
    assert "does not reach back" in refused(copy, "origin/work")


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without Git there is a sentence too."""
    monkeypatch.setenv("PATH", "/nonexistent")
    assert "does not answer" in refused(repository.folder, "main")


def test_nothing_of_the_repository_is_run(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither settings of the repository nor variables of the environment make a comparison run a program."""
    evil = repository.folder / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {repository.folder}/ran\n")
    evil.chmod(0o755)
    (repository.folder / "site/.gitattributes").write_text("* diff=evil filter=evil\n")
    for name in ("diff.external", "diff.evil.command", "diff.evil.textconv", "core.fsmonitor", "core.pager"):
        repository.git("config", name, str(evil))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(evil))
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    assert "a" in changed(str(repository.folder / "site"), "main")
    assert not (repository.folder / "ran").exists()


def check(site: Site, *options: str) -> Run:
    """Run ``check`` on a site."""
    return site.checkout.run("check", "--site", str(site.folder), "--today", TODAY, "--lang", "en", *options)


def test_the_command(site: Site) -> None:
    """What somebody changed comes first, with the completeness of their profile; hints elsewhere are not listed."""
    repository = Repository(site.folder)
    repository.commit()
    repository.git("checkout", "-q", "-b", "work")
    site.profile("ida", status="nonsense", topics=["nothing"])
    site.replace("profiles/mara/profile.md", '"Mara Tester"', '"Mara Tester"\nsummary: I build')
    site.replace("content/hooks/winter.md", "2026-12-31", "31.12.2026")
    repository.git("add", "content/hooks")
    repository.git("commit", "-q", "-m", "elsewhere")
    repository.git("branch", "-f", "main")
    run = check(site, "--base", "main")
    lines = run.out.splitlines()
    assert run.code == 1
    assert lines[0] == "In what you changed:"
    assert lines[1].startswith("profiles/ida/profile.md:")
    assert lines.index("In other files:") < lines.index(
        next(line for line in lines if line.startswith("content/hooks"))
    )
    assert [line for line in lines if line.startswith("Mara Tester: ") and "% complete." in line]
    assert not [line for line in lines if line.startswith("Jonas Tester: ")]
    content = json.loads(check(site, "--base", "main", "--format", "json").out)
    assert content["changed"] == ["profiles/ida/profile.md", "profiles/mara/profile.md"]
    assert content["problems"][0]["path"] == "profiles/ida/profile.md"
    assert content["problems"][0]["why"]


def test_exit_codes(site: Site) -> None:
    """1 only for problems, 2 where --base leads to nothing, with a sentence and no traceback."""
    Repository(site.folder).commit()
    assert check(site).code == check(site, "--base", "main").code == 0
    run = check(site, "--base", "nobody", "--format", "json")
    assert (run.code, run.out) == (2, "")
    assert (
        run.err
        == "tasks.py check: the repository knows no nobody (name a branch, like origin/main, and fetch it first)\n"
    )
    assert check(site, "--format", "xml").code == 2
    site.profile("ida", status="nonsense")
    for form in ("text", "json", "github", "gitlab", "sarif", "markdown"):
        assert check(site, "--format", form).code == 1
    site.settings(CONSENT=1)
    for form, sign in (("github", "::error file=pelicanconf.py"), ("gitlab", "["), ("sarif", "{"), ("markdown", "###")):
        run = check(site, "--format", form)
        assert (run.code, run.out.startswith(sign)) == (1, True), form


def test_paths_lead_from_the_top(site: Site, tmp_path: Path) -> None:
    """Where the site is a folder of its repository, forges get paths from the top of it."""
    Repository(tmp_path).commit()
    site.profile("ida", status="nonsense")
    assert "::error file=site/profiles/ida/profile.md,line=7," in check(site, "--format", "github").out
    assert json.loads(check(site, "--format", "gitlab").out)[0]["location"]["path"] == "site/profiles/ida/profile.md"


def test_all_profiles(site: Site) -> None:
    """--profiles says of everybody how complete their profile is."""
    lines = check(site, "--profiles").out.splitlines()
    assert len([line for line in lines if "% complete." in line]) == 3
    assert "Ida Tester: 35 % complete. Still missing: a portrait, a short biography to copy," in "\n".join(lines)
