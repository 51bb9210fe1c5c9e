"""Bodies that are complete without their page: HTML in which every address is absolute."""

from __future__ import annotations

from collections.abc import Iterable

from experts import absolute, model, render
from experts.directory import Directory
from experts.site import Site

Linked = tuple[tuple[str, model.Links], ...]
"""Those of the bodies that have any, by language."""


def links(view: Directory, site: Site, page: str, texts: Iterable[tuple[str, str, model.Body | None]]) -> Linked:
    """What texts link to; a text is its language, its file and its body.  Their own files lie below the path `page`."""
    return tuple(
        [
            (lang, view.links(source, body, page, _language(site, lang)))
            for lang, source, body in texts
            if body is not None and body.links
        ]
    )


def html(site: Site, linked: Linked, texts: Iterable[tuple[str, model.Body | None, str]]) -> dict[str, str]:
    """The HTML of texts by language, with absolute addresses; a text is its language, its body, and the path of its page."""
    found = dict(linked)
    return {lang: _html(site, lang, body, found.get(lang, ()), page) for lang, body, page in texts if body}


def _language(site: Site, lang: str) -> str:
    """The language of the site to whose pages a text in `lang` links."""
    own = model.primary(lang)
    return next((tag for tag in site.languages if model.primary(tag) == own), site.default_lang)


def _html(site: Site, lang: str, body: model.Body, found: model.Links, page: str) -> str:
    own = _language(site, lang)

    def place(path: str) -> str:
        return site.address(path[1:]) if path.startswith("/") else site.address(path, own)

    return absolute.html(render.content(site.html(body.digest), dict(found), place, whole=False), place(page))
