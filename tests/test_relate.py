"""Records to a whole: translations, references, earlier names, circles, and the files beside texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from experts import relate as module
from experts import reader
from experts.model import Page, PageText
from experts.places import kind_of

if TYPE_CHECKING:
    from experts.problems import Problem

JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PORTRAIT = "portrait: {file: portrait.jpg, alt: A woman, credit: Jane Roe, licence: CC-BY-4.0}"
MARA = "profiles/mara/profile.md"
HEAT = "content/topics/heat.md"


def profile(extra: str = "", body: str = "", topics: str = "[heat]") -> str:
    """Return the text of a profile."""
    return f"---\nname: Mara Lindqvist\nheadline: Explains heat pumps\ntopics: {topics}\n{extra}\n---\n{body}"


def story(extra: str = "", body: str = "", authors: str = "[mara]") -> str:
    """Return the text of a story."""
    return f"---\ntitle: A cellar\ndate: 2026-10-01\nauthors: {authors}\n{extra}\n---\n{body}"


def topic(extra: str = "") -> str:
    """Return the text of a topic."""
    return f"---\nlabel: {{de: Wärme}}\n{extra}\n---\n"


def page(slug: str) -> Page:
    """Return an ordinary page."""
    return Page(slug, (PageText("de", slug, "", "", f"content/pages/{slug}.md"),), 1, "footer", b"")


def related(site: dict[str, str], files: dict[str, bytes] | None = None) -> tuple[module.Records, list[Problem]]:
    """Return the records of a site given as path -> text, with a topic and the page imprint."""
    files = files or {}
    reads = []
    for path, text in sorted({HEAT: topic(), **site}.items()):
        kind, slug, _ = kind_of(path)
        reads.append(module.Read(path, kind, slug, reader.read(path, text.encode(), ("de", "en")).record))

    def locate(path: str, *_: object) -> tuple[int, int]:
        assert path in site, "problems are about files that are there"
        return 1, 1

    digests = dict.fromkeys(files, b"digest")
    return module.relate(reads, {"imprint": page("imprint")}, digests, files.__getitem__, locate)


def good(site: dict[str, str], files: dict[str, bytes] | None = None) -> module.Records:
    """Return the records of a site that must be right."""
    records, problems = related(site, files)
    assert problems == []
    return records


def codes(site: dict[str, str], files: dict[str, bytes] | None = None) -> list[str]:
    """Return the codes of the problems of a site."""
    return [problem.code for problem in related(site, files)[1]]


# -- translations -------------------------------------------------------------------------------------


def test_translations_join_their_original() -> None:
    """A profile and its translations are one person, the original first."""
    english = "---\ntranslation_of: mara\nheadline: Heat\n---\n[a](story:nowhere)"
    site = {
        MARA: profile("lang: de"),
        "profiles/mara/profile.en.md": "---\ntranslation_of: mara\nheadline: Heat\n---\n",
    }
    expert = good(site).experts["mara"]
    assert [text.lang for text in expert.texts] == ["de", "en"]
    assert expert.text("en").headline == "Heat"
    assert expert.said("role", "en") is None
    records, problems = related({**site, "profiles/mara/profile.en.md": english})
    assert [(p.path, p.code) for p in problems] == [("profiles/mara/profile.en.md", "unknown-story")]
    assert records.experts["mara"].digest != expert.digest


def test_absent_translation() -> None:
    """A translation without any text adds nothing."""
    site = {MARA: profile(), "profiles/mara/profile.en.md": "---\ntranslation_of: mara\nheadline: ''\n---\n"}
    assert len(good(site).experts["mara"].texts) == 1


@pytest.mark.parametrize(
    ("site", "code"),
    [
        ({"profiles/mara/profile.en.md": "---\ntranslation_of: mara\n---\nx"}, "no-original"),
        (
            {MARA: profile("lang: en"), "profiles/mara/profile.en.md": "---\ntranslation_of: mara\n---\nx"},
            "same-language",
        ),
        (
            {MARA: profile("lang: en-GB"), "profiles/mara/profile.en.md": "---\ntranslation_of: mara\n---\nx"},
            "same-language",
        ),
    ],
)
def test_translation_problems(site: dict[str, str], code: str) -> None:
    """A translation has an original, and another language than that."""
    assert codes(site) == [code]


def test_broken_original_is_one_problem() -> None:
    """Where the original cannot be read, nobody is told besides that its translation and its stories have none."""
    english = "---\ntranslation_of: mara\n---\nx"
    site = {MARA: "broken", "profiles/mara/profile.en.md": english, "content/stories/a.md": story()}
    site["content/stories/b.md"] = "broken"
    site["content/stories/c.md"] = story("lang: en\ntranslation_of: b")
    assert codes(site) == []


def test_story_versions() -> None:
    """A story and its translations are one story with several slugs; drafts of translations wait."""
    site = {
        MARA: profile(),
        "content/stories/a.md": story(),
        "content/stories/b.md": story("lang: en\ntranslation_of: a"),
    }
    assert [text.slug for text in good(site).stories["a"].texts] == ["a", "b"]
    site["content/stories/b.md"] = story("lang: en\ntranslation_of: a\nstatus: draft")
    assert [text.slug for text in good(site).stories["a"].texts] == ["a"]


@pytest.mark.parametrize(
    ("b", "c", "code"),
    [
        (story("lang: en\ntranslation_of: x"), "", "unknown-story"),
        (story("lang: de\ntranslation_of: a"), "", "same-language"),
        (story("lang: en\ntranslation_of: a"), story("lang: sv\ntranslation_of: b"), "translation-of"),
        (story("lang: en\ntranslation_of: b"), "", "translation-of"),
    ],
)
def test_story_translation_problems(b: str, c: str, code: str) -> None:
    """A translated story names an original, not a translation, not itself, and has another language."""
    site = {MARA: profile(), "content/stories/a.md": story(), "content/stories/b.md": b}
    assert codes({**site, "content/stories/c.md": c} if c else site) == [code]


def test_duplicate_slugs_across_years() -> None:
    """A slug is an address: the same one in another year is a problem of the second file."""
    site = {MARA: profile(), "content/stories/2025/a.md": story(), "content/stories/2026/a.md": story()}
    _, problems = related(site)
    assert [(problem.path, problem.code) for problem in problems] == [("content/stories/2026/a.md", "duplicate-slug")]


def test_kinds_have_their_own_names() -> None:
    """A story, a topic and a person may have the same slug: their addresses differ."""
    assert codes({MARA: profile(), "content/stories/mara.md": story(), "content/topics/mara.md": topic()}) == []


# -- references ---------------------------------------------------------------------------------------


REFERENCES: dict[str, tuple[str, str, str]] = {
    "topics": (MARA, profile(topics="[heatt]"), "unknown-topic"),
    "deputy": (MARA, profile("absence: {deputy: marra}"), "unknown-expert"),
    "authors": ("content/stories/a.md", story(authors="[mara, marra]"), "unknown-expert"),
    "story topics": ("content/stories/a.md", story("topics: [heatt]"), "unknown-topic"),
    "broader": ("content/topics/a.md", topic("broader: heatt"), "unknown-topic"),
    "hook experts": (
        "content/hooks/a.md",
        "---\ntitle: a\ndate: 2026-01-01\nexperts: [{expert: marra}]\n---\n",
        "unknown-expert",
    ),
    "hook topics": ("content/hooks/a.md", "---\ntitle: a\ndate: 2026-01-01\ntopics: [heatt]\n---\n", "unknown-topic"),
    "event experts": (
        "content/events/a.md",
        "---\ntitle: a\nstart: 2026-01-01\nexperts: [marra]\n---\n",
        "unknown-expert",
    ),
    "hosts": (
        "content/events/a.md",
        "---\ntitle: a\nstart: 2026-01-01\nsessions: [{title: b, hosts: [marra]}]\n---\n",
        "unknown-expert",
    ),
    "session story": (
        "content/events/a.md",
        "---\ntitle: a\nstart: 2026-01-01\nsessions: [{title: b, story: c}]\n---\n",
        "unknown-story",
    ),
    "link": ("content/stories/a.md", story(body="[a](expert:marra)"), "unknown-expert"),
    "link in a hook": ("content/hooks/a.md", "---\ntitle: a\ndate: 2026-01-01\n---\n[a](topic:heatt)", "unknown-topic"),
    "link to a file": ("content/stories/a.md", story(body="[a](../../profiles/marra/profile.md)"), "unknown-expert"),
    "link to an event": ("content/stories/a.md", story(body="[a](/events/b/)"), "unknown-event"),
    "link to a page": ("content/stories/a.md", story(body="[a](/imprimt/)"), "link"),
    "link to nothing": ("content/stories/a.md", story(body="[a](/x/y/z/)"), "link"),
}


@pytest.mark.parametrize("case", REFERENCES)
def test_unknown_references(case: str) -> None:
    """Every reference is checked, in fields and in texts, and the nearest name is the hint."""
    path, text, code = REFERENCES[case]
    _, problems = related({MARA: profile(), path: text})
    assert [(problem.path, problem.code) for problem in problems] == [(path, code)]
    if problems[0].values.get("like"):
        assert problems[0].say()[1] in ("did you mean mara?", "did you mean heat?")


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/en/",
        "/imprint/",
        "/en/imprint/",
        "page:imprint",
        "/experts/",
        "/en/topics/",
        "/search/",
        "expert:mara",
        "/images/logo.png",
        "topic:heat#top",
    ],
)
def test_links_to_what_is_there(link: str) -> None:
    """Pages, lists, the home page and files of the site are fine, in any language."""
    assert codes({MARA: profile(body=f"[a]({link})")}, {"content/images/logo.png": PNG}) == []


def test_translated_story_is_known_by_each_slug() -> None:
    """A link may name any version of a story."""
    site = {
        MARA: profile(body="[a](story:b)"),
        "content/stories/a.md": story(),
        "content/stories/b.md": story("lang: en\ntranslation_of: a"),
    }
    assert codes(site) == []


def test_aliases() -> None:
    """An earlier name leads on, but nobody may go on using it; it belongs to one record."""
    site: dict[str, str] = {MARA: profile("aliases: [mara-schmidt]")}
    assert codes(site) == []
    _, problems = related({**site, "content/stories/a.md": story(authors="[mara-schmidt]")})
    assert [problem.say() for problem in problems] == [("mara-schmidt is an earlier name", "write mara")]
    assert codes({**site, "profiles/mara-schmidt/profile.md": profile()}) == ["alias"]
    assert codes({**site, "profiles/kim/profile.md": profile("aliases: [mara-schmidt]")}) == ["alias"]
    assert codes({MARA: profile("aliases: [mara]")}) == ["alias"]


@pytest.mark.parametrize("length", [1, 2, 5])
def test_topic_circles(length: int) -> None:
    """A topic above itself is told in each file of the circle, and to nobody below it."""
    circle = {f"content/topics/t{n}.md": topic(f"broader: t{(n + 1) % length}") for n in range(length)}
    site = {**circle, "content/topics/below.md": topic("broader: t0")}
    _, problems = related(site)
    assert sorted(problem.path for problem in problems) == sorted(circle)
    assert {problem.code for problem in problems} == {"topic-circle"}


# -- files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("portrait.jpg", JPG),
        ("portrait.JPEG", JPG),
        ("portrait.png", PNG),
        ("portrait.gif", b"GIF89a"),
        ("portrait.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("portrait.avif", b"\0\0\0\x1cftypavif\0\0\0\0"),
        ("Porträt 1.jpg", JPG),
        ("portrait.jpg", PNG),
    ],
)
def test_portraits(name: str, content: bytes) -> None:
    """Pictures that browsers show everywhere are fine."""
    assert codes({MARA: profile(PORTRAIT.replace("portrait.jpg", name))}, {f"profiles/mara/{name}": content}) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("portrait.jpg", b"%PDF-1.7 and more", "file-content"),
        ("portrait.jpg", b"", "file-empty"),
        ("portrait.png", b"<svg onload=alert(1)>", "file-content"),
        ("portrait.webp", b"RIFF\0\0\0\0WAVEfmt ", "file-content"),
        ("portrait.avif", b"\0\0\0\x18ftypheic", "file-heic"),
        ("IMG_1234.HEIC", b"\0\0\0\x18ftypheic", "file-heic"),
        ("portrait.svg", b"<svg>", "file-kind"),
        ("portrait", JPG, "file-kind"),
        ("portrait.jpg.exe", JPG, "file-kind"),
    ],
)
def test_wrong_portraits(name: str, content: bytes, code: str) -> None:
    """A picture is one of those that can be made for pages, whatever its name says; telephones' own formats and drawings that can run script are none."""
    assert codes({MARA: profile(PORTRAIT.replace("portrait.jpg", name))}, {f"profiles/mara/{name}": content}) == [code]


