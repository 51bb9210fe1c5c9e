"""The verdict: may a change merge by itself, and if not, why."""

from __future__ import annotations

from typing import Any, NamedTuple

from experts.problems import Problem, Translate, tidy, visible
from experts.request import Request

from . import rules
from .change import change
from .checking import caused
from .files import oddities
from .names import same_account
from .owners import Owners
from .repository import Repository

SHOWN = 50


class Verdict(NamedTuple):
    """What the gate says; without reasons the change may merge by itself."""

    reasons: list[Problem]
    new_profiles: list[str]
    checks_ok: bool
    files: int

    @property
    def merge(self) -> bool:
        """Whether it may merge by itself."""
        return not self.reasons

    def as_dict(self, translate: Translate) -> dict[str, Any]:
        """The verdict as JSON types."""
        return {
            "verdict": "merge" if self.merge else "review",
            "reasons": [_as_dict(reason, translate) for reason in self.reasons],
            "new_profiles": self.new_profiles,
            "checks_ok": self.checks_ok,
            "files": self.files,
        }

    def lines(self, translate: Translate) -> list[str]:
        """The verdict in sentences."""
        if self.merge:
            return [
                translate(
                    "This change may go through by itself: it touches only what is yours, and all of it is right."
                )
            ]
        first = translate("Somebody has to look at this change before it goes through:")
        more = [f"… {len(self.reasons) - SHOWN}"] if len(self.reasons) > SHOWN else []
        return [first, *[f"- {reason.line_of_text(translate)}" for reason in self.reasons[:SHOWN]], *more]


def _as_dict(reason: Problem, translate: Translate) -> dict[str, Any]:
    message, hint = reason.say(translate)
    sentence = f"{message} ({hint})" if hint else message
    return {"code": reason.code, "message": sentence, "path": "" if reason.path == "." else visible(reason.path)}


def judge(request: Request, base: str, head: str, login: str) -> Verdict:
    """Judge what merging `head` into `base` does, for the account `login`; Problems if the repository cannot tell."""
    repository = Repository(request.settings.root)
    found = change(repository, repository.commit(base), repository.commit(head))
    if found is None:
        hint = "bring the newest state of the main branch into it first"
        return _no(Problem(".", 0, 0, "conflict", "others have changed the same lines in the meantime", hint))
    if not found.parts:
        return _no(Problem(".", 0, 0, "nothing", "this change changes nothing"))
    if not same_account(login, login) or login.lower().endswith("[bot]"):
        message = "it is not known which person proposes this change"
        return _no(Problem(".", 0, 0, "author", message), len(found.parts))
    owners = Owners(found.before, login)
    # Forges may merge in ways of their own, so what the branch holds is judged, too.
    branch = found._replace(after=found.head, parts=found.proposed)
    reasons = [*oddities(found), *rules.judge(found, owners), *rules.judge(branch, owners)]
    problems: list[Problem] = []
    if not any(reason.code == "too-much" for reason in reasons):
        problems = caused(request, found)
        for problem in problems:
            reasons.append(problem._replace(code="problem"))  # noqa: PERF401 - the list is read above
    return Verdict(tidy(reasons), rules.new_profiles(found), not problems, len(found.parts))


def _no(reason: Problem, files: int = 0) -> Verdict:
    return Verdict([reason], [], False, files)
