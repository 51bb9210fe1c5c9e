"""Hints: each is shown by an example, and not by one that looks like it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factory import CONSENT, ROOT, TODAY, Site, document
from PIL import Image

from experts import build, console, settings
from experts.checks import wording
from experts.checks.completeness import PARTS, REQUIRED
from experts.checks.findings import Findings, findings
from experts.checks.remarks import remarks
from experts.checks.sentences import sentences
from experts.problems import Problem

PATH = "profiles/mara/profile.md"


def hints(text: str, path: str = PATH) -> list[Problem]:
    """Return the hints about a file alone."""
    return remarks(path, text.encode(), ("de", "en")).hints


def profile(body: str = "", **fields: Any) -> list[str]:
    """Return ``code line:column`` of the hints about a profile; the lines count from its first field in line 2."""
    head = {
        "summary": "Mara forscht.",
        "name": "Mara Lindqvist",
        "headline": "Erklärt, warum Häuser warm werden",
    } | fields
    return [f"{hint.code} {hint.line}:{hint.column}" for hint in hints(document(head, body))]


# -- wording --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("de", "Ich baue Wärmepumpen.", "Ich"),
        ("de", "Mara Lindqvist forscht. Mein Ziel sind warme Häuser.", "Mein"),
        ("de", "Bei Nordlicht leite ich die Forschung.", "ich"),
        ("de-AT", "Fragen Sie mich nach Netzen.", "mich"),
        ("en", "I build heat pumps.", "I"),
        ("en", "Today I’m at Nordlicht.", "I"),
        ("en", "When I began, nobody asked. She laughs.", "I"),
        ("en", "Mara builds pumps in my town.", "my"),
    ],
)
def test_first_person(lang: str, text: str, word: str) -> None:
    """A short biography that says I is told so, at the word."""
    assert text[wording.first_person(text, lang) :].startswith(word)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Mara Lindqvist baut Wärmepumpen."),
        ("de", "Sie sagt: „Ich will warme Häuser.“ Und baut sie."),
        ("de", 'Ihr Satz "Mein Haus ist warm" wurde bekannt.'),
        ("de", "Sie gründete eine Ich-AG und das Projekt Ich AG."),
        ("de", "Sie schrieb das Buch Mein Jahr im Keller."),
        ("de", "Michael Meiner und Erich Ich arbeiten mit ihr."),
        ("en", "Mara builds heat pumps; she says “I love cellars”."),
        ("en", "Works on World War I and on John I. Smith."),
        ("en", "Worked under Elizabeth I and in Phase I of the plan."),
        ("en", "Advises the coal mine of Jena."),
        ("sv", "I Sverige bygger hon."),
    ],
)
def test_third_person(lang: str, text: str) -> None:
    """Quotations, names and numbers that look like an I are left alone; so are languages that nobody taught us."""
    assert wording.first_person(text, lang) == -1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Expertin für Wärmepumpen"),
        ("de", "Ihr Ansprechpartner rund um Netze"),
        ("de", "Leiterin Forschung"),
        ("de", "Mit Leidenschaft für Gebäude"),
        ("de", "Wärmepumpen"),
        ("en", "Leading expert in heat pumps"),
        ("en", "Passionate about energy"),
        ("en", "Mara Lindqvist"),
    ],
)
def test_empty_headlines(lang: str, text: str) -> None:
    """A headline that says a role or a subject and nothing else is told so."""
    assert wording.empty(text, lang, ("Mara Lindqvist", "Leiterin Forschung"))


@pytest.mark.parametrize(
    ("lang", "text"), [("de", "Hier wird das Netz geplant"), ("en", "Heat pumps are quickly installed")]
)
def test_passive_headlines(lang: str, text: str) -> None:
    """A headline in which nobody does anything is told so."""
    assert wording.passive(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Erklärt, warum Häuser warm werden"),
        ("de", "Sagt, wie Netze geplant werden"),
        ("de", "Expertinnen sucht sie, Laien findet sie"),
        ("de", "Weiß, wann Häuser warm werden und wer das bezahlt"),
        ("de", "Baut Wärmepumpen"),
        ("de", "Macht Experten für Laien verständlich"),
        ("en", "Explains how heat pumps are installed"),
        ("en", "Knows why expert knowledge ages"),
        ("en", "Turns red tape into running heat"),
    ],
)
def test_good_headlines(lang: str, text: str) -> None:
    """A headline that begins with what somebody does is left alone, whatever stands in its second half."""
    assert not wording.passive(text, lang)
    assert not wording.empty(text, lang, ("Mara Lindqvist", "Leiterin Forschung", "Forschung"))


def test_headlines_of_the_demo() -> None:
    """Headlines that people wrote with care raise no hint: a hint that is wrong teaches to overlook hints."""
    for path in sorted((ROOT / "profiles").glob("*/profile*.md")):
        found = remarks(f"profiles/{path.parent.name}/{path.name}", path.read_bytes(), ("de", "en")).hints
        assert [
            hint for hint in found if hint.code in ("headline-empty", "headline-passive", "alt-name", "first-person")
        ] == []


@pytest.mark.parametrize(
    "alt", ["Mara Lindqvist", "Porträt von Mara Lindqvist", "Foto: Dr. Mara Lindqvist", "Portrait of Mara"]
)
def test_only_names(alt: str) -> None:
    """A description of a portrait that is a name says nothing to people who do not see it."""
    assert wording.only_names(alt, "Mara Lindqvist")


@pytest.mark.parametrize("alt", ["Mara Lindqvist lacht", "Eine Frau mit Helm", "Porträt vor einem Kessel", ""])
def test_descriptions(alt: str) -> None:
    """A description that says anything more is left alone."""
    assert not wording.only_names(alt, "Mara Lindqvist")


# -- sentences ------------------------------------------------------------------------------------

LONG = " ".join(f"Wort{n}" for n in range(40)) + "."


def places(text: str, least: int = 36) -> list[tuple[int, int]]:
    """Return the places of the long sentences of a text."""
    return [(one.line, one.column) for one in sentences(text) if one.words >= least]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LONG, [(1, 1)]),
        (f"Kurz. {LONG}", [(1, 7)]),
        (f"Kurz.\n\nZwei Wörter.\n{LONG}", [(4, 1)]),
        (LONG.replace(" Wort20", "\nWort20"), [(1, 1)]),
        (f"- Kurz\n- {LONG}", [(2, 3)]),
        (f"> {LONG}", [(1, 3)]),
        (f"„Kurz.“ {LONG}", [(1, 9)]),
        (f"1. {LONG}\n2. kurz", [(1, 4)]),
    ],
)
def test_long_sentences(text: str, expected: list[tuple[int, int]]) -> None:
    """A sentence is counted where it begins, in lists and quotes and over the ends of lines."""
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{LONG}\n```\n",
        f"~~~ python\n{LONG}\n~~~",
        f"    {LONG}",
        f"# {LONG}",
        f"| {LONG} |",
        f"<div>{LONG}</div>",
        f"[1]: https://example.com {LONG}",
        f'[Kurz]({LONG.replace(" ", "/")} "{LONG[:400]}")',
        f"`{LONG[:200]}` `{LONG[200:]}`",
        "\n".join(f"- Punkt Nummer {n}" for n in range(40)),
        "\n\n".join("Drei kurze Wörter" for _ in range(40)),
        "Ist das so? Ja! " * 30,
    ],
)
def test_no_sentences(text: str) -> None:
    """Code, headings, tables, HTML, addresses and lists of short items are no long sentences."""
    assert places(text) == []


def test_places_in_files() -> None:
    """A sentence of the summary is found where it stands, however the value is written; so is one of the text."""
    head = f"---\nname: Mara\nheadline: Baut Häuser um\nsummary: >-\n  Mara forscht.\n  {LONG}\n---\n\nKurz.\n{LONG}\n"
    assert [(hint.line, hint.column) for hint in hints(head)] == [(6, 3), (10, 1)]
    assert profile(summary=f"Mara forscht. {LONG}") == ["long-sentence 2:25"]
    assert [(hint.line, hint.column) for hint in hints(head.replace("\n", "\r\n"))] == [(6, 3), (10, 1)]
    assert [(hint.line, hint.column) for hint in hints("\ufeff" + head)] == [(6, 3), (10, 1)]


def test_hints_about_a_file() -> None:
    """What can be told from a profile alone is told at its field, and a good profile is told nothing."""
    assert profile() == []
    assert profile(summary=None) == ["no-summary 3:1"]
    assert profile(summary="Ich forsche.") == ["first-person 2:11"]
    assert profile(summary="I do research.", lang="en") == ["first-person 2:11"]
    assert profile(headline="Expertin für Netze") == ["headline-empty 4:11"]
    assert profile(headline="Hier wird das Netz geplant") == ["headline-passive 4:11"]
    assert profile(portrait={"alt": "Foto von Mara"}) == ["alt-name 5:19"]
    assert [
        hint.code
        for hint in hints("---\ntranslation_of: mara\nsummary: I build.\n---\n", "profiles/mara/profile.en.md")
    ] == ["first-person"]
    assert hints("no fields at all") == hints("---\nname: [\n---\n") == []


def test_ten_are_enough() -> None:
    """Somebody who is told of ten long sentences knows."""
    assert len(profile(f"{LONG} " * 50)) == 10


@pytest.mark.parametrize(
    "text",
    [
        LONG * 250,
        "[" * 65_000,
        "`" * 65_000,
        "(" * 65_000,
        "<" * 65_000,
        "](" * 32_000,
        "„" * 65_000,
        ". " * 32_000,
        "> " * 32_000,
        "a\n" * 32_000,
        "- a\n" * 16_000,
        "*[" * 32_000,
        '"' * 65_000,
        "https://" * 8_000,
        "a-" * 32_000,
        "ä’" * 32_000,
    ],
)
def test_time_is_bounded(text: str) -> None:
    """No text of 65 kB keeps a save waiting, whatever it is made of."""
    began = time.process_time()
    hints(document({"name": "Mara", "headline": text[:2000], "summary": text}, text))
    assert time.process_time() - began < 2


# -- the whole site -------------------------------------------------------------------------------


@pytest.fixture
def found(site: Site) -> Callable[..., Findings]:
    """Return a function that looks at the site, in this process."""

    def look(today: str = TODAY) -> Findings:
        known = settings.load(str(ROOT), str(site.folder))
        return findings(
            console.request_for(known, str(site.output), today, 1)._replace(cache=str(site.folder.parent / "cache"))
        )

    return look


def about(result: Findings, code: str) -> list[str]:
    """Return ``path:line`` of the hints with a code."""
    return [f"{hint.path}:{hint.line}" for hint in result.hints if hint.code == code]


def picture(width: int, height: int) -> bytes:
    """Return a JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "JPEG")
    return out.getvalue()