def test_missing_files() -> None:
    """A file that is not there is told with the nearest one that is, also if only its case differs."""
    assert codes({MARA: profile(PORTRAIT)}) == ["no-file"]
    _, problems = related(
        {MARA: profile(PORTRAIT)}, {"profiles/mara/Portrait.jpg": JPG, "profiles/kim/portrait.jpg": JPG}
    )
    assert problems[0].say()[1] == "did you mean Portrait.jpg?"
    assert codes({MARA: profile(body="[a](b.pdf)")}) == ["no-file"]
    assert codes({MARA: profile(body="![a](my%20b.png)")}, {"profiles/mara/my b.png": PNG}) == []


@pytest.mark.parametrize("name", ["thesis.docx", "script.js", "page.html", "drawing.svg", "x.exe"])
def test_files_that_are_not_published(name: str) -> None:
    """Only pictures and PDFs are published beside a text: HTML, SVG and script would run on the site."""
    assert codes({MARA: profile(body=f"[a]({name})")}, {f"profiles/mara/{name}": b"x"}) == ["file-kind"]


def test_pictures_of_stories() -> None:
    """The picture of each version of a story lies beside it."""
    site = {MARA: profile(), "content/stories/2026/a.md": story("image: {file: a.jpg, alt: b}")}
    assert codes(site) == ["no-file"]
    assert codes(site, {"content/stories/2026/a.jpg": JPG}) == []


@pytest.mark.parametrize("name", ["profile.md.txt", "profil.docx", "Profile.markdown", "profile.MD"])
def test_lost_profiles(name: str) -> None:
    """A profile under a name that nobody reads is told: its author waits for a page that never comes."""
    _, problems = related({}, {f"profiles/mara/{name}": b"x", "profiles/mara/profile.jpg": JPG})
    assert [(problem.path, problem.code) for problem in problems] == [(f"profiles/mara/{name}", "no-profile")]
    assert codes({MARA: profile()}, {f"profiles/mara/{name}": b"x"}) == []


def test_records_are_complete() -> None:
    """Hidden records are in the whole as well: who may be seen is decided in one place, later."""
    records: Any = good({MARA: profile("status: left"), "content/stories/a.md": story("status: draft")})
    assert set(records.experts) == {"mara"}
    assert set(records.stories) == {"a"}
    assert set(records.topics) == {"heat"}
