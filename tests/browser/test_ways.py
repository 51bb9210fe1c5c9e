"""Ways to people: by chance, by menus that become filters, and a person on one sheet of paper."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., AbstractContextManager[Page]]


def test_by_chance(demo: Any, opened: Opened) -> None:
    """A link draws somebody; without a script it leads to people of the day, and the button there to the first of them."""
    with opened(demo, "") as page:
        page.locator("a[data-chance]").click()
        page.wait_for_url(re.compile(r"/experts/[a-z-]+/$"))
        assert page.locator(".expert h1").is_visible()
    with opened(demo, "en/", java_script_enabled=False) as page:
        page.locator("a[data-chance]").click()
        assert page.url.endswith("/en/chance/")
        assert page.locator(".person").count() == 6
        page.locator("a.button[data-chance]").click()
        assert re.search(r"/en/experts/[a-z-]+/$", page.url)


def test_chance_survives_a_failure(demo: Any, opened: Opened) -> None:
    """Where the list does not arrive, the link leads where it says."""
    with opened(demo, "") as page:
        page.route("**/people.json", lambda route: route.fulfill(body="<!DOCTYPE html>"))
        page.locator("a[data-chance]").click()
        page.wait_for_url("**/chance/")


def test_menus_are_pages_and_filters(demo: Any, opened: Opened) -> None:
    """Without a script a menu leads to a page; with one to the search, with the filter chosen and others to add."""
    for script in (True, False):
        with opened(demo, "experts/", java_script_enabled=script) as page:
            page.get_by_text("Ort", exact=True).click()
            page.locator(".way a", has_text="Hamburg").click()
            if script:
                page.wait_for_url("**/search/?place=Hamburg")
                page.locator(".result").first.wait_for()
                page.locator(".results-chosen", has_text="Hamburg").wait_for()
            else:
                assert page.url.endswith("/places/hamburg/")
                assert page.locator(".person").count() > 1


def test_menus_close_like_menus(demo: Any, opened: Opened) -> None:
    """One at a time; Escape closes it and gives the focus back; so does turning to something else."""
    with opened(demo, "experts/") as page:
        first, second = page.locator(".way").nth(0), page.locator(".way").nth(1)
        first.locator("summary").click()
        second.locator("summary").click()
        assert first.get_attribute("open") is None
        page.keyboard.press("Escape")
        assert second.get_attribute("open") is None
        assert second.locator("summary").evaluate("element => element === document.activeElement")
        first.locator("summary").click()
        page.locator("h1").click()
        assert first.get_attribute("open") is None


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_person_is_one_sheet(paper: str, demo: Any, opened: Opened) -> None:
    """Whatever somebody has written, on paper the page is one sheet; the languages take turns."""
    with opened(demo, "experts/") as page:
        people = page.locator(".person a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        assert len(people) > 15
        for number, address in enumerate(people, paper == "A4"):
            start = ("", "/en")[number % 2]
            page.goto(demo.url.rstrip("/") + start + address)
            sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))
            assert len(sheets) == 1, (start, address)
