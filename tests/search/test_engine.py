"""What the search finds, on a small site written by hand: people, stories and news events, however somebody asks for them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factory import Checkout, Site

OPEN = """
const { readFileSync } = await import("node:fs");
const { parts } = await import("./bundle/parts.js");
const fetched = [];
const state = { broken: () => false, slow: 0 };
const fetch = async (name, { signal } = {}) => {
    fetched.push(name);
    if (state.slow) await new Promise((resolve) => setTimeout(resolve, state.slow));
    signal?.throwIfAborted();
    if (state.broken(name)) throw new TypeError("network");
    return new Response(readFileSync(given.index + name));
};
const open = (more) => parts.open({ base: "", lang: "de", fetch, ...more });
const engine = await open();
const slugs = async (found) => (await engine.cards(found.people)).map(({ s }) => s);
"""
SEARCH = """
const answers = {};
for (const query of given.queries) answers[query] = await slugs(await engine.search(query, given.options));
return answers;
"""

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Path:
    """Return the index of a site with seven people."""
    site = Site(tmp_path_factory.mktemp("engine") / "site", checkout, empty=True)
    topic = site.topic
    topic("energy", label={"de": "Energiewende", "en": "Energy transition"})
    topic(
        "heat-pumps",
        label={"de": "Wärmepumpen", "en": "Heat pumps"},
        synonyms={"de": ["Wärmepumpe", "Wärmepupe", "WP"]},
        broader="energy",
    )
    topic(
        "ai",
        label={"de": "Künstliche Intelligenz", "en": "Artificial intelligence"},
        synonyms={"de": ["KI", "maschinelles Lernen"], "en": ["AI"]},
    )
    topic("rent", label={"de": "Mietrecht", "en": "Tenancy law"}, synonyms={"de": ["Wohnraummietrecht"]})
    topic("climate", label={"de": "Klimaschutz", "en": "Climate protection"})
    topic("security", label={"de": "IT-Sicherheit", "en": "IT security"})
    person = site.profile
    more = {"languages": ["de"], "formats": ["radio"]}
    person(
        "mara",
        "Sie plant für alte Häuser.\n",
        name="Dr. Mara Müller",
        topics=["heat-pumps", "rent"],
        location="München",
        **more,
    )
    person(
        "jonas",
        "He writes about railways.\n",
        name="Jonas Groß",
        lang="en",
        topics=["ai", "energy"],
        location="Köln",
        languages=["en"],
    )
    person(
        "ida",
        "Was im Altbau geht.\n",
        name="Ida Sørensen",
        topics=["climate", "rent", "heat-pumps"],
        location="Köln",
        **more,
    )
    person(
        "ole",
        "Kein Wort zu viel.\n",
        name="Ole O'Brien",
        topics=["rent", "security", "climate"],
        location="Kiel",
        formats=["tv"],
    )
    person(
        "pia",
        "Die Bürgschaft ist verwickelt.\n",
        name="Pia Müller-Weiß",
        topics=["security"],
        headline="Fragen der Kryptografie",
    )
    person(
        "ute",
        "Sie kennt die künstliche Intelligenz.\n",
        name="Ute Peters",
        topics=["climate"],
        location="Frankfurt am Main",
    )
    person("leo", "Intelligenz ist nicht künstliche Befruchtung.\n", name="Leo Peters", topics=["energy"])
    site.story("boiler", "Die Wärmepumpe im Keller.\n", title="Ein kaltes Haus", authors=["ute"], topics=["energy"])
    site.story("rails", "Über Bürgschaften.\n", title="Die Weiche", authors=["leo", "ole"], topics=["ai"])
    site.hook("winter", title="Kälte im Netz", topics=["heat-pumps"])
    site.built()
    return site.output / "search" / "index"


@pytest.fixture
def search(node: Run, index: Path) -> Callable[..., dict[str, list[str]]]:
    """Return a function that gives the people that queries find, best first."""

    def run(*queries: str, **options: object) -> dict[str, list[str]]:
        found: dict[str, list[str]] = node(
            OPEN + SEARCH, {"index": f"{index}/", "queries": queries, "options": options}
        )
        return found

    return run


@pytest.fixture
def ask(node: Run, index: Path) -> Callable[[str], Any]:
    """Return a function that runs JavaScript with an open engine."""
    return lambda code: node(f"{OPEN} return (async () => {{ {code} }})();", {"index": f"{index}/"})


Search = Callable[..., dict[str, list[str]]]
Ask = Callable[[str], Any]


def test_a_topic_is_found_by_all_its_names(search: Search) -> None:
    """By label, synonym, abbreviation, in the other language, inflected, written together or apart."""
    names = ["Wärmepumpen", "Wärmepumpe", "WP", "heat pumps", "Heat pump", "waermepumpe", "WÄRMEPUMPEN"]
    for query, people in search(*names).items():
        assert people[:2] == ["mara", "ida"], query
    names = [
        "Künstliche Intelligenz",
        "KI",
        "AI",
        "künstlicher Intelligenz",
        "künstlicheintelligenz",
        "maschinelles Lernen",
    ]
    for query, people in search(*names).items():
        assert people[0] == "jonas", query


def test_main_subjects_come_before_others(search: Search) -> None:
    """Primary topics before secondary ones, these before mentions."""
    assert search("Klimaschutz")["Klimaschutz"] == ["ida", "ute", "ole"]
    found = search("Künstliche Intelligenz")["Künstliche Intelligenz"]
    assert found[0] == "jonas"
    assert sorted(found) == ["jonas", "leo", "ole", "ute"]


def test_a_topic_that_begins_with_a_stop_word(search: Search) -> None:
    """The word it is a stop word, IT is not."""
    for query, people in search("IT-Sicherheit", "it security", "IT Sicherheit").items():
        assert people[:2] == ["ole", "pia"] or people[:2] == ["pia", "ole"], query


def test_names_in_all_spellings(search: Search) -> None:
    """Umlauts, ß, accents and apostrophes; the whole name before a part of it; family names before given ones."""
    for query, people in search("Müller", "Mueller", "Muller", "müller").items():
        assert people == ["mara", "pia"], query
    for query, people in search(
        "Groß", "Gross", "Sørensen", "Soerensen", "sorensen", "O'Brien", "O’Brien", "obrien"
    ).items():
        assert len(people) == 1, query
    found = search("Mara Müller", "Müller-Weiß", "Peters")
    assert found["Mara Müller"][0] == "mara"
    assert found["Müller-Weiß"][0] == "pia"
    assert found["Peters"] == ["ute", "leo"] or found["Peters"] == ["leo", "ute"]


def test_places_and_their_other_names(search: Search) -> None:
    """By the place, and by what it is called elsewhere."""
    for query, people in search("München", "Munich", "muenchen").items():
        assert people == ["mara"], query
    for query, people in search("Köln", "Cologne").items():
        assert set(people) == {"jonas", "ida"}, query
    assert search("Frankfurt")["Frankfurt"] == ["ute"]


def test_topic_and_place(search: Search) -> None:
    """Who matches both comes first; then who knows the topic elsewhere."""
    assert search("Mietrecht Köln")["Mietrecht Köln"][0] == "ida"
    assert search("Cologne tenancy law")["Cologne tenancy law"][0] == "ida"


def test_parts_of_compounds_and_inflected_words(search: Search) -> None:
    """A part finds the compound; an ending does not matter."""
    found = search("Klima", "Recht", "Bürgschaften", "kryptografische", "railway")
    assert set(found["Klima"][:2]) == {"ida", "ute"}
    assert set(found["Recht"]) >= {"mara", "ida", "ole"}
    assert found["Bürgschaften"][0] == "pia"
    assert found["railway"] == ["jonas"]


def test_a_word_that_only_texts_have(node: Run, tmp_path: Path, checkout: Checkout) -> None:
    """Who has the topic that its users share is found after them."""
    site = Site(tmp_path / "site", checkout, empty=True)
    for slug, label in (("rent", "Mietrecht"), ("heat", "Heizung"), ("school", "Schulen")):
        site.topic(slug, label={"de": label})
    for slug in ("ada", "ben", "cem", "dana"):
        site.profile(slug, "Die Kaltmiete ist hoch.\n", topics=["rent", "school" if slug < "c" else "heat"])
    site.profile("zoe", "Sie rechnet nach.\n", topics=["heat", "school", "rent"])
    site.profile("yan", "Er lehrt.\n", topics=["heat"])
    site.built()
    given = {"index": f"{site.output}/search/index/", "queries": ["Kaltmiete"], "options": {}}
    people = node(OPEN + SEARCH, given)["Kaltmiete"]
    assert sorted(people[:4]) == ["ada", "ben", "cem", "dana"]
    assert people[4:] == ["zoe"]


def test_an_abbreviation_that_nobody_wrote(ask: Ask) -> None:
    """The initials of a topic's name are understood, and it is said how."""
    found = ask('const found = await engine.search("TL"); return [found.corrected, await slugs(found)];')
    assert found[0] == [["TL", "Tenancy law"]]
    assert set(found[1]) == {"mara", "ida", "ole"}


