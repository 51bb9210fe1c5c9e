"""What is known of a font file, and the files that are served of it.

All of it needs fontTools, so it is kept by the digest of the file; a build in which no font is new imports nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from . import digests, mishaps
from .cache import Store, keep, kept
from .problems import Problem, Problems
from .source import read, read_as

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LETTERS = "abcdefghijklmnopqrstuvwxyz "
CAPITALS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
TEXT, HEADING = 18, 40  # sizes (px) at which a font with an optical axis is measured
Runs = tuple[tuple[int, int], ...]
"""Characters, as first and last code points of what stands in a row."""

_LATIN = (
    (0x0, 0x36F), (0x1D00, 0x1DBF), (0x1E00, 0x1EFF), (0x2000, 0x22FF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xFB00, 0xFB06),
    (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD),
)  # fmt: skip


class Font(NamedTuple):
    """Facts about a font file; lengths in em."""

    italic: bool
    weights: tuple[int, int]  # the lightest and the boldest: the same in a font without an axis of weight
    serif: bool | None  # None where it does not say
    characters: Runs
    ascent: float
    descent: float
    gap: float
    widths: tuple[
        tuple[float, ...], ...
    ]  # of LETTERS, CAPITALS, DIGITS: regular, medium, bold, bold as in headings; () where it lacks them


class Part(NamedTuple):
    """A file that is served: its name with a digest in it, and the characters for which it is there."""

    name: str
    characters: Runs


def facts(files: Iterable[tuple[str, str, bytes]], cache: str) -> dict[str, Font]:
    """Facts about font files ``(absolute path, path for people, digest)``, by absolute path; Problems if one cannot be read."""
    store = Store(os.path.join(cache, "fonts"), digests.of(read(__file__)))
    known = store.load()
    found: dict[str, Font] = {}
    fresh: dict[bytes, Any] = {}
    problems = []
    for path, shown, content in files:
        plain = known.get(content) or fresh.get(content)
        if plain is None:
            try:
                plain = tuple(_facts(path))
            except Exception as error:
                if mishaps.is_of_machine(error):
                    raise
                values = {"why": f"{type(error).__name__}: {error}"}
                problems.append(Problem(shown, 0, 0, "font", "the font cannot be read: {why}", "", values))
                continue
            fresh[content] = plain
        found[path] = Font(*plain)
    if problems:
        raise Problems(problems)
    if fresh:
        os.makedirs(cache, exist_ok=True)
        store.save(fresh)
    return found


def parts(path: str, content: bytes, font: Font) -> tuple[Part, ...]:
    """The files that are served of a font file: itself if it is a WOFF2, else one for Latin and one for all else that it has."""
    stem = "".join(
        [c if c.isascii() and c.isalnum() else "-" for c in os.path.basename(path).rpartition(".")[0].lower()]
    )
    if path.lower().endswith(".woff2"):
        return (Part(f"{stem}.{content.hex()[:10]}.woff2", font.characters),)
    latin = _within(font.characters, _LATIN)
    other = tuple(run for run in runs(_each(font.characters) - _each(latin)))
    key = digests.of_data(content, digests.of(read(__file__))).hex()[:10]
    named = [(f"{stem}.{key}.woff2", latin), (f"{stem}-more.{key}.woff2", other)]
    return tuple([Part(name, characters) for name, characters in named if characters])


def served(path: str, content: bytes, part: Part, cache: str) -> bytes:
    """The bytes of a part: the characters of a font file (whose digest is `content`) as WOFF2, all features, no hints."""
    data = read_as(path, content)
    if path.lower().endswith(".woff2"):
        return data
    place = os.path.join(cache, "woff2", part.name)
    found = kept(place)
    if found is None:
        found = _converted(data, part.characters)
        keep(place, found)
    return found


def runs(characters: Iterable[int]) -> Runs:
    """Code points as runs."""
    found: list[list[int]] = []
    for code in sorted(characters):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return tuple([(first, last) for first, last in found])


def has(characters: Runs, text: str) -> bool:
    """Whether all characters of a text are among some."""
    return all(any(first <= ord(c) <= last for first, last in characters) for c in text)


def _each(characters: Runs) -> set[int]:
    return {code for first, last in characters for code in range(first, last + 1)}


def _within(characters: Runs, limits: Runs) -> Runs:
    return runs(code for code in _each(characters) if any(first <= code <= last for first, last in limits))


def _facts(path: str) -> Font:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(read(path)), lazy=True) as font:
        metrics, head = font["OS/2"], font["hhea"]
        em = font["head"].unitsPerEm
        axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
        weight = metrics.usWeightClass
        weights = (int(axes["wght"].minValue), int(axes["wght"].maxValue)) if "wght" in axes else (weight, weight)
        # Browsers take the lines of OS/2 where the font asks for it, else those of hhea.
        own = metrics.fsSelection & 1 << 7
        lines = (
            (metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap)
            if own
            else (head.ascent, head.descent, head.lineGap)
        )
        return Font(
            bool(metrics.fsSelection & 1 or font["head"].macStyle & 2 or font["post"].italicAngle),
            weights,
            _serif(metrics),
            runs(font.getBestCmap()),
            lines[0] / em,
            -lines[1] / em,
            lines[2] / em,
            tuple([_widths(font, axes, *at) for at in ((400, TEXT), (500, TEXT), (700, TEXT), (700, HEADING))]),
        )


def _serif(metrics: Any) -> bool | None:
    """By PANOSE's serif style, else by the family class of OS/2."""
    if metrics.panose.bFamilyType == 2 and metrics.panose.bSerifStyle > 1:
        return bool(metrics.panose.bSerifStyle < 11)
    return {1: True, 2: True, 3: True, 4: True, 5: True, 7: True, 8: False}.get(metrics.sFamilyClass >> 8)


def _widths(font: TTFont, axes: dict[str, Any], weight: int, size: int) -> tuple[float, ...]:
    """The widths of LETTERS, CAPITALS and DIGITS at a weight and an optical size, as far as the font can be set to these."""
    wanted = {"wght": weight, "opsz": size}
    place = {tag: min(max(wanted[tag], axes[tag].minValue), axes[tag].maxValue) for tag in wanted if tag in axes}
    names, glyphs, em = font.getBestCmap(), font.getGlyphSet(location=place), font["head"].unitsPerEm
    codes = [ord(letter) for letter in LETTERS + CAPITALS + DIGITS]
    return tuple([round(glyphs[names[code]].width / em, 4) for code in codes]) if all(c in names for c in codes) else ()


def _converted(data: bytes, characters: Runs) -> bytes:
    from io import BytesIO

    from fontTools import subset

    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=["*"],
        notdef_outline=True,
        name_IDs=["*"],
        recalc_timestamp=False,
    )
    font = subset.load_font(BytesIO(data), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_each(characters))
    cutter.subset(font)
    file = BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()
