"""What is to be said, in one language: findings as sentences, those in changed files first.  Every format is made from it."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections import Counter
from collections.abc import Sequence
from gettext import NullTranslations
from typing import Any, NamedTuple

from experts import model
from experts.forge import Forge
from experts.problems import Problem

from .completeness import Completeness
from .findings import Findings
from .reasons import why

MOST_OF_FORGE = 5000
"""Remarks that forges are given: GitHub shows no more of a file of code scanning, and refuses one of 25,000."""


class Remark(NamedTuple):
    """A problem or a hint in the reader's language; `line` and `column` count from 1, 0 for the file as a whole."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str
    why: str
    blocks: bool  # a problem, not a hint
    changed: bool  # in what was changed
    source: Problem

    def as_dict(self) -> dict[str, Any]:
        """The remark as JSON types."""
        names = ("path", "line", "column", "code", "message", "hint", "why")
        return {name: getattr(self, name) for name in names}

    @property
    def sentence(self) -> str:
        """What is wrong (what would be right)."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class Report(NamedTuple):
    """All that a format may show.  `changed` is None where nobody asked what was changed."""

    problems: list[Remark]
    hints: list[Remark]
    hidden: list[tuple[str, str]]  # path, reason
    profiles: list[Completeness]
    changed: tuple[str, ...] | None
    words: NullTranslations
    lang: str
    forge: Forge = Forge()

    def for_forge(self) -> list[Remark]:
        """Problems, then hints, each with those first that lie in what was changed: as many as forges take."""
        return [*self.problems, *self.hints][:MOST_OF_FORGE]

    def profiles_changed(self) -> list[Completeness]:
        """The profiles in whose folder something was changed; none where nobody asked."""
        folders = _folders(self.changed or ())
        return [profile for profile in self.profiles if posixpath.dirname(profile.path) in folders]

    def help(self, code: str) -> str:
        """The address of what the catalogue of messages says of a code; "" where the forge is not known."""
        name = f"schema/messages.{'de' if model.primary(self.lang) == 'de' else 'en'}.md"
        page = self.forge._replace(folder="").view(name) if self.forge.url else ""
        return f"{page}#{code}" if page else ""

    def complete(self, profile: Completeness) -> str:
        """How complete a profile is, to stand behind its name."""
        _ = self.words.gettext
        missing = ", ".join([_(text) for text in profile.missing])
        lacks = " " + _("Still missing: {missing}.").format(missing=missing) if missing else ""
        return _(": {percent} % complete.").format(percent=profile.percent) + lacks

    def more(self, count: int) -> str:
        """That there are more of a kind."""
        return self.words.gettext("… and {n} more").format(n=count)

    def total(self) -> str:
        """How many problems and hints there are, in words."""
        problems, hints = len(self.problems), len(self.hints)
        said = self.words.ngettext("{n} problem", "{n} problems", problems).format(n=problems)
        return said + (", " + self.words.ngettext("{n} hint", "{n} hints", hints).format(n=hints) if hints else "")


def fingerprints(remarks: Sequence[Remark]) -> list[str]:
    """What tells remarks apart, and stays the same when lines move or the language is another: not their places."""
    seen: Counter[str] = Counter()
    found = []
    for remark in remarks:
        key = json.dumps([remark.path, remark.code, *remark.source.say()])
        seen[key] += 1
        found.append(hashlib.sha256(f"{key}{seen[key]}".encode()).hexdigest()[:32])
    return found


def report(
    found: Findings,
    words: NullTranslations,
    lang: str,
    changed: Sequence[str] | None = None,
    forge: Forge = Forge(),  # noqa: B008 - it cannot be changed
) -> Report:
    """The findings in the language of the catalogue `words`, which is `lang`; what lies in `changed` files first."""
    folders, files = _folders(changed or ()), frozenset(changed or ())

    def remark(problem: Problem, blocks: bool) -> Remark:
        message, hint = problem.say(words.gettext)
        reason = why(problem.code)
        near = problem.path in files or _folder(problem.path) in folders
        place = (problem.path, problem.line, problem.column, problem.code)
        return Remark(*place, message, hint, reason and words.gettext(reason), blocks, near, problem)

    def remarks(problems: list[Problem], blocks: bool) -> list[Remark]:
        return sorted([remark(problem, blocks) for problem in problems], key=lambda remark: not remark.changed)

    hidden = [(item.path, words.gettext(item.reason).format(**item.values)) for item in found.hidden]
    listed = None if changed is None else tuple(changed)
    return Report(
        remarks(found.problems, True), remarks(found.hints, False), hidden, found.profiles, listed, words, lang, forge
    )


def _folders(paths: Sequence[str]) -> frozenset[str]:
    """The folders of people in which files lie: a profile is one thing, whichever of its files was changed."""
    return frozenset(filter(None, map(_folder, paths)))


def _folder(path: str) -> str:
    words = path.split("/")
    return "/".join(words[:2]) if words[0] == "profiles" and len(words) > 2 else ""