def test_a_compound_that_nobody_wrote(search: Search) -> None:
    """Its known beginning counts."""
    assert set(search("Mietrechtsnovelle")["Mietrechtsnovelle"]) == {"mara", "ida", "ole"}


def test_misspelt_words(ask: Ask) -> None:
    """One letter in a short word, two in a long one, the first two swapped; and it is said what was taken."""
    for typed, used, slug in [
        ("Wärmepunpe", "Wärmepumpe", "mara"),
        ("Mitrecht", "Mietrecht", "ole"),
        ("Klimaschtuz", "Klimaschutz", "ida"),
        ("künstliche Inteligenz", "Intelligenz", "jonas"),
        ("Sörenson", "Sorensen", "ida"),
        ("iMetrecht", "Mietrecht", "ole"),
    ]:
        found = ask(f"const found = await engine.search({typed!r}); return [found.corrected, await slugs(found)];")
        assert [pair[1] for pair in found[0]] == [used], typed
        assert found[1][0] == slug, typed
    assert ask('return (await engine.search("Mietrecht")).corrected') == []


def test_whole_sentences(search: Search) -> None:
    """Words of questions do not matter; who has to do with more of the rest comes first."""
    queries = {
        "Wer kann etwas zu Wärmepumpen im Altbau sagen?": "ida",
        "Ich suche eine Expertin für künstliche Intelligenz für ein Interview": "jonas",
        "Who can comment on tenancy law in Munich?": "mara",
    }
    for query, people in search(*queries).items():
        assert people[0] == queries[query], query


