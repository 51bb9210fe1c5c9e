"""Fonts: what is read from their files, what is served, and fallbacks on which nothing moves."""

from __future__ import annotations

import json
import re
import threading
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from experts import digests, faces, fonts
from experts.faces import FALLBACKS
from experts.preview import PreviewServer
from experts.problems import Problems
from factory import ROOT, Site
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MODULES = ROOT / "node_modules"
DISPLAY = MODULES / "@fontsource-variable/bricolage-grotesque/files"
TEXTS = MODULES / "@fontsource/newsreader/files"
THEME: dict[str, Any] = json.loads((ROOT / "theme/fonts.json").read_text("utf-8"))
LIBERATION = Path("/usr/share/fonts/truetype/liberation")
TEXT = (
    "Wer eine Wärmepumpe in ein altes Haus stellt, fragt zuerst nach den Heizkörpern und nicht nach dem Kessel. "
    "We measured every room twice, and the numbers surprised nobody but the people who had to pay the bills. "
)
SHOWN = """() => [...document.querySelectorAll("h1, h2, h3, p, li")].filter((e) => e.checkVisibility()).map(
    (e) => [e.getBoundingClientRect().top + scrollY, e.getBoundingClientRect().height])"""


def family(role: str) -> list[faces.File]:
    """The files of the theme's font for a role."""
    paths = [MODULES / name for name in THEME[role]["files"]]
    known = {path: fonts._facts(str(path)) for path in paths}
    return [faces.File(font, fonts.parts(str(path), digests.of_file(str(path)), font)) for path, font in known.items()]


def as_ttf(path: Path) -> bytes:
    """A font of a package as a TrueType file."""
    font, file = TTFont(path), BytesIO()
    font.flavor = None
    font.save(file)
    return file.getvalue()


@pytest.mark.parametrize("role", ["display", "text"])
def test_the_themes_fonts(role: str) -> None:
    """They have all weights in use, and names from all over Europe and from Vietnam are set in one font."""
    found = family(role)
    every = {
        "display": {((200, 800), False)},
        "text": {((w, w), italic) for w in (400, 700) for italic in (False, True)},
    }
    assert {(font.weights, font.italic) for font, _ in found} == every[role]
    upright = [font.characters for font, _ in found if not font.italic]
    for letter in "aÄßẞŁşễőčıț€–„“":
        assert any(fonts.has(characters, letter) for characters in upright), letter
    licence = (MODULES / THEME[role]["licence"]).read_text("utf-8")
    assert "SIL Open Font License, Version 1.1" in licence


def test_every_character_is_in_a_range() -> None:
    """The ranges of a family name each character that its files have, and nothing twice within one."""
    found = family("display")
    rules = faces.rules("X", found, False, False, ("de",))
    spans = [
        [tuple(int(part, 16) for part in (*span.split("-"), span)[:2]) for span in re.findall(r"U\+([0-9A-F-]+)", line)]
        for line in re.findall(r"unicode-range: (.*);", rules.partition("Fallback")[0])
    ]
    assert len(spans) == len(found) == 3
    for ranges, (font, _) in zip(reversed(spans), found, strict=True):
        assert ranges == sorted(ranges)
        for start, end in font.characters:
            assert any(first <= start and end <= last for first, last in [(r[0], r[-1]) for r in ranges])


