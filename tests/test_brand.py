"""A brand from the settings: what may be said, what is wrong with it, and a site that wears it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from experts import settings
from experts.problems import Problems
from experts.texts import problems_in
from factory import ROOT, Site, png

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h120v40H0z"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a site's folder with files of a brand."""
    for name, content in {
        "logo.svg": LOGO,
        "dark.svg": LOGO.replace("120", "60"),
        "bare.svg": "<svg></svg>",
        "font.woff2": "wOF2",
        "text.ttf": "no font",
        "OFL": "licence",
    }.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "icon.png").write_bytes(png())
    return tmp_path


def load(folder: Path, text: str) -> settings.Settings:
    """The settings of a site with this text as its settings file, in the checkout."""
    (folder / "pelicanconf.py").write_text(text)
    return settings.load(str(ROOT), str(folder))


def said(folder: Path, text: str) -> list[Any]:
    """The problems of a settings file."""
    with pytest.raises(Problems) as found:
        load(folder, text)
    return found.value.problems


WRONG = {
    "{'acent': '#fff'}": ("there is no field acent in BRAND (did you mean accent?)", "gibt"),
    "{'xyz': 1}": ("there is no field xyz in BRAND (known fields: accent, paper,", "gibt"),
    "{'accent': 'teal'}": ("teal is not a colour (write #rgb, #rrggbb, rgb(…) or oklch(…))", "keine Farbe"),
    "{'accent': ['#000', 7]}": ("7 is not a colour", "keine Farbe"),
    "{'accent': 7}": ("accent of BRAND must be a colour, or one for the light and one for the dark", "hell und dunkel"),
    "{'fill': ('#000', '#111')}": ("fill of BRAND must be one colour (like #0a5f58)", "einzige Farbe"),
    "{'accent': '#ffd400'}": (
        "in the light, accent #ffd400 on tint #eff2ee has a contrast of 1.26, and text needs 4.5"
        " (accent: the nearest colour that passes is #",
        "hell: accent #ffd400",
    ),
    "{'accent': ('#0a5f58', '#0a5f58')}": ("in the dark, accent #0a5f58 on tint #", "dunkel: accent"),
    "{'ink': '#999'}": ("in the light, ink #999999 on ", "hell: ink"),
    "{'paper': '#444'}": ("paper: the nearest colour that passes is #", "hell: "),
    "{'radius': '3rem'}": ("3rem is not a radius of corners (0 to 2rem, like 0, 4px or 0.25rem)", "Radius"),
    "{'radius': 'calc(1px)'}": ("calc(1px) is not a radius", "Radius"),
    "{'display': 'a;b{}'}": (
        "display of BRAND must be a list of families, or a family with its files (like",
        "Familie",
    ),
    "{'display': {'family': 'A\"b', 'files': ['font.woff2']}}": ('A"b is not the name of a family', "Schriftfamilie"),
    "{'display': {'family': 'A'}}": ("display has no files", "keine Dateien"),
    "{'display': {'family': 'A', 'file': []}}": ("there is no field file in display (did you mean files?)", "gibt"),
    "{'text': {'family': 'A', 'files': ['text.ttf']}}": ("text.ttf is not a font (a font file of", "keine Schrift"),
    "{'text': {'family': 'A', 'files': ['OFL']}}": ("OFL is of a kind that text cannot have (allowed: .woff2", "Art"),
    "{'text': {'family': 'A', 'files': 'font.woff2', 'generic': 'x'}}": ("x is not possible for generic", "generic"),
    "{'logo': 'nowhere.svg'}": ("there is no file nowhere.svg in the site's folder", "keine Datei"),
    "{'logo': '../../etc/x.svg'}": ("../../etc/x.svg is no path in the site's folder", "kein Pfad"),
    "{'logo': 'bare.svg'}": ("the size of bare.svg cannot be read (an SVG needs a viewBox)", "Größe"),
    "{'logo': []}": ("logo of BRAND must be a file, or a list of 2 files", "höchstens 2"),
    "{'icon': 'icon.png'}": ("the icon cannot be used for all sizes (a square PNG of at least 512 × 512", "Symbol"),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_a_brand(folder: Path, text: str) -> None:
    """Each fault is told in English and in German, at the line of the setting, and never ends in a traceback."""
    english, german = WRONG[text]
    problems = said(folder, f"A = 1\nBRAND = {text}\n")
    assert [(problem.path, problem.line) for problem in problems] == [("pelicanconf.py", 2)] * len(problems)
    assert any(english in problem.line_of_text() for problem in problems), problems[0].line_of_text()
    assert any(german in problem.line_of_text(problems_in("de").gettext) for problem in problems)


def test_the_hint_is_right(folder: Path) -> None:
    """Who takes the colour that a message proposes has no problem any more."""
    for text in ("{'accent': '%s'}", "{'ink': '%s'}", "{'paper': '%s'}"):
        (problem,) = said(folder, "BRAND = " + text % "#7aa0a0")
        assert load(folder, "BRAND = " + text % problem.values["better"]).brand.tokens


def test_the_line_of_an_entry(folder: Path) -> None:
    """In a long dictionary the problem stands at the entry's own line."""
    text = 'BRAND = {\n    "paper": "#fff",\n    "accent": "#ff0",\n}\nB = {\n    "accent": 1}\n'
    assert [problem.line for problem in said(folder, text)] == [3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{'titel': {}}", "there is no field titel in TEXTS (did you mean title?)"),
        ("{'title': 'Hello'}", 'title of TEXTS must be a dictionary: a text for each language (like {"de": "…"'),
        ("{'title': {'fr': 'x'}}", "title of TEXTS has a text in fr, which is no language of the site (de, en)"),
        ("{'title': {'de': 'a\\nb'}}", "title of TEXTS must be one line of plain text in de"),
        ("{'lead': {'de': 7}}", "lead of TEXTS must be one line of plain text in de"),
        ("{'title': {'de': 'x' * 101}}", "title of TEXTS has 101 characters in de (at most 100)"),
    ],
)
def test_what_is_wrong_with_texts(folder: Path, text: str, expected: str) -> None:
    """Texts are short lines in the languages of the site."""
    assert expected in "\n".join(problem.line_of_text() for problem in said(folder, f"TEXTS = {text}\n"))


