"""GitHub's workflows, run: what employees and strangers propose, what is merged, what is published."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from runners.github import Job
from runners.world import World

from .events import checked, logs, published, reviewed

pytestmark = pytest.mark.slow

TAKING = """\
import os, sys
with open(os.environ["HOME"] + "/taken", "a") as file:
    file.write(os.environ.get("FORGE_TOKEN", "nothing") + "\\n")
"""


def results(jobs: dict[str, Job]) -> dict[str, str]:
    """Return how the jobs ended."""
    return {name: job.result for name, job in jobs.items()}


def test_an_owner_merges_by_herself(github: World) -> None:
    """What an owner changes in her own folder is checked, shown, commented on, merged, and starts the publishing."""
    github.edit("mara", "Was mara sagt", "Was mara heute sagt")
    pull = github.propose("mara-l")
    check = checked(github, pull)
    assert results(check) == {"check": "success", "test": "skipped"}, logs(check)
    preview = github.machine.stored / "artifact/preview/preview/experts/mara/index.html"
    assert "Was mara heute sagt" in preview.read_text("utf-8")

    jobs = reviewed(github, pull, check)
    assert results(jobs) == dict.fromkeys(("judge", "comment", "merge"), "success"), logs(jobs)
    (comment,) = github.forge.comments[pull.number]
    assert "heute" in comment["body"]
    assert b"Was mara heute sagt" in (github.forge.show("main", "profiles/mara/profile.md") or b"")
    assert [path.rsplit("/", 2)[-2:] for _, path, _ in github.forge.said][-2:] == [
        [str(pull.number), "merge"],
        ["publish.yml", "dispatches"],
    ]
    assert github.forge.said[-1][2] == {"ref": "main"}


def test_a_stranger_is_told_and_waits(github: World) -> None:
    """Somebody else's profile and other code: no command with rights runs that code, and a person has to decide."""
    github.edit("mara", "Was mara sagt", "Was jemand anders sagt")
    for name in ("tasks.py", "pelicanconf.py", "plugins/experts/__init__.py"):
        github.site.put(name, TAKING + github.site.read(name).replace("from __future__ import annotations\n", ""))
    pull = github.propose("stranger")
    check = checked(github, pull)
    assert check["check"].outputs == {"code": "true"}, logs(check)
    assert check["test"].result == "success"  # left out here, but it would run
    taken = github.machine.folder / "home/taken"
    assert set(taken.read_text().split()) == {"nothing"}  # it ran, and there was no token
    taken.unlink()

    jobs = reviewed(github, pull, check)
    assert results(jobs) == {"judge": "success", "comment": "success", "merge": "skipped"}, logs(jobs)
    assert not taken.exists()
    assert jobs["judge"].outputs == {"number": str(pull.number), "verdict": "review"}
    assert len(github.forge.comments[pull.number]) == 1
    assert not github.forge.merged


def test_problems_are_told_where_they_are(github: World) -> None:
    """A mistake fails the check with its line, and nothing merges, whoever made it; the comment says what would be right."""
    github.edit("mara", '"heat"', '"heet"')
    pull = github.propose("mara-l")
    check = checked(github, pull)
    assert check["check"].result == "failure"
    assert "::error file=profiles/mara/profile.md,line=" in check["check"].log
    jobs = reviewed(github, pull, check)
    assert results(jobs) == {"judge": "success", "comment": "success", "merge": "skipped"}, logs(jobs)
    (comment,) = github.forge.comments[pull.number]
    assert "heet" in comment["body"]
    (status,) = [body for _, path, body in github.forge.said if "/statuses/" in path]
    assert status["state"] == "failure"


def test_what_came_later_is_left_alone(github: World) -> None:
    """When more was pushed while the check ran, its review ends without a word: the newer commit has a review of its own."""
    github.edit("mara", "Was mara sagt", "Was mara heute sagt")
    pull = github.propose("mara-l")
    github.forge.pulls[pull.number] = pull._replace(sha=github.forge.sha())
    jobs = reviewed(github, pull, {})
    assert results(jobs) == {"judge": "success", "comment": "skipped", "merge": "skipped"}, logs(jobs)
    assert github.forge.said == []


