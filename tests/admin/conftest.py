"""Sites with the web editor, running, and a browser in it that lets nothing out."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from factory import ROOT, Checkout, Site
from playwright.sync_api import Browser, Request, Route

from .editor import Editor
from .repositories import committed

FAILED = "Failed to load resource"  # its answer says more
PACKAGES = ROOT / ".cache/admin/node_modules"


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Return a copy of the generator that has the packages of the web editor."""
    assert (PACKAGES / "decap-cms").is_dir(), "not installed: start the tests with python3 tasks.py test"
    checkout = Checkout(tmp_path_factory.mktemp("workshop"))
    (checkout.folder / ".cache/admin").mkdir(parents=True)
    (checkout.folder / ".cache/admin/node_modules").symlink_to(PACKAGES.resolve())
    return checkout


class Serving:
    """A running ``serve --admin``: its address, and its process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Wait until the site is built."""
        self.process, self.said = process, ""
        for line in process.stdout or ():
            self.said += line
            if " built in " in line:
                break
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.said)
        assert found, self.said + (process.stderr.read() if process.stderr else "")
        self.url = found[0]

    def end(self, by: signal.Signals = signal.SIGINT) -> tuple[str, str]:
        """End it; what it said after that."""
        self.process.send_signal(by)
        return self.process.communicate(timeout=20)


@contextmanager
def serving(site: Site) -> Iterator[Serving]:
    """Serve a site with the web editor."""
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from experts.serve import command;"
    process = subprocess.Popen(
        [sys.executable, "-c", f"{code} sys.exit(command(sys.argv[1:]))", "--admin", "--site", str(site.folder), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=site.checkout.folder,
        env=site.checkout.environment(HOME=os.environ.get("HOME", "/")),
    )  # fmt: skip
    try:
        yield Serving(process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)
        for stream in filter(None, (process.stdout, process.stderr)):
            stream.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, workshop: Checkout) -> Iterator[tuple[Site, str]]:
    """Return a small site in a repository, and the address at which it is served with the web editor."""
    site = committed(tmp_path_factory.mktemp("desk") / "site", workshop)
    with serving(site) as running:
        yield site, running.url


@contextmanager
def strict(browser: Browser) -> Iterator[Callable[..., Editor]]:
    """A function that opens the web editor, in which nothing may go wrong and nothing may ask another host."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1400, "height": 900}, timezone_id="Europe/Berlin")

    def guard(route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.fallback()
        else:
            wrong.append(f"another host: {route.request.url}")
            route.abort()

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            wrong.append(f"failed: {request.url} {request.failure}")

    context.route(re.compile(r"^https?:"), guard)

    def open_editor(url: str, storage: str = "") -> Editor:
        page = context.new_page()
        page.set_default_timeout(15_000)
        if storage:
            page.add_init_script(storage)
        page.on(
            "console",
            lambda message: (
                wrong.append(message.text) if message.type == "error" and FAILED not in message.text else None
            ),
        )
        page.on(
            "response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        )
        # A form that is not filled in is a promise that was rejected with nothing.
        page.on("pageerror", lambda error: wrong.append(str(error)) if str(error) != "undefined" else None)
        page.on("requestfailed", failed)
        return Editor(page, url)

    yield open_editor
    context.close()
    # What is not on a branch yet is asked for.
    assert [line for line in wrong if not re.fullmatch(r"404 http://[^/]+/(admin/api/v1|repos/.*)", line)] == []


@pytest.fixture(scope="module")
def editor(browser: Browser) -> Iterator[Callable[..., Editor]]:
    """Return a function that opens the web editor; all that went wrong in the module's tests is told at their end."""
    with strict(browser) as open_editor:
        yield open_editor


@pytest.fixture(scope="module")
def form(desk: tuple[Site, str], editor: Callable[..., Editor]) -> Editor:
    """Return the web editor on the site of `desk`, open for all tests of a module."""
    return editor(f"{desk[1]}admin/")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Return a picture to upload."""
    from factory import png

    file = tmp_path / "Neues Bild.png"
    file.write_bytes(png(9, 8, 7))
    return file