def test_without_a_brand_nothing_is_added(folder: Path) -> None:
    """What a brand does not say is the theme's."""
    assert load(folder, "").brand.css == ""
    assert load(folder, "BRAND = {'radius': '4px'}").brand.css.count("--") == 1


def test_a_branded_site(site: Site) -> None:
    """Sheet, masthead, icons, manifest and texts follow the brand; another one leaves nothing of it, as a clean build does."""
    site.put("brand/logo.svg", LOGO)
    site.put("brand/dark.svg", LOGO.replace("<path", '<path fill="#fff"'))
    brand: dict[str, Any] = {"accent": "#c2006b", "paper": "#fff8e7", "logo": ["brand/logo.svg", "brand/dark.svg"]}
    texts = {"title": {"de": "Fragt {{ uns }} <b>doch</b>"}, "lead": {"de": "Wir & ihr"}, "footer": {"en": "From here"}}
    site.settings(SITEURL="https://x.example/our", BRAND=brand, TEXTS=texts)
    site.built()
    before = site.tree()
    home, english = before["index.html"].decode(), before["en/index.html"].decode()
    assert "Fragt {{ uns }} &lt;b&gt;doch&lt;/b&gt;" in home
    assert 'content="Wir &amp; ihr"' in home
    assert "From here" in english
    assert "From here" not in home
    light, dark = re.findall(r"/our/(theme/logo\.[0-9a-f]{10}\.svg)", home)[::-1]
    assert before[light] == LOGO.encode() != before[dark]
    assert 'width="96" height="32"' in home
    assert 'content="#fff8e7"' in home
    assert '"theme_color": "#fff8e7"' in before["manifest.webmanifest"].decode()
    assert "#c2006b" in before["theme/favicon.svg"].decode()
    (sheet,) = [name for name in before if name.startswith("theme/site.")]
    assert "--accent: light-dark(#c2006b, #" in before[sheet].decode()
    assert "--accent: light-dark(#c2006b, #" in before["theme/tokens.css"].decode()

    site.put("brand/logo.svg", LOGO.replace("120", "80"))
    site.settings(SITEURL="https://x.example/our", BRAND={"logo": "brand/logo.svg", "radius": 0})
    site.built()
    after = site.tree()
    assert not {sheet, light, dark} & after.keys()
    assert 'width="64" height="32"' in after["index.html"].decode()
    assert after["theme/icons/icon-192.png"] != before["theme/icons/icon-192.png"]
    assert site.stale() == []
    site.put("brand/logo.svg", LOGO)
    assert site.built().made > 0
    assert site.stale() == []


def test_an_icon_and_the_organisations_logo(site: Site) -> None:
    """A brand's icon is given in all sizes, opaque where it must be; the older way to name a logo goes on working."""
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGBA", (600, 600), (200, 0, 100, 128)).save(file, "PNG")
    site.put("brand/icon.png", file.getvalue())
    site.settings(BRAND={"icon": "brand/icon.png"}, ORGANISATION={"name": "Acme", "logo": "images/logo.png"})
    site.built()
    home = site.tree()["index.html"].decode()
    assert '<link rel="icon" href="/theme/icons/icon-192.png">' in home
    assert 'src="/images/logo.png" alt="Acme" width="32" height="32"' in home
    assert not (site.output / "theme/favicon.svg").exists()
    for name, side in {"icon-192": 192, "icon-512": 512, "maskable-512": 512, "apple-touch-icon": 180}.items():
        with Image.open(site.output / f"theme/icons/{name}.png") as picture:
            assert picture.size == (side, side)
            assert picture.has_transparency_data == name.startswith("icon")
