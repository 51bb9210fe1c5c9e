"""The commands ``pull``, ``status`` and ``merge``, against a forge on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import Checkout, Run, Site
from runners.forge import NAME, TOKEN, Answer, LocalForge, Pull
from runners.machine import git

KINDS = ("github", "gitlab", "forgejo")


class Desk:
    """A site whose repository is on the forge, with one pull request."""

    def __init__(self, folder: Path, checkout: Checkout) -> None:
        """Open the pull request."""
        self.site = Site(folder / "site", checkout, empty=True)
        self.forge = LocalForge(folder)
        clone = folder / "clone"
        git("clone", "--quiet", str(self.forge.origin), str(clone), at=folder)
        git("commit", "--quiet", "--allow-empty", "-m", "Begin", at=clone)
        git("push", "--quiet", "origin", "HEAD:main", at=clone)
        git("commit", "--quiet", "--allow-empty", "-m", "Change", at=clone)
        git("push", "--quiet", "origin", "HEAD:refs/pull/0/head", at=clone)
        self.pull: Pull = self.forge.open("mara-l", git("rev-parse", "HEAD", at=clone))

    def run(self, kind: str, *arguments: str, token: str = TOKEN) -> Run:
        """Run a command on a site of this kind of forge."""
        api = f"{self.forge.url}/api/v4" if kind == "gitlab" else self.forge.url
        self.site.settings(REPOSITORY={"url": f"{self.forge.url}/{NAME}", "forge": kind, "api": api})
        options = ["--site", str(self.site.folder), "--lang", "en"]
        return self.site.checkout.run(arguments[0], *options, *arguments[1:], FORGE_TOKEN=token)


@pytest.fixture
def desk(tmp_path: Path, checkout: Checkout) -> Iterator[Desk]:
    """Return a site on a forge."""
    desk = Desk(tmp_path, checkout)
    yield desk
    desk.forge.close()


@pytest.mark.parametrize("kind", ["github", "forgejo"])
def test_a_commit_tells_its_pull_request(desk: Desk, kind: str) -> None:
    """Number and author come from the forge, found by branch and newest commit."""
    run = desk.run(kind, "pull", "--sha", desk.pull.sha, "--from", "mara-l:patch-1")
    assert run.out.splitlines() == [f"number={desk.pull.number}", f"sha={desk.pull.sha}", "author=mara-l"], run.err


def test_an_older_commit_has_no_pull_request(desk: Desk) -> None:
    """When more was pushed meanwhile, there is nothing to do: the newer commit has a run of its own."""
    run = desk.run("github", "pull", "--sha", "b" * 40, "--from", "mara-l:patch-1")
    assert (run.code, run.out) == (0, "")


def test_an_event_of_gitlab_names_only_the_number(desk: Desk, tmp_path: Path) -> None:
    """Whatever else an event says, commit and author are asked from GitLab; a merged one is no longer open."""
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"object_attributes": {"iid": desk.pull.number}, "user": {"username": "somebody"}}))
    run = desk.run("gitlab", "pull", "--event", str(event))
    assert run.out.splitlines() == [f"number={desk.pull.number}", f"sha={desk.pull.sha}", "author=mara-l"], run.err
    desk.forge.merge(desk.pull.number, desk.pull.sha)
    run = desk.run("gitlab", "pull", "--event", str(event))
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"object_attributes": {}}', '{"pull_request": null}'])
def test_an_event_that_names_none_is_a_sentence(desk: Desk, tmp_path: Path, content: str) -> None:
    """An event about something else ends with a sentence, not with a traceback."""
    event = tmp_path / "event.json"
    event.write_text(content)
    run = desk.run("gitlab", "pull", "--event", str(event))
    assert run.code == 1
    assert "no pull request is named here" in run.err


def test_what_is_printed_can_be_read_by_a_shell(desk: Desk) -> None:
    """An account that is not spelt like one is not printed: what a forge says goes into a shell."""
    desk.forge.pulls[desk.pull.number] = desk.pull._replace(author="x; touch /tmp/taken")
    run = desk.run("github", "pull", "--sha", desk.pull.sha, "--from", "x:patch-1")
    assert run.out == ""


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_judged_is_merged(desk: Desk, kind: str) -> None:
    """Each kind of forge is told the commit that was judged, and merges it."""
    run = desk.run(kind, "merge", "--pull", str(desk.pull.number), "--sha", desk.pull.sha)
    assert run.code == 0, run.err
    assert desk.forge.merged == {desk.pull.number}


@pytest.mark.parametrize("kind", KINDS)
def test_something_else_is_not_merged(desk: Desk, kind: str) -> None:
    """What was pushed after the judgement does not get in with it."""
    run = desk.run(kind, "merge", "--pull", str(desk.pull.number), "--sha", "b" * 40)
    assert run.code == 1
    assert "no longer what was judged" in run.err
    assert not desk.forge.merged


@pytest.mark.parametrize(("kind", "event"), [("github", "APPROVE"), ("forgejo", "APPROVED")])
def test_approving_comes_first(desk: Desk, kind: str, event: str) -> None:
    """Where the rules ask for an approval, exactly the judged commit is approved, and publishing starts last."""
    options = ["--approve", "--start", "publish.yml"]
    run = desk.run(kind, "merge", "--pull", str(desk.pull.number), "--sha", desk.pull.sha, *options)
    assert run.code == 0, run.err
    assert [path.rsplit("/", 1)[-1] for _, path, _ in desk.forge.said] == ["reviews", "merge", "dispatches"]
    assert desk.forge.said[0][2] == {"event": event, "commit_id": desk.pull.sha}
    assert desk.forge.said[2][2] == {"ref": "main"}


def test_a_forge_that_is_not_ready_is_asked_again(desk: Desk) -> None:
    """A moment after a push a forge may not know yet that it can merge."""
    desk.forge.answers = [Answer(405, {"message": "Base branch was modified."})]
    run = desk.run("github", "merge", "--pull", str(desk.pull.number), "--sha", desk.pull.sha)
    assert run.code == 0, run.err
    assert len(desk.forge.said) == 2


@pytest.mark.parametrize(
    ("gate", "state", "words"),
    [
        ({"verdict": "merge", "checks_ok": True}, "success", "merges by itself"),
        ({"verdict": "review", "checks_ok": True}, "success", "somebody has to approve it"),
        ({"verdict": "review", "checks_ok": False}, "failure", "there are problems"),
    ],
)
def test_the_verdict_stands_beside_the_commit(
    desk: Desk, tmp_path: Path, gate: dict[str, object], state: str, words: str
) -> None:
    """Problems fail the status, so that rules can ask for it; the need of an approval does not."""
    file = tmp_path / "gate.json"
    file.write_text(json.dumps(gate))
    run = desk.run("github", "status", "--sha", desk.pull.sha, "--gate", str(file))
    assert run.code == 0, run.err
    ((_, path, body),) = desk.forge.said
    assert path.endswith(desk.pull.sha)
    assert (body["state"], body["context"]) == (state, "gate")
    assert words in body["description"]


def test_without_a_token_nothing_is_asked(desk: Desk) -> None:
    """A missing token and one without rights are sentences that say what is missing."""
    arguments = ("merge", "--pull", str(desk.pull.number), "--sha", desk.pull.sha)
    missing, wrong = desk.run("github", *arguments, token=""), desk.run("github", *arguments, token="other")
    assert "FORGE_TOKEN" in missing.err
    assert "with 401: the token is not valid" in wrong.err
    assert (missing.code, wrong.code, desk.forge.said) == (1, 1, [])


def test_a_forge_that_is_away_is_a_sentence(desk: Desk) -> None:
    """Without an answer the command ends with a sentence."""
    desk.forge.close()
    run = desk.run("github", "merge", "--pull", "7", "--sha", desk.pull.sha)
    assert run.code == 1
    assert "cannot be reached" in run.err
