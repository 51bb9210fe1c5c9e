"""A third language, from right to left: with a catalogue alone the whole site is right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import arabic
import factory
import pytest
from conftest import Site
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Opened = Callable[..., AbstractContextManager[Page]]
PAGES = [
    "",
    "experts/",
    "experts/mara/",
    "stories/boiler/",
    "topics/heat/",
    "hooks/winter/",
    "events/camp/",
    "search/?q=mara",
    "follow/",
]
# Where a box begins in the direction of its page: its distance from the window's start.
START = """(element) => {
    const box = element.getBoundingClientRect(), rtl = document.documentElement.dir === "rtl";
    return Math.round(rtl ? document.documentElement.clientWidth - box.right : box.left);
}"""


@pytest.fixture(scope="module")
def site(built: Callable[[Path], Site], tmp_path_factory: pytest.TempPathFactory, checkout: factory.Checkout) -> Site:
    """Return the site in German, English and Arabic, served."""
    folder = tmp_path_factory.mktemp("arabic") / "site"
    made = factory.Site(folder, checkout, empty=True)
    arabic.fill(made)
    made.replace("pelicanconf.py", "SITEURL = 'https://x.example'", "SITEURL = ''")
    return built(folder)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_overflows_or_shuts_anybody_out(
    opened: Opened,
    barriers: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
    site: Site,
    width: int,
) -> None:
    """Each kind of page runs from right to left, fits the window, and axe finds nothing, on a phone and on a desktop."""
    with opened(site, "ar/", width) as page:
        for path in PAGES:
            page.goto(f"{site.url}ar/{path}")
            if "q=" in path:
                expect(page.locator(".result-name")).to_have_count(1)
            assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
            assert overflowing(page) == [], path
            assert barriers(page) == [], path


def test_the_layout_mirrors(opened: Opened, site: Site) -> None:
    """What is on the left of an English page is as far on the right of an Arabic one; ways on point to the left."""
    places = [
        ".brand",
        ".menu li:nth-child(1) a",
        ".languages",
        ".person:nth-child(1)",
        ".index a",
        ".search-row button",
    ]
    found = {}
    for lang in ("en", "ar"):
        with opened(site, f"{lang}/") as page:
            found[lang] = [page.locator(place).first.evaluate(START) for place in places]
            arrow = page.evaluate("getComputedStyle(document.querySelector('.more'), '::after').content")
            assert ("←" in arrow, "→" in arrow) == (lang == "ar", lang == "en")
    english, mirrored = found["en"], found["ar"]
    assert english[0] == mirrored[0] < 100
    assert english[3] == mirrored[3] < 100
    order = [sorted(range(len(places)), key=lambda at: starts[at]) for starts in found.values()]
    assert order[0].index(0) < order[0].index(1) < order[0].index(2)
    assert order[1].index(0) < order[1].index(1) < order[1].index(2)


def test_names_and_numbers_read_right(opened: Opened, site: Site) -> None:
    """A telephone number begins with its plus sign, at the left; a foreign title stays in the column of its list."""
    with opened(site, "ar/experts/mara/") as page:
        left = """(element) => {
            const range = document.createRange(), text = element.firstChild, box = (at) => {
                range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect().left; };
            return [box(0), box(1), box(text.length - 1)];
        }"""
        plus, first, last = page.locator(".reach.p-tel").first.evaluate(left)
        assert plus < first < last
        heading, title = [page.locator(name).first for name in (".expert-body h2", ".expert-body .hook-title a")]
        assert abs(heading.evaluate(START) - title.evaluate(START)) <= 1
        assert page.locator("h1 bdi").inner_text() == "Dr. Mara Tester (Kiel)"


def test_results_use_all_plural_forms(opened: Opened, site: Site) -> None:
    """The script counts as the language does, with six forms in Arabic, and writes numbers as the pages do."""
    with opened(site, "ar/search/?q=mara") as page:
        expect(page.locator(".results-found h2")).to_have_text(re.compile("^1 .* مفرد$"))
        forms = json.loads(page.locator("[role=status]").get_attribute("data-forms") or "")
        assert sorted(forms) == ["few", "many", "one", "other", "two", "zero"]
        said = page.evaluate(
            """async (forms) => {
                const rules = new Intl.PluralRules(document.documentElement.lang);
                return [0, 1, 2, 3, 11, 100].map((n) => forms[rules.select(n)].split(" ").at(-1));
            }""",
            forms,
        )
        assert said == list(arabic.FORMS)


def test_other_languages_are_found_by_plain_words(opened: Opened, site: Site) -> None:
    """Words of a language without a stemmer are found as they are written, also in another case or without marks."""
    for query in ("شمس", "تقوله", "الطيب"):
        with opened(site, f"ar/search/?q={query}") as page:
            expect(page.get_by_role("link", name="أمل الطيب").first).to_be_visible()


HYPHENS = [
    ("experts/mara/", ".expert-headline", "auto"),
    ("experts/mara/", ".copy-text", "auto"),
    ("experts/mara/", ".prose", "auto"),
    ("experts/mara/", "h1 bdi", "manual"),
    ("experts/mara/", ".reach", "manual"),
    ("experts/mara/", ".story-title", "auto"),
    ("hooks/winter/", ".byline-text", "auto"),
    ("hooks/winter/", ".byline-name", "manual"),
    ("experts/", ".person-headline", "auto"),
    ("experts/", ".person-name", "manual"),
    ("stories/boiler/", ".lead", "auto"),
    ("stories/boiler/", "h1", "auto"),
    ("search/?q=mara", ".result-name", "manual"),
    ("search/?q=mara", ".result-headline", "auto"),
]


def test_words_are_divided_and_names_are_not(opened: Opened, site: Site) -> None:
    """German compounds may be divided in all that people write in sentences; names, numbers and addresses may not."""
    with opened(site, "", 320) as page:
        for path, name, hyphens in HYPHENS:
            if not page.url.endswith(path):
                page.goto(site.url + path)
            found = page.locator(name).first.evaluate("(element) => getComputedStyle(element).hyphens")
            assert found == hyphens, f"{name} on {path}"
