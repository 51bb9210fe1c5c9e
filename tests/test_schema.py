"""Documents to records: the fields of each kind of file, translations, and what is never an exception."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experts import reader, schema
from experts.places import kind_of
from experts.problems import Problem

ROOT = Path(__file__).resolve().parents[1]
PROFILE = "profiles/mara-lindqvist/profile.md"
ENGLISH = "profiles/mara-lindqvist/profile.en.md"
STORY = "content/stories/2026/cellar.md"
NEEDED = {
    PROFILE: "name: Mara Lindqvist\nheadline: Explains heat pumps\ntopics: [heat-pumps]",
    ENGLISH: "translation_of: mara-lindqvist",
    STORY: "title: A cellar\ndate: 2026-10-01\nauthors: [mara-lindqvist]",
    "content/topics/heat-pumps.md": "label: {de: Wärmepumpen}",
    "content/hooks/winter.md": "title: Winter\ndate: 2026-11-01",
    "content/events/barcamp.md": "title: Barcamp\nstart: 2026-12-01",
}


def read(path: str, extra: str = "", body: str = "", head: str | None = None) -> reader.Reading:
    """Read a file with what it needs and `extra` fields."""
    head = NEEDED[path] if head is None else head
    return reader.read(path, f"---\n{head}\n{extra}\n---\n{body}".encode(), ("de", "en"))


def record(path: str, extra: str = "", body: str = "") -> Any:
    """Return the record of a file that must be right."""
    reading = read(path, extra, body)
    assert reading.problems == []
    assert reading.record is not None
    return reading.record


def codes(path: str, extra: str = "", body: str = "") -> list[str]:
    """Return the codes of the problems; a file with problems gives no record."""
    reading = read(path, extra, body)
    assert (reading.record is None) == bool(reading.problems)
    return [problem.code for problem in reading.problems]


def translation(extra: str = "", body: str = "", lang: str = "en") -> reader.Reading:
    """Read a translation of a profile."""
    return reader.read(
        f"profiles/mara-lindqvist/profile.{lang}.md",
        f"---\ntranslation_of: mara-lindqvist\n{extra}\n---\n{body}".encode(),
        ("de", "en"),
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (PROFILE, ("expert", "mara-lindqvist", "")),
        (ENGLISH, ("translation", "mara-lindqvist", "en")),
        ("profiles/mara-lindqvist/profile.pt-BR.md", ("translation", "mara-lindqvist", "pt-BR")),
        ("profiles/mara-lindqvist/notes.md", ("misplaced", "", "")),
        ("profiles/mara-lindqvist/Profile.md", ("misplaced", "", "")),
        ("profiles/mara.md", ("misplaced", "", "")),
        ("profiles/a/b/profile.md", ("misplaced", "", "")),
        ("profiles/README.md", ("", "", "")),
        ("profiles/mara-lindqvist/readme.md", ("", "", "")),
        ("profiles/mara-lindqvist/portrait.jpg", ("", "", "")),
        (STORY, ("story", "cellar", "")),
        ("content/stories/cellar.md", ("story", "cellar", "")),
        ("content/topics/heat-pumps.md", ("topic", "heat-pumps", "")),
        ("content/pages/about.md", ("", "", "")),
        ("content/README.md", ("", "", "")),
    ],
)
def test_place_says_the_kind(path: str, kind: tuple[str, str, str]) -> None:
    """Where a file lies says what it is; nobody writes that into it."""
    assert kind_of(path) == kind


@pytest.mark.parametrize("path", NEEDED)
def test_needed_fields_are_enough(path: str) -> None:
    """A file with nothing but its required fields is good; `status` is published, the language the site's."""
    found = read(path, body="" if "topics" in path else "Text.")
    assert found.problems == []
    if path == PROFILE:
        assert (found.record.lang, found.record.status, found.record.consent) == ("de", "published", None)


@pytest.mark.parametrize("path", NEEDED)
@pytest.mark.parametrize("empty", ["", "''", "[]", "{}", "null"])
def test_empty_fields_are_absent(path: str, empty: str) -> None:
    """Every optional field may be there and empty, as web editors leave it."""
    table = {PROFILE: schema.EXPERT, ENGLISH: schema.TRANSLATION, STORY: schema.STORY}.get(path)
    table = table or {"t": schema.TOPIC, "h": schema.HOOK, "e": schema.EVENT}[path.split("/")[1][0]]
    extra = "\n".join(f"{key}: {empty}" for key, field in table.items() if not field.required)
    body = "" if "topics" in path else "Text."
    assert read(path, extra, body).problems == []
    assert read(path, extra, body).record == read(path, body=body).record