def test_known_fallbacks() -> None:
    """Each kind of letter is as wide as in the real font; where spaces count as letters, the numbers are those once found by trying.

    These were 107.5 and 99 % for the font of headings with its axis of optical sizes, and 105.7 % for that of texts.
    """
    languages = ("de", "en")
    optical = fonts._facts(str(DISPLAY / "bricolage-grotesque-latin-opsz-normal.woff2")).widths
    text = fonts._facts(str(TEXTS / "newsreader-latin-400-normal.woff2")).widths
    for own, key, size in (
        (optical[0], (False, False, False), 1.075),
        (optical[3], (False, True, False), 0.99),
        (text[0], (True, False, False), 1.057),
    ):
        widths = [width / 2048 for width in FALLBACKS[key][1]]
        assert faces.mean(own[:27], languages) / faces.mean(widths, languages) == pytest.approx(size, abs=0.016)
        ratios = dict(faces._ratios(own, key, languages))
        letters, space = ratios.pop(""), ratios.pop("U+20-2F, U+A0, U+2010-201E")
        assert space < size < letters
        capitals, digits = ratios.values()
        assert capitals * faces.SUMS[key[:2]][0] / 2048 == pytest.approx(sum(own[27:53]))
        assert digits * faces.SUMS[key[:2]][1] / 2048 == pytest.approx(sum(own[53:]))


@pytest.mark.skipif(not LIBERATION.exists(), reason="the Liberation fonts are not installed")
def test_the_widths_of_the_local_fonts() -> None:
    """The tables of widths are those of the fonts that have the metrics of Arial and Times New Roman."""
    styles = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    for (serif, bold, italic), (_, widths) in FALLBACKS.items():
        name = f"Liberation{'Serif' if serif else 'Sans'}-{styles[bold, italic]}.ttf"
        font = TTFont(LIBERATION / name)
        names = font.getBestCmap()
        assert widths == tuple([font["hmtx"][names[ord(letter)]][0] for letter in fonts.LETTERS]), name
        for letters, total in zip((fonts.CAPITALS, fonts.DIGITS), faces.SUMS[serif, bold], strict=True):
            assert italic or total == sum(font["hmtx"][names[ord(letter)]][0] for letter in letters), name


def test_a_language_without_a_table() -> None:
    """Letters of a language that is not known count as in English, and each language counts the same."""
    widths = [number / 27 for number in range(27)]
    assert faces.mean(widths, ("fr",)) == faces.mean(widths, ("en",)) == faces.mean(widths, ())
    both = faces.mean(widths, ("de-AT", "en"))
    assert sorted([both, faces.mean(widths, ("de",)), faces.mean(widths, ("en",))])[1] == both
    assert faces.mean([0.5] * 27, ("de", "en")) == pytest.approx(0.5)


def test_what_is_served_of_a_truetype_font(tmp_path: Path) -> None:
    """It becomes WOFF2 with the same letters and features, without hints; kept, the same each time, and mended if damaged."""
    path = tmp_path / "Acme Text.ttf"
    path.write_bytes(as_ttf(TEXTS / "newsreader-latin-400-normal.woff2"))
    content, cache = digests.of_file(str(path)), tmp_path / "cache"
    font = fonts.facts([(str(path), "x", content)], str(cache))[str(path)]
    (part,) = fonts.parts(str(path), content, font)
    assert re.fullmatch(r"acme-text\.[0-9a-f]{10}\.woff2", part.name)
    data = fonts.served(str(path), content, part, str(cache))
    served, given = TTFont(BytesIO(data)), TTFont(path)
    assert data[:4] == b"wOF2"
    assert len(data) < path.stat().st_size
    assert served.getBestCmap().keys() == given.getBestCmap().keys()
    features = [
        {record.FeatureTag for record in each["GSUB"].table.FeatureList.FeatureRecord} for each in (served, given)
    ]
    assert features[0] == features[1]
    assert "fpgm" not in served
    (kept,) = (cache / "woff2").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert fonts.served(str(path), content, part, str(cache)) == data


def test_a_font_of_many_scripts_is_divided() -> None:
    """Latin letters do not wait for all others that a file has."""
    path = LIBERATION / "LiberationSans-Regular.ttf"
    if not path.exists():
        pytest.skip("the Liberation fonts are not installed")
    font = fonts._facts(str(path))
    latin, more = fonts.parts(str(path), b"0" * 16, font)
    assert fonts.has(latin.characters, "aŁşß–")
    assert not fonts.has(latin.characters, "я")
    assert fonts.has(more.characters, "яα")
    assert font.serif is False


