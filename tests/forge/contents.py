"""What is in the repository: commits, trees, blobs, references."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from .routing import Answer, route

if TYPE_CHECKING:
    from .github import Forge


@route("GET", r"/branches/(.+)")
def _branch(forge: Forge, name: str, _: Any) -> Answer:
    return 200, {"name": name, "commit": forge.repository.commit(f"refs/heads/{name}")}


@route("GET", r"/git/trees/(.+)")
def _tree(forge: Forge, name: str, query: Any) -> Answer:
    return 200, forge.repository.tree(name, "recursive" in query)


@route("GET", r"/git/blobs/(\w+)")
def _blob(forge: Forge, sha: str, _: Any) -> Answer:
    return 200, forge.repository.blob(sha)


@route("GET", r"/git/refs?/(.+)")
def _reference(forge: Forge, name: str, _: Any) -> Answer:
    return 200, _pointing(f"refs/{name}", forge.repository.sha(f"refs/{name}"))


@route("GET", r"/commits")
def _commits(forge: Forge, query: Any) -> Answer:
    below = ["--", query["path"]] if "path" in query else []
    found = forge.repository.commits("-n", query.get("per_page", "30"), query.get("sha", forge.branch), *below)
    return 200, [{**commit, "author": {"login": forge.login}} for commit in found]


@route("GET", r"/compare/(.+)\.\.\.(.+)")
def _compare(forge: Forge, base: str, head: str, _: Any) -> Answer:
    return 200, forge.repository.compare(base.rsplit(":", maxsplit=1)[-1], head.rsplit(":", maxsplit=1)[-1])


@route("POST", r"/git/blobs")
def _new_blob(forge: Forge, data: Any) -> Answer:
    encoded = data.get("encoding") == "base64"
    content = base64.b64decode(data["content"]) if encoded else data["content"].encode()
    return 201, {"sha": forge.repository.write_blob(content)}


@route("POST", r"/git/trees")
def _new_tree(forge: Forge, data: Any) -> Answer:
    sha = forge.repository.write_tree(data.get("base_tree", ""), data["tree"])
    return 201, forge.repository.tree(sha)


@route("POST", r"/git/commits")
def _new_commit(forge: Forge, data: Any) -> Answer:
    author = data.get("author") or forge.user
    sha = forge.repository.write_commit(data["tree"], data["parents"], data["message"], author)
    return 201, forge.repository.commit(sha)


@route("POST", r"/git/refs")
def _new_reference(forge: Forge, data: Any) -> Answer:
    forge.repository.point(data["ref"], data["sha"], new=True)
    return 201, _pointing(data["ref"], data["sha"])


@route("PATCH", r"/git/refs/(.+)")
def _moved_reference(forge: Forge, name: str, data: Any) -> Answer:
    forge.repository.point(f"refs/{name}", data["sha"])
    return 200, _pointing(f"refs/{name}", data["sha"])


@route("DELETE", r"/git/refs/(.+)")
def _no_reference(forge: Forge, name: str, _: Any) -> Answer:
    forge.repository.git("update-ref", "-d", f"refs/{name}")
    return 204, None


def _pointing(reference: str, sha: str) -> dict[str, Any]:
    return {"ref": reference, "object": {"type": "commit", "sha": sha}}
