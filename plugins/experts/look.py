"""The look of a site: what the theme has, with the brand over it, as rules of the style sheet, files, and facts for templates."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import NamedTuple

from . import colours, digests, faces, fonts
from .brand import Font
from .icons import SIZES, favicon
from .logos import size
from .problems import Problem, Problems
from .settings import Settings
from .sheets import Tokens, tokens
from .source import read

FONTS = "fonts.json"  # of the theme: role -> family, files and licence, with paths below node_modules
ROLES = {"display": "sans", "text": "serif"}  # role -> the token that holds its families
LOGO = 32  # px: the height of the logo
_DRAWN = ("paper", "accent", "fill", "on-fill")  # the colours of which icons are drawn

Drawn = tuple[()] | tuple[str, str, str, bytes]
"""What icons are drawn from: ground, figure, the brand's file (absolute path) and its digest; () where none are."""


class Logo(NamedTuple):
    """The logo: paths on the site; width and height in px, 0 where the file does not say."""

    light: str
    dark: str  # "" where it is the same
    width: int
    height: int


class BrandView(NamedTuple):
    """What templates know of the look."""

    colours: tuple[str, ...]  # of the paper: light, dark; none where the theme has no such token
    logo: Logo | None
    icon: str  # path on the site of the picture for tabs; "" where there is none


class Copy(NamedTuple):
    """A file to be copied: path on the site, absolute path, digest."""

    path: str
    origin: str
    content: bytes


class Served(NamedTuple):
    """A font to be served: path on the site, absolute path of its file, the file's digest, and what of it."""

    path: str
    origin: str
    content: bytes
    part: fonts.Part


class Look(NamedTuple):
    """The look of a site."""

    css: str  # rules that stand behind the theme's own
    copies: tuple[Copy, ...]
    fonts: tuple[Served, ...]
    icons: tuple[str, ...]  # the names of those that are drawn
    icon: Drawn
    favicon: str  # as SVG, where it is drawn
    view: BrandView


class _Family(NamedTuple):
    role: str
    font: Font
    folder: str  # in which the font's paths are


def files(settings: Settings) -> Iterator[str]:
    """All files that the look is made from, besides the theme's own (absolute paths)."""
    for path in (*settings.brand.logo, *settings.brand.icon):
        yield os.path.join(settings.root, path)
    for family in _families(settings):
        for path in filter(None, (*family.font.files, family.font.licence)):
            yield os.path.join(family.folder, path)


def look(settings: Settings, cache: str) -> Look:
    """The look; fonts that are new are read and remembered in the folder `cache`. Problems for files that cannot be used."""
    brand = settings.brand
    css = [brand.css]
    copies: list[Copy] = []
    served: list[Served] = []
    for family in _families(settings):
        rules, these = _family(family, settings, cache)
        css.append(rules)
        served += these
        if family.font.licence:
            origin = os.path.join(family.folder, family.font.licence)
            name = family.font.family.lower().replace(" ", "-")
            copies.append(Copy(f"theme/fonts/{name}.txt", origin, digests.of_file(origin)))
    shades = tokens(settings.theme) | {name: (light, dark) for name, light, dark in brand.tokens}
    logo, logos = _logo(settings)
    source, drawn, own = _icon(settings, shades)
    names = tuple([name for name in SIZES if source and (settings.brand.icon or not _has(settings, f"icons/{name}"))])
    if drawn or own or _has(settings, "favicon.svg"):
        tab = "theme/favicon.svg"
    else:
        tab = "theme/icons/icon-192.png" if names else ""
    view = BrandView(shades.get("paper", ()), logo, tab)
    return Look("\n".join(filter(None, css)), (*copies, *logos, *own), tuple(served), names, source, drawn, view)


# -- fonts ------------------------------------------------------------------------------------------


def _families(settings: Settings) -> list[_Family]:
    """For each role the brand's font, else the theme's."""
    modules = os.path.join(settings.checkout, "node_modules")
    theirs = _theirs(os.path.join(settings.theme, FONTS))
    found = []
    for role in ROLES:
        own: Font = getattr(settings.brand, role)
        if own.stack or own.files:
            found.append(_Family(role, own, settings.root))
        elif role in theirs:
            found.append(_Family(role, theirs[role], modules))
    return found


