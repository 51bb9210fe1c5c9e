"""No pattern of the plugins can take long on a hostile text: found in their trees, for patterns that are not yet written too.

How they really grow is measured by tests/bench/limits/patterns.py; here is what makes a pattern grow at all.
"""

from __future__ import annotations

import re
import sys
from re import _constants as names
from re import _parser as parser
from typing import TYPE_CHECKING, Any

from factory import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.append(str(ROOT / "tests" / "bench" / "limits"))
import growth

Letters = frozenset[str]
PROBES = [chr(code) for code in range(128)] + list("äß\u00a0\u2028é漢字Я…“”’«»–0٣\u0301\u200d\U0001f600")
REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT)
SINGLES = (names.LITERAL, names.NOT_LITERAL, names.ANY, names.IN)

# Two repetitions that share letters stand side by side here, and it does no harm.
HARMLESS: dict[str, str] = {}


def letters(kind: Any, value: Any) -> Letters:
    """Return the probes that a node of one letter matches."""
    form = re.compile(
        growth._class((kind, value)) if kind is not names.LITERAL else re.escape(chr(value)), re.DOTALL
    )
    return frozenset([probe for probe in PROBES if form.fullmatch(probe)])


def all_letters(nodes: Any) -> Letters:
    """Return all letters that stand in what a sequence of nodes matches."""
    found: Letters = frozenset()
    for kind, value in nodes:
        found |= letters(kind, value) if kind in SINGLES else frozenset()
        if kind not in (names.ASSERT, names.ASSERT_NOT):
            for inner in growth.inner_of(kind, value):
                found |= all_letters(inner)
    return found


def can_be_of(nodes: Any, some: Letters) -> bool:
    """Tell whether a sequence of nodes can match a text of these letters alone."""
    for kind, value in nodes:
        if kind in SINGLES:
            if not letters(kind, value) & some:
                return False
        elif kind in (*REPEATS, names.POSSESSIVE_REPEAT):
            if value[0] and not can_be_of(value[2], some):
                return False
        elif kind is names.BRANCH:
            if not any(can_be_of(branch, some) for branch in value[1]):
                return False
        elif kind in (names.SUBPATTERN, names.ATOMIC_GROUP):
            if not can_be_of(growth.inner_of(kind, value)[0], some):
                return False
    return True


def unbounded(nodes: Any) -> Iterator[Any]:
    """Yield the bodies of the repetitions without an end (more than 100 times), also inner ones."""
    for kind, value in nodes:
        if kind in REPEATS and value[1] > 100:
            yield value[2]
        for inner in (
            [] if kind in (names.ASSERT, names.ASSERT_NOT, names.ATOMIC_GROUP) else growth.inner_of(kind, value)
        ):
            yield from unbounded(inner)


def exponential(nodes: Any) -> bool:
    """Tell whether a repetition is repeated with nothing between that would tell where one ends: ``(a+)+``, ``(a|a)*``."""
    for kind, value in nodes:
        if kind in REPEATS and value[1] > 100:
            ways = branches(value[2])
            for way in ways:
                for inner in unbounded(way):
                    shared = all_letters(inner)
                    if can_be_of(inner, shared) and can_be_of(way, shared):
                        return True
            if overlap(ways):
                return True
        if kind is names.POSSESSIVE_REPEAT or kind is names.ATOMIC_GROUP:
            continue
        if any(exponential(inner) for inner in growth.inner_of(kind, value)):
            return True
    return False


def branches(nodes: Any) -> list[Any]:
    """Return the sequences of which a sequence is one or the other; itself, if it is no choice."""
    while len(nodes) == 1 and nodes[0][0] is names.SUBPATTERN:
        nodes = nodes[0][1][3]
    return list(nodes[0][1][1]) if len(nodes) == 1 and nodes[0][0] is names.BRANCH else [nodes]


def overlap(ways: list[Any]) -> bool:
    """Tell whether two branches of one letter each match the same letter."""
    seen: Letters = frozenset()
    for way in ways:
        if len(way) != 1 or way[0][0] not in SINGLES:
            continue
        own = letters(*way[0])
        if own & seen:
            return True
        seen |= own
    return False


def beside(nodes: Any) -> Iterator[tuple[Letters, Letters]]:
    """Yield the letters of two endless repetitions with nothing between that both could not match: ``a*a*``, ``\\s*\\n\\s*``."""
    flat = list(flattened(nodes))
    for at, (endless, first) in enumerate(flat):
        if not endless:
            continue
        for also, second in flat[at + 1 :]:
            if also and first & second:
                yield first, second
                break
            if not first & second and not also:
                break


def flattened(nodes: Any) -> Iterator[tuple[bool, Letters]]:
    """Yield ``(is it an endless repetition?, letters)`` for what stands one after the other; options are left out."""
    for kind, value in nodes:
        if kind in SINGLES:
            yield False, letters(kind, value)
        elif kind in REPEATS and value[1] > 100:
            yield True, all_letters(value[2])
        elif kind in REPEATS and value[0]:
            yield from flattened(value[2])
        elif kind is names.SUBPATTERN:
            yield from flattened(value[3])
        elif kind is names.BRANCH or kind is names.POSSESSIVE_REPEAT:
            yield False, all_letters([(kind, value)])


def tree(pattern: growth.Pattern) -> Any:
    """Return a pattern's tree."""
    return parser.parse(pattern.text, pattern.flags)


PATTERNS = growth.patterns()


def test_patterns_are_found() -> None:
    """The plugins' patterns are looked at: those of modules, and those written where they are used."""
    assert len(PATTERNS) > 150
    assert {"experts/markup.py", "experts/frontmatter.py"} <= {pattern.place for pattern in PATTERNS}
    assert any(":" in pattern.place for pattern in PATTERNS)


def test_what_is_looked_for() -> None:
    """The check sees what makes patterns slow, and leaves alone what does not."""
    for text in (r"(a+)+b", r"(?:[a-z]+)*!", r"(?:a|\w)*b", r"(\w+\s?)*$", r"(?:.*,)*x"):
        assert exponential(parser.parse(text)), text
    for text in (r"(?:\.[a-z]+)*", r"(?:a|b)*c", r"(?:[^\"\\]|\\.)*", r"(?:a++)*b", r"[a-z]+(?: [a-z]+)*"):
        assert not exponential(parser.parse(text)), text
    for text in (r"\s*\n\s*", r"a*a*b", r".*x.*y"):
        assert list(beside(parser.parse(text))), text
    for text in (r"\s*=\s*", r"a*b*", r"[^,]*,.*"):
        assert not list(beside(parser.parse(text))), text


def test_no_pattern_is_exponential() -> None:
    """No pattern takes twice as long for one more letter."""
    assert [f"{pattern.place}: {pattern.text}" for pattern in PATTERNS if exponential(tree(pattern))] == []


def test_no_two_repetitions_share_letters() -> None:
    """No pattern grows with the square of a text by two repetitions side by side, but those that are listed with a reason."""
    shared = {pattern.text: pattern.place for pattern in PATTERNS if next(beside(tree(pattern)), None)}
    assert [f"{place}: {text}" for text, place in shared.items() if text not in HARMLESS] == []
    assert [text for text in HARMLESS if text not in shared] == []
