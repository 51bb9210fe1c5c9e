"""What a visit weighs, over the wire (gzip -9, which every host can do): without pictures and fonts."""

import gzip
import re
from pathlib import Path

import pytest
from factory import Checkout, Site
from screens.kinds import KINDS, LANGUAGES, path_of

EXPERT, STYLES, SCRIPTS = 35_000, 14_000, 6_000
PARAGRAPH = "Wer ein altes Haus heizt, rechnet zuerst: Fläche, Mauern, Fenster, Vorlauf, Strom und Geduld, Jahr für Jahr {}.\n\n"


def weight(data: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(data, 9, mtime=0))


def parts(output: Path, path: str) -> tuple[int, int, int]:
    """The weights of a page, its style sheets, and the scripts that it loads before anybody does anything."""
    html = (output / path / "index.html" if path.endswith("/") or not path else output / path).read_bytes()
    text = html.decode("utf-8")
    sheets = re.findall(r'<link rel="stylesheet" href="/([^"]+)"', text)
    scripts = re.findall(r'<script[^>]* src="/([^"]+)"', text)
    load = [sum(weight((output / name).read_bytes()) for name in names) for names in (sheets, scripts)]
    assert sheets
    return weight(html), load[0], load[1]


@pytest.mark.slow
def test_every_page_is_light(published: Path) -> None:
    """Style sheets and first scripts keep to their budgets on all kinds of pages; so does a person's page as a whole."""
    for lang in LANGUAGES:
        for kind in KINDS:
            page, styles, scripts = parts(published, path_of(kind, lang))
            assert styles <= STYLES, kind
            assert scripts <= SCRIPTS, kind
            if kind.startswith("expert "):
                assert page + styles + scripts <= EXPERT, kind


@pytest.mark.slow
def test_a_busy_person_is_light(tmp_path: Path, checkout: Checkout) -> None:
    """40 stories, 10 topics, 20 appearances and a biography of three pages fit into the budget.

    A biography as long as the format allows (65 kB) does not, and need not: its length is what the person wants to say.
    """
    site = Site(tmp_path / "site", checkout)
    topics = [f"topic-{number}" for number in range(10)]
    for number, topic in enumerate(topics):
        site.topic(topic, label={"de": f"Wärmewende im Quartier {number}", "en": f"Heat for district {number}"})
    media = [{"title": f"Was die Wärme in Straße {number} kostet", "outlet": f"Zeitung Nummer {number}", "date": "2026-03-01",
              "url": f"https://zeitung.example/{number}/waerme"} for number in range(20)]  # fmt: skip
    body = "".join([PARAGRAPH.format(2000 + number) for number in range(60)])
    site.profile(
        "mara", body, topics=topics, media=media, summary="Rechnet. " * 30, contact_for=["Interviews", "Radio"]
    )
    for number in range(40):
        summary = f"Im Winter {number} lief der Ofen die ganze Nacht, und doch war der Laden um {number} Uhr kalt."
        site.story(f"busy-{number}", title=f"Die kalte Bäckerei, Teil {number}", summary=summary, topics=topics[:3])
    site.built()
    page, styles, scripts = parts(site.output, "experts/mara/")
    assert page + styles + scripts <= EXPERT, (page, styles, scripts)
