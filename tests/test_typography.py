"""Quotation marks, apostrophes, dashes and ellipses, right for a language, and nothing else touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from experts.typography import QUOTES, smarten


@pytest.mark.parametrize(
    ("lang", "plain", "right"),
    [
        ("de", 'Er sagte: "Komm!"', "Er sagte: „Komm!“"),
        ("de", "\"Sie sagte: 'Komm!', und er kam.\"", "„Sie sagte: ‚Komm!‘, und er kam.“"),
        ("de", "Wie geht's? Ich hab' Zeit.", "Wie geht’s? Ich hab’ Zeit."),
        ("de", "So 'n Haus", "So ’n Haus"),
        ("de", '("Heizung")', "(„Heizung“)"),
        ("de", '"Wärme"-Pumpe', "„Wärme“-Pumpe"),
        ("de", 'Das "Haus", das "Dach".', "Das „Haus“, das „Dach“."),
        ("de-AT", '"Servus"', "„Servus“"),
        ("de-CH", '"Grüezi"', "«Grüezi»"),
        ("en", 'She said: "Don\'t!"', "She said: “Don’t!”"),
        ("en", "the '90s, the engineers' work", "the ’90s, the engineers’ work"),
        ("en", "'Quiet,' he said, 'it's late.'", "‘Quiet,’ he said, ‘it’s late.’"),
        ("en-GB", '"A"', "“A”"),
        ("fr", 'Il dit: "L\'eau est froide."', "Il dit: «\u202fL’eau est froide.\u202f»"),
        ("fr-CH", '"Salut"', "«Salut»"),
        ("sv", '"Hej"', "”Hej”"),
        ("da", '"Hej"', "»Hej«"),
        ("ar", 'قال "نعم" ومضى', "قال ”نعم“ ومضى"),
        ("fa", '"بله"', "«بله»"),
        ("ro", '"Da"', "„Da”"),
        ("tlh", '"nuqneH"', "“nuqneH”"),
        ("de", "Ja -- nein -- doch...", "Ja – nein – doch…"),
        ("de", "1990--2020", "1990–2020"),
        ("en", "heat---and cold", "heat—and cold"),
        ("de", "a ----- b", "a ----- b"),
        ("de", "python3 tasks.py build --clean", "python3 tasks.py build --clean"),
        ("de", "(--clean)", "(--clean)"),
        ("de", '5" Rohr', '5" Rohr'),
        ("de", 'offen "bleibt', "offen „bleibt"),
    ],
)
def test_text(lang: str, plain: str, right: str) -> None:
    """Each language has its own marks; apostrophes, inches and options of commands are none of them."""
    assert smarten(f"<p>{plain}</p>", lang) == f"<p>{right}</p>"


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ('"<em>Komm</em>"', "„<em>Komm</em>“"),
        ('<em>"Komm"</em>', "<em>„Komm“</em>"),
        ('<strong>Komm</strong>" und', '<strong>Komm</strong>" und'),
        ('"<a href="x">Komm</a> mit"', '„<a href="x">Komm</a> mit“'),
        ('"<code>a "b" c</code>"', '„<code>a "b" c</code>“'),
        ('Das <code>"x"</code>\'s', 'Das <code>"x"</code>’s'),
        ('"eins<br>zwei"', "„eins<br>zwei“"),
        ('a&nbsp;"b"', "a&nbsp;„b“"),
        ('"a</p><p>b"', '„a</p><p>b"'),
        ('<img alt="a -- \'b\'..." src="x">', '<img alt="a -- \'b\'..." src="x">'),
        ('<pre><code>"a" -- b...</code></pre>"c"', '<pre><code>"a" -- b...</code></pre>"c"'),
        ('<kbd>"</kbd> und <samp>...</samp>', '<kbd>"</kbd> und <samp>...</samp>'),
    ],
)
def test_tags(plain: str, right: str) -> None:
    """Tags may stand between; code and attributes are never touched; a quotation ends with its paragraph."""
    assert smarten(f"<p>{plain}</p>", "de") == f"<p>{right}</p>"


@pytest.mark.parametrize("html", ["", "<p>Text</p>", '<p><a href="x">y</a></p>', "<p>„schon“ – richtig …</p>"])
def test_nothing_to_do(html: str) -> None:
    """What needs no marks comes back as it is, correct ones too."""
    assert smarten(html, "de") == html


MARKS = re.compile("[\"'„“”‚‘’«»‹›\u202f–—…-]|\\.{3}")
PIECES = [
    '"',
    "'",
    "--",
    "---",
    "...",
    ".",
    " ",
    "a",
    "Ä",
    "1",
    "(",
    ")",
    ",",
    "<em>",
    "</em>",
    "<br>",
    "&nbsp;",
    "&amp;",
]
PIECES += ["<code>", "</code>", "<a href=\"x -- 'y'...\">", "</a>", "</p><p>", "\u00a0", "\n"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from([*QUOTES, "de-CH", "ja"]))
@example("''''\"\"\"\"", "fr")
@example('"' * 50, "da")
def test_only_marks_change(html: str, lang: str) -> None:
    """Without its marks, a text is the same before and after, and every tag is byte for byte the same."""
    smart = smarten(html, lang)
    assert re.findall("<[^>]*>", smart) == re.findall("<[^>]*>", html)
    assert MARKS.sub("", re.sub("<[^>]*>", "", smart)) == MARKS.sub("", re.sub("<[^>]*>", "", html))


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.sampled_from(["de", "en", "sv"]))
def test_code_is_untouched(html: str, lang: str) -> None:
    """Nothing in code changes, whatever stands around it."""
    code = "<code>\"a\" 'b' -- ...</code>"
    plain = re.sub("</?code>", "", html)
    assert code in smarten(plain + code + plain, lang)
