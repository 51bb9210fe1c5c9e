"""Kinds of fields that hold addresses: on the web, of people, of profiles elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from . import mailto
from .fields import Context, Field, Place, Shape, pattern, scalar
from .frontmatter import Mapping, Node
from .markup import MESSENGERS, WEB_SCHEMES
from .problems import nearest

_EMAIL = re.compile(r"[^\s@<>\"',;:()\[\]\\]+@[^\s@<>\"',;:()\[\]\\]+\.[^\s@<>\"',;:()\[\]\\.]+")
_PHONE = re.compile(r"\+?[\d ()/.-]{4,40}(?: ?(?:x|ext\.?|-) ?\d{1,6})?", re.ASCII)
_BAD_IN_URL = re.compile(r"[\s<>\"{}|\\^`]")


def url_problem(value: str, schemes: Iterable[str]) -> tuple[str, str, str] | None:
    """``(code, message, hint)`` for an address that cannot be used."""
    web = "write the whole address, like https://example.com/page"
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return "url", "{value} is not an address", web
    if value[0] in "„“”‚‘’«»‹›":
        return "url", "{value} is not an address", "use straight quotation marks, or none"
    if not parts.scheme or "." in parts.scheme:
        return "url", "{value} is not an address", _likely_address(value, schemes) or web
    if parts.scheme.lower() not in schemes:
        return "url-scheme", "addresses that begin with {scheme}: are not allowed", "use https:"
    if _BAD_IN_URL.search(value):
        return "url", "{value} holds a character that an address cannot have", "replace spaces by %20"
    if parts.scheme.lower() in ("http", "https") and not parts.hostname:
        return "url", "in {value}, the name of the website is missing", web
    return None


def _likely_address(value: str, schemes: Iterable[str]) -> str:
    if _EMAIL.fullmatch(value):
        return "did you mean mailto:{value}?" if "mailto" in schemes else ""
    return "did you mean https://{value}?" if "." in value and not _BAD_IN_URL.search(value) else ""


def url(required: bool = False) -> Field:
    """An address on the web."""

    def read(context: Context, name: str, node: Node) -> str:
        value = scalar(context, name, node)
        if value is None:
            return ""
        value = value.strip()
        problem = url_problem(value, ("http", "https"))
        if problem:
            code, message, hint = problem
            context.complain(node, code, message, hint, field=name, value=value, scheme=value.split(":")[0])
            return ""
        return value

    return Field(read, "", required, Shape("url"))


def email() -> Field:
    """An e-mail address."""
    field = pattern(_EMAIL, "email", "{value} is not an e-mail address", "like mara@example.com")
    return field._replace(shape=Shape("email", pattern=_EMAIL.pattern))


def phone() -> Field:
    """A phone number, best in international form (E.123)."""
    field = pattern(_PHONE, "phone", "{value} is not a phone number", 'digits, spaces, + and -, like "+49 40 123456"')
    return field._replace(shape=Shape("phone", pattern=_PHONE.pattern))


def orcid(value: str) -> str:
    """An ORCID iD in its canonical form (ISO 7064 MOD 11-2 checked), or ""."""
    digits = value.removeprefix("https://").removeprefix("http://").removeprefix("orcid.org/").replace("-", "").upper()
    if not re.fullmatch(r"\d{15}[\dX]", digits, re.ASCII):
        return ""
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[15] != ("X" if check == 10 else str(check)):
        return ""
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


SERVICES = (
    "mastodon", "linkedin", "orcid", "signal", "website", "github", "gitlab", "codeberg", "bluesky", "threads", "xing", "instagram",
    "facebook", "youtube", "vimeo", "tiktok", "twitch", "x", "twitter", "matrix", "telegram", "threema", "whatsapp", "xmpp", "pixelfed",
    "peertube", "flickr", "medium", "substack", "blog", "podcast", "researchgate", "scholar", "google-scholar", "wikipedia", "wikidata",
    "stackoverflow", "speakerdeck", "slideshare", "sessionize", "soundcloud", "spotify", "goodreads", "zenodo", "calendly", "email",
)  # fmt: skip
HANDLES = ("signal", "matrix", "telegram", "threema", "whatsapp", "xmpp")
_FEDIVERSE = re.compile(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)")


def links(make: Callable[[str, str, str], Any]) -> Field:
    """Profiles elsewhere: ``{mastodon: "https://…", orcid: …, signal: …}``, in the order written.

    A messenger may be given by the handle alone; a service that is not known keeps its own name.
    """

    def read(context: Context, name: str, node: Node) -> tuple[Any, ...]:
        if type(node) is not Mapping:
            hint = "write one per line below it, like mastodon: https://…"
            context.complain(node, "group", "{field} must be a group of fields", hint, field=name)
            return ()
        found = []
        for key, child in node.items.items():
            place = Place(*node.keys[key])
            like = "" if key in SERVICES else nearest(key.lower(), SERVICES)
            if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", key, re.ASCII):
                hint = "did you mean {like}?" if like else "lower-case letters, like mastodon"
                context.complain(place, "service", "{value} is not the name of a service", hint, value=key, like=like)
                continue
            if like and len(key) > 4 and _misspelt(key, like):
                context.complain(
                    place, "service", "there is no service {value}", "did you mean {like}?", value=key, like=like
                )
                continue
            value = "" if child.empty else (scalar(context, f"{name}.{key}", child) or "").strip()
            if value:
                link = _link(context, key, value, child, make)
                if link is not None:
                    found.append(link)
        return tuple(found)

    return Field(read, (), shape=Shape("links", options=SERVICES))


def _misspelt(key: str, like: str) -> bool:
    """Whether `key` is no service of its own (``blog2``), but a slip of the pen."""
    return not key.startswith(like) and abs(len(like) - len(key)) < 3 and len(set(like) ^ set(key)) < 3


def _link(context: Context, key: str, value: str, node: Node, make: Callable[[str, str, str], Any]) -> Any:
    if key == "orcid":
        identifier = orcid(value)
        if not identifier:
            hint = "16 digits as on orcid.org, like 0000-0002-1825-0097; the last one proves the others"
            context.complain(
                node,
                "orcid",
                "{value} is not an ORCID iD",
                hint,
                value=value,
            )
            return None
        return make(key, "https://orcid.org/" + identifier, identifier)
    handle = _FEDIVERSE.fullmatch(value)
    if handle and key in ("mastodon", "pixelfed", "peertube"):
        return make(key, f"https://{handle[2]}/@{handle[1]}", f"@{handle[1]}@{handle[2]}")
    if key in HANDLES and not value.lower().startswith(("http:", "https:", *[scheme + ":" for scheme in MESSENGERS])):
        return make(key, "", value[:100])
    if key == "email" and _EMAIL.fullmatch(value):
        return make(key, mailto.of(value), value)
    problem = url_problem(value, WEB_SCHEMES)
    if problem:
        code, message, hint = problem
        context.complain(node, code, message, hint, value=value, scheme=value.split(":", maxsplit=1)[0])
        return None
    return make(key, mailto.tamed(value) if value[:7].lower() == "mailto:" else value, "")
