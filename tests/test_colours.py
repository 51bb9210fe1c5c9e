"""Colours: what may be written, how they contrast, and the nearest one that passes."""

from __future__ import annotations

import math
import re

import pytest
from experts import brand, colours, sheets
from experts.colours import TEXT, contrast, from_lch, nearest, parse, to_lch
from factory import ROOT
from hypothesis import given
from hypothesis import strategies as st

hexes = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#0a5f58", "#0a5f58"),
        (" #FFF ", "#ffffff"),
        ("rgb(10, 95, 88)", "#0a5f58"),
        ("rgb(10 95 88)", "#0a5f58"),
        ("rgb(300 -5 0)", "#ff0000"),
        ("oklch(0.62796 0.25768 29.234)", "#ff0000"),
        ("oklch(86.644% 0.29483 142.5deg)", "#00ff00"),
        ("oklch(1 0 0)", "#ffffff"),
        ("", ""),
        ("#12345", ""),
        ("#0a5f58ff", ""),
        ("red", ""),
        ("rgb(1 2)", ""),
        ("rgb(1 2 3 / 50%)", ""),
        ("url(x)", ""),
    ],
)
def test_what_may_be_written(text: str, expected: str) -> None:
    """Opaque colours in the common notations; all else is refused."""
    assert parse(text) == expected


@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    """Whatever is written, the answer is a colour or nothing."""
    assert re.fullmatch("|#[0-9a-f]{6}", parse(text))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#949494", "#ffffff", 3.03),
    ],
)
def test_contrast_of_known_pairs(one: str, other: str, ratio: float) -> None:
    """The ratios that are published for these pairs (WebAIM, the examples of WCAG)."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.006)


def test_known_colours_in_oklch() -> None:
    """The values that Ottosson's article and CSS Color 4 give for the primaries."""
    for colour, expected in {"#ff0000": (0.628, 0.2577, 29.23), "#0000ff": (0.452, 0.3132, 264.05)}.items():
        lightness, chroma, hue = to_lch(colour)
        assert (lightness, chroma, math.degrees(hue) % 360) == pytest.approx(expected, abs=0.01)


@given(hexes)
def test_there_and_back(colour: str) -> None:
    """A colour that goes through OKLCH comes back as it was."""
    assert from_lch(to_lch(colour)) == colour


@given(hexes, hexes, st.sampled_from([3.0, TEXT, 7.0]))
def test_the_nearest_that_passes(colour: str, ground: str, least: float) -> None:
    """It passes, is of the same hue, and no level of lightness nearer to the colour has one that passes."""

    def passes(text: str) -> bool:
        return contrast(text, ground) >= least

    found = nearest(colour, passes)
    lightness, chroma, hue = to_lch(colour)
    levels = [level / colours.STEPS for level in range(colours.STEPS + 1)]
    all_passing = [level for level in levels if passes(from_lch((level, chroma, hue)))]
    if not found:
        assert not all_passing
        assert least > math.sqrt(21)  # black or white has 4.58 on anything
        return
    assert re.fullmatch("#[0-9a-f]{6}", found)
    assert passes(found)
    if found == colour:
        return
    assert found == from_lch((min(all_passing, key=lambda level: abs(level - lightness)), chroma, hue))
    _, new_chroma, new_hue = to_lch(found)
    assert new_chroma <= chroma + 0.01
    if new_chroma > 0.04:
        assert abs(math.remainder(new_hue - hue, math.tau)) < 0.12


def test_the_themes_own_colours() -> None:
    """All pairs of the theme's tokens pass, in the light and in the dark, and each token that the pairs name is there."""
    tokens = {name: (parse(light), parse(dark)) for name, (light, dark) in sheets.tokens(str(ROOT / "theme")).items()}
    tokens = {name: pair for name, pair in tokens.items() if all(pair)}
    assert {name for pair in brand.PAIRS for name in pair} <= tokens.keys()
    assert brand.failing(tokens, 0) + brand.failing(tokens, 1) == []


def test_components_use_tokens() -> None:
    """Colours stand in the tokens only; what is left is named here: monograms, shadows, and black on paper."""
    found = set()
    for path in sorted((ROOT / "theme/static").rglob("*.css")):
        rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        if path.name != "10-tokens.css":
            found |= {(path.name, colour) for colour in re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", rules)}
    assert {name for name, colour in found if colour != "#000"} <= {"45-portrait.css"}


@given(
    accent=hexes,
    paper=st.sampled_from(["", "#ffffff", "#fff8e7", "#f0f4ff"]),
    ink=st.sampled_from(["", "#000000", "#1b1030"]),
    fill=st.one_of(st.just(""), hexes),
)
def test_what_follows_from_a_brand(accent: str, paper: str, ink: str, fill: str) -> None:
    """Whatever accent and fill are chosen, all that is derived from them passes; only what was given may fail."""
    given_colours = {"accent": accent, "paper": paper, "ink": ink, "fill": fill}
    wanted = {name: (colour, "") for name, colour in given_colours.items() if colour}
    theme = {name: (parse(light), parse(dark)) for name, (light, dark) in sheets.tokens(str(ROOT / "theme")).items()}
    tokens = brand.derive(wanted, {name: pair for name, pair in theme.items() if all(pair)})
    assert {(text, ground) for _, text, ground in brand.failing(tokens, 0)} <= {("accent", "paper"), ("accent", "tint")}
    assert brand.failing(tokens, 1) == []
    assert tokens["accent"][0] == accent
    assert tokens["fill"] == (fill or accent,) * 2