def test_age_of_profiles(site: Site, found: Callable[..., Findings]) -> None:
    """A profile is looked through once a year; giving consent counts as the first time."""
    site.profile("ida", confirmed="2025-11-23")
    assert about(found(), "not-confirmed") == []
    assert about(found("2026-11-24"), "not-confirmed") == ["profiles/ida/profile.md:8"]
    assert "profiles/jonas/profile.md:2" in about(found("2027-05-02"), "not-confirmed")
    site.profile("ida", confirmed="2025-01-01", status="paused")
    assert about(found(), "not-confirmed") == []


def test_end_of_consent(site: Site, found: Callable[..., Findings]) -> None:
    """Consent that ends within 60 days is told of, its last day included; what has ended is no hint any more."""
    site.profile("ida", consent=CONSENT | {"until": "2027-01-22"})
    assert about(found("2026-11-22"), "consent-ends") == []
    assert about(found("2026-11-23"), "consent-ends") == about(found("2027-01-22"), "consent-ends")
    assert about(found("2026-11-23"), "consent-ends") == ["profiles/ida/profile.md:6"]
    assert about(found("2027-01-23"), "consent-ends") == []


def test_news(site: Site, found: Callable[..., Findings]) -> None:
    """Who has told no story for a year is reminded; who gave consent within the last one has time."""
    assert about(found(), "no-story") == []
    site.story("pipe", authors=["jonas"], date="2025-11-22")
    site.profile("zoe", consent=CONSENT | {"given": "2025-11-22"})
    site.profile("kim", consent=CONSENT | {"given": "2025-11-23"})
    for name in ("boiler", "boiler-en"):
        site.replace(f"content/stories/2026/{name}.md", '["mara", "jonas"]', '["mara"]')
    assert about(found(), "no-story") == ["profiles/jonas/profile.md:2", "profiles/zoe/profile.md:2"]


