"""Which columns of a list become which fields of profiles: the mapping file, or the usual names of columns.

A mapping file has the fields and, in `update`, those that the list may change later::

    fields:
      name: [First name, Last name]
      department: Abteilung
      headline: {column: Claim, otherwise: Position}
      lang: {constant: de}
      topics: {column: Abteilung, values: {Forschung: [heat-pumps], Netz: power-grid}}
      languages: {column: Sprachen, split: "/"}
    update: [department, location]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from experts import addresses, frontmatter, schema
from experts import fields as f
from experts.frontmatter import Mapping, Node, Scalar, Sequence
from experts.problems import Problem, Problems, nearest

PLAIN = (
    "slug", "name", "lang", "headline", "role", "department", "location", "timezone", "pronouns", "pronunciation", "languages",
    "topics", "contact_for", "formats", "response", "summary", "interests", "owner", "contact.email", "contact.phone",
)  # fmt: skip
FIELDS = (*PLAIN, *[f"links.{service}" for service in addresses.SERVICES])
"""The fields that a list can give; never consent, status and what people confirm themselves."""

LISTS = tuple(name for name, field in schema.EXPERT.items() if field.shape.kind == "list")
UPDATABLE = ("name", "role", "department", "location", "timezone", "languages", "contact.email", "contact.phone")
"""The fields that the employer knows best, if anybody does; all others are the person's own."""


class Rule(NamedTuple):
    """How a field comes from a row: `columns` joined, else the column `otherwise`, else `default`."""

    columns: tuple[str, ...] = ()
    otherwise: str = ""
    default: str = ""
    split: str = ""  # of lists; "": at the usual signs
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what a text in the list stands for


class Rules(NamedTuple):
    """The rule of each field, and the fields that may be refreshed."""

    fields: dict[str, Rule]
    update: tuple[str, ...] = ()


