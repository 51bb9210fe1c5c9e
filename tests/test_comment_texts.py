"""Whatever people write, a comment shows it as a text: no link, no markup, nobody called. Read by real Markdown programs."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from experts.forge import Forge
from experts.review.comment import MOST, Material, Speech, comment
from experts.review.differences import GONE, KEPT, NEW, Line, Part, lines, words
from experts.review.escaping import JOINER, MARKER, cleaned, is_address, link, plain
from experts.review.pages import ADDED, CHANGED, REMOVED, Concerned, Page
from experts.review.posting import safe
from experts.review.reports import Checks, Completeness, Finding, Gate
from experts.review.versions import Version
from experts.review.visible import seen

FORGE = Forge("https://forge.example/nord/experts", "github", "main", "", "https://forge.example/api")
PREVIEW = "https://preview.example/7/"
ALLOWED = ("https://forge.example/nord/experts/blob/", PREVIEW)

# Signs that mean something to a forge, whole tricks, and any other text.
SIGNS = [*"@#!$%^&*_~`<>[](){}|\\/:+-=.'\" \n\t0123abWw", *map(chr, (0x202E, 0x2060, 0xAD, 0xD800, 0, 0xFB00, 0xE9))]
TRICKS = [
    "@mallory", "@nord/team", "&#64;mallory", "#12", "nord/other#3", "GH-7", "!5", "~bug", "%\"9.1\"", "$$x$$", "$`x`$",
    "https://evil.example", "www.evil.example", "mailto:m@evil.example", "m@evil.example", "xmpp:m@evil.example",
    "[x](https://evil.example)", "![x](https://evil.example/x.png)", "<img src=x>", "<a href=https://evil.example>x</a>",
    "<https://evil.example>", "<!-- x -->", "<details>", "</summary>", "<ins>", "```\nx\n```", "    code", "# x", "- x", "1. x",
    "> x", "---", "===", "| a | b |\n|---|---|", "[x]: https://evil.example", "[^1]", "/close", "/merge", ":tada:", "{{ x }}",
    "deadbeefcafe", "\\", "\\@mallory", MARKER, "[x](https://preview.example/7/../../evil)", "\r/close", "&commat;mallory",
    "!", "![", "](", "javascript:alert(1)", "https://forge.example/nord/experts/issues/1", "HTTP://EVIL.example",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(SIGNS), st.sampled_from(TRICKS), st.text(max_size=8)), max_size=12).map(
    "".join
)

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
CMARK = shutil.which("cmark-gfm")
# What forges look for in the text that Markdown has become; an account's or a discussion's name begins a word.
CALLS = re.compile(
    r"@[A-Za-z0-9_]|(?<![\w&])[#!$%~][0-9A-Za-z\"]|GH-\d|(?:https?|ftp)://|(?<!\w)www\.|\b(?=\d*[a-f])[0-9a-f]{7,40}\b",
    re.IGNORECASE | re.MULTILINE,
)


class Reader(HTMLParser):
    """The elements, addresses and texts of rendered Markdown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.comments: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"href"}, attrs

    def handle_data(self, data: str) -> None:
        """Take a text; where an element divides it, no forge sees one word."""
        self.text += data + "\0"

    def handle_comment(self, data: str) -> None:
        """Take a comment."""
        self.comments.append(data)


def rendered(markdown: str) -> Reader:
    """What a forge makes of it."""
    return Reader(MARKDOWN.render(markdown))


def harmless(markdown: str, *tags: str) -> Reader:
    """Check that rendered Markdown links and calls nothing that it may not, and consists of expected elements."""
    page = rendered(markdown)
    assert page.tags <= {
        "p",
        "ul",
        "li",
        "strong",
        "a",
        "h2",
        "h3",
        "h4",
        "del",
        "ins",
        "details",
        "summary",
        "hr",
        *tags,
    }
    assert all(address.startswith(ALLOWED) for address in page.addresses)
    assert not CALLS.search(page.text), page.text
    assert not any(re.match(r"\s*/", line) for line in markdown.splitlines())
    return page


