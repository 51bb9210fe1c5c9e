"""The web editor's own code, where its packages are installed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factory import ROOT

Editor = Callable[[Any, Iterable[str]], str]


@pytest.fixture(scope="session")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Return a function that writes data as the editor does, or a file's text as the editor saves it unchanged.

    Its packages lie where ``tasks.py test`` installs them, or where DECAP_PACKAGES says.
    """
    packages = Path(os.environ.get("DECAP_PACKAGES") or ROOT / ".cache/admin/node_modules")
    if not (packages / "decap-cms-core/dist/esm/formats/frontmatter.js").is_file():
        pytest.skip(f"the web editor's packages are not in {packages}; DECAP_PACKAGES can name their node_modules")
    program = tmp_path_factory.mktemp("editor") / "decap.cjs"
    bundle = [str(ROOT / "node_modules/.bin/esbuild"), str(Path(__file__).with_name("decap.js")), "--bundle"]
    options = ["--platform=node", "--format=cjs", "--log-level=error", f"--outfile={program}"]
    subprocess.run([*bundle, *options], env=os.environ | {"NODE_PATH": str(packages)}, check=True)
    node = subprocess.Popen(
        ["node", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert node.stdin
    assert node.stdout

    def save(given: Any, order: Iterable[str] = ()) -> str:
        node.stdin.write(json.dumps([given, list(order)]) + "\n")
        node.stdin.flush()
        answer = json.loads(node.stdout.readline())
        assert isinstance(answer, str), answer
        return answer

    yield save
    node.stdin.close()
    node.wait(10)
    node.stdout.close()
