"""Site settings: pelicanconf.py as validated, plain data.

A site's own settings file stands over that of the checkout, name by name.  The files are run as
Pelican runs them; only upper-case names count.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import partial
from types import CodeType, ModuleType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from . import brand, languages
from .dates import is_date
from .digests import of as digest
from .forge import FIELDS as FORGE_FIELDS
from .forge import KINDS as FORGES
from .forge import Forge, api_of, kind_of
from .problems import Problem, Problems
from .renewal import Terms
from .sheets import tokens
from .visibility import Hidden

OWN = (
    "LANGUAGES", "CONSENT", "ORGANISATION", "PRESS_OFFICE", "BRAND", "REPOSITORY", "EMBED_PROVIDERS", "DRAFTS", "TAG_AUTHORITY",
    "WEBSUB_HUB", "FEED_ENDING_DAYS", "DATA_LICENCE", "SECURITY", "TEXTS", "ADMIN", "MAINTAINERS", "CONSENT_TEXTS",
)  # fmt: skip
"""The project's own settings; all others are Pelican's."""


USUAL = (
    "SITENAME", "SITEURL", "TIMEZONE", "DEFAULT_LANG", "THEME", "PLUGINS", "PLUGIN_PATHS", "STATIC_PATHS", "MARKDOWN",
)  # fmt: skip
"""Those of Pelican's that a misspelling is most likely of."""
PLACES = ("PATH", "OUTPUT_PATH", "THEME", "PLUGIN_PATHS", "CACHE_PATH", "EXPERTS_GIVEN")


_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


_ACCOUNT = re.compile(r"[A-Za-z0-9][\w.-]{0,99}(/[\w./-]{1,200})?", re.ASCII)


class Settings(NamedTuple):
    """What the build needs to know of the settings; paths are absolute."""

    root: str  # of the site: holds profiles/ and content/
    checkout: str  # holds plugins/ and node_modules/
    name: str
    url: str  # without a trailing slash; "" while developing
    languages: tuple[str, ...]  # the default first
    timezone: str
    theme: str
    plugins: tuple[str, ...]
    plugin_paths: tuple[str, ...]
    output: str
    static_paths: tuple[str, ...]
    consent: str
    drafts: bool
    organisation: dict[str, str]
    press_office: dict[str, str]
    repository: str  # its address
    embed_providers: dict[str, Any]
    brand: brand.Brand
    texts: dict[str, dict[str, str]]  # name -> language -> text, over those of the theme
    tag_authority: str  # of tag: URIs (RFC 4151): who gives the names, and a day on which the host was theirs
    websub_hub: str
    feed_ending_days: int
    data_licence: dict[str, str]
    security: dict[str, str]
    forge: Forge
    admin: dict[str, str]  # of the web editor; all empty where there is none
    maintainers: tuple[str, ...]  # accounts on the forge that look at what the gate lets nobody do alone
    consent_texts: Terms
    digest: bytes
    raw: dict[str, Any]  # for Pelican
    files: tuple[str, ...]  # the settings files

    @property
    def base(self) -> str:
        """The path under which the site lives on its host: ``/`` or ``/experts/``."""
        return urlsplit(self.url).path.rstrip("/") + "/"


def load(checkout: str, root: str, name: str = "pelicanconf.py", **overrides: Any) -> Settings:
    """Read the settings of the checkout and, over them, of the site; Problems if they cannot be used."""
    raw: dict[str, Any] = {}
    files: list[str] = []
    folders = [checkout] if os.path.realpath(root) == os.path.realpath(checkout) else [checkout, root]
    for folder in folders:
        for candidate in dict.fromkeys(["pelicanconf.py", name]):
            path = os.path.join(folder, candidate)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    source = file.read()
                found = _run(path, source, folder)
                for key in ("THEME", "PLUGIN_PATHS", "PATH", "OUTPUT_PATH"):
                    if key in found:
                        found[key] = _absolute(found[key], folder)
                raw.update(found)
                files.append(path)
    raw["PATH"] = os.path.join(root, "content")
    raw["OUTPUT_PATH"] = os.path.join(root, "output")
    raw.update(overrides)
    return validate(raw, checkout, root, tuple(files))


def _absolute(value: Any, folder: str) -> Any:
    if isinstance(value, (list, tuple)):
        return [_absolute(item, folder) for item in value]
    return os.path.normpath(os.path.join(folder, str(value)))