def test_expert() -> None:
    """A full profile gives a record with all that formats.md names."""
    expert = record(
        PROFILE,
        "lang: en\nrole: Head\nlanguages: [en, sv]\nformats: [tv]\ncontact: {email: mara@example.com, phone: '+49 40 1234'}\n"
        "links: {website: 'https://a.example'}\nfeeds: [{url: 'https://a.example/feed.xml', kind: blog}]\n"
        "portrait: {file: portrait.jpg, alt: A woman, credit: Jane Roe, licence: CC-BY-4.0, focus: [10, 20]}\n"
        "media: [{title: Cellars, outlet: Radio, date: 2026-03-01, url: 'https://a.example/1', language: de, format: radio}]\n"
        "absence: {from: 2026-12-20, until: 2027-01-06, deputy: jonas-weber}\nowner: [mara-l]\n"
        "consent: {given: 2026-05-01, text: 2026-1, channels: [site, feeds], until: 2028-05-01}\nconfirmed: 2026-10-01\n"
        "left: 2026-12-31\naliases: [mara-schmidt]",
        "See [Jonas](expert:jonas-weber).",
    )
    assert expert.text("de").lang == "en"
    assert expert.email == "mara@example.com"
    assert expert.portrait.focus == (10, 20)
    assert expert.texts[0].alt == "A woman"
    assert expert.consent.text == "2026-1"
    assert expert.texts[0].body.links == ("expert:jonas-weber",)
    assert expert.away("2026-12-20")
    assert not expert.away("2027-01-07")
    assert len(expert.digest) == 16


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("portrait: {file: a.jpg, credit: b, licence: c}", "portrait-alt"),
        ("portrait: {file: a.jpg, alt: b, licence: c}", "portrait-credit"),
        ("portrait: {file: a.jpg, alt: b, credit: c}", "portrait-licence"),
        ("portrait: {alt: b}", "portrait-file"),
        ("portrait: {file: ../a.jpg, alt: b, credit: c, licence: d}", "outside"),
        ("portrait: portrait.jpg", "group"),
        ("consent: {given: 2026-05-01, until: 2026-04-01}", "order"),
        ("consent: {channels: [site]}", "missing"),
        ("consent: {given: 2026-05-01, channels: [newsletter]}", "choice"),
        ("consent: yes", "group"),
        ("absence: {from: 2026-05-01, until: 2026-04-01}", "order"),
        ("status: gone", "choice"),
        ("translation_of: mara", "unknown-field"),
        ("topics: [a, b, c, d, e, f, g, h, i, j, k]", "duplicate-key"),
    ],
)
def test_expert_problems(extra: str, code: str) -> None:
    """What is wrong in a profile is told once, where it stands."""
    assert codes(PROFILE, extra) == [code]


def test_portrait_without_a_file() -> None:
    """A web editor leaves a focus behind when a picture is removed: that is no portrait."""
    assert record(PROFILE, "portrait: {file: '', focus: [50, 50]}").portrait is None


def test_translation() -> None:
    """A translation holds texts and nothing else."""
    found = translation("headline: Why heat pumps work\nportrait: {alt: A woman}", "Text.")
    assert found.problems == []
    slug, text = found.record
    assert slug == "mara-lindqvist"
    assert (text.lang, text.headline, text.alt, text.role) == ("en", "Why heat pumps work", "A woman", "")


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b" \r\n"])
def test_empty_file_is_no_translation(data: bytes) -> None:
    """An empty file, as web editors leave it, is an absent translation."""
    assert reader.read(ENGLISH, data, ("de", "en")) == reader.Reading("translation", None, "", [])


