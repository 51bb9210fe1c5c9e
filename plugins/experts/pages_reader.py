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

from . import frontmatter, languages, links, markup, mishaps, model, renewal, source
from .digests import of_data as digest
from .effort import TooMuch
from .fields import SLUG
from .problems import Problem
from .settings import Settings

_MARKED = re.compile(r"""((?:href|src)\s*=\s*["'])[{|](filename|static|attach)[}|]([^"']*)""")


_ORDER = re.compile(r"\d{1,9}", re.ASCII)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # Pelican reads whatever a file holds


class _Listener(logging.Handler):
    """Collects what Pelican logs, so that it becomes a problem of the file at hand."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def consent_texts(settings: Settings) -> tuple[renewal.Text, ...]:
    """The versions of the text of consent among the site's pages, the oldest first; pages with problems are passed over."""
    paths = sorted(source.scan(settings.root, ["content/pages"]).stamps)
    pages, _ = read(settings, paths)
    return renewal.texts(pages)


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
            except Exception as error:
                if mishaps.is_of_machine(error):
                    raise
                values = {"why": f"{type(error).__name__}: {error}"}
                problems.append(Problem(path, 0, 0, "page", "this page cannot be read: {why}", "", values))
                continue
            _take(page, path, settings, found, problems, listener)
    finally:
        logger.handlers, logger.propagate = before
    pages = [_page(slug, texts, settings) for slug, texts in sorted(found.items())]
    return pages, [*problems, *_of_versions(pages)]


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

    lang = str(page.lang)
    if not languages.well_formed(lang):
        hint = "use a code like de, en or pt-BR"
        problems.append(Problem(path, 1, 1, "language", "{value} is not a language code", hint, {"value": lang}))
        return
    raw = _CONTROLS.sub("", page._content or "")  # noqa: SLF001 - before Pelican fills in links of its own
    raw = _MARKED.sub(lambda match: match[1] + _place(path, match[2], match[3]), raw)
    try:
        html, _ = markup.finish(path, markup.sanitise(raw), lang, complain)
    except TooMuch as error:
        problems.append(markup.too_much(path, "", 1, error.near))
        return
    summary = page.metadata.get("summary", "")
    summary = " ".join(links.text_of(summary).split()) if summary else ""
    text = model.PageText(lang, _CONTROLS.sub("", str(title)), _CONTROLS.sub("", summary), html, path)
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


def _of_versions(pages: list[model.Page]) -> list[Problem]:
    """What is wrong with the versions of texts of consent: no day from which one holds, or the name of another."""
    problems = []
    first: dict[str, model.Page] = {}
    for page in pages:
        source = page.texts[0].source
        if page.version and not page.date:
            hint = "write Date: with the day from which it holds, like 2026-05-01, below Consent:"
            problems.append(Problem(source, 1, 1, "page", "this text of consent has no date", hint))
        other = first.setdefault(page.version, page)
        if page.version and other is not page:
            message, hint = "{version} is also the version of {other}", "give each text of consent a version of its own"
            values = {"version": page.version, "other": other.texts[0].source}
            problems.append(Problem(source, 1, 1, "page", message, hint, values))
    return problems


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
        int(place) if _ORDER.fullmatch(place) else 100,
        "none" if hidden or menu not in ("header", "footer") else menu,
    )
    version = " ".join(str(metadata.get("consent", "")).split())
    date = metadata["date"].date().isoformat() if "date" in metadata else ""
    return model.Page(*values, digest(model.plain((values, version, date))), version, date)