def test_stop_words_alone(search: Search) -> None:
    """They are looked for if there is nothing else, and find nobody by mistake."""
    assert search("wer", "die", "?", "", "   ", "-", "+", '"') == {
        query: [] for query in ("wer", "die", "?", "", "   ", "-", "+", '"')
    }


def test_excluded_and_required_words(search: Search) -> None:
    """-word leaves out, +word must be there; a hyphen within a word is none of these."""
    found = search("Mietrecht -Wärmepumpen", "Mietrecht +Köln", "-Mietrecht", "Peters -Leo", "+nirgendwo Mietrecht")
    assert found["Mietrecht -Wärmepumpen"] == ["ole"]
    assert found["Mietrecht +Köln"] == ["ida", "jonas"]
    assert set(found["-Mietrecht"]) == {"jonas", "pia", "ute", "leo"}
    assert found["Peters -Leo"] == ["ute"]
    assert found["+nirgendwo Mietrecht"] == []


def test_a_phrase_in_quotation_marks(ask: Ask) -> None:
    """The words must stand in this order; the texts of the pages tell."""
    code = """
    const texts = { ute: "Sie kennt die künstliche Intelligenz.", leo: "Intelligenz ist nicht künstliche Befruchtung." };
    const textOf = async ({ s }) => [["de", [texts[s] ?? ""]]];
    const engine = await open({ textOf });
    return slugs(await engine.search(%s));
    """
    assert set(ask(code % "'„künstliche Intelligenz“'")) == {"jonas", "ute"}
    assert ask(code % "'\"künstliche Befruchtung\"'") == ["leo"]
    assert ask(code % "'\"Befruchtung künstliche\"'") == []