@pytest.mark.parametrize("extra", ["", "headline: ''", "contact_for: []\nportrait: {}", "portrait: {alt: ''}"])
def test_no_text_is_no_translation(extra: str) -> None:
    """A translation without any text is absent, so that the page shows the original, marked."""
    found = translation(extra)
    assert (found.record, found.problems) == (None, [])


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (translation("location: Hamburg", "x"), "translation-field"),
        (translation("lang: en", "x"), "translation-field"),
        (translation("headlin: a", "x"), "unknown-field"),
        (translation("portrait: {file: a.jpg}", "x"), "unknown-field"),
        (translation("", "x", "fr"), "site-language"),
        (translation("", "x", "english"), "language"),
        (translation("", "x", ""), "language"),
        (read(ENGLISH, body="x", head="headline: a"), "missing"),
        (read(ENGLISH, body="x", head="translation_of: jonas-weber"), "translation-of"),
    ],
)
def test_translation_problems(found: reader.Reading, code: str) -> None:
    """A translation in the wrong folder, in a language that the site has not, or with other fields is told."""
    assert [problem.code for problem in found.problems] == [code]


def test_variants_of_a_site_language() -> None:
    """A site in English shows a text in British English."""
    assert translation("", "x", "en-GB").problems == []


def test_story() -> None:
    """A story needs a title, a date and an author; a translation takes the last two from its original."""
    story = record(STORY, "kind: talk\noriginal: https://a.example\nshare: '{{ x }}'", "Text.")
    assert (story.kind, story.texts[0].slug, story.texts[0].share) == ("talk", "cellar", "{{ x }}")
    head = "title: En källare\nlang: sv\ntranslation_of: keller"
    assert reader.read(STORY, f"---\n{head}\n---\n".encode(), ("de",)).problems == []
    assert [p.code for p in read(STORY, head="title: a").problems] == ["missing", "missing"]
    assert codes(STORY, "image: {file: a.jpg}") == ["picture-alt"]
    assert codes(STORY, "kind: rumour") == ["choice"]


def test_topic() -> None:
    """A topic is one file for all languages; its body stays empty."""
    topic = record("content/topics/heat-pumps.md", "synonyms: {de: [WP]}\nwikidata: Q179291")
    assert topic.synonyms == (("de", ("WP",)),)
    assert codes("content/topics/heat-pumps.md", "", "Text.") == ["topic-body"]
    assert codes("content/topics/heat-pumps.md", "wikidata: P12") == ["wikidata"]


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("2026-12-01", "2026-12-01", True),
        ("2026-12-01", "2026-11-30", False),
        ("2026-12-01T09:00:00+01:00", "2026-12-01T08:30:00Z", True),
        ("2026-12-01T09:00:00+01:00", "2026-12-01T07:30:00Z", False),
        ("2026-12-01", "2026-12-01T07:00:00+09:00", True),
        ("2026-12-01T00:30:00+01:00", "2026-12-01", True),
        ("2026-12-01T23:30:00-08:00", "2026-12-01", True),
    ],
)
def test_event_ends_after_it_starts(start: str, end: str, right: bool) -> None:
    """An event does not end before it starts, whatever offsets its times have; a day without time is the whole day."""
    head = f"title: Barcamp\nstart: {start}\nend: {end}"
    problems = read("content/events/barcamp.md", head=head).problems
    assert [problem.code for problem in problems] == ([] if right else ["order"])


def test_event_sessions() -> None:
    """Two sessions may be alike, and have a time of day."""
    sessions = "sessions: [{title: Lunch, start: 12:30}, {title: Lunch, start: 12:30}]"
    assert [s.start for s in record("content/events/barcamp.md", sessions).sessions] == ["12:30", "12:30"]


def test_reading_is_pure() -> None:
    """The same file gives the same record and HTML, however often it is read: caches and workers rely on it."""
    once = read(PROFILE, "role: Head", '[a](expert:b) "c"')
    assert read(PROFILE, "role: Head", '[a](expert:b) "c"') == once
    assert read(PROFILE, "role: Boss", '[a](expert:b) "c"').record.digest != once.record.digest


def test_problems_are_plain_data() -> None:
    """Problems go through caches and between processes: they hold texts and numbers only."""
    import marshal

    found = read(PROFILE, "feeds: [{url: 'https://a.example'}, {url: 'https://a.example'}]\nstatus: x\nfoo: 1").problems
    assert [Problem(*plain) for plain in marshal.loads(marshal.dumps([tuple(problem) for problem in found]))] == found


