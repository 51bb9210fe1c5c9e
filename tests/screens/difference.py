"""How much two pictures differ to the eye, so that another machine's way of drawing letters is no difference.

Both pictures are blurred over three pixels, which is what the eye does with the grey edges of letters, and then compared
pixel by pixel: one differs if a channel is more than `LEVELS` of 255 away.  Up to `SHARE` of the pixels may, or `FEW` of
them in a small picture.  `tests/visual` checks that the numbers are not too large: a missing rule, another weight of a
heading, another shade of a chip or a wider gap are above them.  A machine that places letters at whole
pixels breaks lines elsewhere: its pictures are its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

LEVELS = 24
SHARE = 0.002
FEW = 30
GROWTH = 2  # pixels by which a picture may be wider or higher: rounding


def differing(one: Image, other: Image) -> float:
    """The share of pixels that differ, as a multiple of what is allowed; more than 1 is a difference."""
    if abs(one.width - other.width) > GROWTH or abs(one.height - other.height) > GROWTH:
        return float("inf")
    mask = _mask(one, other)
    count = mask.histogram()[255]
    return count / max(FEW, SHARE * mask.width * mask.height)


def shown(expected: Image, found: Image) -> Image:
    """What was expected, what was found, and where they differ, beside one another."""
    from PIL import Image

    parts = [expected, found]
    if differing(expected, found) != float("inf"):
        parts.append(Image.merge("RGB", [_mask(expected, found)] * 3))
    sheet = Image.new("RGB", (sum(part.width + 8 for part in parts), max(part.height for part in parts)), "#f0f")
    x = 0
    for part in parts:
        sheet.paste(part, (x, 0))
        x += part.width + 8
    return sheet


def _mask(one: Image, other: Image) -> Image:
    from PIL import ImageChops, ImageFilter

    size = (0, 0, min(one.width, other.width), min(one.height, other.height))
    blur = ImageFilter.BoxBlur(1)
    apart = ImageChops.difference(one.crop(size).filter(blur), other.crop(size).filter(blur))
    most = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    return most.point([255 if level > LEVELS else 0 for level in range(256)])
