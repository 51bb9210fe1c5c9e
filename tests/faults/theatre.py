"""The tests' side of the stage: a site, commands of which some meet with an accident, and what must hold after each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from factory import TODAY, Checkout, Site, tree

HERE = Path(__file__).parent
TRACE = ("Traceback (most recent call last)", "a fault of the program")


class Ending(NamedTuple):
    """How a command ended."""

    code: int  # negative: the signal that killed it
    out: str
    err: str
    points: int

    @property
    def killed(self) -> bool:
        """Whether it was killed."""
        return self.code < 0

    @property
    def words(self) -> str:
        """All that it said."""
        return self.out + self.err


class Stage:
    """A running stage for a checkout."""

    def __init__(self, checkout: Checkout, folder: Path, **environment: str) -> None:
        self.checkout, self.folder = checkout, folder
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "stage.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=checkout.environment(**environment),
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"

    def run(self, argv: Sequence[str], **task: Any) -> Ending:
        """Run a command; `at` and `how` say where it meets with which accident, `after` when it is killed."""
        out, err = self.folder / "out.txt", self.folder / "err.txt"
        whole = {"argv": list(argv), "out": str(out), "err": str(err), "folder": str(self.checkout.folder), **task}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(whole) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        words = [path.read_text("utf-8", "replace") for path in (out, err)]
        return Ending(answer["code"], words[0], words[1], answer["points"])

    def points(self, argv: Sequence[str], **task: Any) -> list[str]:
        """The points that a command passes, each as ``event module:function path``."""
        file = self.folder / "points.txt"
        file.unlink(missing_ok=True)
        self.run(argv, list=str(file), **task)
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def close(self) -> None:
        """End it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def building(site: Site, *options: str, jobs: int = 1, output: Path | None = None) -> list[str]:
    """The command line of a build."""
    given = ["--site", str(site.folder), "--output", str(output or site.output), "--today", TODAY, "--lang", "en"]
    return ["build", *given, "--jobs", str(jobs), *options]


def state(folder: Path) -> dict[str, Any]:
    """The bytes and times of all files of a folder."""
    found: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        name = path.relative_to(folder).as_posix()
        found[name] = (path.read_bytes(), status.st_mtime_ns, status.st_mode) if path.is_file() else status.st_mode
    return found


def broken(now: dict[str, bytes], *versions: dict[str, bytes]) -> list[str]:
    """The files of an output folder that have the bytes of none of the versions of a site."""
    unseen = (".our-experts-writing/",)
    files = {name: data for name, data in now.items() if not name.startswith(unseen) and not name.endswith("/")}
    return [name for name, data in files.items() if data not in [version.get(name) for version in versions]]


def temporary(*folders: Path) -> list[str]:
    """Files that a command which was killed has left behind."""
    found = [path for folder in folders for each in folder.parent.glob(folder.name) for path in each.rglob("*")]
    return [str(path) for path in found if ".tmp" in path.name or path.name == ".our-experts-writing"]


def distinct(points: Sequence[str]) -> list[int]:
    """The number of one point for each place in the code, in the middle of those that are alike."""
    places: dict[str, list[int]] = {}
    for number, point in enumerate(points, 1):
        event, place, path = (*point.split(" ", 2), "", "")[:3]
        kind = os.path.splitext(path)[1] if ".tmp" not in path else os.path.splitext(path.split(".tmp")[0])[0][-4:]
        places.setdefault(f"{event} {place} {kind if place == 'cache.py:write_atomically' else ''}", []).append(number)
    return sorted(found[len(found) // 2] for found in places.values())


__all__ = ["Ending", "Stage", "broken", "building", "distinct", "state", "temporary", "tree"]
