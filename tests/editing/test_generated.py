"""What editors get: schemas, snippets and settings, up to date and of use."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from factory import ROOT, Site

from experts import reader
from experts.checks import generated

from test_schemas import PATHS

REMARK = ROOT / "node_modules/remark-cli/cli.js"
KINDS = {"profile": "expert", "news-event": "hook"}
# https://containers.dev/implementors/json_reference/
KNOWN = {"name", "image", "features", "postCreateCommand", "forwardPorts", "portsAttributes", "customizations"}


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


@pytest.mark.parametrize("name", load(".vscode/files.code-snippets"))
def test_snippets_are_files_that_can_be_read(name: str) -> None:
    """What a snippet writes is right as it stands, so that nobody begins with a mistake."""
    snippet = load(".vscode/files.code-snippets")[name]
    assert isinstance(snippet, dict)
    kind = KINDS.get(snippet["prefix"], snippet["prefix"])
    path = PATHS[kind].replace("mara", "short-name") if kind == "translation" else PATHS[kind]
    data = filled(snippet["body"]).replace("translation_of: short-name", f"translation_of: {path.split('/')[1]}")
    assert reader.read(path, data.encode(), ("en", "de")).problems == []


def test_the_editor_finds_the_problems_that_the_check_tells(site: Site) -> None:
    """The pattern in the editor's task matches each line of a problem, and nothing else."""
    (task, _) = load(".vscode/tasks.json")["tasks"]  # type: ignore[misc]
    pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
    site.profile("mara", headline="x" * 200)
    run = site.checkout.run("check", "--site", str(site.folder), "--today", "2026-11-23", "--lang", "en")
    found = [match for line in run.out.splitlines() if (match := pattern.match(line))]
    (problem,) = [match for match in found if "characters" in match[4]]
    assert problem[1] == "profiles/mara/profile.md"
    assert int(problem[2]) > 1
    assert not any(line.startswith(("not shown", " ")) for line in (match[0] for match in found))


def test_the_development_container_uses_known_names() -> None:
    """The container's description has the names of its specification only, and no package registry."""
    described = load(".devcontainer/devcontainer.json")
    assert set(described) == KNOWN
    assert described["forwardPorts"] == [8000]


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
