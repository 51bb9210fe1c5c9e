"""How every regular expression of the plugins grows on text made to be hard for it.

The patterns are those of all modules, found by importing them, and the literals that are given to `re`, found in their
syntax trees.  For each, its own tree gives the attacks: a match of what stands before a repetition, the repeated part
many times, and an end that fits nothing.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import math
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as names
from re import _parser as parser
from typing import Any, NamedTuple

PLUGINS = Path(__file__).resolve().parents[3] / "plugins"
METHODS = dict.fromkeys(("sub", "subn", "search", "split", "findall", "finditer"), "search")
METHODS |= {"match": "match", "fullmatch": "fullmatch"}
ENDS = ("\x00", "!", "\n", "a", "")
FLAGS = re.ASCII | re.IGNORECASE | re.DOTALL | re.MULTILINE | re.VERBOSE


class Pattern(NamedTuple):
    """A pattern, its flags, where it was found, and by which methods it is used (all that are not anchored: "search")."""

    place: str
    text: str
    flags: int
    methods: frozenset[str]


def patterns() -> list[Pattern]:
    """Return all patterns of the plugins."""
    sys.path[:0] = [str(PLUGINS)]
    trees = {file: ast.parse(file.read_text("utf-8")) for file in sorted(PLUGINS.rglob("*.py"))}
    used: dict[tuple[Path | None, str], set[str]] = {}  # by file too where a name is private
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = node.value
                said = getattr(name, "id", getattr(name, "attr", ""))
                used.setdefault((file if said.startswith("_") else None, said), set()).add(METHODS[node.attr])
    found: dict[tuple[str, int], tuple[str, set[str]]] = {}
    for file, tree in trees.items():
        path = file.relative_to(PLUGINS)
        place = path.as_posix()
        for pattern, flags, line, method in _literals(tree):
            found.setdefault((pattern, flags & FLAGS), (f"{place}:{line}", set()))[1].add(method)
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        if name.endswith("__main__"):
            continue
        for variable, one in _compiled(vars(importlib.import_module(name))):
            methods = found.setdefault((one.pattern, one.flags & FLAGS), (place, set()))[1]
            methods |= used.get((file if variable.startswith("_") else None, variable), {"search"})
    return [
        Pattern(place, text, flags, frozenset(methods or {"search"}))
        for (text, flags), (place, methods) in sorted(found.items(), key=lambda item: item[1][0])
    ]


def _compiled(space: dict[str, Any]) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in space.items():
        single = isinstance(value, re.Pattern)
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else (value,)
        for one in inner:
            if isinstance(one, re.Pattern) and isinstance(one.pattern, bytes):
                yield name if single else "", re.compile(one.pattern.decode("latin-1"), one.flags | re.ASCII)
            elif isinstance(one, re.Pattern):
                yield name if single else "", one


def _literals(tree: ast.Module) -> Iterator[tuple[str, int, int, str]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
            continue
        first = node.args[0] if node.args else None
        if (
            getattr(node.func.value, "id", "") == "re"
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            named = [
                word for one in [*node.args[1:], *[word.value for word in node.keywords]] for word in ast.walk(one)
            ]
            flags = 0
            for word in named:
                if isinstance(word, ast.Attribute) and getattr(word.value, "id", "") == "re":
                    flags |= int(getattr(re, word.attr))
            yield first.value, flags, node.lineno, METHODS[node.func.attr]


# -- texts that are hard ---------------------------------------------------------------------------


def letter(item: Any) -> str:
    """Return a letter that a node of one letter matches."""
    kind, value = item
    if kind is names.LITERAL:
        return chr(value)
    candidates = "a1 -_.<\"'/\n\t\\[](){}:=&#!|*`~;,@é€\u00a0Aβ"
    form = re.compile(_class(item), re.DOTALL)
    return next((one for one in candidates if form.fullmatch(one)), "a")


def _class(item: Any) -> str:
    kind, value = item
    if kind is names.ANY:
        return "."
    if kind is names.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    categories = {
        names.CATEGORY_DIGIT: r"\d", names.CATEGORY_NOT_DIGIT: r"\D", names.CATEGORY_SPACE: r"\s",
        names.CATEGORY_NOT_SPACE: r"\S", names.CATEGORY_WORD: r"\w", names.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    parts = []
    for inner, what in value if kind is names.IN else ():
        if inner is names.NEGATE:
            parts.insert(0, "^")
        elif inner is names.LITERAL:
            parts.append(re.escape(chr(what)))
        elif inner is names.RANGE:
            parts.append(f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}")
        elif inner is names.CATEGORY:
            parts.append(categories[what])
    return f"[{''.join(parts)}]"


def inner_of(kind: Any, value: Any) -> list[Any]:
    """Return the sequences of nodes inside a node."""
    if kind in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is names.SUBPATTERN:
        return [value[3]]
    if kind is names.BRANCH:
        return list(value[1])
    if kind is names.ATOMIC_GROUP:
        return [value]
    if kind in (names.ASSERT, names.ASSERT_NOT):
        return [value[1]]
    if kind is names.GROUPREF_EXISTS:
        return [one for one in value[1:] if one is not None]
    return []


def sample(nodes: Any, least: int = 0) -> str:
    """Return a text that (mostly) matches a sequence of nodes, with each repetition at least `least` times."""
    out = []
    for kind, value in nodes:
        if kind in (names.LITERAL, names.NOT_LITERAL, names.ANY, names.IN):
            out.append(letter((kind, value)))
        elif kind in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
            out.append(sample(value[2], least) * min(max(value[0], least), 200))
        elif kind in (names.SUBPATTERN, names.ATOMIC_GROUP, names.BRANCH):
            out.append(sample(inner_of(kind, value)[0], least))
    return "".join(out)


def attacks(nodes: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield ``(text before, part to repeat)``."""
    nodes = list(nodes)
    for at, (kind, value) in enumerate(nodes):
        here = before + sample(nodes[:at], 1)
        if kind in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT) and value[1] > 100:
            for least in (0, 1, 2):
                unit = sample(value[2], least)
                if unit:
                    yield here, unit
                    yield "", here + unit
            if value[2][0][0] is names.BRANCH:
                for branch in inner_of(*value[2][0]):
                    yield here, sample(branch, 1) or "a"
        for inner in inner_of(kind, value):
            yield from attacks(inner, here)
    if not before:
        whole = sample(nodes, 1)
        if whole:
            yield "", whole
            yield "", whole[:-1] or whole
            yield "", whole[: len(whole) // 2] or whole


class _Late(Exception):  # noqa: N818
    pass


def _late(*_: object) -> None:
    raise _Late


def _search(form: re.Pattern[str], method: str, text: str) -> None:
    """Find all matches, in no more than two seconds: `re` looks for signals while it searches."""
    signal.signal(signal.SIGVTALRM, _late)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2)
    try:
        if method == "search":
            for _ in form.finditer(text):
                pass
        else:
            getattr(form, method)(text)
    except _Late:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def growth(pattern: Pattern, size: int = 2000) -> tuple[float, float, str]:
    """Return the seconds for eight times `size`, the exponent with which they grow, and the worst attack."""
    form = re.compile(pattern.text, pattern.flags)
    worst = (0.0, 0.0, "")
    hard = dict.fromkeys(attacks(parser.parse(pattern.text, pattern.flags)))
    for (before, unit), method in itertools.product(hard, sorted(pattern.methods)):
        for end in ENDS:
            times = []
            for count in (size, 8 * size):
                text = before + unit * (count // len(unit)) + end
                begin = time.process_time()
                _search(form, method, text)
                times.append(time.process_time() - begin)
                if times[-1] > 0.5:
                    break
            exponent = math.log(max(times[-1], 1e-6) / max(times[0], 1e-6), 8) if len(times) == 2 else 9.0
            if times[-1] > worst[0]:
                worst = (times[-1], exponent, f"{before[:40]!r} + {unit[:40]!r} * n + {end!r}")
    return worst


if __name__ == "__main__":
    for pattern in patterns():
        seconds, exponent, attack = growth(pattern)
        if seconds > 0.02 and exponent > 1.3:
            print(
                f"{seconds:7.3f} s  ^{exponent:.1f}  {pattern.place}  {pattern.text[:100]!r}\n           {attack}",
                flush=True,
            )
