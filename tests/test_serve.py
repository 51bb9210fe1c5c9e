"""The preview: a real server on a free port, real HTTP, and a build of a few lines in place of the real one."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pytest

from experts import serve
from experts.preview import PreviewServer, content_type

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Copies content/ and profiles/ to the output. A file problems.json there is reported and stops the build; crash.txt breaks it;
# slow.txt makes it take a while after everything was read.
BUILD = """\
import json, pathlib, sys, time
site, output, report = map(pathlib.Path, sys.argv[1:])
content = site / "content"
if (content / "crash.txt").exists():
    sys.exit("Traceback:\\nZeroDivisionError: a bug")
problems, made = [], 0
if (content / "problems.json").exists():
    problems = json.loads((content / "problems.json").read_text())
else:
    for file in [*content.rglob("*.*"), *(site / "profiles").rglob("*.*")]:
        target = output / file.relative_to(content if file.is_relative_to(content) else site)
        data = file.read_bytes()
        if not target.exists() or target.read_bytes() != data:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            made += 1
if (content / "slow.txt").exists():
    time.sleep(0.7)
report.write_text(json.dumps({"ok": not problems, "made": made, "unchanged": 0, "removed": 0, "problems": problems}))
"""
PAGE = "<!doctype html><html lang=en><body><h1>{}</h1></body></html>"
PROBLEM = {"path": "profiles/ada/profile.md", "line": 3, "column": 7, "message": "no such <topic>", "hint": "use “tea”"}


T = TypeVar("T")


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: http.client.HTTPMessage
    body: str


class Preview(NamedTuple):
    """A running preview; `source` is where a test edits."""

    source: Path
    server: PreviewServer

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path, as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=5)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def write(self, name: str, text: str) -> None:
        """Write a file the way editors do: aside, then renamed."""
        file = self.source / name
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{file.name}.tmp")
        aside.write_text(text, "utf-8")
        aside.replace(file)

    def noticed(self, text: str, path: str = "/probe.txt") -> bool:
        """Edit probe.txt; tell whether the edit is served within half a second."""
        self.write("probe.txt", text)
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            if self.get(path).body == text:
                return True
        return False

    def until(self, path: str, words: str) -> Answer:
        """Ask until the answer holds some words."""
        return eventually(lambda: self.get(path), lambda answer: words in answer.body)


def eventually(ask: Callable[[], T], good: Callable[[T], bool]) -> T:
    """Ask until the answer is good, for ten seconds at most."""
    end = time.monotonic() + 10
    while not good(answer := ask()):
        assert time.monotonic() < end, answer
        time.sleep(0.02)
    return answer


def fake_build(tmp_path: Path) -> serve.Command:
    """Return the command of the build above."""
    script = tmp_path / "build.py"
    script.write_text(BUILD, "utf-8")
    return lambda site, output, report: [sys.executable, str(script), str(site), str(output), str(report)]


def fill(preview: Preview) -> Preview:
    """Write the pages of a tiny site."""
    for name in ("index.html", "en/index.html", "about/index.html"):
        preview.write(name, PAGE.format(name))
    preview.write("404.html", PAGE.format("nicht da"))
    preview.write("en/404.html", PAGE.format("not here"))
    return preview


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Preview]:
    """Return a server of a tiny site that nobody builds: tests write into its folder."""
    output = tmp_path / "output"
    output.mkdir()
    server = PreviewServer(output, 0)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield fill(Preview(output, server))
    server.stop()
    thread.join(5)


@pytest.fixture
def preview(served: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """Return a server of a tiny site that is built on each change, and was built once."""
    site, checkout = tmp_path / "site", tmp_path / "checkout"
    for folder in (site / "content", checkout / "plugins"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(serve, "CHECKOUT", checkout)
    result = fill(Preview(site / "content", served.server))
    watcher = serve.Watcher(site)
    thread = threading.Thread(target=serve.follow, args=[served.server, watcher, fake_build(tmp_path)])
    result.write("index.html", PAGE.format("built"))
    thread.start()
    result.until("/", "built")
    # The watches are set up in threads: edit until one is noticed, then until nothing is left to do.
    numbers = iter(range(1000))
    eventually(lambda: result.noticed(f"probe {next(numbers)}"), bool)
    time.sleep(0.2)
    assert not watcher.dirty.is_set()
    yield result
    watcher.stop()
    thread.join(5)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.vcf", "text/vcard; charset=utf-8"),
        ("A.WOFF2", "font/woff2"),
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("html", "text/html; charset=utf-8"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_types(name: str, kind: str) -> None:
    """A file's type follows from its name alone, on every machine; texts are UTF-8."""
    assert content_type(name) == kind


