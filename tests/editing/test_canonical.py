"""The form of files: what the web editor writes, byte for byte, and the same record as before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from editing_documents import BODIES, HEADS, files
from factory import ROOT
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from experts import frontmatter, reader, source
from experts.editing import canonical
from experts.editing.tidying import tidy_form
from experts.places import kind_of

if TYPE_CHECKING:
    from conftest import Editor

PROFILE = "profiles/mara/profile.md"
NEEDED = "name: Mara\nheadline: Erklärt Wärmepumpen\ntopics:\n  - heat\n"
# What the editor itself does not read as it writes it: folded paragraphs with spaces, a text that is a time in UTC, --- at the end.
DAMAGED = re.compile(r"[:-] >[-+]?2?$|[:-] \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$|---\n---$", re.MULTILINE)
LANGUAGES = ("de", "en")


def formatted(text: str, path: str = PROFILE) -> str:
    """Return a file's text in its form."""
    return canonical.formatted(path, text.encode()).decode()


def field(line: str, path: str = PROFILE) -> str:
    """Return how a field of a profile is written."""
    return formatted(f"---\n{line}\n---\n", path).removeprefix("---\n").removesuffix("\n---\n")


@pytest.mark.slow
@given(HEADS, BODIES)
@example({"a": {"b": [["  a" + "ä" * 61 + "b c"]]}}, "")
@example({"a": "x" * 90 + " \n   "}, "")
@example({"a": ": " + "x" * 50 + " \n" + "y z " * 40}, "")
@example({"a": "# " + "\x07 \n " * 40}, "")
@settings(max_examples=600)
def test_values_are_written_as_the_editor_writes_them(editor: Editor, head: dict[str, Any], body: str) -> None:
    """Texts, numbers, lists and groups get the bytes of the web editor's own code: quotes, blocks, folds and escapes."""
    if body.strip():
        assume(not body.startswith("---"))  # the editor would lose it; see the test of bodies
    expected = editor({**head, "body": body} if body else head, ())
    # It may break a long text without spaces in the middle of an emoji, and writes two damaged characters.
    assume(not any("\ud800" <= character <= "\udfff" for character in expected))
    assert canonical.written(head, body) == expected


@given(files())
@settings(max_examples=500)
def test_format_changes_no_record_and_is_done_once(file: tuple[str, bytes]) -> None:
    """Formatting changes nothing of what a file says, and formatting twice is formatting once."""
    path, data = file
    before = reader.read(path, data, LANGUAGES)
    assume(not before.problems)
    once, problems = tidy_form(path, data, LANGUAGES, drop_comments=True)
    if problems:  # the editor damages escaped control characters, and no-break spaces at the end
        assert [problem.code for problem in problems] == ["form"]
        assert b"\\" in data or b"\xc2\xa0" in data
        return
    after = reader.read(path, once, LANGUAGES)
    assert (after.record, after.html, after.problems) == (before.record, before.html, [])
    assert tidy_form(path, once, LANGUAGES) == (once, [])


@given(files())
@settings(max_examples=250)
def test_the_editor_saves_a_formatted_file_as_it_is(editor: Editor, file: tuple[str, bytes]) -> None:
    """Once a file has the form, opening and saving it in the web editor changes no byte."""
    path, data = file
    after, problems = tidy_form(path, data, LANGUAGES, drop_comments=True)
    assume(not problems)
    once = after.decode()
    assume(not DAMAGED.search(once))
    assert editor(once, canonical.TABLES[kind_of(path)[0]]) == once


def demo() -> list[str]:
    """Return the files of the demo that have a form."""
    found = source.scan(str(ROOT), ["profiles", "content"]).stamps
    return sorted(path for path in found if kind_of(path)[0] in canonical.TABLES)


def test_the_demo_has_the_form() -> None:
    """The files of this repository are in the editor's form, so that the first edit of one shows as what it is."""
    assert len(demo()) > 100
    assert [
        path for path in demo() if canonical.formatted(path, (ROOT / path).read_bytes()) != (ROOT / path).read_bytes()
    ] == []


