"""What editors get: schemas, snippets and settings, up to date and of use."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from factory import ROOT, Checkout, Site

from experts import reader
from experts.checks import generated
from experts.editing.schemas import TABLES

from test_schemas import PATHS

REMARK = ROOT / "node_modules/remark-cli/cli.js"
KINDS = {"profile": "expert", "news-event": "hook"}
# All names for a container that is made from an image: https://containers.dev/implementors/json_reference/
SPECIFIED = {
    "$schema",
    "name",
    "image",
    "features",
    "overrideFeatureInstallOrder",
    "forwardPorts",
    "portsAttributes",
    "otherPortsAttributes",
    "containerEnv",
    "remoteEnv",
    "remoteUser",
    "containerUser",
    "updateRemoteUserUID",
    "userEnvProbe",
    "overrideCommand",
    "shutdownAction",
    "init",
    "privileged",
    "capAdd",
    "securityOpt",
    "mounts",
    "runArgs",
    "appPort",
    "workspaceMount",
    "workspaceFolder",
    "customizations",
    "initializeCommand",
    "onCreateCommand",
    "updateContentCommand",
    "postCreateCommand",
    "postStartCommand",
    "postAttachCommand",
    "waitFor",
    "hostRequirements",
    "secrets",
}


def load(path: str) -> dict[str, object]:
    """Return a JSON file of the checkout."""
    return dict(json.loads((ROOT / path).read_text("utf-8")))


def filled(body: list[str]) -> str:
    """What a snippet becomes when somebody accepts what is offered."""
    text = "\n".join(body)
    text = re.sub(r"\$\{\d+\|([^,|]+)[^}]*\}", r"\1", text)
    text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
    return text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-23").replace("$0", "A text.\n")


def test_what_is_committed_is_up_to_date() -> None:
    """Nobody works with a schema, a snippet or a list of messages that is older than the program."""
    assert list(generated.stale(str(ROOT))) == []


def test_stale_files_are_named_and_written(tmp_path: Path) -> None:
    """The command knows each file that is missing or differs."""
    assert set(generated.stale(str(tmp_path))) == set(generated.files())
    path, content = next(iter(generated.files().items()))
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(content, "utf-8")
    assert path not in generated.stale(str(tmp_path))


def test_check_tells_and_schema_renews(tmp_path: Path) -> None:
    """--check names each file that is to be renewed and writes nothing; without it they are, and no other is touched."""
    checkout = Checkout(tmp_path)
    assert checkout.run("schema").code == 0
    made = {path: (checkout.folder / path).read_text("utf-8") for path in generated.files()}
    assert made == generated.files()
    assert checkout.run("schema", "--check").code == 0
    edited, gone = checkout.folder / "schema/topic.schema.json", checkout.folder / "schema/messages.de.md"
    edited.write_text("{}")
    gone.unlink()
    old = [checkout.folder / "schema/de/podcast.schema.json", checkout.folder / "schema/messages.fr.md"]
    old[0].write_text(made["schema/de/topic.schema.json"])
    old[1].write_text("# Messages")
    foreign = [checkout.folder / "schema/de/ours.schema.json", checkout.folder / "schema/notes.md"]
    for file in foreign:
        file.write_text("{}")
    told = checkout.run("schema", "--check")
    assert told.code == 1
    stale = ["schema/de/podcast.schema.json", "schema/messages.de.md", "schema/messages.fr.md"]
    assert [line.split(":")[0] for line in told.out.splitlines()[:-1]] == [*stale, "schema/topic.schema.json"]
    assert (edited.read_text(), gone.exists(), all(file.exists() for file in old)) == ("{}", False, True)
    assert checkout.run("schema").code == 0
    assert {path: (checkout.folder / path).read_text("utf-8") for path in made} == made
    assert not any(file.exists() for file in old)
    assert all(file.read_text() == "{}" for file in foreign)
    assert list(checkout.folder.glob("schema/**/*.tmp")) == []


@pytest.mark.parametrize("name", load(".vscode/files.code-snippets"))
def test_snippets_are_files_that_can_be_read(name: str) -> None:
    """What a snippet writes is right as it stands, so that nobody begins with a mistake."""
    snippet = load(".vscode/files.code-snippets")[name]
    assert isinstance(snippet, dict)
    kind = KINDS.get(snippet["prefix"], snippet["prefix"])
    path = PATHS[kind].replace("mara", "short-name") if kind == "translation" else PATHS[kind]
    data = filled(snippet["body"]).replace("translation_of: short-name", f"translation_of: {path.split('/')[1]}")
    assert reader.read(path, data.encode(), ("en", "de")).problems == []
    assert ("status: draft\n" in data) == ("status" in TABLES[kind])  # nothing appears before somebody says so


def test_the_editor_finds_what_the_check_tells(site: Site) -> None:
    """The pattern in the editor's task matches each line of a problem or a hint, and no other line.

    Nothing in such a line tells which it is; shown as an error, a hint would seem to stop a build.
    """
    (task, _) = load(".vscode/tasks.json")["tasks"]  # type: ignore[misc]
    pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
    site.profile("mara", headline="x" * 200)
    run = site.checkout.run("check", "--site", str(site.folder), "--today", "2026-11-23", "--lang", "en")
    assert task["problemMatcher"]["severity"] == "warning"  # type: ignore[index]
    found = [match for line in run.out.splitlines() if (match := pattern.match(line))]
    (problem,) = [match for match in found if "characters" in match[4]]
    assert problem[1] == "profiles/mara/profile.md"
    assert int(problem[2]) > 1
    assert not any(line.startswith(("not shown", " ")) for line in (match[0] for match in found))


def test_the_development_container_uses_known_names() -> None:
    """The container's description has the names of its specification only, and no package registry."""
    described = load(".devcontainer/devcontainer.json")
    assert set(described) <= SPECIFIED
    assert described["forwardPorts"] == [8000]
    assert str(described["image"]).startswith("mcr.microsoft.com/devcontainers/python:3.13-")
    wanted = load(".vscode/extensions.json")["recommendations"]
    assert described["customizations"] == {"vscode": {"extensions": wanted}}


def test_without_its_packages_nothing_is_checked(tmp_path: Path) -> None:
    """Who has only ever built the site sees no stack trace in every file that the editor opens."""
    shutil.copy(ROOT / ".remarkrc.mjs", tmp_path)
    program = 'import("./.remarkrc.mjs").then((found) => console.log(JSON.stringify(found.default)))'
    done = subprocess.run(["node", "-e", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ('{"plugins":[]}\n', "")


@pytest.mark.skipif(not REMARK.is_file(), reason="its packages are installed by python3 tasks.py test")
def test_fields_are_checked_while_one_types(tmp_path: Path) -> None:
    """What the editor's extension runs accepts the demo, and underlines a value that the check would refuse."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    for name in ("schema", "profiles", "content"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.jpg"))
    shutil.copy(ROOT / ".remarkrc.mjs", tmp_path)
    command = ["node", str(REMARK), "--no-color", "--no-stdout", "--quiet"]
    good = subprocess.run(
        [*command, "profiles", "content/topics"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (good.returncode, good.stderr) == (0, "")
    shutil.rmtree(tmp_path / "profiles")
    file = tmp_path / "profiles/jane/profile.md"
    file.parent.mkdir(parents=True)
    file.write_text('---\nname: Jane\nheadline: ""\ntopics:\n  - heat\nstatus: gone\n---\n')
    bad = subprocess.run([*command, "profiles"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "3:11-3:13" in bad.stderr
    assert "status" in bad.stderr