def test_topics(site: Site, found: Callable[..., Findings]) -> None:
    """A topic needs words that people search for, and somebody who can be asked, for a narrower topic at least."""
    site.topic("energy")
    site.topic("heat", broader="energy")
    site.topic("mars")
    assert about(found(), "topic-synonyms") == [f"content/topics/{name}.md:2" for name in ("energy", "heat", "mars")]
    assert about(found(), "topic-experts") == ["content/topics/mars.md:2"]
    site.profile("ida", status="nonsense")  # whose topics are not known until it can be read
    assert about(found(), "topic-experts") == []


def test_pictures(site: Site, found: Callable[..., Findings]) -> None:
    """A portrait that a newspaper cannot print is told of, whichever way it lies; a large one is not."""
    for size, expected in (((799, 1200), True), ((800, 999), True), ((800, 1000), False), ((1000, 800), False)):
        site.put("profiles/mara/portrait.png", picture(*size))
        assert bool(about(found(), "portrait-small")) is expected, size


def test_files_that_nobody_uses(site: Site, found: Callable[..., Findings]) -> None:
    """An old portrait beside a profile is told of; one in use, in a text or in a translation, is not."""
    site.put("profiles/mara/old.jpg", picture(900, 1100))
    site.put("profiles/mara/chart.png", picture(90, 110))
    site.put("profiles/mara/deep/plan.pdf", b"%PDF")
    site.translation("mara", "en", "![A chart](chart.png)\n")
    assert about(found(), "unused-file") == ["profiles/mara/deep/plan.pdf:0", "profiles/mara/old.jpg:0"]
    site.profile("mara", status="nonsense")
    assert about(found(), "unused-file") == []


