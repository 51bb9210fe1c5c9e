"""The web app manifest (W3C) in each language, and icons for home screens, tabs and bookmarks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from typing import Any

from experts import signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import PageView, Site

NAME = "manifest.webmanifest"
SHORT = 12  # characters that fit below an icon
ICONS = {
    "icon-192.png": ("192x192", "any"),
    "icon-512.png": ("512x512", "any"),
    "maskable-512.png": ("512x512", "maskable"),
}


def outputs(_directory: Directory, site: Site) -> Iterator[Output]:
    """A manifest in each language, and the icon that browsers ask for without being told."""
    for lang in site.languages:
        path = urls.localised(NAME, lang, site.default_lang)
        yield site.text(path, partial(manifest, site), lang, site.look.view.colours)
    if "icons/favicon.ico" in site.assets:
        yield site.icon("favicon.ico", "favicon.ico")


def manifest(site: Site, lang: str, shades: tuple[str, ...]) -> str:
    """The manifest of the site in a language; `shades` are its background's colours, the light one first."""
    name, known = site.settings.name, site.assets
    found: dict[str, Any] = {
        "id": site.base,
        "name": name,
        "short_name": short(name),
        "lang": lang,
        "dir": "auto",
        "start_url": site.url("", lang),
        "scope": site.base,
        "display": "minimal-ui",  # these are pages: the way back and the address stay
        "icons": [
            {"src": site.file(known[f"icons/{icon}"]), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for icon, (sizes, purpose) in ICONS.items()
            if f"icons/{icon}" in known
        ],
    }
    if shades:
        found |= {"theme_color": shades[0], "background_color": shades[0]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def short(name: str) -> str:
    """As many whole words of a name as fit below an icon."""
    words = name[: SHORT + 1].rpartition(" ")[0] if len(name) > SHORT else name
    return words.rstrip(" –—-,:;·|(&/") or name[:SHORT]


def head(page: PageView, _template: str, _inputs: Mapping[str, Any], site: Site) -> str:
    """The links to the manifest and to the icon, and the colour of the browser's bar."""
    lines = [f'<link rel="manifest" href="{site.url(NAME, page.lang)}">']
    touch = site.assets.get("icons/apple-touch-icon.png")
    if touch:
        lines.append(f'<link rel="apple-touch-icon" href="{site.file(touch)}">')
    for scheme, colour in zip(("light", "dark"), site.look.view.colours, strict=False):
        lines.append(f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{escape(colour)}">')
    return "\n".join(lines)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
    signals.heads.connect(head, "site")
