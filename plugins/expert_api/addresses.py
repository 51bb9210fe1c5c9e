"""Absolute addresses: of files and pages of the site, and of what people link to."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from experts import identifiers, urls
from experts.absolute import uri
from experts.site import Site

FOLDER = "api/"
MAKERS = {
    "expert": "expert_profiles",
    "story": "expert_stories",
    "topic": "expert_topics",
    "hook": "expert_hooks",
    "event": "expert_events",
}
"""The plugins that make the pages, and copy the pictures, of each kind."""


def identifier(site: Site, kind: str, name: str) -> str:
    """The permanent name of a record; `name` is `identifiers.name` of it."""
    return identifiers.tag(site.settings.tag_authority, kind, name)


def at(site: Site, path: str, lang: str = "") -> str:
    """The address of a page in a language, or of a file, as a URI."""
    return uri(site.address(path, lang))


def collection(site: Site, kind: str) -> str:
    """The address of the list of all records of a kind."""
    return at(site, f"{FOLDER}{urls.FOLDERS[kind]}.json")


def record(site: Site, kind: str, slug: str) -> str:
    """The address of the file of a record."""
    return _starts(site)[0][1] + file_of(kind, slug)


def file_of(kind: str, slug: str) -> str:
    """The path of the file of a record."""
    return f"{FOLDER}{urls.FOLDERS[kind]}/{slug}.json"


def template(site: Site, kind: str) -> str:
    """The address of the file of any record of a kind, as a URI template (RFC 6570)."""
    return record(site, kind, "").removesuffix(".json") + "{slug}.json"


def schema(site: Site, name: str) -> str:
    """The address of a schema."""
    return at(site, f"{FOLDER}schemas/{name}.json")


def shown(site: Site, kind: str) -> bool:
    """Whether the site has pages and pictures of a kind of record."""
    return MAKERS[kind] in site.settings.plugins


def pages(site: Site, kind: str, slug: Callable[[str], str]) -> dict[str, str]:
    """The addresses of a record's pages by language; `slug` gives the one in a language."""
    if not shown(site, kind):
        return {}
    return {lang: start + urls.record(kind, slug(lang)) for lang, start in _starts(site)}


@lru_cache(2)
def _starts(site: Site) -> tuple[tuple[str, str], ...]:
    """Where the addresses of pages begin in each language; the path of a record's page needs no quoting."""
    return tuple([(lang, at(site, "", lang)) for lang in site.languages])
