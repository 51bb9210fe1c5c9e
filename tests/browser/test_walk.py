"""The demo in a browser: each kind of page, in both languages, in every way in which people look at it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from screens import measures
from screens.kinds import FEEDS, KINDS, LANGUAGES, path_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., AbstractContextManager[Page]]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 256}  # a desktop at 400 per cent (WCAG 2.2, SC 1.4.10)
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
"""  # as WCAG 2.2, SC 1.4.12 has it

every_page = pytest.mark.parametrize("kind", KINDS)
languages = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """Return a page in a browser without JavaScript."""
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    yield context.new_page()
    context.close()


def fits(page: Page) -> list[str]:
    """What runs over or cannot be read in the windows of phones, desktops and their zoom."""
    found = []
    for size in (NARROW, PHONE, DESKTOP):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {what}" for what in (*measures.overflowing(page), *measures.unreadable(page))]
    return found


def fits_larger(page: Page) -> list[str]:
    """What does so with text of 200 per cent, as the browser's settings make it (SC 1.4.4)."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.set_viewport_size(DESKTOP)
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    found = [] if size == "32px" else [f"the text does not grow: {size}"]
    found += [*measures.overflowing(page), *measures.unreadable(page)]
    page.set_viewport_size({"width": 640, "height": 800})
    found += [f"640: {what}" for what in (*measures.overflowing(page), *measures.unreadable(page))]
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    return found


def fits_spaced(page: Page) -> list[str]:
    """What does so with the spacing that somebody needs to read (SC 1.4.12)."""
    style = page.add_style_tag(content=SPACED)
    page.set_viewport_size(NARROW)
    found = [*measures.overflowing(page), *measures.unreadable(page)]
    style.evaluate("element => element.remove()")
    return found


def has_barriers(page: Page, turn: bool = True) -> list[str]:
    """What axe-core finds: German on a phone, English on a desktop, of every other kind in the dark; `tasks.py audit` takes all."""
    german = page.locator("html").get_attribute("lang") == "de"
    page.set_viewport_size(PHONE if german else DESKTOP)
    page.emulate_media(color_scheme="light" if german == turn else "dark", contrast="no-preference")
    return measures.barriers(page)


def lacks_contrast(page: Page) -> list[str]:
    """What has less than 7:1 although more contrast is wanted (SC 1.4.6)."""
    # The languages take turns, since colours do not depend on them.
    scheme = "light" if page.locator("html").get_attribute("lang") == "de" else "dark"
    page.emulate_media(color_scheme=scheme, contrast="more")  # type: ignore[arg-type]
    found = measures.barriers(page, "color-contrast-enhanced")
    page.emulate_media(color_scheme="light", contrast="no-preference")
    return found


def has_small_targets(page: Page) -> list[str]:
    """What a finger does not hit on a phone."""
    page.set_viewport_size(PHONE)
    return measures.small(page)


def lacks_pictures(page: Page) -> list[str]:
    """Pictures that do not arrive."""
    page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    return page.evaluate("[...document.images].filter((image) => !image.naturalWidth).map((image) => image.outerHTML)")  # type: ignore[no-any-return]


def is_bright_in_the_dark(page: Page) -> list[str]:
    """What is light although the dark is wanted."""
    page.emulate_media(color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="light")
    return [colour] if sum(map(float, colour.strip("rgb()").split(","))) > 200 else []


def prints_badly(page: Page) -> list[str]:
    """Whether paper lacks the heading, or has what one cannot press there."""
    page.emulate_media(media="print")
    found = ["no heading"] if not page.locator("main h1").is_visible() else []
    found += ["the menu"] if page.locator(".menu").is_visible() else []
    page.emulate_media(media="screen")
    return found


IN_TURN = (
    measures.moving,
    measures.strayed,
    fits_larger,
    fits_spaced,
    has_small_targets,
    lacks_pictures,
    is_bright_in_the_dark,
    prints_badly,
    lacks_contrast,
)
"""What depends little on the language, so that the languages take turns."""


@languages
@every_page
def test_page(kind: str, lang: str, demo: Any, plain: Page, opened: Opened) -> None:
    """It is whole without a script, in any window, medium, size and spacing of text, by key and by finger, without barriers."""
    path, other = path_of(kind, lang), "en" if lang == "de" else "de"
    plain.goto(demo.url + path)
    with opened(demo, path, reduced_motion="reduce") as page:
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator(f".languages a[hreflang={other}]").get_attribute("href") == f"/{path_of(kind, other)}"
        said, whole = (it.locator("body").inner_text() for it in (plain, page))
        # Content of other sites is offered by the script alone; without it a link stands there, and what it does.
        if plain.locator("[data-module^=embed]").count():
            linked = plain.locator(".embed-plain").all_inner_texts()
            assert set(said.splitlines()) - set(linked) <= set(whole.splitlines())
        else:
            assert said == whole
        turn = KINDS.index(kind) % 2 == 0
        wrong = {"fits": fits(page), "has_barriers": has_barriers(page, turn)}
        if turn == (lang == "de"):
            page.set_viewport_size(DESKTOP)
            wrong |= {check.__name__: check(page) for check in IN_TURN}
    assert {check: found for check, found in wrong.items() if found} == {}


@languages
def test_results_have_no_barriers(lang: str, demo: Any, opened: Opened) -> None:
    """The search with results and all its filters open, and the open list of suggestions."""
    word = "wärme" if lang == "de" else "heat"
    with opened(demo, path_of("search", lang) + f"?q={word}", reduced_motion="reduce") as page:
        page.locator(".result").first.wait_for()
        page.locator("details.filters").evaluate("element => { element.open = true; }")
        # One filter closes the others of its name; here all of them are to be seen.
        for filter_ in page.locator("details.filter").all():
            filter_.evaluate("element => { element.name = ''; element.open = true; }")
        assert [*has_barriers(page), *lacks_contrast(page)] == []
        page.reload()
        page.locator(".result").first.wait_for()
        assert [*fits(page), *fits_larger(page), *has_small_targets(page)] == []
    with opened(demo, path_of("home", lang), reduced_motion="reduce") as page:
        page.locator("#q").press_sequentially(word)
        page.locator("[role=listbox]").wait_for()
        assert [*has_barriers(page), *lacks_contrast(page)] == []


@languages
def test_menus_work_by_keys(lang: str, demo: Any, opened: Opened) -> None:
    """Filters open, are chosen and close by keys; suggestions are walked through by arrows and left by Escape."""
    word = "wärme" if lang == "de" else "heat"
    with opened(demo, path_of("search", lang) + f"?q={word}", width=390) as page:
        page.locator(".result").first.wait_for()
        page.locator("details.filters > summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("details.filter[open] input").first.wait_for()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.type") == "checkbox"
        page.keyboard.press("Space")
        page.wait_for_function("location.search.includes('topic=')")
        page.locator(".results-chosen a").first.wait_for()
        page.locator("details.filters > summary").focus()
        page.keyboard.press("Enter")
        assert not page.locator("details.filters").evaluate("element => element.open")
    with opened(demo, path_of("home", lang)) as page:
        page.locator("#q").press_sequentially(word)
        page.locator("[role=listbox]").wait_for()
        page.keyboard.press("ArrowDown")
        assert page.locator("[role=option][aria-selected=true]").count() == 1
        page.keyboard.press("Escape")
        page.locator("[role=listbox]").wait_for(state="hidden")


@languages
def test_skip_link(lang: str, demo: Any, opened: Opened) -> None:
    """The first stop of the keyboard leads past the menu."""
    with opened(demo, path_of("experts", lang)) as page:
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        assert skip.get_attribute("href") == "#content"
        assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_nothing_covers_the_focus(demo: Any, opened: Opened) -> None:
    """At 400 per cent nothing that stays in the window takes more than a third of it (SC 2.4.11)."""
    with opened(demo, "", width=NARROW["width"]) as page:
        page.set_viewport_size(NARROW)
        for kind in KINDS:
            page.goto(demo.url + path_of(kind, "de"))
            found = page.evaluate(
                "() => [...document.body.querySelectorAll('*')].filter((element) =>"
                " ['fixed', 'sticky'].includes(getComputedStyle(element).position)"
                " && element.getBoundingClientRect().height > innerHeight / 3).map((element) => element.className)"
            )
            assert found == [], kind


@languages
@pytest.mark.parametrize("kind", FEEDS)
def test_feeds_fit(kind: str, lang: str, demo: Any, opened: Opened, barriers: Any) -> None:
    """What people see of a feed has no barriers and needs no scrolling to the side, however narrow the window."""
    with opened(demo, path_of(kind, lang, feeds=True)) as page:
        for size, scheme in ((NARROW, "light"), (PHONE, "dark"), (PHONE, "light"), (DESKTOP, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert barriers(page) == []


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
def test_one_click_selects_the_biography(lang: str, demo: Any, opened: Opened) -> None:
    """The short biography is selected as a whole, ready to be copied."""
    with opened(demo, path_of("expert", lang)) as page:
        text = page.locator("section.copy p.copy-text").first
        text.click()
        assert page.evaluate("getSelection().toString().trim()") == text.inner_text().strip()


def test_page_fits_before_its_fonts_arrive(demo: Any, browser: Browser) -> None:
    """Whatever font stands in until the real ones are there, nothing is too wide."""
    page = browser.new_page()
    page.route("**/*.woff2", lambda route: route.abort())
    for kind in KINDS:
        page.goto(demo.url + path_of(kind, "de"))
        for size in (NARROW, DESKTOP):
            page.set_viewport_size(size)
            assert measures.overflowing(page) == [], (kind, size)
    page.close()
