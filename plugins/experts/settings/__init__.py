"""Site settings: pelicanconf.py as validated, plain data.

A site's own settings file stands over that of the checkout, name by name.  The files are run as
Pelican runs them; only upper-case names count.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from experts import brand
from experts.digests import of as digest
from experts.embeds import Provider, origins
from experts.forge import Forge
from experts.mentions import Mentions
from experts.problems import Problems
from experts.renewal import Terms
from experts.visibility import Hidden

from . import sources
from .given import Given
from .names import OWN

__all__ = ["OWN", "PLACES", "Settings", "load", "out_of_date", "validate"]

PLACES = ("PATH", "OUTPUT_PATH", "THEME", "PLUGIN_PATHS", "CACHE_PATH", "EXPERTS_GIVEN")


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
    embeds: tuple[Provider, ...]  # whose videos, podcasts and posts a page can show, after a click
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
    verify_days: int  # for how long a link counts as confirmed
    mentions: Mentions  # what happens to the names of people who are gone
    digest: bytes
    raw: dict[str, Any]  # for Pelican
    files: tuple[str, ...]  # the settings files

    @property
    def base(self) -> str:
        """The path under which the site lives on its host: ``/`` or ``/experts/``."""
        return urlsplit(self.url).path.rstrip("/") + "/"

    @property
    def frames(self) -> tuple[str, ...]:
        """The origins of the players that a page may frame, in order; none where no provider is switched on."""
        return origins(self.embeds)


def load(checkout: str, root: str, name: str = "pelicanconf.py", **overrides: Any) -> Settings:
    """Read the settings of the checkout and, over them, of the site; Problems if they cannot be used."""
    raw: dict[str, Any] = {}
    files: list[str] = []
    folders = [checkout] if os.path.realpath(root) == os.path.realpath(checkout) else [checkout, root]
    for folder in folders:
        found, read = sources.read(folder, ["pelicanconf.py", name])
        raw.update(found)
        files += read
    raw["PATH"] = os.path.join(root, "content")
    raw["OUTPUT_PATH"] = os.path.join(root, "output")
    raw.update(overrides)
    return validate(raw, checkout, root, tuple(files))


def validate(raw: dict[str, Any], checkout: str, root: str, files: tuple[str, ...]) -> Settings:
    """Settings from upper-case names; Problems for values that cannot be used."""
    given = Given(raw, files)
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
        given.embeds(),
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
        given.days("VERIFY_DAYS", 180),
        given.mentions(),
    )
    if given.problems:
        raise Problems(given.problems)
    # Places on this machine are no input: the same site in another folder gives the same bytes.
    for_pages = sorted((key, repr(found)) for key, found in raw.items() if key not in PLACES and _is_plain(found))
    seen = repr((plain[:4], plain[5], plain[8:], for_pages)).encode()
    return Settings(root, checkout, *plain, digest(seen), raw, files)


def out_of_date(settings: Settings, today: str) -> list[Hidden]:
    """What is left out because what the settings say of it holds no longer: a build goes on, since consents end too."""
    expires = settings.security["expires"]
    late = bool(expires) and expires < today
    return [Hidden("pelicanconf.py", "SECURITY has expired on {date}", {"date": expires})] if late else []


def _is_plain(value: Any) -> bool:
    """Whether a value says what it is: not a function, say, whose name is its place in memory."""
    if isinstance(value, dict):
        return all(map(_is_plain, [*value.keys(), *value.values()]))
    if isinstance(value, (list, tuple)):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, (str, int, float, bytes))
