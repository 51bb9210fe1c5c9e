"""A row of a list to a profile: a new draft, or what a profile that is there does not say yet.

What people wrote stays: a field that is there is never changed, also if it was emptied, but for those under `update` in the mapping.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from experts import frontmatter, languages, reader
from experts.fields import SLUG, slug_of
from experts.problems import Problem

from . import canonical, tidying
from .drafts import file
from .known import resolved, unknown
from .mapping import LISTS, Rule, Rules
from .people import People, Person
from .tables import Row

ONLY_NEW = ("slug", "lang", "owner", "headline", "topics")
"""Fields that an import gives to new profiles only."""

_SIGNS = re.compile("[,;|\n]")  # between the entries of a list in one cell

Values = dict[str, str | list[str]]


class Site(NamedTuple):
    """What rows are compared with."""

    people: People
    topics: dict[str, tuple[str, ...]]  # short name -> names
    by_name: dict[str, str]  # the other way round
    languages: tuple[str, ...]


class Outcome(NamedTuple):
    """What becomes of a row: "created", "updated", "unchanged" or "skipped"."""

    what: str
    row: int
    name: str
    path: str = ""
    data: bytes = b""
    fields: tuple[str, ...] = ()  # that were added or refreshed
    problems: tuple[Problem, ...] = ()  # why it was skipped


def outcome(row: Row, rules: Rules, site: Site) -> Outcome:
    """What becomes of a row; the people of the `site` know it afterwards."""
    place = f"row {row.number}"
    values, problems = values_of(row, rules, site, place)
    name, slug, email = str(values.get("name", "")), str(values.get("slug", "")), str(values.get("contact.email", ""))
    if not name and not slug and not email:
        hint = "each row needs a name, a short name or an e-mail address"
        problems.append(Problem(place, 0, 0, "nobody", "nothing says who this is", hint))
    person, problem = site.people.find(place, slug, email, name)
    if problem:
        problems.append(problem)
    if person and person.row:
        message, hint = (
            "this is the same person as in row {row}",
            "if not, add a column slug with the short name of each",
        )
        problems.append(Problem(place, 0, 0, "twice", message, hint, {"row": person.row}))
    elif person:
        site.people.met(person, row.number)
        if person.gone:
            problems.append(Problem(place, 0, 0, "left", "this person has left", "nothing about them is added"))
    if problems:
        return Outcome("skipped", row.number, name, problems=tuple(problems))
    if person:
        return _merged(row.number, person, values, rules.update, site)
    return _created(row.number, values, site, place)


def values_of(row: Row, rules: Rules, site: Site, place: str) -> tuple[Values, list[Problem]]:
    """The values of a row by field, without empty ones, and what is wrong with them."""
    values: Values = {}
    problems: list[Problem] = []
    for field, rule in rules.fields.items():
        words = _words(row, rule, field in LISTS)
        if field == "topics":
            slugs = [(word, resolved(word, site.topics, site.by_name)) for word in words]
            problems += [unknown(place, "topic", word, site.topics) for word, slug in slugs if not slug]
            words = [slug for _, slug in slugs]
        elif field == "languages":
            words = [languages.suggestion(word) or word for word in words]
        if words:
            values[field] = list(dict.fromkeys(words)) if field in LISTS else _folded(" ".join(words))
    return values, problems


def _words(row: Row, rule: Rule, is_list: bool) -> list[str]:
    """What a row says of a field, each text replaced by what it stands for; of a list, its entries."""
    found = [text for column in rule.columns for text in row.cells.get(column, ())]
    found = found or list(row.cells.get(rule.otherwise, ())) or ([rule.default] if rule.default else [])
    table = {_plain(key): meaning for key, meaning in rule.values}
    words: list[str] = []
    for text in found:
        if not is_list or _plain(text) in table:
            words += table.get(_plain(text), (text,))
            continue
        pieces = text.split(rule.split) if rule.split else _SIGNS.split(text)
        words += [word for piece in pieces if piece.strip() for word in table.get(_plain(piece), (_folded(piece),))]
    return words


def _plain(text: str) -> str:
    return _folded(text.casefold())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _created(row: int, values: Values, site: Site, place: str) -> Outcome:
    """A new draft, without consent."""
    name = str(values.get("name", ""))
    slug = str(values.pop("slug", "")) or slug_of(name)
    problem = None
    if not SLUG.fullmatch(slug):
        message, hint = (
            "there is no short name for {value}",
            "add a column slug: lower-case letters a-z, digits and - only",
        )
        problem = Problem(place, 0, 0, "slug", message, hint, {"value": slug or name})
    elif site.people.taken(slug):
        message, hint = "{value} is taken already", "add a column slug with the short name of each"
        problem = Problem(place, 0, 0, "taken", message, hint, {"value": slug})
    if problem:
        return Outcome("skipped", row, name, problems=(problem,))
    path = f"profiles/{slug}/profile.md"
    head: dict[str, Any] = {"lang": site.languages[0], "status": "draft"}
    for field, value in values.items():
        outer, _, inner = field.partition(".")
        if inner:
            head.setdefault(outer, {})[inner] = value
        else:
            head[outer] = value
    data = file(path, head)
    problems = [_about(problem, place) for problem in reader.read(path, data, site.languages).problems]
    if problems:
        return Outcome("skipped", row, name, path, problems=tuple(problems))
    site.people.add(Person(slug, name, str(values.get("contact.email", "")), False, b"", row))
    return Outcome("created", row, name, path, data, tuple(values))


def _about(problem: Problem, place: str) -> Problem:
    """The problem of a file that was not written, as one of its row."""
    if problem.code == "missing":
        message, hint = (
            "the list says nothing for the field {field}",
            "name its column in a mapping file, or give a constant there",
        )
        return Problem(place, 0, 0, "missing", message, hint, {"field": problem.values["field"]})
    return problem._replace(path=place, line=0, column=0)


def _merged(row: int, person: Person, values: Values, update: tuple[str, ...], site: Site) -> Outcome:
    """A profile that is there, with the fields that it does not have yet, and those that may be refreshed."""
    path = f"profiles/{person.slug}/profile.md"
    name = person.name or str(values.get("name", ""))
    document, _ = frontmatter.parse(path, person.data)
    problems = reader.read(path, person.data, site.languages).problems
    if document is None or problems:
        return Outcome("skipped", row, name, path, problems=tuple(problems))
    head = canonical.head_of(path, document.head)
    fields = tuple(
        [field for field, value in values.items() if field not in ONLY_NEW and _put(head, field, value, update)]
    )
    if not fields:
        return Outcome("unchanged", row, name, path)
    data = file(path, head, canonical.body_of(document.body))
    _, problems = tidying.tidy_form(path, person.data, site.languages)  # a comment would be lost
    problems = problems or reader.read(path, data, site.languages).problems
    if problems:
        return Outcome(
            "skipped",
            row,
            name,
            path,
            problems=tuple(
                [_about(problem, f"row {row}") if problem.code != "comment" else problem for problem in problems]
            ),
        )
    return Outcome("updated", row, name, path, data, fields)


def _put(head: dict[str, Any], field: str, value: str | list[str], update: tuple[str, ...]) -> bool:
    """Put a value where there is none, or where the list is to be followed; whether that changes anything."""
    outer, _, inner = field.partition(".")
    if inner and outer not in head:
        head[outer] = {inner: value}
        return True
    fields = head[outer] if inner else head
    name = inner or outer
    if not isinstance(fields, dict) or not fields:  # there, and empty: somebody wanted it so
        return False
    if name in fields:
        before = fields[name]
        same = before == value if isinstance(value, list) else _folded(str(before)) == value
        if field not in update or same or not before:
            return False
    fields[name] = value
    return True
