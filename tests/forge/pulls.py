"""Pull requests, and their merges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .repository import MissingError
from .routing import MOMENT, Answer, route

if TYPE_CHECKING:
    from .github import Forge


@route("GET", r"/pulls")
def _pulls(forge: Forge, query: Any) -> Answer:
    head, state = query.get("head", "").split(":")[-1], query.get("state", "open")
    wanted = [pull for pull in forge.pulls if head in ("", pull["head"]["ref"]) and state in ("all", pull["state"])]
    return 200, [forge.shown(pull) for pull in wanted]


@route("POST", r"/pulls")
def _new_pull(forge: Forge, data: Any) -> Answer:
    branch, number = data["head"].split(":")[-1], len(forge.pulls) + 1
    sides = {
        "head": {"ref": branch, "sha": forge.repository.sha(f"refs/heads/{branch}"), "repo": forge.about()},
        "base": {"ref": data["base"], "sha": forge.repository.sha(f"refs/heads/{data['base']}"), "repo": forge.about()},
    }
    forge.pulls.append(
        {
            "number": number,
            "id": number,
            "state": "open",
            "title": data["title"],
            "body": data.get("body") or "",
            "labels": [],
            "user": {"login": forge.login},
            "merged_at": None,
            "updated_at": MOMENT,
            "html_url": f"{forge.url}/pull/{number}",
            **sides,
        }
    )
    return 201, forge.pulls[-1]


@route("GET", r"/pulls/(\d+)")
def _pull(forge: Forge, number: str, _: Any) -> Answer:
    return 200, forge.shown(forge.pull(number))


@route("PATCH", r"/pulls/(\d+)")
def _changed_pull(forge: Forge, number: str, data: Any) -> Answer:
    forge.pull(number).update({key: data[key] for key in ("title", "body", "state") if key in data})
    return 200, forge.shown(forge.pull(number))


@route("GET", r"/pulls/(\d+)/commits")
def _pull_commits(forge: Forge, number: str, _: Any) -> Answer:
    pull = forge.shown(forge.pull(number))
    return 200, forge.repository.commits("--reverse", f"{pull['base']['sha']}..{pull['head']['sha']}")


@route("GET", r"/pulls/(\d+)/files")
def _pull_files(forge: Forge, number: str, _: Any) -> Answer:
    pull = forge.shown(forge.pull(number))
    return 200, forge.repository.compare(pull["base"]["ref"], pull["head"]["sha"])["files"]


@route("PUT", r"/pulls/(\d+)/merge")
def _merge(forge: Forge, number: str, data: Any) -> Answer:
    pull = forge.shown(forge.pull(number))
    if pull["state"] != "open":
        return 405, {"message": "Pull Request is not mergeable"}
    if data.get("sha") not in (None, pull["head"]["sha"]):
        return 409, {"message": "Head branch was modified. Review and try the merge again."}
    try:
        sha = forge.repository.merge(pull["base"]["ref"], pull["head"]["sha"], f"Merge pull request #{number}")
    except MissingError:
        return 405, {"message": "Pull Request is not mergeable"}
    forge.pull(number).update(pull, state="closed", merged_at=MOMENT)
    return 200, {"sha": sha, "merged": True, "message": "Pull Request successfully merged"}
