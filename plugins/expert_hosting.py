"""What web servers and hosts need to know: earlier addresses, who is gone, media types, caching.

For Netlify and Cloudflare Pages (`_redirects`, `_headers`), for Apache (`.htaccess`) and for nginx (`.hosting/nginx.conf`).
These files may be read by anybody, so they name nobody who has left: whatever is not found below ``experts/`` is gone (410).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site
from experts.urls import localised

MOST = 2000  # redirects, as many as Cloudflare Pages reads; the pages at the earlier addresses lead on anyway
TYPES = {
    r"\.ics$": "text/calendar",
    r"\.opml$": "text/x-opml",
    r"\.vcf$": "text/vcard",
    r"\.webmanifest$": "application/manifest+json",
    r"(?:^|/)atom(?:-\d+)?\.xml$": "application/atom+xml",
    r"(?:^|/)feed(?:-\d+)?\.json$": "application/feed+json",
}
CHARSETS = (
    "application/javascript application/json application/xml image/svg+xml text/css text/javascript text/plain text/xml"
)
TEXTS = ".css .js .json .svg .xml"
DATA = ("ics", "json", "opml", "vcf", "xml")  # other sites may read these; search engines need the pages only
MACHINES = rf"\.(?:{'|'.join(DATA)})$"
HASHED = r"-[0-9a-f]{10}\.\w+$|/theme/.+\.[0-9a-f]{10}\.\w+$|/search/index/\w+(?:\.[\w-]+)+\.json$"  # the name tells the content
FOR_EVER, ASK = "public, max-age=31536000, immutable", "no-cache"

Moved = tuple[tuple[str, str, bool], ...]
"""From, to, and whether all that lies below moved too: paths with their language, relative to the site."""


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The files; which of them counts depends on the host."""
    moved = []
    for lang, *paths in directory.moved(site.languages):
        old, new = [localised(path, lang, site.default_lang) for path in paths]
        moved.append((old, new, not paths[0].startswith("stories/")))  # a story's pictures stay in its folder
        if len(moved) == MOST:
            break
    arguments = (site.base, site.languages[1:], tuple(moved))
    yield site.text("_redirects", redirects, *arguments)
    yield site.text("_headers", headers, site.base)
    yield site.text(".htaccess", apache, *arguments)
    yield site.text(".hosting/nginx.conf", nginx, *arguments)


def redirects(base: str, others: tuple[str, ...], moved: Moved) -> str:
    """Rules of Netlify and Cloudflare Pages; the latter leaves out what it does not know, as 410."""
    pages = [f"{base}{old} {base}{new} 301" for old, new, below in moved if not below]
    folders = [f"{base}{old}* {base}{new}:splat 301" for old, new, below in moved if below]
    gone, missing = [], []
    for prefix in [*[f"{base}{lang}/" for lang in others], base]:
        gone.append(f"{prefix}experts/* {prefix}404.html 410")
        missing.append(f"{prefix}* {prefix}404.html 404")
    gone.append(f"{base}api/experts/* {base}404.html 410")
    return "".join([f"{line}\n" for line in [*pages, *folders, *gone, *missing]])


def headers(base: str) -> str:
    """Header rules of Netlify and Cloudflare Pages, of which each may hold one ``*``."""
    rules = {f"*.{ending}": ["Access-Control-Allow-Origin: *", "X-Robots-Tag: noindex"] for ending in DATA}
    for ending, media in {"*.ics": "text/calendar", "*.vcf": "text/vcard", "*.opml": "text/x-opml"}.items():
        rules[ending].append(f"Content-Type: {media}; charset=utf-8")
    for name, media in {"*atom.xml": "application/atom+xml", "*feed.json": "application/feed+json"}.items():
        rules[name] = [f"Content-Type: {media}; charset=utf-8"]
    for name in (
        "theme/js/*",
        "theme/site.*",
        "theme/fonts/*.woff2",
        "experts/:name/portrait-*",
        "stories/:name/picture-*",
    ):
        rules[name] = [f"Cache-Control: {FOR_EVER}"]
    return "".join(["\n  ".join([base + path, *lines]) + "\n" for path, lines in rules.items()])


