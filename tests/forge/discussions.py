"""What is said about commits and pull requests: labels, statuses, comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .repository import MissingError
from .routing import MOMENT, Answer, route

if TYPE_CHECKING:
    from .github import Forge


@route("GET", r"/issues/(\d+)/labels")
def _labels(forge: Forge, number: str, _: Any) -> Answer:
    return 200, forge.pull(number)["labels"]


@route("PUT", r"/issues/(\d+)/labels")
def _new_labels(forge: Forge, number: str, data: Any) -> Answer:
    forge.pull(number)["labels"] = [{"name": name} for name in data["labels"]]
    return 200, forge.pull(number)["labels"]


@route("POST", r"/issues/(\d+)/labels")
def _more_labels(forge: Forge, number: str, data: Any) -> Answer:
    names = [label["name"] for label in forge.pull(number)["labels"]]
    return _new_labels(forge, number, {"labels": dict.fromkeys([*names, *data["labels"]])})


@route("GET", r"/commits/([\w./-]+)/status(?:es)?")
def _status(forge: Forge, name: str, _: Any) -> Answer:
    sha = forge.repository.sha(f"{name}^{{commit}}")
    found = forge.statuses.get(sha, [])
    worst = [state for state in ("failure", "error", "pending") if any(one["state"] == state for one in found)]
    return 200, {"sha": sha, "state": worst[0] if worst else "success", "statuses": found}


@route("POST", r"/statuses/(\w+)")
def _new_status(forge: Forge, sha: str, data: Any) -> Answer:
    status = {"context": "default", "description": "", "target_url": "", **data}
    forge.statuses.setdefault(forge.repository.sha(sha), []).insert(0, status)
    return 201, status


@route("GET", r"/issues/(\d+)/comments")
def _comments(forge: Forge, number: str, _: Any) -> Answer:
    return 200, [comment for comment in forge.comments if comment["issue"] == int(number)]


@route("POST", r"/issues/(\d+)/comments")
def _new_comment(forge: Forge, number: str, data: Any) -> Answer:
    forge.pull(number)
    own = {"id": len(forge.comments) + 1001, "issue": int(number), "body": data["body"], "user": {"login": forge.login}}
    forge.comments.append({**own, "created_at": MOMENT, "updated_at": MOMENT, "html_url": f"{forge.url}/pull/{number}"})
    return 201, forge.comments[-1]


@route("GET", r"/issues/comments/(\d+)")
def _comment(forge: Forge, number: str, _: Any) -> Answer:
    return 200, _known_comment(forge, number)


@route("PATCH", r"/issues/comments/(\d+)")
def _changed_comment(forge: Forge, number: str, data: Any) -> Answer:
    comment = _known_comment(forge, number)
    comment["body"] = data["body"]
    return 200, comment


@route("DELETE", r"/issues/comments/(\d+)")
def _no_comment(forge: Forge, number: str, _: Any) -> Answer:
    forge.comments.remove(_known_comment(forge, number))
    return 204, None


def _known_comment(forge: Forge, number: str) -> dict[str, Any]:
    for comment in forge.comments:
        if comment["id"] == int(number):
            return comment
    raise MissingError(number)
