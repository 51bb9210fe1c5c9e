"""What words mean to the search, and what is indexed of a person."""

import pytest
from expert_search import documents, text, vocabulary, words
from hypothesis import given
from hypothesis import strategies as st

from experts import model


def topic(slug: str, broader: str = "", synonyms: tuple[str, ...] = (), **label: str) -> model.Topic:
    """A topic with a label in some languages, and German synonyms."""
    return model.Topic(slug, tuple(label.items()), (("de", synonyms),), broader, "", (), (), "", slug.encode())


LAW = topic("law", de="Recht", en="law")
RENT = topic("rent", "law", ("Mieterschutz", "Streit mit dem Vermieter", "MR"), de="Mietrecht", en="tenancy law")
BIO = topic("bio", de="Biodiversität", en="biodiversity")


def expert(location: str, languages: tuple[str, ...] = (), formats: tuple[str, ...] = ()) -> model.Expert:
    """Somebody of whom only these are known."""
    nobody = model.Expert(*[()] * len(model.Expert._fields))
    return nobody._replace(location=location, languages=languages, formats=formats)


PEOPLE = [expert("München", ("de-AT", "en"), ("podcast",)), expert("Frankfurt am Main"), expert("Bremen / remote")]
KNOWN = vocabulary.make([LAW, RENT, BIO], PEOPLE, "de")
RENT_CONCEPT = KNOWN.concepts["rent"]


def weight(phrase: str, lang: str, concept: str) -> int:
    """How much a phrase says about a topic."""
    return KNOWN.links_of(vocabulary.key(phrase, lang)).get(concept, 0)


@pytest.mark.parametrize(
    ("phrase", "lang"),
    [("Mietrecht", "de"), ("Mietrechts", "de"), ("tenancy laws", "en"), ("Mieterschutzes", "de"), ("MR", "de")],
)
def test_all_names_of_a_topic_mean_it(phrase: str, lang: str) -> None:
    """Labels, synonyms and abbreviations are the same thing in all languages and inflections."""
    assert weight(phrase, lang, RENT_CONCEPT) == vocabulary.SAME


@pytest.mark.parametrize(("phrase", "lang"), [("Recht", "de"), ("law", "en"), ("Vermieter", "de"), ("tenancy", "en")])
def test_what_has_to_do_with_a_topic_leads_to_it(phrase: str, lang: str) -> None:
    """The topic above, a word of a phrase and a part of a compound lead to a topic, but less than its names."""
    assert 0 < weight(phrase, lang, RENT_CONCEPT) < vocabulary.SAME


def test_derived_words_lead_to_a_topic() -> None:
    """What shares the root of a name leads to the topic, even if nobody wrote it down."""
    assert weight("biodiverse", "de", KNOWN.concepts["bio"]) > 0
    assert weight("Biologie", "de", KNOWN.concepts["bio"]) == 0


@pytest.mark.parametrize("word", ["Wirtschaft", "Fischerei"])
def test_what_a_compound_ends_in_leads_to_it(word: str) -> None:
    """The last part of a label that no lexicon can take apart leads to the topic; a part of one piece does not."""
    topics = [topic("t", de="Gänsefischerei"), topic("u", de="Almwirtschaft"), topic("v", de="Almenwirtschaft")]
    known = vocabulary.make(topics, [], "de")
    targets = known.links_of(vocabulary.key(word, "de"))
    assert {known.concepts["t"], known.concepts["v"]} & targets.keys()
    assert known.links_of(vocabulary.key("Schaft", "de")).get(known.concepts["v"], 0) < vocabulary.SAME


def test_stop_words_alone_mean_nothing() -> None:
    """The small words of a phrase lead nowhere."""
    assert KNOWN.links_of(vocabulary.key("dem", "de")) == {}


def test_concepts_sort_beside_their_label() -> None:
    """A topic's label and its postings are mostly in one shard, so that one request is enough."""
    assert RENT_CONCEPT == "mietrecht #rent"


@pytest.mark.parametrize(
    ("location", "concepts"),
    [
        ("München", ["munchen @"]),
        ("Munich", ["munchen @"]),
        ("Bremen / remote", ["bremen @", "remote @"]),
        ("Lissabon (remote)", ["lissabon @", "remote @"]),
        ("Frankfurt am Main", ["frankfurt am main @"]),
        ("", []),
        ("–", []),
    ],
)
def test_a_location_is_one_place_or_several(location: str, concepts: list[str]) -> None:
    """Places are found as people write them, in German and English."""
    assert vocabulary.places_in(location) == concepts


def test_places_have_all_their_names() -> None:
    """Munich leads to München, Frankfurt to Frankfurt am Main."""
    assert KNOWN.links["munich"] == {"munchen @": vocabulary.SAME}
    assert "frankfurt am main @" in KNOWN.links["frankfurt"]


def test_formats_and_languages_are_words_of_a_query() -> None:
    """Who is asked for by language or format is found by its name in German and English; what nobody has means nothing."""
    assert KNOWN.links["podcast"] == {"format podcast @": vocabulary.SAME}
    assert KNOWN.links[vocabulary.key("Englisch", "de")] == {"language en @": vocabulary.SAME}
    assert KNOWN.links[vocabulary.key("German", "en")] == {"language de @": vocabulary.SAME}
    assert vocabulary.key("Radio", "de") not in KNOWN.links


