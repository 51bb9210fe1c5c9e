"""Built sites that are served, and pages on which nothing may go wrong."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Request
from screens import builds, measures
from screens.host import served
from screens.kinds import ROOT


# A view transition ends so where a page is looked at before its style sheet is there, as only tests do.
GIVEN_UP = "Transition was aborted because of invalid state"


class Site(NamedTuple):
    """A built site and where it is served."""

    folder: Path
    url: str


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Return a function that builds and serves the site in a folder."""
    with ExitStack() as servers:

        def build(folder: Path, *options: str) -> Site:
            output = builds.build(tmp_path_factory.mktemp("output") / "site", *options, site=folder)
            return Site(output, servers.enter_context(served(output)))

        yield build


@pytest.fixture(scope="session")
def demo(built: Callable[..., Site]) -> Site:
    """Return the demo, built and served."""
    return built(ROOT)


@pytest.fixture(scope="session")
def preview(built: Callable[..., Site]) -> Site:
    """Return the demo as its authors see it, with drafts and the page of components."""
    return built(ROOT, "--drafts")


def watch(page: Page, site: Site) -> list[str]:
    """Return a list that fills with errors on the console, failed requests and requests to other hosts."""
    wrong: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # who follows a link does not wait for pictures
            wrong.append(f"failed: {request.url} {request.failure}")

    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: None if GIVEN_UP in str(error) else wrong.append(str(error)))
    page.on("requestfailed", failed)
    page.on("request", lambda request: None if request.url.startswith(site.url) else wrong.append(request.url))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    return wrong


@pytest.fixture(scope="session")
def opened(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Return a context manager: a page on a site, on which nothing may go wrong while it is open."""

    @contextmanager
    def open_page(site: Site, path: str = "", width: int = 1280, **options: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True, **options)
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
def barriers() -> Callable[..., list[str]]:
    """Return a function that lists what axe-core finds on a page as it is shown now."""
    return measures.barriers


@pytest.fixture(scope="session")
def overflowing() -> Callable[[Page], list[str]]:
    """Return a function that lists what is wider than the window, or than the box that it stands in."""
    return measures.overflowing
