"""The command ``merge``: merge a pull request, if what it proposes is still what was judged.

The forge itself compares the commit (`sha`), so that nothing pushed in between gets in:
https://docs.github.com/en/rest/pulls/pulls#merge-a-pull-request, https://docs.gitlab.com/api/merge_requests/#merge-a-merge-request,
and Forgejo's ``/repos/{owner}/{repo}/pulls/{index}/merge``.
"""

from __future__ import annotations

import argparse
import time
from typing import Any
from urllib.parse import quote

from experts import console
from experts.problems import Problem, Problems

from .calls import Failed
from .repository import Repository, opened

_WAITS = (2, 4, 8)
"""Seconds between attempts: for a moment after a push or a merge, forges do not know yet whether they can merge."""
_NOT_YET = (405, 423)  # not mergeable; locked
_OUTDATED = 409
_EDITOR = "cms/"
"""How the names of the web editor's branches begin."""


def command(argv: list[str]) -> int:
    """``merge``: merge it; 1 if the forge does not."""
    parser = argparse.ArgumentParser(prog="tasks.py merge", description="Merge a pull request (network).")
    console.site_options(parser)
    parser.add_argument("--pull", required=True, type=int, metavar="NUMBER")
    parser.add_argument("--sha", required=True, metavar="SHA", help="the commit that was judged")
    parser.add_argument(
        "--approve", action="store_true", help="approve first, where the rules of the branch ask for it"
    )
    parser.add_argument("--start", default="", metavar="WORKFLOW", help="then start this workflow on the main branch")
    return console.run(_merge, parser.parse_args(argv))


def _merge(arguments: argparse.Namespace) -> int:
    with opened(console.request_of(arguments).settings.forge) as place:
        if arguments.approve:
            approve(place, arguments.pull, arguments.sha)
        branch = editor_branch(place, arguments.pull)
        merge(place, arguments.pull, arguments.sha, bool(branch))
        if branch:
            remove(place, branch)
        if arguments.start:
            start(place, arguments.start)
    print(f"merged {arguments.pull}")
    return console.DONE


def approve(place: Repository, number: int, sha: str) -> None:
    """Approve what was judged."""
    if place.kind == "gitlab":
        place.call("POST", f"merge_requests/{number}/approve", {"sha": sha})
    else:
        event = "APPROVED" if place.kind == "forgejo" else "APPROVE"
        place.call("POST", f"pulls/{number}/reviews", {"event": event, "commit_id": sha})


def editor_branch(place: Repository, number: int) -> str:
    """The branch of a pull request that the web editor made; "" for all others.

    The next change of the same entry gets a branch of the same name, so this one must go when it is merged.
    """
    if place.kind == "gitlab":
        said = place.call("GET", f"merge_requests/{number}")
        branch, ours = said.get("source_branch", ""), said.get("source_project_id") == said.get("target_project_id")
    else:
        said = place.call("GET", f"pulls/{number}")
        branch, repositories = said["head"]["ref"], [said[side].get("repo") or {} for side in ("head", "base")]
        ours = repositories[0].get("full_name") == repositories[1].get("full_name")
    return branch if ours and branch.startswith(_EDITOR) else ""


def remove(place: Repository, branch: str) -> None:
    """Remove a branch that has been merged; GitLab has done so by itself.  Where the forge does not, it says so."""
    if place.kind == "gitlab":
        return
    path = f"branches/{quote(branch, safe='')}" if place.kind == "forgejo" else f"git/refs/heads/{quote(branch)}"
    try:
        place.call("DELETE", path)
    except Failed as failed:
        print(f"the branch {branch} stays: {failed}")


def merge(place: Repository, number: int, sha: str, editor: bool = False) -> None:
    """Merge; on GitLab as soon as its pipeline has succeeded.  Problems if the forge does not."""
    method, path, body = _request(place.kind, number, sha, editor)
    for wait in (*_WAITS, 0):
        try:
            place.call(method, path, body)
        except Failed as failed:
            if failed.status in _NOT_YET and wait:
                time.sleep(wait)
                continue
            raise Problems([_why(failed)]) from None
        return


def _request(kind: str, number: int, sha: str, editor: bool) -> tuple[str, str, dict[str, Any]]:
    if kind == "gitlab":
        body = {"sha": sha, "auto_merge": True, "merge_when_pipeline_succeeds": True}  # new name and old one
        body |= {"should_remove_source_branch": True} if editor else {}
        return "PUT", f"merge_requests/{number}/merge", body
    if kind == "forgejo":
        return "POST", f"pulls/{number}/merge", {"Do": "merge", "head_commit_id": sha}
    return "PUT", f"pulls/{number}/merge", {"sha": sha, "merge_method": "merge"}


def start(place: Repository, workflow: str) -> None:
    """Start a workflow: what a workflow's own token merges starts none, so that none can start itself for ever."""
    place.call("POST", f"actions/workflows/{workflow}/dispatches", {"ref": place.branch})


def _why(failed: Failed) -> Problem:
    values = {"why": str(failed)}
    if failed.status == _OUTDATED:
        hint = "what was added is checked by itself"
        return Problem("merge", 0, 0, "outdated", "it is no longer what was judged: {why}", hint, values)
    hint = "somebody has to merge it, or the rules of the branch let the token do it"
    return Problem("merge", 0, 0, "not-merged", "the forge does not merge it: {why}", hint, values)
