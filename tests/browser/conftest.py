"""A browser, a server for built sites, and what must hold of each page that is opened."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-23"  # the demo's consents, events and statements depend on the day


AXE = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
}).then((found) => found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" | ")}`))"""
OVERFLOW = """async () => {
    await document.fonts.ready;
    const root = document.documentElement, wide = root.scrollWidth > root.clientWidth ? ["the page scrolls sideways"] : [];
    const scrolls = (element) => element && (
        ["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (box.width < 2 || scrolls(element)) continue;
        if (box.right > root.clientWidth + 1 || box.left < -1)
            wide.push(`${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return wide;
}"""


class Site(NamedTuple):
    """A built site and where it is served."""

    folder: Path
    url: str


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a static host does, without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *rest: str | None) -> None:
        """Answer with the site's own page where there is nothing."""
        path = Path(self.directory) / "404.html"
        if code != 404 or not path.exists():
            return super().send_error(code, *rest)
        body = path.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Site]]:
    """Return a function that builds and serves the site in a folder."""
    servers = []

    def build(folder: Path) -> Site:
        output = tmp_path_factory.mktemp("output") / "site"
        command = [sys.executable, "-X", "prepared", str(ROOT / "tasks.py"), "build", "--today", TODAY]
        environment = os.environ | {"EXPERTS_DEBUG": "1"}
        subprocess.run(
            [*command, "--site", str(folder), "--output", str(output)], cwd=ROOT, env=environment, check=True
        )
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Site(output, f"http://127.0.0.1:{server.server_port}/")

    yield build
    for server in servers:
        server.shutdown()
        server.server_close()


def watch(page: Page, site: Site) -> list[str]:
    """Return a list that fills with errors on the console, failed requests and requests to other hosts."""
    wrong: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # who follows a link does not wait for pictures
            wrong.append(f"failed: {request.url} {request.failure}")

    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", failed)
    page.on("request", lambda request: None if request.url.startswith(site.url) else wrong.append(request.url))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    return wrong


@pytest.fixture(scope="session")
def opened(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Return a context manager: a page on a site, on which nothing may go wrong while it is open."""

    @contextmanager
    def open_page(site: Site, path: str = "", width: int = 1280, **options: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        try:
            page = context.new_page()
            wrong = watch(page, site)
            page.goto(site.url + path)
            yield page
            assert wrong == []
        finally:
            context.close()

    return open_page


@pytest.fixture(scope="session")
def barriers() -> Callable[[Page], list[str]]:
    """Return a function that lists what axe-core finds on a page as it is shown now."""
    source = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    assert source.exists(), "no axe-core: start the tests with python3 tasks.py test"
    code = source.read_text("utf-8")

    def find(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(code)
        found: list[str] = page.evaluate(AXE)
        return found

    return find


@pytest.fixture(scope="session")
def overflowing() -> Callable[[Page], list[str]]:
    """Return a function that lists what is wider than the window, or than the box that it stands in."""
    return lambda page: page.evaluate(OVERFLOW)  # type: ignore[no-any-return]
