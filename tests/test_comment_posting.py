"""Sending the comment: a real HTTP server that speaks the forges' APIs."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from factory import Checkout, Run, Site
from forge.comments import BOT, TOKEN, Comments

from experts.review import calls
from experts.review.calls import Calls, Failed
from experts.review.escaping import MARKER
from experts.review.posting import safe, send
from experts.review.threads import Thread, header

TEXT = f"{MARKER}\nAll is right.\n"
KINDS = ("github", "gitlab", "forgejo")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of the time between tries."""
    sleep = calls.time.sleep
    monkeypatch.setattr(calls.time, "sleep", lambda seconds: sleep(seconds / 100))


def sent(forge: Comments, text: str = TEXT, account: str = "") -> str:
    """Send a comment to pull request 7; what was done."""
    with Calls(forge.api, header(forge.kind, TOKEN), TOKEN) as connection:
        thread = Thread(connection, forge.kind, "nord/experts", 7)
        return send(thread, account or thread.account(), text)


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_one_comment_of_ours(kind: str) -> None:
    """The first run writes the comment, a later one brings it up to date, one with nothing new asks only."""
    with Comments(kind, page=2) as forge:
        forge.write("somebody", "Nice!")
        assert sent(forge) == "created"
        for number in range(5):
            forge.write("somebody", f"And another thing, {number}")
        assert sent(forge, TEXT + "More.\n") == "updated"
        assert forge.texts()[1] == (BOT, TEXT + "More.\n")
        forge.calls.clear()
        assert sent(forge, TEXT + "More.\n") == "same"
        assert forge.changes() == []
    assert [author for author, text in forge.texts() if text.startswith(MARKER)] == [BOT]


@pytest.mark.parametrize("kind", KINDS)
def test_our_comment_is_found_on_a_later_page(kind: str) -> None:
    """Many comments before ours do not lead to a second one."""
    with Comments(kind, page=3) as forge:
        for number in range(10):
            forge.write("somebody", f"Comment {number}")
        forge.write(BOT, TEXT)
        assert sent(forge) == "same"


def test_the_marker_of_somebody_else_is_not_ours() -> None:
    """A person who copies our comment does not get it overwritten, and cannot have ours hidden behind it."""
    with Comments() as forge:
        forge.write("mallory", TEXT)
        forge.write(BOT, "Something else of the same account.")
        assert sent(forge) == "created"
        assert forge.texts()[:2] == [("mallory", TEXT), (BOT, "Something else of the same account.")]


def test_the_token_of_a_workflow_finds_its_name() -> None:
    """GitHub does not tell a workflow's token who it is, except in its other API."""
    with Comments(user=False) as forge:
        assert sent(forge) == "created"
        assert sent(forge, TEXT + "More.\n") == "updated"
        assert forge.texts() == [("github-actions[bot]", TEXT + "More.\n")]


def test_two_runs_at_once_leave_one_comment() -> None:
    """Both may write before either sees the other; the oldest stays, with the text of one of them."""
    with Comments(delay=0.2) as forge:
        runs = [threading.Thread(target=sent, args=(forge, f"{MARKER}\nRun {number}\n")) for number in range(2)]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert len(forge.texts()) == 1
        assert [call for call in forge.changes() if call == "POST"] == ["POST", "POST"]


def test_leftovers_of_runs_that_were_stopped_go() -> None:
    """Two comments of ours become one, the oldest."""
    with Comments() as forge:
        first = forge.write(BOT, TEXT)
        forge.write(BOT, TEXT)
        assert sent(forge, TEXT + "New.\n") == "updated"
        assert [(item["id"], item["body"]) for item in forge.comments] == [(first, TEXT + "New.\n")]


@pytest.mark.parametrize("status", [502, 503, 429])
def test_a_busy_forge_is_asked_again(status: int) -> None:
    """What may pass passes: the comment is written all the same."""
    with Comments() as forge:
        forge.fail("GET", status, Retry_After="1")
        forge.fail("GET", status)
        forge.fail("POST", status)
        assert sent(forge) == "created"
        assert len(forge.texts()) == 1


def test_a_lost_answer_makes_no_second_comment() -> None:
    """A forge that wrote the comment and then failed is looked at before it is asked again."""
    with Comments() as forge:
        forge.fail("POST", 502, after=True)
        assert sent(forge) == "created"
        assert len(forge.texts()) == 1


def test_a_forge_that_stays_busy_ends_it() -> None:
    """There is an end to asking, and a sentence that names the forge's answer."""
    with Comments() as forge:
        for _ in range(calls.TRIES):
            forge.fail("GET", 503)
        with pytest.raises(Failed, match="refused GET /user with 503"):
            sent(forge)


