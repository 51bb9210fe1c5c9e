"""From the kinds of fields to JSON Schema: what a value of each `Shape` may be.

Where a field is optional, ``""``, ``[]``, ``{}`` and null are allowed: they mean that it is absent.  The types stand side by side,
and each keyword counts for its own type only, so that editors need not choose between alternatives to say what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from experts import addresses, wording
from experts.fields import Field, Shape
from experts.problems import Translate

from . import regular as r

Schema = dict[str, Any]
EMPTY: Schema = {"$ref": "#/definitions/empty"}
PLAIN = (
    "string",
    "number",
    "boolean",
)  # YAML takes 4 and true for a number and a boolean; our fields take them for texts


class Words(NamedTuple):
    """What the schema of a kind of file says to people: its kind, and the translations of fields and of messages."""

    kind: str
    of_fields: Translate
    of_messages: Translate


def properties(table: Mapping[str, Field], words: Words, prefix: str = "", required: bool = False) -> Schema:
    """The fields of a table, each with its title and description; those that are `required` only if that is said."""
    return {
        name: {
            "title": words.of_fields(wording.label(words.kind, prefix + name)),
            "description": _description(prefix + name, field.shape, words),
            **shaped(prefix + name, field._replace(required=required and field.required), words),
        }
        for name, field in table.items()
    }


def shaped(path: str, field: Field, words: Words) -> Schema:
    """What a field may hold."""
    return _KINDS[field.shape.kind](path, field, words)


def group(table: Mapping[str, Field], words: Words, prefix: str) -> Schema:
    """A group of fields; its required ones are, unless all of it is empty."""
    required = [name for name, field in table.items() if field.required]
    needed = {"if": EMPTY, "else": filled(*required)} if required else {}
    return {
        "type": ["object", "null", "string", "array"],
        "properties": properties(table, words, prefix),
        "additionalProperties": False,
        **needed,
        "pattern": r"^\s*$",
        "patternErrorMessage": _known(table, words),
        "items": EMPTY,
    }


def filled(*names: str) -> Schema:
    """The condition that some fields are there and not empty."""
    return {"required": list(names), "properties": {name: {"not": EMPTY} for name in names}}


def _known(table: Mapping[str, Field], words: Words) -> str:
    return words.of_messages("write its fields below it, indented: {known}").format(known=", ".join(table))


def _description(path: str, shape: Shape, words: Words) -> str:
    """The help of a field, and its limits."""
    translate = words.of_messages
    limits = []
    inner = shape.item.shape if shape.kind == "localised" else shape
    if inner.kind == "list" and inner.limit and inner.item.shape.kind != "choice":
        limits.append(translate("At most {limit} entries.").format(limit=inner.limit))
        inner = inner.item.shape
    if inner.kind == "text" and inner.limit:
        limits.append(translate("At most {limit} characters.").format(limit=inner.limit))
    return " ".join([words.of_fields(wording.help(words.kind, path)), *limits])


def _scalar(types: tuple[str, ...], required: bool, **rules: Any) -> Schema:
    """A single value of some types, or nothing where it is optional."""
    if required:
        return {"type": list(types), **rules}
    other = [kind for kind in ("null", "array", "object") if kind not in types]
    return {"type": [*types, *other], **rules, "items": EMPTY, "additionalProperties": EMPTY}


def _text(_: str, field: Field, words: Words) -> Schema:
    hint = words.of_messages("write something after the colon")
    filled = {"pattern": r"\S", "patternErrorMessage": hint} if field.required else {}
    return _scalar(PLAIN, field.required, maxLength=field.shape.limit, **filled)


def _form(pattern: str, hint: str, types: tuple[str, ...] = ("string",), **rules: Any) -> Callable[..., Schema]:
    """A value of a certain form; `hint` says what would be right."""

    def make(_: str, field: Field, words: Words) -> Schema:
        form = r.whole(pattern or field.shape.pattern, field.required)
        message = words.of_messages(hint)
        return _scalar(types, field.required, pattern=form, patternErrorMessage=message, **rules)

    return make


def _clock(_: str, field: Field, words: Words) -> Schema:
    hint = "write a time of day like 09:30, or a date with time and time zone, like 2026-11-23T09:00:00+01:00"
    range_of_numbers = {"minimum": 0, "exclusiveMaximum": 24}  # 18.30 is a number to YAML
    return _form(r.CLOCK, hint, ("string", "number"), **range_of_numbers)("", field, words)


def _choice(path: str, field: Field, words: Words) -> Schema:
    names = [words.of_fields(wording.option(path, option)) for option in field.shape.options]
    one: Schema = {"enum": list(field.shape.options), "enumDescriptions": names}
    default = {"default": field.default} if field.default else {}
    return {**default, **(one if field.required else {"anyOf": [one, EMPTY]})}


def _switch(_: str, field: Field, words: Words) -> Schema:
    message = words.of_messages("allowed: {known}").format(known="true, false")
    return _scalar(("boolean", "string"), field.required, pattern=r.SWITCH, patternErrorMessage=message)


def _language(_: str, __: Field, ___: Words) -> Schema:
    return {"allOf": [{"$ref": "#/definitions/language"}]}  # beside a $ref, draft 7 sees nothing else


def _focus(_: str, __: Field, ___: Words) -> Schema:
    number = {"type": ["number", "string"], "minimum": 0, "exclusiveMaximum": 101, "pattern": f"^{r.PER_CENT}$"}
    return {"anyOf": [{"type": "array", "items": number, "minItems": 2, "maxItems": 2}, EMPTY]}


def _list(path: str, field: Field, words: Words) -> Schema:
    shape = field.shape
    hint = words.of_messages("write [{value}], or each on a line of its own that begins with -").format(value="…")
    absent: Schema = {"pattern": r"^\s*$", "patternErrorMessage": hint, "additionalProperties": EMPTY}
    return {
        "type": ["array"] if field.required else ["array", "null", "string", "object"],
        "items": shaped(path, shape.item._replace(required=False), words),
        "maxItems": shape.limit,
        **({"uniqueItems": True} if shape.unique else {}),
        **({"contains": {"not": EMPTY}, "errorMessage": hint} if field.required else absent),
    }


def _group(path: str, field: Field, words: Words) -> Schema:
    return group(field.shape.table, words, f"{path}.")


def _localised(path: str, field: Field, words: Words) -> Schema:
    kinds = ["object"] if field.required else ["object", "null", "string", "array"]
    absent: Schema = {} if field.required else {"pattern": r"^\s*$", "items": EMPTY}
    return {
        "type": kinds,
        "propertyNames": {"pattern": f"^(?:{r.LANGUAGE})$"},
        "additionalProperties": shaped(path, field.shape.item._replace(required=False), words),
        **absent,
        **({"not": EMPTY} if field.required else {}),
    }


def _links(_: str, field: Field, words: Words) -> Schema:
    return {
        "type": ["object", "null", "string", "array"],
        "properties": {service: _link(service) for service in field.shape.options},
        "propertyNames": {"pattern": "^[a-z0-9][a-z0-9-]{0,40}$"},
        "additionalProperties": {"$ref": "#/definitions/address"},
        "pattern": r"^\s*$",
        "patternErrorMessage": words.of_messages("write one per line below it, like mastodon: https://…"),
        "items": EMPTY,
    }


def _link(service: str) -> Schema:
    kinds = {"orcid": "orcid", "email": "email", **dict.fromkeys(("mastodon", "pixelfed", "peertube"), "fediverse")}
    kinds |= dict.fromkeys(addresses.HANDLES, "handle")
    return {"$ref": f"#/definitions/{kinds.get(service, 'address')}"}


_ADDRESS = "write the whole address, like https://example.com/page"
_SLUG = "lower-case letters a-z, digits and - only, like mara-lindqvist"
_MOMENT = "write year-month-day, like 2026-11-23, or with time and time zone, like 2026-11-23T09:00:00+01:00"
_DAY = "write year-month-day, like 2026-11-23"


def definitions(email: str, words: Words) -> Schema:
    """What the schemas refer to; `email` is the pattern of an e-mail address."""
    say = words.of_messages
    absent = {"items": EMPTY, "additionalProperties": EMPTY}
    one = {"type": ["string", "null", "array", "object"], **absent}
    any_plain = {"type": [*PLAIN, "null", "array", "object"], **absent}
    orcid = say("16 digits as on orcid.org, like 0000-0002-1825-0097; the last one proves the others")
    return {
        "empty": {
            "type": ["null", "string", "array", "object"],
            "pattern": r"^\s*$",
            "items": EMPTY,
            "additionalProperties": EMPTY,
        },
        "language": {**one, "pattern": r.whole(r.LANGUAGE), "patternErrorMessage": say("use a code like de, en or pt-BR")},
        "address": {**one, "pattern": r.whole(r.ADDRESS), "patternErrorMessage": say(_ADDRESS)},
        "handle": {**any_plain, "pattern": r.whole(r.HANDLE), "patternErrorMessage": say(_ADDRESS)},
        "fediverse": {**one, "pattern": r.whole(f"{r.FEDIVERSE}|{r.ADDRESS}"), "patternErrorMessage": say(_ADDRESS)},
        "email": {**one, "pattern": r.whole(f"{email}|{r.ADDRESS}"), "patternErrorMessage": say("like mara@example.com")},
        "orcid": {**any_plain, "pattern": r.whole(r.ORCID), "patternErrorMessage": orcid},
    }  # fmt: skip


_KINDS: dict[str, Callable[[str, Field, Words], Schema]] = {
    "text": _text,
    "slug": _form("", _SLUG, PLAIN),
    "choice": _choice,
    "switch": _switch,
    "day": _form(r.DAY, _DAY),
    "moment": _form(r.MOMENT, _MOMENT),
    "clock": _clock,
    "language": _language,
    "timezone": _form(r.TIMEZONE, "use a name like Europe/Berlin"),
    "focus": _focus,
    "file": _form(r.BESIDE, "give only the file's name and put the file into the same folder", PLAIN),
    "url": _form(r.URL, _ADDRESS),
    "email": _form("", "like mara@example.com"),
    "phone": _form("", 'digits, spaces, + and -, like "+49 40 123456"', ("string", "number")),
    "pattern": _form("", "Q and a number, like Q179291"),
    "links": _links,
    "list": _list,
    "group": _group,
    "localised": _localised,
}
