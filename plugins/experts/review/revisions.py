"""Revisions of a site's content, read as Git objects: no checkout, no filters, no hooks, no code of a revision."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from experts.problems import Problem, Problems

FOLDERS = ("profiles", "content")
LARGEST = 64 << 20
"""Bytes of the largest file that is looked at; a larger one is left out."""
_SECONDS = 60


class Files(NamedTuple):
    """The files of a site at a moment: path in the site -> Git's name for its bytes; `commit` is "" for the work tree."""

    commit: str
    blobs: dict[str, str]


class Repository:
    """The repository in which a site's folder lies."""

    def __init__(self, root: str) -> None:
        """Find the repository; Problems if there is none."""
        self.root = root
        try:
            found = self._git("rev-parse", "--show-object-format", "--show-prefix").decode("utf-8", "surrogateescape")
        except (OSError, subprocess.CalledProcessError):
            hint = "comments tell what differs between two of its states"
            raise Problems([Problem(root, 0, 0, "no-git", "this folder is in no Git repository", hint)]) from None
        form, _, prefix = found.partition("\n")
        self.hash = "sha256" if form == "sha256" else "sha1"
        self.prefix = prefix.rstrip("\n")

    def commit(self, revision: str) -> str:
        """The commit that a revision names; Problems if there is none."""
        try:
            if revision.startswith("-"):
                raise ValueError
            return self._git("rev-parse", "--verify", "--quiet", revision + "^{commit}").decode().strip()
        except (ValueError, subprocess.CalledProcessError):
            hint = "a branch, a tag or a commit; in CI it must have been fetched"
            values = {"value": revision}
            raise Problems(
                [Problem(self.root, 0, 0, "revision", "the repository has no revision {value}", hint, values)]
            ) from None

    def fork(self, base: str, head: str) -> str:
        """The commit at which `head` left `base`; `base` itself where their common past is not known."""
        try:
            return self._git("merge-base", base, head).decode().split()[0]
        except (subprocess.CalledProcessError, IndexError):
            return base

    def files(self, commit: str) -> Files:
        """The content of the site at a commit: ordinary files, and links to a file beside them as that file."""
        rows = self._git("ls-tree", "-r", "-z", "--full-tree", commit, "--", *[self.prefix + name for name in FOLDERS])
        blobs: dict[str, str] = {}
        links: dict[str, str] = {}
        for row in rows.split(b"\0"):
            head, _, name = row.partition(b"\t")
            path = os.fsdecode(name)[len(self.prefix) :]
            if not head or not is_safe(path):
                continue
            mode, kind, blob = head.decode().split()
            if kind == "blob":
                (links if mode == "120000" else blobs)[path] = blob
        for (path, _), target in zip(links.items(), self.read(links.values()), strict=True):
            beside = os.path.join(os.path.dirname(path), os.fsdecode(target))
            if b"/" not in target and beside in blobs:
                blobs[path] = blobs[beside]
        return Files(commit, blobs)

    def work_tree(self) -> Files:
        """The content of the site as it lies in its folder, without what Git is told to ignore."""
        names = self._git("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *FOLDERS)
        blobs = {}
        for path in sorted({os.fsdecode(name) for name in names.split(b"\0") if name}):
            file = os.path.join(self.root, path)
            if is_safe(path) and os.path.isfile(file) and not os.path.islink(file):
                with open(file, "rb") as data:
                    content = data.read()
                blobs[path] = hashlib.new(self.hash, b"blob %d\0" % len(content) + content).hexdigest()
        return Files("", blobs)

    def contents(self, files: Files, paths: Iterable[str]) -> Iterator[bytes]:
        """The bytes of some of the files at a moment."""
        if files.commit:
            yield from self.read(files.blobs[path] for path in paths)
            return
        for path in paths:
            with open(os.path.join(self.root, path), "rb") as file:
                yield file.read()

    def read(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """The bytes of blobs, one by one; empty for one that is too large."""
        command = [*self._command(), "cat-file", "--batch"]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                for blob in blobs:
                    process.stdin.write(blob.encode() + b"\n")
                    process.stdin.flush()
                    size = process.stdout.readline().split()[2:]
                    if not size:
                        raise OSError(0, f"Git cannot read the object {blob}")
                    yield _taken(process.stdout, int(size[0]))
            finally:
                process.stdin.close()
                process.kill()

    def _command(self) -> list[str]:
        return ["git", "-C", self.root, "--no-replace-objects", "--literal-pathspecs", "-c", "core.fsmonitor=false"]

    def _git(self, *arguments: str) -> bytes:
        done = subprocess.run(
            [*self._command(), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            env=_environment(),
        )
        return done.stdout


def _environment() -> dict[str, str]:
    """Nobody is asked for a password, nothing is fetched."""
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return {**os.environ, **quiet}


def _taken(stream: Iterable[bytes], size: int) -> bytes:
    """An object's bytes and the line end behind them; nothing is kept of one that is too large."""
    read = stream.read  # type: ignore[attr-defined]
    if size <= LARGEST:
        return bytes(read(size + 1)[:-1])
    left = size + 1
    while left > 0:
        left -= len(read(min(left, 1 << 20)))
    return b""


def is_safe(path: str) -> bool:
    """Whether a path of a revision stays in the folder that it is written to: trees may hold any name."""
    parts = path.split("/")
    odd = any(part in ("", ".", "..") or part.lower() == ".git" or "\\" in part or ":" in part for part in parts)
    return parts[0] in FOLDERS and not odd
