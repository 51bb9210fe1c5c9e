"""The site: what every page may see of the settings, and how a page is made from a template."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import quote, urlencode

from . import (
    bundle,
    darkroom,
    digests,
    fonts,
    formats,
    hosting,
    icons,
    look,
    mailto,
    model,
    pictures,
    qr,
    render,
    source,
    texts,
    urls,
)
from .blobs import Blobs
from .cache import PLUGINS, Store
from .digests import Code
from .output import Output, fingerprint, output
from .settings import Settings
from .sheets import join, stylesheets

if TYPE_CHECKING:
    import jinja2

LOCAL = "http://127.0.0.1:8000"  # the preview: what needs an absolute address has this one while the site has none


class View(NamedTuple):
    """What templates know of the site as a whole."""

    name: str
    url: str
    languages: tuple[str, ...]
    default_lang: str
    timezone: str
    organisation: dict[str, str]
    press_office: dict[str, str]
    repository: str
    header: tuple[tuple[str, model.Pairs], ...]
    footer: tuple[tuple[str, model.Pairs], ...]
    events: bool
    hooks: bool
    plugins: tuple[str, ...]  # what is not made cannot be linked to
    brand: look.BrandView
    frames: tuple[str, ...]  # origins of the players that a page may show


class PageView(NamedTuple):
    """What a template knows of the page that it makes; addresses are of this page."""

    lang: str
    path: str
    url: str
    absolute: str
    alternates: tuple[tuple[str, str, str], ...]  # language, address, absolute address
    robots: str
    section: str
    canonical: str  # where the page's text was published first, elsewhere; else its own absolute address
    edit: str = ""  # where the file that it comes from is edited
    translate: str = ""  # where a translation of that file is begun, if there is none in the page's language


class Source(NamedTuple):
    """Which file a page comes from, and which file would translate it into the page's language, with its first lines."""

    path: str = ""
    translation: str = ""
    beginning: str = ""


UNKNOWN = Source()


class Listing(NamedTuple):
    """What indexes of pages (sitemaps, say) say of a page; the page itself does not see it."""

    changed: str = ""  # ISO day or moment of the content's last change; "" where nobody can say
    pictures: tuple[str, ...] = ()  # paths below the site's root
    about: tuple[str, ...] = ()  # the slugs of the people whom the page is about or by


UNLISTED = Listing()


class Planned(NamedTuple):
    """A page that has been planned; paths are without a language."""

    path: str
    lang: str
    alternates: tuple[tuple[str, str], ...]  # (language, path) of all languages
    robots: str
    canonical: str
    section: str
    listing: Listing


class Head(Protocol):
    """What a plugin adds to the head of a page."""

    def __call__(self, page: PageView, template: str, inputs: Mapping[str, Any], site: Site, /) -> str:
        """HTML, made from a page's own inputs alone."""


