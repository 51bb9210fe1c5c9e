"""What GitHub tells a repository's workflows, and what they do then."""

from __future__ import annotations

from runners.forge import TOKEN, Pull
from runners.github import Job
from runners.world import World


def checked(world: World, pull: Pull) -> dict[str, Job]:
    """Run what a pull request starts, with its own code and workflow; the token may only read."""
    world.github.token = "token-that-may-only-read"
    event = {"pull_request": {"number": pull.number, "base": {"sha": world.forge.sha()}, "head": {"sha": pull.sha}}}
    return world.github.run("check.yml", "pull_request", event, f"refs/pull/{pull.number}/merge")


def reviewed(world: World, pull: Pull, jobs: dict[str, Job]) -> dict[str, Job]:
    """Run what follows, with the code of the main branch and a token that has rights."""
    world.github.token = TOKEN
    failed = any(job.result == "failure" for job in jobs.values())
    run = {
        "event": "pull_request",
        "conclusion": "failure" if failed else "success",
        "head_sha": pull.sha,
        "head_branch": pull.branch,
        "head_repository": {"full_name": f"{pull.owner}/experts", "owner": {"login": pull.owner}},
        "html_url": f"{world.forge.url}/example/experts/actions/runs/1",
    }
    return world.github.run("review.yml", "workflow_run", {"workflow_run": run}, "main")


def published(world: World, event_name: str, before: str = "") -> dict[str, Job]:
    """Run what a push or the schedule starts on the main branch, which publishes to a branch."""
    world.github.token = TOKEN
    target = {"PUBLISH_TO": "gh-pages", "PUBLISH_TARGET": str(world.forge.origin)}
    world.github.variables = target | {"SITE_URL": f"{world.forge.url}/site/"}
    event = {"before": before} if event_name == "push" else {}
    return world.github.run("publish.yml", event_name, event, "main")


def logs(jobs: dict[str, Job]) -> str:
    """Return all that the jobs printed."""
    return "\n".join(f"== {name}\n{job.log}" for name, job in jobs.items())
