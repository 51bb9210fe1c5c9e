"""The way out of Git's history, as CONTRIBUTING.md describes it: its own commands, on a real repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from factory import ROOT, png

from .places import NAME, SLUG, committed, everywhere, forget, git

HEADING = "## Out of the history"
BINARIES = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"


def described() -> tuple[list[str], list[str], list[str]]:
    """Return the commands of the document: those that clean, those that look, those that send."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    section = text[text.index(HEADING) :].split("\n## ")[0]
    blocks = re.findall(r"(?:^ {7}\S.*\n)+", section, re.MULTILINE)
    assert len(blocks) == 3
    return tuple([line.strip() for line in block.splitlines()] for block in blocks)  # type: ignore[return-value]


def shell(folder: Path, commands: list[str], address: Path) -> str:
    """Run commands of the document in one shell, as somebody would type them."""
    lines = [
        line.replace("ADDRESS", str(address)).replace("their-short-name", SLUG).replace("Their Name", NAME)
        for line in commands
    ]
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(lines)], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": BINARIES, "GIT_CONFIG_GLOBAL": os.devnull},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def listed(folder: Path, commit: str) -> dict[str, str]:
    """The files of a commit: path -> Git's name for the content."""
    rows = git(folder, "ls-tree", "-r", commit).splitlines()
    return {path: facts.split()[2] for facts, path in (row.split("\t") for row in rows)}


def objects(folder: Path) -> str:
    """Everything that a repository holds, reachable or not."""
    found = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=folder, capture_output=True, check=True
    )
    return found.stdout.decode("latin-1")


@pytest.mark.skipif(not shutil.which("git-filter-repo", path=BINARIES), reason="git-filter-repo is not installed")
def test_no_object_of_the_repository_names_them(tmp_path: Path) -> None:
    """After the commands of the document, no object holds the name, the short name or the portrait; all else is as it was."""
    site = everywhere(tmp_path / "site")
    committed(site)
    own = {"GIT_AUTHOR_NAME": NAME, "GIT_AUTHOR_EMAIL": "kim-z@example.com"}
    site.profile("else", headline="Else")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "Something else", **own)
    site.replace(f"profiles/{SLUG}/profile.md", "Ein Text", "Mein Text")
    git(site.folder, "commit", "-q", "-a", "-m", f"Edit {SLUG}", **own)
    git(site.folder, "branch", f"cms/profiles/{SLUG}")
    git(site.folder, "tag", "-a", "v1", "-m", f"With {NAME}")
    site.replace("content/stories/2026/two.md", "said so", "says so")
    git(site.folder, "commit", "-q", "-a", "-m", f"Quote {NAME} and Tamara")
    portrait = git(site.folder, "rev-parse", f"HEAD:profiles/{SLUG}/portrait.png")
    assert forget(site, "--yes", "--lists", str(tmp_path / "erase")) == 0
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "Remove a profile (1)")
    server = tmp_path / "server.git"
    git(tmp_path, "clone", "-q", "--mirror", str(site.folder), str(server))
    git(server, "update-ref", "refs/pull/1/head", "main~1")
    assert png(7).decode("latin-1") in objects(server)

    cleaning, looking, sending = described()
    shell(tmp_path, cleaning, server)
    clean = tmp_path / "erase" / "clean.git"
    assert shell(clean, looking, server).split() == ["0", "0"]
    found = objects(clean)
    for word in (NAME, SLUG, "kim-alt", "kim-z", png(7).decode("latin-1"), portrait):
        assert word.lower() not in found.lower()
    assert git(clean, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main", "refs/tags/v1"]

    subjects = git(clean, "log", "--reverse", "--format=%s", "main").splitlines()
    assert subjects == ["Begin", "Something else", "Quote somebody and Tamara", "Remove a profile (1)"]
    before = dict(
        zip(
            git(server, "log", "--reverse", "--format=%s", "main").splitlines(),
            git(server, "rev-list", "--reverse", "main").split(),
            strict=True,
        )
    )
    after = git(clean, "rev-list", "--reverse", "main").split()
    for subject, commit in zip(subjects, after, strict=True):
        old = listed(server, before[subject.replace("somebody", NAME)])
        new = listed(clean, commit)
        gone = old.keys() - new.keys()
        assert all(SLUG in path or Path(path).name.startswith(("alone", "shared")) for path in gone)
        assert new.keys() <= old.keys()
        differing = {path for path in new if new[path] != old[path]}
        assert all(re.search("(?i)kim", git(server, "cat-file", "blob", old[path])) for path in differing)
    assert listed(clean, "main") == listed(server, "main")

    shell(clean, sending, server)
    assert git(server, "rev-parse", "main") == git(clean, "rev-parse", "main")
    git(server, "update-ref", "-d", "refs/pull/1/head")
    shell(server, cleaning[-2:], server)  # your own server: the last two lines of step 2
    assert NAME not in objects(server)
