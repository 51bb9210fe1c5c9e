"""A second working folder of the site's Git repository, for the web editor on this machine.

What the editor saves becomes branches of the repository; what somebody edits by hand meanwhile, in the site's own folder, stays
out of it and is never touched.  The folder has a branch of its own, which follows the site's and which the editor publishes to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

BRANCH = "experts-editor"


class Refused(Exception):  # noqa: N818 - a sentence for people, no error of the program
    """There can be no such folder; the text says why, and what to do."""


class SideTree(NamedTuple):
    """The site's folder, the second working folder, and the site's path in the repository ("." for its top)."""

    site: Path
    folder: Path
    below: str


def git(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code of a Git command, and what it said."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            check=False,
        )
    except FileNotFoundError:
        raise Refused("Git is not installed; the web editor saves with it (Debian: apt install git).") from None
    return done.returncode, (done.stdout or done.stderr).strip()


def add(site: Path, folder: Path) -> SideTree:
    """Make the second working folder, as the site is in its last commit."""
    code, top = git(site, "rev-parse", "--show-toplevel")
    if code:
        raise Refused(f"{site} is in no Git repository, but the web editor saves into one: git init makes one.")
    if git(site, "rev-parse", "--verify", "HEAD")[0]:
        raise Refused("The Git repository holds nothing yet: commit the site's files first (git add . && git commit).")
    if git(site, "var", "GIT_AUTHOR_IDENT")[0]:
        raise Refused('Git does not know who you are: git config --global user.name "…", and user.email.')
    if _waiting(site):
        raise Refused(
            f"The branch {BRANCH} holds what was published in the web editor and is not in your branch yet: "
            f"git merge {BRANCH} takes it over, git branch -D {BRANCH} throws it away."
        )
    _drop(site, folder)
    code, said = git(site, "worktree", "add", "--force", "-B", BRANCH, str(folder), "HEAD")
    if code:
        raise Refused(f"Git could not make a folder for the web editor: {said.splitlines()[-1]}")
    return SideTree(site, folder, Path(os.path.relpath(os.path.realpath(site), os.path.realpath(top))).as_posix())


def unsaved(site: Path) -> int:
    """How many files of the site have changes that are not committed, so that the editor does not see them."""
    found = git(site, "status", "--porcelain", "--", "profiles", "content")[1]
    return len(found.splitlines())


def follow(tree: SideTree) -> None:
    """Bring the editor's branch to where the site's is, if that has only gone on."""
    code, head = git(tree.site, "rev-parse", "HEAD")
    if not code and head != git(tree.folder, "rev-parse", "HEAD")[1]:
        git(tree.folder, "merge", "--ff-only", "--quiet", head)


def take_over(tree: SideTree) -> str:
    """Bring what was published in the editor into the site's folder; "" or why that could not be."""
    code, said = git(tree.site, "merge", "--ff-only", "--quiet", BRANCH)
    return said.splitlines()[0] if code and said else ""


def saved(site: Path) -> list[str]:
    """The branches that hold what was saved and not published yet."""
    return git(site, "for-each-ref", "--format=%(refname:short)", "refs/heads/cms/")[1].split()


def remove(tree: SideTree) -> None:
    """Remove the second working folder, and its branch if the site's holds all of it."""
    _drop(tree.site, tree.folder)
    if not _waiting(tree.site):
        git(tree.site, "branch", "-D", BRANCH)


def _waiting(site: Path) -> bool:
    """Whether the editor's branch holds anything that the site's does not."""
    there = git(site, "rev-parse", "--verify", "--quiet", f"refs/heads/{BRANCH}")[0] == 0
    return there and git(site, "merge-base", "--is-ancestor", BRANCH, "HEAD")[0] != 0


def _drop(site: Path, folder: Path) -> None:
    git(site, "worktree", "remove", "--force", str(folder))
    shutil.rmtree(folder, ignore_errors=True)  # one that Git knows nothing of
    git(site, "worktree", "prune")
