"""Our own rules for workflows: what pull requests may do, what is pinned, and that every command line is one we have."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from experts import cli, console

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github/actions").glob("*/action.yml"))
PIPELINE = ROOT / ".gitlab-ci.yml"
PINNED = re.compile(r"uses: (?:\./\S+|actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$")
COMMAND = re.compile(r"(?<!: )python3 tasks\.py (.*?)(?=\s*(?:\||>|;|&&|$))", re.MULTILINE)
VALUES = {
    "NUMBER": "7",
    "OPTIONS": "--all",
    "PUBLISH_OPTIONS": "--all",
    "number": "7",
    "SHA": "a" * 40,
    "sha": "a" * 40,
    "TO": "s3",
    "PUBLISH_TO": "s3",
    "APPROVE": "",
    "RUN": "https://example.com/runs/1",
}


def loaded(path: Path) -> dict[Any, Any]:
    """Return the content of a file; YAML 1.1 reads the key ``on`` as true."""
    content = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def jobs() -> Iterator[tuple[str, dict[str, Any], dict[Any, Any]]]:
    """Return every job of GitHub's workflows, with its workflow."""
    for path in WORKFLOWS:
        content = loaded(path)
        for name, job in content["jobs"].items():
            yield f"{path.name}: {name}", job, content


def scripts() -> Iterator[str]:
    """Return all commands that any workflow runs."""
    for _, job, _ in jobs():
        yield from (step["run"] for step in job["steps"] if "run" in step)
    for path in ACTIONS:
        yield from (step["run"] for step in loaded(path)["runs"]["steps"] if "run" in step)
    for job in loaded(PIPELINE).values():
        yield from job.get("script", []) if isinstance(job, dict) else []


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.parent.name + "/" + path.name)
def test_every_action_is_pinned(path: Path) -> None:
    """An action is one of GitHub's own, by the hash of a commit with its version beside it; a tag can be moved."""
    stripped = [line.strip().removeprefix("- ") for line in path.read_text("utf-8").splitlines()]
    lines = [line for line in stripped if line.startswith("uses:")]
    assert [line for line in lines if not PINNED.match(line)] == []


def test_one_version_of_an_action() -> None:
    """The same action has the same hash and version everywhere."""
    text = "".join(path.read_text("utf-8") for path in [*WORKFLOWS, *ACTIONS])
    found = set(re.findall(r"uses: (actions/[a-z-]+)[\w/-]*@(\w+) # (\S+)", text))
    assert len({name for name, _, _ in found}) == len(found)


def test_rights_are_given_job_by_job() -> None:
    """A workflow gives no rights; each job names its own, has a time limit, and jobs of one kind do not run into each other."""
    for name, job, workflow in jobs():
        assert workflow["permissions"] == {}, name
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 45, name
        assert workflow["concurrency"]["group"], name


def test_rights_are_the_least() -> None:
    """Who may write what is a short list; everybody else may read the repository's content."""
    rights = {name: {f"{what}: {right}" for what, right in job["permissions"].items()} for name, job, _ in jobs()}
    more = {name: found - {"contents: read"} for name, found in rights.items() if found != {"contents: read"}}
    assert more == {
        "review.yml: judge": {"pull-requests: read"},
        "review.yml: comment": {"pull-requests: write", "statuses: write"},
        "review.yml: merge": {"actions: write", "contents: write", "pull-requests: write"},
        "publish.yml: pages": {"id-token: write", "pages: write"},
        "publish.yml: branch": {"contents: write"},
        "links.yml: propose": {"contents: write", "pull-requests: write"},
    }


def test_no_workflow_runs_strangers_code_with_rights() -> None:
    """Events are few: ``pull_request_target`` is none of them, and what runs on ``pull_request`` only reads, without secrets."""
    events = {path.name: set(loaded(path)[True]) for path in WORKFLOWS}
    assert events == {
        "check.yml": {"pull_request"},
        "links.yml": {"schedule", "workflow_dispatch"},
        "publish.yml": {"push", "schedule", "workflow_dispatch"},
        "review.yml": {"workflow_run"},
    }
    check = (ROOT / ".github/workflows/check.yml").read_text("utf-8")
    assert "secrets" not in check
    assert "github.token" not in check
    assert "write" not in [
        right for job in yaml.safe_load(check)["jobs"].values() for right in job["permissions"].values()
    ]


def test_the_review_takes_nothing_from_the_pull_request() -> None:
    """The trusted workflow checks out the main branch only, and downloads nothing but what it made itself."""
    for name, job, _ in jobs():
        if not name.startswith("review.yml"):
            continue
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}", name
            if step.get("uses", "").startswith("actions/download-artifact@"):
                assert step["with"].keys() == {"name", "path"}, name  # no other run is named
            assert not re.search(r"git (checkout|switch|worktree|reset|restore|merge|pull)", step.get("run", "")), name


def test_nothing_is_inserted_into_commands() -> None:
    """Commands hold no expressions: what somebody else may choose (a branch's name, a title) is a variable of the environment."""
    assert [script for script in scripts() if "${{" in script] == []


def test_checkouts_leave_no_credentials() -> None:
    """No step finds the token in the clone that a step before it made."""
    for name, job, _ in jobs():
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name


def test_tests_run_where_code_changes() -> None:
    """Both forges run all tests as developers do, for proposals and for the main branch, and only where more than content changes."""
    for name in ("check.yml", "publish.yml"):
        job = loaded(ROOT / ".github/workflows" / name)["jobs"]["test"]
        assert job["steps"][-1]["run"] == "bash .ci/run"
    test = loaded(PIPELINE)["test"]
    assert test["script"] == ["bash .ci/run"]
    assert not any(pattern.startswith(("profiles", "content")) for pattern in test["rules"][0]["changes"])
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and path.joinpath("__init__.py").parent.exists()}
    covered = {pattern.partition("/")[0] for pattern in test["rules"][0]["changes"]}
    tracked = {"plugins", "tests", "theme", ".ci", ".github"} & folders
    assert tracked <= covered


def test_the_nightly_build_publishes() -> None:
    """The schedule runs the same workflow as a push, and its time is soon after the end of a day in Berlin, all year."""
    (schedule,) = loaded(ROOT / ".github/workflows/publish.yml")[True]["schedule"]
    minute, hour, *rest = schedule["cron"].split()
    assert (hour, rest) == ("23", ["*", "*", "*"])
    assert 0 < int(minute) < 60


def lines() -> list[str]:
    """Return all command lines of ours, each once."""
    found = [line for script in scripts() for line in COMMAND.findall(script)]
    assert len(found) > 20
    return sorted({line.replace("|| [ $? = 1 ]", "").strip() for line in found})


@pytest.mark.parametrize("line", lines())
def test_every_command_line_is_understood(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command line of a workflow has the options that its command has."""
    seen: list[argparse.Namespace] = []

    def kept(_: Callable[..., int], arguments: argparse.Namespace) -> int:
        seen.append(arguments)
        return 0

    monkeypatch.setattr(console, "run", kept)
    filled = re.sub(r"\$\{?(\w+)\}?", lambda match: VALUES.get(match[1], "value"), line)
    name, *arguments = shlex.split(filled)
    assert import_module(cli.COMMANDS[name]).command(arguments) == 0
    assert seen
