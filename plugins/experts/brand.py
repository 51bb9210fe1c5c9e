"""A brand: colours, corners, fonts, logo and icon from the setting BRAND, checked; and the tokens that follow from them.

What a brand does not say stays as the theme has it.  From its colours all others that depend on them are derived, in the
light and in the dark, and every pair that stands on one another must have enough contrast (WCAG 2.2, SC 1.4.3).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from . import colours
from .colours import TEXT, contrast, nearest, shifted
from .logos import size
from .problems import nearest as nearest_word
from .sheets import Tokens

PAIRS = (
    ("ink", "paper"), ("ink", "tint"), ("ink", "mark"), ("muted", "paper"), ("muted", "tint"), ("muted", "mark"), ("accent", "paper"),
    ("accent", "tint"), ("on-accent", "accent"), ("on-fill", "fill"),
)  # fmt: skip
"""Text and what it stands on.  The ring of the focus is in the accent's colour (in filled areas: on-fill), fields have a border of
ink or muted: both pass with more than they need (3:1, SC 1.4.11).  The footer is always dark: it has the pairs of the dark scheme."""
SCHEMES = ("light", "dark")
FONTS = (".woff2", ".woff", ".ttf", ".otf")
GENERIC = ("serif", "sans-serif")
_MAGIC = (b"wOF2", b"wOFF", b"\0\1\0\0", b"OTTO", b"true")
_LENGTH = re.compile(r"0|(\d{1,2}(?:\.\d{1,4})?|\.\d{1,4})(rem|px)")
_FAMILY = re.compile(r"[^\W_](?:[\w .-]{0,58}[\w.-])?")
_OTHERS = re.compile(r"""\s*(?:[\w-]+(?: [\w-]+)*|"[\w .-]+"|'[\w .-]+')\s*""")  # a family as in CSS, in quotes or not
_COLOURS = {"accent": 2, "paper": 2, "ink": 2, "fill": 1}  # how many of each there may be
_KNOWN = (*_COLOURS, "radius", "logo", "icon", "display", "text")
_FONT = ("family", "files", "licence", "generic")


class Font(NamedTuple):
    """A family of fonts from files, or else a list of families that visitors' systems have."""

    family: str = ""
    files: tuple[str, ...] = ()  # paths relative to the site's folder
    licence: str = ""  # path of a text
    generic: str = ""  # serif or sans-serif: what stands in for it
    stack: str = ""  # as in CSS


class Brand(NamedTuple):
    """A brand as validated; paths are relative to the site's folder, and "" or () stands for what it does not say."""

    tokens: tuple[tuple[str, str, str], ...] = ()  # name, light, dark: the colours that are not the theme's
    radius: str = ""
    display: Font = Font()
    text: Font = Font()
    logo: tuple[str, ...] = ()  # one, or one for the light and one for the dark
    icon: tuple[str, ...] = ()  # a PNG, and perhaps an SVG before it

    @property
    def css(self) -> str:
        """The tokens as a rule to stand after the theme's own."""
        lines = [
            f"    --{name}: {light if light == dark else f'light-dark({light}, {dark})'};"
            for name, light, dark in self.tokens
        ]
        lines += [f"    --radius: {self.radius};"] if self.radius else []
        return "\n".join(["@layer tokens {", "  :root {", *lines, "  }", "}"]) if lines else ""


class Complain(Protocol):
    """Takes what is wrong with the entry `inner` of a setting."""

    def __call__(self, inner: str, message: str, hint: str = "", **values: object) -> None:
        """Add a problem; see `Problem`."""


def read(given: Mapping[str, Any], root: str, theme: Tokens, complain: Complain) -> Brand:
    """The brand that the setting BRAND describes, for the site in the folder `root` and the tokens of its theme."""
    for name in given:
        if name not in _KNOWN:
            _unknown(str(name), "BRAND", _KNOWN, complain)
    wanted: dict[str, tuple[str, str]] = {}
    for name, most in _COLOURS.items():
        if found := _colour(name, given.get(name), most, complain):
            wanted[name] = found
    own = _opaque(theme)
    tokens = derive(wanted, own) if wanted else own
    _check(wanted, tokens, own, complain)
    return Brand(
        tuple([(name, *pair) for name, pair in tokens.items() if pair != own.get(name)]),
        _radius(given.get("radius"), complain),
        _font("display", given.get("display"), root, complain),
        _font("text", given.get("text"), root, complain),
        _logo(given.get("logo"), root, complain),
        _icon(given.get("icon"), root, complain),
    )


