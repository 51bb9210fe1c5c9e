"""Packages that are not there: a command works without, or says in a sentence what is missing and how it is installed."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

from factory import ROOT, Site

from .theatre import TRACE, building
from .town import TIMES, Town

BLOCK = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

names = sys.argv[1].split(",")
del sys.argv[1]
sys.meta_path.insert(0, Blocked())
from experts.cli import main
sys.exit(main(sys.argv[1:]))
"""


def pinned(file: str) -> list[str]:
    """The packages that a lock file pins."""
    return re.findall(r"(?m)^([\w.-]+)==", (ROOT / file).read_text("utf-8"))


def modules() -> list[str]:
    """The modules at the top of every package that a site is built with, or published."""
    found = {}
    names = {
        re.sub(r"[-_.]+", "-", name).lower() for name in pinned("requirements.txt") + pinned("requirements-publish.txt")
    }
    for module, packages in importlib.metadata.packages_distributions().items():
        if names & {re.sub(r"[-_.]+", "-", package).lower() for package in packages} and not module.startswith("_"):
            found[module] = None
    return sorted(found)


COMMANDS = ("build", "check", "format", "new", "schema", "publish", "verify", "gate", "serve", "import", "comment")


def command(site: Site, name: str, folder: Path) -> list[str]:
    """A command line that does something."""
    at = ["--site", str(site.folder)]
    return {
        "build": building(site, "--clean", output=folder / "output"),
        "check": ["check", *at],
        "format": ["format", *at, "--check"],
        "new": ["new", "topic", *at, "--no-input", "--slug", "x"],
        "schema": ["schema", "--check"],
        "publish": [
            "publish",
            *at,
            "--to",
            "folder",
            "--target",
            str(folder / "www"),
            "--output",
            str(folder / "output"),
        ],
        "verify": ["verify", "http://127.0.0.1:9/", "--limit", "1"],
        "gate": ["gate", *at, "--base", "HEAD", "--author", "x"],
        "serve": ["serve", "--site", str(folder / "none")],
        "import": ["import", "csv", str(folder / "none.csv"), *at, "--dry-run"],
        "comment": ["comment", *at, "--base", "HEAD"],
    }[name]


def test_every_package_may_be_missing(town: Town, tmp_path: Path) -> None:
    """Without any one of the packages, commands do their work or name it, with what to do; nobody ever sees a traceback."""
    found = modules()
    assert {"PIL", "yaml", "jinja2", "pelican", "nh3", "babel", "watchfiles", "brotli", "httpx", "boto3"} <= set(found)
    town.build()
    named = set()
    few = ("PIL", "watchfiles", "httpx", "yaml")
    for module in found if TIMES else few:
        for name in COMMANDS if TIMES else ("build", "serve", "verify"):
            if not TIMES and (module in ("watchfiles", "httpx")) == (name == "build"):
                continue
            done = subprocess.run(
                [sys.executable, "-c", BLOCK, module, *command(town.site, name, tmp_path)],
                env=town.site.checkout.environment(EXPERTS_DEBUG=""),
                cwd=town.site.checkout.folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            words = done.stdout + done.stderr
            assert not any(word in words for word in TRACE), f"{module}, {name}: {words}"
            if "is not installed" in words:
                assert f"The package {module} is not installed" in words
                assert done.returncode == 1
                named.add((name, module))
    assert {("build", "yaml"), ("build", "PIL"), ("serve", "watchfiles"), ("verify", "httpx")} <= named
