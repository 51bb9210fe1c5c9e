"""Kinds of fields: each reads a node of the front matter into a value, or says what is wrong with it.

A field that is empty (``""``, ``[]``, ``{}``, ``null``) is absent and gets its default.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from . import languages
from .dates import is_date, is_moment
from .frontmatter import Mapping, Node, Scalar, Sequence
from .model import primary
from .problems import Problem, nearest

SLUG = re.compile(r"(?=-*[a-z0-9])[a-z0-9-]{1,120}", re.ASCII)
_LOCAL_DATE = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
)
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
)
_PER_CENT = re.compile(r"(\d{1,3})(?:\.\d{1,9})?%?", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,3}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:?\d{2})", re.ASCII)
_LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?", re.ASCII)
_ZEROS = re.compile(r"\.(\d{0,9}?)0+(?=[Z+-])", re.ASCII)  # editors write 09:00:00.000Z
SWITCHED = {word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
"""The booleans of YAML 1.2 (core schema)."""
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.][0-5]\d", re.ASCII)


class Context(NamedTuple):
    """What reading a file needs to know, and where its problems go."""

    path: str
    problems: list[Problem]
    languages: tuple[str, ...]  # of the site, the default first

    def complain(self, node: Any, code: str, message: str, hint: str = "", **values: object) -> None:
        """Report a problem at the place of `node`."""
        self.problems.append(Problem(self.path, node.line, node.column, code, message, hint, values))


class Shape(NamedTuple):
    """What a field may hold, as data: for forms, JSON Schemas and whatever else is made from the tables in `schema`.

    `kind` is "text", "slug", "choice", "switch", "count", "day", "moment", "clock", "language", "timezone", "focus", "file", "url", "email", "phone",
    "pattern", "links", "list", "group" or "localised".
    """

    kind: str = "text"
    limit: int = 0  # characters of a text, entries of a list, the largest number; 0: none
    options: tuple[str, ...] = ()  # of a choice
    pattern: str = ""  # regular expression for the whole value
    item: Any = None  # the Field of a list's entries, or of a text in one language
    table: Any = None  # name -> Field of a group
    unique: bool = False


class Field(NamedTuple):
    """How a field is read: ``read(context, name, node)`` gives its value, or `default` after a complaint."""

    read: Callable[[Context, str, Node], Any]
    default: Any = ""
    required: bool = False
    shape: Shape = Shape()


class Place(NamedTuple):
    """A line and column of a file, from 1; 0 for the file as a whole."""

    line: int
    column: int


def fields(context: Context, node: Mapping, table: dict[str, Field], prefix: str = "") -> dict[str, Any]:
    """Read all fields of a mapping by `table`; unknown keys and missing required fields are problems."""
    values: dict[str, Any] = {}
    for key in node.items:
        if key not in table:
            like = nearest(key, table)
            hint = "did you mean {like}?" if like else "known fields: {known}"
            context.complain(
                Place(*node.keys[key]),
                "unknown-field",
                "there is no field {field}",
                hint,
                field=prefix + key,
                like=like,
                known=", ".join(table),
            )
    for key, field in table.items():
        value = node.items.get(key)
        if value is None or value.empty:
            values[key] = field.default
            if field.required:
                if value is None:
                    context.complain(
                        node,
                        "missing",
                        "the field {field} is missing",
                        "add a line {last}: …",
                        field=prefix + key,
                        last=key,
                    )
                else:
                    context.complain(
                        Place(*node.keys[key]),
                        "empty",
                        "the field {field} is empty",
                        "write something after the colon",
                        field=prefix + key,
                    )
        else:
            values[key] = field.read(context, prefix + key, value)
    return values


def scalar(context: Context, name: str, node: Node) -> str | None:
    """The text of a scalar; None, and a problem, for anything else."""
    if type(node) is Scalar:
        return node.text
    message = (
        "{field} must be a text, not a list"
        if type(node) is Sequence
        else "{field} must be a text, not a group of fields"
    )
    hint = "write {field}: followed by the text; put a text with [ or {{ in quotes"
    context.complain(node, "text", message, hint, field=name)
    return None


def text(limit: int, required: bool = False) -> Field:
    """A text on one line, white space folded, of at most `limit` characters."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        if "\n" in value or "  " in value or value[:1].isspace() or value[-1:].isspace():
            value = " ".join(value.split())
        if len(value) > limit:
            context.complain(
                node,
                "too-long",
                "{field} has {length} characters",
                "at most {limit}",
                field=name,
                length=len(value),
                limit=limit,
            )
        return value

    return Field(read, "", required, Shape("text", limit))