def _run(path: str, source: bytes, folder: str) -> dict[str, Any]:
    """The upper-case names of a settings file; Problems if it cannot be run."""
    module = ModuleType("pelicanconf" if os.path.basename(path) == "pelicanconf.py" else "publishconf")
    module.__file__ = path
    sys.path.insert(0, folder)
    saved = sys.modules.pop("pelicanconf", None)
    try:
        code: CodeType = compile(source, path, "exec")
        exec(code, module.__dict__)  # noqa: S102 - settings are Python, as everywhere in Pelican
    except SyntaxError as error:
        raise Problems(
            [
                Problem(
                    os.path.basename(path),
                    error.lineno or 0,
                    error.offset or 1,
                    "settings",
                    "this is not Python: {why}",
                    "",
                    {"why": error.msg},
                )
            ]
        ) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - settings may raise anything
        line = 0
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == path:
                line = trace.tb_lineno
            trace = trace.tb_next
        raise Problems(
            [
                Problem(
                    os.path.basename(path),
                    line,
                    1,
                    "settings",
                    "the settings cannot be read: {why}",
                    "",
                    {"why": f"{type(error).__name__}: {error}"},
                )
            ]
        ) from None
    finally:
        sys.path.remove(folder)
        sys.modules.pop("pelicanconf", None)
        if saved is not None:
            sys.modules["pelicanconf"] = saved
    return {key: value for key, value in vars(module).items() if key.isupper()}


def validate(raw: dict[str, Any], checkout: str, root: str, files: tuple[str, ...]) -> Settings:
    """Settings from upper-case names; Problems for values that cannot be used."""
    given = _Given(raw, files)
    given.spelling()
    own = os.path.join(checkout, "plugins")
    paths = tuple([str(path) for path in given.value("PLUGIN_PATHS", (list, tuple), [])])
    name = str(given.value("SITENAME", str, "Our experts"))
    organisation = given.fields("ORGANISATION", ("name", "url", "logo"))
    tags, theme = given.languages(), given.theme(os.path.join(checkout, "theme"))
    plain = (
        name,
        given.url(),
        tags,
        given.timezone(),
        theme,
        tuple([str(plugin) for plugin in given.value("PLUGINS", (list, tuple), [])]),
        paths if own in paths else (*paths, own),
        str(raw.get("OUTPUT_PATH", os.path.join(root, "output"))),
        tuple([str(path).strip("/") for path in given.value("STATIC_PATHS", (list, tuple), ["images"])]),
        given.consent(),
        bool(given.value("DRAFTS", bool, False)),
        {**organisation, "name": organisation["name"] or name},
        given.fields("PRESS_OFFICE", ("name", "email", "phone", "hours")),
        given.forge().url,
        given.value("EMBED_PROVIDERS", dict, {}),
        given.brand(root, theme),
        brand.texts(given.value("TEXTS", dict, {}), tags, partial(given.complain_inside, "TEXTS")),
        given.authority(),
        given.address("WEBSUB_HUB"),
        given.days("FEED_ENDING_DAYS", 90),
        given.fields("DATA_LICENCE", ("name", "url")),
        given.security(),
        given.forge(),
        given.admin(),
        given.accounts("MAINTAINERS"),
        given.consent_texts(),
    )
    if given.problems:
        raise Problems(given.problems)
    # Places on this machine are no input: the same site in another folder gives the same bytes.
    for_pages = sorted((key, repr(found)) for key, found in raw.items() if key not in PLACES and _is_plain(found))
    seen = repr((plain[:4], plain[5], plain[8:], for_pages)).encode()
    return Settings(root, checkout, *plain, digest(seen), raw, files)


