"""Hostile texts in a real browser: nothing runs, nothing is asked of other hosts, and nothing of ours complains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import payloads
import pytest
from playwright.sync_api import BrowserContext, Browser, Page, expect
from screens.host import served
from structure import ALLOWED

pytestmark = pytest.mark.browser

PAGES = (
    "", "experts/", "experts/p0/", "experts/p77/", "stories/s0/", "stories/s31/", "topics/", "topics/t0/", "hooks/", "hooks/h1/",
    "events/e2/", "g3/", "developers/", "a-z/", "admin/none/",
)  # fmt: skip
QUERIES = ("__hit", "constructor", 'javascript "><img src=x onerror=__hit(1)>', "{{7*7}} %00%1b $& $'")
SEEN = """
async ([paths, allowed]) => {
  const wrong = [];
  const known = new Set(allowed);
  const check = async (path) => {
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    for (const node of page.querySelectorAll("*")) {
      if (!known.has(node.localName)) wrong.push(`${path}: <${node.localName}>`);
      for (const { name, value } of node.attributes) {
        if (name.startsWith("on") || name === "style" || name === "srcdoc") wrong.push(`${path}: ${name}=${value}`);
      }
      if (/^(javascript|data|vbscript|blob|file):/.test(node.protocol ?? "")) wrong.push(`${path}: ${node.href}`);
      for (const address of [node.src, node.localName === "link" && node.rel !== "canonical" && node.rel !== "alternate" && node.href]) {
        if (address && new URL(address).origin !== location.origin) wrong.push(`${path}: ${address}`);
      }
    }
  };
  for (let at = 0; at < paths.length; at += 8) await Promise.all(paths.slice(at, at + 8).map(check));
  return wrong;
}
"""


class Watch:
    """What a browser did that pages of ours do not."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        """Begin to watch."""
        self.found: list[str] = []
        context.expose_function("__hit", lambda *_: self.found.append("a text was run"))
        context.on(
            "request", lambda request: None if request.url.startswith(origin) else self.found.append(request.url)
        )
        context.on(
            "response",
            lambda answer: self.found.append(answer.url) if answer.status >= 400 and "none" not in answer.url else None,
        )
        context.on(
            "console",
            lambda message: (
                self.found.append(message.text)
                if message.type in ("error", "warning") and "404" not in message.text
                else None
            ),
        )
        context.on("weberror", lambda error: self.found.append(str(error.error)))
        context.on("dialog", lambda dialog: (self.found.append(dialog.message), dialog.dismiss()))


@pytest.fixture(scope="module")
def address(hostile: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the hostile site, from a server without any header that would protect it."""
    folder = tmp_path_factory.mktemp("served")
    for name, data in hostile.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with served(folder) as url:
        yield url


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """Return an empty page, and what becomes of it."""
    context = browser.new_context()
    watch = Watch(context, address)
    yield context.new_page(), watch
    context.close()


def test_pages_are_calm(watched: tuple[Page, Watch], address: str) -> None:
    """No kind of page runs a text, asks another host or a file that is not there, or makes the browser complain."""
    page, watch = watched
    for path in PAGES:
        page.goto(address + path, wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach((node) => { node.open = true })")
        page.keyboard.press("Tab")
        assert watch.found == [], path
        assert page.evaluate("window.__proto__.hit === undefined && document.title.length") > 0


def test_search_is_calm(watched: tuple[Page, Watch], address: str) -> None:
    """Results, suggestions and quotations show hostile texts as texts; a query in an address is nothing but a query."""
    page, watch = watched
    for query in QUERIES:
        page.goto(
            f"{address}search/?q={quote(query)}&place={quote(query)}&page={quote(query)}&x=<img src=x onerror=__hit(1)>"
        )
        page.goto(f"{address}search/?q={quote(query)}")
        expect(page.locator("[data-settled]")).to_have_count(1)
        assert page.locator("#q").input_value() == query
        assert watch.found == [], query
    page.goto(f"{address}search/?q=script")
    expect(page.locator(".result-name a", has_text="<script").first).to_be_visible()
    page.wait_for_timeout(400)  # for the quotations
    page.locator("#q").fill("onerr")
    page.wait_for_timeout(400)  # for the suggestions
    page.goto(f"{address}search/?q=__hit")
    expect(page.locator(".result-name a").first).to_be_visible()
    assert watch.found == []


def test_all_pages_parsed(browser: Browser, address: str, hostile: dict[str, bytes]) -> None:
    """The browser's own parser finds no element but ours in any page, no event handler, no address that runs or loads something."""
    context = browser.new_context(bypass_csp=True)  # whose policy lets nobody parse anything
    page = context.new_page()
    page.goto(f"{address}404.html")
    paths = [f"/{name}" for name in sorted(hostile) if name.endswith(".html")][::4]
    assert page.evaluate(SEEN, [paths, sorted(ALLOWED)]) == []
    assert len(paths) > 100
    context.close()


def test_the_canary_sings(watched: tuple[Page, Watch], tmp_path: Path) -> None:
    """The same texts in a page that takes them for markup run and ask for more: what the other tests would see."""
    page, watch = watched
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><title>-</title>" + "\n".join(payloads.HANDLERS + payloads.EMBEDS[:1])
    )
    with served(tmp_path) as url:
        page.goto(url)
        page.wait_for_timeout(300)
    assert watch.found.count("a text was run") > 3