def texts(given: Mapping[str, Any], languages: Iterable[str], complain: Complain) -> dict[str, dict[str, str]]:
    """The setting TEXTS: name -> language -> a line of plain text that stands in place of the theme's own."""
    most = {"title": 100, "lead": 300, "footer": 300}
    known = tuple(languages)
    found: dict[str, dict[str, str]] = {}
    for name, said in given.items():
        if name not in most:
            _unknown(str(name), "TEXTS", tuple(most), complain)
        elif not isinstance(said, dict):
            hint = 'like {{"de": "…", "en": "…"}}'
            complain(name, "{name} of {field} must be a dictionary: a text for each language", hint, name=name)
        else:
            found[name] = {}
            for lang, text in said.items():
                if lang not in known:
                    message, hint = (
                        "{name} of {field} has a text in {lang}, which is no language of the site",
                        "{known}",
                    )
                    complain(name, message, hint, name=name, lang=lang, known=", ".join(known))
                elif not isinstance(text, str) or not text.strip() or not text.isprintable():
                    complain(name, "{name} of {field} must be one line of plain text in {lang}", name=name, lang=lang)
                elif len(text) > most[name]:
                    message, hint = "{name} of {field} has {n} characters in {lang}", "at most {most}"
                    complain(name, message, hint, name=name, lang=lang, n=len(text), most=most[name])
                else:
                    found[name][lang] = text.strip()
    return found


# -- colours ---------------------------------------------------------------------------------------


def derive(wanted: Mapping[str, tuple[str, str]], theme: Tokens) -> Tokens:
    """All colours of a theme with those of a brand: name -> (light, dark); the brand's dark ones may be "".

    Without a dark accent it is the light one's hue, as light as it must be on the dark paper; tint and rule keep
    their distance from the paper, muted text keeps its distance from the ink as far as it stays readable.
    """
    tokens = dict(theme)
    schemes = []
    for at in (0, 1):
        old = {name: pair[at] for name, pair in theme.items()}
        new = old | {name: pair[at] for name, pair in wanted.items() if pair[at]}
        if new.get("paper") != old.get("paper"):
            new |= _around(new["paper"], old)
        grounds = [new[name] for name in ("paper", "tint") if name in new]
        if {"muted", "ink", "paper"} <= old.keys() and (new["ink"], new["paper"]) != (old["ink"], old["paper"]):
            quiet = shifted(new["ink"], _lightness(old["muted"]) - _lightness(old["ink"]))
            new["muted"] = nearest(quiet, _on([*grounds, new.get("mark", new["paper"])])) or new["ink"]
        if "accent" in wanted:
            accent = wanted["accent"][at] or wanted["accent"][0]
            new["accent"] = accent if wanted["accent"][at] else nearest(accent, _on(grounds)) or accent
            new["on-accent"] = _legible(new["accent"])
        schemes.append(new)
    light, dark = schemes
    if "fill" in wanted or "accent" in wanted:
        fill = wanted.get("fill", wanted.get("accent", ("", "")))[0]
        light["fill"] = dark["fill"] = fill
        light["on-fill"] = dark["on-fill"] = _legible(fill)
    tokens.update({name: (light[name], dark[name]) for name in light})
    return tokens


def failing(tokens: Tokens, at: int) -> list[tuple[float, str, str]]:
    """The pairs of the scheme `at` with too little contrast, the worst first: ratio, colour of the text, of the ground."""
    found = []
    for text, ground in PAIRS:
        if text in tokens and ground in tokens:
            ratio = contrast(tokens[text][at], tokens[ground][at])
            found += [(ratio, text, ground)] if ratio < TEXT else []
    return sorted(found)


