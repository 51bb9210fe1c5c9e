"""GitLab's pipelines, run: what employees and strangers propose, what is merged, what is published."""

from __future__ import annotations

import json

import pytest
from runners.forge import TOKEN, Pull
from runners.gitlab import Job
from runners.world import World

pytestmark = pytest.mark.slow

CONTENT = ("profiles/mara/profile.md",)


def checked(world: World, pull: Pull, *changes: str) -> dict[str, Job]:
    """Run a merge request's pipeline; it sees no protected variable."""
    world.gitlab.protected = {"FORGE_TOKEN": TOKEN}
    base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": world.forge.sha()}
    return world.gitlab.run("merge_request_event", pull.sha, changes or CONTENT, **base)


def reviewed(world: World, pull: Pull) -> dict[str, Job]:
    """Run the pipeline that the project's webhook starts on the main branch."""
    world.gitlab.protected = {"FORGE_TOKEN": TOKEN}
    event = world.machine.folder / "event.json"
    event.write_text(json.dumps({"object_kind": "merge_request", "object_attributes": {"iid": pull.number}}))
    return world.gitlab.run("trigger", "main", TRIGGER_PAYLOAD=str(event))


def logs(jobs: dict[str, Job]) -> str:
    """Return all that the jobs printed."""
    return "\n".join(f"== {name}\n{job.log}" for name, job in jobs.items())


def test_an_owner_merges_by_herself(gitlab: World) -> None:
    """What an owner changes in her own folder is checked, shown with an address, commented on and merged."""
    gitlab.edit("mara", "Was mara sagt", "Was mara heute sagt")
    pull = gitlab.propose("mara-l")
    check = checked(gitlab, pull)
    assert {name: job.ok for name, job in check.items()} == {"check": True, "preview": True}, logs(check)
    address = "https://example.pages.example/-/experts/-/jobs/4711/artifacts/public/index.html"
    assert check["preview"].environment == address
    shown = gitlab.machine.stored / "artifact" / pull.sha / "preview/public/experts/mara/index.html"
    assert "Was mara heute sagt" in shown.read_text("utf-8")

    jobs = reviewed(gitlab, pull)
    assert {name: job.ok for name, job in jobs.items()} == {"review": True}, logs(jobs)
    assert "heute" in gitlab.forge.comments[pull.number][0]["body"]
    assert gitlab.forge.merged == {pull.number}
    again = reviewed(gitlab, pull)  # the webhook tells of the merging, too
    assert again["review"].ok, logs(again)
    assert len(gitlab.forge.comments[pull.number]) == 1


def test_a_stranger_is_told_and_waits(gitlab: World) -> None:
    """Somebody else's profile, with code: the check runs it without a token, the review does not run it."""
    gitlab.edit("mara", "Was mara sagt", "Was jemand anders sagt")
    taking = (
        'import os\nopen(os.environ["HOME"] + "/taken", "a").write(os.environ.get("FORGE_TOKEN", "nothing") + " ")\n'
    )
    gitlab.site.put("pelicanconf.py", taking + gitlab.site.read("pelicanconf.py"))
    pull = gitlab.propose("stranger")
    check = checked(gitlab, pull, *CONTENT, "pelicanconf.py")
    assert set(check) == {"check", "preview", "test"}
    taken = gitlab.machine.folder / "home/taken"
    assert set(taken.read_text().split()) == {"nothing"}
    taken.unlink()
    jobs = reviewed(gitlab, pull)
    assert jobs["review"].ok, logs(jobs)
    assert not taken.exists()
    assert len(gitlab.forge.comments[pull.number]) == 1
    assert not gitlab.forge.merged


def test_publishing(gitlab: World) -> None:
    """A push builds, publishes and verifies; a night takes away whom it is time for."""
    gitlab.site.profile("ida", left="2026-11-24")
    gitlab.push("Ida will leave")
    gitlab.gitlab.variables = {
        "PUBLISH_TO": "gh-pages",
        "PUBLISH_TARGET": str(gitlab.forge.origin),
        "SITE_URL": f"{gitlab.forge.url}/site/",
    }
    jobs = gitlab.gitlab.run("push", "main", CONTENT)
    assert {name: job.ok for name, job in jobs.items()} == dict.fromkeys(
        ("build", "residue", "publish", "verify"), True
    ), logs(jobs)
    assert gitlab.forge.show("gh-pages", "experts/ida/index.html")
    gitlab.machine.today = "2026-11-24"
    night = gitlab.gitlab.run("schedule", "main")
    assert {name: job.ok for name, job in night.items()} == dict.fromkeys(
        ("build", "residue", "publish", "verify"), True
    ), logs(night)
    assert gitlab.forge.show("gh-pages", "experts/ida/index.html") is None
    assert gitlab.forge.show("gh-pages", "experts/mara/index.html")


def test_what_is_chosen_to_run(gitlab: World) -> None:
    """Each event has its jobs; code is tested before it publishes; a branch that is not the main one has no pipeline of its own."""
    gitlab.gitlab.variables = {"PUBLISH_TO": "pages", "SITE_URL": "https://example.pages.example/"}
    chosen = gitlab.gitlab.chosen
    assert chosen("push", "main", ("theme/note.txt",)) == ["test", "build", "residue", "pages", "verify"]
    assert chosen("push", "main", CONTENT) == ["build", "residue", "pages", "verify"]
    assert chosen("schedule", "main", CONTENT) == ["build", "residue", "pages", "verify"]
    assert chosen("merge_request_event", "main", ("plugins/experts/cli.py",)) == ["check", "preview", "test"]
    assert chosen("push", "main", CONTENT, CI_COMMIT_BRANCH="patch-1") == []