def test_page(served: Preview) -> None:
    """A folder is its index page; pages are never kept without asking, and end with the preview's script."""
    answer = served.get("/about/?a=b")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.search(r'<h1>about/index.html</h1><script src="/.live.js" data-build="\w+"></script></body>', answer.body)
    assert served.get("/.live.js").headers["Content-Type"].startswith("text/javascript")


def test_files_on_disk_stay_as_built(served: Preview) -> None:
    """What the preview adds to a page is not written into the site."""
    assert ".live" in served.get("/").body
    assert ".live" not in (served.server.folder / "index.html").read_text()


def test_other_files_are_sent_as_they_are(served: Preview) -> None:
    """Only pages get additions: a style sheet or a fragment named .txt arrives byte for byte."""
    served.write("a.css", "b { color: red } /* </body> */")
    assert served.until("/a.css", "red").body == "b { color: red } /* </body> */"


def test_head(served: Preview) -> None:
    """HEAD says what GET says, without the body."""
    head, get = served.get("/", "HEAD"), served.get("/")
    assert (head.status, head.body) == (200, "")
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))


def test_other_methods_are_refused(served: Preview) -> None:
    """The preview only reads."""
    assert served.get("/", "POST").status == 501


def test_unchanged_files_are_not_sent_again(served: Preview) -> None:
    """A browser that has a file is only told so, by its tag or its date; a changed one is sent."""
    served.write("a.txt", "one")
    tag = served.until("/a.txt", "one").headers
    assert served.get("/a.txt", If_None_Match=f'"x", W/{tag["ETag"]}').status == 304
    assert served.get("/a.txt", If_Modified_Since=tag["Last-Modified"]).status == 304
    assert served.get("/a.txt", If_Modified_Since="nonsense").status == 200
    served.write("a.txt", "other")
    served.until("/a.txt", "other")
    assert served.get("/a.txt", If_None_Match=tag["ETag"]).status == 200


def test_page_is_sent_again_when_only_the_problems_changed(served: Preview) -> None:
    """The tag of a page covers what the preview adds to it."""
    tag = served.get("/").headers["ETag"]
    assert served.get("/", If_None_Match=tag).status == 304
    served.server.live.publish([PROBLEM])
    assert served.get("/", If_None_Match=tag).status == 200


@pytest.mark.parametrize(
    ("path", "location"), [("/about", "/about/"), ("/about?q=1", "/about/?q=1"), ("//about", "/about/")]
)
def test_folder_without_slash(served: Preview, path: str, location: str) -> None:
    """A folder without its slash leads to the one with it, and never to another host."""
    answer = served.get(path)
    assert (answer.status, answer.headers["Location"]) == (301, location)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nothing", "nicht da"),
        ("/en/nothing/at/all/", "not here"),
        ("/en/nothing.css", "not here"),
        ("/de/x", "nicht da"),
        ("/index.html/", "nicht da"),
        ("/" + "x" * 3000, "nicht da"),
    ],
)
def test_missing_page(served: Preview, path: str, words: str) -> None:
    """A missing page is 404 with the site's own page, that of the nearest language folder first."""
    answer = served.get(path)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert words in answer.body
    assert "/.live.js" in answer.body


def test_folder_without_index_is_not_listed(served: Preview) -> None:
    """What is in a folder is nobody's business."""
    served.write("files/a.txt", "a")
    served.until("/files/a.txt", "a")
    assert served.get("/files/").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/en/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "/link.txt",
        "/linked/",
        "/%00",
    ],
)
def test_nothing_outside_the_folder_is_served(served: Preview, path: str) -> None:
    """Neither dots in any spelling nor a symbolic link lead out of the site."""
    folder = served.server.folder
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "linked").mkdir()
    (folder / "linked" / "index.html").symlink_to(folder.parent / "secret.txt")
    answer = served.get(path)
    assert answer.status == 404
    assert "secret" not in answer.body


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", ""])
def test_other_hosts_are_refused(served: Preview, host: str) -> None:
    """A name that someone points at 127.0.0.1 (DNS rebinding) does not open drafts to their web page."""
    answer = served.get("/", Host=host)
    assert answer.status == 403
    assert "<h1>" not in answer.body