class _Given:
    """What the settings files say, and what is wrong with it."""

    def __init__(self, raw: dict[str, Any], files: tuple[str, ...]) -> None:
        self.raw, self.files = raw, files
        self.forge_read: Forge | None = None  # its problems are told once
        self.problems: list[Problem] = []

    def complain(self, key: str, message: str, hint: str = "", **values: object) -> None:
        """Add a problem at the line that sets `key`."""
        self.complain_inside(key, "", message, hint, **values)

    def complain_inside(self, key: str, inner: str, message: str, hint: str = "", **values: object) -> None:
        """Add a problem at the line that gives the entry `inner` of the dictionary `key`."""
        path, line = _place(key, self.files, inner)
        self.problems.append(Problem(path, line, 1, "settings", message, hint, {"field": key, **values}))

    def value(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """The value of a setting, which must be of a kind."""
        found = self.raw.get(key)
        if found is None or isinstance(found, kind):
            return default if found is None else found
        self.complain(key, "{field} must be a {kind}, not {value}", kind=_name(kind), value=repr(found)[:60])
        return default

    def spelling(self) -> None:
        """Complain about names that are nearly those of settings."""
        for key in self.raw:
            like = _meant(key)
            if like:
                self.complain(key, "there is no setting {field}", "did you mean {like}?", like=like)

    def languages(self) -> tuple[str, ...]:
        """The site's languages, its default first."""
        default = self.value("DEFAULT_LANG", str, "en")
        tags = [str(tag) for tag in self.value("LANGUAGES", (list, tuple), [])]
        for tag in dict.fromkeys([default, *tags]):
            if not languages.well_formed(tag):
                message, hint = "{value} is not a language code", "use a code like de, en or pt-BR"
                self.complain("LANGUAGES", message, hint, value=tag)
        return (default, *[tag for tag in tags if tag != default])

    def url(self) -> str:
        """The site's address, without a slash at its end."""
        return self.address("SITEURL").rstrip("/")

    def address(self, key: str) -> str:
        """An address on the web, or ""."""
        url = str(self.value(key, str, ""))
        if not url or _is_address(url):
            return url
        hint = "write the whole address, like https://experts.example.com"
        self.complain(key, "{value} is not an address", hint, value=url)
        return ""

    def authority(self) -> str:
        """Who gives the permanent names of feeds and their entries: a host, and a day or year on which it was theirs."""
        given = str(self.value("TAG_AUTHORITY", str, ""))
        if not given:
            own = [self.raw.get("SITEURL"), (self.value("ORGANISATION", dict, {})).get("url")]
            hosts = [urlsplit(url).hostname for url in own if isinstance(url, str) and _is_address(url)]
            return f"{next(filter(None, hosts), 'localhost')},2026"
        if not _AUTHORITY.fullmatch(given):
            hint = "a host of yours and a year in which it was yours, like example.com,2026; never change it again"
            self.complain("TAG_AUTHORITY", "{value} is not the authority of a tag: address", hint, value=given)
        return given

    def accounts(self, key: str) -> tuple[str, ...]:
        """Accounts or teams on the forge, without @."""
        found = tuple([str(name).strip().removeprefix("@") for name in self.value(key, (list, tuple), [])])
        for name in found:
            if not _ACCOUNT.fullmatch(name):
                hint = "the name of an account or a team, like mara-l or example/press"
                self.complain(key, "{value} is no name of an account", hint, value=name)
        return found

    def days(self, key: str, default: int) -> int:
        """A number of days."""
        found = self.value(key, int, default)
        if isinstance(found, bool) or not 0 <= found <= 36500:
            self.complain(key, "{value} is not a number of days", "0 to 36500", value=str(found))
            return default
        return int(found)

    def security(self) -> dict[str, str]:
        """Whom to tell about holes in the site's security (RFC 9116)."""
        found = self.fields("SECURITY", ("contact", "expires", "policy"))
        if any(found.values()):
            if urlsplit(found["contact"]).scheme not in ("https", "mailto", "tel"):
                hint = "like https://example.com/security or mailto:security@example.com"
                self.complain("SECURITY", "{name} of {field} must be an address", hint, name="contact")
            if not is_date(found["expires"]):
                self.complain("SECURITY", "{name} of {field} must be a day", "like 2027-06-30", name="expires")
        return found

    def brand(self, root: str, theme: str) -> brand.Brand:
        """The organisation's colours, fonts and pictures."""
        found = self.value("BRAND", dict, {})
        complain = partial(self.complain_inside, "BRAND")
        return brand.read(found, root, tokens(theme), complain) if found else brand.Brand()

    def forge(self) -> Forge:
        """The repository: its address alone, or a dictionary that says more of its forge."""
        if self.forge_read is None:
            self.forge_read = self._forge()
        return self.forge_read

    def _forge(self) -> Forge:
        found = self.value("REPOSITORY", (str, dict), "")
        given = self.fields("REPOSITORY", FORGE_FIELDS) if isinstance(found, dict) else {"url": found}
        url = given["url"].rstrip("/").removesuffix(".git")
        if not url:
            return Forge()
        if not _is_address(url):
            hint = "write the whole address, like https://github.com/example/experts"
            self.complain("REPOSITORY", "{value} is not an address", hint, value=url)
            return Forge()
        kind = given.get("forge", "").lower() or kind_of(url)
        if kind and kind not in FORGES:
            message, hint = "{value} is not possible for {field}", "allowed: {known}"
            self.complain("REPOSITORY", message, hint, value=kind, known=", ".join(FORGES))
            return Forge(url)
        api = given.get("api", "").rstrip("/") or api_of(url, kind)
        return Forge(url, kind, given.get("branch") or "main", given.get("folder", "").strip("/"), api)

    def admin(self) -> dict[str, str]:
        """How the web editor reaches the forge: ``login`` and ``app`` (who lets people in), ``forks``; or ``local``, by `serve`."""
        found = self.fields("ADMIN", ("login", "app", "forks", "local"))
        forge = self.forge()
        if not any(found.values()) or found["local"]:
            return found
        if not forge.kind:
            hint = "set REPOSITORY to the repository's address, and its forge where the host does not tell it"
            self.complain("ADMIN", "the web editor does not know the forge that it writes to", hint)
        elif forge.kind == "github" and not found["login"]:
            hint = "the address of a service that lets people log in, like https://login.example.com; GitHub needs one"
            self.complain("ADMIN", "{name} of {field} is missing", hint, name="login")
        elif forge.kind != "github" and not found["app"]:
            hint = "the id of the application that was made on the forge for the web editor"
            self.complain("ADMIN", "{name} of {field} is missing", hint, name="app")
        if found["login"] and not _is_address(found["login"]):
            self.complain("ADMIN", "{value} is not an address", "like https://login.example.com", value=found["login"])
        return found

    def timezone(self) -> str:
        """The site's time zone."""
        timezone = str(self.value("TIMEZONE", str, "UTC"))
        if not _is_timezone(timezone):
            hint = "use a name like Europe/Berlin"
            self.complain("TIMEZONE", "{value} is not a time zone", hint, value=timezone)
        return timezone

    def theme(self, ours: str) -> str:
        """The theme's folder."""
        theme = str(self.value("THEME", str, ours))
        if not os.path.isdir(os.path.join(theme, "templates")):
            self.complain("THEME", "there is no theme in {value}", "a theme has a folder templates", value=theme)
        return theme

    def consent(self) -> str:
        """Where consent is kept."""
        consent = str(self.value("CONSENT", str, "required"))
        if consent not in ("required", "elsewhere"):
            message, hint = "{value} is not possible for {field}", "allowed: {known}"
            self.complain("CONSENT", message, hint, value=consent, known="required, elsewhere")
        return consent

    def consent_texts(self) -> Terms:
        """How long an older text of consent will do: days, or None for ever."""
        found, usual = self.value("CONSENT_TEXTS", dict, {}), Terms()._asdict()
        for name, days in found.items():
            if name not in usual:
                message, hint = "there is no field {name} in {field}", "known fields: {known}"
                self.complain("CONSENT_TEXTS", message, hint, name=name, known=", ".join(usual))
            elif days is not None and (type(days) is not int or not 0 <= days <= 36500):
                message, hint = (
                    "{name} of {field} must be a number of days, not {value}",
                    "0 to 36500, or None for never",
                )
                self.complain_inside("CONSENT_TEXTS", str(name), message, hint, name=name, value=repr(days)[:60])
        return Terms() if self.problems else Terms(**{**usual, **found})

    def fields(self, key: str, known: tuple[str, ...]) -> dict[str, str]:
        """A dictionary of texts with known names; "" for those left out."""
        found = self.value(key, dict, {})
        for name in found:
            if name not in known:
                message, hint = "there is no field {name} in {field}", "known fields: {known}"
                self.complain(key, message, hint, name=name, known=", ".join(known))
        return {name: str(found.get(name) or "") for name in known}


def out_of_date(settings: Settings, today: str) -> list[Hidden]:
    """What is left out because what the settings say of it holds no longer: a build goes on, since consents end too."""
    expires = settings.security["expires"]
    late = bool(expires) and expires < today
    return [Hidden("pelicanconf.py", "SECURITY has expired on {date}", {"date": expires})] if late else []


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)


