"""From the tables of the format to the fields of a form: each kind of `Shape` as one of Decap's widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from experts.addresses import HANDLES
from experts.fields import Field, Shape

from .wordings import Wordings
from .words import TEXTS, WRONG

Widget = dict[str, Any]
PROFILES, TOPICS, STORIES = "profiles", "topics", "stories"
# What a short name stands for, by the name of the field that holds it; any other one (`aliases`) is just text.
REFERENCES = {
    "authors": PROFILES,
    "broader": TOPICS,
    "deputy": PROFILES,
    "expert": PROFILES,
    "experts": PROFILES,
    "hosts": PROFILES,
    "story": STORIES,
    "topics": TOPICS,
    "translation_of": STORIES,
}
BRIEF = frozenset(("email", "mastodon", "orcid", "peertube", "pixelfed", *HANDLES))
"""Services at which somebody is found by less than a whole address."""
SERVICE_NAMES = {
    "github": "GitHub",
    "gitlab": "GitLab",
    "linkedin": "LinkedIn",
    "orcid": "ORCID",
    "peertube": "PeerTube",
    "tiktok": "TikTok",
    "whatsapp": "WhatsApp",
    "xing": "XING",
    "xmpp": "XMPP",
    "youtube": "YouTube",
}
LINES: Widget = {"none": []}
"""One entry on each line; the widget makes its lists of the empty one, since Decap gives it no other way to make one."""
OPEN = frozenset(("consent",))
"""Groups that are open from the beginning: to take consent back must not be hidden."""
LONG = 300  # characters from which on a text gets several lines, unless it is a title
DAY = {"format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False}
MOMENT = {"format": "YYYY-MM-DDTHH:mm:ssZ", "date_format": "YYYY-MM-DD", "time_format": "HH:mm"}


class Form(NamedTuple):
    """What the fields of a form need to know beside their tables."""

    words: Wordings
    languages: tuple[str, ...]  # of the site
    spoken: tuple[tuple[str, str], ...]  # languages to choose from: tag and name
    names: dict[str, str]  # collection -> the field by which its entries are found: ``label.de``
    lang: str  # of the form
    moments: frozenset[str] = frozenset()  # fields of the kind "moment" that have a time of day
    versions: tuple[str, ...] = ()  # of the text of consent, the newest first


def fields(table: Mapping[str, Field], form: Form, prefix: str = "") -> list[Widget]:
    """The widgets for a table, in its order."""
    return [widget(name, field, form, prefix) for name, field in table.items()]


def widget(name: str, field: Field, form: Form, prefix: str = "") -> Widget:
    """The widget for a field."""
    label, hint = form.words.said(prefix + name)
    hint = _hint(name, field.shape, hint, TEXTS[form.lang])
    own: Widget = {"name": name, "label": label, **({"hint": hint} if hint else {}), "required": field.required}
    return own | _KINDS.get(field.shape.kind, _text)(prefix + name, field.shape, form)


def _hint(name: str, shape: Shape, hint: str, texts: Mapping[str, str]) -> str:
    """The help of a field, where a form makes another one of it than a file."""
    if shape.kind == "file":
        return texts["upload"]
    if shape.kind == "language" and name != "lang":
        return ""  # names to choose from, not codes
    lines = shape.kind == "list" and shape.item.shape.kind in ("text", "slug") and name not in REFERENCES
    return " ".join(filter(None, (hint, texts["lines"]))) if lines else hint


def _text(path: str, shape: Shape, form: Form) -> Widget:
    if path == "consent.text" and form.versions:
        return {"widget": "choice", "options": [{"label": version, "value": version} for version in form.versions]}
    long = shape.limit >= LONG and path.rpartition(".")[2] != "title"
    limit = (
        {"pattern": [rf"^[\s\S]{{0,{shape.limit}}}$", TEXTS[form.lang]["limit"].format(limit=shape.limit)]}
        if shape.limit
        else {}
    )
    return {"widget": "text" if long else "string", **limit}


def _form(_: str, shape: Shape, form: Form) -> Widget:
    """A text of a certain form, like an address."""
    pattern = shape.pattern or {"url": r"https?://\S+", "clock": r"\d{1,2}[:.]\d{2}|\d{4}-.+"}.get(shape.kind, "")
    return {"widget": "string", **({"pattern": [f"^(?:{pattern})$", WRONG[form.lang][shape.kind]]} if pattern else {})}


def _slug(path: str, shape: Shape, form: Form) -> Widget:
    collection = REFERENCES.get(path.rpartition(".")[2])
    return reference(collection, form) if collection else _form(path, shape, form)


def reference(collection: str, form: Form) -> Widget:
    """A choice among the entries of another collection, of which the short name is stored."""
    shown = form.names[collection]
    return {
        "widget": "reference",
        "collection": collection,
        "search_fields": [shown],
        "value_field": "{{slug}}",
        "display_fields": [shown],
        "options_length": 200,
    }


def _choice(path: str, shape: Shape, form: Form) -> Widget:
    options = [{"label": form.words.option(path, option), "value": option} for option in shape.options]
    return {"widget": "choice", "options": options}


def _switch(_: str, __: Shape, ___: Form) -> Widget:
    return {"widget": "boolean"}


def _language(_: str, __: Shape, form: Form) -> Widget:
    return {"widget": "choice", "options": [{"label": name, "value": tag} for tag, name in form.spoken]}


def _day(_: str, __: Shape, ___: Form) -> Widget:
    return {"widget": "datetime", **DAY}


def _moment(path: str, _: Shape, form: Form) -> Widget:
    return {"widget": "datetime", **(MOMENT if path in form.moments else DAY)}


def _file(_: str, __: Shape, ___: Form) -> Widget:
    return {"widget": "image", "choose_url": False, "allow_multiple": False}


def _group(path: str, shape: Shape, form: Form) -> Widget:
    # Decap asks for what is required in a group even where the whole group is left out; the checks know better.
    optional = {name: field._replace(required=False) for name, field in shape.table.items()}
    return {"widget": "object", "collapsed": path not in OPEN, "fields": fields(optional, form, f"{path}.")}


def _links(path: str, shape: Shape, form: Form) -> Widget:
    address = _form(path, Shape("url"), form)
    text = {"widget": "string"}
    names = [
        {
            "name": name,
            "label": SERVICE_NAMES.get(name, name.title()),
            "required": False,
            **(text if name in BRIEF else address),
        }
        for name in shape.options
    ]
    return {"widget": "links", "collapsed": True, "fields": names}


def _localised(path: str, shape: Shape, form: Form) -> Widget:
    names = dict(form.spoken)
    item = _KINDS.get(shape.item.shape.kind, _text)(path, shape.item.shape, form)
    if item["widget"] == "lines":
        item["hint"] = TEXTS[form.lang]["lines"]
    each = [{"name": tag, "label": names.get(tag, tag), "required": False, **item} for tag in form.languages]
    return {"widget": "object", "fields": each}


def _list(path: str, shape: Shape, form: Form) -> Widget:
    item: Field = shape.item
    inner = _KINDS.get(item.shape.kind, _text)(path, item.shape, form)
    if inner["widget"] in ("reference", "choice"):
        return {**inner, "multiple": True, "max": shape.limit}
    if item.shape.kind == "group":
        label, _ = form.words.said(f"{path}.")
        summary = next(iter(item.shape.table))
        table = fields(item.shape.table, form, f"{path}.")
        return {"widget": "list", "label_singular": label, "summary": f"{{{{fields.{summary}}}}}", "fields": table}
    return {"widget": "lines", **LINES}


def _focus(_: str, __: Shape, ___: Form) -> Widget:
    return {"widget": "lines", **LINES, "numbers": True}


_KINDS: dict[str, Callable[[str, Shape, Form], Widget]] = {
    "slug": _slug,
    "choice": _choice,
    "switch": _switch,
    "day": _day,
    "moment": _moment,
    "clock": _form,
    "language": _language,
    "focus": _focus,
    "file": _file,
    "url": _form,
    "email": _form,
    "phone": _form,
    "pattern": _form,
    "links": _links,
    "list": _list,
    "group": _group,
    "localised": _localised,
}
