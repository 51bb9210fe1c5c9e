"""Whether Git has all that is about to change, so that nothing is lost that nobody can bring back."""

from __future__ import annotations

from collections.abc import Iterable

from experts.gate.repository import Repository
from experts.problems import Problem, Problems

AT_ONCE = 200


def unsaved(root: str, paths: Iterable[str]) -> list[Problem]:
    """A problem for each of some files, relative to the site `root`, that is not committed as it is; none outside of a repository."""
    try:
        repository = Repository(root)
    except Problems:
        return []
    wanted, found = list(paths), []
    for start in range(0, len(wanted), AT_ONCE):
        asked = [f":(literal){path}" for path in wanted[start : start + AT_ONCE]]
        answer = repository.ask("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *asked)[1]
        found += [row[3:].decode("utf-8", "replace") for row in answer.split(b"\0") if row]
    top = repository.prefix.decode("utf-8", "replace")
    message, hint = (
        "this file has changes that are not committed",
        "commit them or take them back first: git status shows them",
    )
    return [Problem(path.removeprefix(top), 0, 0, "unsaved", message, hint) for path in sorted(set(found))]
