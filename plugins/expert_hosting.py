"""What web servers and hosts need to know: earlier addresses, who is gone, media types, caching, security, compressed copies.

For Netlify and Cloudflare Pages (`_redirects`, `_headers`), for Apache (`.htaccess`) and for nginx (`.hosting/nginx.conf`).
These files may be read by anybody, so they name nobody who has left: whatever is not found below ``experts/`` is gone (410).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from experts import hosting, signals
from experts.directory import Directory
from experts.forge import Forge
from experts.hosting import ADMIN, ASK, FOR_EVER, HASHED, NAMED
from experts.output import Output
from experts.site import Planned, Site
from experts.urls import file_of, localised

MOST = 2000  # redirects, as many as Cloudflare Pages reads; the pages at the earlier addresses lead on anyway
FOLDERS = 60  # rules for pages: Cloudflare Pages reads 100 in all
CHARSETS = (
    "application/javascript application/json application/xml image/svg+xml text/css text/javascript text/plain text/xml"
)
TEXTS = ".css .js .json .svg .xml"
DATA = ("ics", "json", "opml", "vcf", "xml")  # other sites may read these; search engines need the pages only
MACHINES = rf"\.(?:{'|'.join(DATA)})$"
ENCODINGS = {"br": "br", "gz": "gzip"}  # endings of compressed copies beside files -> their names in HTTP

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
    guard = (site.settings.url, site.settings.forge)
    yield site.text("_redirects", redirects, *arguments)
    yield site.text(".htaccess", apache, *arguments, *guard)
    yield site.text(".hosting/nginx.conf", nginx, *arguments, *guard)


def indexes(_directory: Directory, site: Site, pages: tuple[Planned, ...]) -> Iterator[Output]:
    """The file of headers, whose rules for pages are made for the folders that there are."""
    files = [file_of(localised(page.path, page.lang, site.default_lang)) for page in pages]
    places = {f"{top}/*" if below else ("" if top == "index.html" else top) for top, _, below in _divided(files)}
    yield site.text("_headers", headers, site.base, tuple(sorted(places)), site.settings.url, site.settings.forge)


def _divided(files: list[str]) -> Iterator[tuple[str, str, str]]:
    """Files at their first slash, without those of the web editor."""
    return (file.partition("/") for file in files if not file.startswith(ADMIN))


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


def headers(base: str, places: tuple[str, ...], url: str, forge: Forge) -> str:
    """Header rules of Netlify and Cloudflare Pages, of which each may hold one ``*``.

    Where two rules give a file the same header it has both, and of two policies it would have to keep both.  So each of the
    `places` (top folders and files with pages) has the policy of pages, and the web editor's folder its own.
    """
    rules = {"*": [f"{name}: {value}" for name, value in hosting.security(url).items()]}
    pages = {"Content-Security-Policy": hosting.policy(), **hosting.isolation()}
    for place in places if len(places) <= FOLDERS else ("*",):
        rules.setdefault(place, []).extend([f"{name}: {value}" for name, value in pages.items()])
    if len(places) <= FOLDERS:
        editor = {"Content-Security-Policy": hosting.admin_policy(forge), **hosting.isolation(admin=True)}
        rules[f"{ADMIN}*"] = [f"{name}: {value}" for name, value in editor.items()]
    rules |= {f"*.{ending}": ["Access-Control-Allow-Origin: *", "X-Robots-Tag: noindex"] for ending in DATA}
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


def apache(base: str, others: tuple[str, ...], moved: Moved, url: str, forge: Forge) -> str:
    """Directives for Apache 2.4, in the folder of the site."""
    lines = ["# Apache 2.4; needs AllowOverride FileInfo."]
    lines += [f"ErrorDocument {code} {base}404.html" for code in (404, 410)]
    for lang in others:
        errors = [f"  ErrorDocument {code} {base}{lang}/404.html" for code in (404, 410)]
        lines += [f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(base)}{lang}/#">', *errors, "</If>"]
    lines += ["AddDefaultCharset utf-8", f"AddCharset utf-8 {TEXTS}"]
    lines += ["RemoveType .br .gz", *[f"AddEncoding {name} .{ending}" for ending, name in ENCODINGS.items()]]
    for pattern, media in NAMED.items():
        lines += [f'<FilesMatch "{_copies(pattern)}">', f'  ForceType "{media}; charset=utf-8"', "</FilesMatch>"]
    lines += ["<IfModule mod_rewrite.c>", "  RewriteEngine On"]
    for old, new, below in moved:
        lines.append(f"  RewriteRule ^{old}{'(.*)' if below else ''}$ {base}{new}{'$1' if below else ''} [R=301,L]")
    lines += [
        "  RewriteCond %{REQUEST_FILENAME} !-f",
        "  RewriteCond %{REQUEST_FILENAME} !-d",
        f"  RewriteRule ^{_gone(others)} - [G]",
    ]
    for ending, name in ENCODINGS.items():
        lines += [
            f"  RewriteCond %{{HTTP:Accept-Encoding}} \\b{name}\\b",
            f"  RewriteCond %{{REQUEST_FILENAME}}.{ending} -f",
            f"  RewriteRule ^(.+)$ $1.{ending} [L,E=no-gzip:1,E=no-brotli:1]",
        ]
    return "\n".join([*lines, "</IfModule>", *_apache_headers(base, url, forge)]) + "\n"


def _apache_headers(base: str, url: str, forge: Forge) -> list[str]:
    """Apache's directives for headers; a compressed copy has those of its original."""
    site = {"Content-Security-Policy": hosting.policy(), **hosting.isolation()}
    editor = {"Content-Security-Policy": hosting.admin_policy(forge), **hosting.isolation(admin=True)}
    inside, outside = [f'"expr=%{{REQUEST_URI}} {sign} m#^{re.escape(base + ADMIN)}#"' for sign in ("=~", "!~")]
    return [
        "<IfModule mod_headers.c>",
        f'  Header set Cache-Control "{ASK}"',
        f'  Header set Cache-Control "{FOR_EVER}" "expr=%{{REQUEST_URI}} =~ m#{_copies(HASHED)}#"',
        f'  Header set X-Robots-Tag "noindex" "expr=%{{REQUEST_URI}} =~ m#{_copies(MACHINES)}#"',
        f'  Header set Access-Control-Allow-Origin "*" "expr=%{{REQUEST_URI}} =~ m#{_copies(MACHINES)}#"',
        '  <FilesMatch "\\.(?:css|html|ics|js|json|opml|svg|txt|vcf|webmanifest|xml)(?:\\.br|\\.gz)?$">',
        "    Header merge Vary Accept-Encoding",
        "  </FilesMatch>",
        *[f'  Header always set {name} "{value}"' for name, value in hosting.security(url).items()],
        *[f'  Header always set {name} "{value}" {outside}' for name, value in site.items()],
        *[f'  Header always set {name} "{value}" {inside}' for name, value in editor.items()],
        "</IfModule>",
    ]


