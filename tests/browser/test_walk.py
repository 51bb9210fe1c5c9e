"""The demo in a browser: each kind of page, in both languages, on a phone and a desktop, in the light, in the dark, on paper."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
Opened = Callable[..., AbstractContextManager[Page]]
WIDTHS = (320, 390, 1280)
PAGES = {
    "home": "",
    "experts": "experts/",
    "letter": "a-z/l/",
    "place": "places/hamburg/",
    "language": "languages/en/",
    "expert": "experts/mara-lindqvist/",
    "expert without portrait": "experts/thaddaeus-broemmel/",
    "expert who is away": "experts/clara-oyelaran/",
    "topics": "topics/",
    "topic": "topics/heat-pumps/",
    "broader topic": "topics/energy-transition/",
    "stories": "stories/",
    "archive": "archive/2025/",
    "hooks": "hooks/",
    "hook": "hooks/kommunale-waermeplanung/",
    "archived hook": "hooks/sturmtief-oktober-2025/",
    "events": "events/",
    "event": "events/barcamp-waermewende-2026/",
    "past event": "events/vortrag-altbau-kiel/",
    "search": "search/",
    "404": "404.html",
    "page": "about/",
    "guidelines": "guidelines/",
    "press": "press/",
    "follow": "follow/",
    "developers": "developers/",
}
STORIES = {
    "story": "Geschichte",
    "statement": "Stellungnahme",
    "interview": "Interview",
    "talk": "Vortrag",
    "press release": "Pressemitteilung",
    "podcast": "Podcast",
    "video": "Video",
}
KINDS = [*PAGES, *STORIES]


@pytest.fixture(scope="module")
def demo(built: Callable[[Path], Any]) -> Any:
    """Return the demo, built and served."""
    return built(ROOT)


@pytest.fixture(scope="module")
def path_of(demo: Any) -> Callable[[str, str], str]:
    """Return a function that knows the path of a kind of page in a language."""
    stories: dict[str, str] = {}
    for file in sorted((demo.folder / "stories").glob("*/index.html")):
        found = re.search(r'class="story-kind">([^<]+)<', file.read_text("utf-8"))
        if found:
            stories.setdefault(found[1], f"stories/{file.parent.name}/")

    def path(kind: str, lang: str) -> str:
        return ("" if lang == "de" else f"{lang}/") + (PAGES[kind] if kind in PAGES else stories[STORIES[kind]])

    return path


every_page = pytest.mark.parametrize("kind", KINDS)
languages = pytest.mark.parametrize("lang", ["de", "en"])


@languages
@every_page
def test_page_fits(
    kind: str,
    lang: str,
    demo: Any,
    path_of: Callable[[str, str], str],
    opened: Opened,
    overflowing: Callable[[Page], list[str]],
) -> None:
    """Nothing goes wrong, all pictures arrive, and nothing is wider than the window, in any medium."""
    with opened(demo, path_of(kind, lang)) as page:
        assert page.locator("html").get_attribute("lang") == lang
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert overflowing(page) == [], width
        page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
        page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth)")
        page.emulate_media(color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 23)"
        page.emulate_media(color_scheme="light", media="print")
        assert page.locator("main h1").is_visible()
        assert not page.locator(".menu").is_visible()


@languages
@every_page
def test_page_has_no_barriers(
    kind: str,
    lang: str,
    demo: Any,
    path_of: Callable[[str, str], str],
    opened: Opened,
    barriers: Callable[[Page], list[str]],
) -> None:
    """axe-core finds nothing: light and dark, on a phone and on a desktop."""
    with opened(demo, path_of(kind, lang)) as page:
        # The languages take turns, since colours do not depend on the width.
        for width, scheme in zip((390, 1280), ("light", "dark")[:: 1 if lang == "de" else -1], strict=True):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert barriers(page) == [], (width, scheme)


@languages
def test_pages_need_no_script(lang: str, demo: Any, path_of: Callable[[str, str], str], opened: Opened) -> None:
    """Without JavaScript each page says the same."""
    with opened(demo) as page, opened(demo, java_script_enabled=False) as plain:
        for kind in KINDS:
            for way in (page, plain):
                way.goto(demo.url + path_of(kind, lang))
            assert plain.locator("body").inner_text() == page.locator("body").inner_text(), kind


@every_page
def test_language_switch_keeps_the_page(
    kind: str, demo: Any, path_of: Callable[[str, str], str], opened: Opened
) -> None:
    """The switch leads to the same page in the other language, and back."""
    with opened(demo, path_of(kind, "de")) as page:
        page.locator(".languages a[hreflang=en]").click()
        page.wait_for_url(demo.url + path_of(kind, "en"))
        assert page.locator("html").get_attribute("lang") == "en"
        page.locator(".languages a[hreflang=de]").click()
        page.wait_for_url(demo.url + path_of(kind, "de"))


@languages
@pytest.mark.parametrize("kind", ["home", "expert", "topic", "story", "event", "search"])
def test_keyboard_goes_through_the_page(
    kind: str, lang: str, demo: Any, path_of: Callable[[str, str], str], opened: Opened
) -> None:
    """The key Tab visits everything in the order of the page, each visible and with a frame around it."""
    with opened(demo, path_of(kind, lang), reduced_motion="reduce") as page:
        count = page.evaluate(
            "() => { const all = [...document.querySelectorAll('a[href], button, input, [tabindex=\"0\"], summary')]"
            ".filter((element) => element.checkVisibility());"
            " all.forEach((element, index) => { element.dataset.at = index; }); return all.length; }"
        )
        visited = []
        for _ in range(count):
            page.keyboard.press("Tab")
            visited.append(
                page.evaluate(
                    "() => { const element = document.activeElement, box = element.getBoundingClientRect();"
                    " const framed = (e, pseudo) => getComputedStyle(e, pseudo).outlineStyle !== 'none';"
                    " const seen = framed(element) || framed(element, '::after') || framed(element.parentElement);"
                    " return seen && box.bottom > 0 && box.top < innerHeight && box.width > 1"
                    " ? Number(element.dataset.at) : element.outerHTML; }"
                )
            )
        assert visited == list(range(count))


@languages
def test_skip_link(lang: str, demo: Any, path_of: Callable[[str, str], str], opened: Opened) -> None:
    """The first stop of the keyboard leads past the menu."""
    with opened(demo, path_of("experts", lang)) as page:
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.get_attribute("href") == "#content"
        assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


@languages
def test_old_address_forwards(lang: str, demo: Any, opened: Opened) -> None:
    """Who follows an old link arrives, with or without a script."""
    start = "" if lang == "de" else f"{lang}/"
    for script in (True, False):
        with opened(demo, f"{start}experts/katharina-brandt/", java_script_enabled=script) as page:
            page.wait_for_url(f"{demo.url}{start}experts/katharina-holm/")
            assert page.locator("h1").inner_text() == "Katharina Holm"


def test_unknown_address(demo: Any, browser: Any) -> None:
    """Where there is nothing, the site's own page helps on, from any depth."""
    page = browser.new_page()
    answer = page.goto(f"{demo.url}experts/nobody/at/all")
    assert answer.status == 404
    assert page.locator("h1").inner_text() == "Diese Seite gibt es nicht."
    assert page.evaluate("getComputedStyle(document.querySelector('main')).paddingInlineStart") != "0px"
    page.locator(".menu a").first.click()
    page.wait_for_url(f"{demo.url}experts/")
    page.close()


