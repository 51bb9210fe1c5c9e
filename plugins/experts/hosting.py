"""What whoever serves the site must know of its files: media types, how long a copy may be kept, what pages may load.

One table for the snippets that web servers read and for the targets that are told file by file.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .forge import Forge

FOR_EVER, ASK = "public, max-age=31536000, immutable", "no-cache"
HASHED = r"-[0-9a-f]{10}\.\w+$|/theme/.+\.[0-9a-f]{10}\.\w+$|/search/index/\w+(?:\.[\w-]+)+\.json$"  # the name tells the content
NAMED = {
    r"\.ics$": "text/calendar",
    r"\.opml$": "text/x-opml",
    r"\.vcf$": "text/vcard",
    r"\.webmanifest$": "application/manifest+json",
    r"(?:^|/)atom(?:-\d+)?\.xml$": "application/atom+xml",
    r"(?:^|/)feed(?:-\d+)?\.json$": "application/feed+json",
}
"""Media types that web servers do not know by themselves."""
TEXTS = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "mjs": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "application/xml",
}
_OTHERS = {
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "ttf": "font/ttf",
    "wasm": "application/wasm",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
ADMIN = "admin/"  # the web editor's folder, which has a policy of its own
_LASTING = re.compile(HASHED)
_NAMED = [(re.compile(pattern), f"{media}; charset=utf-8") for pattern, media in NAMED.items()]
_KINDS = {**{end: f"{media}; charset=utf-8" for end, media in TEXTS.items()}, **_OTHERS}
_OWN = frozenset(("ics", "opml", "vcf", "webmanifest"))


def media_of(path: str) -> str:
    """The media type of a file of the site, with its charset where it is text."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower()
    if ending in _OWN or name.startswith(("atom", "feed")):
        for pattern, media in _NAMED:
            if pattern.search(path):
                return media
    if "." not in name or name.startswith("."):
        return "text/plain; charset=utf-8"
    return _KINDS.get(ending, "application/octet-stream")


def cache_of(path: str) -> str:
    """The Cache-Control header of a file of the site (RFC 9111, RFC 8246)."""
    return FOR_EVER if _LASTING.search("/" + path) else ASK


def security(url: str) -> dict[str, str]:
    """Headers that every answer has; with the promise to stay on HTTPS (RFC 6797) if the site lives there."""
    found = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "X-Frame-Options": "SAMEORIGIN",
    }
    return found | ({"Strict-Transport-Security": "max-age=31536000"} if url.startswith("https:") else {})


def isolation(admin: bool = False) -> dict[str, str]:
    """Headers that differ in the web editor's folder: there, a window in which one logs in must reach its opener."""
    return {"Cross-Origin-Opener-Policy": "same-origin-allow-popups" if admin else "same-origin"}


def policy(meta: bool = False) -> str:
    """The Content-Security-Policy of the pages: they load nothing from elsewhere, and nothing in them runs by itself.

    No script makes markup, code or addresses of scripts of a text (W3C Trusted Types).  The editor's preview may frame a
    page, nobody else; a policy in a page's head (`meta`) cannot say so.
    """
    own = ("script", "style", "img", "font", "connect", "manifest")
    rules = ["default-src 'none'", *[f"{kind}-src 'self'" for kind in own]]
    rules += ["form-action 'self'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"]
    return "; ".join([*rules, *([] if meta else ["frame-ancestors 'self'"])])


def admin_policy(forge: Forge) -> str:
    """The Content-Security-Policy of the web editor as a header, which can also say who may frame it."""
    return f"{editor_policy(editor_hosts(forge))}; frame-ancestors 'self'"


def editor_hosts(forge: Forge) -> tuple[str, ...]:
    """The origins that the web editor asks beside its own: the forge's API, and where the forge itself lets people in."""
    asked = [forge.api] if forge.kind == "github" else [forge.api, forge.url]
    return tuple(dict.fromkeys([_origin(address) for address in asked if address]))


def editor_policy(hosts: tuple[str, ...]) -> str:
    """What the web editor's page may load: Decap compiles schemas ('unsafe-eval') and styles its parts itself ('unsafe-inline')."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' blob:",
        "font-src": "'self' data:",
        "connect-src": " ".join(["'self'", "data:", "blob:", *hosts]),
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join([f"{name} {value}" for name, value in rules.items()])


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
