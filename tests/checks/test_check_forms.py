"""The forms of findings: whatever a path or a message holds, programs read the same text out of them again."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from experts import texts
from experts.checks.completeness import Completeness
from experts.checks.findings import Findings
from experts.checks.forms import github, gitlab, markdown, plain, sarif, terminal
from experts.checks.report import Report, report
from experts.forge import Forge
from experts.problems import Problem, visible
from experts.visibility import Hidden

# What SARIF 2.1.0 asks of the parts that are written (OASIS Standard, sections 3.13 to 3.58).
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
RULE = {
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "helpUri": {"type": "string", "pattern": "^https?://[!-~]+$"},
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
}
PLACE = {
    "type": "object",
    "required": ["artifactLocation"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "type": "object",
            "properties": {
                "uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~/%-]*$"},  # relative, hence no scheme (3.4.3)
                "uriBaseId": {"type": "string"},
            },
        },
        "region": {
            "type": "object",
            "required": ["startLine"],
            "properties": {
                "startLine": {"type": "integer", "minimum": 1},
                "startColumn": {"type": "integer", "minimum": 1},
            },
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["message"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {
            "type": "array",
            "items": {"type": "object", "properties": {"physicalLocation": PLACE}, "additionalProperties": False},
        },
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
DRIVER = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "rules": {"type": "array", "uniqueItems": True, "items": RULE}},
}
RUN = {
    "type": "object",
    "required": ["tool"],
    "additionalProperties": False,
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
}

NASTY = [
    "::error::x",
    "a%0Ab",
    "a,b:c=d",
    "*b* _c_ `d` ``e``",
    "<script>",
    "@mara #12 !3",
    "[a](b)",
    "|x|",
    "\\",
    "&amp;",
    "\r\n",
    "{x} {0}",
]
ANY = st.one_of(st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=40))
PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)


def told(problems: list[Problem], hints: list[Problem] | None = None, **more: Any) -> Report:
    """Return a report in English of problems and hints."""
    people = [Completeness("profiles/mara/profile.md", "mara", "Mara Lindqvist", 80, ("a portrait",))]
    found = Findings(problems, hints or [], [Hidden("profiles/ida/profile.md", "is paused", {})], people)
    return report(found, texts.problems_in(more.pop("lang", "en")), more.pop("tag", "en"), **more)


def date(path: str = "a.md", value: str = "x", line: int = 3) -> Problem:
    """Return a problem that quotes a value."""
    hint = "write year-month-day, like 2026-11-23"
    return Problem(path, line, 7 if line else 0, "date", "{value} is not a date", hint, {"value": value})


def properties(line: str) -> tuple[str, dict[str, str], str]:
    """Return kind, properties and text of a workflow command, read as GitHub's runner reads them."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert found, line

    def plainly(text: str) -> str:
        for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, sign)
        return text

    pairs = dict(pair.split("=", 1) for pair in found[2].split(","))
    return found[1], {name: plainly(value) for name, value in pairs.items()}, plainly(found[3])


@given(PATHS, ANY)
def test_github(path: str, value: str) -> None:
    """No path and no message ends a workflow command early, or begins another one."""
    first, *rest = github.written(told([date(path, value)])).split("\n")
    assert rest == ["1 problem", ""]
    kind, found, text = properties(first)
    assert (kind, found) == ("error", {"file": path, "line": "3", "col": "7", "title": "date"})
    message, why = text.split("\n")
    assert message == f"{visible(value)} is not a date (write year-month-day, like 2026-11-23)"
    assert why.startswith("Lists are sorted by date")


def test_github_says_hints_as_notices() -> None:
    """A hint is no error, and one in a file that was not changed is left out: GitHub shows ten of them."""
    hints = [date("profiles/mara/profile.md"), date("b.md")]
    lines = github.written(told([], hints, changed=["profiles/mara/portrait.jpg"]), "site/").splitlines()
    assert [properties(line)[:2] for line in lines[:-1]] == [
        ("notice", {"file": "site/profiles/mara/profile.md", "line": "3", "col": "7", "title": "date"})
    ]
    assert lines[-1] == "0 problems, 2 hints"