def apache(base: str, others: tuple[str, ...], moved: Moved) -> str:
    """Directives for Apache 2.4, in the folder of the site."""
    lines = ["# Apache 2.4; needs AllowOverride FileInfo."]
    lines += [f"ErrorDocument {code} {base}404.html" for code in (404, 410)]
    for lang in others:
        errors = [f"  ErrorDocument {code} {base}{lang}/404.html" for code in (404, 410)]
        lines += [f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(base)}{lang}/#">', *errors, "</If>"]
    lines += ["AddDefaultCharset utf-8", f"AddCharset utf-8 {TEXTS}"]
    for pattern, media in TYPES.items():
        lines += [f'<FilesMatch "{pattern}">', f'  ForceType "{media}; charset=utf-8"', "</FilesMatch>"]
    lines += ["<IfModule mod_rewrite.c>", "  RewriteEngine On"]
    for old, new, below in moved:
        lines.append(f"  RewriteRule ^{old}{'(.*)' if below else ''}$ {base}{new}{'$1' if below else ''} [R=301,L]")
    lines += [
        "  RewriteCond %{REQUEST_FILENAME} !-f",
        "  RewriteCond %{REQUEST_FILENAME} !-d",
        f"  RewriteRule ^{_gone(others)} - [G]",
        "</IfModule>",
        "<IfModule mod_headers.c>",
        f'  Header set Cache-Control "{ASK}"',
        f'  Header set Cache-Control "{FOR_EVER}" "expr=%{{REQUEST_URI}} =~ m#{HASHED}#"',
        f'  Header set X-Robots-Tag "noindex" "expr=%{{REQUEST_URI}} =~ m#{MACHINES}#"',
        f'  Header set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#{MACHINES}#"',
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"


def nginx(base: str, others: tuple[str, ...], moved: Moved) -> str:
    """Directives for the server block of nginx, whose root is the folder of the site."""
    root = re.escape(base)
    types = [f'location ~ "{pattern}" {{ types {{ }} default_type {media}; }}' for pattern, media in TYPES.items()]
    lines = [
        "# For nginx: include this in the server block; the root, with the site's path behind it, is this site's folder."
    ]
    lines += [
        'set $experts_language "";',
        f'set $experts_cache "{ASK}";',
        'set $experts_robots "";',
        'set $experts_origin "";',
    ]
    if others:
        lines.append(f'if ($uri ~ "^{root}({"|".join(others)})/") {{ set $experts_language "$1/"; }}')
    lines += [
        f'if ($uri ~ "{HASHED}") {{ set $experts_cache "{FOR_EVER}"; }}',
        f'if ($uri ~ "{MACHINES}") {{ set $experts_robots "noindex"; set $experts_origin "*"; }}',
        "add_header Cache-Control $experts_cache;",
        "add_header X-Robots-Tag $experts_robots;",
        "add_header Access-Control-Allow-Origin $experts_origin;",
        "charset utf-8;",
        f"charset_types {CHARSETS} {' '.join(TYPES.values())};",
        f"error_page 404 {base}${{experts_language}}404.html;",
    ]
    for old, new, below in moved:
        way = f'^~ {base}{old} {{ rewrite "^{root}{old}(.*)$" {base}{new}$1 permanent; }}'
        lines.append(f"location {way if below else f'= {base}{old} {{ return 301 {base}{new}; }}'}")
    lines += [f'location ~ "^{root}{_gone(others)}" {{', f"  error_page 404 =410 {base}${{experts_language}}404.html;"]
    lines += [*[f"  {line}" for line in types], "}", *types]
    return "\n".join(lines) + "\n"


def _gone(others: tuple[str, ...]) -> str:
    """A pattern of the paths at which somebody's files were, if there are none any more."""
    return f"(?:(?:{'|'.join(others)})/)?(?:api/)?experts/." if others else "(?:api/)?experts/."


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs)
