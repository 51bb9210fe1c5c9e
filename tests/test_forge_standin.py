"""The forge of the tests: it must behave like the real one where others rely on it."""

from __future__ import annotations

import base64
import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from forge.github import Forge


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    """Return a forge whose repository has one file on main."""
    bare = tmp_path / "experts.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    with Forge(bare, token="secret") as forge:
        tree = forge.repository.write_tree("", [{"path": "a/b.md", "sha": forge.repository.write_blob(b"one\n")}])
        forge.repository.point("refs/heads/main", forge.repository.write_commit(tree, [], "First", forge.user))
        yield forge


def ask(forge: Forge, path: str, method: str = "GET", token: str = "secret", **data: Any) -> Any:
    """Ask as a client does; the JSON of the answer, or the code of a refusal."""
    body = json.dumps(data).encode() if data else None
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{forge.api}/repos/example/experts{path}", body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read() or "null")
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def edited(forge: Forge, branch: str, content: str) -> None:
    """Write a file on a new branch, as Decap does, and open a pull request."""
    main = ask(forge, "/branches/main")["commit"]["sha"]
    encoded = base64.b64encode(content.encode()).decode()
    blob = ask(forge, "/git/blobs", "POST", content=encoded, encoding="base64")["sha"]
    entry = {"path": "a/b.md", "mode": "100644", "type": "blob", "sha": blob}
    tree = ask(forge, "/git/trees", "POST", base_tree=main, tree=[entry])["sha"]
    commit = ask(forge, "/git/commits", "POST", message="Änderung", tree=tree, parents=[main])["sha"]
    ask(forge, "/git/refs", "POST", ref=f"refs/heads/{branch}", sha=commit)
    ask(forge, "/pulls", "POST", title="T", head=branch, base="main")


def test_pull_request_lands_in_the_real_repository(forge: Forge) -> None:
    """What a pull request holds is what Git has after the merge; a second merge is refused."""
    edited(forge, "cms/x", "two\n")
    assert [file["status"] for file in ask(forge, "/pulls/1/files")] == ["modified"]
    assert ask(forge, "/pulls/1/merge", "PUT", merge_method="merge")["merged"]
    assert forge.repository.text("main:a/b.md") == "two\n"
    assert ask(forge, "/pulls/1/merge", "PUT", merge_method="merge") == 405


def test_conflict_is_not_merged(forge: Forge) -> None:
    """Of two changes of one line the second one is refused, and main stays."""
    edited(forge, "one", "two\n")
    edited(forge, "other", "three\n")
    ask(forge, "/pulls/1/merge", "PUT", merge_method="merge")
    assert ask(forge, "/pulls/2/merge", "PUT", merge_method="merge") == 405
    assert forge.repository.text("main:a/b.md") == "two\n"


def test_comments_come_in_pages_and_can_be_changed(forge: Forge) -> None:
    """A list is 30 long where nobody asks for more; a comment that is not there is 404."""
    edited(forge, "cms/x", "two\n")
    for number in range(31):
        ask(forge, "/issues/1/comments", "POST", body=str(number))
    assert len(ask(forge, "/issues/1/comments")) == 30
    last = ask(forge, "/issues/1/comments?page=2")
    assert [comment["body"] for comment in last] == ["30"]
    ask(forge, f"/issues/comments/{last[0]['id']}", "PATCH", body="new")
    assert forge.comments[-1]["body"] == "new"
    assert ask(forge, "/issues/comments/1") == 404


def test_status_of_a_commit_is_the_worst_one(forge: Forge) -> None:
    """One failed check is a failure, whatever the others say."""
    sha = forge.repository.sha("main")
    ask(forge, f"/statuses/{sha}", "POST", state="success", context="a")
    ask(forge, f"/statuses/{sha}", "POST", state="failure", context="b")
    assert ask(forge, "/commits/main/status")["state"] == "failure"


def test_wrong_token_is_refused(forge: Forge) -> None:
    """Who has not logged in learns nothing."""
    assert ask(forge, "/pulls", token="other") == 401
    assert forge.written == []
