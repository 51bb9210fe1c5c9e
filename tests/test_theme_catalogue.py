"""The texts of the theme: each has a German one, and a site can bring a catalogue of its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from factory import ROOT, Site
from jinja2.ext import babel_extract

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

THEME = ROOT / "theme"
CALLS = {"gettext", "ngettext", "say", "translate"}
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def of_templates() -> dict[str, str]:
    """Return every msgid of the templates, plural forms as msgids of their own, with the place of its first use."""
    found: dict[str, str] = {}
    options = {"extensions": "jinja2.ext.do", "newstyle_gettext": "true", "silent": "false"}
    for path in sorted((THEME / "templates").rglob("*.html")):
        with path.open("rb") as file:
            for line, _, message, _ in babel_extract(file, ("_", "gettext", "ngettext", "plurals"), (), options):
                for text in message if isinstance(message, tuple) else (message,):
                    if text:
                        found.setdefault(text, f"{path.name}:{line}")
    return found


def of_plugins() -> tuple[dict[str, str], set[str]]:
    """Return every msgid that a plugin asks for, with its place, and all literals of the plugins."""
    from expert_feeds.words import MESSAGES

    found = dict.fromkeys(MESSAGES, "expert_feeds/words.py")
    literals: set[str] = set()
    texts_of_core = [ROOT / "plugins/experts/mentions.py"]
    own = sorted((ROOT / "plugins").rglob("expert_*/**/*.py")) + sorted((ROOT / "plugins").glob("expert_*.py"))
    for path in texts_of_core + own:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                texts = [
                    text.value for text in node.args if isinstance(text, ast.Constant) and isinstance(text.value, str)
                ]
                found.update(dict.fromkeys(texts if name in CALLS else (), f"{path.name}:{node.lineno}"))
    return found, literals


TEMPLATES = of_templates()
PLUGINS, LITERALS = of_plugins()


@pytest.fixture(scope="module")
def german() -> Catalog:
    """Return the German catalogue."""
    with (THEME / "locale/de/LC_MESSAGES/theme.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def pairs(catalogue: Catalog) -> dict[str, str]:
    """Return msgid -> msgstr, the plural forms as messages of their own."""
    found: dict[str, str] = {}
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found |= dict(zip(ids, strings, strict=True))
    return found


def test_german_is_complete(german: Catalog) -> None:
    """Every text of a page has a German one."""
    known = pairs(german)
    assert {text: place for text, place in (TEMPLATES | PLUGINS).items() if not known.get(text)} == {}


def test_german_is_not_stale(german: Catalog) -> None:
    """The catalogue holds nothing that no page says any more."""
    assert [text for text in pairs(german) if text not in TEMPLATES and text not in LITERALS] == []


def test_german_is_said_once() -> None:
    """No text is translated twice: the later one would win in silence."""
    lines = (THEME / "locale/de/LC_MESSAGES/theme.po").read_text("utf-8").split("\n")
    ids = [line for line in lines if line.startswith("msgid ")]
    assert sorted(ids) == sorted(set(ids))


def test_placeholders_and_plurals_agree(german: Catalog) -> None:
    """A German text fills in what the English one does (a form for one may say it in words), and counts as German does."""
    assert german.plural_expr == "(n != 1)"
    for english, translated in pairs(german).items():
        names = [set(re.findall(r"%\((\w+)\)s", text)) for text in (english, translated)]
        assert names[0] == names[1], english
        assert translated % dict.fromkeys(names[0], "x")


def test_no_text_has_markup_of_its_own(german: Catalog) -> None:
    """German texts have the elements of the English ones and no others, since they are not escaped."""
    for english, translated in pairs(german).items():
        tags = [sorted(re.findall(r"</?\w+|&\w+;", text)) for text in (english, translated)]
        assert tags[0] == tags[1], english


def put(site: Site, lang: str, texts: dict[str, str]) -> Path:
    """Write a catalogue of the site's own."""
    body = "\n".join(f'msgid "{english}"\nmsgstr "{own}"\n' for english, own in texts.items())
    return site.put(f"locale/{lang}/LC_MESSAGES/theme.po", HEAD + body)


def test_a_site_has_words_of_its_own(site: Site) -> None:
    """A catalogue beside pelicanconf.py stands over the theme's, text by text; a change of it is seen; what nobody says is English."""
    site.settings(LANGUAGES=["de", "en", "fr", "de-AT"])
    put(site, "de", {"Topics": "Wovon wir reden"})
    put(site, "fr", {"Topics": "Sujets"})
    put(site, "de-AT", {"Stories": "G’schichten"})
    site.built()

    def menu(lang: str) -> str:
        return (site.output / lang / "index.html").read_text("utf-8")

    assert "Wovon wir reden" in menu("")
    assert ">Geschichten<" in menu("")
    assert ">Sujets<" in menu("fr")
    assert ">Stories<" in menu("fr")
    assert "Wovon wir reden" in menu("de-AT")
    assert "G’schichten" in menu("de-AT")
    assert ">Topics<" in menu("en")
    put(site, "fr", {"Topics": "Thèmes"})
    assert site.built().made
    assert ">Thèmes<" in menu("fr")
    assert site.stale() == []
    put(site, "fr", {"Topics": "Th%mes"})
    run = site.build()
    assert run.code == 1
    assert run.problems == [
        "locale/fr/LC_MESSAGES/theme.po:6:1: the translation Th%mes has placeholders that the English text does not have "
        "(allowed: %%; a per cent sign is %%)"
    ]
    assert ">Thèmes<" in menu("fr")
