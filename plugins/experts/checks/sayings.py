"""What the source can say: the messages and hints of each code, collected from the modules of the package.

A sentence belongs to the code in whose call or tuple it stands, itself or by the name of a variable that was given a
value shortly before; where there is no code, to the one that the module is about.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .reasons import CODES

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SAY = (
    "Problem", "complain", "_complain", "complain_inside", "_wrong", "_Refused", "_at_end", "pattern", "Unusable", "_no_date",
)  # fmt: skip
ABOUT = {
    "frontmatter": "yaml", "fields": "date", "decoding": "picture", "settings": "settings", "brand": "settings",
    "look": "vendor", "bundle": "script", "markup": "link", "mishaps": "machine",
}  # fmt: skip
COMMANDS = ("consents", "editing", "forgetting", "gate", "publishing", "residue", "review", "verification")
"""The packages whose messages are answers of commands of their own, not of the check."""
_SENTENCE = re.compile(r"[\w}][,;:]? [\w{\[#\"(]")


class Sayings(NamedTuple):
    """The English texts of a code, each once, in the order of the source."""

    messages: tuple[str, ...]
    hints: tuple[str, ...]


@cache
def sayings() -> dict[str, Sayings]:
    """The sentences of all codes."""
    messages: dict[str, dict[str, None]] = {code: {} for code in CODES}
    hints: dict[str, dict[str, None]] = {code: {} for code in CODES}
    for path in _modules():
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        module = os.path.relpath(path, PACKAGE).split(os.sep)[0].removesuffix(".py")
        for code, message, hint in _Module(tree, ABOUT.get(module, "")).said():
            messages[code] |= dict.fromkeys(message)
            hints[code] |= dict.fromkeys(hint)
    return {code: Sayings(tuple(messages[code]), tuple(hints[code])) for code in CODES}


def _modules() -> list[str]:
    found = []
    for folder, below, names in os.walk(PACKAGE):
        below[:] = [name for name in below if name not in COMMANDS]
        found += [os.path.join(folder, name) for name in names if name.endswith(".py")]
    return sorted(found)


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


Given = list[tuple[int, ast.expr]]
"""The values that a name is given, each with its line."""


class _Module:
    """A module's source: the values that names are given, and what functions return."""

    def __init__(self, tree: ast.Module, about: str) -> None:
        self.tree, self.about, self.top = tree, about, id(tree)
        self.given: dict[tuple[int, str], Given] = {}  # scope, name
        self.used: dict[tuple[int, str], int] = {}  # line of the latest use
        self.scopes: dict[int, int] = {}  # node -> scope: the function in which it stands
        self.returns: dict[str, list[tuple[int, ast.expr]]] = {}  # function -> scope, value
        self.keys: set[str] = set()  # of dictionaries of sentences
        self._look(tree, self.top, "")

    def _look(self, node: ast.AST, scope: int, function: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner, name = (id(child), child.name) if isinstance(child, ast.FunctionDef) else (scope, function)
            self.scopes[id(child)] = inner
            if isinstance(child, ast.Assign):
                for target in child.targets:
                    self._give(target, child.value, inner)
            elif isinstance(child, ast.Return) and child.value:
                self.returns.setdefault(name, []).append((inner, child.value))
            elif isinstance(child, ast.Dict) and child.values and all(map(_text, child.values)):
                self.keys.update([str(key.value) for key in child.keys if isinstance(key, ast.Constant)])
            self._look(child, inner, name)

    def _give(self, target: ast.expr, value: ast.expr, scope: int) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for name, part in zip(target.elts, value.elts, strict=False):
                self._give(name, part, scope)
        elif isinstance(target, ast.Name):
            self.given.setdefault((scope, target.id), []).append((value.lineno, value))

    def said(self) -> Iterator[tuple[str, list[str], list[str]]]:
        """``(code, messages, hints)`` of each call or tuple that says something."""
        for node in sorted(ast.walk(self.tree), key=lambda node: getattr(node, "lineno", 0)):
            hints: list[ast.expr] = []
            if isinstance(node, ast.Call) and _name(node) in SAY:
                parts = node.args
                hints = [word.value for word in node.keywords if word.arg == "hint"]
            elif isinstance(node, ast.Return | ast.Assign) and isinstance(node.value, ast.Tuple):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                    continue  # names that a call uses
                parts = node.value.elts
            else:
                continue
            scope = self.scopes[id(node)]
            codes, rest = self._codes(parts)
            for code in codes:
                found = [self._texts(part, scope, node.lineno, code) for part in rest]
                texts = [one for one in found if one]
                message, hint = texts[0] if texts else [], texts[1] if len(texts) > 1 else []
                named = [text for part in hints for text in self._texts(part, scope, node.lineno, code)]
                yield code, message, hint + named

    def _codes(self, parts: list[ast.expr]) -> tuple[list[str], list[ast.expr]]:
        """The codes that are named, or the one that the module is about; and what stands behind them."""
        parts = [one for part in parts for one in self._spread(part)]
        for number, part in enumerate(parts):
            rest = parts[number + 1 :]
            if isinstance(part, ast.Name):
                _, part = self.given.get((self.top, part.id), [(0, part)])[-1]  # noqa: PLW2901 - its constant
            if isinstance(part, ast.Constant) and part.value in CODES:
                return [str(part.value)], rest
            if isinstance(part, ast.BinOp) and isinstance(part.left, ast.Constant):
                return [code for code in CODES if code in {str(part.left.value) + key for key in self.keys}], rest
        return ([self.about] if self.about else []), parts

    def _spread(self, part: ast.expr) -> list[ast.expr]:
        """The parts of an argument ``*NAME`` that is a tuple of the module."""
        if isinstance(part, ast.Starred) and isinstance(part.value, ast.Name):
            value = self.given.get((self.top, part.value.id), [(0, part)])[-1][1]
            return list(value.elts) if isinstance(value, ast.Tuple) else []
        return [part]

    def _texts(self, node: ast.expr, scope: int, line: int, code: str) -> list[str]:
        """The sentences that an argument may be."""
        inner: list[ast.expr] = []
        if isinstance(node, ast.IfExp):
            inner = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            inner = node.values
        elif isinstance(node, ast.Subscript):
            inner = [node.value]
        elif isinstance(node, ast.Dict):
            own = code.rpartition("-")[2]
            pairs = zip(node.keys, node.values, strict=True)
            inner = [value for key, value in pairs if getattr(key, "value", None) == own]
        elif isinstance(node, ast.Name):
            return self._of_name(node.id, scope, line, code)
        elif isinstance(node, ast.Call):
            found = self.returns.get(_name(node), [])
            return [text for where, value in found for text in self._texts(value, where, value.lineno - 1, code)]
        return _text(node) + [text for part in inner for text in self._texts(part, scope, line, code)]

    def _of_name(self, name: str, scope: int, line: int, code: str) -> list[str]:
        """What a name may stand for: the values that it was given since it was used last, or else the latest."""
        for where in (scope, self.top):
            before = [(at, value) for at, value in self.given.get((where, name), []) if at <= line or where != scope]
            if before:
                last = self.used.get((where, name), 0)
                fresh = [value for at, value in before if at > last] or [before[-1][1]]
                if where == scope:
                    self.used[where, name] = max(last, fresh[-1].lineno)
                return [text for value in fresh for text in self._texts(value, where, value.lineno - 1, code)]
        return []


def _text(node: ast.expr | None) -> list[str]:
    """The sentence that a node is; none for codes, names and everything else."""
    text = node.value if isinstance(node, ast.Constant) else None
    return [text] if isinstance(text, str) and _SENTENCE.search(text) else []