def test_nothing_is_said_of_who_left(site: Site, found: Callable[..., Findings]) -> None:
    """About somebody who left, nobody is asked to write or confirm anything."""
    assert about(found(), "no-summary") != []
    for slug in ("mara", "jonas", "ida"):
        site.profile(slug, status="left", topics=["heat"])
    result = found()
    assert [hint for hint in result.hints if hint.path.startswith("profiles/")] == []
    assert result.profiles == []


def test_hints_are_kept_and_renewed(
    site: Site, found: Callable[..., Findings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was remarked about a file is remembered, and forgotten with the file or its mistake."""
    first = found()
    read: list[str] = []
    from experts.checks import gather

    monkeypatch.setattr(gather, "remarks", lambda *given: read.append(given[0]) or remarks(*given))
    assert found() == first
    assert read == []
    site.profile("ida", summary="Ida forscht.")
    assert "profiles/ida/profile.md:3" not in about(found(), "no-summary")
    assert read == ["profiles/ida/profile.md"]
    site.path("profiles/ida/profile.md").unlink()
    assert not [hint for hint in found().hints if "ida" in hint.path]


def test_hints_block_nothing(found: Callable[..., Findings]) -> None:
    """A site of hints is built."""
    assert found().hints
    assert found().problems == []


def test_damaged_cache(site: Site, found: Callable[..., Findings]) -> None:
    """Nothing depends on what is remembered: a damaged or cut file of it is as if there were none."""
    first = found()
    for file in site.folder.parent.rglob("cache/*/remarks"):
        file.write_bytes(file.read_bytes()[:-7] + b"nonsense")
    assert found() == first


# -- completeness ---------------------------------------------------------------------------------


def test_weights_make_a_hundred() -> None:
    """A profile with everything is complete: the weights add up to 100 per cent."""
    assert REQUIRED + sum(weight for weight, _ in PARTS.values()) == 100


def test_completeness(site: Site, found: Callable[..., Findings]) -> None:
    """Each thing that is there counts, the rest is named, the weightiest first."""
    site.profile("ida", "")
    site.profile(
        "jonas",
        "Ein Text.",
        summary="Jonas forscht.",
        contact_for=["Netze"],
        role="Planung",
        formats=["tv"],
        languages=["de"],
        contact={"email": "j@example.com"},
    )
    ida, jonas = (one for one in found().profiles if one.slug in ("ida", "jonas"))
    assert (ida.percent, ida.missing[:2], len(ida.missing)) == (
        20,
        ("a portrait", "a short biography to copy"),
        len(PARTS),
    )
    assert (jonas.percent, jonas.missing) == (80, ("a portrait",))


def test_check_reads_only(tmp_path: Path) -> None:
    """`findings` is what `check` does and more: both see the same problems."""
    known = settings.load(str(ROOT), str(ROOT / "tests/sites/invalid/date"), DEFAULT_LANG="de", LANGUAGES=["de", "en"])
    request = console.request_for(known, str(tmp_path / "output"), TODAY, 1)._replace(cache=str(tmp_path))
    assert findings(request).problems == build.check(request).problems != []
