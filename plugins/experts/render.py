"""Templates to pages: Jinja2, closed off so that a page sees its inputs and nothing else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, MutableMapping
from hashlib import blake2b
from html import escape
from typing import TYPE_CHECKING, Any

from . import digests, formats, mailto, mishaps, veil
from .cache import Damaged, keep, kept
from .links import fill
from .model import Image, Said, pick, primary
from .pictures import WEBP, srcset
from .problems import Problem
from .source import read

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

_REFERENCE = re.compile(r"{%[-+]?\s*+(?:extends|include|import|from)\s++([^%]*)%}")
_LITERAL = re.compile(r"\s*[\"']([^\"']+)[\"']")


class TemplateProblem(Exception):  # noqa: N818 - carries a problem
    """A template that cannot be rendered; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        """Carry the problem."""
        self.problem = problem
        super().__init__(problem.line_of_text())


def keys(folder: str) -> dict[str, bytes]:
    """For each template of a folder, a digest of it and of all that it extends, includes and imports."""
    sources: dict[str, bytes] = {}
    uses: dict[str, set[str] | None] = {}
    for name in sorted(_names(folder)):
        sources[name] = read(os.path.join(folder, name))
        uses[name] = _uses(sources[name].decode("utf-8", "replace"))
    return {name: _closure(name, sources, uses) for name in sources}


def _names(folder: str, below: str = "") -> list[str]:
    found = []
    for entry in os.scandir(os.path.join(folder, below)):
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.name.startswith("."):
            continue
        found += _names(folder, name) if entry.is_dir() else [name]
    return found


def _uses(source: str) -> set[str] | None:
    """The templates that a source names; None where a name is computed, which may be any."""
    found = set()
    for match in _REFERENCE.finditer(source):
        literal = _LITERAL.match(match[1])
        if literal is None:
            return None
        found.add(literal[1])
    return found


def _closure(name: str, sources: dict[str, bytes], uses: dict[str, set[str] | None]) -> bytes:
    seen: set[str] = set()
    todo = [name]
    while todo:
        at = todo.pop()
        if at in seen or at not in sources:
            continue
        seen.add(at)
        used = uses[at]
        todo += sources if used is None else used
    whole = blake2b(digest_size=16)
    for part in sorted(seen):
        whole.update(f"{part}\0{len(sources[part])}\0".encode() + sources[part])
    return whole.digest()


def warm_up() -> None:
    """Import Jinja2, so that the workers that render inherit it and need not each import it."""
    import jinja2  # noqa: F401