@given(TEXTS)
@example("1. x")
@example("a\n\n    b")
def test_a_text_is_shown_as_it_is(text: str) -> None:
    """Every visible sign of a text is there, in its order, and nothing else is: no element, no link."""
    page = harmless("- " + cleaned("x " + plain(text, 10_000), ()))
    wanted = "".join(c for c in text if c.isprintable() and not c.isspace())
    shown = "".join(page.text.replace("\0", "").split()).replace(JOINER, "")
    assert page.tags == {"ul", "li"}
    if text.isprintable():
        assert shown == "x" + wanted.replace(JOINER, "")


@given(TEXTS)
def test_a_text_at_the_beginning_of_an_item_is_one_too(text: str) -> None:
    """A text that begins like a list, a heading or a rule is none."""
    assert rendered(cleaned("- " + plain(text), ())).tags == {"ul", "li"}


@given(TEXTS)
@settings(max_examples=300)
def test_cleaning_leaves_nothing_that_acts(text: str) -> None:
    """Markdown from anywhere can neither link to elsewhere, nor show pictures, nor call, nor command."""
    once = cleaned(f"{MARKER}\n{text}", ALLOWED)
    assert once.startswith(MARKER)
    page = harmless(once, "br", "em", "pre", "code")
    assert page.comments == [" our-experts:comment "]
    assert cleaned(once, ALLOWED) == once


@pytest.mark.skipif(not CMARK, reason="the reader that GitHub uses is not installed")
@given(st.lists(TEXTS, min_size=20, max_size=20))
@settings(max_examples=10)
def test_the_reader_of_github_sees_no_link_either(texts: list[str]) -> None:
    """GitHub's own Markdown makes links of bare addresses and strikes out; not here."""
    markdown = "\n".join(
        [cleaned("- " + plain(text), ()) for text in texts] + ["", *[cleaned(text, ()) for text in texts]]
    )
    options = [
        value for name in ("autolink", "strikethrough", "table", "tasklist", "footnotes") for value in ("-e", name)
    ]
    done = subprocess.run(
        [CMARK or "", "--unsafe", *options[:-2]], input=markdown.encode(), capture_output=True, check=True
    )
    page = Reader(done.stdout.decode())
    assert page.addresses == []
    assert not page.tags & {"img", "table", "input", "script"}


@given(TEXTS)
def test_no_address_leads_elsewhere(address: str) -> None:
    """An address is linked only if it is plain; of a trick, the label is left."""
    for text in (address, "https://" + address, PREVIEW + address):
        markdown = link("label", text)
        assert (markdown != "label") == is_address(text)
        if markdown != "label":
            assert rendered(markdown).addresses == [text.replace("\\", "%5C")]


LINES = st.lists(st.tuples(st.sampled_from([KEPT, GONE, NEW]), TEXTS).map(lambda pair: Part(*pair)), max_size=3).map(
    tuple
)
VERSIONS = st.builds(
    Version,
    st.sampled_from(["de", "en"]),
    TEXTS,
    st.lists(LINES, max_size=3).map(tuple),
    st.lists(st.tuples(st.sampled_from([KEPT, GONE, NEW]), TEXTS), max_size=2).map(tuple),
    st.lists(st.tuples(st.sampled_from([GONE, NEW]), TEXTS, TEXTS), max_size=2).map(tuple),
)
PAGES = st.lists(
    st.builds(
        Page,
        TEXTS,
        TEXTS,
        st.sampled_from([ADDED, CHANGED, REMOVED]),
        st.booleans(),
        st.lists(VERSIONS, min_size=1, max_size=2).map(tuple),
    ),
    max_size=3,
)
FINDINGS = st.lists(st.builds(Finding, TEXTS, st.integers(0, 99), TEXTS, TEXTS, TEXTS), max_size=3).map(tuple)
MATERIALS = st.builds(
    Material,
    st.builds(
        Checks,
        FINDINGS,
        FINDINGS,
        st.lists(st.builds(Completeness, TEXTS, TEXTS, st.integers(0, 100), st.tuples(TEXTS)), max_size=2).map(tuple),
    ),
    st.builds(Gate, st.sampled_from(["", "merge", "review"]), st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)),
    st.lists(TEXTS.map(plain), max_size=2),
    st.builds(Concerned, PAGES, PAGES, PAGES, PAGES, st.integers(0, 3), st.just({"feeds": 1})),
    st.just(frozenset({"profiles/a/profile.md"})),
    st.just(lambda path: path == ""),
    st.sampled_from(["", "0" * 40]),
    st.sampled_from(["", PREVIEW]),
)


