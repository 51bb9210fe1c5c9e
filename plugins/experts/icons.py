"""The icons of a site: a figure in the brand's colours, or the brand's own icon in the sizes that systems ask for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from . import digests
from .cache import keep, kept
from .source import read, read_as

if TYPE_CHECKING:
    from PIL import Image

FIGURE = "M16 3a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM3 30c0-7 5.8-11.5 13-11.5S29 23 29 30z"  # in a square of 32
SIZES = {  # side in px, of which the figure fills a part, of which the corners are round
    "icon-192.png": (192, 0.68, 0.19),
    "icon-512.png": (512, 0.68, 0.19),
    "maskable-512.png": (
        512,
        0.56,
        0.0,
    ),  # systems cut off what is outside a circle of 80 %, and fill what is transparent
    "apple-touch-icon.png": (180, 0.62, 0.0),
    "favicon.ico": (48, 0.78, 0.19),
}
_FINE = 4  # times as large is drawn what then has smooth edges


def favicon(light: str, dark: str) -> str:
    """The figure as SVG, in one colour for the light and one for the dark."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n'
        f"  <style>path {{ fill: {light} }} @media (prefers-color-scheme: dark) {{ path {{ fill: {dark} }} }}</style>\n"
        f'  <path d="{FIGURE}"/>\n</svg>\n'
    )


def icon(name: str, cache: str, ground: str, figure: str, origin: str, content: bytes) -> bytes:
    """The icon `name` of `SIZES`: the PNG `origin` (absolute path, with its digest), else the figure on its ground.

    It is kept in the folder `cache`.
    """
    key = digests.of_data(digests.of(read(__file__)), name, ground, figure, content).hex()
    place = os.path.join(cache, "icons", key)
    found = kept(place)
    if found is None:
        found = _icon(name, ground, figure, origin, content)
        keep(place, found)
    return found


def _icon(name: str, ground: str, figure: str, origin: str, content: bytes) -> bytes:
    from io import BytesIO

    side, part, corner = SIZES[name]
    picture = (
        _own(side, part, corner, ground, origin, content) if origin else _drawn(side, part, corner, ground, figure)
    )
    file = BytesIO()
    if name.endswith(".ico"):
        picture.save(file, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    else:
        picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _drawn(side: int, part: float, corner: float, ground: str, figure: str) -> Image.Image:
    from PIL import Image, ImageDraw

    whole = side * _FINE
    picture = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, whole - 1, whole - 1), corner * whole, ground)
    scale, edge = whole * part / 32, whole * (1 - part) / 2
    draw.polygon([(edge + x * scale, edge + y * scale) for x, y in _shoulders()], figure)
    draw.ellipse((edge + 9.5 * scale, edge + 3 * scale, edge + 22.5 * scale, edge + 16 * scale), figure)
    picture = picture.reduce(_FINE)
    return (picture if corner else picture.convert("RGB")).quantize(32, Image.Quantize.FASTOCTREE)


def _shoulders() -> list[tuple[float, float]]:
    """The lower part of `FIGURE` as points: two cubic curves."""
    curves = (((3, 30), (3, 23), (8.8, 18.5), (16, 18.5)), ((16, 18.5), (23.2, 18.5), (29, 23), (29, 30)))
    points = []
    for one, two, three, four in curves:
        for step in range(33):
            t = step / 32
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            x, y = [sum(w * p[at] for w, p in zip(weights, (one, two, three, four), strict=True)) for at in (0, 1)]
            points.append((x, y))
    return points


def _own(side: int, part: float, corner: float, ground: str, origin: str, content: bytes) -> Image.Image:
    """The brand's icon; where nothing may show through, smaller on the colour of its corner, or on the ground."""
    from io import BytesIO

    from PIL import Image

    picture = Image.open(BytesIO(read_as(origin, content))).convert("RGBA")
    if corner:
        return picture.resize((side, side), Image.Resampling.LANCZOS)
    edge = picture.getpixel((0, 0))
    opaque = isinstance(edge, tuple) and edge[3] == 255
    whole = Image.new("RGBA", (side, side), edge if opaque else ground)
    inner = round(side * (0.8 if part < 0.6 else 1))
    small = picture.resize((inner, inner), Image.Resampling.LANCZOS)
    whole.alpha_composite(small, ((side - inner) // 2, (side - inner) // 2))
    return whole.convert("RGB")