def _check(wanted: Mapping[str, tuple[str, str]], tokens: Tokens, theme: Tokens, complain: Complain) -> None:
    """A problem for each colour of the brand that is too weak somewhere, with the nearest one that is not."""
    for at, scheme in enumerate(SCHEMES):
        told = set()
        for ratio, text, ground in failing(tokens, at):
            if all(tokens[name][at] == theme.get(name, ("", ""))[at] for name in (text, ground)):
                continue  # the theme's own affair
            name = text if text in wanted else "ink" if text == "muted" and "ink" in wanted else "paper"
            if name in told or name not in wanted:
                continue
            told.add(name)
            values = {
                "text": f"{text} {tokens[text][at]}",
                "ground": f"{ground} {tokens[ground][at]}",
                "ratio": f"{int(ratio * 100) / 100:.2f}",
                "better": _better(name, tokens, theme, at),
            }
            hint = "{name}: the nearest colour that passes is {better}" if values["better"] else "choose another {name}"
            if scheme == "light":
                message = "in the light, {text} on {ground} has a contrast of {ratio}, and text needs 4.5"
            else:
                message = "in the dark, {text} on {ground} has a contrast of {ratio}, and text needs 4.5"
            complain(name, message, hint, name=name, **values)


def _better(name: str, tokens: Tokens, theme: Tokens, at: int) -> str:
    """The colour nearest to that of a token with which it has contrast enough to all that it stands on, or that stands on it."""
    now = {key: pair[at] for key, pair in tokens.items()}
    if name != "paper":
        return nearest(now[name], _on([now[ground] for text, ground in PAIRS if text == name and ground in now]))
    old = {key: pair[at] for key, pair in theme.items()}

    def carries(paper: str) -> bool:
        grounds = [paper, _around(paper, old).get("tint", paper)]
        return all(_on(grounds)(now[text]) for text in ("ink", "accent") if text in now)

    return nearest(now["paper"], carries)


def _on(grounds: list[str]) -> Any:
    return lambda text: all(contrast(text, ground) >= TEXT for ground in grounds)


def _around(paper: str, old: Mapping[str, str]) -> dict[str, str]:
    """Tint and rule as far from a paper as they are from the old one."""
    return {
        name: shifted(paper, _lightness(old[name]) - _lightness(old["paper"]))
        for name in ("tint", "rule")
        if name in old and "paper" in old
    }


def _legible(ground: str) -> str:
    """White on a colour if it can be read there, else the near black of the colour's own hue, else black: one of them always can."""
    _, chroma, hue = colours.to_lch(ground)
    near_black = colours.from_lch((0.2, min(chroma, 0.03), hue))
    return next(text for text in ("#ffffff", near_black, "#000000") if contrast(text, ground) >= TEXT)


def _lightness(colour: str) -> float:
    return colours.to_lch(colour)[0]


def _opaque(theme: Tokens) -> Tokens:
    """Those tokens of a theme that are colours which can be calculated with."""
    parsed = {name: (colours.parse(light), colours.parse(dark)) for name, (light, dark) in theme.items()}
    return {name: pair for name, pair in parsed.items() if all(pair)}


def _colour(name: str, value: Any, most: int, complain: Complain) -> tuple[str, str] | None:
    """A colour for the light and one for the dark, which may be ""."""
    if value is None:
        return None
    parts = [value] if isinstance(value, str) else list(value) if isinstance(value, (list, tuple)) else []
    found = [colours.parse(part) if isinstance(part, str) else "" for part in parts]
    if not 1 <= len(parts) <= most:
        if most == 1:
            complain(name, "{name} of {field} must be one colour", "like #0a5f58", name=name)
        else:
            hint = 'like "#0a5f58" or ("#0a5f58", "#7fd1c4")'
            complain(
                name, "{name} of {field} must be a colour, or one for the light and one for the dark", hint, name=name
            )
    elif not all(found):
        hint = "write #rgb, #rrggbb, rgb(…) or oklch(…)"
        wrong = next(part for part, colour in zip(parts, found, strict=True) if not colour)
        complain(name, "{value} is not a colour", hint, value=wrong)
    else:
        return found[0], found[1] if len(found) == 2 else ""
    return None


# -- corners, fonts, pictures ---------------------------------------------------------------------


def _radius(value: Any, complain: Complain) -> str:
    if value is None:
        return ""
    text = str(value).strip()
    match = _LENGTH.fullmatch(text)
    if match is None or float(match[1] or 0) / (16 if match[2] == "px" else 1) > 2:
        complain("radius", "{value} is not a radius of corners", "0 to 2rem, like 0, 4px or 0.25rem", value=text)
        return ""
    return text