class Site:
    """Makes outputs of templates and files for one build."""

    def __init__(
        self,
        settings: Settings,
        code: Code,
        memory: str,
        html: Callable[[bytes], str],
        jobs: int = 1,
        heads: tuple[Head, ...] = (),
        unlisted: tuple[Head, ...] = (),
    ) -> None:
        """Take validated settings, the code's digests, the site's memory (a folder), stored HTML by digest, and a number of processes.

        `heads` add to the heads of pages, `unlisted` to those of pages that search engines may not list.
        """
        self.heads, self.unlisted = heads, unlisted
        self.pages: list[Planned] = []
        self.settings, self.memory, self.html, self.jobs = settings, memory, html, jobs
        self.sources, self.code = code
        self.cache = os.path.dirname(memory)
        self.languages = settings.languages
        self.default_lang = settings.languages[0]
        self.base = settings.base
        self.theme = settings.theme
        self._templates = render.keys(os.path.join(settings.theme, "templates"))
        modules = os.path.join(settings.checkout, "node_modules")
        self.scripts = bundle.scripts(os.path.join(settings.theme, "static", "js"), modules, self.cache)
        self.look = look.look(settings, self.cache)
        self.assets = _assets(settings.theme, self.scripts, self.look)
        self._catalogues: dict[str, NullTranslations] = {}
        self._environments: dict[str, jinja2.Environment] = {}
        self.view: View | None = None
        self.key = code.key
        self._page_keys: dict[tuple[str, str], bytes] = {}

    def see(self, pages: tuple[model.Page, ...], events: bool, hooks: bool) -> None:
        """Set what every page sees: the menus and which sections there are; Problems if its texts cannot be read."""
        s = self.settings

        def menu(where: str) -> tuple[tuple[str, model.Pairs], ...]:
            chosen = sorted((page for page in pages if page.menu == where), key=lambda page: (page.order, page.slug))
            return tuple(
                [
                    (urls.record("page", page.slug), tuple([(text.lang, text.title) for text in page.texts]))
                    for page in chosen
                ]
            )

        self.view = View(
            s.name, s.url, s.languages, self.default_lang, s.timezone, s.organisation, s.press_office, s.repository,
            menu("header"), menu("footer"), events, hooks, s.plugins, self.look.view, s.frames,
        )  # fmt: skip
        said: list[bytes] = []
        for lang in self.languages:
            self.catalogue(lang)
            said += map(_digest_of, texts.places(self.settings.root, self.theme, lang))
        self.key = fingerprint("", self.key, (self.view, self.settings.digest, sorted(self.assets.items()), said))

    # -- addresses ---------------------------------------------------------------------------------

    def url(self, path: str, lang: str) -> str:
        """The root-relative address of a path in a language."""
        return self.base + quote(urls.localised(path, lang, self.default_lang), safe="/%~")

    def file(self, path: str) -> str:
        """The root-relative address of a file that belongs to no language."""
        return self.base + quote(path, safe="/%~")

    def address(self, path: str, lang: str = "") -> str:
        """The absolute address of a path in a language, or of a file; while the site has none, that of the local preview."""
        url = self.url(path, lang) if lang else self.file(path)
        return (self.settings.url or LOCAL) + url[len(self.base) - 1 :]

    def absolute(self, url: str) -> str:
        """The absolute address of a root-relative one; "" while the site has no address."""
        return self.settings.url + url[len(self.base) - 1 :] if self.settings.url else ""

    # -- memory --------------------------------------------------------------------------------------

    def store(self, name: str) -> Store:
        """What a plugin remembers between builds under `name`: empty after a change of the code."""
        return Store(os.path.join(self.memory, f"{PLUGINS}{name}"), self.code)

    def blobs(self, name: str) -> Blobs:
        """Pieces of content that a plugin remembers under `name`."""
        return Blobs(self.memory, f"{PLUGINS}{name}")

    # -- outputs -----------------------------------------------------------------------------------

    def page(  # noqa: PLR0913 - all but three are keywords with defaults
        self,
        lang: str,
        path: str,
        template: str,
        /,
        *,
        section: str = "",
        robots: str = "",
        alternates: Mapping[str, str] | None = None,
        canonical: str = "",
        listing: Listing = UNLISTED,
        origin: Source = UNKNOWN,
        **inputs: Any,
    ) -> Output:
        """A page in a language at `path` (without the language), made by `template` from `inputs`.

        `alternates` gives the path in each language where it is not the same in all; `canonical` the address at which
        the text was published first, elsewhere; `origin` the file in which the page's text is edited.
        """
        key = self._page_keys.get((template, lang))
        if key is None:
            key = self._page_keys[template, lang] = self._page_key(template, lang)
        place = urls.file_of(urls.localised(path, lang, self.default_lang))
        others = tuple(alternates.items()) if alternates else ()
        paths = others or tuple([(tag, path) for tag in self.languages])
        self.pages.append(Planned(path, lang, paths, robots, canonical, section, listing))
        about_page = (section, robots, canonical, others, origin)
        arguments = (lang, path, template, about_page, inputs)
        return Output(place, fingerprint(place, key, (about_page, inputs)), self._render, arguments)

    def copy(self, path: str, origin: str, content: bytes) -> Output:
        """A file at `path` with the bytes of the file `origin` (absolute), whose digest is `content`."""
        return output(path, b"copy", source.read_as, origin, content, inputs=content)

    def copies(self, origins: Mapping[str, str], digests_: Mapping[str, bytes]) -> Iterator[Output]:
        """Copies of files of the site: path of the output -> path of the origin, relative to the site; known by `digests_`."""
        for path, origin in sorted(origins.items()):
            if origin in digests_:
                yield self.copy(path, os.path.join(self.settings.root, *origin.split("/")), digests_[origin])

    def pictures(self, images: Iterable[model.Image | None]) -> Iterator[Output]:
        """The files of pictures, in all formats and sizes."""
        for path, (image, file) in pictures.unique(images).items():
            # The path names the picture and how it is made, so the digest of the bytes is all that is left to tell.
            yield Output(path, file.content, darkroom.content_of, (self.memory, image.key, file))

    def picture(self, image: model.Image, file: model.Rendition) -> bytes:
        """The bytes of a picture's file."""
        return darkroom.content_of(self.memory, image.key, file)

    def text(self, path: str, make: Callable[..., bytes | str], *inputs: Any) -> Output:
        """A file made by ``make(*inputs)``."""
        return output(path, self.key, make, *inputs)

    def icon(self, path: str, name: str) -> Output:
        """The icon `name` of `icons.SIZES`, as it is drawn or as the theme has it."""
        if name in self.look.icons:
            return output(
                path, self.code, icons.icon, name, self.cache, *self.look.icon, inputs=(name, *self.look.icon)
            )
        origin = os.path.join(self.theme, "static", "icons", name)
        return self.copy(path, origin, digests.of_file(origin))

    def brand_files(self) -> Iterator[Output]:
        """The fonts, pictures and icons of the brand, or of the theme where the brand has none."""
        for found in self.look.copies:
            yield self.copy(*found)
        for path, origin, content, part in self.look.fonts:
            yield output(path, self.code, fonts.served, origin, content, part, self.cache, inputs=(content, part))
        for name in self.look.icons:
            yield self.icon(self.assets[f"icons/{name}"], name)
        if self.look.favicon:
            yield output("theme/favicon.svg", self.code, str, self.look.favicon)

    def _page_key(self, template: str, lang: str) -> bytes:
        return fingerprint(template, self.key, (self._templates.get(template), lang))

    # -- making ------------------------------------------------------------------------------------

    def _render(
        self,
        lang: str,
        path: str,
        template: str,
        about_page: tuple[str, str, str, tuple[tuple[str, str], ...], Source],
        inputs: dict[str, Any],
    ) -> str:
        section, robots, canonical, others, origin = about_page
        environment = self._environments.get(lang)
        if environment is None:
            folder = os.path.join(self.theme, "templates")
            environment = self._environments[lang] = render.environment(folder, self.cache, lang, self._common(lang))
        paths = dict(others)
        alternates = []
        for tag in self.languages:
            url = self.url(paths.get(tag, path), tag)
            alternates.append((tag, url, self.absolute(url)))
        url = self.url(path, lang)
        absolute = self.absolute(url)
        forge = self.settings.forge
        ways = (
            forge.edit(origin.path) if origin.path else "",
            forge.new(origin.translation, origin.beginning) if origin.translation else "",
        )
        page = PageView(lang, path, url, absolute, tuple(alternates), robots, section, canonical or absolute, *ways)
        from markupsafe import Markup

        heads = self.unlisted if "noindex" in robots else self.heads
        head = Markup("\n".join(filter(None, [make(page, template, inputs, self) for make in heads])))  # noqa: S704 - made by plugins
        return render.render(environment, template, {"page": page, "head": head, **inputs}, url)

    def _common(self, lang: str) -> dict[str, Any]:
        from markupsafe import Markup

        @lru_cache(20_000)
        def url(path: str, other: str = lang) -> str:
            return self.url(path, other)

        def place(path: str) -> str:
            return self.base + path[1:] if path.startswith("/") else self.url(path, lang)

        def content(body: model.Body | None, links: model.Links) -> Markup:
            return Markup(render.content(self.html(body.digest), dict(links), place)) if body else Markup()  # noqa: S704 - sanitised

        def filled(html: str, links: model.Links) -> Markup:
            return Markup(render.content(html, dict(links), place))  # noqa: S704 - sanitised

        def srcset(image: model.Image, kind: str, least: int = 0, most: int = 100_000) -> str:
            return pictures.srcset(image, f"image/{kind}", least, most, self.file)

        def script(name: str) -> str:
            return self.file(self.assets[f"js/{name}"])

        def integrity(name: str) -> str:
            return self.scripts[name].integrity

        def module(name: str) -> Markup:
            tag = '<script type="module" src="{}" integrity="{}"></script>'
            return Markup(tag).format(script(name), integrity(name))  # noqa: S704 - ours

        def report(title: str, text: str) -> str:
            press = self.settings.press_office["email"]
            mail = f"{mailto.of(press)}?{urlencode({'subject': title, 'body': text}, quote_via=quote)}" if press else ""
            return self.settings.forge.report(title, text) or mail

        return {
            "site": self.view,
            "page_lang": lang,
            "url": url,
            "file": self.file,
            "css": self.file(self.assets.get("css", "")),
            "script": script,
            "integrity": integrity,
            "module": module,
            "policy": Markup(hosting.policy(self.settings.frames, meta=True)),  # noqa: S704 - ours, and without quotation marks
            "report": report,
            "srcset": srcset,
            "own": lambda name: self.settings.texts.get(name, {}).get(lang, ""),
            "content": content,
            "filled": filled,
            "qr": lambda text: Markup(qr.svg(text)),  # noqa: S704 - made here
            **_words(self.catalogue(lang), lang),
        }

    def catalogue(self, lang: str) -> NullTranslations:
        """The texts of pages in a language."""
        if lang not in self._catalogues:
            self._catalogues[lang] = texts.of_pages(self.settings.root, self.theme, lang, self.cache)
        return self._catalogues[lang]


