"""Feeds in a browser: what people see who open one, and the page that explains them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Opened = Callable[..., AbstractContextManager[Page]]
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'"


@pytest.mark.parametrize(
    ("path", "title", "words"),
    [
        ("experts/mara-lindqvist/atom.xml", "Mara Lindqvist", "Geben Sie diese Adresse in Ihren Feedreader ein"),
        ("en/experts/mara-lindqvist/atom.xml", "Mara Lindqvist", "Put this address into your feed reader"),
        ("en/experts/lukasz-wisniewski/atom.xml", "This feed has ended", "Please remove this feed"),
    ],
)
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_a_feed_explains_itself(
    demo: Any, opened: Opened, path: str, title: str, words: str, width: int, scheme: str
) -> None:
    """A feed shows its title, what it is and where it leads on, in its language; nothing for programs is shown, nothing is too wide."""
    with opened(demo, "", width=width, color_scheme=scheme) as page:
        # A strict policy forbids neither the style sheet nor its fonts.
        page.route(
            "**/*.xml",
            lambda route: route.fulfill(
                response=(got := route.fetch()), headers=got.headers | {"content-security-policy": POLICY}
            ),
        )
        page.goto(demo.url + path)
        assert title in page.locator("feed > title").text_content()
        assert words in page.locator("feed > div").inner_text()
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('feed > title')).fontSize)")
        assert size >= 32
        dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert dark == ("rgb(20, 24, 23)" if scheme == "dark" else "rgb(252, 252, 250)")
        assert (
            page.locator("id, link, updated, content, uri, category, generator, icon, logo")
            .filter(visible=True)
            .count()
            == 0
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        links = page.locator("feed > div a")
        assert all(link.is_visible() for link in links.all())
        way = "" if title.startswith("This") else "experts/mara-lindqvist/"
        assert str(links.first.get_attribute("href")).endswith(way)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_page_about_feeds(
    demo: Any,
    opened: Opened,
    barriers: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    lang: str,
) -> None:
    """The page about feeds fits and has no barriers, light and dark, on a phone and on a desktop."""
    with opened(demo, "follow/" if lang == "de" else "en/follow/") as page:
        for width, scheme in ((320, "light"), (390, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert overflowing(page) == []
            assert barriers(page) == []
        page.locator(".feed-address").first.click()
        assert page.evaluate("getSelection().toString()") == page.locator(".feed-address").first.inner_text()
