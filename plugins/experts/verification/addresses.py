"""Addresses that lead to a person's page: in all languages, under all of their names, however they are written."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from experts import model, urls
from experts.settings import Settings

_PORTS = {None, 80, 443}


def pages(settings: Settings, expert: model.Expert) -> frozenset[str]:
    """The pages of a person, each as `plain` writes it."""
    default = settings.languages[0]
    paths = [urls.record("expert", slug) for slug in (expert.slug, *expert.aliases)]
    found = [f"{settings.url}/{urls.localised(path, lang, default)}" for path in paths for lang in settings.languages]
    return frozenset(map(plain, found))


def plain(address: str) -> str:
    """An address in the one form that all of its forms have in common; "" for what is not on the web.

    http and https are one, so are a path with and without its slash or ``index.html``; a query and a fragment say
    nothing on a site of files.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if parts.scheme.lower() not in ("http", "https") or not host or parts.username:
            return ""
        host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    path = unquote(parts.path).removesuffix("index.html").rstrip("/")
    return f"{host.lower()}{'' if port in _PORTS else f':{port}'}{path}"
