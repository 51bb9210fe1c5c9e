"""What is told of traces: where they are and of what kind, never what they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from experts.problems import Problem, Translate

from .identity import Identity
from .matching import Matcher
from .spelling import WORD, spellings
from .traces import Trace
from .views import folds, placed

PARTS: dict[str, str] = {
    "name": "the name",
    "family-name": "the family name",
    "given-name": "the given name",
    "slug": "the short name",
    "account": "the account",
    "email": "the e-mail address",
    "phone": "the telephone number",
    "link": "a link",
    "portrait": "the portrait",
    "file": "a file",
    "passage": "a sentence of their profile",
}
"""The kinds of traces in words."""
HIDDEN = "…"
MOST = 200  # lines for people


class Finding(NamedTuple):
    """A trace, and the problem that tells of it."""

    trace: Trace
    problem: Problem


def mask(matcher: Matcher, people: Sequence[Identity]) -> Callable[[str], str]:
    """The function that takes everything out of a path that names somebody, and each word of their names."""
    slugs = {slug for who in people for slug in (who.slug, *who.aliases) if slug}
    own = {word for text in (*slugs, *[who.name for who in people]) for one in spellings(text) for word in one}
    own = {word for word in own if len(word) > 2 and word not in matcher.ordinary}

    def masked(path: str) -> str:
        spans = [(match.start, match.end) for match in matcher.matches(path)]
        plain = folds(placed(path))
        private = [word.span() for word in WORD.finditer(plain.text) if word[0] in own]
        spans += [(plain.origin(start), plain.origin(end - 1) + 1) for start, end in private]
        for start, end in reversed(_merged(spans)):
            path = path[:start] + HIDDEN + path[end:]
        return "".join([HIDDEN if part in slugs else part for part in re.split(r"([/.])", path)])

    return masked


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def finding(
    trace: Trace, origin: tuple[Trace | None, bool], who: str, path: Callable[[str], str], translate: Translate
) -> Finding:
    """A trace as a problem; `who` is what the person is called in the report."""
    values: dict[str, Any] = {"what": translate(PARTS[trace.kind]), "who": who}
    message = "{what} of {who} is still here" if trace.sure else "this may be {what} of {who}"
    if trace.where == "name":
        message = "the path holds {what} of {who}" if trace.sure else "the path may hold {what} of {who}"
    if trace.where == "header":
        message = "the headers of the answer hold {what} of {who}"
    hint = ""
    if trace.where == "cache":
        hint = "remove the cache: delete .cache, or build with --clean"
    elif origin[0] is not None:
        hint = "it comes from {origin}" if origin[1] else "it may come from {origin}"
        values["origin"] = f"{path(origin[0].path)}:{origin[0].line}:{origin[0].column}"
    problem = Problem(path(trace.path), trace.line, trace.column, "residue", message, hint, values)
    return Finding(trace, problem)


def as_dict(found: Finding, who: str, translate: Translate) -> dict[str, Any]:
    """A finding as JSON types."""
    trace, origin = found.trace, found.problem.values.get("origin", "")
    facts = {"kind": trace.kind, "where": trace.where, "sure": trace.sure, "person": who, "origin": origin}
    return {**found.problem.as_dict(translate), **facts}
