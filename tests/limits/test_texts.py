"""No text takes long to convert, whatever it holds: rules that would take long are replaced or count their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_markup import BITS

from experts import effort, markup
from experts.converter import complete
from experts.restraint import Restraint, inlines

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "profiles/mara-lindqvist/profile.md"
SIZE = 65_000
MORE = [
    "``",
    "````\n",
    "[",
    "](",
    "***",
    "_b*",
    "\n\n",
    "[^1]",
    "[b]: c 'd'\n",
    ": e\n",
    "a\n=\n",
    "|a|b|\n|-|-|\n",
    "<b",
    '"',
    "'",
    "hl_lines='1'",
]
TEXTS = st.lists(st.sampled_from([*BITS, *MORE]), max_size=60).map("".join)
PLAIN, RESTRAINED = complete(), complete(Restraint())

# What took Python-Markdown, or what comes after it, more than five seconds for 65 kB; most of it minutes, and some all memory.
ATTACKS = {
    "escapes": "\\*" * 32_000,
    "emphasis and quotation marks": "'*" * 32_000,
    "unclosed tags": ("<a " * 490 + "\n\n") * 44,
    "unclosed addresses": ("<http://a" * 400 + "\n\n") * 18,
    "unclosed brackets": ("[" * 490 + "\n\n") * 130,
    "titles that do not end": '[a](b "c" d) ' * 5_000,
    "backticks of several lengths": "``a`" * 16_000,
    "one footnote, often": "[^1] " * 13_000 + "\n\n[^1]: x",
    "a wide table with many rows": "|a" * 8_000 + "|\n" + "|-" * 8_000 + "|\n" + "|\n" * 16_000,
    "pipes and backticks": "a|b\n-|-\n" + "`|" * 32_000,
    "definitions": "a\n" + ": b\n" * 16_000,
    "underlined headings": "a\n=\n" * 16_000,
    "addresses with half a title": '[a]: b\n"x\n' * 7_000,
    "fences that nobody closes": "```a\n" * 13_000,
    "a fence and spaces": "```" + " " * SIZE + "x\n",
    "a fence with half an attribute": '```a hl_lines="\n' * 4_000,
    "formatting that is never closed": "".join([f"<b class=a{number}><p>" for number in range(4_000)]),
    "comments in formatting": "<b>" * 8_000 + "<!---->" * 5_000,
    "attributes of a heading": "# a {" * 13_000,
}  # fmt: skip


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Allow a tenth of the work, so that the tests take a tenth of the time."""
    monkeypatch.setattr(effort, "LIMIT", effort.LIMIT // 10)
    markup._converters.clear()
    yield
    markup._converters.clear()


@settings(max_examples=400)
@given(TEXTS)
@example("``a```a```a` b")
@example('[a](b "c" d) [e](f)')
@example("[^1] [^1] [^1][^2]\n\n[^1]: x\n[^2]: y")
@example("# a {.b}  \n\n# c { }\n\n# d {: #e }\n")
def test_restraint_changes_nothing(text: str) -> None:
    """A text that is converted at all is converted to the bytes that Python-Markdown alone makes of it."""
    before, inlines.SHORT = inlines.SHORT, 0
    try:
        assert RESTRAINED.reset().convert(text) == PLAIN.reset().convert(text)
    finally:
        inlines.SHORT = before


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize("name", ATTACKS)
def test_attack_ends(name: str) -> None:
    """A text that would take minutes is a problem, or takes no longer than others; the next text is not harmed."""
    found, problems = markup.convert(PATH, ATTACKS[name], "en", 10)
    assert [problem.code for problem in problems] in ([], ["body-effort"], ["body-depth"])
    assert found.html or problems
    assert len(found.html) < 40 * SIZE
    assert markup.convert(PATH, "*a*", "en", 10)[0].html == "<p><em>a</em></p>"


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize(
    "part",
    [
        '## Heading\n\nSome *text* with [a link](https://example.com/ "title"), `code`, **bold**, a note[^1] and it\'s "quoted".\n\n',
        "- [Title](https://example.com/), *Journal*, 2026\n",
        'word [Title](https://example.com/), *Journal* it\'s "x" `c` and more ordinary words, so that it reads like a text. ',
        '<p>Some <b>text</b> <a href="https://example.com/">link</a> &amp; more</p>\n',
        "| a | `x` | [l](https://e.com) |\n|---|---|---|\n",
        "Term\n: Definition\n\n",
        "> A quote.\n\n```python\nx = 1\n```\n\n",
        "A line without any marks.\n",
    ],
)
def test_honest_text(part: str) -> None:
    """What people write needs less than a tenth of what is allowed, at 65 kB, also all of it in one paragraph."""
    found, problems = markup.convert(PATH, part * (SIZE // len(part)) + "\n\n[^1]: x\n", "en", 10)
    assert problems == []
    assert found.html


@pytest.mark.usefixtures("strict")
def test_problem_names_its_part() -> None:
    """The problem stands where the part of the text begins that is too much, not at the text as a whole."""
    _, (problem,) = markup.convert(PATH, "A paragraph.\n\nAnd a *second* one.\n\n" + "b \\* " * 13_000, "en", 10)
    assert (problem.code, problem.line) == ("body-effort", 14)


def test_number_of_problems_is_bounded() -> None:
    """A text of thousands of mistakes does not become thousands of messages times the length of the text."""
    _, problems = markup.convert(PATH, "[a](../x) " * 6_000, "en", 10)
    assert len(problems) == 1000
