"""Ordinary pages, read by Pelican: any format and metadata that Pelican and its plugins know.

The text goes the same way as every other body: sanitised, headings shifted, links by name.
"""

from __future__ import annotations

import logging
import os
import posixpath
import re
from typing import Any

from pelican.contents import Page as PelicanPage
from pelican.readers import Readers
from pelican.settings import DEFAULT_CONFIG, configure_settings

from . import frontmatter, links, markup, model, source
from .digests import of_data as digest
from .effort import TooMuch
from .fields import SLUG
from .problems import Problem
from .settings import Settings

_MARKED = re.compile(r"""((?:href|src)\s*=\s*["'])[{|](filename|static|attach)[}|]([^"']*)""")


class _Listener(logging.Handler):
    """Collects what Pelican logs, so that it becomes a problem of the file at hand."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def read(settings: Settings, paths: list[str]) -> tuple[list[model.Page], list[Problem]]:
    """Read the pages at `paths` (below the site, with /)."""
    pelican = dict(DEFAULT_CONFIG)
    pelican.update({key: value for key, value in settings.raw.items() if key not in ("PLUGINS", "OUTPUT_PATH")})
    pelican.update(
        THEME=settings.theme, PATH=os.path.join(settings.root, "content"), CACHE_CONTENT=False, LOAD_CONTENT_CACHE=False
    )
    # A page comes from a proposal, too: reStructuredText must not show other files of the machine that builds it.
    closed = {"file_insertion_enabled": False, "raw_enabled": False}
    pelican["DOCUTILS_SETTINGS"] = {**(pelican.get("DOCUTILS_SETTINGS") or {}), **closed}
    pelican["MARKDOWN"] = _restrained(pelican["MARKDOWN"])
    logger = logging.getLogger("pelican")
    listener, before = _Listener(), (logger.handlers[:], logger.propagate)
    logger.handlers, logger.propagate = [listener], False
    problems: list[Problem] = []
    found: dict[str, list[tuple[model.PageText, Any]]] = {}
    try:
        pelican = configure_settings(pelican)
        readers = Readers(pelican)
        for path in paths:
            extension = posixpath.splitext(path)[1][1:].lower()
            if extension not in readers.extensions or posixpath.basename(path).lower().startswith("readme."):
                continue
            listener.said.clear()
            wrong = _wrong(os.path.join(settings.root, path), path)
            if wrong:
                problems.append(wrong)
                continue
            try:
                page = readers.read_file(
                    pelican["PATH"], path.removeprefix("content/"), content_class=PelicanPage, context=pelican
                )
            except TooMuch as error:
                problems.append(markup.too_much(path, "", 1, error.near))
                continue
            except Exception as error:  # noqa: BLE001 - a reader may raise anything
                values = {"why": f"{type(error).__name__}: {error}"}
                problems.append(Problem(path, 0, 0, "page", "this page cannot be read: {why}", "", values))
                continue
            _take(page, path, settings, found, problems, listener)
    finally:
        logger.handlers, logger.propagate = before
    return [_page(slug, texts, settings) for slug, texts in sorted(found.items())], problems


def _wrong(file: str, path: str) -> Problem | None:
    """What is wrong with the characters or the length of a page; Pelican takes what it can get."""
    size = os.path.getsize(file)
    if size > frontmatter.MAX_FILE:
        return frontmatter.too_long(path, size)
    return frontmatter.decode(path, source.read(file))[1]


def _restrained(markdown: dict[str, Any]) -> dict[str, Any]:
    """The settings of Markdown, with which no page takes long."""
    from .restraint import Restraint

    named = [*markdown.get("extensions", []), *markdown.get("extension_configs", {}), "markdown.extensions.meta"]
    return {**markdown, "extensions": [*dict.fromkeys(named), Restraint()]}


def _take(
    page: Any,
    path: str,
    settings: Settings,
    found: dict[str, list[tuple[model.PageText, Any]]],
    problems: list[Problem],
    listener: _Listener,
) -> None:
    title = getattr(page, "title", "")
    if not title or listener.said:
        why = "; ".join(listener.said) or "it has no title"
        hint = "the first lines of a page are Title: … and, if wanted, Slug: … and Lang: …, then an empty line"
        problems.append(Problem(path, 1, 1, "page", "this page cannot be read: {why}", hint, {"why": why}))
        return
    if getattr(page, "status", "published") == "draft" and not settings.drafts:
        return
    slug = str(page.slug)
    if not SLUG.fullmatch(slug):
        hint = "lower-case letters a-z, digits and - only"
        problems.append(Problem(path, 1, 1, "slug", "{value} behind Slug: is not a short name", hint, {"value": slug}))
        return

    def complain(code: str, where: str, message: str, hint: str = "") -> None:
        problems.append(Problem(path, 0, 0, code, message, hint, {"url": where}))

    raw = _MARKED.sub(lambda match: match[1] + _place(path, match[2], match[3]), page._content or "")  # noqa: SLF001 - before Pelican fills in links of its own
    lang = str(page.lang)
    try:
        html, _ = markup.finish(path, markup.sanitise(raw), lang, complain)
    except TooMuch as error:
        problems.append(markup.too_much(path, "", 1, error.near))
        return
    summary = page.metadata.get("summary", "")
    summary = " ".join(links.text_of(summary).split()) if summary else ""
    text = model.PageText(lang, str(title), summary, html, path)
    if any(model.primary(text.lang) == model.primary(other.lang) for other, _ in found.get(slug, [])):
        other = next(other.source for other, _ in found[slug])
        values = {"slug": slug, "other": other}
        problems.append(
            Problem(
                path,
                1,
                1,
                "duplicate-slug",
                "{slug} is also the name of {other}",
                "give it another Slug:, or the right Lang:",
                values,
            )
        )
        return
    found.setdefault(slug, []).append((text, page))


def _place(path: str, kind: str, target: str) -> str:
    """A link in Pelican's notation as a relative or absolute one."""
    if kind == "filename" and target.startswith("/"):
        return posixpath.relpath("content" + target, posixpath.dirname(path))
    if kind == "filename":
        return target
    return posixpath.normpath(posixpath.join("/" if target.startswith("/") else "/pages", target.lstrip("/")))


def _page(slug: str, texts: list[tuple[model.PageText, Any]], settings: Settings) -> model.Page:
    """One page of all its languages, the site's default first."""
    order = {lang: at for at, lang in enumerate(settings.languages)}
    texts.sort(key=lambda pair: (order.get(pair[0].lang, len(order)), pair[0].lang))
    metadata = texts[0][1].metadata
    place = str(metadata.get("order", "")).strip()
    menu = str(metadata.get("menu", "footer")).strip()
    hidden = getattr(texts[0][1], "status", "") == "hidden"
    values = (
        slug,
        tuple([text for text, _ in texts]),
        int(place) if place.isdigit() else 100,
        "none" if hidden or menu not in ("header", "footer") else menu,
    )
    return model.Page(*values, digest(model.plain(values)))