def pattern(form: re.Pattern[str], code: str, message: str, hint: str) -> Field:
    """A text of a certain form; copied no-break spaces and dashes become ordinary ones."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        value = value.translate(_SPACES).strip()
        if not form.fullmatch(value):
            context.complain(node, code, message, hint, field=name, value=value)
            return ""
        return value

    return Field(read, shape=Shape("pattern", pattern=form.pattern))


def slug(required: bool = False) -> Field:
    """A reference to a record, by its slug."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        value = value.strip()
        if SLUG.fullmatch(value):
            return value
        like = slug_of(value)
        hint = "did you mean {like}?" if like else "lower-case letters a-z, digits and - only, like mara-lindqvist"
        context.complain(node, "slug", "{value} is not a short name", hint, field=name, value=value, like=like)
        return ""

    return Field(read, "", required, Shape("slug", 120, pattern=SLUG.pattern))


def slug_of(words: str) -> str:
    """The short name that was probably meant; "" if there are no letters in it."""
    words = words.casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120]


def items(item: Field, most: int = 100, required: bool = False, unique: bool = True) -> Field:
    """A list of `item`, each once, empty ones left out."""

    def read(context: Context, name: str, node: Node) -> tuple[Any, ...]:
        if type(node) is not Sequence:
            hint = "write [{value}], or each on a line of its own that begins with -"
            value = node.text if type(node) is Scalar else "…"
            context.complain(node, "list", "{field} must be a list", hint, field=name, value=value)
            return ()
        values: list[Any] = []
        for child in node.items:
            if child.empty:
                continue
            before = len(context.problems)
            value = item.read(context, name, child)
            if len(context.problems) > before and not value:
                continue
            if unique and value in values:
                message = "{value} is twice in {field}" if isinstance(value, str) else "this entry is twice in {field}"
                words = value if isinstance(value, str) else ""
                context.complain(child, "duplicate-item", message, "keep one of them", field=name, value=words)
                continue
            values.append(value)
        if len(values) > most:
            context.complain(
                node,
                "too-many",
                "{field} has {length} entries",
                "at most {limit}",
                field=name,
                length=len(values),
                limit=most,
            )
        return tuple(values)

    return Field(read, (), required, Shape("list", most, item=item, unique=unique))


def group(table: dict[str, Field], make: Callable[[dict[str, Any]], Any], required: bool = False) -> Field:
    """A group of fields, made into a value."""

    def read(context: Context, name: str, node: Node) -> Any:
        if type(node) is not Mapping:
            hint = "write its fields below it, indented: {known}"
            context.complain(
                node, "group", "{field} must be a group of fields", hint, field=name, known=", ".join(table)
            )
            return None
        before = len(context.problems)
        values = fields(context, node, table, name + ".")
        return make(values) if len(context.problems) == before else None

    return Field(read, None, required, Shape("group", table=table))


def count(most: int) -> Field:
    """A whole number from 1; 0 where there is none."""

    def read(context: Context, name: str, node: Node) -> int:
        value = scalar(context, name, node)
        if value is None:
            return 0
        value = value.strip()
        number = int(value) if _COUNT.fullmatch(value) else 0
        if not 1 <= number <= most:
            message, hint = "{value} is not possible for {field}", "a whole number from 1 to {limit}"
            context.complain(node, "count", message, hint, field=name, value=value, limit=most)
            return 0
        return number

    return Field(read, 0, shape=Shape("count", most))


def choice(options: Iterable[str], required: bool = False, default: str = "") -> Field:
    """One of `options`."""
    known = tuple(options)

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return default
        value = value.strip()
        if value not in known:
            like = nearest(value.lower(), known)
            hint = "did you mean {like}? allowed: {known}" if like else "allowed: {known}"
            context.complain(
                node,
                "choice",
                "{value} is not possible for {field}",
                hint,
                field=name,
                value=value,
                like=like,
                known=", ".join(known),
            )
            return default
        return value

    return Field(read, default, required, Shape("choice", options=known))


def switch() -> Field:
    """True or false; false where it is absent."""
    word = choice(("true", "false"))

    def read(context: Context, name: str, node: Node) -> bool:
        if type(node) is Scalar and node.text.strip() in SWITCHED:
            return SWITCHED[node.text.strip()]
        word.read(context, name, node)
        return False

    return Field(read, False, shape=Shape("switch"))


def day(required: bool = False) -> Field:
    """A date, ISO 8601 (``2026-11-23``)."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        value = value.strip()
        if is_date(value):
            return value
        _no_date(context, name, node, value, hint="write year-month-day, like 2026-11-23")
        return ""

    return Field(read, "", required, Shape("day"))


def moment(required: bool = False) -> Field:
    """A date, or a date with time and offset (ISO 8601, RFC 3339); seconds without zeros at the end of their fraction."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        value = value.strip()
        if is_date(value):
            return value
        if _MOMENT.fullmatch(value) and is_moment(value):
            value = value.upper().replace(" ", "T", 1)
            return _ZEROS.sub(lambda found: "." + found[1] if found[1] else "", value) if "." in value else value
        if _LOCAL.fullmatch(value) and is_moment(value):
            hint = "add it, like 2026-11-23T09:00:00+01:00; in Germany +01:00 in winter, +02:00 in summer"
            context.complain(node, "offset", "{value} has a time, but no time zone", hint, field=name, value=value)
        else:
            hint = "write year-month-day, like 2026-11-23, or with time and time zone, like 2026-11-23T09:00:00+01:00"
            _no_date(context, name, node, value, hint=hint)
        return ""

    return Field(read, "", required, Shape("moment"))