@functools.cache
def demo() -> dict[str, bytes]:
    """Return the files of the demo content."""
    files = [*ROOT.glob("profiles/*/*.md"), *ROOT.glob("content/**/*.md")]
    paths = {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files}
    return {path: data for path, data in paths.items() if kind_of(path)[0]}


def test_demo_has_no_problems() -> None:
    """The demo company's files, the example that everybody copies, are right."""
    assert demo()
    assert {
        path: found for path, data in demo().items() if (found := reader.read(path, data, ("de", "en")).problems)
    } == {}


MISTAKES = {
    "no colon": ("location: Hamburg", "location Hamburg", "this line has no colon"),
    "no space after the colon": ("location: Hamburg", "location:Hamburg", "this line has no colon"),
    "indented": ("\nlocation: Hamburg", "\n  location: Hamburg", "this line is indented too far"),
    "colon in a text": (
        "role: Leiterin",
        "role: Leiterin: Systemtechnik",
        "a text with a colon stands without quotation marks",
    ),
    "one quotation mark": ("role: Leiterin", 'role: "Leiterin', "a quotation mark is not closed"),
    "quoted word first": ("role: Leiterin", 'role: "Leiterin" der', "a text goes on behind its closing quotation mark"),
    "tab": ("  email: ", "\temail: ", "there is a tab"),
    "no space after the dash": ("  - heat-pumps", "  -heat-pumps", "topics must be a list"),
    "dash too far left": (
        "  - buildings",
        " - buildings",
        "this line is not indented like those around it, or a quotation mark is missing",
    ),
    "list on one line": (
        "formats:\n  - tv\n  - radio\n  - podcast\n  - print\n  - talk\n  - background\n",
        "formats: tv, radio\n",
        "formats must be a list",
    ),
    "open list": ("response: 4 Stunden", "response: [4 Stunden", "a [ or { is not closed, or a comma is missing"),
    "German date": ("confirmed: 2026-10-01", "confirmed: 01.10.2026", "01.10.2026 is not a date"),
    "no such day": ("confirmed: 2026-10-01", "confirmed: 2026-10-32", "2026-10-32 is not a date"),
    "words for a date": ("  given: 2026-05-01", "  given: Mai 2026", "Mai 2026 is not a date"),
    "heading for a slug": ("  - heat-pumps", "  - Wärmepumpen", "Wärmepumpen is not a short name"),
    "language by name": ("  - sv", "  - Schwedisch", "Schwedisch is not a language code"),
    "status in German": ("status: published", "status: veröffentlicht", "veröffentlicht is not possible for status"),
    "channel in German": ("    - feeds", "    - Feeds", "Feeds is not possible for consent.channels"),
    "key in German": ("role: Leiterin", "rolle: Leiterin", "there is no field rolle"),
    "key with a capital": ("role: Leiterin", "Role: Leiterin", "there is no field Role"),
    "misspelt key": ("department: Technik", "departement: Technik", "there is no field departement"),
    "e-mail with a space": (
        "mara.lindqvist@",
        "mara. lindqvist@",
        "mara. lindqvist@nordlicht.example is not an e-mail address",
    ),
    "e-mail with a comma": (
        "@nordlicht.example",
        "@nordlicht,example",
        "mara.lindqvist@nordlicht,example is not an e-mail address",
    ),
    "phone in words": ("phone: +49 40 66969 120", "phone: Durchwahl 120", "Durchwahl 120 is not a phone number"),
    "address without https": (
        "website: https://heiz",
        "website: www.heiz",
        "www.heizungskeller.example is not an address",
    ),
    "address in quotes of Word": (
        "website: https://h",
        "website: „https://h",
        "„https://heizungskeller.example is not an address",
    ),
    "name for an address": (
        "linkedin: https://linkedin.example/in/mara-lindqvist",
        "linkedin: Mara L",
        "Mara L is not an address",
    ),
    "service misspelt": ("  linkedin: ", "  linkdin: ", "there is no service linkdin"),
    "wrong ORCID iD": ("0009-0099-1204-7732", "0009-0099-1204-7723", "0009-0099-1204-7723 is not an ORCID iD"),
    "focus with a comma": (
        "  focus:\n    - 50\n    - 35\n",
        "  focus: 50,35\n",
        "portrait.focus does not name a point of the picture",
    ),
    "picture in another folder": (
        "file: portrait.jpg",
        r"file: C:\Bilder\portrait.jpg",
        r"the file C:\Bilder\portrait.jpg does not lie in this folder",
    ),
    "no alt": (
        "  alt: Gezeichnetes Porträt einer Frau mit dunklem, welligem Haar und schmaler\n    Brille vor blaugrünem Grund\n",
        "",
        "the portrait has no alt",
    ),
    "time zone": ("timezone: Europe/Berlin", "timezone: MEZ", "MEZ is not a time zone"),
    "same topic twice": ("  - buildings", "  - heat-pumps", "heat-pumps is twice in topics"),
    "same key twice": ("response: 4", "location: Kiel\nresponse: 4", "location is there twice, first in line 7"),
    "emptied": ("name: Mara Lindqvist", "name:", "the field name is empty"),
    "line deleted": ("name: Mara Lindqvist\n", "", "the field name is missing"),
    "hash before the text": ("name: Mara", "name: #Mara", "the field name is empty"),
    "at sign": ("role: Leiterin", "role: @Leiterin", "a text begins with a character that is a sign of its own here"),
    "asterisks": (
        "role: Leiterin",
        "role: *Leiterin*",
        "a text begins with a character that is a sign of its own here",
    ),
    "first line of Word": ("---\nname", "–--\nname", "the fields at the beginning are missing"),
    "last line deleted": (
        "status: published\n---\n",
        "status: published\n",
        "the line --- between the fields and the text is missing",
    ),
    "group on the line": ("contact:\n  email: mara", "contact: mara", "this line is indented too far"),
    "story of one's life": ("headline: Erklärt", "headline: " + "Erklärt " * 20, "headline has 229 characters"),
    "script": (
        "Mein erster",
        "[hier](javascript:x) Mein erster",
        "addresses that begin with javascript: are not allowed",
    ),
    "link without https": ("Mein erster", "[hier](www.example.com) Mein erster", "www.example.com is not an address"),
    "link to a folder": (
        "Mein erster",
        "[er](../jonas-weber) Mein erster",
        "the link leads out of the folder: ../jonas-weber",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_clumsy_mistakes(mistake: str) -> None:
    """Someone who edits a profile for the first time reads what is wrong, in the line in which it is wrong."""
    right, mistaken, message = MISTAKES[mistake]
    text = demo()[PROFILE].decode()
    assert right in text
    at = text.index(right)
    changed = text[:at] + mistaken + text[at + len(right) :]
    problems = reader.read(PROFILE, changed.encode(), ("de", "en")).problems
    assert problems[0].say()[0] == message
    first = changed[:at].count("\n") + 1 + (mistaken[:1] == "\n")
    if mistake not in ("line deleted", "last line deleted", "no alt", "no space after the dash"):
        assert first <= problems[0].line <= first + mistaken.count("\n") + 1


WORDS_OF_WORD = ["„", "“", "–", "\u00a0", "\u2028", "\u200b", "\ufeff", "…", "’", "\u00ad"]


@pytest.mark.parametrize("mark", WORDS_OF_WORD)
def test_characters_of_word_processors(mark: str) -> None:
    """What a word processor puts into copied text does no harm in texts, neither above nor below the line."""
    assert record(PROFILE, f"role: Head{mark}of{mark} Systems", f"Text{mark}text.\n\n## A{mark}b\n")


@given(st.data())
def test_any_edit_of_a_demo_file(data: st.DataObject) -> None:
    """Whatever is cut out of a file, doubled or put into it, reading it gives problems in it and no exception."""
    path = data.draw(st.sampled_from(sorted(demo())))
    text = demo()[path].decode()
    head = text.index("\n---", 4) + 5
    start = data.draw(st.integers(0, head))
    end = data.draw(st.integers(start, min(start + 40, len(text))))
    new = data.draw(
        st.one_of(st.just(text[start:end] * 2), st.text(st.sampled_from("\n\t :-[]{}'\"#&*!|>a1ä,"), max_size=8))
    )
    changed = text[:start] + new + text[end:]
    found = reader.read(path, changed.encode(), ("de", "en"))
    lines = changed.split("\n")
    for problem in found.problems:
        problem.line_of_text()
        assert problem.line <= len(lines)
    assert (found.record is None) >= bool(found.problems)