def test_while_somebody_types(search: Search) -> None:
    """Every beginning of a topic's name, from two letters on, finds its people; later words may be begun too."""
    label = "Künstliche Intelligenz"
    for query, people in search(*[label[:end] for end in range(2, len(label) + 1)], typing=True).items():
        assert "jonas" in people, query
    for query, people in search("Mü", "Müll", "Mara Mü", "Sø", "soer", typing=True).items():
        assert people[:1] in (["mara"], ["ida"]), query
    assert search("Mietr", typing=False)["Mietr"] != []


def test_suggestions(ask: Ask) -> None:
    """Topics by any of their words in any language, people by the beginnings of their names."""
    code = "const { topics, people } = await engine.suggest(%r); return [topics.map(({ slug }) => slug), people.map(({ s }) => s)];"
    assert ask(code % "wär")[0] == ["heat-pumps"]
    assert ask('return (await engine.suggest("wärmepu")).topics[0].phrase') == "Wärmepumpen"
    assert ask(code % "intell")[0] == ["ai"]
    assert ask(code % "künstliche i")[0] == ["ai"]
    assert ask(code % "Experten für Miet")[0] == ["rent"]
    assert ask(code % "mül")[1] == ["mara", "pia"]
    assert ask(code % "pia mü")[1] == ["pia"]
    assert ask(code % "zzz") == [[], []]
    assert ask(code % "") == [[], []]
    labels = ask('return (await engine.suggest("heat")).topics;')
    assert labels == [{"slug": "heat-pumps", "phrase": "Heat pumps", "label": "Wärmepumpen"}]


def test_stories_and_news_events(ask: Ask) -> None:
    """They are found apart from people; a story of two stands with both."""
    found = ask("""
        const found = await engine.search("Wärmepumpe");
        const stories = await engine.storyCards(found.stories);
        const hooks = await engine.cards(found.hooks);
        const best = await engine.search("Bürgschaften");
        const both = await engine.storyCards(best.stories);
        return { stories: stories.map(({ s }) => s), hooks: hooks.map(({ s }) => s), both: both.map(({ s }) => s),
                 best: best.people.map((slot) => best.best.get(slot) % engine.stride > 0), people: await slugs(best) };
    """)
    assert found["stories"] == ["boiler"]
    assert found["hooks"] == ["winter"]
    assert found["both"] == ["rails", "rails"]
    assert dict(zip(found["people"], found["best"], strict=True)) == {"pia": False, "leo": True, "ole": True}


def test_what_to_mark(ask: Ask) -> None:
    """Matched topics, and the words of a text that say what was asked for."""
    found = ask("""
        const { words, topics } = await engine.search("KI und Bürgschaft");
        const said = ["Intelligenz", "künstlichen", "KI", "Bürgschaften", "und", "Haus"];
        return [[...topics], said.filter((word) => words.matches(word))];
    """)
    assert found == [["ai"], ["Intelligenz", "künstlichen", "KI", "Bürgschaften"]]
    assert ask('return (await engine.search("IT und Sicherheit")).words.matches("und")') is False


def test_filters_and_counts(ask: Ask) -> None:
    """Values of a facet add up, facets narrow; a facet's counts leave its own filters out."""
    found = ask("""
        const filters = { topic: ["climate", "ai"], place: ["Köln"] };
        const found = await engine.search("", { filters });
        const counts = await engine.counts(found.people);
        const named = await engine.search("Mietrecht", { filters: { format: ["tv"] } });
        const nobody = await engine.search("Mietrecht", { filters: { format: ["print"] } });
        return {
            people: await slugs(found), unfiltered: found.unfiltered, counts: Object.fromEntries(counts),
            named: await slugs(named), before: named.unfiltered, nobody: await slugs(nobody),
        };
    """)
    assert set(found["people"]) == {"jonas", "ida"}
    assert found["unfiltered"] == 7
    assert found["named"] == ["ole"]
    assert found["before"] == 3
    assert found["nobody"] == []
    assert {value: count for value, _, count in found["counts"]["topic"]} == {
        "ai": 1, "climate": 1, "energy": 1, "heat-pumps": 1, "rent": 1
    }  # fmt: skip
    assert {value: count for value, _, count in found["counts"]["place"]} == {
        "Köln": 2,
        "Kiel": 1,
        "Frankfurt am Main": 1,
    }
    assert ["ai", "Künstliche Intelligenz", 1] in found["counts"]["topic"]
    assert found["counts"]["language"] == [["de", "de", 1], ["en", "en", 1]]


