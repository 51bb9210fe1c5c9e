"""What is measured on a page as it is shown now: each measure is a function in JavaScript that lists what is wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_AXE = Path(__file__).resolve().parents[3] / "node_modules/axe-core/axe.min.js"


@cache
def _source(name: str) -> str:
    # Playwright takes a text for a function only if it begins with one.
    lines = (Path(__file__).parent / f"{name}.js").read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//"))


def overflowing(page: Page) -> list[str]:
    """What is wider than the window, or than the box that it stands in."""
    return _measured(page, "overflowing")


def unreadable(page: Page) -> list[str]:
    """Texts that are cut off or lie over one another."""
    return _measured(page, "unreadable")


def small(page: Page) -> list[str]:
    """Targets that are too small and too near to another one (WCAG 2.2, SC 2.5.8)."""
    return _measured(page, "small")


def moving(page: Page) -> list[str]:
    """What moves although less motion is wanted."""
    return _measured(page, "moving")


def barriers(page: Page, *rules: str) -> list[str]:
    """What axe-core finds: by all rules of WCAG 2.2 AA and good practice, or by some rules alone."""
    assert _AXE.exists(), "no axe-core: start the tests with python3 tasks.py test"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.read_text("utf-8"))
    return _measured(page, "axe", list(rules) or None)


def strayed(page: Page) -> list[str]:
    """Where the Tab key does not go through the page in its order, or where one does not see the focus."""
    count = page.evaluate(_source("stops"))
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    visited = page.evaluate("window.visited")
    # After the last stop the focus is the browser's own; without any window around the page it is at the first one again.
    if visited[count:] == [0]:
        del visited[count:]
    if visited == list(range(count)):
        return []
    return [stop for stop in visited if isinstance(stop, str)] or [f"{visited} of {count}"]


def _measured(page: Page, name: str, argument: Any = None) -> list[str]:
    found: list[str] = page.evaluate(_source(name), argument)
    return found
