"""The search in a browser, in German and in English, on a site of known people: what is found, by whom, and what happens when something fails."""

import http.server
import re
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from factory import Checkout, Site
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., AbstractContextManager[Page]]
COUNT = 23  # people on heat pumps: three pages
TEXT = (
    "Ein altes Haus hat dicke Mauern. Eine Wärmepumpe heizt auch den Altbau, wenn jemand rechnet. Danach ist es warm.\n"
)
TEXT_EN = "An old house has thick walls. A heat pump warms it too, if somebody does the sums. Then it is warm.\n"
BASE = "https://experts.example/our/people"


class Stage(NamedTuple):
    """A built site and a server that can be slow or broken."""

    folder: Path
    url: str
    delays: dict[str, float]
    broken: set[str]
    asked: list[str]


WORDS = {
    "de": {
        "start": "",
        "topic": "Wärmepumpen",
        "query": "wärmepumpen",
        "other": "photovoltaik",
        "typo": "wermepumpe",
        "people": f"{COUNT} Fachleute",
        "one": "1 Fachperson",
        "none": "Nichts gefunden zu „qqqxxx“",
        "busy": "Suche läuft …",
        "failed": "Ein Teil der Suche konnte nicht geladen werden",
        "headline": "Heizt alte Häuser",
        "languages": "Deutsch, Englisch und Niederdeutsch",
        "formats": "Fernsehen und Podcast",
        "response": "4 Stunden",
        "away": "Abwesend bis zum 18. Dezember 2026.",
        "marked": "Wärmepumpe",
        "profile": "Aus dem Profil",
        "suggestions": "Vorschl",
    },
    "en": {
        "start": "en/",
        "topic": "Heat pumps",
        "query": "heat pumps",
        "other": "photovoltaics",
        "typo": "photovoltaycs",
        "people": f"{COUNT} experts",
        "one": "1 expert",
        "none": "Nothing found for “qqqxxx”",
        "busy": "Searching …",
        "failed": "Part of the search could not be loaded",
        "headline": "Heats old houses",
        "languages": "German, English, and Low German",
        "formats": "Television and podcast",
        "response": "4 hours",
        "away": "Away until 18 December 2026.",
        "marked": "heat pump",
        "profile": "From the profile",
        "suggestions": "suggestion",
    },
}
languages = pytest.mark.parametrize("lang", ["de", "en"])


def fill(site: Site) -> None:
    """Write people whose numbers are known: all on heat pumps, and two on the sun."""
    office = {"name": "Pressestelle", "email": "presse@example.com"}
    site.settings(SITENAME="Köpfe", PRESS_OFFICE=office)
    site.topic(
        "heat-pumps", label={"de": "Wärmepumpen", "en": "Heat pumps"}, synonyms={"de": ["WP"], "en": ["warm air"]}
    )
    site.topic("solar", label={"de": "Photovoltaik", "en": "Photovoltaics"})
    site.topic("law", label={"de": "Mietrecht", "en": "Tenancy law"})
    for number in range(COUNT - 1):
        name = f"{'ABCDEFGHIJKLMNOPQRSTUVW'[number]}nna Nummer"
        site.profile(
            f"person-{number:02}",
            TEXT,
            name=name,
            headline="Baut Heizungen ein",
            topics=["heat-pumps"],
            languages=["de", "en"] if number % 3 == 0 else ["de"],
            location="Kiel" if number % 2 else "Hamburg",
            formats=["radio"] if number < 5 else ["print"],
        )
    site.profile(
        "mara",
        TEXT,
        name="Mara Lindqvist",
        headline="Heizt alte Häuser",
        role="Ingenieurin",
        topics=["law", "heat-pumps"],
        languages=["de", "en", "nds"],
        location="Kiel",
        formats=["tv", "podcast"],
        response="4 Stunden",
        absence={"from": "2026-11-16", "until": "2026-12-18", "deputy": "sol"},
    )
    site.translation("mara", "en", TEXT_EN, headline="Heats old houses", role="Engineer")
    site.portrait("mara")
    site.profile("sol", "Sonne.\n", name="Solveig Sonne", headline="Kennt Dächer", topics=["solar"], languages=["en"])
    site.profile("ray", "Licht.\n", name="Raymond Strahl", headline="Misst Licht", topics=["solar"], languages=["de"])
    for number in range(8):
        site.story(
            f"story-{number}", TEXT, title=f"Geschichte Nummer {number}", authors=["mara"], topics=["heat-pumps"]
        )
    site.hook(
        "winter", title="Winter und Wärmepumpen", experts=[{"expert": "mara", "angle": "x"}], topics=["heat-pumps"]
    )


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[..., Stage]]:
    """Return a function that serves a folder below a path, slowly or not at all where the test says so."""
    servers = []

    def start(folder: Path, below: str = "/") -> Stage:
        delays: dict[str, float] = {}
        broken: set[str] = set()
        asked: list[str] = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def translate_path(self, path: str) -> str:
                return super().translate_path(path.removeprefix(below.rstrip("/")))

            def do_GET(self) -> None:
                asked.append(self.path)
                time.sleep(sum(seconds for part, seconds in delays.items() if part in self.path))
                if any(part in self.path for part in broken) or not self.path.startswith(below):
                    return self.send_error(503)
                return super().do_GET()

        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), lambda *given: Handler(*given, directory=str(folder))
        )
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Stage(folder, f"http://127.0.0.1:{server.server_port}{below}", delays, broken, asked)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def stage(
    built: Callable[[Path], Any],
    serve: Callable[..., Stage],
    checkout: Checkout,
    tmp_path_factory: pytest.TempPathFactory,
) -> Stage:
    """Return the site of known people, built and served."""
    site = Site(tmp_path_factory.mktemp("search") / "site", checkout, empty=True)
    fill(site)
    return serve(built(site.folder).folder)


