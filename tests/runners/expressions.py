"""The expressions ``${{ … }}`` of GitHub's and Forgejo's workflows, as far as ours use them.

Names with dots, texts, ``true`` and ``false``, brackets, ``!``, ``==``, ``!=``, ``&&``, ``||`` and calls of functions. What is not
known is an error, so that a workflow that uses more fails here instead of being misunderstood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w.-]*)|(&&|\|\||==|!=|[!(),]))")
INTERPOLATED = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
Functions = Mapping[str, Callable[..., Any]]


def interpolate(text: str, contexts: Mapping[str, Any], functions: Functions) -> str:
    """A text with its expressions replaced by their values."""
    return INTERPOLATED.sub(lambda match: shown(evaluate(match[1], contexts, functions)), text)


def condition(text: str, contexts: Mapping[str, Any], functions: Functions) -> bool:
    """Whether an ``if:`` holds; without a function that looks at the state, it does so only after success."""
    inner = INTERPOLATED.fullmatch(text.strip())
    source = inner[1] if inner else text
    if not re.search(r"\b(success|failure|cancelled|always)\(", source):
        source = f"success() && ({source})"
    return bool(evaluate(source, contexts, functions))


def shown(value: Any) -> str:
    """A value as it stands in a text."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def evaluate(source: str, contexts: Mapping[str, Any], functions: Functions) -> Any:
    """The value of an expression."""
    parser = _Parser(source, contexts, functions)
    value = parser.either()
    if parser.tokens:
        raise ValueError(f"{source}: {parser.tokens[0][1]} is not understood")
    return value


class _Parser:
    """A descent through the expression; everything is evaluated, since nothing has an effect."""

    def __init__(self, source: str, contexts: Mapping[str, Any], functions: Functions) -> None:
        self.contexts, self.functions = contexts, functions
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while source[position:].strip():
            match = TOKEN.match(source, position)
            if not match:
                raise ValueError(f"{source[position:]} is not understood")
            kind = "text" if match[1] else "name" if match[2] else "sign"
            self.tokens.append((kind, match[1] or match[2] or match[3]))
            position = match.end()

    def take(self, *signs: str) -> str:
        """The next token if it is one of these signs."""
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return ""

    def either(self) -> Any:
        """A chain of ``||``: the first that holds, else the last."""
        value = self.both()
        while self.take("||"):
            other = self.both()
            value = value or other
        return value

    def both(self) -> Any:
        """A chain of ``&&``: the first that does not hold, else the last."""
        value = self.compared()
        while self.take("&&"):
            other = self.compared()
            value = value and other
        return value

    def compared(self) -> Any:
        """Two values compared, capitals or not."""
        value = self.single()
        while sign := self.take("==", "!="):
            equal = shown(value).lower() == shown(self.single()).lower()
            value = equal is (sign == "==")
        return value

    def single(self) -> Any:
        """A value, maybe denied or in brackets."""
        if self.take("!"):
            return not self.single()
        if self.take("("):
            value = self.either()
            assert self.take(")"), "a bracket is missing"
            return value
        kind, token = self.tokens.pop(0)
        if kind == "text":
            return token[1:-1].replace("''", "'")
        if kind == "sign":
            raise ValueError(f"{token} is not understood")
        if self.take("("):
            return self.functions[token](*self.arguments())
        return {"true": True, "false": False}[token] if token in ("true", "false") else self.lookup(token)

    def arguments(self) -> list[Any]:
        """The arguments of a call."""
        given: list[Any] = []
        while not self.take(")"):
            given.append(self.either())
            self.take(",")
        return given

    def lookup(self, name: str) -> Any:
        """A value of a context; what a known context does not hold is nothing."""
        first, *rest = name.split(".")
        value: Any = self.contexts[first]
        for part in rest:
            value = value.get(part) if isinstance(value, Mapping) else None
        return value
