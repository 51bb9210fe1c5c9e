"""Who was in the site before: profiles as they were last, from the history of its repository.

Objects are read and nothing else: nothing that the repository holds is run, checked out or filtered.
"""

from __future__ import annotations

from experts.gate.repository import FILE, PROGRAM, Repository
from experts.problems import Problems

MOST = 10_000  # people
_LARGEST = 32 << 20  # bytes of a file


def repository(root: str) -> Repository | None:
    """The repository in which a site lies; None where it is in none, or there is no Git."""
    try:
        return Repository(root)
    except Problems:
        return None


def files(repo: Repository, slug: str) -> dict[str, bytes]:
    """The files of a profile's folder (name -> bytes) in the last commit that had it; none where no commit had it."""
    folder = repo.prefix + f"profiles/{slug}/".encode()
    path = (folder + b"profile.md").decode("utf-8", "surrogateescape")
    for commit in _commits(repo, path):
        found = {
            name[len(folder) :].decode("utf-8", "replace"): blob
            for name, blob in repo.files(commit, f"profiles/{slug}/").items()
            if blob.mode in (FILE, PROGRAM) and blob.size <= _LARGEST
        }
        if "profile.md" in found:
            contents = repo.contents(found.values())
            return dict(zip(found, contents, strict=True))
    return {}


def gone(repo: Repository) -> list[str]:
    """The short names of all profiles that were ever removed, the latest first."""
    below = repo.prefix.decode("utf-8", "surrogateescape") + "profiles/"
    asked = (
        "log",
        "--diff-filter=D",
        "--no-renames",
        "--name-only",
        "--format=",
        "-z",
        "HEAD",
        "--",
        f":(top,literal){below}",
    )
    found: dict[str, None] = {}
    for row in repo.ask(*asked)[1].split(b"\0"):
        parts = row.strip(b"\n").decode("utf-8", "replace").removeprefix(below).split("/")
        if len(parts) == 2 and parts[1] == "profile.md":
            found[parts[0]] = None
    return list(found)[:MOST]


def _commits(repo: Repository, path: str) -> list[str]:
    """Commits that may hold a file in its last version: what comes before its removal, then where it was last written."""
    literal = f":(top,literal){path}"
    found: list[str] = []
    for letters in ("D", "AM"):
        asked = (
            "log",
            f"--diff-filter={letters}",
            "--no-renames",
            "--full-history",
            "--max-count=1",
            "--format=%P" if letters == "D" else "--format=%H",
        )
        found += repo.ask(*asked, "HEAD", "--", literal)[1].decode("ascii", "replace").split()
    return found
