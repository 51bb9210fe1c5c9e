"""What a text shows from elsewhere after a click: the address of a page becomes that of a player, or else stays a link.

An address counts only if it is on HTTPS, if its host is letter for letter one of the provider's (no user, no port, nothing before
or behind it), and if its path has the form of one of the provider's pages.  Only letters, digits, ``_``, ``-`` and ``.`` go over
into the player's address, whose host no part of the page's address can change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST = 2000
FIELD = re.compile(r"\{([a-z]+)\}")
"""A part of an address that differs from page to page; ``{number}`` has digits only, ``{host}`` is the host of the page."""
_VALUE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}")
_NUMBER = re.compile(r"[0-9]{1,20}")


class Provider(NamedTuple):
    """Whose players a page may show.  A form of pages is a host and a path, like ``host/w/{id}`` or ``host/watch?v={id}``."""

    name: str
    title: str  # as people call it; "{host}" where each host is a provider of its own
    kind: str  # video, podcast or post
    pages: tuple[tuple[str, str], ...]  # form of a page's address -> of its player's, which begins with https://
    privacy: str  # address of what it says about data
    shape: str  # of the player: one of providers.SHAPES
    sandbox: tuple[str, ...]  # what the player needs to work (HTML, sandbox)
    allow: tuple[str, ...]  # what it may use (Permissions Policy)
    referrer: str  # what it learns of the page that frames it (Referrer Policy)


class Player(NamedTuple):
    """A player on a page."""

    title: str
    kind: str
    frame: str  # its address
    origin: str
    host: str
    privacy: str
    shape: str
    sandbox: str
    allow: str
    referrer: str


def player(address: str, providers: Iterable[Provider]) -> Player | None:
    """The player for the page at `address`; None where it is nobody's, or nobody's that is switched on."""
    if len(address) > LONGEST or not address.startswith("https://") or not address.isascii():
        return None
    host, path, query = _parts(address.removeprefix("https://"))
    for provider in providers:
        for page, frame in provider.pages:
            known, _, form = page.partition("/")
            if known != host:
                continue
            values = _values(f"/{form}", path, query)
            if values is not None:
                return _player(provider, frame, values | {"host": host})
    return None


def origins(providers: Iterable[Provider]) -> tuple[str, ...]:
    """The origins of all players, in order, each once."""
    found = [
        origin_of(filled(frame, {"host": page.partition("/")[0]}))
        for provider in providers
        for page, frame in provider.pages
    ]
    return tuple(sorted(set(found)))


def listed(providers: Iterable[Provider]) -> tuple[Player, ...]:
    """Whose players there are, each once by title and origin; their addresses are forms."""
    found: dict[tuple[str, str], Player] = {}
    for provider in providers:
        for page, frame in provider.pages:
            made = _player(provider, frame, {"host": page.partition("/")[0]})
            found.setdefault((made.title, made.origin), made)
    return tuple(found.values())


def origin_of(frame: str) -> str:
    """The origin of a player's address."""
    return "/".join(frame.split("/", 3)[:3])


def filled(form: str, values: dict[str, str]) -> str:
    """A form with values in the place of its fields; a field without a value stays."""
    return FIELD.sub(lambda match: values.get(match[1], match[0]), form)


def _player(provider: Provider, frame: str, values: dict[str, str]) -> Player:
    address = filled(frame, values)
    origin = origin_of(address)
    of_host = {"host": values["host"]}
    return Player(
        filled(provider.title, of_host),
        provider.kind,
        address,
        origin,
        origin.removeprefix("https://"),
        filled(provider.privacy, of_host),
        provider.shape,
        " ".join(provider.sandbox),
        "; ".join(provider.allow),
        provider.referrer,
    )


def _parts(rest: str) -> tuple[str, str, str]:
    """Host (with all that stands before the path), path and query of an address without its scheme and fragment."""
    rest = rest.partition("#")[0]
    before, _, query = rest.partition("?")
    host, slash, path = before.partition("/")
    return host.lower(), slash + path, query


def _values(form: str, path: str, query: str) -> dict[str, str] | None:
    """The values of a form's fields in an address, each part of it looked at once; None where it has another form."""
    wanted, _, asked = form.partition("?")
    forms, given = wanted.split("/"), path.removesuffix("/").split("/")
    if len(forms) != len(given):
        return None
    pairs = [*zip(forms, given, strict=True)]
    if asked:
        said = [part.partition("=") for part in query.split("&")]
        for name, _, expected in [part.partition("=") for part in asked.split("&")]:
            found = [value for key, _, value in said if key == name]
            if len(found) != 1:
                return None
            pairs.append((expected, found[0]))
    values: dict[str, str] = {}
    for expected, part in pairs:
        found_here = _value(expected, part)
        if found_here is None:
            return None
        values |= found_here
    return values


def _value(form: str, part: str) -> dict[str, str] | None:
    """The field in one part of a form, which has one at most; None where the part is another one."""
    field = FIELD.search(form)
    if field is None:
        return {} if form == part else None
    before, after = form[: field.start()], form[field.end() :]
    if len(part) <= len(before) + len(after) or not part.startswith(before) or not part.endswith(after):
        return None
    value = part[len(before) : len(part) - len(after)]
    safe = _NUMBER if field[1] == "number" else _VALUE
    return {field[1]: value} if safe.fullmatch(value) else None
