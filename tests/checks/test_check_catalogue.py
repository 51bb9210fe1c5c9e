"""The catalogue of messages: complete, up to date, and in words that need no knowledge of the tools."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from experts.checks import messages
from experts.checks.reasons import CODES, REASONS, why
from experts.checks.sayings import COMMANDS, SAY, sayings
from test_messages import SOURCE, TEXTS, called

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
# What people who edit profiles and stories may read; the rest speaks to those who run the site.
FOR_ALL = ("addresses", "fields", "frontmatter", "markup", "reader", "schema", "relate", "source", "decoding")
FOR_ALL += ("checks/remarks", "checks/programme", "checks/completeness")
JARGON = r"YAML|front ?matter|\bnodes?\b|\bscalar|\bmapping|\banchor|\bparse|\bUTC\b|\bregex|\bslug\b|\bGit\b|\bHEAD\b|\bcommit|\bJSON"


def codes() -> dict[str, str]:
    """Return the codes in calls that make a problem, by their place among the arguments, with where they stand."""
    at = {"Problem": 3, "complain": 1, "_Refused": 2, "_at_end": 2, "pattern": 1}
    found = {}
    files = [file for file in SOURCE.rglob("*.py") if file.relative_to(SOURCE).parts[0] not in COMMANDS]
    for file in [file for file in files if file.name != "brand.py"]:  # which names settings instead
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node) in SAY:
                arguments = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
                place = at.get(called(node), -1) - (2 * (len(arguments) != len(node.args)) if at else 0)
                for arg in arguments[max(place - 1, 0) : place + 2] if place >= 0 else ():
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and CODE.fullmatch(arg.value):
                        found[arg.value] = f"{file.name}:{node.lineno}"
    return found


def test_codes_are_found() -> None:
    """The search for codes sees those of fields, of syntax, of references, of settings and of hints."""
    assert {"date", "anchor", "earlier-name", "settings", "portrait-small", "encoding", "email"} <= codes().keys()


def test_every_code_has_a_reason() -> None:
    """Whoever reads a message learns why it matters: no code without a sentence."""
    assert {code: place for code, place in codes().items() if not why(code)} == {}


def test_every_reason_has_a_message() -> None:
    """The catalogue explains nothing that is never said."""
    assert [code for code, said in sayings().items() if not said.messages] == []


def test_reasons_are_sentences() -> None:
    """A reason is one sentence with a full stop, and short enough to be read below a message."""
    for code in CODES:
        assert re.fullmatch(r"[A-Z].{15,140}\.", why(code)), code
    assert len(CODES) == len(set(CODES)) == sum(map(len, REASONS.values()))


def test_every_sentence_is_in_the_catalogue() -> None:
    """Somebody who searches the catalogue for what the check said finds it."""
    listed = {text for said in sayings().values() for text in (*said.messages, *said.hints)}
    modules = [f"{name}.py" for name in FOR_ALL if not name.endswith("completeness")]
    modules += [
        "settings/__init__.py",
        "settings/given.py",
        "settings/sources.py",
        "brand.py",
        "stages.py",
        "assets.py",
        "bundle.py",
        "texts.py",
        "console.py",
        "checks/changes.py",
    ]
    others = {"SECURITY has expired on {date}"}
    assert [
        text for text, place in TEXTS.items() if place.split(":")[0] in modules and text not in listed | others
    ] == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_pages_are_fresh(lang: str) -> None:
    """The pages in the repository are what the program says today; `tasks.py schema` writes them."""
    assert (ROOT / messages.path(lang)).read_text("utf-8") == messages.render(lang)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_link_leads_to_each_code(lang: str) -> None:
    """Each code is a heading, whose anchor is the code itself on GitHub, GitLab and Forgejo."""
    headings = [line[4:] for line in messages.render(lang).splitlines() if line.startswith("### ")]
    assert headings == list(CODES)
    assert all(CODE.fullmatch(heading) for heading in headings)


def test_german_page_is_german() -> None:
    """No sentence of the English page is left in the German one, besides examples."""
    outside = re.compile(r"```.*?```|^#.*$", re.DOTALL | re.MULTILINE)
    english, german = (outside.sub("", messages.render(lang)).splitlines() for lang in ("en", "de"))
    assert {line for line in german if " " in line.strip()} & set(english) == set()


def test_words_need_no_knowledge() -> None:
    """Somebody who edits a file for the first time has never heard of the tools behind it."""
    spoken = {text: place for text, place in TEXTS.items() if place.split(":")[0].removesuffix(".py") in FOR_ALL}
    assert [text for text in spoken if re.search(JARGON, re.sub(r"\{\w+\}", "", text), re.IGNORECASE)] == []
