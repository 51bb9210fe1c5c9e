"""A repository on the small forge, with people who propose changes, and both kinds of CI for it."""

from __future__ import annotations

import shutil
from pathlib import Path

from factory import ROOT, TODAY, Checkout, Site

from .forge import NAME, TOKEN, LocalForge, Pull
from .github import GitHub
from .gitlab import GitLab
from .machine import Machine, git

COMMITTED = ("tasks.py", "bootstrap.py", "package-lock.json", ".github", ".gitlab-ci.yml", ".ci", ".gitignore")
LOCKS = ("requirements.txt", "requirements-publish.txt")


class World:
    """A forge with a repository, somebody's clone of it, and the runners of both kinds of CI."""

    def __init__(self, folder: Path, kind: str, forge: type[LocalForge] = LocalForge) -> None:
        """Commit the generator and a tiny site: mara has the account mara-l."""
        self.forge = forge(folder)
        self.desk = folder / "desk"
        checkout = Checkout(folder / "generator")
        for name in (*COMMITTED, *LOCKS):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, checkout.folder / name)  # type: ignore[operator]
        self.modules = folder / "node_modules"
        shutil.move(checkout.folder / "node_modules", self.modules)
        shutil.move(checkout.folder, self.desk)
        self.site = object.__new__(Site)
        self.site.folder, self.site.checkout = self.desk, checkout
        for name in ("profiles", "content"):
            (self.desk / name).mkdir()
        api = f"{self.forge.url}/api/v4" if kind == "gitlab" else self.forge.url
        repository = {"url": f"{self.forge.url}/{NAME}", "forge": kind, "api": api}
        plugins = [line for line in (ROOT / "pelicanconf.py").read_text("utf-8").splitlines() if '"expert' in line]
        kept = "\n".join(["PLUGINS = [", *plugins, "]"])
        self.site.settings(REPOSITORY=repository, SITEURL="", PLUGIN_PATHS=["plugins"], THEME="theme")
        self.site.put("pelicanconf.py", self.site.read("pelicanconf.py") + kept + "\n")
        self.site.replace("publishconf.py", "https://experten.nordlicht.example", f"{self.forge.url}/site")
        self.site.fill()
        self.site.profile("mara", topics=["pumps", "heat"], owner=["mara-l"])
        git("init", "--quiet", "--initial-branch=main", at=self.desk)
        git("remote", "add", "origin", str(self.forge.origin), at=self.desk)
        self.commit("Begin")
        git("push", "--quiet", "origin", "main", at=self.desk)
        self.machine = Machine(folder / "machine", self.modules, TODAY)
        self.github = GitHub(self.forge, self.machine, TOKEN)
        self.gitlab = GitLab(self.forge, self.machine)

    def commit(self, message: str) -> str:
        """Commit all that has changed; the commit."""
        git("add", "--all", at=self.desk)
        git("commit", "--quiet", "--allow-empty", "-m", message, at=self.desk)
        return git("rev-parse", "HEAD", at=self.desk)

    def propose(self, author: str) -> Pull:
        """Propose what has changed, from a fork of one's own."""
        git("fetch", "--quiet", "origin", "main", at=self.desk)
        git("checkout", "--quiet", "-b", f"{author}-{len(self.forge.pulls)}", at=self.desk)
        sha = self.commit("Change a profile")
        git("push", "--quiet", "origin", f"{sha}:refs/pull/0/head", "--force", at=self.desk)
        return self.forge.open(author, sha)

    def push(self, message: str) -> tuple[str, str]:
        """Push what has changed to the main branch; the commits before and after."""
        before = self.forge.sha()
        after = self.commit(message)
        git("push", "--quiet", "origin", f"{after}:main", at=self.desk)
        return before, after

    def edit(self, slug: str, old: str, new: str) -> None:
        """Change a profile."""
        self.site.replace(f"profiles/{slug}/profile.md", old, new)
