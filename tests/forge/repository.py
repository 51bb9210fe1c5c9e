"""A bare Git repository, as a forge sees it: commits, trees, blobs and references as JSON types."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

NONE = "0" * 40  # what Git calls a commit that is not there
NOBODY = {"name": "Forge", "email": "forge@example.org"}
STATES = {"A": "added", "M": "modified", "D": "removed", "R": "renamed"}


class MissingError(Exception):
    """There is no such thing in the repository."""


class Repository:
    """A bare repository in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.Lock()

    def git(self, *arguments: str, data: bytes = b"", **environment: str) -> str:
        """Run a Git command; its output, without the line's end."""
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            input=data,
            capture_output=True,
            env={**os.environ, **environment},
            check=False,
        )
        if done.returncode:
            raise MissingError(done.stderr.decode(errors="replace"))
        return done.stdout.decode(errors="surrogateescape").rstrip("\n")

    def sha(self, name: str) -> str:
        """The id of what a name stands for."""
        return self.git("rev-parse", "--verify", "--quiet", name)

    def branches(self) -> list[str]:
        """The names of all branches."""
        return self.git("for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()

    def commit(self, name: str) -> dict[str, Any]:
        """A commit."""
        form = "%H%x00%an%x00%ae%x00%aI%x00%T%x00%P%x00%B"
        sha, author, email, date, tree, parents, message = self.git("show", "-s", f"--format={form}", name).split("\0")
        who = {"name": author, "email": email, "date": date}
        about = {"message": message.rstrip("\n"), "author": who, "committer": who, "tree": {"sha": tree}}
        return {"sha": sha, "commit": about, **about, "parents": [{"sha": parent} for parent in parents.split()]}

    def commits(self, *arguments: str) -> list[dict[str, Any]]:
        """The commits that ``git rev-list`` names."""
        return [self.commit(sha) for sha in self.git("rev-list", *arguments).split()]

    def tree(self, name: str, recursive: bool = False) -> dict[str, Any]:
        """The entries of a folder: ``name`` is a commit, a tree, or ``branch:folder``."""
        sha = self.sha(f"{name}^{{tree}}" if ":" not in name else name)
        entries = []
        for row in filter(None, self.git("ls-tree", "-lz", *(["-rt"] if recursive else []), sha).split("\0")):
            about, path = row.split("\t", 1)
            mode, kind, own, size = about.split()
            entry: dict[str, Any] = {"path": path, "mode": mode, "type": kind, "sha": own}
            entries.append(entry if size == "-" else {**entry, "size": int(size)})
        return {"sha": sha, "tree": entries, "truncated": False}

    def blob(self, sha: str) -> dict[str, Any]:
        """A file's content."""
        command = ["git", "-C", str(self.folder), "cat-file", "blob", sha]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise MissingError(sha)
        content = base64.b64encode(done.stdout).decode()
        return {"sha": sha, "size": len(done.stdout), "encoding": "base64", "content": content}

    def text(self, name: str) -> str:
        """The text of a file: ``branch:path``."""
        return base64.b64decode(self.blob(self.sha(name))["content"]).decode()

    def compare(self, base: str, head: str) -> dict[str, Any]:
        """What changed between the point at which `head` left `base`, and `head`."""
        since = self.git("merge-base", base, head)
        files = []
        raw = self.git("diff-tree", "-r", "-z", "--raw", "-M", "--no-abbrev", since, head).split("\0")
        while len(raw) > 1:
            _, _, _, sha, state = raw.pop(0).split()
            file = {"sha": sha, "status": STATES[state[0]], "filename": raw.pop(0)}
            if state[0] == "R":
                file |= {"previous_filename": file["filename"], "filename": raw.pop(0)}
            files.append(file)
        commits = list(reversed(self.commits(f"{since}..{head}")))
        ends = {"base_commit": self.commit(base), "merge_base_commit": self.commit(since)}
        return {"files": files, "commits": commits, "total_commits": len(commits), **ends}

    def write_blob(self, content: bytes) -> str:
        """Store a file's content; its id."""
        return self.git("hash-object", "-w", "--stdin", data=content)

    def write_tree(self, base: str, entries: list[dict[str, Any]]) -> str:
        """Store the tree `base` with some entries changed, those without ``sha`` removed; its id."""
        index = {"GIT_INDEX_FILE": str(self.folder.resolve() / f"forge-{threading.get_ident()}.index")}
        self.git("read-tree", *([base] if base else ["--empty"]), **index)
        rows = [
            f"{entry.get('mode', '100644') if entry['sha'] else 0} {entry['sha'] or NONE}\t{entry['path']}\0"
            for entry in entries
        ]
        self.git("update-index", "-z", "--index-info", data="".join(rows).encode(), **index)
        sha = self.git("write-tree", **index)
        os.remove(index["GIT_INDEX_FILE"])
        return sha

    def write_commit(self, tree: str, parents: list[str], message: str, author: dict[str, str]) -> str:
        """Store a commit; its id."""
        who = {
            f"GIT_{role}_{key.upper()}": author[key] for role in ("AUTHOR", "COMMITTER") for key in ("name", "email")
        }
        before = [word for parent in parents for word in ("-p", parent)]
        return self.git("commit-tree", tree, *before, data=message.encode(), **who)

    def point(self, reference: str, sha: str, new: bool = False) -> None:
        """Let a reference (``refs/heads/main``) stand for a commit."""
        self.git("update-ref", reference, sha, *([NONE] if new else []))

    def merge(self, base: str, head: str, message: str) -> str:
        """Merge the commit `head` into the branch `base`; the id of the merge, MissingError where they conflict."""
        tree = self.git("merge-tree", "--write-tree", f"refs/heads/{base}", head).split()[0]
        sha = self.write_commit(tree, [self.sha(f"refs/heads/{base}"), head], message, NOBODY)
        self.point(f"refs/heads/{base}", sha)
        return sha