@pytest.mark.parametrize(
    ("name", "strongest"),
    [
        ("Mara Lindqvist", ["lindqvist"]),
        ("Prof. Dr. Jörg Müller-Lüdenscheidt", ["muller", "ludenscheidt"]),
        ("Sinéad O’Brien", ["obrien"]),
        ("Ada Lovelace, PhD", ["lovelace"]),
    ],
)
def test_the_family_name_counts_most(name: str, strongest: list[str]) -> None:
    """Who is asked for by family name comes before those who share a given name; titles hardly count."""
    terms = dict(documents.name_terms(name))
    best = max(terms.values())
    found = [term for term, impact in terms.items() if impact == best]
    assert found == strongest


def row(html: str, lang: str = "de", topics: tuple[str, ...] = ("law",)) -> dict[str, dict[str, int]]:
    """The terms of a story with a body, by field."""
    version = model.StoryText("s", lang, "Titel", "", "", "", "", None, model.Body(b"x", ()), (), "")
    story = model.Story("s", (version,), "2026-01-01", ("a",), 0, topics, "story", "", "", "", "", "", b"d")
    found = documents.story(story, KNOWN, lambda _: html)
    return {documents.FIELDS[field]: dict(zip(terms, impacts, strict=True)) for field, terms, impacts in found}


def test_topics_are_found_in_running_text() -> None:
    """A topic that a text names is mentioned, in any form; one that the record has anyway is not."""
    assert RENT_CONCEPT in row("<p>Fragen des <em>Mieterschutzes</em></p>")["m"]
    assert "m" not in row("<p>Fragen des Mieterschutzes</p>", topics=("rent",))


def test_an_abbreviation_is_one_only_in_capitals() -> None:
    """MR is a topic, mr is not."""
    assert RENT_CONCEPT in row("<p>Das MR</p>")["m"]
    assert "m" not in row("<p>Das mr</p>")


def test_blocks_do_not_run_into_one_another() -> None:
    """The last word of a paragraph and the first one of the next stay two; a word with an element in it stays one."""
    assert documents.plain("<p>ein</p><p>Haus &amp; H<sub>2</sub>O</p>").split() == ["ein", "Haus", "&", "H2O"]


def test_the_length_of_a_text_counts_in_coarse_steps() -> None:
    """One more sentence changes the impacts of its own words alone."""
    base = "<p>" + " ".join(f"wort{number}" for number in range(150)) + "</p>"
    before, after = row(base)["t"], row(base + "<p>Noch ein ganz neuer Satz steht hier.</p>")["t"]
    assert {term: after[term] for term in before} == before
    assert row("<p>wort1 " + "lang " * 3000 + "</p>")["t"]["wort1"] < before["wort1"]


def test_stop_words_are_not_indexed() -> None:
    """Words that stand in every text take no room."""
    assert "der" not in row("<p>Der Kessel und die Wand</p>")["t"]


@pytest.mark.parametrize(("word", "letter"), [("kessel", "k"), ("5g", "0"), ("ωmega", "_"), ("", "_")])
def test_dictionaries_go_by_first_letter(word: str, letter: str) -> None:
    """Each word has one dictionary, whatever it begins with."""
    assert words.letter(word) == letter


def test_suggestions_are_found_by_any_word() -> None:
    """A phrase is suggested when any of its words begins as typed; a topic without anything is not."""
    found = words.suggestions([LAW, RENT], frozenset(["rent"]))
    assert ["Streit mit dem Vermieter", "rent"] in found["v"]["phrases"]
    assert ["Streit mit dem Vermieter", "rent"] in found["s"]["phrases"]
    assert all(slug == "rent" for group in found.values() for _, slug in group["phrases"])
    assert text.fold("Streit") == "streit"


@given(html=st.text(max_size=300), lang=st.sampled_from(["de", "en", "fr", "de-AT", "zh"]))
def test_any_text_makes_terms_that_the_index_can_hold(html: str, lang: str) -> None:
    """A term of running text is one word, and an impact fits in a byte: the index packs it into one."""
    for field, terms in row(html, lang).items():
        for term, impact in terms.items():
            assert term
            assert 0 < impact < 256
            assert field in "pm" or not set(term) & set(" #@\n")


@given(names=st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4), place=st.text(max_size=40))
def test_any_label_and_place_make_a_vocabulary(names: list[str], place: str) -> None:
    """Labels may be symbols alone; every concept still belongs to one topic, and every link leads to a concept."""
    topics = [topic(f"t{number}", synonyms=(name,), de=name, en=name[::-1]) for number, name in enumerate(names)]
    known = vocabulary.make(topics, [expert(place)], "de")
    assert len(set(known.concepts.values())) == len(topics)
    targets = {target for found in known.links.values() for target in found}
    assert targets <= {*known.concepts.values(), *vocabulary.places_in(place)}


@given(name=st.text(max_size=60))
def test_any_name_has_terms_without_spaces(name: str) -> None:
    """Whatever somebody is called, the words of the name can be looked up."""
    assert all(term and " " not in term and 0 < impact < 256 for term, impact in documents.name_terms(name))
