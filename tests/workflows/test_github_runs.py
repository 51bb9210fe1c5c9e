"""GitHub's workflows, run: what employees and strangers propose, what is merged, what is published."""

from __future__ import annotations


import pytest
from forges.forge import Pull
from forges.github import Job
from forges.world import World

pytestmark = pytest.mark.slow

HOSTILE = (
    'import os, sys\nopen(os.environ["HOME"] + "/taken", "a").write(os.environ.get("FORGE_TOKEN", "nothing") + "\\n")\n'
)


def checked(world: World, pull: Pull) -> dict[str, Job]:
    """Run what a pull request starts, with its own code and workflow; a stranger's token may only read."""
    world.github.token = "token-that-may-only-read"
    event = {"pull_request": {"number": pull.number, "base": {"sha": world.forge.sha()}, "head": {"sha": pull.sha}}}
    return world.github.run("check.yml", "pull_request", event, f"refs/pull/{pull.number}/merge")


def reviewed(world: World, pull: Pull, jobs: dict[str, Job]) -> dict[str, Job]:
    """Run what follows, with the code of the main branch and a token that has rights."""
    world.github.token = "token-with-rights"
    failed = any(job.result == "failure" for job in jobs.values())
    repository = {"full_name": f"{pull.owner}/experts", "owner": {"login": pull.owner}}
    run = {
        "event": "pull_request",
        "conclusion": "failure" if failed else "success",
        "head_sha": pull.sha,
        "head_branch": pull.branch,
        "head_repository": repository,
        "html_url": f"{world.forge.url}/example/experts/actions/runs/1",
    }
    return world.github.run("review.yml", "workflow_run", {"workflow_run": run}, "main")


def test_an_owner_merges_by_herself(github: World) -> None:
    """What an owner changes in her own folder is checked, shown, commented on, merged, and starts the publishing."""
    github.edit("mara", "Was mara sagt", "Was mara heute sagt")
    pull = github.propose("mara-l")
    check = checked(github, pull)
    assert check["check"].result == "success", check["check"].log
    assert check["test"].result == "skipped"
    preview = github.machine.stored / "artifact/preview/preview/experts/mara/index.html"
    assert "Was mara heute sagt" in preview.read_text("utf-8")
    jobs = reviewed(github, pull, check)
    log = "\n".join(job.log for job in jobs.values())
    assert {name: job.result for name, job in jobs.items()} == dict.fromkeys(
        ("judge", "comment", "merge"), "success"
    ), log
    (comment,) = github.forge.comments[pull.number]
    assert "Was mara heute sagt" in comment["body"]
    assert b"Was mara heute sagt" in (github.forge.show("main", "profiles/mara/profile.md") or b"")
    said = [(method, path.rsplit("/", 2)[-1]) for method, path, _ in github.forge.said]
    assert said[-2:] == [("PUT", "merge"), ("POST", "dispatches")]
    assert github.forge.said[-1][2] == {"ref": "main"}
