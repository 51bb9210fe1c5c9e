"""From page to page: the face of the one who was chosen stays."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., AbstractContextManager[Page]]
HEARD = """() => addEventListener("pageswap", (event) => sessionStorage.setItem("swap", JSON.stringify([
    Boolean(event.viewTransition),
    [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).viewTransitionName === "face")
        .map((face) => face.closest("li")?.querySelector("a").textContent ?? "own"),
])))"""


def passage(page: Page, act: Callable[[], object], address: str) -> Any:
    """Whether a way is a transition, and whose faces stay."""
    page.evaluate(HEARD)
    act()
    page.wait_for_url(address)
    return page.evaluate("() => JSON.parse(sessionStorage.getItem('swap'))")


def test_the_face_that_was_chosen_stays(demo: Any, opened: Opened) -> None:
    """Into somebody's page and to those like them it is the face that was chosen; with less motion, pages just change."""
    for motion in ("no-preference", "reduce"):
        moves = motion == "no-preference"
        with opened(demo, "experts/", reduced_motion=motion) as page:
            second = page.locator(".person a").nth(1)
            name = second.inner_text()
            assert passage(page, second.click, "**/experts/*/") == [moves, [name] if moves else []]
            assert page.locator("h1").inner_text() == name
            like = page.locator(".bylines a, .people a").first
            address, name = like.get_attribute("href"), like.inner_text()
            assert passage(page, like.click, f"**{address}") == [moves, [name if moves else "own"]]


def test_what_is_no_page_takes_no_part(demo: Any, opened: Opened) -> None:
    """The way to a feed or to data is no transition: the browser would report that as an error."""
    with opened(demo, "experts/mara-lindqvist/") as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        for file in ("feed.json", "robots.txt"):
            page.evaluate("path => { location.href = path; }", f"{demo.url}{file}")
            page.wait_for_url(f"**/{file}")
            page.go_back()
        assert errors == []