def environment(folder: str, cache: str, lang: str, common: dict[str, Any]) -> jinja2.Environment:
    """The Jinja environment of a theme's templates for pages in `lang`; compiled templates are kept in `cache`.

    `common` is what all pages in that language see; since it never changes, imported macros are made once.
    """
    import jinja2  # 50 ms; a build in which nothing changed does not need it

    # Compiled templates depend on how the filters below are declared.
    store = os.path.join(cache, "templates", f"{jinja2.__version__}-{digests.of(read(__file__)).hex()[:8]}")

    class Compiled(jinja2.BytecodeCache):
        """Compiled templates; damaged ones are compiled again."""

        def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
            found = kept(os.path.join(store, bucket.key))
            if found is not None:
                bucket.bytecode_from_string(found)

        def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
            keep(os.path.join(store, bucket.key), bucket.bytecode_to_string())

    class Closed(jinja2.Environment):
        """All templates share the globals as they are; chaining a template's own before them costs every look-up."""

        def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
            return {**self.globals, **d} if d else self.globals

    env = Closed(
        loader=jinja2.FileSystemLoader(folder),
        bytecode_cache=Compiled(),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.filters.update(_filters(lang))
    env.globals.update(common)
    return env


def _filters(lang: str) -> dict[str, Callable[..., Any]]:
    """The filters of templates, for pages in `lang`."""
    from markupsafe import Markup, escape

    own, way = primary(lang), formats.direction(lang)

    def find(value: Any) -> Said | None:
        if value is None or isinstance(value, Said):
            return value
        return pick(value, lang) if value else None

    def said(value: Any) -> Markup:
        found = find(value)
        if found is None:
            return Markup()
        text = escape(found.text)
        if primary(found.lang) == own:
            return text
        turn = "" if formats.direction(found.lang) == way else ' dir="auto"'
        return Markup('<span lang="{}"{}>{}</span>').format(found.lang, Markup(turn), text)  # noqa: S704 - ours

    def plain(value: Any) -> str:
        found = find(value)
        return found.text if found else ""

    def local(function: Callable[..., Any]) -> Callable[..., Any]:
        def inner(value: Any, *rest: Any) -> Any:
            return function(value, lang, *rest)

        return inner

    return {
        "said": said,
        "plain": plain,
        "date": local(formats.day),
        "day": local(lambda value, tag: formats.day(value, tag, "medium")),
        "datetime": local(formats.moment),
        "clock": local(formats.clock),
        "direction": formats.direction,
        "language": local(formats.language),
        "own_name": formats.own_name,
        "by_language": local(formats.by_language),
        "listing": _together(formats.listing, lang),
        "separators": lambda items: formats.separators(len(items), lang),
        "excerpt": _together(formats.excerpt, lang),
        "number": local(formats.number),
        "breadth": formats.breadth,
        "initials": formats.initials,
        "tone": formats.tone,
        "host": formats.host,
        "tel": formats.tel,
        "mailto": mailto.of,
        "veiled": lambda text: Markup(veil.letters(text)),  # noqa: S704 - no letter of it is left
    }


def _together(function: Callable[[list[str], str], str], lang: str) -> Callable[..., Markup]:
    """A filter that makes one text of several, each of them a text or HTML, in `lang` or another language."""
    from markupsafe import Markup, escape

    def inner(items: Any, tag: str = lang) -> Markup:
        return Markup(function([str(escape(item)) for item in items], tag))  # noqa: S704 - escaped; the rest is CLDR's

    return inner


def render(env: jinja2.Environment, template: str, context: dict[str, Any], page: str) -> str:
    """Render a template for the address `page`; TemplateProblem names the template's line."""
    import jinja2

    try:
        return env.get_template(template).render(context)
    except jinja2.TemplateSyntaxError as error:
        values = {"why": error.message or ""}
        raise TemplateProblem(
            Problem(
                f"templates/{error.name or template}",
                error.lineno,
                1,
                "template",
                "the template cannot be read: {why}",
                "",
                values,
            )
        ) from None
    except jinja2.TemplateNotFound as error:
        values = {"name": str(error.name or template)}
        raise TemplateProblem(
            Problem(f"templates/{template}", 0, 0, "template", "the theme has no template {name}", "", values)
        ) from None
    except Damaged:
        raise
    except Exception as error:
        if mishaps.is_of_machine(error):
            raise
        name, line = template, 0
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if "templates" in file and file.endswith(".html"):
                name, line = file.replace(os.sep, "/").rpartition("templates/")[2], trace.tb_lineno
            trace = trace.tb_next
        values = {"page": page, "why": f"{type(error).__name__}: {error}"}
        raise TemplateProblem(
            Problem(f"templates/{name}", line, 1, "template", "the page {page} cannot be made: {why}", "", values)
        ) from None


def content(html: str, links: Mapping[str, str | Image], place: Callable[[str], str], whole: bool = True) -> str:
    """A stored body with the addresses of its links and pictures; `place` makes an address of a path.

    A picture has all its sizes, or (not `whole`) only the one that can be read everywhere.
    """

    def address(name: str) -> str:
        found = links.get(name)
        return place(f"/{found.large.path}" if isinstance(found, Image) else found) if found else ""

    def show(name: str) -> str:
        found = links.get(name)
        if not isinstance(found, Image):
            return f'src="{escape(place(found))}"' if found else ""
        return _shown(found, lambda path: place(f"/{path}"), whole)

    return fill(html, address, show)


def _shown(image: Image, address: Callable[[str], str], whole: bool) -> str:
    """The attributes of an ``<img>`` in a text.  Who knows ``srcset`` knows WebP, so it needs no ``<picture>`` around it."""
    file = image.large
    found = f'src="{escape(address(file.path))}" width="{file.width}" height="{file.height}"'
    if not whole:
        return found
    candidates = srcset(image, WEBP, 0, file.width * 2, address)
    sizes = ' sizes="(min-width: 62rem) 48rem, 100vw"' if " " in candidates else ""
    return f'{found} srcset="{candidates}"{sizes} decoding="async" class="c-{image.tone}"'
