"""Dates, times, lists and numbers as people write them, in each language; never an exception."""

from __future__ import annotations

import pytest
from experts import formats
from hypothesis import given
from hypothesis import strategies as st


def test_days() -> None:
    """Days are in words; a month or a year alone too; what is no date stays as it is."""
    assert formats.day("2026-11-23", "de") == "23. November 2026"
    assert formats.day("2026-11-23", "en") == "23 November 2026"
    assert formats.day("2026-11-23", "en-GB") == "23 November 2026"
    assert formats.day("2026-11-23T09:00:00+01:00", "de") == "23. November 2026"
    assert formats.day("2026-11", "de") == "November 2026"
    assert formats.day("2026", "de") == "2026"
    assert formats.day("2026-02-30", "de") == "2026-02-30"
    assert formats.day("2026-13", "de") == "2026-13"
    assert formats.day("soon", "de") == "soon"


def test_times_stay_in_their_own_offset() -> None:
    """An event in Hamburg at nine is at nine, wherever the site is built."""
    assert formats.moment("2026-12-04T09:00:00+01:00", "de") == "4. Dezember 2026, 09:00"
    assert formats.clock("09:30", "de") == "09:30"
    assert formats.clock("99:99", "de") == ""
    assert formats.clock("2026-12-04T09:00:00+01:00", "en").replace("\u202f", " ") == "9:00 am"
    assert formats.moment("2026-12-04", "de") == "4. Dezember 2026"


def test_languages_lists_and_numbers() -> None:
    """CLDR's names and signs; unknown tags stay."""
    assert formats.language("sv", "de") == "Schwedisch"
    assert formats.language("de-AT", "en") in ("German", "Austrian German")
    assert formats.language("xx-xx", "de") == "xx-xx"
    assert formats.language("de", "tlh") == "German"  # a language that CLDR does not know: English
    assert formats.listing(["a", "b", "c"], "de") == "a, b und c"
    assert formats.listing([], "de") == ""
    assert formats.number(1234567, "de") == "1.234.567"


def test_languages_by_themselves() -> None:
    """A language is called by its own name in the switch, runs as its script does, and sorts by its name in the page's language."""
    names = [formats.own_name(tag) for tag in ("de", "fr", "ar", "pt-BR", "en", "xx")]
    assert names == ["Deutsch", "Français", "العربية", "Português (Brasil)", "English", "xx"]
    ways = {tag: formats.direction(tag) for tag in ("ar", "fa", "he", "ur", "de", "az", "az-Arab", "tlh")}
    assert [tag for tag, way in ways.items() if way == "rtl"] == ["ar", "fa", "he", "ur", "az-Arab"]
    rows = [("ar",), ("de",), ("en",), ("el",)]
    assert [row[0] for row in formats.by_language(rows, "de")] == ["ar", "de", "en", "el"]
    assert [row[0] for row in formats.by_language(rows, "en")] == ["ar", "en", "de", "el"]


def test_lists_and_moments_in_other_languages() -> None:
    """What divides the items of a list, and a day from its time, is the language's."""
    assert formats.excerpt(["a", "b", "c"], "de") == "a, b, c"
    assert formats.excerpt(["a", "b"], "ja") == "a、b"
    assert formats.listing(["a", "b"], "ar") == "a وb"
    assert [formats.separators(count, "de") for count in range(4)] == [(), ("",), (" und ", ""), (", ", " und ", "")]
    assert formats.moment("2026-12-04T09:00:00+01:00", "sv") == "4 december 2026 09:00"
    assert "، " in formats.moment("2026-12-04T09:00:00+01:00", "ar")


def test_names_and_addresses() -> None:
    """Monograms, tones, hosts and telephone numbers."""
    assert formats.initials("Mara Lindqvist") == "ML"
    assert formats.initials("Suryani") == "S"
    assert formats.initials("Jean-Luc van der Ö") == "JÖ"
    assert formats.initials("Prof. Dr.-Ing. Ida Kühn") == "IK"
    assert formats.initials("أمل الطيب") == "أ"
    assert formats.initials("42") == "4"
    assert formats.initials("") == ""
    assert formats.tone("mara") == formats.tone("mara") < 8
    assert formats.host("https://www.example.com/x") == "example.com"
    assert formats.tel("+49 (0)40 / 66969-120") == "+4940669691" + "20"
    assert formats.tel("+49 40 66969 ext. 12") == formats.tel("+49 40 66969 x12") == "+494066969;ext=12"


def test_breadth_of_titles() -> None:
    """Titles are set smaller where one word would not fit on a phone, or where there is much of them; parts of a word count alone."""
    assert formats.breadth("Wer hat den Schlüssel?") == ""
    assert formats.breadth("Nachhaltigkeitsbericht, von hinten gelesen") == "wide"
    assert formats.breadth("Leutheusser-Schnarrenberger/Oberhausen") == ""
    assert formats.breadth("Wort " * 15) == "long"
    assert formats.breadth("Wort " * 9, most=40) == "long"
    assert formats.breadth("") == ""


@given(st.text(max_size=20), st.sampled_from(["de", "en", "pt-BR", "zh-Hant", "tlh", ""]))
def test_no_text_breaks_a_format(text: str, lang: str) -> None:
    """Values were checked when they were read; a format that is given anything else still returns something."""
    for function in (formats.day, formats.moment, formats.clock, formats.language):
        assert isinstance(function(text, lang), str)
    assert isinstance(formats.initials(text), str)
    assert isinstance(formats.tel(text), str)


@pytest.mark.parametrize("url", ["https://[::1", "http://[x]/", "//", "mailto:a@b.example", ""])
def test_hosts_of_odd_addresses(url: str) -> None:
    """An odd address names itself."""
    assert isinstance(formats.host(url), str)
