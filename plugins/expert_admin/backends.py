"""The forge that the web editor writes to, as Decap names it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from experts.hosting import editor_hosts
from experts.settings import Settings
from experts.sidetree import BRANCH

FORWARD = "admin/api/v1"
"""Where the preview passes on what the web editor asks of the local back end."""


def backend(settings: Settings, base: str, messages: dict[str, str]) -> dict[str, Any]:
    """Decap's ``backend``: the settings' forge, or the local repository behind the preview."""
    admin, forge = settings.admin, settings.forge
    if admin["local"]:
        return {"name": "proxy", "proxy_url": base + FORWARD, "branch": BRANCH, "commit_messages": messages}
    who = {kind: f"{message} – {{{{author-name}}}}" for kind, message in messages.items()}
    common: dict[str, Any] = {"name": forge.kind, "repo": forge.name, "branch": forge.branch, "api_root": forge.api}
    if admin["forks"]:  # for people who may not write to the repository
        common["open_authoring"] = True
    return {**common, **_login(settings), "commit_messages": who}


def _login(settings: Settings) -> dict[str, Any]:
    """Who lets people in: GitHub only through a service that keeps its secret, the others by themselves (RFC 7636)."""
    admin, forge = settings.admin, settings.forge
    if forge.kind == "github":
        parts = urlsplit(admin["login"])
        return {"base_url": f"{parts.scheme}://{parts.netloc}", "auth_endpoint": parts.path.strip("/") or "auth"}
    if forge.kind == "gitlab":
        return {"auth_type": "pkce", "base_url": origin(forge.url), "app_id": admin["app"]}
    return {"app_id": admin["app"]}


def hosts(settings: Settings) -> tuple[str, ...]:
    """The origins that the web editor talks to beside its own."""
    return () if settings.admin["local"] else editor_hosts(settings.forge)


def folder(settings: Settings, path: str) -> str:
    """A folder of the site as a path in the repository."""
    local = settings.admin["local"]
    if local:
        return path if local == "." else f"{local}/{path}"
    return settings.forge.path(path)


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
