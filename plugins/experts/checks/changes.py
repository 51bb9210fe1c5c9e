"""What was changed since a branch began, asked of Git: committed or not, new files too.

Nothing of the repository is run: no external diff or text conversion, no hooks, no file-system monitor.
"""

from __future__ import annotations

import os
import subprocess

from experts.problems import Problem, Problems

SAFE = ("--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
SECONDS = 60


def changed(root: str, base: str) -> tuple[str, ...]:
    """The files of the site `root` that differ from where `base` (a branch, say) and the present state parted.

    Paths are relative to the site, with /, sorted; removed files are among them.  Problems if it cannot be told.
    """
    if _git(root, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        message, hint = (
            "this folder is no copy of a repository, so nobody can tell what was changed",
            "leave out --base",
        )
        raise Problems([Problem(".", 0, 0, "base", message, hint)])
    start = _commit(root, base)
    parted = _git(root, "merge-base", start, "HEAD").decode("ascii").strip()
    if not parted:
        message, hint = (
            "the history does not reach back to where {base} began",
            "fetch all of it (fetch-depth: 0 in a workflow)",
        )
        raise Problems([Problem(".", 0, 0, "base", message, hint, {"base": base})])
    options = (
        "--name-only",
        "-z",
        "--relative",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules",
    )
    differing = _git(root, "diff", *options, parted, "--", ".")
    new = _git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    return tuple(sorted({os.fsdecode(path) for path in (differing + new).split(b"\0") if path}))


def prefix(root: str) -> str:
    """The site's folder below the top of its repository, with a slash behind it; "" at the top or without a repository."""
    try:
        return os.fsdecode(_git(root, "rev-parse", "--show-prefix").rstrip(b"\n"))
    except Problems:
        return ""


def _commit(root: str, base: str) -> str:
    """The hash of the commit that `base` names."""
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", base + "^{commit}")
    lines = found.decode("ascii", "replace").split()
    if "\0" in base or len(lines) != 1:
        message, hint = "the repository knows no {base}", "name a branch, like origin/main, and fetch it first"
        raise Problems([Problem(".", 0, 0, "base", message, hint, {"base": base})])
    return lines[0]


def _git(root: str, *arguments: str) -> bytes:
    """What Git prints; b"" where it refuses.  Problems if there is no Git, or no answer."""
    own = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_PREFIX")  # a hook of Git's sets some
    environment = {name: value for name, value in os.environ.items() if name not in own} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *SAFE, "-C", root, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        message, values = "Git, which knows what was changed, does not answer: {why}", {"why": str(error)}
        raise Problems([Problem(".", 0, 0, "base", message, "leave out --base", values)]) from None
    if b"dubious ownership" in done.stderr:
        message, hint = (
            "this folder belongs to another user, so Git does not tell what was changed",
            "see safe.directory of Git",
        )
        raise Problems([Problem(".", 0, 0, "base", message, hint)])
    return done.stdout if done.returncode == 0 else b""
