"""The headers of security in a browser: pages work under them as they are, and what somebody smuggles in does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from experts import hosting
from playwright.sync_api import Browser, Page, expect
from screens.host import Plain, served
from screens.kinds import FEEDS, KINDS, path_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Guarded(Plain):
    """Serves a folder with all headers of security."""

    def end_headers(self) -> None:
        """Add them to each answer."""
        headers = {**hosting.security(""), **hosting.isolation(), "Content-Security-Policy": hosting.policy()}
        for name, value in headers.items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def guarded(demo: Any) -> Iterator[str]:
    """Return the address of the demo on a server with the headers."""
    with served(demo.folder, Guarded) as url:
        yield url


def watch(page: Page) -> list[str]:
    """Return a list that fills with what browsers complain about."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    return said


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_nothing_is_violated(guarded: str, page: Page) -> None:
    """No kind of page, and no feed, loads or does anything that the policy forbids."""
    wrong = watch(page)
    for path in [*[path_of(kind, "de") for kind in KINDS], *[path_of(kind, "en", True) for kind in FEEDS]]:
        page.goto(guarded + path, wait_until="load")
        assert [(path, line) for line in wrong] == []
    assert page.evaluate("document.styleSheets.length") > 0


def test_scripts_work(guarded: str, page: Page) -> None:
    """The search, the filters and chance, which fetch data and load further modules, work under the policy."""
    wrong = watch(page)
    page.goto(f"{guarded}search/")
    page.locator("#q").fill("Wärmepumpe")
    expect(page.locator("main li a[href*='/experts/']").first).to_be_visible()
    page.goto(f"{guarded}chance/")
    page.wait_for_load_state("networkidle")
    assert wrong == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>document.title = 'x'</script>",
        "<p onclick='x()'>",
        "<p style='color:red'>",
        "<img src=data:image/gif,>",
    ],
)
def test_what_is_smuggled_in(html: str, page: Page, tmp_path: Path) -> None:
    """Scripts, styles and pictures inside a page do not count, whoever put them there."""
    (tmp_path / "index.html").write_text(f"<!DOCTYPE html><title>-</title>{html}")
    said = watch(page)
    with served(tmp_path, Guarded) as url:
        page.goto(url, wait_until="load")
        page.wait_for_timeout(50)
    assert any("Content Security Policy" in line for line in said), said
    assert page.title() == "-"
