"""Sites that are unlike the demo: very long, very short, in other scripts, with nothing in them yet."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from screens import odd

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module", params=list(odd.SITES))
def site(request: pytest.FixtureRequest, built: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return each of the sites, built and served."""
    return built(odd.write(request.param, tmp_path_factory.mktemp(request.param)))


def paths(site: Any) -> Iterator[str]:
    """Every page of a small site, in its first language."""
    for file in sorted(site.folder.rglob("*.html")):
        path = file.relative_to(site.folder).as_posix().removesuffix("index.html")
        if not path.startswith("en/"):
            yield path


def test_nothing_runs_over(
    site: Any, opened: Opened, overflowing: Callable[[Page], list[str]], barriers: Callable[[Page], list[str]]
) -> None:
    """On no page is anything wider than the window, and none has a barrier."""
    with opened(site) as page:
        for path in paths(site):
            page.goto(site.url + path)
            for width in (320, 768, 1280, 1920):
                page.set_viewport_size({"width": width, "height": 800})
                assert overflowing(page) == [], (path, width)
            assert barriers(page) == [], path


def test_no_page_is_a_dead_end(site: Any, opened: Opened) -> None:
    """Each page has a heading with words, leads on, and has no heading with nothing below it."""
    with opened(site, java_script_enabled=False) as page:
        for path in paths(site):
            page.goto(site.url + path)
            assert page.locator("h1").inner_text().strip(), path
            assert page.locator("main a").count() or page.locator(".menu a").count(), path
            for part in page.locator("main section").all():
                heading = part.locator("h1, h2, h3").first.inner_text()
                assert len(part.inner_text().strip()) > len(heading), (path, heading)
