"""Git, asked for objects only: nothing that a repository holds is run, checked out or filtered.

Trees and blobs are read by plumbing commands, which know neither attributes nor hooks of the work tree.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from experts.problems import Problem, Problems

SAFE = (
    "--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "core.attributesFile=/dev/null", "-c", "protocol.allow=never", "-c", "merge.directoryRenames=false",
)  # fmt: skip
SECONDS = 120
AT_ONCE = 32 << 20  # bytes
FILE, PROGRAM, LINK, REPOSITORY = "100644", "100755", "120000", "160000"
"""Modes of what a tree can hold: a file, one that can be run, a symbolic link, another repository."""
NOTHING = "000000"


class Blob(NamedTuple):
    """An entry of a tree: its mode, Git's name for its content, and its size in bytes (0 for what is no file)."""

    mode: str
    name: str
    size: int


class Difference(NamedTuple):
    """A path that differs between two trees; a mode of `NOTHING` where one of them does not have it."""

    path: bytes  # from the top of the repository
    old_mode: str
    mode: str
    old: str
    new: str


class Repository:
    """The repository in which a site's folder lies."""

    def __init__(self, root: str) -> None:
        """Take the site's folder; Problems if it is in no repository."""
        self.root = root
        if self.ask("rev-parse", "--is-inside-work-tree")[1].strip() != b"true":
            message = "this folder is no copy of a repository, so nobody can tell what a change does"
            raise Problems([Problem(".", 0, 0, "base", message)])
        self.prefix = self.ask("rev-parse", "--show-prefix")[1].rstrip(b"\n")

    def ask(self, *arguments: str, given: bytes = b"") -> tuple[int, bytes]:
        """``(exit code, what Git prints)``; Problems if there is no Git or no answer in time."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"}
        kept = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_COUNT")  # safe.directory, where CI hands it over that way
        environment |= {
            name: value
            for name, value in os.environ.items()
            if name.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", *kept))
        }
        command = ["git", *SAFE, "-C", self.root, *arguments]
        try:
            done = subprocess.run(
                command, env=environment, input=given, capture_output=True, timeout=SECONDS, check=False
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            message, values = "Git, which knows what a change does, does not answer: {why}", {"why": str(error)}
            raise Problems([Problem(".", 0, 0, "base", message, "", values)]) from None
        return done.returncode, done.stdout

    def commit(self, name: str) -> str:
        """The hash of the commit that `name` stands for; Problems if there is none."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
        code, found = self.ask(*asked) if name and "\0" not in name else (1, b"")
        if code:
            message, hint = "the repository knows no {base}", "name a branch, like origin/main, and fetch it first"
            raise Problems([Problem(".", 0, 0, "base", message, hint, {"base": name})])
        return found.decode("ascii").strip()

    def merged(self, base: str, head: str) -> str:
        """The tree that merging `head` into `base` gives; "" where it does not merge cleanly.

        Problems where the history of the two is not there, or Git is too old (before 2.38) to tell.
        """
        if self.ask("merge-base", base, head)[0]:
            message = "the history does not reach back to where {base} began"
            hint = "fetch all of it (fetch-depth: 0 in a workflow)"
            raise Problems([Problem(".", 0, 0, "base", message, hint, {"base": head})])
        code, found = self.ask("merge-tree", "--write-tree", "--no-messages", "--end-of-options", base, head)
        if code > 1:
            raise Problems([Problem(".", 0, 0, "base", "this Git cannot say what merging gives", "take 2.38 or newer")])
        return "" if code else found.split()[0].decode("ascii")

    def forks(self, base: str, head: str) -> list[str]:
        """The commits at which two histories part; several where they merged each other."""
        return self.ask("merge-base", "--all", base, head)[1].decode("ascii").split()

    def doubled(self, tree: str) -> list[bytes]:
        """Paths that stand twice in a tree, which only trees made by hand do."""
        rows = self.ask("ls-tree", "-r", "-t", "-z", "--full-tree", "--name-only", tree)[1].split(b"\0")
        return sorted({path for path, count in Counter(rows).items() if path and count > 1})

    def tree_of(self, commit: str) -> str:
        """A commit's tree."""
        return self.ask("rev-parse", commit + "^{tree}")[1].decode("ascii").strip()

    def size_of_history(self, base: str, head: str) -> tuple[int, int]:
        """``(commits, bytes)`` that `head` adds to `base`: what is taken back by a later commit counts, too."""
        commits = int(self.ask("rev-list", "--count", head, "^" + base)[1] or 0)
        return commits, int(self.ask("rev-list", "--disk-usage", "--objects", head, "^" + base)[1] or 0)

    def differences(self, old: str, new: str) -> list[Difference]:
        """What differs between two trees; a renamed file is one that went and one that came."""
        asked = (
            "diff-tree",
            "-r",
            "-z",
            "--raw",
            "--no-renames",
            "--no-abbrev",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=none",
        )
        words = self.ask(*asked, old, new)[1].split(b"\0")
        found = []
        for facts, path in zip(words[::2], words[1::2], strict=False):
            old_mode, mode, before, after, _ = facts.decode("ascii").lstrip(":").split(" ")
            found.append(Difference(path, old_mode, mode, before, after))
        return found

    def files(self, tree: str, *folders: str) -> dict[bytes, Blob]:
        """All that a tree holds in these folders of the site (all of them without any): path from the top -> entry."""
        below = [self.prefix + folder.encode() for folder in folders]
        found: dict[bytes, Blob] = {}
        for row in self.ask("ls-tree", "-r", "-z", "-l", "--full-tree", tree)[1].split(b"\0"):
            facts, _, path = row.partition(b"\t")
            if path and (not below or path.startswith(tuple(below))):
                mode, _, name, size = facts.decode("ascii").split()
                found[path] = Blob(mode, name, 0 if size == "-" else int(size))
        return found

    def contents(self, blobs: Iterable[Blob]) -> Iterator[bytes]:
        """The bytes of blobs, one after the other; no more at once than one of them or `AT_ONCE` need."""
        waiting: list[Blob] = []
        size = 0
        for blob in blobs:
            if waiting and (len(waiting) == 500 or size + blob.size > AT_ONCE):
                yield from self._contents(waiting)
                waiting, size = [], 0
            waiting.append(blob)
            size += blob.size
        if waiting:
            yield from self._contents(waiting)

    def _contents(self, blobs: list[Blob]) -> Iterator[bytes]:
        answer = self.ask("cat-file", "--batch", given="".join([f"{blob.name}\n" for blob in blobs]).encode())[1]
        at = 0
        for _ in blobs:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].split()[2])
            yield answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
