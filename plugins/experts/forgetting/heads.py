"""The fields of a file without somebody: values as `canonical.head_of` gives them, in and out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experts.mentions import MOST, Mentions

from .person import Person

Head = dict[str, Any]


def without(kind: str, head: Head, person: Person, stories: frozenset[str], rules: Mentions) -> tuple[Head, int]:
    """The fields of a file of a kind without a person and without removed `stories`, and how many references went."""
    change = _CHANGES.get(kind)
    return change(head, person, stories, rules) if change else (head, 0)


def alone(head: Head, person: Person) -> bool:
    """Whether somebody wrote a story alone, or nobody else of its authors has a profile."""
    authors = _texts(head.get("authors"))
    return bool(person.slugs.intersection(authors)) and not any(slug not in person.slugs for slug in authors)


def _texts(value: Any) -> list[str]:
    return [str(item).strip() for item in value] if isinstance(value, list) else []


def _list(fields: Head, name: str, gone: Callable[[Any], bool]) -> int:
    """Take entries out of a list; an empty list goes with its name.  How many went."""
    before = fields.get(name)
    if not isinstance(before, list):
        return 0
    after = [item for item in before if not gone(item)]
    if len(after) < len(before):
        if after:
            fields[name] = after
        else:
            del fields[name]
    return len(before) - len(after)


def _named(person: Person) -> Callable[[Any], bool]:
    return lambda item: isinstance(item, str) and item.strip() in person.slugs


def _story(head: Head, person: Person, _: frozenset[str], rules: Mentions) -> tuple[Head, int]:
    head = dict(head)
    was_alone = alone(head, person)
    count = _list(head, "authors", _named(person))
    # A name that may stay on the site cannot stay here: nothing is left that it could be taken from.
    counted = rules.sole != "remove" if was_alone else rules.coauthor != "drop"
    if count and counted and not str(head.get("translation_of") or "").strip():
        number = head.get("former_authors")
        head["former_authors"] = min(MOST, (number if isinstance(number, int) else 0) + 1)
    return head, count


def _hook(head: Head, person: Person, _: frozenset[str], __: Mentions) -> tuple[Head, int]:
    head = dict(head)
    gone = _named(person)
    return head, _list(head, "experts", lambda item: isinstance(item, dict) and gone(item.get("expert")))


def _event(head: Head, person: Person, stories: frozenset[str], _: Mentions) -> tuple[Head, int]:
    head = dict(head)
    count = _list(head, "experts", _named(person))
    sessions = head.get("sessions")
    if isinstance(sessions, list):
        head["sessions"] = sessions = [dict(item) if isinstance(item, dict) else item for item in sessions]
        for session in sessions:
            if isinstance(session, dict):
                count += _list(session, "hosts", _named(person))
                if str(session.get("story") or "").strip() in stories:
                    del session["story"]
                    count += 1
    return head, count


def _expert(head: Head, person: Person, _: frozenset[str], __: Mentions) -> tuple[Head, int]:
    head, count = dict(head), 0
    absence = head.get("absence")
    if isinstance(absence, dict) and _named(person)(absence.get("deputy")):
        rest = {name: value for name, value in absence.items() if name != "deputy"}
        count = 1
        if rest:
            head["absence"] = rest
        else:
            del head["absence"]
    owner = head.get("owner")
    if person.account and isinstance(owner, list):
        mine = person.account.lower()
        count += _list(
            head, "owner", lambda item: isinstance(item, str) and item.strip().removeprefix("@").lower() == mine
        )
    return head, count


_CHANGES: dict[str, Callable[[Head, Person, frozenset[str], Mentions], tuple[Head, int]]] = {
    "expert": _expert,
    "story": _story,
    "hook": _hook,
    "event": _event,
}
