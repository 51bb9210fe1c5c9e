"""The style sheets pass stylelint, by the rules of .stylelintrc.json.

Beyond the standard set: logical properties only, since the layout also runs from right to left; no ids in selectors; no
``!important`` without a reason beside it; colours are tokens, except in the files that define them (1*) and in feed.css,
which stands alone.  Left out are the rules for empty lines, since short rules stand on one line each, that for the order
of selectors, since layers and nesting decide, and that for media ranges, which older browsers do not know.
"""

import json
import shutil
import subprocess

import pytest
from screens.kinds import ROOT

STYLELINT = ROOT / "node_modules/stylelint/bin/stylelint.mjs"


@pytest.mark.slow
def test_style_sheets_are_clean() -> None:
    """Stylelint finds nothing."""
    assert STYLELINT.exists(), "no stylelint: start the tests with python3 tasks.py test"
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node here")
    command = [node, str(STYLELINT), "theme/static/**/*.css", "--formatter", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    found = [
        f"{file['source'].rpartition('/')[2]}:{warning['line']}: {warning['text']}"
        for file in json.loads(done.stdout or done.stderr)
        for warning in (*file["warnings"], *file["parseErrors"], *file["invalidOptionWarnings"])
    ]
    assert found == []
