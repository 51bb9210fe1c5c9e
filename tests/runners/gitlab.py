"""Runs GitLab's pipelines on this machine: which jobs there are follows from the rules, their scripts are run by bash."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import Any, NamedTuple

import yaml

from .forge import NAME, LocalForge
from .machine import Machine

BASH = ["bash", "-eo", "pipefail", "-c"]
LEFT_OUT = ("bash .ci/run",)  # it would start these tests again
NO_JOBS = ("workflow", "stages", "variables", "default")
COMPARED = re.compile(r'\$(\w+)(?:\s*(==|!=)\s*(?:"([^"]*)"|\$(\w+)))?$')


class Job(NamedTuple):
    """How a job ended and what it printed; `environment` is where GitLab says that it can be seen."""

    ok: bool
    log: str
    environment: str


class GitLab:
    """A runner of pipelines for one forge."""

    def __init__(self, forge: LocalForge, machine: Machine) -> None:
        """`variables` are those of the project's settings; the protected ones are for protected branches."""
        self.forge, self.machine = forge, machine
        self.variables: dict[str, str] = {}
        self.protected: dict[str, str] = {}

    def run(self, source: str, revision: str, changes: tuple[str, ...] = (), **known: str) -> dict[str, Job]:
        """Run the pipeline of an event (`source`) for a revision; its jobs by name, in order.

        `changes` are the files that differ, for rules that ask.  A merge request's pipeline has no branch.
        """
        variables, jobs = self._pipeline(source, revision, changes, known)
        done: dict[str, Job] = {}
        for name, job in jobs.items():
            before = [other for other in done if jobs[other]["stage"] != job["stage"]]
            done[name] = (
                self.job(name, job, revision, variables, job.get("needs", before))
                if all(done[other].ok for other in before)
                else Job(False, "not started", "")
            )
        return done

    def chosen(self, source: str, revision: str, changes: tuple[str, ...] = (), **known: str) -> list[str]:
        """The jobs that a pipeline would have, in order."""
        return list(self._pipeline(source, revision, changes, known)[1])

    def _pipeline(
        self, source: str, revision: str, changes: tuple[str, ...], known: dict[str, str]
    ) -> tuple[dict[str, str], dict[str, Any]]:
        text = self.forge.show(revision, ".gitlab-ci.yml")
        assert text is not None
        content = yaml.safe_load(text)
        of_main = source != "merge_request_event"
        variables = {
            **content["variables"],
            "GITLAB_CI": "true",
            "CI_PIPELINE_SOURCE": source,
            "CI_DEFAULT_BRANCH": "main",
            "CI_COMMIT_REF_SLUG": "some-branch",
            "CI_PROJECT_PATH": NAME,
            "CI_PROJECT_URL": f"{self.forge.url}/{NAME}",
            "CI_API_V4_URL": f"{self.forge.url}/api/v4",
            "CI_PAGES_DOMAIN": "pages.example",
            "CI_JOB_ID": "4711",
            **({"CI_COMMIT_BRANCH": "main"} if of_main else {}),
            **self.variables,
            **(self.protected if of_main else {}),
            **known,
        }
        if not applies(content["workflow"]["rules"], variables, changes):
            return variables, {}
        jobs = {name: merged(content, job) for name, job in content.items() if name not in NO_JOBS and name[0] != "."}
        fitting = {name: job for name, job in jobs.items() if applies(job["rules"], variables, changes)}
        order = sorted(fitting, key=lambda name: content["stages"].index(fitting[name]["stage"]))
        return variables, {name: fitting[name] for name in order}

    def job(self, name: str, job: dict[str, Any], revision: str, known: dict[str, str], needs: list[str]) -> Job:
        """Run a job, with the artifacts of those that it needs."""
        if job["script"] == list(LEFT_OUT):
            return Job(True, "left out", "")
        machine = self.machine
        machine.empty()
        machine.checkout(self.forge.origin, revision)
        variables = {**known, "CI_JOB_NAME": name, **job.get("variables", {})}
        for cache in job.get("cache", []):
            machine.restore("cache", [self.key(cache, variables)])
        pipeline = self.forge.sha(revision)
        for other in needs:
            machine.restore("artifact", [f"{pipeline}/{other}"])
        result = machine.shell(BASH, "\n".join(job["script"]), machine.environment(**variables))
        for cache in job.get("cache", []):
            machine.store("cache", self.key(cache, variables), cache["paths"])
        artifacts = job.get("artifacts", {})
        if result.code == 0 or artifacts.get("when") == "always":
            machine.store("artifact", f"{pipeline}/{name}", artifacts.get("paths", []))
        dotenv = artifacts.get("reports", {}).get("dotenv")
        told = (machine.work / dotenv).read_text("utf-8").splitlines() if dotenv else []
        variables |= dict(line.split("=", 1) for line in told)
        return Job(result.code == 0, result.log, filled(job.get("environment", {}).get("url", ""), variables))

    def key(self, cache: dict[str, Any], variables: dict[str, str]) -> str:
        """The key of a cache; GitLab keeps those of protected branches apart."""
        key = cache["key"]
        if isinstance(key, dict):
            key = f"{key['prefix']}-{self.machine.hash_files(*key['files'])}"
        return filled(key, variables) + ("-protected" if "CI_COMMIT_BRANCH" in variables else "-non_protected")


def merged(content: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    """A job with what it extends."""
    extends = job.get("extends", [])
    result: dict[str, Any] = {}
    for name in [extends] if isinstance(extends, str) else extends:
        result |= content[name]
    return result | job


def applies(rules: list[dict[str, Any]], variables: dict[str, str], changes: tuple[str, ...]) -> bool:
    """Whether the first rule that fits lets a job or pipeline be."""
    for rule in rules:
        changed = any(fits(path, pattern) for path in changes for pattern in rule.get("changes", []))
        if ("if" not in rule or holds(rule["if"], variables)) and ("changes" not in rule or changed):
            return rule.get("when") != "never"
    return False


def fits(path: str, pattern: str) -> bool:
    """Whether a path fits a pattern like ``tests/**/*``; without a slash, only files at the top do."""
    if "/" not in pattern:
        return "/" not in path and fnmatch(path, pattern)
    return fnmatch(path, pattern.replace("**/*", "*"))


def holds(condition: str, variables: dict[str, str]) -> bool:
    """Whether a rule's ``if`` holds: comparisons joined by && and ||, && first."""
    return any(all(_compare(part.strip(), variables) for part in both.split("&&")) for both in condition.split("||"))


def _compare(part: str, variables: dict[str, str]) -> bool:
    match = COMPARED.match(part)
    assert match, f"{part} is not understood"
    left = variables.get(match[1], "")
    if not match[2]:
        return left != ""
    right = match[3] if match[3] is not None else variables.get(match[4], "")
    return (left == right) is (match[2] == "==")


def filled(text: str, variables: dict[str, str]) -> str:
    """A text with its variables replaced."""
    return re.sub(r"\$(\w+)", lambda match: variables.get(match[1], ""), text)
