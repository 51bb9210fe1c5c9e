"""Who has a profile already: to know people in a list again by short name, e-mail address or name."""

from __future__ import annotations

import os
from typing import NamedTuple

from experts import frontmatter, source
from experts.frontmatter import Mapping, Scalar, Sequence
from experts.places import kind_of
from experts.problems import Problem


class Person(NamedTuple):
    """A profile that is there; `data` is b"" for one of this import."""

    slug: str
    name: str
    email: str
    gone: bool  # has left, or is about to be removed
    data: bytes
    row: int = 0  # in which this import has met the person


class People:
    """The people of a site, and those that an import adds."""

    def __init__(self, root: str, today: str) -> None:
        """Read the profiles of the site in the folder `root`."""
        self.by_slug: dict[str, Person] = {}
        self._aliases: dict[str, str] = {}
        self._emails: dict[str, list[str]] = {}
        self._names: dict[str, list[str]] = {}
        for path in sorted(source.scan(root, ["profiles"]).stamps):
            kind, slug, _ = kind_of(path)
            if kind == "expert":
                self._read(slug, source.read(os.path.join(root, path), frontmatter.MAX_FILE + 1), path, today)

    def _read(self, slug: str, data: bytes, path: str, today: str) -> None:
        document, _ = frontmatter.parse(path, data)
        head = document.head if document else Mapping({}, {}, 0, 0)
        left = _text(head, "left")
        gone = _text(head, "status") == "left" or bool(left and left <= today)
        contact = head.items.get("contact")
        email = _text(contact, "email") if isinstance(contact, Mapping) else ""
        self.add(Person(slug, _text(head, "name"), email, gone, data))
        aliases = head.items.get("aliases")
        for alias in aliases.items if isinstance(aliases, Sequence) else ():
            if isinstance(alias, Scalar):
                self._aliases[alias.text] = slug

    def add(self, person: Person) -> None:
        """Take up a person."""
        self.by_slug[person.slug] = person
        if person.email:
            self._emails.setdefault(_folded(person.email), []).append(person.slug)
        if person.name:
            self._names.setdefault(_folded(person.name), []).append(person.slug)

    def met(self, person: Person, row: int) -> None:
        """Remember in which row a person was."""
        self.by_slug[person.slug] = person._replace(row=row)

    def find(self, path: str, slug: str, email: str, name: str) -> tuple[Person | None, Problem | None]:
        """The person with a short name, else with an e-mail address, else with a name; a problem if that could be several."""
        if self.taken(slug):
            return self.by_slug[self._aliases.get(slug, slug)], None
        found = self._emails.get(_folded(email), []) if email else []
        if len(found) == 1:
            return self.by_slug[found[0]], None
        if slug:
            return None, None
        namesakes = [self.by_slug[each] for each in self._names.get(_folded(name), [])]
        others = [person for person in namesakes if email and person.email and _folded(person.email) != _folded(email)]
        if len(found) > 1 or len(namesakes) > 1 or others:
            message, hint = "there are several people like {value}", "add a column slug with the short name of each"
            return None, Problem(path, 0, 0, "namesake", message, hint, {"value": name})
        return (namesakes[0] if namesakes else None), None

    def taken(self, slug: str) -> bool:
        """Whether a short name is in use, or was."""
        return slug in self.by_slug or self._aliases.get(slug, "") in self.by_slug


def _text(head: Mapping, name: str) -> str:
    node = head.items.get(name)
    return node.text.strip() if isinstance(node, Scalar) and not node.empty else ""


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