def _theirs(path: str) -> dict[str, Font]:
    """The fonts of a theme by their role."""
    if not os.path.exists(path):
        return {}
    try:
        named = json.loads(read(path))
        return {
            role: Font(str(font["family"]), tuple(font["files"]), font.get("licence", ""), font.get("generic", ""))
            for role, font in named.items()
        }
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _wrong("this is not a JSON object: {why}", "", why=f"{type(error).__name__}: {error}") from None


def _wrong(message: str, hint: str, **values: str) -> Problems:
    return Problems([Problem(f"theme/{FONTS}", 0, 0, "vendor", message, hint, values)])


def _family(family: _Family, settings: Settings, cache: str) -> tuple[str, list[Served]]:
    """A family's rules, and its files."""
    role, font, folder = family
    name = ROLES[role]
    if font.stack:
        return _tokens(name, font.stack, font.stack), []
    rows = []
    for path in font.files:
        origin = os.path.join(folder, path)
        if not os.path.exists(origin):
            hint = "python3 tasks.py build installs the front-end packages"
            raise _wrong("the front-end file {file} is not installed", hint, file=f"node_modules/{path}")
        rows.append((origin, path, digests.of_file(origin)))
    known = fonts.facts(rows, cache)
    found = [faces.File(known[origin], fonts.parts(origin, content, known[origin])) for origin, _, content in rows]
    served = [
        Served(f"theme/fonts/{part.name}", origin, content, part)
        for file, (origin, _, content) in zip(found, rows, strict=True)
        for part in file.parts
    ]
    serif = font.generic == "serif" if font.generic else known[rows[0][0]].serif
    if serif is None:
        serif = role == "text"  # as the theme has it
    rules = faces.rules(font.family, found, serif, role == "display", settings.languages)
    whole, early = faces.families(font.family, serif, role == "display")
    return "\n".join([rules, _tokens(name, whole, early)]), served


def _tokens(name: str, whole: str, early: str) -> str:
    return f"@layer tokens {{\n  :root {{\n    --{name}: {whole};\n    --{name}-early: {early};\n  }}\n}}"


# -- logo and icons -----------------------------------------------------------------------------------


def _logo(settings: Settings) -> tuple[Logo | None, list[Copy]]:
    """The brand's logo, with its copies; else that of the organisation, which is a file of the site."""
    copies = []
    for path in settings.brand.logo:
        origin = os.path.join(settings.root, path)
        content = digests.of_file(origin)
        ending = path.rpartition(".")[2].lower()
        copies.append(Copy(f"theme/logo.{content.hex()[:10]}.{ending}", origin, content))
    if copies:
        paths = [copy.path for copy in copies]
        width, height = size(copies[0].origin)
    elif settings.organisation["logo"]:
        paths = [settings.organisation["logo"]]
        width, height = size(os.path.join(settings.root, "content", paths[0]))
    else:
        return None, []
    dark = paths[-1] if len(set(paths)) == 2 else ""
    return Logo(paths[0], dark, round(LOGO * width / height) if height else 0, LOGO), list(dict.fromkeys(copies))


def _icon(settings: Settings, shades: Tokens) -> tuple[Drawn, str, list[Copy]]:
    """What icons are drawn from, the figure as SVG where it is drawn, and the brand's own SVG."""
    own = [os.path.join(settings.root, path) for path in settings.brand.icon]
    named = {name: [colours.parse(part) for part in pair] for name, pair in shades.items() if name in _DRAWN}
    if own:
        vectors = [Copy("theme/favicon.svg", path, digests.of_file(path)) for path in own[:-1]]
        return (named.get("paper", ["#ffffff"])[0] or "#ffffff", "", own[-1], digests.of_file(own[-1])), "", vectors
    if len(named) < len(_DRAWN) or not all(map(all, named.values())):
        return (), "", []  # a theme with other tokens has its own
    drawn = "" if _has(settings, "favicon.svg") else favicon(*named["accent"])
    return (named["fill"][0], named["on-fill"][0], "", b""), drawn, []


def _has(settings: Settings, name: str) -> bool:
    return os.path.exists(os.path.join(settings.theme, "static", *name.split("/")))
