"""Builds of whole sites with this checkout, for whatever looks at their output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from screens.kinds import ROOT, TODAY


def build(output: Path, *options: str, site: Path = ROOT, today: str = TODAY) -> Path:
    """Build a site into a folder, which is returned."""
    command = [sys.executable, "-X", "prepared", str(ROOT / "tasks.py"), "build", "--today", today, *options]
    environment = os.environ | {"EXPERTS_DEBUG": "1"}
    given = ["--site", str(site), "--output", str(output)]
    subprocess.run([*command, *given], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    return output
