"""What people read about their mistakes: every message, on a whole site (sites/invalid/), in English and German."""

from __future__ import annotations

import functools
import re
import tempfile
from pathlib import Path

import pytest

from experts import build, settings, texts
from experts.problems import Problem, nearest, visible

ROOT = Path(__file__).resolve().parents[1]
INVALID = ROOT / "tests" / "sites" / "invalid"
CASES = sorted(path.name for path in INVALID.iterdir() if path.is_dir())
# A site for these would be a large file; tests/test_frontmatter.py makes one.
TOO_LARGE = ("between the two lines --- there are {size} characters", "at most {limit}; long texts belong below them")
TOO_LARGE += (
    "the text is too long: {size} kilobytes",
    "at most {limit} kilobytes",
    "between the two lines --- there are too many entries",
)


@functools.cache
def check(case: str) -> list[Problem]:
    """Return the problems of a case, whose site has German and English pages."""
    found = settings.load(str(ROOT), str(INVALID / case), DEFAULT_LANG="de", LANGUAGES=["de", "en"])
    with tempfile.TemporaryDirectory() as folder:
        return build.check(build.Request(found, folder + "/output", folder, "2026-11-23", 1)).problems


def told(problems: list[Problem], lang: str) -> str:
    """Return the lines that the command prints for problems."""
    translate = texts.problems_in(lang).gettext
    return "".join(problem.line_of_text(translate) + "\n" for problem in problems)


@pytest.mark.parametrize("case", CASES)
def test_invalid_site(case: str) -> None:
    """Each mistake is told with its place, what is wrong and what would be right, and without a second problem."""
    problems = check(case)
    assert told(problems, "en") == (INVALID / case / "expected.txt").read_text("utf-8")
    assert told(problems, "de") == (INVALID / case / "expected.de.txt").read_text("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_case_is_named_after_its_problem(case: str) -> None:
    """A folder's name begins with the code of the problem, so that the site for a message is found."""
    codes = {problem.code for problem in check(case)}
    assert any(case == code or case.startswith(code + "-") for code in codes)


@pytest.mark.parametrize("case", CASES)
def test_places_exist(case: str) -> None:
    """Every problem points into its file: a line that is there, a column of that line or right behind it."""
    for problem in check(case):
        if problem.line:
            lines = (INVALID / case / problem.path).read_bytes().decode("utf-8", "replace").split("\n")
            assert problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        else:
            assert problem.column == 0


def test_every_message_has_a_site() -> None:
    """Whatever the reading half can say is said by one of the sites, so that nobody reads a message that no one has tried."""
    from test_messages import TEXTS

    said = "".join((INVALID / case / "expected.txt").read_text("utf-8") for case in CASES)
    modules = [
        "addresses.py",
        "fields.py",
        "frontmatter.py",
        "markup.py",
        "reader.py",
        "schema.py",
        "relate.py",
        "decoding.py",
        "pages_reader.py",
    ]
    silent = []
    for text, place in TEXTS.items():
        if place.split(":")[0] in modules and text not in TOO_LARGE:
            words = [re.escape(part) for part in re.split(r"\{\w+\}", text.replace("{{", "\0").replace("}}", "\1"))]
            form = ".*".join(words).replace("\0", r"\{").replace("\1", r"\}")
            if not re.search(form, said):
                silent.append(f"{place}: {text}")
    assert silent == []


def test_control_characters_are_visible() -> None:
    """What is printed cannot move a terminal's cursor or reverse the writing direction."""
    line = Problem("a\x1b[2J.md", 1, 1, "x", "{value} is wrong", "", {"value": "\x1b]0;\u202eevil\x07"}).line_of_text()
    assert line.isprintable()


def test_long_values_are_cut() -> None:
    """A message stays readable when a whole biography stands where a word should; lists of what is known stay whole."""
    assert len(visible("x" * 5000)) == 200
    message, _ = Problem("a", 1, 1, "x", "{known}", "", {"known": "word, " * 100}).say()
    assert message == "word, " * 100


def test_nearest() -> None:
    """The hint is the most similar word, and nothing if none is similar."""
    assert nearest("heat-pump", ["heat-pumps", "buildings"]) == "heat-pumps"
    assert nearest("quux", ["heat-pumps", "buildings"]) == ""
    assert nearest("x" * 100_000, ["x"]) == ""


def test_as_dict() -> None:
    """The JSON form has the same facts, for editors and forges."""
    problem = Problem("a.md", 3, 7, "date", "{value} is not a date", "like this", {"value": "x"})
    assert problem.as_dict() == {
        "path": "a.md",
        "line": 3,
        "column": 7,
        "code": "date",
        "message": "x is not a date",
        "hint": "like this",
    }