def _copies(pattern: str) -> str:
    """A pattern of names, and of the names of their compressed copies."""
    return pattern.replace("$", rf"(?:\.(?:{'|'.join(ENCODINGS)}))?$")


def nginx(base: str, others: tuple[str, ...], moved: Moved, url: str, forge: Forge) -> str:
    """Directives for the server block of nginx, whose root is the folder of the site."""
    root = re.escape(base)
    types = [f'location ~ "{pattern}" {{ types {{ }} default_type {media}; }}' for pattern, media in NAMED.items()]
    lines = [
        "# For nginx: include this in the server block; the root, with the site's path behind it, is this site's folder."
    ]
    lines += [
        'set $experts_language "";',
        f'set $experts_cache "{ASK}";',
        'set $experts_robots "";',
        'set $experts_origin "";',
        *_nginx_security(base, url, forge),
        "# Copies that `publish --compress` has put beside the files; brotli_static needs nginx's module ngx_brotli.",
        "gzip_static on;",
        "gzip_vary on;",
        "# brotli_static on;",
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
        f"charset_types {CHARSETS} {' '.join(NAMED.values())};",
        f"error_page 404 {base}${{experts_language}}404.html;",
    ]
    for old, new, below in moved:
        way = f'^~ {base}{old} {{ rewrite "^{root}{old}(.*)$" {base}{new}$1 permanent; }}'
        lines.append(f"location {way if below else f'= {base}{old} {{ return 301 {base}{new}; }}'}")
    lines += [f'location ~ "^{root}{_gone(others)}" {{', f"  error_page 404 =410 {base}${{experts_language}}404.html;"]
    lines += [*[f"  {line}" for line in types], "}", *types]
    return "\n".join(lines) + "\n"


def _nginx_security(base: str, url: str, forge: Forge) -> list[str]:
    """Nginx's directives for the headers of security, also on pages of errors."""
    names = {"Content-Security-Policy": "policy", "Cross-Origin-Opener-Policy": "opener"}
    site = {"Content-Security-Policy": hosting.policy(), **hosting.isolation()}
    editor = {"Content-Security-Policy": hosting.admin_policy(forge), **hosting.isolation(admin=True)}
    inside = " ".join([f'set $experts_{names[name]} "{value}";' for name, value in editor.items()])
    return [
        *[f'set $experts_{names[name]} "{value}";' for name, value in site.items()],
        f'if ($uri ~ "^{re.escape(base + ADMIN)}") {{ {inside} }}',
        *[f"add_header {name} $experts_{names[name]} always;" for name in site],
        *[f'add_header {name} "{value}" always;' for name, value in hosting.security(url).items()],
    ]


def _gone(others: tuple[str, ...]) -> str:
    """A pattern of the paths at which somebody's files were, if there are none any more."""
    return f"(?:(?:{'|'.join(others)})/)?(?:api/)?experts/." if others else "(?:api/)?experts/."


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
    signals.indexes.connect(indexes, "site")
