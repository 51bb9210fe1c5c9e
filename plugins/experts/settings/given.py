"""Settings as they are given: each is checked, and what is wrong with it is told with its line."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from experts import brand, languages, providers
from experts.dates import is_date
from experts.embeds import Provider
from experts.forge import FIELDS as FORGE_FIELDS
from experts.forge import KINDS as FORGES
from experts.forge import Forge, api_of, kind_of
from experts.mentions import CHOICES, Mentions
from experts.problems import Problem
from experts.renewal import Terms
from experts.sheets import tokens

from .names import meant
from .sources import place

_AUTHORITY = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?,\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_ACCOUNT = re.compile(r"[A-Za-z0-9][\w.-]{0,99}(/[\w./-]{1,200})?", re.ASCII)


class Given:
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
        path, line = place(key, self.files, inner)
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
            like = meant(key)
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

    def mentions(self) -> Mentions:
        """What happens to the names of people who are gone."""
        usual = Mentions()._asdict()
        found = {key: word for key, word in self.fields("MENTIONS", tuple(CHOICES)).items() if word}
        for key, word in found.items():
            if word not in CHOICES[key]:
                message, hint = "{value} is not possible for {name} of {field}", "allowed: {known}"
                known = ", ".join(CHOICES[key])
                self.complain_inside("MENTIONS", key, message, hint, name=key, value=word, known=known)
        return Mentions(**(usual | found))

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

    def embeds(self) -> tuple[Provider, ...]:
        """Whose players a page may show."""
        own = urlsplit(self.address("SITEURL")).hostname or ""
        return providers.read(
            self.value("EMBED_PROVIDERS", dict, {}), own, partial(self.complain_inside, "EMBED_PROVIDERS")
        )

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


def _name(kind: type | tuple[type, ...]) -> str:
    names = {str: "text", dict: "dictionary", list: "list", tuple: "list", bool: "True or False", int: "whole number"}
    return names[kind[0] if isinstance(kind, tuple) else kind]