def _font(role: str, value: Any, root: str, complain: Complain) -> Font:
    if value is None:
        return Font()
    if isinstance(value, dict):
        return _family(role, value, root, complain)
    if isinstance(value, str) and all(map(_OTHERS.fullmatch, value.split(","))):
        return Font(stack=value.strip())
    hint = 'like "Georgia, serif" or {{"family": "Acme Sans", "files": ["brand/acme.woff2"]}}'
    complain(role, "{name} of {field} must be a list of families, or a family with its files", hint, name=role)
    return Font()


def _family(role: str, value: dict[Any, Any], root: str, complain: Complain) -> Font:
    for name in value:
        if name not in _FONT:
            _unknown(str(name), role, _FONT, complain)
    family, generic = str(value.get("family") or ""), str(value.get("generic") or "")
    if not _FAMILY.fullmatch(family):
        hint = 'letters, digits and spaces, like "Acme Sans"'
        complain(role, "{value} is not the name of a family", hint, value=family)
    if generic not in ("", *GENERIC):
        message, hint = "{value} is not possible for {field}", "allowed: {known}"
        complain(role, message, hint, value=generic, field="generic", known=", ".join(GENERIC))
    paths = _files(role, value.get("files"), 40, FONTS, root, complain)
    if value.get("files") is None:
        complain(role, "{name} has no files", "a list of paths", name=role)
    for path in paths:
        if not _begins(root, path).startswith(_MAGIC):
            complain(role, "{path} is not a font", "a font file of the kind woff2, ttf or otf", path=path)
    licence = value.get("licence")
    return Font(family, paths, _file(role, licence, ("",), root, complain) if licence else "", generic)


def _logo(value: Any, root: str, complain: Complain) -> tuple[str, ...]:
    paths = _files("logo", value, 2, (".svg", ".png"), root, complain)
    for path in paths:
        if not size(os.path.join(root, path))[0]:
            complain("logo", "the size of {path} cannot be read", "an SVG needs a viewBox", path=path)
    return paths


def _icon(value: Any, root: str, complain: Complain) -> tuple[str, ...]:
    paths = sorted(_files("icon", value, 2, (".png", ".svg"), root, complain), key=lambda path: path.endswith(".png"))
    if paths:
        width, height = size(os.path.join(root, paths[-1])) if paths[-1].endswith(".png") else (0, 0)
        if width != height or width < 512 or (len(paths) == 2 and paths[0].endswith(".png")):
            hint = "a square PNG of at least 512 × 512, and if there is one an SVG too"
            complain("icon", "the icon cannot be used for all sizes", hint)
    return tuple(paths)


def _files(
    name: str, value: Any, most: int, endings: tuple[str, ...], root: str, complain: Complain
) -> tuple[str, ...]:
    """The paths of one file or a few."""
    if value is None:
        return ()
    paths = [value] if isinstance(value, str) else list(value) if isinstance(value, (list, tuple)) else []
    if not 1 <= len(paths) <= most:
        complain(name, "{name} of {field} must be a file, or a list of {most} files", name=name, most=most)
        return ()
    return tuple(filter(None, [_file(name, path, endings, root, complain) for path in paths]))


def _file(name: str, path: Any, endings: tuple[str, ...], root: str, complain: Complain) -> str:
    """A path of a file that is there, inside the site's folder; "" with a problem otherwise."""
    text = str(path)
    whole = os.path.normpath(os.path.join(root, text))
    if not whole.startswith(os.path.join(root, "")) or not isinstance(path, str):
        complain(name, "{path} is no path in the site's folder", path=text)
    elif not text.lower().endswith(endings):
        complain(
            name,
            "{path} is of a kind that {name} cannot have",
            "allowed: {known}",
            path=text,
            name=name,
            known=", ".join(endings),
        )
    elif not os.path.isfile(whole):
        complain(name, "there is no file {path} in the site's folder", path=text)
    else:
        return os.path.relpath(whole, root).replace(os.sep, "/")
    return ""


def _begins(root: str, path: str) -> bytes:
    with open(os.path.join(root, path), "rb") as file:
        return file.read(4)


def _unknown(name: str, field: str, known: tuple[str, ...], complain: Complain) -> None:
    if like := nearest_word(name, known):
        complain(name, "there is no field {name} in {field}", "did you mean {like}?", name=name, field=field, like=like)
    else:
        message, hint = "there is no field {name} in {field}", "known fields: {known}"
        complain(name, message, hint, name=name, field=field, known=", ".join(known))