def test_localhost_is_answered(served: Preview) -> None:
    """Both names of this machine work, with and without port."""
    assert served.get("/", Host="localhost:8000").status == 200
    assert served.get("/", Host="LOCALHOST").status == 200


def test_server_is_not_reachable_from_elsewhere(served: Preview) -> None:
    """It listens on the loopback address only."""
    assert served.server.server_address[0] == "127.0.0.1"


def test_change_reloads_the_browser(preview: Preview) -> None:
    """An open page hears of a new build, after the new page is there."""
    connection = socket.create_connection(("127.0.0.1", preview.server.server_address[1]), timeout=10)
    with connection, connection.makefile("rw", encoding="utf-8", newline="\n") as stream:
        stream.write("GET /.live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        stream.flush()
        lines = (line.strip() for line in stream)
        first = next(line for line in lines if line.startswith("data:"))
        assert f'data-build="{first.removeprefix("data: ")}"' in preview.get("/").body
        preview.write("index.html", PAGE.format("edited"))
        second = next(line for line in lines if line.startswith("data:"))
        assert second != first
        assert "edited" in preview.get("/").body


def test_nothing_new_does_not_reload(preview: Preview) -> None:
    """A save that changes no page leaves the browser alone."""
    before = preview.server.live.build
    preview.write("index.html", PAGE.format("built"))
    preview.write("later.html", PAGE.format("later"))
    preview.until("/later.html", "later")
    time.sleep(0.5)
    after = preview.server.live.build
    assert after != before
    preview.write("index.html", PAGE.format("built"))
    time.sleep(1)
    assert preview.server.live.build == after


def test_problems_are_shown_over_the_last_good_site(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    """A build with problems leaves the site as it was, lists them in pages and terminal; mended, they go."""
    preview.write("problems.json", json.dumps([PROBLEM]))
    body = preview.until("/", "live-problems").body
    assert "<h1>built</h1>" in body
    assert "<code>profiles/ada/profile.md:3:7</code> no such &lt;topic&gt; <i>(use “tea”)</i>" in body
    said = eventually(lambda: capsys.readouterr().out, lambda text: "1 problem" in text)
    assert "  profiles/ada/profile.md:3:7: no such <topic> (use “tea”)" in said
    (preview.source / "problems.json").unlink()
    eventually(lambda: preview.get("/"), lambda answer: "live-problems" not in answer.body)


def test_crash_of_a_build_is_shown(preview: Preview) -> None:
    """A build that breaks ends neither server nor site; its last words are shown."""
    preview.write("crash.txt", "")
    body = preview.until("/", "ZeroDivisionError: a bug").body
    assert "<h1>built</h1>" in body
    (preview.source / "crash.txt").unlink()
    preview.write("index.html", PAGE.format("well again"))
    preview.until("/", "well again")


def test_edit_during_a_build_is_not_lost(preview: Preview) -> None:
    """What is saved while a build runs, after it has read the files, is built next."""
    preview.write("slow.txt", "")
    preview.until("/slow.txt", "")
    preview.write("index.html", PAGE.format("first"))
    preview.until("/", "first")  # read and written; the build still sleeps
    preview.write("index.html", PAGE.format("second"))
    preview.until("/", "second")


def test_folder_that_comes_later_is_watched(preview: Preview) -> None:
    """Profiles can be started while the preview runs."""
    profiles = preview._replace(source=preview.source.parent / "profiles")
    profiles.source.mkdir()
    numbers = iter(range(1000))
    # Twice, since the first edit may be seen by the build for the new folder.
    for _ in range(2):
        eventually(lambda: profiles.noticed(f"edit {next(numbers)}", "/profiles/probe.txt"), bool)


@pytest.mark.parametrize(
    "path",
    [".a.md.swp", ".git/index", "a.md~", "#a.md#", "4913", "__pycache__/a.pyc", "a.md.tmp", ".#a.md", "x/.y/z.md"],
)
def test_passing_files_start_no_build(path: str) -> None:
    """What editors and Python write beside a file is not a change."""
    assert not serve.counts(Path("/home/.me/site/content"), f"/home/.me/site/content/{path}")


@pytest.mark.parametrize("path", ["a.md", "ada/portrait.jpg", "topics/tea.yaml", "a.b/c d.md"])
def test_sources_start_a_build(path: str) -> None:
    """Every other file counts, also in a checkout below a hidden folder."""
    assert serve.counts(Path("/home/.me/site/content"), f"/home/.me/site/content/{path}")


def test_watched_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's own folders and the generator's theme and plugins are watched; for the checkout's own site once."""
    for name in ("site/content", "checkout/theme", "checkout/plugins", "checkout/profiles"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(serve, "CHECKOUT", tmp_path / "checkout")
    names = [str(path.relative_to(tmp_path)) for path in serve.watched(tmp_path / "site")]
    assert names == ["checkout/plugins", "checkout/theme", "site/content"]
    names = [path.name for path in serve.watched(tmp_path / "checkout")]
    assert names == ["plugins", "profiles", "theme"]


def test_build_is_a_process_of_its_own() -> None:
    """The preview builds leniently, with drafts, by the same Python."""
    command = serve.build_command(Path("s"), Path("o"), Path("r"))
    assert command[:4] == [sys.executable, "-m", "experts", "build"]
    assert command[4:] == ["--lenient", "--drafts", "--site", "s", "--output", "o", "--report", "r"]


def test_port_in_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A port that is taken ends in one sentence with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert serve.preview(tmp_path, port, tmp_path / "output") == 1
    assert re.fullmatch(rf"Port {port} cannot be used \(.+\): .+ --port .+\n", capsys.readouterr().err)


def test_site_that_does_not_exist(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A wrong --site ends in one sentence."""
    assert serve.command(["--site", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.endswith("none is no folder.\n")


def test_many_problems(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal shows as many problems as can be read at a glance, the browser all."""
    preview.write("problems.json", json.dumps([PROBLEM] * 100))
    assert preview.until("/", "100 problems").body.count("<li>") == 100
    lines = eventually(lambda: capsys.readouterr().out, lambda text: "100 problems:" in text).splitlines()
    assert (len(lines), lines[-1]) == (22, "  … and 80 more, see the browser")


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_end(tmp_path: Path, by: signal.Signals) -> None:
    """Ctrl-C ends the whole thing at once and without a traceback, even with an open page."""
    (tmp_path / "content").mkdir()
    code = (
        "import pathlib, signal, sys; from experts import serve; serve.CHECKOUT = pathlib.Path(sys.argv[2]);"
        # A shell that started the tests in the background would have all of them ignore Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler); sys.exit(serve.command(sys.argv[1:]))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(serve.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-c", code, "--site", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout
    port = int(re.findall(r"http://127.0.0.1:(\d+)/", process.stdout.readline())[0])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as page:
        page.sendall(b"GET /.live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert page.recv(10)
        process.send_signal(by)
        _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.browser
def test_open_page_shows_edits_and_problems(preview: Preview, browser: Browser) -> None:
    """In a real browser a page shows an edit without a key pressed, also under a strict policy, and lists problems."""
    policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">"
    preview.write("index.html", policy + PAGE.format("strict"))
    preview.until("/", "strict")
    with browser.new_page() as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(f"http://127.0.0.1:{preview.server.server_address[1]}/")
        preview.write("index.html", policy + PAGE.format("edited"))
        page.get_by_role("heading", name="edited").wait_for(timeout=10_000)
        preview.write("problems.json", json.dumps([PROBLEM]))
        summary = page.get_by_text("1 problem")
        summary.wait_for(timeout=10_000)
        hint = page.get_by_text("use “tea”")
        assert hint.is_visible()
        assert page.locator("#live-problems").evaluate("e => getComputedStyle(e).position") == "fixed"
        summary.click()
        assert not hint.is_visible()
        (preview.source / "problems.json").unlink()
        page.locator("#live-problems").wait_for(state="detached", timeout=10_000)
        assert [error for error in errors if "404" not in error] == []  # it asks for /favicon.ico
