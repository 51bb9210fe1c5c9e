"""What must go from Git's history, in the forms that ``git filter-repo`` reads: paths, words, and who committed."""

from __future__ import annotations

import re

from experts.gate.repository import Repository
from experts.names import fold
from experts.problems import Problems

from .person import Person
from .plan import Plan

SOMEBODY, ADDRESS = "somebody", "somebody@invalid"


def files(root: str, person: Person, planned: Plan) -> dict[str, str]:
    """``paths.txt``, ``words.txt`` and ``people.txt``."""
    prefix, committers = _history(root)
    gone = [f"profiles/{slug}/" for slug in sorted(person.slugs)]
    gone += [path for path in planned.removed if not path.startswith(tuple(gone))]
    return {
        "paths.txt": "".join([f"{prefix}{path}\n" for path in gone]),
        "words.txt": "".join([f"{line}\n" for line in _words(person)]),
        "people.txt": "".join([f"{SOMEBODY} <{ADDRESS}> {who}\n" for who in committers if _is(person, who)]),
    }


def _words(person: Person) -> list[str]:
    """Replacements as regular expressions: the longest first, so that none leaves a part of another."""
    words = {person.name, person.email, person.account, *person.slugs} - {""}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return [
        rf"regex:(?i)(?<![\w-]){re.escape(word).replace(chr(92) + ' ', chr(92) + 's+')}(?![\w-])==>{SOMEBODY}"
        for word in ordered
    ]


def _history(root: str) -> tuple[str, list[str]]:
    """The site's folder in the repository, and all who committed, as ``Name <address>``."""
    try:
        repository = Repository(root)
    except Problems:
        return "", []
    rows = repository.ask("log", "--all", "--format=%an <%ae>%n%cn <%ce>")[1].decode("utf-8", "replace").splitlines()
    return repository.prefix.decode("utf-8", "replace"), sorted(set(rows))


def _is(person: Person, who: str) -> bool:
    """Whether a committer is the person: by name, e-mail address or account."""
    name, _, address = who.removesuffix(">").rpartition(" <")
    same = {fold(person.name)} if person.name else set()
    local = address.partition("@")[0].rpartition("+")[2]
    known = {fold(word) for word in (person.email, person.account, *person.slugs) if word}
    return fold(name) in same | known or bool({fold(address), fold(local)} & known)