@languages
def test_one_click_selects_the_biography(
    lang: str, demo: Any, path_of: Callable[[str, str], str], opened: Opened
) -> None:
    """The short biography is selected as a whole, ready to be copied."""
    with opened(demo, path_of("expert", lang)) as page:
        text = page.locator("section.copy p.copy-text").first
        text.click()
        assert page.evaluate("getSelection().toString().trim()") == text.inner_text().strip()


def test_page_fits_before_its_fonts_arrive(
    demo: Any, path_of: Callable[[str, str], str], browser: Any, overflowing: Callable[[Page], list[str]]
) -> None:
    """Whatever font stands in until the real ones are there, nothing is too wide."""
    page = browser.new_page()
    page.route("**/*.woff2", lambda route: route.abort())
    for kind in KINDS:
        page.goto(demo.url + path_of(kind, "de"))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert overflowing(page) == [], (kind, width)
    page.close()


def test_text_may_be_spaced(
    demo: Any, path_of: Callable[[str, str], str], opened: Opened, overflowing: Callable[[Page], list[str]]
) -> None:
    """With the spacing that WCAG 1.4.12 names all still fits."""
    style = (
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        " p { margin-block-end: 2em !important }"
    )
    for kind in ("home", "expert", "topics", "story", "event", "search"):
        with opened(demo, path_of(kind, "de")) as page:
            page.add_style_tag(content=style)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                assert overflowing(page) == [], (kind, width)