@given(PATHS, ANY)
def test_json_forms(path: str, value: str) -> None:
    """JSON, Code Quality and SARIF hold path and message as they are."""
    said = told([date(path, value)])
    sentence = f"{visible(value)} is not a date"
    one = json.loads(json.dumps(plain.content(said)))["problems"][0]
    assert (one["path"], one["message"]) == (path, sentence)
    issue = json.loads(json.dumps(gitlab.content(said, "site/")))[0]
    assert issue["location"] == {"path": "site/" + path, "lines": {"begin": 3}}
    assert issue["description"].startswith(sentence)
    log = json.loads(json.dumps(sarif.content(said, "site/")))
    jsonschema.validate(log, SARIF)
    result = log["runs"][0]["results"][0]
    assert result["message"]["text"].startswith(sentence)
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri).decode() == "site/" + path


def test_json_shape() -> None:
    """Other commands rely on these names."""
    content = plain.content(told([date()], [date("profiles/mara/profile.md", line=0)], changed=["profiles/mara/x.jpg"]))
    assert list(content) == ["ok", "problems", "hints", "hidden", "profiles", "changed"]
    assert list(content["problems"][0]) == ["path", "line", "column", "code", "message", "hint", "why"]
    assert content["hidden"] == [{"path": "profiles/ida/profile.md", "reason": "is paused"}]
    assert content["profiles"] == [{"slug": "mara", "name": "Mara Lindqvist", "percent": 80, "missing": ["a portrait"]}]
    assert (content["ok"], content["changed"]) == (False, ["profiles/mara/x.jpg"])


def test_fingerprints_last() -> None:
    """A forge knows a remark again when lines were added above it, or when the reader's language is another."""
    one = [issue["fingerprint"] for issue in gitlab.content(told([date(), date(), date(value="y")]))]
    moved = [date(line=9), date(line=9), date(value="y", line=12)]
    assert one == [issue["fingerprint"] for issue in gitlab.content(told(moved, lang="de", tag="de"))]
    assert len(set(one)) == 3


def test_severities() -> None:
    """A problem blocks, a hint does not, in the words of each format."""
    said = told([date()], [Problem("b.md", 0, 0, "no-story", "there is no story yet")])
    assert [issue["severity"] for issue in gitlab.content(said)] == ["major", "info"]
    assert [issue["location"]["lines"]["begin"] for issue in gitlab.content(said)] == [3, 1]
    run = sarif.content(said)["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "note"]
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]


