"""What a CI machine does to run a job's commands: a clone, a shell, caches and artifacts as folders. Everything but the machine is real."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

# Packages are there already; -X prepared says so to tasks.py. The day is set for what depends on it, since no workflow names one.
SHIM = """\
#!/bin/sh
if [ "$2" = build ] || [ "$2" = residue ] && [ -n "$TEST_TODAY" ]; then set -- "$@" --today "$TEST_TODAY"; fi
exec {python} -X prepared "$@"
"""


class Done(NamedTuple):
    """How a script ended, and all that it printed."""

    code: int
    log: str


class Machine:
    """A machine for one repository after the other; its folder is the place where they are cloned."""

    def __init__(self, folder: Path, node_modules: Path, today: str) -> None:
        """Make the programs that differ from a machine of the forge."""
        self.folder, self.node_modules, self.today = folder, node_modules, today
        self.editor: Path | None = None  # the packages of the web editor, for a site that has it
        self.stored = folder / "stored"
        self.work = folder / "work"  # always the same, as on a real one
        (folder / "bin").mkdir(parents=True)
        shim = folder / "bin/python3"
        shim.write_text(SHIM.format(python=sys.executable))
        shim.chmod(0o755)
        sleep = folder / "bin/sleep"
        sleep.write_text("#!/bin/sh\n")  # nothing here takes a while to be there
        sleep.chmod(0o755)
        (folder / "home").mkdir()

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of all scripts: nothing of the tests' own, no configuration of Git's."""
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "LC_ALL": "C.UTF-8",
            "CI": "true",
            "EXPERTS_DEBUG": "1",
            "TEST_TODAY": self.today,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            **more,
        }

    def shell(self, command: list[str], script: str, environment: dict[str, str]) -> Done:
        """Run a script in the clone."""
        done = subprocess.run(
            [*command, script],
            cwd=self.work,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout)

    def empty(self) -> None:
        """Begin a job with an empty folder."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()

    def checkout(self, origin: Path, revision: str) -> None:
        """Clone, and go to a commit or branch; packages are those of the tests."""
        shutil.rmtree(self.work)
        git("clone", "--quiet", str(origin), str(self.work), at=self.folder)
        git("fetch", "--quiet", "origin", revision, at=self.work)
        git("checkout", "--quiet", "--detach", "FETCH_HEAD", at=self.work)
        (self.work / "node_modules").symlink_to(self.node_modules)
        if self.editor:
            (self.work / ".cache/admin").mkdir(parents=True)
            (self.work / ".cache/admin/node_modules").symlink_to(self.editor)

    # -- caches and artifacts ------------------------------------------------------------------------------------------

    def store(self, kind: str, key: str, paths: list[str]) -> None:
        """Keep copies of files and folders of the clone under a key."""
        place = self.stored / kind / key
        shutil.rmtree(place, ignore_errors=True)
        for name in paths:
            source = self.work / name
            if source.is_symlink() or not source.exists():
                continue  # installed packages are links, see above
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("node_modules"))
            else:
                shutil.copy2(source, target)

    def restore(self, kind: str, keys: list[str], into: str = ".") -> str:
        """Bring back what was kept under the first key, or under the newest that begins like one of the others."""
        folder = self.stored / kind
        exact, *prefixes = keys
        found = [folder / exact] if (folder / exact).is_dir() else []
        for prefix in prefixes if folder.is_dir() and not found else []:
            begins = [path for path in folder.iterdir() if path.name.startswith(prefix)]
            found += sorted(begins, key=lambda path: path.stat().st_mtime_ns)[-1:]
        if not found:
            return ""
        shutil.copytree(found[0], self.work / into, symlinks=True, dirs_exist_ok=True)
        return found[0].name

    def hash_files(self, *patterns: str) -> str:
        """A digest of all files of the clone that fit the patterns; "" if none does."""
        found = sorted({path for pattern in patterns for path in self.work.glob(pattern) if path.is_file()})
        digest = hashlib.sha256()
        for path in found:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest() if found else ""


def git(*arguments: str, at: Path) -> str:
    """Run Git for the test itself; what it prints."""
    person = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "protocol.file.allow=always"]
    done = subprocess.run(["git", *person, *arguments], cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout.strip()
