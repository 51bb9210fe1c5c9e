"""Many problems, or many files, take time and memory in proportion to what is useful to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from experts import reader, relate
from experts.checks.findings import Findings
from experts.checks.forms import gitlab, sarif
from experts.checks.report import MOST_OF_FORGE, report
from experts.problems import Problem
from experts.texts import problems_in

if TYPE_CHECKING:
    from factory import Site

PATH = "profiles/mara/profile.md"
HEAD = "---\nname: Mara\nheadline: Explains\ntopics: [heat]\n{}---\n{}"


@pytest.mark.parametrize(
    "data",
    [
        HEAD.format("languages:\n" + "- german\n" * 4000, ""),
        HEAD.format("", "[a](../x) " * 6000),
        HEAD.format("".join([f"k{number}: x\n" for number in range(2000)]), ""),
    ],
)
def test_one_file(data: str) -> None:
    """Of one file, the first hundred problems are told, and how many more there are."""
    problems = reader.read(PATH, data.encode(), ("de",)).problems
    assert len(problems) == reader.MOST + 1
    assert problems[-1].code == "more"
    assert problems[-1].values["n"] >= 900
    assert problems == sorted(problems, key=lambda problem: problem.line)


def test_comparing_ends() -> None:
    """What was meant is looked for until it would take long: the problems are told all the same."""
    likes = relate.Likes()
    known = [f"mara-{number}" for number in range(relate.MOST_COMPARED // 4)]
    assert likes.nearest("mara-1x", known).startswith("mara-1")
    likes.left = len(known) - 1
    assert likes.nearest("mara-1x", known) == ""


def test_links_of_one_text(site: Site) -> None:
    """A text of thousands of links that lead nowhere is told of a hundred."""
    links = "".join([f"[a](expert:q{number}) [b](p{number}.pdf)\n\n" for number in range(500)])
    site.profile("mara", links)
    lines = site.checkout.run(
        "check", "--site", str(site.folder), "--today", "2026-11-23", "--lang", "en"
    ).out.splitlines()
    told = [line for line in lines if line.startswith("profiles/mara/profile.md:")]
    assert len([line for line in told if "there is no profile q" in line]) == relate.MOST_OF_TEXT
    assert len([line for line in told if "there is no file p" in line]) == relate.MOST_OF_TEXT


def test_forges_are_given_what_they_take() -> None:
    """GitHub refuses a report of 25,000 results: of more than it shows, the first are given, problems before hints."""
    problems = [
        Problem(PATH, number, 1, "date", "{value} is not a date", "", {"value": number}) for number in range(4000)
    ]
    hints = [Problem(PATH, number, 1, "alt-name", "hint") for number in range(4000)]
    said = report(Findings(problems, hints, [], []), problems_in("en"), "en")
    results = sarif.content(said)["runs"][0]["results"]
    assert len(results) == len(gitlab.content(said)) == MOST_OF_FORGE
    assert [result["level"] for result in results].count("error") == 4000
