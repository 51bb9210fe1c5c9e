"""Runs GitHub's workflows on this machine: jobs in order, steps by bash, known actions by what they do here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .expressions import condition, interpolate, shown
from .forge import NAME, LocalForge
from .machine import Machine

BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
LEFT_OUT = ("bash .ci/run",)  # it would start these tests again


class Job(NamedTuple):
    """How a job ended: success, failure or skipped; its outputs; what each step printed, by its name or command."""

    result: str
    outputs: dict[str, str]
    steps: dict[str, str]

    @property
    def log(self) -> str:
        """All that the job printed."""
        return "\n".join(self.steps.values())


class GitHub:
    """A runner of workflows for one forge."""

    def __init__(self, forge: LocalForge, machine: Machine, token: str) -> None:
        """Jobs see `token` as ``github.token``."""
        self.forge, self.machine, self.token = forge, machine, token
        self.variables: dict[str, str] = {}
        self.secrets: dict[str, str] = {}

    def run(self, name: str, event_name: str, event: dict[str, Any], revision: str) -> dict[str, Job]:
        """Run a workflow of the main branch, or of the pull request itself if that is the event; its jobs by name."""
        text = self.forge.show(revision, f".github/workflows/{name}")
        assert text is not None
        workflow = yaml.safe_load(text)
        # YAML 1.1 reads the key `on` as true
        assert event_name in workflow[True], f"{name} does not run on {event_name}"
        event = {"repository": {"default_branch": "main", "full_name": NAME}, **event}
        context = {
            "event": event,
            "event_name": event_name,
            "repository": NAME,
            "server_url": self.forge.url,
            "sha": self.forge.sha(revision),
            "token": self.token,
        }
        done: dict[str, Job] = {}
        for key, job in workflow["jobs"].items():
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
            contexts = {
                "github": context,
                "vars": self.variables,
                "secrets": self.secrets,
                "needs": {need: {"result": done[need].result, "outputs": done[need].outputs} for need in needs},
                "runner": {"os": "Linux", "arch": "X64", "temp": str(self.machine.folder)},
            }
            done[key] = _Run(self, workflow, job, contexts, revision).job()
        return done


class _Run:
    """A job at work."""

    def __init__(
        self, runner: GitHub, workflow: dict[str, Any], job: dict[str, Any], contexts: dict[str, Any], revision: str
    ) -> None:
        self.runner, self.machine, self.description = runner, runner.machine, job
        self.revision = revision
        self.contexts = {**contexts, "steps": {}, "env": {}}
        self.environment = {**workflow.get("env", {}), **job.get("env", {})}
        self.failed = False
        self.steps: dict[str, str] = {}
        self.later: list[Any] = []

    def job(self) -> Job:
        """Run it, unless its condition says no."""
        needs = self.contexts["needs"].values()
        state = {
            "success": lambda: all(need["result"] == "success" for need in needs),
            "failure": lambda: any(need["result"] == "failure" for need in needs),
            **self.always(),
        }
        if not condition(str(self.description.get("if", "success()")), self.contexts, state):
            return Job("skipped", {}, {})
        self.machine.empty()
        for step in self.description["steps"]:
            self.step(step, self.contexts)
        for finish in self.later:
            finish()
        outputs = {key: self.filled(value) for key, value in self.description.get("outputs", {}).items()}
        return Job("failure" if self.failed else "success", outputs, self.steps)

    def always(self) -> dict[str, Any]:
        """The functions that mean the same for jobs and steps."""
        return {"always": lambda: True, "cancelled": lambda: False, "hashFiles": self.machine.hash_files}

    def functions(self) -> dict[str, Any]:
        """The functions of a step."""
        return {"success": lambda: not self.failed, "failure": lambda: self.failed, **self.always()}

    def filled(self, value: Any, contexts: Mapping[str, Any] | None = None) -> str:
        """A value of the workflow's file with its expressions replaced."""
        return interpolate(shown(value), contexts or self.contexts, self.functions())

    def step(self, step: dict[str, Any], contexts: dict[str, Any]) -> None:
        """Run a step, unless its condition says no."""
        if not condition(str(step.get("if", "success()")), contexts, self.functions()):
            return
        outputs = self.command(step, contexts) if "run" in step else self.action(step, contexts)
        if "id" in step:
            contexts["steps"][step["id"]] = {"outputs": outputs}

    def command(self, step: dict[str, Any], contexts: dict[str, Any]) -> dict[str, str]:
        """Run a step's commands; its outputs."""
        assert "${{" not in step["run"]
        title = step.get("name", step["run"].splitlines()[0])
        if step["run"].strip() in LEFT_OUT:
            self.steps[title] = "left out"
            return {}
        files = {name: self.machine.folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        own = {
            name: self.filled(value, contexts) for name, value in {**self.environment, **step.get("env", {})}.items()
        }
        known = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": NAME,
            "GITHUB_SERVER_URL": self.runner.forge.url,
            **{name: str(path) for name, path in files.items()},
        }
        done = self.machine.shell(BASH, step["run"], self.machine.environment(**known, **own))
        self.failed |= done.code != 0
        self.steps[title] = done.log + files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        lines = [line.partition("=") for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()]
        return {name: value for name, _, value in lines}

    # -- actions -------------------------------------------------------------------------------------------------------

    def action(self, step: dict[str, Any], contexts: dict[str, Any]) -> dict[str, str]:
        """What an action does, here; one that is not known is an error."""
        name = step["uses"].partition("@")[0]
        given = {key: self.filled(value, contexts) for key, value in step.get("with", {}).items()}
        if name.startswith("./"):
            return self.local(self.machine.work / name, given)
        return {
            "actions/checkout": self.checkout,
            "actions/cache": self.cache,
            "actions/cache/restore": self.restore,
            "actions/cache/save": self.save,
            "actions/upload-artifact": self.upload,
            "actions/download-artifact": self.download,
            "actions/upload-pages-artifact": lambda given: self.upload({"name": "github-pages", **given}),
            "actions/deploy-pages": self.deploy,
        }[name](given)

    def local(self, folder: Path, given: dict[str, str]) -> dict[str, str]:
        """Run an action of the repository's own, made of steps."""
        action = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
        inputs = {name: shown(about.get("default")) for name, about in action["inputs"].items()}
        assert given.keys() <= inputs.keys()
        contexts = {**self.contexts, "inputs": {**inputs, **given}, "steps": {}}
        for step in action["runs"]["steps"]:
            self.step(step, contexts)
        return {}

    def checkout(self, given: dict[str, str]) -> dict[str, str]:
        """Clone the repository, without credentials."""
        assert given["persist-credentials"] == "false"
        self.machine.checkout(self.runner.forge.origin, given.get("ref") or self.revision)
        return {}

    def cache(self, given: dict[str, str]) -> dict[str, str]:
        """Restore now, keep at the end."""
        self.later.append(lambda: self.save(given))
        return self.restore(given)

    def restore(self, given: dict[str, str]) -> dict[str, str]:
        """Bring back what was kept."""
        found = self.machine.restore("cache", [given["key"], *given.get("restore-keys", "").split()])
        self.steps[f"restored {given['path'].split()[0]}"] = found
        return {"cache-matched-key": found}

    def save(self, given: dict[str, str]) -> dict[str, str]:
        """Keep; what is there already stays."""
        if not (self.machine.stored / "cache" / given["key"]).exists():
            self.machine.store("cache", given["key"], [path for path in given["path"].split() if path[0] != "!"])
        return {}

    def upload(self, given: dict[str, str]) -> dict[str, str]:
        """Keep a folder's content, or a file."""
        path = self.machine.work / given["path"]
        if path.exists():
            self.machine.store("artifact", given["name"], [given["path"]])
        else:
            assert given["if-no-files-found"] == "ignore", f"there is no {given['path']}"
        return {}

    def download(self, given: dict[str, str]) -> dict[str, str]:
        """Bring a folder's content back."""
        kept = self.machine.stored / "artifact" / given["name"]
        (content,) = kept.iterdir()
        self.machine.restore(
            "artifact", [f"{given['name']}/{content.name}" if content.is_dir() else given["name"]], given["path"]
        )
        return {}

    def deploy(self, _: dict[str, str]) -> dict[str, str]:
        """Let the forge serve the artifact; say where."""
        (self.runner.forge.pages,) = (self.machine.stored / "artifact/github-pages").iterdir()
        return {"page_url": f"{self.runner.forge.url}/site/"}