def test_the_editor_saves_the_demo_as_it_is(editor: Editor) -> None:
    """The same, as the editor itself sees it."""
    texts = {path: (ROOT / path).read_text("utf-8") for path in demo()}
    assert [path for path, text in texts.items() if editor(text, canonical.TABLES[kind_of(path)[0]]) != text] == []


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("topics: [heat, pumps]", "topics:\n  - heat\n  - pumps"),
        ("contact: {email: a@example.com}", "contact:\n  email: a@example.com"),
        ("role: 'Head of #1: all'", 'role: "Head of #1: all"'),
        ('role: "needless"', "role: needless"),
        ("role: 007", 'role: "007"'),
        ("role: true", 'role: "true"'),
        ("role: yes", "role: yes"),
        ("role: 12:30", "role: 12:30"),
        ("confirmed: 2026-05-01", "confirmed: 2026-05-01"),
        ("confirmed: '2026-05-01'", "confirmed: 2026-05-01"),
        ("confirmed:", 'confirmed: ""'),
        ("topics:", "topics: []"),
        ("contact: ~", "contact: {}"),
        ("summary: >-\n  one\n  two", "summary: one two"),
        ("summary: |\n  one\n  two", "summary: |\n  one\n  two"),
        ("summary: |-\n  one\n  two", "summary: |-\n  one\n  two"),
        ("portrait: {focus: [50, 30]}", "portrait:\n  focus:\n    - 50\n    - 30"),
        ("portrait: {focus: ['50', 30%]}", 'portrait:\n  focus:\n    - "50"\n    - 30%'),
        ("status: draft\nname: Mara", "name: Mara\nstatus: draft"),
        ("consent: {until: 2027-01-01, given: 2026-01-01}", "consent:\n  until: 2027-01-01\n  given: 2026-01-01"),
    ],
)
def test_fields(written: str, form: str) -> None:
    """Lists and groups stand in lines, texts stay texts, and the fields come in the order of the form; inside of groups they stay."""
    assert field(written) == form


def test_times_in_utc_get_milliseconds() -> None:
    """The editor makes a point in time of a time in UTC and writes milliseconds; the reader takes both for the same."""
    event = "content/events/e.md"
    assert field("start: 2026-12-04T09:00:00Z", event) == "start: 2026-12-04T09:00:00.000Z"
    assert field("start: 2026-12-04T09:00:00+01:00", event) == "start: 2026-12-04T09:00:00+01:00"
    assert field("title: 2026-12-04T09:00:00Z", event) == "title: 2026-12-04T09:00:00Z"


BODIES_AND_FORMS = {
    "Text": "Text\n",
    "\n\nText \n\n": "Text \n\n",
    "    code\n": "    code\n",
    "\n \n": "",
    "---\nText\n": "\n---\nText\n",
    "\n\n---\nText\n": "\n---\nText\n",
    "Text\r\nmore\r\n": "Text\nmore\n",
}


@pytest.mark.parametrize("body", BODIES_AND_FORMS)
def test_bodies(body: str) -> None:
    """The text below the fields stays as it is, but for empty lines at its beginning; a line there protects one of ---."""
    assert formatted(f"---\n{NEEDED}---\n{body}") == f"---\n{NEEDED}---\n{BODIES_AND_FORMS[body]}"


def test_the_editor_leaves_bodies_alone(editor: Editor) -> None:
    """A text that is not edited in the editor stays byte for byte, also one that begins with a line ---."""
    for form in BODIES_AND_FORMS.values():
        assert editor(f"---\n{NEEDED}---\n{form}", canonical.TABLES["expert"]) == f"---\n{NEEDED}---\n{form}"


def test_what_has_no_fields_stays() -> None:
    """An empty translation is an absent one; nothing is written into it."""
    for data in (b"", b"\n", b"---\n---\n", b"no fields"):
        assert canonical.formatted("profiles/mara/profile.en.md", data) == data


@given(st.binary(max_size=200))
def test_nothing_breaks_it(data: bytes) -> None:
    """Whatever a file holds, there is no exception, and what is no document stays."""
    after = canonical.formatted(PROFILE, b"---\n" + data)
    document, _ = frontmatter.parse(PROFILE, b"---\n" + data)
    assert document is not None or after == b"---\n" + data
