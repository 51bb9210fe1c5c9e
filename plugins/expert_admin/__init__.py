"""The web editor below ``/admin/``: Decap CMS, served from here, with a form for each kind of file.

The forms are made from the tables by which the files are checked, so that both always know the same fields.
Nobody needs it: files can be edited on the forge, too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import partial
from typing import Any

from experts import assets, digests, renewal, signals, source
from experts.addresses import SERVICES
from experts.directory import Directory
from experts.model import primary
from experts.output import Output, output
from experts.settings import Settings
from experts.site import Site

from . import backends, page
from .kinds import collections
from .words import LANGUAGES, MESSAGES, TEXTS

STATIC = os.path.join(os.path.dirname(__file__), "static")


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The page and the configuration in each language that the editor speaks, and the files of both; nothing without ADMIN."""
    settings = site.settings
    if not any(settings.admin.values()):
        return
    version, files = assets.editor(settings.checkout)
    decap = f"admin/decap-{version}"
    pieces = {name: digests.of_file(path) for name, path in files.items()}
    for name, path in files.items():
        yield site.copy(f"{decap}/{name}", path, pieces[name])
    own = {name: os.path.join(STATIC, name) for name in sorted(os.listdir(STATIC))}
    contents = {name: digests.of(source.read(path)) for name, path in own.items()}
    folder = f"admin/{digests.of_data(sorted(contents.items())).hex()[:10]}"
    for name, path in own.items():
        yield site.copy(f"{folder}/{name}", path, contents[name])
    spoken = tuple(sorted({tag for expert in directory.experts for tag in expert.languages}))
    versions = tuple([text.version for text in reversed(renewal.texts(directory.pages))])
    tags = speaks(settings.languages)
    places = {lang: "admin/" if lang == tags[0] else f"admin/{lang}/" for lang in tags}
    for lang, place in places.items():
        about = {
            "lang": lang,
            "decap": site.file(f"{decap}/{assets.EDITOR_SCRIPT}"),
            "style": site.file(site.assets.get("css", "")),
            "preview": site.file(f"{folder}/preview.css"),
            "local": bool(settings.admin["local"]),
            "base": site.base,
            "languages": settings.languages,
            "services": SERVICES,
            "texts": TEXTS[lang],
        }
        urls = {
            "style": site.file(f"{folder}/admin.css"),
            "script": site.file(f"{folder}/admin.js"),
            "icon": site.file("theme/favicon.svg") if site.look.favicon else "",
            "repository": settings.repository,
        }
        hosts = backends.hosts(settings)
        others = [(other, TEXTS[other]["language"], site.file(places[other])) for other in tags if other != lang]
        said = (lang, settings.name, urls, others, about, hosts)
        scripts = {"script": own["admin.js"], "decap": files[assets.EDITOR_SCRIPT]}
        yield output(
            f"{place}index.html", site.key, page.index, *said, scripts, inputs=(*said, pieces[assets.EDITOR_SCRIPT])
        )
        make = partial(config, settings, site.base, lang)
        yield output(f"{place}config.yml", site.key, make, spoken, versions, inputs=(lang, spoken, versions))


def speaks(languages: tuple[str, ...]) -> list[str]:
    """The languages of the editor on a site, the one at ``/admin/`` first; English where it speaks none of the site's."""
    return list(dict.fromkeys([primary(tag) for tag in languages if primary(tag) in LANGUAGES])) or ["en"]


def config(settings: Settings, base: str, lang: str, spoken: tuple[str, ...], versions: tuple[str, ...] = ()) -> str:
    """Decap's configuration, as JSON, which is YAML: no text is taken for a number or a date."""
    content: dict[str, Any] = {
        "backend": backends.backend(settings, base, MESSAGES[lang]),
        "publish_mode": "editorial_workflow",
        "locale": lang,
        "site_url": settings.url or base,
        "media_folder": backends.folder(settings, "content/images"),
        "public_folder": "/images",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": collections(settings, spoken, lang, versions),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