def test_help_is_linked() -> None:
    """Where the forge is known, SARIF and Markdown lead to what the catalogue says of a code."""
    forge = Forge("https://github.com/example/experts", "github", "main", "site")
    said = told([date()], forge=forge)
    address = "https://github.com/example/experts/blob/main/schema/messages.en.md#date"
    assert sarif.content(said)["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] == address
    assert f"[more about it]({address})" in markdown.written(said)
    assert "messages.de.md#date" in markdown.written(told([date()], lang="de", tag="de", forge=forge))


def text_of(source: str) -> tuple[list[str], str]:
    """Return the texts of the code spans of Markdown, and all of its text."""
    spans, words = [], []
    for block in MarkdownIt("commonmark", {"html": True}).parse(source):
        for token in block.children or ():
            if token.type == "code_inline":
                spans.append(token.content)
            assert token.type in (
                "code_inline",
                "text",
                "softbreak",
                "em_open",
                "em_close",
                "html_inline",
                "strong_open",
                "strong_close",
            )
            assert token.type != "html_inline" or token.content == "<br>"
            words.append(token.content if token.type in ("code_inline", "text") else "")
    return spans, "".join(words)


@given(PATHS, ANY)
def test_markdown(path: str, value: str) -> None:
    """What somebody wrote appears as code and nothing else: it formats, links and calls nobody."""
    spans, words = text_of(markdown.written(told([date(path, value)])))
    shown = visible(path, len(path) + 2) + ":3"
    assert spans == [shown, *([visible(value)] if visible(value).strip(" ") else [])]
    assert "is not a date (write year-month-day, like 2026-11-23)" in words


@given(st.text("`<>*_[]!&@#|~\\ ab{}", max_size=30))
def test_own_words_mean_nothing_to_markdown(text: str) -> None:
    """A sentence of ours reads the same in Markdown, whatever signs it has."""
    inside = unescape(MarkdownIt("commonmark").renderInline("x" + markdown.escaped(text) + "x"))
    assert inside == f"x{text}x"


def test_changed_comes_first() -> None:
    """What somebody changed stands first, all of their profile's folder with it; problems elsewhere have a heading of their own."""
    problems = [date("content/a.md"), date("profiles/mara/profile.md")]
    hints = [Problem("content/b.md", 1, 1, "no-story", "there is no story yet")]
    said = told(problems, hints, changed=["profiles/mara/portrait.jpg"])
    assert [remark.path for remark in said.problems] == ["profiles/mara/profile.md", "content/a.md"]
    lines = terminal.written(said).splitlines()
    places = [
        next(n for n, line in enumerate(lines) if words in line)
        for words in ("In what you changed:", "mara", "In other files:", "content/a.md")
    ]
    assert places == sorted(places)
    assert not [line for line in lines if "content/b.md" in line]
    assert "Mara Lindqvist: 80 % complete. Still missing: a portrait." in lines
    page = markdown.written(said)
    assert page.index("### Problems in what you changed") < page.index("### Problems elsewhere")
    assert "content/b.md" not in page
    assert "**Mara Lindqvist**: 80 % complete. Still missing: a portrait." in page


@pytest.mark.parametrize(
    "name", ["Kwame Osei-Bonsu", "Jean d'Arc", "*Mara*", "@mara", "A_b_", "<b>", "# Mara", "1. Mara"]
)
def test_names_in_markdown(name: str) -> None:
    """A person's name reads as it is, and formats nothing and calls nobody."""
    people = [Completeness("profiles/m/profile.md", "m", name, 100, ())]
    page = markdown.written(report(Findings([], [], [], people), texts.problems_in("en"), "en"), all_profiles=True)
    assert f"**{name}**: " in page or f"**`{name}`**: " in page
    assert text_of(page)[1].count(name) == 1


def test_many_problems_stay_readable() -> None:
    """With 500 problems, why they matter is told once for each kind; hints of a kind are cut, problems never."""
    said = told([date(f"{n}.md") for n in range(500)], [date(f"h{n}.md") for n in range(60)])
    lines = terminal.written(said).splitlines()
    assert len([line for line in lines if "is not a date" in line]) == 510
    assert len([line for line in lines if "Why it matters" in line]) == 1
    assert "    … and 50 more" in lines
    assert lines[-1] == "500 problems, 60 hints"
    assert "… and 450 more" in markdown.written(said)


def test_terminal_cannot_be_taken_over() -> None:
    """No path and no name moves the cursor of a terminal."""
    people = [Completeness("profiles/m/profile.md", "m", "M\x1b[2J", 20, ())]
    found = Findings([date("a\x1b[2J.md")], [], [Hidden("b\x1b.md", "is paused", {})], people)
    assert "\x1b" not in terminal.written(report(found, texts.problems_in("en"), "en"), all_profiles=True)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "80 % complete"), ("de", "zu 80 % vollständig. Noch fehlen: ein Porträt.")]
)
def test_languages(lang: str, words: str) -> None:
    """All that is said is said in the reader's language."""
    assert words in terminal.written(told([], lang=lang), all_profiles=True)
