"""Every passage in another language than the page's says so, in a site in three languages in which each text names its own."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import arabic
import pytest
from factory import Checkout, Site

WORDS = {"germanword": "de", "englishword": "en", "arabicword": "ar"}
VOID = {"meta", "link", "img", "input", "br", "hr", "wbr", "source", "path", "circle"}
SAID = ("alt", "title", "aria-label", "placeholder")  # attributes that are read aloud
# An element has one language, and these none of their own: they speak that of the text that stands for the page.
WHOLE = ("title", "meta")


class Walk(HTMLParser):
    """Finds the words of a page that stand below no element of their language."""

    def __init__(self, html: str) -> None:
        """Walk through a page."""
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        self.undirected: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go down; look at what is read aloud of the element itself."""
        given = dict(attrs)
        lang = given.get("lang") or (self.open[-1][1] if self.open else "")
        for name in SAID if tag != "link" else ():  # nobody reads these aloud
            self.look(given.get(name) or "", lang, f"<{tag} {name}>")
        if (
            given.get("lang")
            and self.open
            and (lang == "ar") != (self.open[-1][1] == "ar")
            and tag not in ("a", "img")
            and not given.get("dir")
        ):
            self.undirected.append(f"<{tag} lang={lang}>")
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        """Go up."""
        if tag not in VOID:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Look at a text."""
        if self.open and self.open[-1][0] not in ("script", "style", "code", *WHOLE):
            self.look(data, self.open[-1][1], " ".join(tag for tag, _ in self.open[-4:]))

    def look(self, text: str, lang: str, where: str) -> None:
        """Note each word that says another language than its element does."""
        for word in re.findall(r"\b[a-z]+word\b", text):
            self.seen.add(word)
            if WORDS[word] != lang:
                self.wrong.append(f"{word} in {lang}: {where}: {text.strip()[:60]}")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Path:
    """Return the output of the site in three languages."""
    site = Site(tmp_path_factory.mktemp("languages") / "site", checkout, empty=True)
    arabic.fill(site)
    site.built()
    return site.output


def pages(output: Path) -> dict[str, Walk]:
    """Return what was found on each page."""
    return {
        path.relative_to(output).as_posix(): Walk(path.read_text("utf-8")) for path in sorted(output.rglob("*.html"))
    }


def test_every_foreign_passage_is_marked(output: Path) -> None:
    """Screen readers change their voice, browsers the hyphens and the direction, wherever the language changes (WCAG 3.1.2)."""
    found = pages(output)
    assert {path: walk.wrong for path, walk in found.items() if walk.wrong} == {}
    assert set.union(*[walk.seen for walk in found.values()]) == set(WORDS)
    for lang in ("", "en/", "ar/"):
        assert len(found[f"{lang}experts/mara/index.html"].seen) == 3


def test_passages_of_another_direction_have_one(output: Path) -> None:
    """Where the script turns, the element has a direction, which keeps its punctuation and what follows in their places."""
    assert {path: walk.undirected for path, walk in pages(output).items() if walk.undirected} == {}


def test_machines_read_the_language(output: Path) -> None:
    """The third language is named wherever a program looks: head, manifest, feeds, switch; and it is in each other page's switch."""
    page = (output / "ar/experts/mara/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert re.findall(r'hreflang="([\w-]+)" href', page) == ["de", "en", "ar", "x-default"]
    assert '<meta property="og:locale" content="ar_EG">' in page
    assert json.loads((output / "ar/manifest.webmanifest").read_text("utf-8"))["lang"] == "ar"
    assert re.search('<feed [^>]*xml:lang="ar"', (output / "ar/atom.xml").read_text("utf-8"))
    assert json.loads((output / "ar/feed.json").read_text("utf-8"))["language"] == "ar"
    for lang in ("", "en/"):
        other = (output / lang / "index.html").read_text("utf-8")
        assert '<a href="/ar/" lang="ar" hreflang="ar">العربية</a>' in other
        assert ' dir="rtl">\n<head>' not in other


def test_lists_dates_and_plurals_are_those_of_the_language(output: Path) -> None:
    """No comma of another language, no month in English, and the form that six people need."""
    page = (output / "ar/index.html").read_text("utf-8")
    assert "</a> و<a" in page
    assert "1 أكتوبر 2026" in page
    assert arabic.FORMS[3] in page
    assert "</a> und <a" in (output / "index.html").read_text("utf-8")


def test_every_text_of_a_page_is_translated(output: Path) -> None:
    """With a complete catalogue no English word of ours is left on the Arabic pages."""
    english = re.compile(r">\s*(?:[A-Z][a-z]+ )+[a-z]+[^<]*<")
    left = set()
    for path in sorted((output / "ar").rglob("*.html")):
        if path.parent.name != "developers":
            html = re.sub(r"(?s)<(script|template|pre)\b.*?</\1>", "", path.read_text("utf-8").split("<body")[1])
            left |= {found for found in english.findall(html) if not re.search(r"word|Nordlicht|Tester|Text\.", found)}
    assert left == set()
