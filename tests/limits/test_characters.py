"""Characters that are not what they seem: refused where nobody needs them, told where somebody may."""

from __future__ import annotations

import pytest

from experts import frontmatter, markup
from experts.checks import deceptions
from experts.checks.remarks import remarks

PATH = "profiles/mara/profile.md"
HEAD = "---\nname: {}\nheadline: Explains heat pumps\ntopics: [heat]\n---\n{}\n"


def codes(name: str, body: str = "Text.") -> list[str]:
    """Return the codes of what is wrong with a file's characters."""
    document, problems = frontmatter.parse(PATH, HEAD.format(name, body).encode("utf-8", "surrogatepass"))
    if document is not None and not problems:
        problems = markup.convert(PATH, document.body, "en", 5)[1]
    return [problem.code for problem in problems]


def hinted(name: str, body: str = "Text.") -> list[str]:
    """Return the codes of the hints about a file's characters."""
    document, problems = frontmatter.parse(PATH, HEAD.format(name, body).encode())
    assert document is not None, problems
    return [problem.code for problem in deceptions.hints(document)]


@pytest.mark.parametrize(
    "letter",
    ["\0", "\x1b", "\x7f", "\x9b", "\ufdd0", "\uffff", "\U0001ffff", "\ufffb", "\u202d", "\u202e", "\U000e0041"],
    ids=ascii,
)
def test_nobody_needs(letter: str) -> None:
    """Controls, overrides of direction, hidden tags and what is no character are refused, in fields and in texts."""
    (problem,) = codes(f"Ma{letter}ra")
    assert problem in ("control-character", "encoding")
    (problem,) = codes("Mara", f"Te{letter}xt")
    assert problem in ("control-character", "encoding")


@pytest.mark.parametrize(
    "escape", ["\\0", "\\e", "\\x1b", "\\u202e", "\\u202a", "\\uffff", "\\U000e0041", "\\U0001fffe"]
)
def test_escapes(escape: str) -> None:
    """What may not stand in a file cannot be written as an escape either."""
    assert codes(f'"Ma{escape}ra"') == ["control-character"]


def test_false_line_ends() -> None:
    """What JavaScript, vCards and calendars take for the end of a line does not get into a field."""
    for written in ('"Mara\\L\\P\\N Lind"', "Mara\u2028\u2029\x85 Lind"):
        document, _ = frontmatter.parse(PATH, HEAD.format(written, "").encode())
        assert document is not None
        name = document.head.items["name"]
        assert isinstance(name, frontmatter.Scalar)
        assert name.text.split() == ["Mara", "Lind"]
        assert not set(name.text) & set("\u2028\u2029\x85")


@pytest.mark.parametrize(
    "body", ["a &#x202e;b", "a &#8238; b", '[a](b.pdf "&#x202E;")', "<b title='&#x202e;'>c</b>", "&#xfffe;"]
)
def test_html_names_them(body: str) -> None:
    """What may not stand in a text cannot be named as HTML does either."""
    assert codes("Mara", body) == ["control-character"]


@pytest.mark.parametrize(
    "name",
    [
        "مارا ليندقفيست",
        "\u200fמארה\u200f Lindqvist",
        "\u2067مارا\u2069 (Mara)",
        "می\u200cخواهم",
        "क्\u200dष",
        "Nguyễn Thị Ánh",
        "Nguye\u0302\u0303n",
        "👩🏽\u200d🔬 Mara",
        "Mara 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100 山田 Taro",
        "Σοφία Müller-Παπαδοπούλου",
        "Анна Lindqvist",
        "山田Taro",
        "O'Brien–Ñandú",
    ],
)
def test_honest_names(name: str) -> None:
    """Names of all scripts, with the marks of direction and the joiners that they need, are neither refused nor suspected."""
    assert codes(name, f"{name} builds heat pumps, says {name}.") == []
    assert hinted(name, f"{name} builds heat pumps, says {name}.") == []


def test_many_marks() -> None:
    """A letter under a pile of marks is refused; the marks of Hebrew and Thai, and those of phonetics, are not."""
    assert codes("M" + "\u0301\u0316" * 4 + "ara") == ["combining-marks"]
    assert codes("Mara", "T" + "\u0489" * 100) == ["combining-marks"]
    assert codes("Mara", "בְּרֵאשִׁ֖ית ที่นี่ e\u0303\u0301\u0330\u031d") == []


@pytest.mark.parametrize(
    "name", ["Ma\u200bra", "Ma\ufeffra", "Ma\u200dra", "Mara\ue000", "Mara\u3164", "Ma\u2060ra"], ids=ascii
)
def test_hidden(name: str) -> None:
    """A character without width within a name is told, with its number."""
    assert codes(name) == []
    assert hinted(name) == ["hidden-character"]
    assert hinted("Mara", f"Says {name}.") == ["hidden-character"]


@pytest.mark.parametrize("name", ["M\u0430ra", "Lindqvist\u0430", "\u041cara", "Jan\u03bf", "p\u0430ypal"], ids=ascii)
def test_lookalikes(name: str) -> None:
    """A Cyrillic or Greek letter within a Latin word that looks like a Latin one is told."""
    assert codes(name) == []
    assert hinted(name) == ["mixed-scripts"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[https://bank.example](https://evil.example/x)", "link-host"),
        ("[bank.example/login](https://evil.example)", "link-host"),
        ("**[www.bank.example](https://bank.example.evil.example)**", "link-host"),
        ("[Bank](https://xn--80ak6aa92e.com/)", "mixed-scripts"),
        ("<https://\u0430\u0440\u0440\u0456\u0435.com/>", "mixed-scripts"),
        ("[bank.example](https://www.bank.example/login)", ""),
        ("[example.com](https://example.com:8443/x)", ""),
        ("[z.B. Wärme](https://evil.example)", ""),
        ("[пример.рф](https://xn--e1afmkfd.xn--p1ai/)", ""),
        ("[München](https://xn--mnchen-3ya.de/)", ""),
        ("[Our page](https://[half)", ""),
    ],
)  # fmt: skip
def test_links(body: str, code: str) -> None:
    """A link that shows one host and leads to another, and a host in letters that look like others, are told."""
    assert hinted("Mara", body) == ([code] if code else [])


def test_encodings() -> None:
    """Each old encoding is told as such, with line and column; a byte order mark of UTF-8 is no mistake."""
    text = HEAD.format("Jürgen", "Wärme")
    for encoding, place in (
        ("latin-1", (2, 8)),
        ("cp1252", (2, 8)),
        ("utf-16", (1, 1)),
        ("utf-16-le", (1, 1)),
        ("utf-32", (1, 1)),
    ):
        _, (problem,) = frontmatter.parse(PATH, text.encode(encoding))
        assert (problem.code, problem.line, problem.column) == ("encoding", *place), encoding
    mixed = text.encode() + "Köln".encode("latin-1")
    _, (problem,) = frontmatter.parse(PATH, mixed)
    assert (problem.code, problem.line, problem.column) == ("encoding", 7, 2)
    assert frontmatter.parse(PATH, text.encode("utf-8-sig"))[1] == []
    assert frontmatter.parse(PATH, text.replace("\n", "\r").encode())[1] == []


def test_hints_are_bounded() -> None:
    """A text of thousands of odd characters and links is told of ten."""
    body = "[https://bank.example](https://evil.example/x) M\u0430ra\u200b\n\n" * 1000
    found = remarks(PATH, HEAD.format("Mara", body).encode(), ("en",)).hints
    assert len([hint for hint in found if hint.code in ("link-host", "mixed-scripts", "hidden-character")]) == 10