def _is_timezone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _meant(key: str) -> str:
    """The name of ours or of Pelican's that a key is a misspelling of; "" for all others."""
    if key in OWN or key in USUAL:
        return ""
    plain = key.replace("_", "")
    for name in (*OWN, *USUAL):
        other = name.replace("_", "")
        if len(plain) > 4 and abs(len(plain) - len(other)) < 2 and _slips(plain, other) < 2:
            return name
    return ""


def _slips(one: str, other: str) -> int:
    """How many letters are in the way between the common beginning and the common end of two words, two swapped as one."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    middle, instead = one[start : len(one) - end], other[start : len(other) - end]
    return 1 if len(middle) == 2 and middle == instead[::-1] else max(len(middle), len(instead))


def _is_plain(value: Any) -> bool:
    """Whether a value says what it is: not a function, say, whose name is its place in memory."""
    if isinstance(value, dict):
        return all(map(_is_plain, [*value.keys(), *value.values()]))
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, (str, int, float, bytes))


def _name(kind: type | tuple[type, ...]) -> str:
    names = {str: "text", dict: "dictionary", list: "list", tuple: "list", bool: "True or False", int: "whole number"}
    return names[kind[0] if isinstance(kind, tuple) else kind]


def _place(key: str, files: Iterable[str], inner: str = "") -> tuple[str, int]:
    """The file and line that set a name last, and there the line of an entry if it has one of its own."""
    place = ("pelicanconf.py", 0)
    entry = re.compile(rf"""\s+["']{re.escape(inner)}["']\s*:""") if inner else None
    for path in files:
        inside = False
        with open(path, encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                if re.match(rf"{key}\b", line):
                    place, inside = (os.path.basename(path), number), True
                elif inside and entry and entry.match(line):
                    place, inside = (os.path.basename(path), number), False
                elif re.match(r"\w", line):
                    inside = False
    return place
