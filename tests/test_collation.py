"""The order of names: as readers of the page's language expect it, whoever wrote them and however."""

from __future__ import annotations

import itertools
import re

import pytest
from factory import Site
from hypothesis import given
from hypothesis import strategies as st

from experts import collation


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", "Ahorn Ähre Ast Łódź Ofen Øre Osten Strasse Straße Strassf Zoo"),
        ("en", "Ahorn Ähre Ast Øre Osten Zoo"),
        ("de-AT", "Ahorn Ähre Ast Zoo"),
        ("sv", "Ahorn Zoo Åre Ängel Öl"),
        ("fi", "Yli Ümit Yx Zoo Åbo Ähtäri Östen"),
        ("da", "Abel Zoo Ærø Ørsted Ålborg Aarhus"),
        ("nb", "Abel Zoo Ærø Östen Ålesund"),
        ("is", "Azel Ást Dag Evi Éva Zoë Þór Æsa Örn"),
        ("es", "Nuz Ñato Oca"),
        ("cs", "Cibulka Čapek Dana Hus Chalupa Irma Ryba Řeka Sova Šála Zima Žofie"),
        ("pl", "Azur Ącki Cyz Ćma Luz Łaba Zych Źrebak Żaba"),
        ("hr", "Cvek Čep Ćuk Dur Džep Đuro Luka Ljuba Zec Žaba"),
        ("hu", "Cukor Csaba Oz Ősz Öt Suba Szabó Tamás Ubul Üröm Zala Zsák"),
        ("tr", "Cizre Çorum Hatay Isparta İzmir Oya Ödül Sur Şile Uşak Ünye"),
        ("az", "Evin Əli Fuad Hikmət Xəzər Isa İlqar Kür Quba"),
        ("et", "Sõna Šokk Zoo Tee Wat Õun Ääs Öö Üks Xy"),
        ("lt", "Cukrus Čiurlys Igno Ygo Ilona Suo Šuo"),
        ("lv", "Cita Čaka Gz Ģirts Kz Ķekava Zoo Žagars"),
        ("ro", "Az Ăst Ân Ion În Sz Șa Tz Ța"),
        ("vi", "An Ăn Ấn Dy Đà Ô Ơ"),
        ("ru", "Елка Ёлки Иван Йод Кот"),
        ("uk", "Гоголь Ґава Еней Єва Іван Їжак Йод Кит"),
        ("fa", "باد پدر تاب کار گل لب نان وام هنر یاس"),
    ],
)
def test_words_stand_in_the_order_of_the_language(lang: str, words: str) -> None:
    """Marks do not count, except where the alphabet of the language has a letter of its own (CLDR)."""
    mixed = words.split()[::-1]
    assert sorted(mixed, key=lambda word: (collation.key(word, lang), word)) == words.split()


def test_numbers_signs_and_scripts() -> None:
    """Signs stand before numbers, which count by value, before letters; Latin before other scripts; one apostrophe is like another."""
    ordered = [
        "#x",
        "Halle",
        "Halle – A",
        "Halle 2",
        "Halle 010",
        "Halle 11",
        "Halle A",
        "O’Brien",
        "O'Neil",
        "Obst",
        "Zoo",
    ]
    ordered += ["Ωmega", "Борис", "משה", "أحمد", "张"]
    mixed = ordered[::-1]
    assert sorted(mixed, key=collation.key) == ordered


def test_people_sort_by_family_name_in_each_language() -> None:
    """The same people stand differently on a German and on a Swedish page, under letters that their readers know."""
    names = ["Ida Zorn", "Åsa Åberg", "Bo Ahl", "Jon Öst"]
    for lang, order in (("de", "Åberg Ahl Öst Zorn"), ("sv", "Ahl Zorn Åberg Öst")):
        found = sorted(names, key=lambda name: collation.of_person(name, lang))
        assert [name.split()[1] for name in found] == order.split()


@pytest.mark.parametrize(
    ("name", "lang", "letter"),
    [
        ("Åsa Åberg", "de", "A"),
        ("Åsa Åberg", "sv", "Å"),
        ("Ole Aagaard", "da", "Å"),
        ("Ivo Christ", "cs", "Ch"),
        ("Ivo Christ", "sk", "Ch"),
        ("Ana Džeko", "hr", "Dž"),
        ("İpek İz", "tr", "İ"),
        ("Ali Işık", "tr", "I"),
        ("A 42", "de", "#"),
        ("", "de", "#"),
        ("Ivan Ђорђевић", "sr", "Ђ"),
    ],
)
def test_letters_of_an_index(name: str, lang: str, letter: str) -> None:
    """A person stands under a letter of the language's own alphabet."""
    assert collation.letter(collation.of_person(name, lang), lang) == letter


def test_languages_share_an_order() -> None:
    """German, English and most others have the root's order, so that nothing is sorted twice for them."""
    assert {collation.order(lang) for lang in ("de", "de-CH", "en", "fr", "nl", "it", "pt-BR", "ar", "tlh")} == {""}
    assert collation.order("sv-FI") == "sv"


@given(st.lists(st.text(max_size=8), max_size=4), st.sampled_from(["de", *collation.TAILORINGS]))
def test_any_text_has_a_key(texts: list[str], lang: str) -> None:
    """Whatever somebody is called can be sorted, the same in capitals, and has a letter."""
    for text in texts:
        key = collation.key(text, lang)
        assert collation.letter(key, lang)
        if text.isascii() and lang not in ("tr", "az"):
            assert collation.key(text.upper(), lang) == key


@pytest.mark.parametrize("lang", collation.TAILORINGS)
def test_tailorings_are_sound(lang: str) -> None:
    """Each letter of a table sorts between the words of its base and the next letter, and is named once."""
    for rule in collation.TAILORINGS[lang].split():
        groups = [group.split("=")[0] for group in rule.split("<")]
        for one, other in itertools.pairwise(groups):
            assert collation.key(one + "qqq", lang) < collation.key(other, lang), rule
    letters = re.split(r"[\s<=]", collation.TAILORINGS[lang])
    own = [letter for letter in letters if not letter.isascii()]
    assert len(own) == len(set(own))


def test_each_language_of_a_site_has_its_order(site: Site) -> None:
    """On a site in German and Swedish, Åberg stands under A here and under Å there, and each way leads somewhere."""
    site.settings(LANGUAGES=["de", "en", "sv"], SITEURL="https://x.example")
    site.profile("mara", name="Åsa Åberg")
    site.profile("jonas", name="Jon Zorn")
    site.profile("ida", name="Ida Ahl", location="Halle 2")
    site.built()
    pages = {path.parent.name for path in (site.output / "a-z").rglob("index.html")}
    assert pages - {"a-z"} == {"a", "z"}
    swedish = {path.parent.name for path in (site.output / "sv/a-z").rglob("index.html")}
    assert swedish - {"a-z"} == {"a", "u00c5", "z"}
    own = (site.output / "sv/a-z/u00c5/index.html").read_text("utf-8")
    assert "Åsa Åberg" in own
    assert '<a href="/experts/" lang="de" hreflang="de"' in own
    assert "Åsa Åberg" in (site.output / "en/a-z/a/index.html").read_text("utf-8")