def _values() -> f.Field:
    def read(context: f.Context, name: str, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not isinstance(node, Mapping):
            hint = "write one per line below it: what stands in the list, a colon, what it means"
            context.complain(node, "group", "{field} must be a group of fields", hint, field=name)
            return ()
        return tuple([(key, _texts(context, name, child)) for key, child in node.items.items()])

    return f.Field(read, ())


def _texts(context: f.Context, name: str, node: Node) -> tuple[str, ...]:
    """A text, or several."""
    if isinstance(node, Sequence):
        return tuple(filter(None, [f.scalar(context, name, item) or "" for item in node.items]))
    return tuple(filter(None, [f.scalar(context, name, node) or ""]))


_RULE: dict[str, f.Field] = {
    "column": f.text(200),
    "columns": f.items(f.text(200), most=10),
    "otherwise": f.text(200),
    "constant": f.text(1000),
    "default": f.text(1000),
    "split": f.text(5),
    "values": _values(),
}


def read(path: str, data: bytes) -> Rules:
    """The rules in a mapping file, with or without lines ---; Problems if it has any."""
    fenced = data.lstrip(b"\xef\xbb\xbf").startswith(b"---")
    document, problems = frontmatter.parse(path, data if fenced else b"---\n" + data + b"\n---\n")
    rules = Rules({})
    if document:
        context = f.Context(path, problems, ("en",))
        values = f.fields(context, document.head, {"fields": _fields_field(), "update": f.items(f.text(60))})
        rules = Rules(dict(values["fields"]), values["update"])
        _check_update(context, document.head, rules.update)
    if problems:
        raise Problems(problems if fenced else [one._replace(line=max(one.line - 1, 0)) for one in problems])
    return rules


def _fields_field() -> f.Field:
    def read(context: f.Context, name: str, node: Node) -> tuple[tuple[str, Rule], ...]:
        if not isinstance(node, Mapping):
            hint = "write one per line below it: a field, a colon, the column"
            context.complain(node, "group", "{field} must be a group of fields", hint, field=name)
            return ()
        found = []
        for key, child in node.items.items():
            if key in FIELDS:
                found.append((key, _rule(context, key, child)))
                continue
            like = nearest(key, FIELDS)
            message = "the field {field} cannot be imported"
            hint = "did you mean {like}?" if like else "possible: {known}"
            values = {"field": key, "like": like, "known": ", ".join((*PLAIN, "links.…"))}
            context.complain(f.Place(*node.keys[key]), "import-field", message, hint, **values)
        return tuple(found)

    return f.Field(read, (), required=True)


def _rule(context: f.Context, name: str, node: Node) -> Rule:
    if isinstance(node, Scalar):
        return Rule((node.text.strip(),))
    if isinstance(node, Sequence):
        return Rule(_texts(context, name, node))
    values = f.fields(context, node, _RULE, name + ".")
    columns = tuple(filter(None, [values["column"], *values["columns"]]))
    fixed = values["constant"] or values["default"]
    if not columns and not fixed:
        hint = "write the name of a column, or {{constant: …}}"
        context.complain(node, "rule", "nothing says where {field} comes from", hint, field=name)
    return Rule(columns, values["otherwise"], fixed, values["split"], values["values"])


def _check_update(context: f.Context, head: Mapping, update: tuple[str, ...]) -> None:
    for name in update:
        if name not in UPDATABLE:
            message, hint = "{field} belongs to the person and is never overwritten", "possible for update: {known}"
            context.complain(head.items["update"], "update", message, hint, field=name, known=", ".join(UPDATABLE))


def fitted(path: str, rules: Rules, columns: tuple[str, ...]) -> Rules:
    """The rules with the columns as the list spells them; Problems for columns that it does not have."""
    spelled = {_plain(column): column for column in reversed(columns)}
    problems = []

    def find(column: str) -> str:
        if column in columns or not column:
            return column
        if _plain(column) not in spelled:
            like = nearest(column, columns)
            hint = "did you mean {like}?" if like else "the list has: {known}"
            values = {"value": column, "like": like, "known": ", ".join(columns)}
            problems.append(Problem(path, 0, 0, "column", "the list has no column {value}", hint, values))
        return spelled.get(_plain(column), column)

    found = {
        name: rule._replace(columns=tuple([find(column) for column in rule.columns]), otherwise=find(rule.otherwise))
        for name, rule in rules.fields.items()
    }
    if problems:
        raise Problems(problems)
    return rules._replace(fields=found)


def _plain(name: str) -> str:
    """A column's name without case, spaces and signs."""
    return re.sub(r"[\W_]+", "", name.casefold())


# What columns are usually called, without case, spaces and signs.
USUAL: dict[str, tuple[str, ...]] = {
    "slug": ("slug", "shortname", "kurzname"),
    "name": ("name", "fullname", "displayname", "vollername", "vollständigername", "anzeigename", "mitarbeiter", "mitarbeitername", "employee", "employeename"),
    "headline": ("headline", "überschrift", "claim"),
    "role": ("role", "rolle", "position", "jobtitle", "job", "funktion", "stelle", "stellenbezeichnung", "tätigkeit", "berufsbezeichnung", "positionsbezeichnung"),
    "department": ("department", "abteilung", "bereich", "organisationseinheit", "orgeinheit", "orgunit", "organizationalunit", "division", "departmentname"),
    "location": ("location", "standort", "ort", "dienstort", "arbeitsort", "dienstsitz", "office", "officelocation", "site", "city", "stadt"),
    "timezone": ("timezone", "zeitzone"),
    "pronouns": ("pronouns", "pronomen"),
    "pronunciation": ("pronunciation", "aussprache"),
    "languages": ("languages", "language", "sprachen", "sprache", "sprachkenntnisse", "languageskills"),
    "topics": ("topics", "themen", "expertise", "fachgebiete", "fachgebiet", "schwerpunkte", "themengebiete"),
    "contact_for": ("contactfor", "ansprechpartnerfür", "ansprechbarfür"),
    "summary": ("summary", "kurzbiografie", "kurzbiographie", "kurzprofil", "zusammenfassung", "shortbio"),
    "owner": ("owner", "github", "githubuser", "githubusername", "githublogin", "gitlab", "gitlabusername"),
    "contact.email": ("email", "mail", "emailadresse", "mailadresse", "emailaddress", "workemail", "emaildienstlich", "dienstlicheemail", "contactemail"),
    "contact.phone": ("phone", "telefon", "telefonnummer", "phonenumber", "workphone", "businessphone", "telefondienstlich", "diensttelefon", "contactphone"),
    "links.linkedin": ("linkedin",),
    "links.xing": ("xing",),
    "links.orcid": ("orcid", "orcidid"),
    "links.mastodon": ("mastodon",),
    "links.website": ("website", "homepage", "webseite"),
}  # fmt: skip
_FIRST = ("firstname", "vorname", "givenname", "rufname", "forename", "namefirst")
_LAST = ("lastname", "nachname", "surname", "familyname", "familienname", "zuname", "namelast")


def usual(columns: tuple[str, ...]) -> Rules:
    """The rules that the names of the columns suggest; without a headline, the role stands in for it."""
    spelled = {_plain(column): column for column in reversed(columns)}
    fields = {
        field: Rule((spelled[name],))
        for field, names in USUAL.items()
        for name in [next((name for name in names if name in spelled), "")]
        if name
    }
    parts = [next((spelled[name] for name in names if name in spelled), "") for names in (_FIRST, _LAST)]
    if all(parts):
        fields["name"] = Rule(tuple(parts))
    role = fields["role"].columns[0] if "role" in fields else ""
    if "headline" in fields:
        fields["headline"] = fields["headline"]._replace(otherwise=role)
    elif role:
        fields["headline"] = Rule((role,))
    return Rules(fields)
