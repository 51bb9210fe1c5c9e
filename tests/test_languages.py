"""Language tags: well formed, in their usual spelling, and a hint for the usual mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts import languages


@pytest.mark.parametrize(
    "tag",
    [
        "de",
        "en",
        "DE",
        "pt-BR",
        "zh-Hant-TW",
        "de-CH-1996",
        "sr-Latn",
        "es-419",
        "gsw",
        "nds",
        "haw",
        "en-GB-oxendict",
        "de-x-nordic",
        "sl-rozaj-biske",
    ],
)
def test_well_formed(tag: str) -> None:
    """Every tag of BCP 47 is good, dialects and small languages too, in any case."""
    assert languages.well_formed(tag)


@pytest.mark.parametrize(
    "tag", ["", "xx", "d", "german", "de_DE", "de-", "-de", "de--AT", "ＤＥ", "дe", "de\n", "englisch", "e n"]
)
def test_not_well_formed(tag: str) -> None:
    """Country codes that are no languages, names, underscores and look-alikes are no tags."""
    assert not languages.well_formed(tag)


@pytest.mark.parametrize(
    ("tag", "usual"),
    [("DE", "de"), ("de-at", "de-AT"), ("ZH-hant-tw", "zh-Hant-TW"), ("de-X-AB", "de-x-ab"), ("es-419", "es-419")],
)
def test_canonical(tag: str, usual: str) -> None:
    """A tag has one spelling, so that de-at and de-AT are the same language."""
    assert languages.canonical(tag) == usual


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("German", "de"),
        (" deutsch ", "de"),
        ("Français", "fr"),
        ("de_DE", "de-DE"),
        ("EN_us", "en-US"),
        ("cz", "cs"),
        ("quux", ""),
    ],
)
def test_suggestion(word: str, tag: str) -> None:
    """What people write instead leads to the tag that they meant; nonsense leads nowhere."""
    assert languages.suggestion(word) == tag


def test_suggestions_are_good() -> None:
    """No hint leads to the next problem."""
    assert all(languages.well_formed(tag) for tag in languages.USUAL_MISTAKES.values())
    # A code that is a language itself never gets as far as a suggestion.
    assert not [word for word in languages.USUAL_MISTAKES if languages.well_formed(word)]


@given(st.text("abcdeDEx-0149_ ä", max_size=20))
def test_canonical_is_stable(tag: str) -> None:
    """The usual spelling of a good tag is good, and its own usual spelling."""
    if languages.well_formed(tag):
        usual = languages.canonical(tag)
        assert languages.well_formed(usual)
        assert languages.canonical(usual) == usual