@pytest.fixture
def loose(browser: Browser, stage: Stage) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page on which something may go wrong; the server is whole again afterwards."""
    contexts = []

    def start(path: str, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(stage.url + path)
        return page

    yield start
    for context in contexts:
        context.close()
    stage.delays.clear()
    stage.broken.clear()


@contextmanager
def found(opened: Opened, stage: Stage, lang: str, query: str, more: str = "", **options: Any) -> Iterator[Page]:
    """Open the search page with a query, and wait for its answer."""
    with opened(stage, f"{WORDS[lang]['start']}search/?q={query}{more}", **options) as page:
        expect(page.locator(".results h2").first).to_be_visible()
        expect(page.locator(".results h2").first).not_to_have_text(
            re.compile("…$")
        )  # it says so while it is on its way
        yield page


def names(page: Page) -> list[str]:
    """The names of the people shown."""
    return page.locator(".result-name").all_inner_texts()


def heading(page: Page) -> Any:
    """What is said above the results."""
    return page.locator(".results-found h2")


# -- typing ---------------------------------------------------------------------------------------


@languages
def test_results_come_while_typing(lang: str, stage: Stage, opened: Opened) -> None:
    """From the second letter on; the index of topics makes way and comes back; the address follows, the history does not grow."""
    words = WORDS[lang]
    with opened(stage, f"{words['start']}search/") as page:
        field, results, index = page.locator("#q"), page.locator("[data-results]"), page.locator("[data-idle]")
        steps = page.evaluate("history.length")
        field.press_sequentially(words["query"][:1])
        page.wait_for_timeout(300)
        assert index.is_visible()
        assert not results.is_visible()
        field.press_sequentially(words["query"][1:])
        expect(heading(page)).to_have_text(words["people"])
        assert not index.is_visible()
        expect(page.locator(".result")).to_have_count(10)
        assert parse_qs(urlsplit(page.url).query) == {"q": [words["query"]]}
        assert page.evaluate("history.length") == steps
        expect(page.locator(".search [role=status]")).to_have_text(words["people"])
        field.fill("")
        expect(index).to_be_visible()
        assert not results.is_visible()


@languages
def test_last_word_wins(lang: str, stage: Stage, loose: Callable[..., Page]) -> None:
    """An answer that comes late never replaces one to what was typed after it."""
    words = WORDS[lang]
    page = loose(f"{words['start']}search/")
    page.locator("#q").fill("Solveig")
    expect(heading(page)).to_have_text(words["one"])
    stage.delays["/index/"] = 0.6
    page.locator("#q").fill(words["query"])
    page.wait_for_timeout(100)
    stage.delays.clear()
    page.locator("#q").fill(words["other"])
    expect(heading(page)).to_have_text(re.compile("^2 "))
    page.wait_for_timeout(1200)
    expect(heading(page)).to_have_text(re.compile("^2 "))
    assert sorted(names(page)) == ["Raymond Strahl", "Solveig Sonne"]


def test_query_is_text(stage: Stage, opened: Opened) -> None:
    """What looks like markup is shown as it was typed."""
    with opened(stage, "search/?q=%3Cimg%3Eqqqxxx") as page:
        expect(heading(page)).to_contain_text("<img>qqqxxx")
        assert heading(page).locator("*").count() == 0


@pytest.mark.parametrize(
    ("query", "lang"),
    [
        ("Wärmepumpe", "de"),
        ("waermepumpe", "de"),
        ("warmepumpe", "de"),
        ("WÄRMEPUMPE", "de"),
        ("wärmepumpe", "en"),
        ("heat pump", "de"),
        ("WP", "en"),
        ("Wer kann etwas zu Wärmepumpen sagen?", "de"),
    ],
)
def test_spelling_does_not_matter(query: str, lang: str, stage: Stage, opened: Opened) -> None:
    """Any spelling, either language, an abbreviation, a whole question: from the field on the home page to the people."""
    words = WORDS[lang]
    with opened(stage, words["start"]) as page:
        page.locator("#q").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/search/\?q="))
        expect(heading(page)).to_have_text(words["people"])
        assert page.locator("#q").input_value() == query


# -- the field --------------------------------------------------------------------------------------


@languages
def test_combobox_keys(lang: str, stage: Stage, opened: Opened) -> None:
    """The keys do what the combobox pattern says."""
    words = WORDS[lang]
    with opened(stage, f"{words['start']}experts/ray/") as page:
        field, options = page.locator("#q"), page.locator("#options [role=option]")
        field.focus()
        expect(field).to_have_attribute("role", "combobox")
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press_sequentially(words["topic"][:4])
        expect(field).to_have_attribute("aria-expanded", "true")
        expect(options.first).to_contain_text(words["topic"])
        expect(page.locator(".search [role=status]")).to_contain_text(words["suggestions"])
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        first = options.first.get_attribute("id")
        expect(field).to_have_attribute("aria-activedescendant", first or "")
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowUp")  # back into the text
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowUp")  # and round to the last
        expect(options.last).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Home")
        assert field.get_attribute("aria-activedescendant") is None
        assert page.evaluate("document.querySelector('#q').selectionStart") == 0
        page.keyboard.press("End")
        assert page.evaluate("document.querySelector('#q').selectionStart") == 4
        page.keyboard.press("Escape")
        expect(field).to_have_attribute("aria-expanded", "false")
        assert field.input_value() == words["topic"][:4]
        page.keyboard.press("ArrowDown")
        expect(field).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        expect(field).to_have_attribute("aria-expanded", "false")
        field.focus()
        page.keyboard.press("Escape")
        assert field.input_value() == ""


@languages
def test_topic_is_chosen(lang: str, stage: Stage, opened: Opened) -> None:
    """Enter on a topic searches for it, from any page."""
    words = WORDS[lang]
    with opened(stage, f"{words['start']}experts/ray/") as page:
        page.locator("#q").press_sequentially(words["topic"][:4])
        expect(page.locator("#options")).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/search/\?q="))
        expect(heading(page)).to_have_text(words["people"])
        assert page.locator("#q").input_value() == words["topic"]


def test_person_is_chosen(stage: Stage, opened: Opened) -> None:
    """A click on a person leads to the profile."""
    with opened(stage, "") as page:
        page.locator("#q").press_sequentially("solv")
        page.locator("#options [role=option]", has_text="Solveig").click()
        page.wait_for_url(f"{stage.url}experts/sol/")


def test_enter_without_choice_searches(stage: Stage, opened: Opened) -> None:
    """Enter in the field is an ordinary form, also from the small field in the head."""
    with opened(stage, "experts/ray/", width=390) as page:
        page.locator("#q").fill("mietrecht")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{stage.url}search/?q=mietrecht")
        expect(page.locator(".result-name")).to_have_text(["Mara Lindqvist"])


# -- results ----------------------------------------------------------------------------------------


@languages
def test_result_says_what_decides(lang: str, stage: Stage, opened: Opened) -> None:
    """Face, name, headline, topics with the one asked for first, place, languages, formats, promise, absence, and the best sentence."""
    words = WORDS[lang]
    with found(opened, stage, lang, "mara+" + words["query"]) as page:
        result = page.locator(".result").first
        expect(result.locator(".result-name")).to_have_text("Mara Lindqvist")
        expect(result.locator(".result-headline")).to_have_text(words["headline"])
        expect(result.locator(".chip").first).to_have_text(words["topic"])
        expect(result.locator(".chip mark").first).to_have_text(words["topic"])
        expect(result.locator(".result-place")).to_contain_text("Kiel")
        expect(result.locator(".result-languages")).to_have_text(words["languages"])
        assert result.locator(".result-formats").inner_text().lower() == words["formats"].lower()
        expect(result.locator(".result-response")).to_have_text(words["response"])
        expect(result.locator(".result-away")).to_contain_text(words["away"])
        expect(result.locator(".result-away a")).to_have_attribute("href", re.compile(r"/experts/sol/$"))
        expect(result.locator(".result-quote mark").first).to_be_visible()
        assert words["marked"].lower() in result.locator("blockquote").inner_text().lower()
        face = result.locator("img.portrait")
        assert face.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1
        way = result.locator("figcaption a")
        assert re.search(r"/(experts/mara|stories/story-\d)/#:~:text=", way.get_attribute("href") or "")
        way.click()
        page.wait_for_url(re.compile(r"/(experts/mara|stories/story-\d)/"))


def test_without_portrait_a_monogram(stage: Stage, opened: Opened) -> None:
    """Who has no portrait has the same monogram as everywhere."""
    with found(opened, stage, "de", "solveig") as page:
        monogram = page.locator(".result .monogram")
        here = monogram.get_attribute("class"), monogram.inner_text()
        page.goto(f"{stage.url}experts/sol/")
        there = page.locator(".expert .monogram")
        assert here == (there.get_attribute("class"), there.inner_text())


@languages
def test_stories_and_news_stand_apart(lang: str, stage: Stage, opened: Opened) -> None:
    """After the people come the stories, some at first, and the news events."""
    with found(opened, stage, lang, WORDS[lang]["query"]) as page:
        stories = page.locator("#stories .story")
        expect(stories).to_have_count(6)
        page.locator("#stories button").click()
        expect(stories).to_have_count(8)
        assert page.evaluate("document.activeElement.closest('.story') !== null")
        expect(page.locator("#hooks h3")).to_have_text("Winter und Wärmepumpen")
        page.locator(".results-also a").first.click()
        expect(page.locator("#stories h2")).to_be_in_viewport()
        expect(page.locator(".result")).to_have_count(10)


@languages
def test_typing_error_is_mended(lang: str, stage: Stage, opened: Opened) -> None:
    """It is said what the results are for."""
    with found(opened, stage, lang, WORDS[lang]["typo"]) as page:
        expect(page.locator(".results-corrected strong")).to_be_visible()
        assert names(page)


@languages
def test_nothing_found_is_no_dead_end(lang: str, stage: Stage, opened: Opened) -> None:
    """Nearest topics, then the press office."""
    words = WORDS[lang]
    with found(opened, stage, lang, "qqqxxx") as page:
        expect(heading(page)).to_have_text(words["none"])
        expect(page.locator(".result-nearest a").first).to_be_visible()
        assert page.locator("main .box").is_visible()
        page.locator(".result-nearest a").first.click()
        page.wait_for_url(re.compile(r"/topics/"))


# -- address, pages, filters ------------------------------------------------------------------------


@languages
def test_pages_are_links(lang: str, stage: Stage, opened: Opened) -> None:
    """Ten people on a page; each page has an address, and the back button comes back."""
    with found(opened, stage, lang, WORDS[lang]["query"]) as page:
        expect(page.locator(".result")).to_have_count(10)  # the first ones are shown before the others
        first = names(page)
        page.locator(".pager a", has_text="2").click()
        expect(page.locator(".pager [aria-current]")).to_have_text("2")
        assert parse_qs(urlsplit(page.url).query)["page"] == ["2"]
        assert not set(first) & set(names(page))
        assert page.evaluate("document.activeElement.tagName") == "H2"
        page.locator(".pager a[rel=next]").click()
        expect(page.locator(".result")).to_have_count(3)
        page.reload()
        expect(page.locator(".result")).to_have_count(3)
        page.go_back()
        expect(page.locator(".result")).to_have_count(10)
        page.go_back()
        expect(page.locator(".pager [aria-current]")).to_have_text("1")
        expect(page.locator(".result")).to_have_count(10)
        assert names(page) == first


@languages
def test_back_restores_what_was_searched(lang: str, stage: Stage, opened: Opened) -> None:
    """Each search that was sent has its place in the history, what was only typed has none."""
    words = WORDS[lang]
    with opened(stage, f"{words['start']}search/") as page:
        field = page.locator("#q")
        for query in (words["query"], words["other"]):
            field.fill(query)
            page.keyboard.press("Enter")
            expect(page.locator(".result").first).to_be_visible()
        expect(heading(page)).to_have_text(re.compile("^2 "))
        assert words["other"] in page.title()
        page.go_back()
        expect(heading(page)).to_have_text(words["people"])
        assert field.input_value() == words["query"]
        page.go_back()
        expect(page.locator("[data-idle]")).to_be_visible()
        assert field.input_value() == ""
        page.go_forward()
        expect(heading(page)).to_have_text(words["people"])


@languages
def test_filters_count_true(lang: str, stage: Stage, opened: Opened) -> None:
    """Each number is how many remain; filters combine, stand in the address, and can be removed."""
    words = WORDS[lang]
    with found(opened, stage, lang, words["query"]) as page:
        assert not any(re.search(r"/index/f\w+\.", path) for path in stage.asked[-40:] if "?" in path)
        page.locator("[data-facet=place] > summary").click()
        kiel = page.locator("[data-facet=place] label", has_text="Kiel")
        expect(kiel).to_contain_text("12")
        expect(page.locator("[data-facet=place] label", has_text="Hamburg")).to_contain_text("11")
        kiel.click()
        expect(heading(page)).to_have_text(re.compile("^12 "))
        assert parse_qs(urlsplit(page.url).query)["place"] == ["Kiel"]
        expect(page.locator("[data-facet=place] label", has_text="Hamburg")).to_contain_text("11")
        assert page.evaluate("document.activeElement.value") == "Kiel"  # the focus stays
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('[data-facet=place] > summary')")
        page.locator("[data-facet=language] > summary").click()
        english = page.locator("[data-facet=language] label:has([value=en])")
        number = int(english.locator(".meta").inner_text())
        english.click()
        expect(heading(page)).to_have_text(re.compile(f"^{number} "))
        page.locator("main h1").click()  # elsewhere
        assert page.locator(".filter[open]").count() == 0
        now = page.locator(".filter-now")
        expect(now.locator(".meta")).to_have_text(str(number - 1))
        now.locator("input").check()
        expect(heading(page)).to_have_text(re.compile(f"^{number - 1} "))
        chips = page.locator(".results-chosen a")
        expect(chips).to_have_count(4)
        page.reload()
        expect(chips).to_have_count(4)
        expect(heading(page)).to_have_text(re.compile(f"^{number - 1} "))
        chips.filter(has_text="Kiel").click()
        expect(chips).to_have_count(3)
        assert "place" not in parse_qs(urlsplit(page.url).query)
        chips.last.click()
        expect(heading(page)).to_have_text(words["people"])
        expect(chips).to_have_count(0)
        page.go_back()
        expect(chips).to_have_count(3)


def test_filters_on_a_phone(stage: Stage, opened: Opened, overflowing: Callable[[Page], list[str]]) -> None:
    """They are closed at first, and fit when they are open."""
    with found(opened, stage, "de", "wärmepumpen", width=320) as page:
        assert not page.locator("[data-facet=topic] > summary").is_visible()
        page.locator(".filters > summary").click()
        page.locator("[data-facet=topic] > summary").click()
        expect(page.locator("[data-facet=topic] label").first).to_be_visible()
        assert overflowing(page) == []


# -- the network --------------------------------------------------------------------------------------


@languages
def test_slow_network_is_said(lang: str, stage: Stage, loose: Callable[..., Page]) -> None:
    """Who waits is told so, and then has the answer."""
    words = WORDS[lang]
    stage.delays["/index/manifest"] = 1.2
    page = loose(f"{words['start']}search/?q={words['query']}")
    expect(heading(page)).to_have_text(words["busy"])
    expect(heading(page)).to_have_text(words["people"])


@languages
@pytest.mark.parametrize("part", ["/theme/js/search.", "/index/manifest", "/index/s", "/index/d", "/theme/js/extras."])
def test_what_fails_can_be_tried_again(part: str, lang: str, stage: Stage, loose: Callable[..., Page]) -> None:
    """Whatever does not arrive: a message, a button, and with it the whole answer."""
    words = WORDS[lang]
    stage.broken.add(part)
    page = loose(f"{words['start']}search/?q={words['query']}")
    message = page.locator(".results-failed")
    expect(message).to_contain_text(words["failed"])
    page.wait_for_timeout(500)
    expect(message).to_be_visible()
    stage.broken.clear()
    message.locator("button").click()
    expect(heading(page)).to_have_text(words["people"])
    expect(page.locator(".result")).to_have_count(10)
    expect(page.locator(".pager")).to_be_visible()
    expect(message).not_to_be_visible()


def test_one_file_that_fails_leaves_the_rest(stage: Stage, loose: Callable[..., Page]) -> None:
    """Cards that do not arrive take no others with them, and the filters still work."""
    page = loose("search/")
    page.locator("#q").focus()
    stage.broken.add("/index/d1.")
    page.locator("#q").fill("wärmepumpen")
    expect(page.locator(".results-failed")).to_be_visible()
    expect(heading(page)).to_have_text(WORDS["de"]["people"])
    assert 0 < len(names(page)) < 10
    page.locator("[data-facet=place] > summary").click()
    expect(page.locator("[data-facet=place] label").first).to_be_visible()


def test_works_offline_once_loaded(loose: Callable[..., Page]) -> None:
    """What has been loaded is there without a network."""
    page = loose("search/?q=wärmepumpen")
    expect(page.locator(".pager")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("#q").fill("")
    expect(page.locator("[data-idle]")).to_be_visible()
    page.locator("#q").fill("wärmepumpen")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(WORDS["de"]["people"])
    expect(page.locator(".result")).to_have_count(10)


@languages
def test_without_script_topics_and_press_office(lang: str, stage: Stage, opened: Opened) -> None:
    """The form leads to the search page, which shows the topics and whom to ask."""
    words = WORDS[lang]
    with opened(stage, f"{words['start']}experts/ray/", java_script_enabled=False) as page:
        page.locator("#q").fill("Heizung")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/search/\?q=Heizung"))
        assert page.locator("[data-idle] a", has_text=words["topic"]).is_visible()
        assert page.locator("main .box").is_visible()
        assert not page.locator("[data-results]").is_visible()


@languages
def test_nothing_is_loaded_before_it_is_wanted(lang: str, stage: Stage, opened: Opened) -> None:
    """A page loads the small module only; the search comes with the focus, the filters when they open."""
    with opened(stage, f"{WORDS[lang]['start']}experts/ray/") as page:
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
        scripts = [path for path in loaded if "/theme/js/" in path or "/index/" in path]
        assert [re.sub(r"\..*", "", path.rpartition("/")[2]) for path in scripts] == ["field"]
        with page.expect_response("**/search/index/manifest.json"), page.expect_response("**/theme/js/search.*.js"):
            page.locator("#q").focus()


def test_nothing_is_stored(stage: Stage, opened: Opened) -> None:
    """No cookie, no storage, no database; requests go to the site only (`opened` sees to it) and never carry the query."""
    stage.asked.clear()
    with opened(stage, "search/") as page:
        page.locator("#q").fill("wärmepumpen")
        expect(page.locator(".result-quote blockquote").first).to_be_visible()
        page.locator("[data-facet=place] > summary").click()
        expect(page.locator("[data-facet=place] label").first).to_be_visible()
        kept = page.evaluate(
            "async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length,"
            " (await caches?.keys() ?? []).length]"
        )
        assert kept == [0, 0, "", 0, 0]
        assert page.context.cookies() == []
    assert not any("pumpe" in path for path in stage.asked)


# -- everybody ----------------------------------------------------------------------------------------


STATES: dict[str, Callable[[Page], None]] = {
    "results": lambda page: expect(page.locator(".result-quote blockquote").first).to_be_visible(),
    "filters": lambda page: page.locator("[data-facet=topic] > summary").click(),
    "suggestions": lambda page: page.locator("#q").press_sequentially(" ka"),
    "nothing": lambda page: page.locator("#q").fill("qqqxxx"),
}


@languages
@pytest.mark.parametrize("state", STATES)
def test_no_barriers(
    state: str,
    lang: str,
    stage: Stage,
    opened: Opened,
    barriers: Callable[[Page], list[str]],
    overflowing: Callable[[Page], list[str]],
) -> None:
    """axe-core finds nothing in any state, and all of it fits."""
    with found(opened, stage, lang, WORDS[lang]["query"], "&place=Kiel") as page:
        expect(page.locator(".results-chosen a")).to_have_count(1)
        STATES[state](page)
        page.wait_for_timeout(700)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert barriers(page) == [], scheme
        for width in (320, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert overflowing(page) == [], width
        page.set_viewport_size({"width": 390, "height": 800})
        assert barriers(page) == []


def test_keyboard_reaches_everything(stage: Stage, opened: Opened) -> None:
    """Tab visits all that can be used among the results, each with a frame around it."""
    with found(opened, stage, "de", "wärmepumpen", "&place=Kiel", reduced_motion="reduce") as page:
        page.set_viewport_size({"width": 1280, "height": 5000})  # all sentences are in sight, so that none comes later
        expect(page.locator(".result-quote blockquote:visible")).to_have_count(10)
        count = page.evaluate(
            "() => { const all = [...document.querySelectorAll('a[href], button, input, summary')]"
            ".filter((element) => element.checkVisibility());"
            " all.forEach((element, index) => { element.dataset.at = index; }); return all.length; }"
        )
        visited = []
        for _ in range(count):
            page.keyboard.press("Tab")
            visited.append(
                page.evaluate(
                    "() => { const element = document.activeElement, framed = (e, pseudo) => getComputedStyle(e, pseudo).outlineStyle !== 'none';"
                    " return framed(element) || framed(element, '::after') || framed(element.parentElement) ? Number(element.dataset.at) : element.outerHTML; }"
                )
            )
        assert visited == list(range(count))


# -- addresses ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def below(
    built: Callable[[Path], Any],
    serve: Callable[..., Stage],
    checkout: Checkout,
    tmp_path_factory: pytest.TempPathFactory,
) -> Stage:
    """Return the same site with an address below that of its host."""
    site = Site(tmp_path_factory.mktemp("below") / "site", checkout, empty=True)
    fill(site)
    site.replace("pelicanconf.py", "SITENAME = 'Köpfe'", f"SITENAME = 'Köpfe der Nordlicht GmbH'\nSITEURL = {BASE!r}")
    return serve(built(site.folder).folder, "/our/people/")


@languages
def test_works_below_a_path(lang: str, below: Stage, opened: Opened) -> None:
    """Everything is found from any depth: files, faces, pages."""
    words = WORDS[lang]
    with opened(below, f"{words['start']}experts/ray/") as page:
        page.locator("#q").fill("mara")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{below.url}{words['start']}search/?q=mara")
        expect(page.locator(".result-name").first).to_have_text("Mara Lindqvist")
        page.locator(".result-name a").first.click()
        page.wait_for_url(f"{below.url}{words['start']}experts/mara/")


@languages
def test_browsers_can_add_the_search(lang: str, below: Stage, opened: Opened) -> None:
    """Each page names the OpenSearch description of its language, whose template is the search page."""
    start = WORDS[lang]["start"]
    with opened(below, f"{start}experts/ray/") as page:
        link = page.locator("link[rel=search]")
        assert link.get_attribute("type") == "application/opensearchdescription+xml"
        assert link.get_attribute("href") == f"/our/people/{start}search/opensearch.xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ET.fromstring((below.folder / start / "search/opensearch.xml").read_text("utf-8"))
    assert root.tag == f"{space}OpenSearchDescription"
    values = {element.tag.removeprefix(space): element.text or "" for element in root}
    assert values["ShortName"] == "Köpfe der"[:16].strip() or len(values["ShortName"]) <= 16
    assert len(values["LongName"]) <= 48
    assert values["Language"] == lang
    urls = {url.get("type"): url.get("template") for url in root.findall(f"{space}Url")}
    assert urls["text/html"] == f"{BASE}/{start}search/?q={{searchTerms}}"
    assert urls["application/opensearchdescription+xml"] == f"{BASE}/{start}search/opensearch.xml"


def test_without_an_address_there_is_no_description(stage: Stage, opened: Opened) -> None:
    """A description needs absolute addresses."""
    assert not (stage.folder / "search/opensearch.xml").exists()
    with opened(stage) as page:
        assert page.locator("link[rel=search]").count() == 0
