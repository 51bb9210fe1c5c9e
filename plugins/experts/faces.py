"""The style sheet's rules for fonts: ``@font-face`` of the files, and of fallbacks on which nothing moves when these arrive.

A fallback is a font that nearly every system has, set to the metrics of the one that it stands in for (CSS Fonts 5):
``size-adjust`` is the ratio of the mean widths of their letters, each letter counted as often as it occurs in the
languages of the site, and the overrides are the lines of the font, divided by that ratio.  This is how Capsize and Next.js
do it, which count the letters of English only.  Capitals, digits and spaces have ratios of their own (by ``unicode-range``):
they differ by up to a quarter, and a line of names or dates would be divided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .fonts import CAPITALS, LETTERS, Font, Part, Runs, has

# Occurrences among 1,000 letters, and spaces for these: R. Lewand, Cryptological Mathematics (2000); A. Beutelspacher, Kryptologie.
_FREQUENCIES = {
    "en": (82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1, 213),
    "de": (65, 19, 31, 51, 174, 17, 30, 48, 76, 3, 12, 34, 25, 98, 25, 8, 1, 70, 73, 62, 44, 7, 19, 1, 1, 11, 167),
}
# Widths of a to z and of the space in 1/2048 em.  Liberation has those of Arial and Times New Roman.
_SANS = (1139, 1139, 1024, 1139, 1139, 569, 1139, 1139, 455, 455, 1024, 455, 1706, 1139, 1139, 1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024, 1024, 569)  # fmt: skip
_SANS_BOLD = (1139, 1251, 1139, 1251, 1139, 682, 1251, 1251, 569, 569, 1139, 569, 1821, 1251, 1251, 1251, 1251, 797, 1139, 682, 1251, 1139, 1593, 1139, 1139, 1024, 569)  # fmt: skip
_SERIF = (909, 1024, 909, 1024, 909, 682, 1024, 1024, 569, 569, 1024, 569, 1593, 1024, 1024, 1024, 1024, 682, 797, 569, 1024, 1024, 1479, 1024, 1024, 909, 512)  # fmt: skip
_SERIF_BOLD = (1024, 1139, 909, 1139, 909, 682, 1024, 1139, 569, 682, 1139, 569, 1706, 1139, 1024, 1139, 1139, 909, 797, 682, 1139, 1024, 1479, 1024, 1024, 909, 512)  # fmt: skip
_SERIF_ITALIC = (1024, 1024, 909, 1024, 909, 569, 1024, 1024, 569, 569, 909, 569, 1479, 1024, 1024, 1024, 1024, 797, 797, 569, 1024, 909, 1366, 909, 909, 797, 512)  # fmt: skip
_SERIF_BOLD_ITALIC = (1024, 1024, 909, 1024, 909, 682, 1024, 1139, 569, 569, 1024, 569, 1593, 1139, 1024, 1024, 1024, 797, 797, 569, 1139, 909, 1366, 1024, 909, 797, 512)  # fmt: skip
# Of all capitals and of all digits together, in 1/2048 em, by whether it has serifs and is bold; italics are too seldom for it.
SUMS = {
    (False, False): (36071, 11390),
    (False, True): (36637, 11390),
    (True, False): (35500, 10240),
    (True, True): (37549, 10240),
}
_GROUPS = ("U+41-5A, U+C0-D6, U+D8-DE", "U+30-39", "U+20-2F, U+A0, U+2010-201E")
FALLBACKS = {  # whether it has serifs, is bold, is italic -> names of the local fonts, widths
    (False, False, False): (("Arial", "ArialMT", "Liberation Sans", "Roboto"), _SANS),
    (False, True, False): (("Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Roboto Bold"), _SANS_BOLD),
    (False, False, True): (("Arial Italic", "Arial-ItalicMT", "Liberation Sans Italic", "Roboto Italic"), _SANS),
    (False, True, True): (("Arial Bold Italic", "Arial-BoldItalicMT", "Liberation Sans Bold Italic"), _SANS_BOLD),
    (True, False, False): (("Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "Noto Serif"), _SERIF),
    (True, True, False): (("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "Noto Serif Bold"), _SERIF_BOLD),
    (True, False, True): (("Times New Roman Italic", "TimesNewRomanPS-ItalicMT", "Liberation Serif Italic"), _SERIF_ITALIC),
    (True, True, True): (("Times New Roman Bold Italic", "TimesNewRomanPS-BoldItalicMT", "Liberation Serif Bold Italic"), _SERIF_BOLD_ITALIC),
}  # fmt: skip
_MEDIUM = 500  # a weight that local fonts do not have: the regular one stands in, set wider
_GAP = 32  # characters that no file has and that still do not end a range


class File(NamedTuple):
    """A font file of a family, and what is served of it."""

    font: Font
    parts: tuple[Part, ...]


def rules(family: str, files: Sequence[File], serif: bool, heading: bool, languages: Iterable[str]) -> str:
    """The ``@font-face`` rules of a family, and those of its fallback; that of headings also of its first file alone (``… First``).

    `serif` says what stands in for it; `heading` that its bold is that of large headings.
    """
    faces = [(file.font, part) for file in files for part in file.parts]
    every = [part.characters for _, part in faces]
    shared = len({(font.italic, font.weights) for font, _ in faces}) < len(faces)
    lines = []
    for font, part in reversed(faces):  # of two that have a character, the one that stands last is taken
        lines.append(_face(family, font, part.name, _ranges(part.characters, every) if shared else ""))
    if heading and (plain := first(files, 700)):
        lines.append(_face(f"{family} First", plain[0], plain[1].name, _ranges(plain[1].characters, every)))
    return "\n".join([*lines, *_fallbacks(family, [file.font for file in files], serif, heading, tuple(languages))])


def families(family: str, serif: bool, heading: bool) -> tuple[str, str]:
    """The families of a text in CSS: as it is, and where it must not wait for more than the first file of headings."""
    fallback = f'"{family} Fallback", ' + ("Georgia, serif" if serif else "system-ui, sans-serif")
    return f'"{family}", {fallback}', f'"{family} First", {fallback}' if heading else fallback


def first(files: Sequence[File], weight: int) -> tuple[Font, Part] | None:
    """The upright file with Latin letters whose weight is nearest, and its part with them: what nearly every page needs."""
    found = [
        (max(low - weight, weight - high, 0), at, file.font, part)
        for at, file in enumerate(files)
        for low, high in [file.font.weights]
        for part in file.parts
        if not file.font.italic and has(part.characters, "aen")
    ]
    return min(found)[2:] if found else None


def _face(family: str, font: Font, name: str, ranges: str) -> str:
    low, high = font.weights
    weight = str(low) if low == high else f"{low} {high}"
    lines = [f'font-family: "{family}"', f'src: url("fonts/{name}") format("woff2")', f"font-weight: {weight}"]
    lines += ["font-style: italic"] if font.italic else []
    # Words in italics are few: better in those of the fallback, on a first visit by a slow line, than text that waits for them.
    lines += [f"font-display: {'optional' if font.italic else 'swap'}"]
    lines += [f"unicode-range: {ranges}"] if ranges else []
    return _rule(lines)


def _fallbacks(family: str, fonts: Sequence[Font], serif: bool, heading: bool, languages: Sequence[str]) -> list[str]:
    found = []
    for italic in (False, True):
        style = [font for font in fonts if font.italic == italic and font.widths[0]]
        medium = not italic and any(font.weights[0] <= _MEDIUM <= font.weights[1] for font in style)
        steps = (
            (400, "1 449" if medium else "1 599", 0),
            (_MEDIUM, "450 599", 1),
            (700, "600 1000", 3 if heading else 2),
        )
        for weight, range_, at in steps if style else ():
            if weight != _MEDIUM or medium:
                font = min(style, key=lambda font: max(font.weights[0] - weight, weight - font.weights[1], 0))
                key = (serif, weight > _MEDIUM, italic)
                for ranges, ratio in _ratios(font.widths[at], key, languages):
                    found.append(_fallback(family, font, key, (range_, ranges), ratio))
    return found


def _ratios(own: Sequence[float], key: tuple[bool, bool, bool], languages: Sequence[str]) -> list[tuple[str, float]]:
    """How much wider a font is than what stands in for it: ``(unicode-range, ratio)``, for all else first."""
    serif, bold, italic = key
    widths = [width / 2048 for width in FALLBACKS[key][1]]
    letters, rest = own[: len(LETTERS)], own[len(LETTERS) :]
    if italic:
        return [("", mean(letters, languages) / mean(widths, languages))]
    sums = [sum(rest[: len(CAPITALS)]), sum(rest[len(CAPITALS) :])]
    ratios = [one * 2048 / other for one, other in zip(sums, SUMS[serif, bold], strict=True)]
    ratios.append(letters[-1] / widths[-1])
    plain = mean([*letters[:-1], 0], languages) / mean([*widths[:-1], 0], languages)
    return [("", plain), *zip(_GROUPS, ratios, strict=True)]


def _fallback(family: str, font: Font, key: tuple[bool, bool, bool], ranges: tuple[str, str], ratio: float) -> str:
    lines = [
        f'font-family: "{family} Fallback"',
        "src: " + ", ".join([f'local("{name}")' for name in FALLBACKS[key][0]]),
    ]
    lines += [f"font-weight: {ranges[0]}"]
    lines += ["font-style: italic"] if key[2] else []
    lines.append(f"size-adjust: {ratio:.2%}")
    for name, length in (("ascent", font.ascent), ("descent", font.descent), ("line-gap", font.gap)):
        lines.append(f"{name}-override: {length / ratio:.2%}")
    lines += [f"unicode-range: {ranges[1]}"] if ranges[1] else []
    return _rule(lines)


def mean(widths: Sequence[float], languages: Sequence[str]) -> float:
    """The mean of the widths of `fonts.LETTERS`, as often as they occur in languages; English stands in for those not known."""
    known = [_FREQUENCIES.get(language.partition("-")[0], _FREQUENCIES["en"]) for language in languages or ("en",)]
    counts: list[int] = [sum(column) for column in zip(*known, strict=True)]
    return sum(width * count for width, count in zip(widths, counts, strict=True)) / sum(counts)


def _ranges(characters: Runs, every: Sequence[Runs]) -> str:
    """A ``unicode-range``; gaps in which no file of the family has a character are bridged."""
    merged: list[list[int]] = []
    for start, end in characters:
        if merged and start - merged[-1][1] <= _GAP and not _any(every, merged[-1][1] + 1, start - 1):
            merged[-1][1] = end
        else:
            merged.append([start, end])
    return ", ".join([f"U+{start:04X}" + (f"-{end:04X}" if end > start else "") for start, end in merged])


def _any(every: Sequence[Runs], start: int, end: int) -> bool:
    return any(first <= end and last >= start for runs in every for first, last in runs)


def _rule(lines: list[str]) -> str:
    return "@font-face {\n" + "".join([f"  {line};\n" for line in lines]) + "}"
