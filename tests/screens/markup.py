"""What vnu, the checker of the W3C, says about the pages of a folder."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from screens.kinds import ROOT

_JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"


def java() -> str | None:
    """The program that vnu runs on; None if there is none."""
    return shutil.which("java")


def errors(*folders: Path) -> list[str]:
    """Every error in any page below the folders, with its place."""
    assert _JAR.exists(), "no vnu: start the tests with python3 tasks.py test"
    command = [str(java()), "-Xss2m", "-jar", str(_JAR), "--errors-only", "--skip-non-html", "--format", "json"]
    done = subprocess.run([*command, *map(str, folders)], capture_output=True, encoding="utf-8", check=False)
    try:
        messages = json.loads(done.stderr)["messages"]
    except ValueError:
        return [done.stderr.strip() or "vnu said nothing"]
    return [f"{message['url']}:{message.get('lastLine', 0)}: {message['message']}" for message in messages]