def test_publishing(github: World) -> None:
    """A push builds, publishes and verifies; the next one uses what was made before; a night takes away whom it is time for."""
    github.site.profile("ida", left="2026-11-24")
    before, _ = github.push("Ida will leave")
    first = published(github, "push", before)
    assert results(first) == {
        "test": "success",
        "build": "success",
        "residue": "success",
        "pages": "skipped",
        "branch": "success",
        "server": "skipped",
    }, logs(first)
    assert "left out" not in first["test"].log  # only content has changed
    assert github.forge.show("gh-pages", "experts/ida/index.html")

    github.edit("mara", "Was mara sagt", "Was mara heute sagt")
    before, _ = github.push("Change a headline")
    second = published(github, "push", before)
    assert results(second) == results(first), logs(second)
    assert first["build"].steps["restored .cache"] == ""
    assert second["build"].steps["restored .cache"].startswith("made-")
    assert b"Was mara heute sagt" in (github.forge.show("gh-pages", "experts/mara/index.html") or b"")

    github.machine.today = "2026-11-24"
    night = published(github, "schedule")
    assert results(night) == {**results(first), "test": "skipped"}, logs(night)
    assert github.forge.show("gh-pages", "experts/ida/index.html") is None
    assert github.forge.show("gh-pages", "experts/mara/index.html")


def test_code_is_tested_before_it_publishes(github: World) -> None:
    """A push that changes more than profiles and content runs all tests first."""
    github.site.put("theme/note.txt", "x\n")
    before, _ = github.push("Change the theme")
    github.github.variables = {}
    jobs = github.github.run("publish.yml", "push", {"before": before}, "main")
    assert jobs["test"].steps["bash .ci/run"] == "left out"
    assert results(jobs) == {
        **dict.fromkeys(("pages", "branch", "server"), "skipped"),
        "test": "success",
        "build": "success",
        "residue": "success",
    }
    assert "PUBLISH_TO is not set" in jobs["build"].log


def test_publishing_to_pages(github: World) -> None:
    """GitHub Pages gets the whole site, hidden files too, and it is verified at the address that Pages tells."""
    github.github.variables = {"PUBLISH_TO": "pages"}
    jobs = github.github.run("publish.yml", "workflow_dispatch", {}, "main")
    assert results(jobs) == {
        "test": "skipped",
        "build": "success",
        "residue": "success",
        "pages": "success",
        "branch": "skipped",
        "server": "skipped",
    }, logs(jobs)
    assert github.forge.pages
    assert (github.forge.pages / ".our-experts").exists()


@pytest.mark.skipif(not shutil.which("rsync"), reason="needs rsync, which python3 tasks.py test installs on Debian")
def test_publishing_to_a_server(github: World, tmp_path: Path) -> None:
    """The job for servers brings the site to an rsync server, with the key where SSH looks for it and nobody else reads it."""
    live, port = tmp_path / "live", 20_000 + os.getpid() % 20_000
    live.mkdir()
    module = f"use chroot = no\nuid = {os.getuid()}\ngid = {os.getgid()}\n[site]\npath = {live}\nread only = no\n"
    (tmp_path / "rsyncd.conf").write_text(module)
    options = ["--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}", f"--config={tmp_path}/rsyncd.conf"]
    server = subprocess.Popen(["rsync", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        github.github.variables = {"PUBLISH_TO": "rsync", "PUBLISH_TARGET": f"rsync://127.0.0.1:{port}/site"}
        github.github.secrets = {"SSH_KEY": "a key"}
        jobs = github.github.run("publish.yml", "schedule", {}, "main")
    finally:
        server.terminate()
        server.wait(10)
    assert jobs["server"].result == "success", logs(jobs)
    assert (live / "experts/mara/index.html").is_file()
    key = github.machine.folder / "home/.ssh/id_ed25519"
    assert (key.read_text(), key.stat().st_mode & 0o777) == ("a key\n", 0o600)
