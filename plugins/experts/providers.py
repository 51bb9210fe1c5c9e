"""The setting EMBED_PROVIDERS, checked: providers known by themselves, which a site switches on by name, and its own.

What is known of each comes from the provider's own documentation, and is the most sparing player that it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from .embeds import FIELD, Provider, filled, origin_of
from .problems import nearest

KINDS = ("video", "podcast", "post")
SHAPES = ("16/9", "4/3", "1/1", "9/16", "low", "high")
"""Width to height, or a height: low for a player of sound, high for a text."""
SANDBOX = ("allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox", "allow-forms", "allow-presentation")  # fmt: skip
ALLOW = ("autoplay", "encrypted-media", "fullscreen", "picture-in-picture")
REFERRERS = ("no-referrer", "strict-origin", "strict-origin-when-cross-origin")

KNOWN: dict[str, dict[str, Any]] = {
    "youtube": {
        "title": "YouTube",
        "kind": "video",
        "hosts": ("www.youtube.com", "youtube.com", "m.youtube.com"),
        "pages": {
            "/watch?v={id}": "https://www.youtube-nocookie.com/embed/{id}",
            "/shorts/{id}": "https://www.youtube-nocookie.com/embed/{id}",
            "/live/{id}": "https://www.youtube-nocookie.com/embed/{id}",
            "youtu.be/{id}": "https://www.youtube-nocookie.com/embed/{id}",
        },
        "privacy": "https://policies.google.com/privacy",
        "referrer": "strict-origin-when-cross-origin",  # without it the player answers with error 153
    },
    "vimeo": {
        "title": "Vimeo",
        "kind": "video",
        "hosts": ("vimeo.com", "www.vimeo.com"),
        "pages": {
            "/{number}": "https://player.vimeo.com/video/{number}?dnt=1",
            "/{number}/{key}": "https://player.vimeo.com/video/{number}?h={key}&dnt=1",
        },
        "privacy": "https://vimeo.com/privacy",
    },
    "media.ccc.de": {
        "title": "media.ccc.de",
        "kind": "video",
        "hosts": ("media.ccc.de",),
        "pages": {"/v/{id}": "https://media.ccc.de/v/{id}/oembed"},
        "privacy": "https://media.ccc.de/about.html#privacy",
    },
    "peertube": {
        "title": "{host}",
        "kind": "video",
        "pages": {  # p2p=0: else those who watch the same video learn each other's address
            "/w/{id}": "https://{host}/videos/embed/{id}?p2p=0",
            "/videos/watch/{id}": "https://{host}/videos/embed/{id}?p2p=0",
        },
        "privacy": "https://{host}/about/instance",
    },
    "spotify": {
        "title": "Spotify",
        "kind": "podcast",
        "hosts": ("open.spotify.com",),
        "pages": {
            "/episode/{id}": "https://open.spotify.com/embed/episode/{id}",
            "/show/{id}": "https://open.spotify.com/embed/show/{id}",
            "/intl-{lang}/episode/{id}": "https://open.spotify.com/embed/episode/{id}",
        },
        "privacy": "https://www.spotify.com/legal/privacy-policy/",
        "allow": ("encrypted-media",),
    },
    "soundcloud": {
        "title": "SoundCloud",
        "kind": "podcast",
        "hosts": ("soundcloud.com", "www.soundcloud.com"),
        "pages": {"/{user}/{track}": "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{user}/{track}"},
        "privacy": "https://soundcloud.com/pages/privacy",
    },
    "podigee": {
        "title": "Podigee",
        "kind": "podcast",
        "pages": {"/{id}": "https://{host}/{id}/embed?context=external"},
        "privacy": "https://www.podigee.com/en/about/privacy",
    },
    "mastodon": {
        "title": "{host}",
        "kind": "post",
        "pages": {"/@{account}/{number}": "https://{host}/@{account}/{number}/embed"},
        "privacy": "https://{host}/privacy-policy",
        "sandbox": ("allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox"),
    },
}
"""Without ``hosts`` a site must say which: each instance is a host of its own."""
PARTS: dict[str, str] = {
    "title": "a name of at most 60 characters",
    "kind": "allowed: {known}",
    "hosts": 'a list of names, like ["video.example.com"]',
    "pages": 'from pages to players, like {{"/w/{{id}}": "https://player.example.com/embed/{{id}}"}}',
    "privacy": "a whole address, like https://example.com/privacy",
    "shape": "allowed: {known}",
    "sandbox": "a list of: {known}",
    "allow": "a list of: {known}",
    "referrer": "allowed: {known}",
}
"""What would be right."""
CHOICES = {"kind": KINDS, "shape": SHAPES, "sandbox": SANDBOX, "allow": ALLOW, "referrer": REFERRERS}
FIELDS = ("like", "title", "kind", "hosts", "pages", "privacy", "shape", "sandbox", "allow", "referrer")
_SHAPE = {"video": "16/9", "podcast": "low", "post": "high"}
_ALLOW = {"video": ("fullscreen", "picture-in-picture"), "podcast": (), "post": ()}
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PAGE = re.compile(r"(?:/(?:[\w@.~-]|\{[a-z]+\})+)+(?:\?(?:[\w-]+=\{[a-z]+\})(?:&[\w-]+=\{[a-z]+\}){0,4})?", re.ASCII)
_ADDRESS = re.compile(r"https://(\{host\}|[a-z0-9.-]+)(/[\w@.~%/?=&:{}#-]*)?", re.ASCII)


class Complain(Protocol):
    """Takes what is wrong with the entry `inner` of a setting."""

    def __call__(self, inner: str, message: str, hint: str = "", **values: object) -> None:
        """Add a problem; see `Problem`."""


def read(given: Mapping[str, Any], own: str, complain: Complain) -> tuple[Provider, ...]:
    """The providers that the setting switches on; `own` is the site's host, on which no player may be.

    A player of the site's own origin could take off what confines it (HTML, sandbox).
    """
    found = [_provider(str(name), entry, own, complain) for name, entry in given.items() if entry is not False]
    return tuple([provider for provider in found if provider])


def _provider(name: str, entry: Any, own: str, complain: Complain) -> Provider | None:
    if entry is not True and not isinstance(entry, Mapping):
        complain(name, "{name} of {field} must be True, False or a dictionary", name=name)
        return None
    said = {} if entry is True else {str(key): value for key, value in entry.items()}
    for key in said:
        if key not in FIELDS:
            message, hint = "there is no field {name} in {field}", "known fields: {known}"
            complain(name, message, hint, name=key, known=", ".join(FIELDS))
            return None
    like = str(said.pop("like", name))
    if like not in KNOWN and (like != name or "pages" not in said):
        near = nearest(like, KNOWN)
        if near:
            complain(name, "{value} is no provider that {field} knows", "did you mean {like}?", value=like, like=near)
        else:
            hint = "known: {known}; for others say kind, hosts, pages and privacy"
            complain(name, "{value} is no provider that {field} knows", hint, value=like, known=", ".join(KNOWN))
        return None
    values = {**KNOWN.get(like, {}), **said}
    fault = next(_faults(values), None)
    if fault is None:
        if own and any(origin_of(frame) == f"https://{own}" for _, frame in _pages(values)):
            hint = "there it could take off what confines it"
            complain(name, "the player of {name} in {field} is on the host of this site", hint, name=name)
            return None
        return _made(name, values)
    part, wrong = fault
    more = {"part": part, "name": name, "known": ", ".join(CHOICES.get(part, ()))}
    if wrong is None:
        complain(name, "{part} of {name} in {field} is missing", PARTS[part], **more)
    else:
        complain(name, "{part} of {name} in {field} cannot be {value}", PARTS[part], value=repr(wrong)[:80], **more)
    return None


def _made(name: str, values: Mapping[str, Any]) -> Provider:
    kind = values["kind"]
    return Provider(
        name,
        values.get("title") or "{host}",
        kind,
        tuple(_pages(values)),
        values["privacy"],
        values.get("shape", _SHAPE[kind]),
        tuple(values.get("sandbox", SANDBOX[:2])),
        tuple(values.get("allow", _ALLOW[kind])),
        values.get("referrer", REFERRERS[0]),
    )


def _pages(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each form of a page with its host -> the form of its player."""
    for page, frame in values["pages"].items():
        if page.startswith("/"):
            yield from [(host + page, filled(frame, {"host": host})) for host in values.get("hosts", ())]
        else:
            yield page, filled(frame, {"host": page.partition("/")[0]})


