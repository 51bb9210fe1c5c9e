"""A repository of a tiny site, and changes of it made by Git's plumbing, so that a change may hold anything."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from factory import ROOT, TODAY, document

from experts import console, settings
from experts.gate.verdict import Verdict, judge

FULL = ["site", "search-engines", "feeds", "images", "ai"]
CONSENT = {"given": "2026-05-01", "text": "2026-1", "channels": FULL}


def profile(name: str, *owners: str, **fields: object) -> str:
    """A profile."""
    head = {"name": name, "headline": "Knows something", "topics": ["heat"], "owner": list(owners), "consent": CONSENT}
    return document({**head, **fields}, "Text.\n")


def story(*authors: str, **fields: object) -> str:
    """A story."""
    return document({"title": "A story", "date": "2026-10-01", "authors": list(authors), **fields}, "Text.\n")


SITE = {
    "profiles/mara/profile.md": profile("Mara Tester", "mara-l", "delegate"),
    "profiles/mara/talk.pdf": "%PDF-1.4\n",
    "profiles/jonas/profile.md": profile("Jonas Tester", "jonas-w", aliases=["jo"]),
    "profiles/jonas/profile.en.md": document({"translation_of": "jonas", "headline": "Knows"}),
    "profiles/ida/profile.md": profile("Ida Tester"),
    "content/topics/heat.md": document({"label": {"de": "Wärme"}}),
    "content/stories/2026/own.md": story("mara"),
    "content/stories/2026/both.md": story("mara", "jonas"),
    "content/stories/2026/his.md": story("jonas"),
    "pelicanconf.py": 'DEFAULT_LANG = "de"\nLANGUAGES = ["de", "en"]\n',
    "plugins/expert_own.py": "",
}


class Repo:
    """A repository whose branch main holds the tiny site."""

    def __init__(self, folder: Path, cache: Path) -> None:
        """Make it."""
        self.folder, self.cache = folder, cache
        folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.main = self.commit(dict(SITE.items()))
        self.git("update-ref", "refs/heads/main", self.main)
        self.git("reset", "-q", "--hard")

    def git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        """Run Git."""
        people = {
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.com",
            "GIT_AUTHOR_DATE": "2026-11-01T00:00:00Z",
        }
        people |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in people.items()}
        known = {**os.environ, **people, "GIT_CONFIG_NOSYSTEM": "1", **environment}
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, input=given, env=known, capture_output=True, check=True).stdout.decode().strip()

    def blob(self, content: str | bytes) -> str:
        """Store a file's content."""
        data = content.encode() if isinstance(content, str) else content
        return self.git("hash-object", "-w", "--stdin", given=data)

    def commit(self, files: dict[str, str | bytes | None], *parents: str, modes: dict[str, str] | None = None) -> str:
        """A commit on its first parent in which some files are others; None removes one."""
        index = {"GIT_INDEX_FILE": str(self.folder / ".git" / "gate-index")}
        self.git("read-tree", *([parents[0]] if parents else ["--empty"]), **index)
        lines = []
        for path, content in files.items():
            if content is None:
                lines.append(f"0 {'0' * 40}\t{path}")
            else:
                mode = (modes or {}).get(path, "100644")
                name = str(content) if mode == "160000" else self.blob(content)
                lines.append(f"{mode} {name}\t{path}")
        self.git(
            "update-index",
            "-z",
            "--index-info",
            given="".join([f"{line}\0" for line in lines]).encode("utf-8", "surrogateescape"),
            **index,
        )
        tree = self.git("write-tree", **index)
        return self.git("commit-tree", tree, *[word for parent in parents for word in ("-p", parent)], "-m", "change")

    def change(self, files: dict[str, str | bytes | None], **modes: dict[str, str]) -> str:
        """A commit on top of main."""
        return self.commit(files, self.main, **modes)

    def judge(self, head: str, login: str = "mara-l", base: str = "main") -> Verdict:
        """The gate's verdict."""
        found = settings.load(str(ROOT), str(self.folder))
        request = console.request_for(found, today=TODAY, jobs=1)._replace(cache=str(self.cache))
        return judge(request, base, head, login)

    def codes(self, head: str, login: str = "mara-l") -> list[str]:
        """The codes of the verdict's reasons."""
        return sorted({reason.code for reason in self.judge(head, login).reasons})
