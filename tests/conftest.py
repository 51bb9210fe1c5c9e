"""What all tests share."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from factory import ROOT, TODAY, Checkout, Site
from hypothesis import settings
from screens.browser import FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

# No database: a failing example is kept by writing it down as an @example.
settings.register_profile("here", database=None, deadline=None)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


LONGEST = ("way", "workflows", "visual")  # folders


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process works on long after the others have ended."""
    items.sort(key=lambda item: item.path.relative_to(ROOT / "tests").parts[0] not in LONGEST)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the program of the Chromium that ``tasks.py test`` made sure of."""
    import bootstrap

    program = bootstrap.browser()
    assert program, "no Chromium: start the tests with python3 tasks.py test"
    return program


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """Return what starts browsers: one for all tests of this process, since it can be started only once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: "Playwright", chromium: str) -> Iterator["Browser"]:
    """Return a running Chromium, without windows where there is one: it does the same for little more than half the time."""
    import bootstrap

    browser = playwright.chromium.launch(executable_path=bootstrap.windowless() or chromium, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def whole_browser(playwright: "Playwright", chromium: str) -> Iterator["Browser"]:
    """Return a running Chromium that draws letters as visitors see them: the one without windows draws them otherwise."""
    browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo's output, built as for publishing."""
    folder = tmp_path_factory.mktemp("published") / "site"
    command = [sys.executable, "-X", "prepared", str(ROOT / "tasks.py"), "build", "--publish", "--today", TODAY]
    environment = os.environ | {"EXPERTS_DEBUG": "1"}
    subprocess.run([*command, "--output", str(folder)], cwd=ROOT, env=environment, check=True)
    return folder


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Return a copy of the generator that all tests of this process build with."""
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def site(tmp_path: Path, checkout: Checkout) -> Site:
    """Return a tiny site of one of everything, not built yet."""
    return Site(tmp_path / "site", checkout)
