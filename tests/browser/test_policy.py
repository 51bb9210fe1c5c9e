"""The policy of security in a browser: pages work under it as they are, and what somebody smuggles in does not.

Each page has it twice: in the headers that hosts are told to set, and in its head, for hosts that set none.
"""

import re
import shutil
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


@pytest.mark.parametrize("host", [Guarded, Plain])
@pytest.mark.parametrize(
    "html",
    [
        "<script>document.title = 'x'</script>",
        "<p onclick='x()'>",
        "<p style='color:red'>",
        "<img src=data:image/gif,>",
        "<base href='https://x.example/'>",
        "<iframe src='/'></iframe>",
    ],
)
def test_what_is_smuggled_in(html: str, host: type[Plain], page: Page, tmp_path: Path, demo: Any) -> None:
    """Scripts, styles, pictures and frames inside a page do not count, whoever put them there and whoever serves it."""
    before = (demo.folder / "index.html").read_text("utf-8")
    (tmp_path / "index.html").write_text(before.replace("</head>", f"</head>{html}", 1), "utf-8")
    said = watch(page)
    with served(tmp_path, host) as url:
        page.goto(url, wait_until="load")
        page.wait_for_timeout(50)
    assert any("Content Security Policy" in line for line in said), said
    assert page.title() != "x"


@pytest.mark.parametrize(
    "code",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', 'x')",
        "document.write('x')",
        "new DOMParser().parseFromString('x', 'text/html')",
        "document.createElement('script').src = '/x.js'",
        "document.createElement('iframe').srcdoc = 'x'",
        "trustedTypes.createPolicy('default', {})",
    ],
)
def test_no_text_becomes_markup(code: str, page: Page, demo: Any) -> None:
    """Trusted Types stop each way from a text to markup or a script, also where a host sets no headers (W3C Trusted Types)."""
    with served(demo.folder, Plain) as url:
        page.goto(url)
        thrown = page.evaluate(f"() => {{ try {{ {code}; return ''; }} catch (error) {{ return error.name; }} }}")
    assert thrown == "TypeError"


@pytest.mark.parametrize("name", ["field", "search", "combobox"])
def test_scripts_of_others_do_not_run(name: str, page: Page, tmp_path: Path, demo: Any) -> None:
    """A script whose bytes are not those of the build does not run: that of the page, and what scripts load later."""
    folder = tmp_path / "site"
    shutil.copytree(demo.folder, folder)
    (script,) = (folder / "theme" / "js").glob(f"{name}.*.js")
    script.write_text("document.title = 'changed';" + script.read_text("utf-8"), "utf-8")
    said = watch(page)
    with served(folder, Plain) as url:
        page.goto(f"{url}search/")
        page.locator("#q").press_sequentially("pum")
        page.wait_for_timeout(300)
    assert any(re.search("integrity", line) for line in said), said
    assert page.title() != "changed"
