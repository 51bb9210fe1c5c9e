"""Colours: what a setting may say, how they contrast, and the nearest one that passes.

A colour is ``#rrggbb``.  Contrast is that of WCAG 2.2 (relative luminance and contrast ratio).  Lightness, chroma and hue
are those of OKLCH, the polar form of Björn Ottosson's OKLab (https://bottosson.github.io/posts/oklab/): equal steps of its
lightness look equal, and a hue stays the same while it gets lighter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

Lch = tuple[float, float, float]
"""Lightness 0 to 1, chroma (0: grey), hue in radians."""

TEXT = 4.5  # WCAG 2.2, SC 1.4.3; what is no text (SC 1.4.11: the ring of the focus, a field's border) needs 3
STEPS = 500  # levels of lightness among which a colour is looked for: twice as many as a display tells apart

_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_NUMBER = r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))"
_RGB = re.compile(rf"rgb\(\s*{_NUMBER}(?:\s*,\s*|\s+){_NUMBER}(?:\s*,\s*|\s+){_NUMBER}\s*\)")
_OKLCH = re.compile(rf"oklch\(\s*{_NUMBER}(%?)\s+{_NUMBER}\s+{_NUMBER}(?:deg)?\s*\)")


def parse(text: str) -> str:
    """``#rgb``, ``#rrggbb``, ``rgb(…)`` or ``oklch(…)`` (CSS Color 4, opaque) as ``#rrggbb``; "" for anything else."""
    text = text.strip().lower()
    if match := _HEX.fullmatch(text):
        return "#" + (match[1] if len(match[1]) == 6 else "".join([digit * 2 for digit in match[1]]))
    if match := _RGB.fullmatch(text):
        return _hex(*[min(max(float(part) / 255, 0), 1) for part in match.groups()])
    if match := _OKLCH.fullmatch(text):
        lightness = float(match[1]) / (100 if match[2] else 1)
        return from_lch((min(max(lightness, 0), 1), max(float(match[3]), 0), math.radians(float(match[4]) % 360)))
    return ""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_lch(colour: str) -> Lch:
    """Lightness, chroma and hue."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short, math.hypot(a, b), math.atan2(b, a)


def from_lch(lch: Lch) -> str:
    """The colour of a lightness and hue, with as much of the chroma as sRGB has room for."""
    lightness, most, hue = lch
    least, chroma = 0.0, most
    rgb = _rgb(lightness, chroma, hue)
    if not _fits(rgb):
        for _ in range(14):
            chroma = (least + most) / 2
            if _fits(_rgb(lightness, chroma, hue)):
                least = chroma
            else:
                most = chroma
        rgb = _rgb(lightness, least, hue)
    return _hex(*[_encode(min(max(part, 0), 1)) for part in rgb])


def shifted(colour: str, by: float) -> str:
    """A colour made lighter (or, if negative, darker) by a difference in OKLCH's lightness."""
    lightness, chroma, hue = to_lch(colour)
    return from_lch((min(max(lightness + by, 0), 1), chroma, hue))


def nearest(colour: str, passes: Callable[[str], bool]) -> str:
    """The colour of the same hue, and as far as possible chroma, that passes and whose lightness is nearest; "" if none is.

    It is looked for among `STEPS` levels of lightness; of two that are as near, the darker one is taken.
    """
    if passes(colour):
        return colour
    lightness, chroma, hue = to_lch(colour)
    for level in sorted(range(STEPS + 1), key=lambda level: abs(level / STEPS - lightness)):
        candidate = from_lch((level / STEPS, chroma, hue))
        if passes(candidate):
            return candidate
    return ""


def _linear(colour: str) -> tuple[float, float, float]:
    red, green, blue = [_decode(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    return red, green, blue


def _decode(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _encode(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _fits(rgb: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= part <= 1.0001 for part in rgb)


def _hex(*parts: float) -> str:
    return "#" + "".join([f"{round(part * 255):02x}" for part in parts])
