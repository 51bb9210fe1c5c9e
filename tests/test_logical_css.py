"""The style sheets know no left and right, so that a page in Arabic or Hebrew mirrors by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factory import ROOT

SHEETS = [*sorted((ROOT / "theme/static/css").glob("*.css")), ROOT / "theme/static/feed.css"]
SIDES = r"(?:left|right)"
PHYSICAL = [
    rf"(?<![\w-])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-{SIDES}(?:-\w+)?\s*:",
    r"(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\s*:",
    rf"(?<![\w-]){SIDES}\s*:",
    rf"(?<![\w-])(?:text-align|float|clear|caption-side)\s*:\s*{SIDES}\b",
    r"(?<![\w-])(?:translateX|translate\s*:)\(?\s*-?[1-9.]",
    r"(?<![\w-])(?:margin|padding|inset)\s*:\s*[\w.-]+ ([\w.-]+) [\w.-]+ (?!\1[\s;}])[\w.-]+\s*[;}]",
]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_is_logical(sheet: Path) -> None:
    """Margins, borders, places and alignments are named by inline and block; sides of a shorthand are alike."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert [match[0].strip() for form in PHYSICAL for match in re.finditer(form, css)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "a { margin-left: 1em; }",
        "a{left:0}",
        "a { float: right; }",
        "a { padding: 1px 2px 3px 4px; }",
        "a { border-top-left-radius: 0; }",
    ],
)
def test_sides_are_noticed(wrong: str) -> None:
    """Each way to say left or right is found; a shorthand with like sides is none."""
    assert any(re.search(form, wrong) for form in PHYSICAL)
    assert not any(
        re.search(form, "a { padding: 1px 2px 3px 2px; inset-inline: 0 1px; margin: 0 auto 1px; }") for form in PHYSICAL
    )