def _no_date(context: Context, name: str, node: Node, value: str, *, hint: str) -> None:
    local = _LOCAL_DATE.fullmatch(value)
    like = f"{local[3]}-{local[2]:0>2}-{local[1]:0>2}" if local else ""
    if not is_date(like):
        like = ""
    hint = "did you mean {like}?" if like else hint
    context.complain(node, "date", "{value} is not a date", hint, field=name, value=value, like=like)


def clock_or_moment() -> Field:
    """A time of day (``09:30``), or a date with time and offset."""
    whole = moment()

    def read(context: Context, name: str, node: Node) -> str:
        if type(node) is Scalar and _CLOCK.fullmatch(node.text.strip()):
            return node.text.strip().replace(".", ":").zfill(5)
        value = whole.read(context, name, node)
        assert isinstance(value, str)
        return value

    return Field(read, shape=Shape("clock"))


def language(required: bool = False) -> Field:
    """A BCP 47 language tag."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        value = value.strip()
        if languages.well_formed(value):
            return languages.canonical(value)
        like = languages.suggestion(value)
        hint = "did you mean {like}?" if like else "use a code like de, en or pt-BR"
        context.complain(node, "language", "{value} is not a language code", hint, field=name, value=value, like=like)
        return ""

    return Field(read, "", required, Shape("language"))


def timezone() -> Field:
    """A time zone of the IANA database."""

    def read(context: Context, name: str, node: Node) -> str:
        value = (scalar(context, name, node) or "").strip()
        if value and not _zone(value):
            context.complain(
                node,
                "timezone",
                "{value} is not a time zone",
                "use a name like Europe/Berlin",
                field=name,
                value=value,
            )
            return ""
        return value

    return Field(read, shape=Shape("timezone"))


@lru_cache(1024)
def _zone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # not needed by most sites

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def focus() -> Field:
    """Two numbers from 0 to 100: per cent from the left and from the top."""

    def read(context: Context, name: str, node: Node) -> tuple[int, int]:
        entries = node.items if type(node) is Sequence else []
        numbers = [item.text for item in entries if type(item) is Scalar]
        found = [int(match[1]) for match in map(_PER_CENT.fullmatch, numbers) if match]
        if len(found) == len(entries) == 2 and max(found) <= 100:
            return found[0], found[1]
        hint = "two numbers from 0 to 100: per cent from the left and from the top, like [50, 30]"
        context.complain(node, "focus", "{field} does not name a point of the picture", hint, field=name)
        return (50, 50)

    return Field(read, (50, 30), shape=Shape("focus"))


def beside() -> Field:
    """The name of a file that lies in the same folder."""

    def read(context: Context, name: str, node: Node) -> str:
        value = (scalar(context, name, node) or "").strip().removeprefix("./")
        if "/" in value or "\\" in value or value.startswith("."):
            hint = "give only the file's name and put the file into the same folder"
            context.complain(
                node, "outside", "the file {value} does not lie in this folder", hint, field=name, value=value
            )
            return ""
        return value

    return Field(read, shape=Shape("file"))


def localised(item: Field, required: bool = False) -> Field:
    """A value in several languages, those of the site first: ``{de: …, en: …}`` to pairs."""

    def read(context: Context, name: str, node: Node) -> tuple[tuple[str, Any], ...]:
        if type(node) is not Mapping:
            example = ", ".join(f"{tag}: …" for tag in context.languages)
            hint = "write one for each language below it: {example}"
            context.complain(node, "localised", "{field} must be given by language", hint, field=name, example=example)
            return ()
        found: dict[str, Any] = {}
        for key, child in node.items.items():
            if not languages.well_formed(key):
                like = languages.suggestion(key)
                hint = "did you mean {like}?" if like else "use a code like de, en or pt-BR"
                context.complain(
                    Place(*node.keys[key]), "language", "{value} is not a language code", hint, value=key, like=like
                )
            elif not child.empty:
                value = item.read(context, f"{name}.{key}", child)
                if value:
                    found[languages.canonical(key)] = value
        if required and found and not any(primary(tag) in map(primary, context.languages) for tag in found):
            known = ", ".join(context.languages)
            message = "{field} is not given in any language of the site"
            context.complain(node, "localised", message, "add one of {known}", field=name, known=known)
        order = [tag for tag in context.languages if tag in found] + sorted(
            tag for tag in found if tag not in context.languages
        )
        return tuple((tag, found[tag]) for tag in order)

    return Field(read, (), required, Shape("localised", item=item))
