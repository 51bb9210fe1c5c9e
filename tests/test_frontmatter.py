"""Bytes to a Document: YAML 1.2 as it is written, places that exist, and nothing that can be abused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from experts import frontmatter
from experts.frontmatter import Document, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from experts.problems import Problem


def document(head: str, body: str = "Text.\n") -> Document:
    """Return the document of a front matter that must be right."""
    found, problems = frontmatter.parse("a.md", f"---\n{head}\n---\n{body}".encode())
    assert problems == []
    assert found is not None
    return found


def problem(head: str) -> Problem:
    """Return the one problem of a front matter."""
    _, problems = frontmatter.parse("a.md", f"---\n{head}\n---\nText.\n".encode())
    assert len(problems) == 1
    return problems[0]


def only(data: bytes) -> Problem:
    """Return the one problem of a file that cannot be read."""
    found, problems = frontmatter.parse("a.md", data)
    assert found is None
    assert len(problems) == 1
    return problems[0]


def scalar(value: str) -> Scalar:
    """Return the node of a value."""
    node = document(f"key: {value}").head.items["key"]
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "on",
        "off",
        "NO",
        "Yes",
        "y",
        "n",
        "012",
        "0o14",
        "0x1F",
        "12:30",
        "1_000",
        "1e3",
        ".inf",
        "2026-11-23",
        "=",
        "<<",
        "true",
        "false",
        "3.10",
        "+49",
    ],
)
def test_scalars_keep_their_text(text: str) -> None:
    """YAML 1.1 would read Norway as false and 12:30 as 750; here a value is what somebody wrote."""
    assert scalar(text).text == text
    assert scalar(text).plain
    assert not scalar(text).empty


@pytest.mark.parametrize("text", ["", "null", "Null", "NULL", "~", '""', "''", "' '"])
def test_absent_scalars(text: str) -> None:
    """Nothing, null and "" mean absent: an editor that clears a field leaves them behind."""
    assert scalar(text).empty


@pytest.mark.parametrize("text", ['"null"', "'~'", "nUll", "none"])
def test_words_are_not_absent(text: str) -> None:
    """Somebody whose name is Null has one."""
    assert not scalar(text).empty


@pytest.mark.parametrize("text", ["[]", "{}", "['']", "{a: ''}", "[[], {}]", "[null]"])
def test_absent_collections(text: str) -> None:
    """[] and {} mean absent too, and so do collections of nothing but absent values."""
    assert document(f"key: {text}").head.items["key"].empty


def test_nodes_know_their_places() -> None:
    """Lines and columns count from 1 in the file, the --- included, in characters and not in bytes."""
    head = document("name: Mara\nähm: [ä, b]\nlinks:\n  x: y").head
    assert (head.line, head.column) == (2, 1)
    assert head.keys == {"name": (2, 1), "ähm": (3, 1), "links": (4, 1)}
    items = head.items["ähm"]
    assert isinstance(items, Sequence)
    assert [(item.line, item.column) for item in items.items] == [(3, 7), (3, 10)]
    links = head.items["links"]
    assert isinstance(links, Mapping)
    assert (links.items["x"].line, links.items["x"].column) == (5, 6)


def test_folded_and_literal_texts() -> None:
    """Long texts may be folded as the web editor does it."""
    assert document("a: >-\n  one\n  two\nb: |\n  one\n  two").head.items["a"].text == "one two"  # type: ignore[union-attr]


def test_body_and_its_line() -> None:
    """The body is all that follows, untouched; its line leads problems in it to the right place."""
    found = document("name: Mara", "\n# {{ x }} {% y %}\n---\nend")
    assert found.body == "\n# {{ x }} {% y %}\n---\nend"
    assert found.body_line == 4


@pytest.mark.parametrize("data", [b"---\n---\n", b"---\n---", b"--- \n\n# nothing\n---\t\n", b"---\nnull\n---\n"])
def test_empty_front_matter(data: bytes) -> None:
    """A front matter without fields is one: what is missing is told by who needs it."""
    found, problems = frontmatter.parse("a.md", data)
    assert problems == []
    assert found is not None
    assert found.head.items == {}
    assert found.body == ""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_of_windows(end: str, bom: bytes) -> None:
    """CRLF and a byte order mark change nothing, so that any editor will do."""
    data = bom + "---\nname: Mara\nrole: Head\n---\none\ntwo\n".replace("\n", end).encode()
    found, problems = frontmatter.parse("a.md", data)
    assert problems == []
    assert found == frontmatter.parse("a.md", b"---\nname: Mara\nrole: Head\n---\none\ntwo\n")[0]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_line_separators_of_word_processors(mark: str) -> None:
    """Separators that YAML 1.1 takes for line ends, and that copied text holds, are spaces."""
    found = document(f"headline: one{mark}two\nrole: x")
    assert found.head.items["headline"] == Scalar("one two", True, 2, 11)
    assert found.head.keys["role"] == (3, 1)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("---\nname: Jörg\n---\n".encode("latin-1"), 2, 8),
        ("---\nname: Jörg\n---\n".encode("utf-16"), 1, 1),
        (b"---\nname: x\n---\n\xc3", 4, 1),
        (b"---\rname: J\xc3\xb6rg \xff\r---\r", 2, 12),
        (b"\xef\xbb\xbf\xff", 1, 1),
        (b"\xef\xbb\xbf---\nab\xff", 2, 3),
        (b"---\nname: \xed\xa0\x80\n---\n", 2, 7),
    ],
)
def test_wrong_encoding(data: bytes, line: int, column: int) -> None:
    """Another encoding than UTF-8 is told with the place of the first wrong byte, not guessed."""
    found = only(data)
    assert (found.code, found.line, found.column) == ("encoding", line, column)


@pytest.mark.parametrize("character", ["\0", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x9f", "\ufffe"])
@pytest.mark.parametrize("place", ["head", "body"])
def test_control_characters(character: str, place: str) -> None:
    """NUL and its friends break HTML, feeds and terminals, also in the body."""
    text = f"---\nname: ab{character}\n---\n" if place == "head" else f"---\nname: x\n---\nab{character}\n"
    found = only(text.encode())
    assert found.code == "control-character"
    assert (found.line, found.column) == ((2, 9) if place == "head" else (4, 3))
    assert found.line_of_text().isprintable()


def test_duplicate_key() -> None:
    """The same key twice is told at the second place; the document stays usable."""
    found, problems = frontmatter.parse("a.md", b"---\na: 1\nb:\n  c: 1\n  c: 2\na: 2\n---\n")
    assert [(one.code, one.line, one.column) for one in problems] == [("duplicate-key", 5, 3), ("duplicate-key", 6, 1)]
    assert found is not None
    assert found.head.items["a"] == Scalar("1", True, 2, 4)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("a: &x 1\nb: *x", "anchor"),
        ("a: &x [1]", "anchor"),
        ("a: &x {b: 1}", "anchor"),
        ("a: *x", "anchor"),
        ("a: !!python/object:os.system 1", "tag"),
        ("a: !x [1]", "tag"),
        ("a: !!map {b: 1}", "tag"),
        ("&x a: 1", "anchor"),
        ("? [a]\n: b", "key"),
        ("? {a: b}\n: c", "key"),
        ("- a\n- b", "fields"),
        ("just words", "fields"),
        ("a: b\n... \nc: d", "yaml"),
        ("a: b\n...\n--- d", "documents"),
        ("a: [[[[[[]]]]]]", "depth"),
    ],
)
def test_refused(head: str, code: str) -> None:
    """YAML that can surprise, expand or run something is refused where it stands."""
    assert problem(head).code == code


def test_billion_laughs() -> None:
    """A bomb of aliases is refused at its first line."""
    bomb = 'a: &a ["lol"]\n' + "\n".join(f"{b}: &{b} [*{a},*{a},*{a}]" for a, b in zip("abcdef", "bcdefg", strict=True))
    assert problem(bomb).line == 2


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_bomb(opening: str) -> None:
    """Thousands of levels are a problem, not a crash."""
    assert problem("a: " + opening * 12_000 if opening != "- " else "a:\n" + "- " * 20_000).code in ("depth", "yaml")


def test_sizes() -> None:
    """Files, front matters and numbers of entries are bounded, so that reading is."""
    assert only(b"x" * (frontmatter.MAX_FILE + 1)).code == "file-size"
    assert problem("a: " + "x " * frontmatter.MAX_HEAD).code == "front-matter-size"
    assert problem("a: [" + "1," * frontmatter.MAX_NODES + "]").code == "entries"


@pytest.mark.parametrize(
    ("head", "line", "column", "words"),
    [
        ("a: 1\nb\nc: 2", 3, 1, "no colon"),
        ("a: 1\n b: 2", 3, 2, "indented too far"),
        ("a: b: c", 2, 5, "text with a colon stands"),
        ("a: Wer fragt: Mara", 2, 13, "text with a colon stands"),
        ("a:\n\tb: 1", 3, 1, "tab"),
        ("a:\n  - b\n\t- c", 4, 1, "tab"),
        ('a: "b\nc: d', 2, 4, "quotation mark is not closed"),
        ('a: "b\nc: d\ne: "f"', 2, 4, "quotation mark is not closed"),
        ("a: 'b\nc: d", 2, 4, "quotation mark is not closed"),
        ('a: "b" c', 2, 8, "closing quotation mark"),
        ("a: 'it's'", 2, 8, "closing quotation mark"),
        ("a: [b, c\nd: e", 2, 4, "not closed"),
        ("a: [b] c", 2, 8, "closing bracket"),
        ("a: *b* c", 2, 6, "character"),
        ("a: @b", 2, 4, "character"),
        ("a: `b`", 2, 4, "character"),
        ("a: %b", 2, 4, "character"),
        ("a: - b", 2, 4, "character"),
        ("a: {% b %}", 2, 5, "character"),
        (r'a: "C:\Users"', 2, 9, "backslash"),
        ("a: > b", 2, 6, "next line"),
        ("a:\n- b\n-c", 4, 1, "space is missing"),
        ("a:\n  - b\n - c", 4, 2, "not indented like"),
        ("  a: b\nc: d", 3, 1, "not indented like"),
        ("%YAML 1.1\na: b", 3, 1, "as if other fields began here"),
    ],
)
def test_usual_mistakes(head: str, line: int, column: int, words: str) -> None:
    """What people mistype is told in words of this form, at the place of the mistake."""
    found = problem(head)
    assert (found.code, found.line, found.column) == ("yaml", line, column)
    assert words in found.message


def test_open_front_matter() -> None:
    """Without a closing line, nothing is guessed."""
    assert only(b"---\nname: Mara\n\nText.").code == "open-front-matter"
    assert only(b"Text.").code == only(b"").code == only(b"\n---\na: b\n---\n").code == "no-front-matter"


YAML_LIKE = st.text(st.sampled_from("ab:-#&*!|>'\"%@`[]{},?\\ \t\n~ä\u2028\ufeff.0"), max_size=60)


def inside(problems: list[Problem], data: bytes) -> bool:
    """Whether all problems have a place in the file, or none at all."""
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return all(
        (p.line == p.column == 0)
        or (1 <= p.line <= len(lines) and 1 <= p.column <= max(len(lines[p.line - 1].encode()), 1) + 1)
        for p in problems
    )


@given(st.binary(max_size=200))
@example(b"\0\r\x80")
def test_any_bytes(data: bytes) -> None:
    """Whatever a file holds, reading it gives a document or problems that have a place in it, never an exception."""
    found, problems = frontmatter.parse("a.md", data)
    assert (found is None) <= bool(problems)
    assert inside(problems, data)


@settings(max_examples=400)
@given(YAML_LIKE, st.sampled_from(["\n", "\r\n"]))
@example("a: 'b\n", "\n")
@example("a: |\n", "\n")
@example("? a", "\n")
def test_anything_like_yaml(head: str, end: str) -> None:
    """The same for text full of YAML's own characters, and what can be read has its places too."""
    data = f"---\n{head}\n---\nText.\n".replace("\n", end).encode()
    found, problems = frontmatter.parse("a.md", data)
    assert (found is None) <= bool(problems)
    assert inside(problems, data)
    for one in problems:
        one.line_of_text()


@given(
    st.dictionaries(
        st.text("abcxyz-", min_size=1, max_size=8),
        st.text(
            st.characters(
                codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"
            ),
            max_size=60,
        ),
        max_size=6,
    )
)
def test_quoted_texts_come_back(values: dict[str, str]) -> None:
    """A text in quotes is read as it was written, whatever it holds."""
    head = "\n".join(f"'{key}': '{value.replace(chr(39), chr(39) * 2)}'" for key, value in values.items())
    assert {key: node.text for key, node in document(head).head.items.items()} == values  # type: ignore[union-attr]
