"""``serve --admin`` without a browser: what it says, what it leaves behind, and whom it answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factory import Checkout, Site

from experts import desk as desk_module
from experts import sidetree

from .conftest import serving
from .repositories import committed, git


@pytest.fixture
def site(tmp_path: Path, workshop: Checkout) -> Site:
    """Return a small site in a repository."""
    return committed(tmp_path / "site", workshop)


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[desk_module.Desk]:
    """Return a running back end for the site."""
    with desk_module.opened(site.folder, site.checkout.folder, tmp_path / "side") as desk:
        yield desk


def refusal(folder: Path, workshop: Checkout) -> str:
    """What is said of a site that cannot be edited."""
    environment = workshop.environment(HOME=str(folder.parent), GIT_CONFIG_NOSYSTEM="1")
    command = workshop.command("serve", "--admin", "--site", str(folder), "--port", "0")
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def ask(desk: desk_module.Desk, action: str, **values: Any) -> Any:
    """Ask the back end as the editor does."""
    asked = {"action": action, "params": {"branch": sidetree.BRANCH, **values}}
    status, body = desk.answer(json.dumps(asked).encode())
    assert status == 200, body
    return json.loads(body)


def post(url: str, body: bytes = b'{"action": "info"}', **headers: str) -> int:
    """The status of a request."""
    given = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, given), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_where_there_is_nothing_to_save_into(tmp_path: Path, workshop: Checkout) -> None:
    """Without a repository, a first commit or a name for commits, one sentence says what to do."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    assert "is in no Git repository" in refusal(folder, workshop)
    git(folder, "init", "-q", "-b", "main")
    assert "commit the site's files first" in refusal(folder, workshop)
    git(folder, "commit", "-q", "--allow-empty", "-m", "First")
    assert "Git does not know who you are" in refusal(folder, workshop)


def test_what_was_published_is_not_thrown_away(site: Site) -> None:
    """A branch of an earlier time whose commits are nowhere else is left alone."""
    git(site.folder, "checkout", "-q", "-b", sidetree.BRANCH)
    git(site.folder, "commit", "-q", "--allow-empty", "-m", "Published")
    git(site.folder, "checkout", "-q", "main")
    assert f"git merge {sidetree.BRANCH} takes it over" in refusal(site.folder, site.checkout)
    assert sidetree.BRANCH in git(site.folder, "branch")


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind(site: Site, by: signal.Signals) -> None:
    """It says what it does, and at the end has removed its folder, its branch and its process."""
    site.put("profiles/ida-gross/notes.md", "not committed")
    with serving(site) as running:
        assert "nothing is sent anywhere" in running.said
        assert "changes of 1 files in your folder that are not committed yet" in running.said
        assert f"{running.url}admin/ is the web editor." in running.said
        assert len(git(site.folder, "worktree", "list").splitlines()) == 2
        with pytest.raises(AssertionError, match="is open already"), serving(site):
            pass
        git(site.folder, "branch", "cms/topics/heat")
        _, errors = running.end(by)
        assert (running.process.returncode, errors) == (0, "")
    assert len(git(site.folder, "worktree", "list").splitlines()) == 1
    assert git(site.folder, "branch", "--format=%(refname:short)").split() == ["cms/topics/heat", "main"]
    assert not list((site.checkout.folder / ".cache").glob("editor-*/"))


def test_killed_preview_takes_its_back_end_along(site: Site) -> None:
    """After a power cut the next start works, and no process of the last one is left."""
    with serving(site) as running:
        children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
        running.process.kill()
        running.process.communicate()
    end = time.monotonic() + 10
    while any(os.path.exists(f"/proc/{child}/fd/1") for child in children):
        assert time.monotonic() < end
        time.sleep(0.05)
    with serving(site) as running:
        assert running.end()[1] == ""


def test_commit_by_hand_is_seen(desk: desk_module.Desk, site: Site) -> None:
    """The editor's branch follows the site's, so that it shows what was committed a moment ago."""
    found = {"folder": "profiles", "extension": "md", "depth": 2}
    assert len(ask(desk, "entriesByFolder", **found)) == 4
    site.put("profiles/new-one/profile.md", "---\nname: New One\n---\n")
    assert len(ask(desk, "entriesByFolder", **found)) == 4
    git(site.folder, "add", ".")
    git(site.folder, "commit", "-qm", "By hand")
    assert len(ask(desk, "entriesByFolder", **found)) == 5


def test_publishing_does_not_overwrite(desk: desk_module.Desk, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the same file is being edited by hand, it stays as it is, and a sentence says where the published one is."""
    path = "content/topics/heat.md"
    text = site.read(path)
    file = {"path": path, "slug": "heat", "raw": text.replace("Heat", "Warmth")}
    options = {"collectionName": "topics", "commitMessage": "Changed", "useWorkflow": True, "status": "draft"}
    ask(desk, "persistEntry", dataFiles=[file], assets=[], options=options)
    site.put(path, text + "mine\n")
    ask(desk, "publishUnpublishedEntry", collection="topics", slug="heat")
    assert site.read(path) == text + "mine\n"
    assert f"not in your folder yet (git merge {sidetree.BRANCH})" in capsys.readouterr().out
    assert "Warmth" in git(site.folder, "show", f"{sidetree.BRANCH}:{path}")


def test_back_end_answers_the_preview_only(desk: desk_module.Desk) -> None:
    """Whoever finds the port, like a page in the browser, gets nothing from it."""
    assert post(f"http://127.0.0.1:{desk.port}/api/v1") == 403
    assert post(f"http://127.0.0.1:{desk.port}/api/v1", x_key="x" * 43) == 403
    assert desk.answer(b"[]")[0] == desk.answer(b"\xff")[0] == 400


def test_pages_from_elsewhere_cannot_save(site: Site) -> None:
    """The preview passes on what its own pages send as JSON, and nothing that another site can make a browser send."""
    with serving(site) as running:
        url = f"{running.url}admin/api/v1"
        assert post(url) == post(url, Origin=running.url.rstrip("/")) == 200
        assert post(url, Origin="https://evil.example") == 403
        assert post(url, Origin="null") == 403
        assert post(url, Content_Type="text/plain") == 403
        assert post(url, Host="evil.example") == 403
        assert post(f"{running.url}admin/") == 501


def test_end_of_the_back_end_is_said(desk: desk_module.Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """If it dies the terminal says so, and so does the editor at the next save."""
    desk.process.kill()
    desk.process.wait()
    status, body = desk.answer(b'{"action": "info"}')
    assert (status, json.loads(body)) == (503, {"error": desk_module.GONE})
    end = time.monotonic() + 5
    said = ""
    while desk_module.GONE not in said:
        assert time.monotonic() < end
        said += capsys.readouterr().err
        time.sleep(0.02)