def _faults(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is wrong: a field, and its value that cannot be (None where it is missing)."""
    yield from [(part, None) for part in ("kind", "pages", "privacy") if not values.get(part)]
    for part, right in _RIGHT.items():
        if part in values and not right(values[part]):
            yield part, values[part]
    for page, frame in values["pages"].items():
        if not _page(str(page)):
            yield "pages", page
        elif not _address(frame, (*FIELD.findall(page), "host")):
            yield "pages", frame
        elif page.startswith("/") and not values.get("hosts"):
            yield "hosts", None


def _page(form: str) -> bool:
    """Whether this is the form of a page's address: at least one field, each of another name, one at most in each part."""
    host, slash, path = form.partition("/")
    fields = FIELD.findall(path)
    divided = all(len(FIELD.findall(part)) < 2 for part in re.split("[/?&]", path))
    right = _PAGE.fullmatch(slash + path) and (not host or _HOST.fullmatch(host))
    return bool(right and divided and fields and len({*fields}) == len(fields) and "host" not in fields)


def _texts(given: Any, right: Callable[[str], Any]) -> bool:
    return isinstance(given, (list, tuple)) and all(isinstance(text, str) and right(text) for text in given)


def _address(given: Any, fields: tuple[str, ...]) -> bool:
    """Whether this is the form of an address on HTTPS: a host, and behind it these fields alone."""
    match = _ADDRESS.fullmatch(given) if isinstance(given, str) else None
    if match is None or not (match[1] == "{host}" or _HOST.fullmatch(match[1])):
        return False
    rest = match[2] or ""
    return {*FIELD.findall(rest)} <= {*fields} and not {*"{}"} & {*FIELD.sub("", rest)}


_RIGHT: dict[str, Callable[[Any], Any]] = {
    "title": lambda given: isinstance(given, str) and 0 < len(given) <= 60 and given.isprintable(),
    "hosts": lambda given: _texts(given, _HOST.fullmatch),
    "pages": lambda given: isinstance(given, Mapping),
    "privacy": lambda given: _address(given, ("host",)),
    "kind": KINDS.__contains__,
    "shape": SHAPES.__contains__,
    "referrer": REFERRERS.__contains__,
    "sandbox": lambda given: _texts(given, SANDBOX.__contains__),
    "allow": lambda given: _texts(given, ALLOW.__contains__),
}
