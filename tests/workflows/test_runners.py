"""The runners themselves: what they misread would let the tests of the workflows pass for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from runners import gitlab
from runners.expressions import condition, evaluate, interpolate

CONTEXTS = {"vars": {"TO": "s3", "OFF": ""}, "needs": {"judge": {"outputs": {"number": "7"}}}}


def functions(success: bool = True) -> dict[str, Callable[[], bool]]:
    """Return the functions of a step."""
    return {"success": lambda: success, "failure": lambda: not success, "cancelled": lambda: False}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("vars.TO == 'S3'", True),  # capitals do not count
        ("vars.NOTHING == ''", True),
        ("vars.OFF || 'else'", "else"),
        ("vars.TO == 'rsync' && '--x' || ''", ""),
        ("!cancelled() && (vars.TO == 's3' || vars.TO == 'rsync')", True),
        ("'it''s'", "it's"),
        ("needs.judge.outputs.number", "7"),
    ],
)
def test_expressions_mean_what_they_mean_on_github(source: str, value: object) -> None:
    """Comparing, choosing, denying and looking up."""
    assert evaluate(source, CONTEXTS, functions()) == value


@pytest.mark.parametrize("source", ["vars.TO = 's3'", "unknown.name", "format('x')", "vars.TO 's3'"])
def test_what_is_not_known_is_an_error(source: str) -> None:
    """An expression beyond what the runner knows fails instead of being nothing."""
    with pytest.raises((ValueError, KeyError)):
        evaluate(source, CONTEXTS, functions())


def test_conditions_ask_for_success_unless_they_ask_for_something() -> None:
    """A condition that does not look at the state holds only after success; an interpolated one is the same."""
    assert not condition("vars.TO == 's3'", CONTEXTS, functions(success=False))
    assert condition("${{ !cancelled() && vars.TO == 's3' }}", CONTEXTS, functions(success=False))
    assert interpolate("a ${{ vars.TO }} b ${{ vars.NOTHING }}", CONTEXTS, functions()) == "a s3 b "


def test_rules_of_gitlab() -> None:
    """The first rule that fits decides; && binds more than ||; patterns know the top from folders."""
    rules = [{"if": '$A == "x" || $B && $C != "y"', "when": "never"}, {"if": "$D", "changes": ["*", "theme/**/*"]}]
    assert not gitlab.applies(rules, {"A": "x", "D": "1"}, ("theme/a/b.css",))
    assert not gitlab.applies(rules, {"B": "1", "D": "1"}, ("theme/a/b.css",))
    assert gitlab.applies(rules, {"B": "1", "C": "y", "D": "1"}, ("theme/a/b.css",))
    assert gitlab.applies(rules, {"D": "1"}, ("tasks.py",))
    assert not gitlab.applies(rules, {"D": "1"}, ("profiles/mara/profile.md",))
    assert not gitlab.applies(rules, {}, ("tasks.py",))
