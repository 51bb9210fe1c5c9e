"""The sentences of problems: collected from the source, translated, and each shown by a site in sites/invalid/."""

from __future__ import annotations

import ast
import string
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from experts.problems import Problem, tidy

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "plugins" / "experts"
PO = SOURCE / "locale" / "de" / "LC_MESSAGES" / "problems.po"

# Texts are literals: in calls of these functions, …
CALLS = {
    "Problem",
    "complain",
    "_complain",
    "_wrong",
    "_Refused",
    "Unusable",
    "pattern",
    "Hidden",
    "_no_date",
    "_at_end",
    "gettext",
    "ngettext",
    "failed",
    "Verdict",
    "translate",
    "_",
}
# … given to these names, …
NAMES = {"message", "hint", "web", "_PORTRAIT_NEEDS", "_VALUE", "_ESCAPE", "_BEHIND_QUOTE", "_BEHIND_BRACKET"}
NAMES |= {
    "ELSEWHERE",
    "_BEHIND_FOLD",
    "_OPEN_QUOTE",
    "_OPEN_BRACKET",
    "_NO_COLON",
    "_NO_SPACE",
    "_TAB",
    "_TWO_DOCUMENTS",
    "_UNFIT",
    "_INVISIBLE",
}
NAMES |= {"REASONS", "PARTS"}  # tables of the checks
# … and returned by these functions.
RETURNS = {"misfit", "_modes", "_name", "url_problem", "_likely_address", "why_hidden", "_colon", "_words_of"}


def called(node: ast.Call) -> str:
    """Return the name of the function that is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def sentences(node: ast.expr) -> list[ast.expr]:
    """Return the literals in an expression that are sentences: a letter and a space tell them from codes and names.

    An f-string with words of its own is returned too, so that it can be refused.
    """
    if isinstance(node, ast.JoinedStr):
        return [node] if any(" " in part.value for part in node.values if isinstance(part, ast.Constant)) else []
    if isinstance(node, ast.Constant):
        text = node.value
        return [node] if isinstance(text, str) and " " in text and any(c.isalpha() for c in text) else []
    if isinstance(node, ast.Compare | ast.Call):
        return []
    return [found for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for found in sentences(child)]


def targets(node: ast.Assign | ast.AnnAssign) -> set[str]:
    """Return the names that an assignment gives a value to."""
    given = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {name.id for target in given for name in ast.walk(target) if isinstance(name, ast.Name)}


def texts_of(tree: ast.Module) -> list[ast.expr]:
    """Return all texts of problems in a module."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in CALLS:
            given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in ("message", "hint"))]
            found += [text for argument in given if not isinstance(argument, ast.Dict) for text in sentences(argument)]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value and targets(node) & NAMES:
            found += sentences(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name in RETURNS:
            found += [
                text
                for inner in ast.walk(node)
                if isinstance(inner, ast.Return) and inner.value
                for text in sentences(inner.value)
            ]
    return found


def speaks(node: ast.AST) -> bool:
    """Tell whether a node shows that its module has texts of problems."""
    if isinstance(node, ast.Call):
        return called(node) in CALLS
    if isinstance(node, ast.AnnAssign):
        return bool(targets(node) & {"REASONS", "PARTS"})
    return isinstance(node, ast.FunctionDef) and node.name in RETURNS


def collected() -> dict[str, str]:
    """Return every text with the place of its first use."""
    texts: dict[str, str] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        if not any(speaks(node) for node in ast.walk(tree)):
            continue
        for node in texts_of(tree):
            place = f"{file.relative_to(SOURCE)}:{node.lineno}"
            assert isinstance(node, ast.Constant), f"{place}: an f-string cannot be translated"
            texts.setdefault(node.value, place)
    return texts


TEXTS = collected()


@pytest.fixture(scope="module")
def german() -> Catalog:
    """Return the German catalogue."""
    with PO.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def translations(catalogue: Catalog) -> dict[str, str]:
    """Return msgid -> msgstr, the plural forms as messages of their own."""
    found: dict[str, str] = {}
    for message in catalogue:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            found |= dict(zip(ids, strings, strict=True))
    return found


def fields_in(text: str) -> set[str]:
    """Return the names of the {placeholders}."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_texts_are_found() -> None:
    """The collector sees all ways in which texts are written down; a few of each kind prove it."""
    for text in (
        "the field {field} is missing",
        "a [ or {{ is not closed, or a comma is missing",
        "{value} is not a Wikidata item",
        "there is no profile {value}",
        "consent ended on {date}",
        "{n} problems",
        "not shown",
        "did you mean mailto:{value}?",
    ):
        assert text in TEXTS


def test_german_is_complete(german: Catalog) -> None:
    """Every text has a German one, so that no employee reads half a sentence in English."""
    missing = {text: place for text, place in TEXTS.items() if not translations(german).get(text)}
    assert missing == {}


def test_german_is_not_stale(german: Catalog) -> None:
    """The catalogue holds nothing that the source no longer says."""
    assert set(translations(german)) - set(TEXTS) == set()


def test_placeholders_agree(german: Catalog) -> None:
    """A translation uses the values that the English text has, and can be formatted."""
    for english, translated in translations(german).items():
        assert fields_in(translated) <= fields_in(english), translated
        translated.format(**dict.fromkeys(fields_in(english), "x"))


def test_plural_header(german: Catalog) -> None:
    """The catalogue says how German counts."""
    assert german.plural_expr == "(n != 1)"
    assert german.num_plurals == 2


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_values_with_braces_survive(text: str) -> None:
    """Whatever somebody wrote, template syntax too, appears in the message as it was written."""
    nasty = "{{ x }} {0} {a.b} % {"
    values: dict[str, Any] = dict.fromkeys(fields_in(text), nasty)
    message, hint = Problem("a.md", 1, 1, "code", text, text, values).say()
    assert message == hint
    assert message.count(nasty) == sum(name is not None for _, name, _, _ in string.Formatter().parse(text))
    assert "{{ x }}" in message or not values
    bare = message.replace(nasty, "")
    assert "{{" not in bare
    assert "}}" not in bare


def test_tidy_is_stable() -> None:
    """Problems are sorted by place, and the same one is told once."""
    one, two = Problem("b", 1, 1, "x", "m"), Problem("a", 2, 1, "x", "m")
    assert tidy([one, two, one]) == [two, one]