def test_a_damaged_font(tmp_path: Path) -> None:
    """A file that begins as a font and is none is a problem that names it."""
    (tmp_path / "acme.woff2").write_bytes(b"wOF2" + bytes(100))
    with pytest.raises(Problems) as found:
        fonts.facts([(str(tmp_path / "acme.woff2"), "brand/acme.woff2", b"")], str(tmp_path / "cache"))
    assert str(found.value).startswith("brand/acme.woff2: the font cannot be read: ")


def moved(page: Page, address: str) -> float:
    """How far the text of a page moves when its fonts arrive, at most, as a part of the height of the page."""
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(address)
    before = page.evaluate(SHOWN)
    page.unroute("**/*.woff2")
    page.goto(address)
    page.evaluate("() => document.fonts.ready.then(() => 0)")
    after = page.evaluate(SHOWN)
    assert "loaded" in page.evaluate("() => [...document.fonts].map((face) => face.status)")
    assert len(before) == len(after)
    height = page.evaluate("() => document.documentElement.scrollHeight")
    return float(max(abs(one[0] - two[0]) for one, two in zip(before, after, strict=True)) / height)


def serving(folder: Path) -> PreviewServer:
    """A server for a built site."""
    server = PreviewServer(folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.mark.browser
def test_nothing_moves_in_the_demo(published: Path, whole_browser: Browser) -> None:
    """With the theme's fonts, text stands where it stood before they arrived."""
    server = serving(published)
    page = whole_browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        for path in ("", "experts/mara-lindqvist/"):
            assert moved(page, f"http://127.0.0.1:{server.server_port}/{path}") < 0.02
    finally:
        page.close()
        server.stop()


@pytest.mark.browser
def test_a_loud_brand(site: Site, whole_browser: Browser) -> None:
    """A site in loud colours and with fonts of its own: they are what the browser shows, nothing moves, all can be read."""
    site.put("brand/Acme-Text.ttf", as_ttf(TEXTS / "newsreader-latin-400-normal.woff2"))
    display = DISPLAY / "bricolage-grotesque-latin-wght-normal.woff2"
    site.put("brand/acme.woff2", display.read_bytes())
    site.settings(
        BRAND={
            "accent": "#c2006b",
            "paper": "#fff8e7",
            "fill": "#ffd400",
            "radius": 0,
            "display": {"family": "Acme Sans", "files": ["brand/acme.woff2"]},
            "text": {"family": "Acme Text", "files": ["brand/Acme-Text.ttf"], "generic": "serif"},
        }
    )
    site.story("long", "\n\n".join([TEXT * 6] * 12) + "\n")
    site.built()
    server = serving(site.output)
    address = f"http://127.0.0.1:{server.server_port}/"
    axe = (MODULES / "axe-core/axe.min.js").read_text("utf-8")
    run = "() => axe.run({runOnly: ['color-contrast']}).then((found) => found.violations.map((rule) => rule.nodes.map((node) => node.html)))"
    try:
        for scheme, paper in (("light", "rgb(255, 248, 231)"), ("dark", "rgb(20, 24, 23)")):
            page = whole_browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            assert scheme == "dark" or moved(page, address + "stories/long/") < 0.02
            for path in ("", "experts/mara/", "stories/long/"):
                page.goto(address + path)
                page.evaluate(axe)
                assert page.evaluate(run) == [], (scheme, path)
            style = "(element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).fontFamily]"
            ground, family = page.locator("body").evaluate(style)
            assert ground == paper
            assert family.startswith('"Acme Sans", "Acme Sans Fallback"')
            loaded = page.evaluate(
                "() => [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
            )
            assert {name.strip('"') for name in loaded} >= {"Acme Sans", "Acme Text"}
            page.close()
    finally:
        server.stop()
