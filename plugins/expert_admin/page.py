"""The page of the web editor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from experts import digests, source
from experts.hosting import editor_policy

from .words import TEXTS


def index(
    lang: str,
    name: str,
    places: Mapping[str, str],
    others: Iterable[tuple[str, str, str]],
    about: Any,
    hosts: tuple[str, ...],
    scripts: Mapping[str, str],
) -> str:
    """The page in a language; `scripts` are the files of its ``script`` and of ``decap``, which browsers check.

    `places` are the addresses of its ``style``, ``script``, ``icon`` and the ``repository``; `others` tag, name and address
    of the same page in other languages.
    """
    said = {key: escape(text) for key, text in TEXTS[lang].items()}
    at = {key: escape(url) for key, url in places.items()}
    instead = f' <a href="{at["repository"]}">{said["instead"]}</a>' if places["repository"] else ""
    icon = f'<link rel="icon" href="{at["icon"]}">\n' if places["icon"] else ""
    links = "".join(
        [f'<a href="{escape(url)}" lang="{tag}" hreflang="{tag}">{escape(own)}</a>' for tag, own, url in others]
    )
    switch = f'<nav class="languages" hidden>{links}</nav>\n' if links else ""
    sums = {name: digests.integrity(source.read(path)) for name, path in scripts.items()}
    data = json.dumps({**about, "integrity": sums["decap"]}, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return f"""\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(editor_policy(hosts), quote=False)}">
<title>{said["title"]} – {escape(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="same-origin">
{icon}<link rel="cms-config-url" type="text/yaml" href="config.yml">
<link rel="stylesheet" href="{at["style"]}">
</head>
<body>
<div id="nc-root">
<main class="loading">
<h1>{escape(name)}</h1>
<p role="status">{said["loading"]}</p>
<p class="slow">{said["slow"]}</p>
<noscript><p>{said["noscript"]}{instead}</p></noscript>
</main>
</div>
{switch}<script type="application/json" id="about">{data}</script>
<script type="module" src="{at["script"]}" integrity="{sums["script"]}"></script>
</body>
</html>
"""