def said(material: Material) -> str:
    """The comment in English."""
    return comment(material, Speech(str, lambda one, many, n: one if n == 1 else many, FORGE))


@given(MATERIALS)
@settings(max_examples=60)
def test_a_whole_comment_is_harmless(material: Material) -> None:
    """Whatever is told, the comment links, calls and shows nothing else, the marker is first, and sending leaves it as it is."""
    text = said(material)
    assert text.startswith(MARKER + "\n")
    assert len(text) <= MOST
    page = harmless(text)
    assert page.comments == [" our-experts:comment "]
    assert safe(text, ALLOWED) == text


def test_the_largest_comment_fits() -> None:
    """As many of everything as there may be, all of it longer when escaped: still one comment, and told how much is missing."""
    long = "<" * 5000
    finding = Finding(long, 3, long, long, long)
    version = Version(
        "de", long, tuple([(Part(GONE, long), Part(NEW, long + str(n))) for n in range(50)]), ((NEW, long),) * 9, ()
    )
    pages = [Page("experts/x/", long, CHANGED, True, (version, version)) for _ in range(200)]
    checks = Checks((finding,) * 200, (finding,) * 200, (Completeness("a", long, 10, (long,) * 30),) * 100)
    concerned = Concerned(pages, pages, pages, pages, 500, {"feeds": 9})
    changed = frozenset({"profiles/a/profile.md", long})
    text = said(
        Material(
            checks,
            Gate("review", ((long, long),) * 99),
            ["&lt;" * 900] * 99,
            concerned,
            changed,
            lambda _: True,
            "0" * 40,
            PREVIEW,
        )
    )
    assert len(text) <= MOST
    assert "more" in text


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_lines_that_only_moved_do_not_differ(before: list[str], after: list[str]) -> None:
    """What is gone and what is new is told as often as it is so, nothing else."""
    found = lines(before, after)
    parts = [part for line in found for part in line]
    for sign in "abcd":
        many = after.count(sign) - before.count(sign)
        assert parts.count(Part(NEW, sign)) == max(many, 0)
        assert parts.count(Part(GONE, sign)) == max(-many, 0)
    assert all(part.kind != KEPT for part in parts)


@given(
    st.lists(st.sampled_from(["red", "blue", "tea"]), max_size=40),
    st.lists(st.sampled_from(["red", "blue", "tea"]), max_size=40),
)
def test_words_tell_both_texts(before: list[str], after: list[str]) -> None:
    """Whoever reads the kept and the struck words reads the text before; the kept and the underlined, the one after."""

    def read(line: Line, kind: str) -> str:
        return " ".join(part.text for part in line if part.kind in (KEPT, kind))

    line = words(" ".join(before), " ".join(after))
    if not any("…" in part.text for part in line):
        assert read(line, GONE) == " ".join(before)
        assert read(line, NEW) == " ".join(after)


def test_long_texts_are_compared_in_no_time() -> None:
    """Texts made to be compared slowly are told as lists."""
    before, after = ["a", "b"] * 4000, ["b", "a", "a"] * 3000
    assert len(lines(before, after)) < 12_000
    line = words("x " * 30_000 + "y", "x " * 30_001 + "y")
    assert [part for part in line if part.kind == NEW] == [Part(NEW, "x")]


def test_what_is_read_of_a_page() -> None:
    """Lines as they are seen: blocks divide, inline elements do not; no scripts, no navigation; links that lead out, pictures."""
    page = seen(
        '<title>A &amp; B – Site</title><nav>x</nav><main id="c"><nav>Way</nav><h1>A&shy;b</h1><p>One <b>two</b>\n three<br>four</p>'
        '<dl><dt>Speaks</dt><dd>German</dd></dl><script>x</script><a href="/in">in</a> <a href="https://out.example/">out</a>'
        '<img src="/experts/a/portrait-640-0123456789.jpg" alt="Face > face"></main>'
    )
    assert page is not None
    assert (page.title, page.name) == ("A & B – Site", "Ab")
    assert page.lines == ("Ab", "One two three", "four", "Speaks: German", "in out")
    assert page.links == (("out", "https://out.example/"),)
    assert page.pictures == (("Face > face", "0123456789", "/experts/a/portrait-640-0123456789.jpg"),)
    assert seen('<meta http-equiv="refresh" content="0; url=/x/"><main><h1>Moved</h1></main>') is None
