"""What stylelint says about the style sheets of the theme, by the rules of .stylelintrc.json."""

from __future__ import annotations

import json
import shutil
import subprocess

from screens.kinds import ROOT

_PROGRAM = ROOT / "node_modules/stylelint/bin/stylelint.mjs"


def errors() -> list[str]:
    """Every error, with its place."""
    assert _PROGRAM.exists(), "no stylelint: start the tests with python3 tasks.py test"
    command = [str(shutil.which("node")), str(_PROGRAM), "theme/static/**/*.css", "--formatter", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return [
        f"{file['source'].rpartition('/')[2]}:{warning['line']}: {warning['text']}"
        for file in json.loads(done.stdout or done.stderr)
        for warning in (*file["warnings"], *file["parseErrors"], *file["invalidOptionWarnings"])
    ]