def test_nothing_found_leads_to_topics(ask: Ask) -> None:
    """There is always something to go on with."""
    found = ask("""
        const empty = await engine.search("Quantenxylophon");
        const near = await engine.nearest("Klimaschmutzfink");
        const none = await engine.nearest("???");
        return [empty.people, near[0].slug, none.length > 0];
    """)
    assert found == [[], "climate", True]


def test_a_failing_file_leaves_the_rest(ask: Ask) -> None:
    """What can be loaded is answered, with a note; a retry loads what was missing, and nothing else again."""
    found = ask("""
        fetched.length = 0;
        await (await open()).search("Mietrecht Müller");
        const shards = fetched.filter((name) => /^s/.test(name));
        const engine = await open();
        state.broken = (name) => name === shards[0];
        const first = await engine.search("Mietrecht Müller");
        state.broken = () => false;
        fetched.length = 0;
        const second = await engine.search("Mietrecht Müller");
        state.broken = (name) => name.startsWith("manifest");
        const closed = await open().then(() => "open", () => "closed");
        return [first.failed, second.failed, second.people.length, fetched.filter((name) => name === shards[0]).length, closed];
    """)
    assert found == [True, False, 4, 1, "closed"]


def test_an_aborted_query(ask: Ask) -> None:
    """It rejects at once when it goes on, its loading stops, and the next query is answered."""
    found = ask("""
        const engine = await open();
        state.slow = 20;
        const stop = new AbortController();
        const first = engine.search("Mietrecht", { signal: stop.signal }).then(() => "answered", ({ name }) => name);
        setTimeout(() => stop.abort(), 5);
        const second = await engine.search("Mietrecht");
        return [await first, second.people.length, second.failed];
    """)
    assert found == ["AbortError", 3, False]


def test_files_are_asked_for_together(ask: Ask) -> None:
    """Words of a query cost three round trips at most: groups, shards, and what their words are linked to."""
    rounds = ask("""
        let rounds = 0;
        let waiting = [];
        const answer = () => {
            rounds += 1;
            for (const go of waiting.splice(0)) go();
        };
        const batched = (name, options) => new Promise((resolve) => {
            if (!waiting.length) setTimeout(answer, 30);
            waiting.push(() => resolve(fetch(name, options)));
        });
        const engine = await open({ fetch: batched });
        const before = rounds;
        await engine.search("Mietrecht Köln Müller Klimaschutz");
        return rounds - before;
    """)
    assert rounds <= 3


def test_a_pasted_text_asks_for_few_files(ask: Ask) -> None:
    """However long a query is, only its beginning is searched for."""
    asked = ask("""
        const engine = await open();
        const long = Array.from({ length: 5000 }, (_, at) => `wort${(at * 7919).toString(36)}`).join(" ");
        const before = fetched.length;
        await engine.search(`Mietrecht ${long}`);
        return fetched.length - before;
    """)
    assert asked < 120


def test_formats_languages_and_compounds_of_known_words(ask: Ask) -> None:
    """Somebody is found by format and language; two known words written together are no misspelt third one."""
    answers = ask(
        SEARCH.replace("given.queries", '["Mietrecht Fernsehen", "Englisch", "Klimaintelligenz"]').replace(
            "given.options", "undefined"
        )
    )
    assert answers["Mietrecht Fernsehen"][0] == "ole"
    assert answers["Englisch"] == ["jonas"]
    assert {"ole", "leo"} <= set(answers["Klimaintelligenz"])