def _words(catalogue: NullTranslations, lang: str) -> dict[str, Callable[..., Any]]:
    """What templates take their words from."""
    from markupsafe import Markup

    @lru_cache(2_000)
    def translated(message: str) -> Markup:
        return Markup(catalogue.gettext(message))  # noqa: S704 - our own texts

    def gettext(message: str, /, **values: Any) -> Markup:
        return translated(message) % values  # % escapes the values

    def ngettext(one: str, many: str, num: int, /, **values: Any) -> Markup:
        return Markup(catalogue.ngettext(one, many, num)) % {"num": num, **values}  # noqa: S704

    def plurals(one: str, many: str) -> dict[str, str]:
        """All forms of a text by CLDR's plural categories, for scripts (Intl.PluralRules); {n} is the number."""
        forms = {name: str(ngettext(one, many, n, num="{n}")) for name, n in formats.plural_samples(lang).items()}
        return {"other": next(reversed(forms.values())), **forms}

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "plurals": plurals}


def _digest_of(path: str) -> bytes:
    try:
        return digests.of(source.read(path))
    except OSError:
        return b""


def _assets(theme: str, scripts: Mapping[str, bundle.Script], seen: look.Look) -> dict[str, str]:
    """The paths of the theme's stylesheet (``css``) and scripts (``js/search.js``), with a digest in the name, and of its ``icons/``."""
    found: dict[str, str] = {}
    sheets = stylesheets(theme)
    if sheets:
        found["css"] = f"theme/site.{digests.of(join(sheets, seen.css)).hex()[:10]}.css"
    for name, script in scripts.items():
        found[f"js/{name}"] = f"theme/js/{script.name}"
    folder = os.path.join(theme, "static", "icons")
    names = os.listdir(folder) if os.path.isdir(folder) else ()
    found.update({f"icons/{name}": f"theme/icons/{name}" for name in (*names, *seen.icons)})
    return found