def test_an_answer_may_not_be_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forge, or what claims to be one, cannot fill the memory."""
    monkeypatch.setattr(calls, "LARGEST", 1000)
    with Comments() as forge:
        forge.write("somebody", "x" * 5000)
        with pytest.raises(Failed, match="more than"):
            sent(forge)


def test_no_token_goes_over_a_line_that_can_be_read() -> None:
    """A token is sent to https addresses, and to this machine."""
    with pytest.raises(Failed, match="https"):
        Calls("http://forge.example/api", ("Authorization", TOKEN), TOKEN)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("@everybody look", "@\u2060everybody look"),
        ("![x](https://evil.example/x.png)", "!\u2060x (https:\u2060//evil.example/x.png)"),
        ("[click](https://evil.example/)", "click (https:\u2060//evil.example/)"),
        ("[file](https://forge.example/nord/experts/blob/main/a.md)", None),
        (
            "[hidden](https://forge.example/nord/experts/blob/../../issues/1)",
            "hidden (https:\u2060//forge.example/nord/",
        ),
        (
            "[other](https://forge.example/nord/experts/issues/1)",
            "other (https:\u2060//forge.example/nord/experts/issues",
        ),
        ("<img src=x onerror=alert(1)><script>", "&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;"),
        ("<details>", None),
        ("<details open ontoggle=x>", "&lt;details open ontoggle=x&gt;"),
        ("/close", "\\/close"),
        ("  /merge", "\\/merge"),
        ("see #12, nord/other#3 and GH-5", "see \\#\u206012, nord/other\\#\u20603 and GH\u2060-5"),
        ("&#64;mallory", "@\u2060mallory"),
        ("http://evil.example www.evil.example", "http:\u2060//evil.example www\u2060.evil.example"),
        ("[a]: https://evil.example", "\\[a\\]: https:\u2060//evil.example"),
        ("```", "\\`\\`\\`"),
        (f"x {MARKER}", "x &lt;!-- our-experts:comment --&gt;"),
        ("deadbeefdeadbeef", "deadbe\u2060efdead\u2060beef"),
    ],
)
def test_what_is_sent_was_made_safe(page: str, shown: str | None) -> None:
    """The file comes from a run that nobody trusts: it can neither link, nor show, nor call, nor command."""
    text = safe(f"{MARKER}\n{page}\n", ("https://forge.example/nord/experts/blob/",))
    line = text.splitlines()[1]
    assert line.startswith(page if shown is None else shown)


def test_a_comment_that_grows_by_being_made_safe_is_cut() -> None:
    """What is sent is never longer than a forge takes."""
    text = safe(MARKER + "\n" + "<" * 60_000 + "\n" + "x\n" * 10, ())
    assert len(text) <= 65_536
    assert text.startswith(MARKER)


# -- the command ----------------------------------------------------------------------------------


def posted(site: Site, forge: Comments, file: Path, *options: str, **environment: str) -> Run:
    """Run the command on a site whose settings name the forge."""
    site.settings(REPOSITORY={"url": "https://forge.example/nord/experts", "forge": forge.kind, "api": forge.api})
    given = ["--post", str(file), "--pull", "7", "--lang", "en", *options]
    return site.checkout.run("comment", "--site", str(site.folder), *given, **environment)


@pytest.fixture
def bare(tmp_path: Path, checkout: Checkout) -> Site:
    """Return a site with settings only."""
    return Site(tmp_path / "site", checkout, empty=True)


def test_the_command_sends_and_says_so(bare: Site, tmp_path: Path) -> None:
    """It tells that it uses the network and what it did; the token stays unsaid, also when it is refused."""
    file = tmp_path / "comment.md"
    file.write_text(TEXT, "utf-8")
    with Comments("gitlab") as forge:
        run = posted(bare, forge, file, GITLAB_TOKEN=TOKEN)
        assert run == (0, "Sending the comment to 127.0.0.1 …\nThe comment was written.\n", "")
        assert forge.texts() == [(BOT, TEXT)]
        refused = posted(bare, forge, file, FORGE_TOKEN="another-secret")
        assert refused.code == 1
        assert "401: the token is not valid" in refused.err
        assert "another-secret" not in refused.err + refused.out
        assert "there is no token for 127.0.0.1" in posted(bare, forge, file).err


@pytest.mark.parametrize(
    "content", [b"No marker.", f"First\n{MARKER}".encode(), MARKER.encode() + b"\xff", MARKER.encode() + b"x" * 240_001]
)
def test_no_other_file_is_sent(bare: Site, tmp_path: Path, content: bytes) -> None:
    """A file that begins with something else, is no UTF-8 or far too long is no comment; nothing is sent."""
    file = tmp_path / "comment.md"
    file.write_bytes(content)
    with Comments() as forge:
        run = posted(bare, forge, file, FORGE_TOKEN=TOKEN)
        assert run.code == 1
        assert "this is no comment" in run.err
        assert forge.calls == []
