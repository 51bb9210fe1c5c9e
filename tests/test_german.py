"""The German of the project: it speaks of all people, and is set as German is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from factory import ROOT

CATALOGUES = ["theme/locale/de/LC_MESSAGES/theme.po", "plugins/experts/locale/de/LC_MESSAGES/problems.po"]
CONTENT = [
    *ROOT.glob("profiles/*/profile*.md"),
    *[path for path in ROOT.glob("content/**/*.md") if "topics" not in path.parts],
]
# Plurals and addresses that mean men alone, or would have to mean everybody; a single man may be one.
MEN = [
    "Journalisten?",
    "Experten?",
    "Mitarbeitern?",
    "Kollegen",
    "Nutzern?",
    "Besuchern?",
    "Lesern?",
    "Autoren",
    "Kunden",
    "Entwicklern?",
    "Ansprechpartnern?",
    "Teilnehmern?",
    "Forschern?",
    "Ingenieuren?",
    "Technikern",
    "Wissenschaftlern?",
    "Bürgern?",
    "Mietern",
    "Vermietern",
    "Handwerkern",
    "Beratern",
    "Installateuren?",
    "Planern",
    "Bewohnern?",
    "Eigentümern?",
    "Hausbesitzern?",
    "Besitzern",
    "Schülern?",
    "Studenten",
    "Lehrern",
    "Ärzten?",
    "Politikern?",
    "Hörern?",
    "Zuschauern?",
    "Redakteuren?",
    "Moderatoren",
    "Fotografen",
    "Monteuren?",
    "Gesellen",
    "Verbrauchern?",
    "Elektrikern?",
    "Architekten",
    "Bauherren",
    "Einwohnern?",
    "Anwendern?",
    "Sprechern",
    "Partnern",
    "Referenten",
    "Gründern?",
    "Empfängern?",
    "Absendern?",
    "Administratoren",
    "Rednern?",
    "Fachmänner",
    "Fachmann",
]
_MEN = re.compile(rf"\b(?:{'|'.join(MEN)})\b(?!-)")
_BOTH = re.compile(r"\b\w+(?:innen|in) (?:und|oder) \w+|\b\w+ (?:und|oder) \w+(?:innen|in)\b|-\w+")


def texts() -> Iterator[tuple[str, str]]:
    """Yield every German text of the catalogues and of the demo, with its place."""
    for name in CATALOGUES:
        for message in read_po(io.BytesIO((ROOT / name).read_bytes())):
            for text in message.string if isinstance(message.string, tuple) else (message.string,):
                if message.id:
                    yield f"{name}:{message.lineno}", str(text)
    for path in sorted(CONTENT):
        text = path.read_text("utf-8")
        if not re.search(r"(?m)^(?:lang|Lang): (?!de)", text) and not re.search(r"\.(?!de)\w\w\.md$", path.name):
            for number, line in enumerate(text.split("\n"), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def men(text: str) -> list[str]:
    """Return the words of a text that mean men and stand for everybody."""
    return _MEN.findall(_BOTH.sub(" ", text))


def test_german_speaks_of_all_people() -> None:
    """Texts say it for everybody, or name women and men: Fachleute, Medienschaffende, Kolleginnen und Kollegen."""
    assert [f"{place}: {found}" for place, text in texts() if (found := men(text))] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Für Journalisten", ["Journalisten"]),
        ("Unsere Experten antworten", ["Experten"]),
        ("Für Journalistinnen und Journalisten", []),
        ("Autorinnen oder Autoren", []),
        ("Expertenrunde, Kundenkarte", []),
        ("Fachleute und Medienschaffende", []),
    ],
)
def test_words_are_noticed(text: str, found: list[str]) -> None:
    """The list finds words that stand alone, and not those that name both."""
    assert men(text) == found


def test_interface_is_set_in_german() -> None:
    """The pages have the marks of German: „…“, – with spaces, …, and no break in z. B."""
    wrong = re.compile(r"\w \- \w|\.\.\.(?! oder)|\b[zdu]\. ?[BhaU]\.|[”]|“\w|\s,|(?<!\w)\"\w+ \w")
    found = []
    for place, text in texts():
        if "theme.po:" in place and wrong.search(re.sub(r"<[^>]+>", "", text)):
            found.append(f"{place}: {text}")
    assert found == []


def test_content_uses_no_tight_abbreviations() -> None:
    """An abbreviation like z. B. has a space that does not break; better still are words."""
    assert [place for place, text in texts() if re.search(r"\b(?:z\.B|d\.h|u\.a|z\. B|d\. h)\.", text)] == []


def test_demo_was_read() -> None:
    """The German half of the demo is among what is looked at."""
    places = {place.split(":")[0] for place, _ in texts()}
    assert len(places) > 60
    assert Path("content/pages/press.md").as_posix() in places
