"""Problems: what is wrong in a file, where, and what would be right.

A problem carries data; its sentence is made when somebody reads it, in their language.
The English sentence is the key of the gettext catalogue ``locale/<language>/LC_MESSAGES/problems.po``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Translate = Callable[[str], str]


class Problem(NamedTuple):
    """Something wrong at ``path:line:column`` (both from 1; 0 where there is no such place).

    `message` and `hint` are English ``{}`` templates for the `values`; `code` names the rule.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    values: dict[str, Any] = {}  # noqa: RUF012 - nobody writes into it

    def say(self, translate: Translate = str) -> tuple[str, str]:
        """``(message, hint)`` in the language of `translate`; control characters are made visible."""
        values = {key: visible(str(value), 1000 if key == "known" else 200) for key, value in self.values.items()}
        return tuple(translate(text).format(**values) if text else "" for text in (self.message, self.hint))  # type: ignore[return-value]

    def line_of_text(self, translate: Translate = str) -> str:
        """``path:line:column: what is wrong (what would be right)``."""
        message, hint = self.say(translate)
        place = visible(self.path) + (f":{self.line}:{self.column}" if self.line else "")
        return f"{place}: {message}" + (f" ({hint})" if hint else "")

    def as_dict(self, translate: Translate = str) -> dict[str, Any]:
        """The problem as JSON types."""
        message, hint = self.say(translate)
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "message": message,
            "hint": hint,
        }


class Problems(Exception):  # noqa: N818 - what is wrong in a site is no error of the program
    """Problems that end a build; carries them as `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take the problems, sorted by place."""
        self.problems = tidy(problems)
        super().__init__("\n".join(problem.line_of_text() for problem in self.problems))


def tidy(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file, line and column, each once."""
    unique = {(p.path, p.line, p.column, p.code, p.line_of_text()): p for p in problems}
    return [unique[key] for key in sorted(unique)]


def visible(text: str, limit: int = 200) -> str:
    """`text` safe for a terminal: control and format characters escaped, long values cut."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return (
        text
        if text.isprintable()
        else "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    )


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`; empty if none is like it (gestalt matching, cutoff 0.6)."""
    from difflib import get_close_matches  # only where something is wrong

    matches = get_close_matches(word[:200], list(known), 1)
    return matches[0] if matches else ""
