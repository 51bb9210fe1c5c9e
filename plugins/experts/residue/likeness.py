"""Finding a portrait in a picture, in any size and format, cropped, or as a part of something larger.

What is looked for is the middle of the portrait, where the face is: a patch of a few grey pixels.  It is laid on the picture in
every size and at every place, first coarsely, then finely where it fits, and compared by normalised cross-correlation (J. P. Lewis,
"Fast Normalized Cross-Correlation", 1995), which does not mind brightness and contrast; 1 is the same, 0 has nothing in common.
Where both have colours, these are compared, too.

Measured: of 22 drawn portraits in one style, and of 72 simpler drawings of one layout, none was taken for another one.  In grey two
different portraits reached 0.86 at the best place; the same one, cropped at random and saved as JPEG, WebP, AVIF or PNG of a half to a
twelfth of its size, 0.94 and more: 60 of 60 were found, and 8 of 8 in cards for previews of links.  What is turned, mirrored or drawn
over is not found, nor what shows less of the portrait than `PATCH`, nor a patch narrower than a fifth of the picture (a twelfth,
where it is wider than high).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from experts.decoding import Unusable, decode

if TYPE_CHECKING:
    from PIL import Image

PATCH = (0.2, 0.1, 0.8, 0.7)
"""Left, top, right and bottom of what must be there of a portrait, as shares of its width and height."""
SAME = 0.91
_PERHAPS, _BEST = 0.66, 4  # of the coarse search: likeness, and how many places are looked at finely
_COARSE, _FINE = (8, 10), (16, 20)
_STEP, _LEAST, _FLAT = 1.16, 24, 6.0  # from one size to the next; pixels of a picture; variation of a patch
_LARGEST = 512  # pixels on which is looked

_RENDITION = re.compile(r"-\d+-[0-9a-f]{10}\.\w+\Z")

Vector = tuple[float, ...]
Box = tuple[float, float, float, float]


class Face(NamedTuple):
    """The patch of a portrait, coarse and fine, and in its colours (none of a grey one)."""

    ratio: float  # width to height of the patch
    coarse: Vector
    fine: Vector
    colours: Vector


class Picture(NamedTuple):
    """A picture, not larger than is needed: in grey, and in its colours (None of a grey one)."""

    grey: Image.Image
    colours: Image.Image | None


def opened(data: bytes) -> Picture | None:
    """A picture in which is looked; None where it cannot be read or is too small."""
    try:
        picture, _ = decode(data, (_LARGEST, _LARGEST))
    except Unusable:
        return None
    if min(picture.size) < _LEAST:
        return None
    colours = picture.convert("RGB")
    colours.thumbnail((_LARGEST, _LARGEST))
    return Picture(colours.convert("L"), colours if _is_coloured(colours) else None)


def _is_coloured(picture: Image.Image) -> bool:
    """Whether a picture is more than grey: by the saturation of a few of its pixels."""
    _, saturation, _ = picture.resize((16, 16), _box_filter()).convert("HSV").split()
    return max(saturation.tobytes()) > 24


def face(data: bytes) -> Face | None:
    """What a portrait is looked for by; None where it cannot be read, or shows nothing."""
    picture = opened(data)
    if picture is None:
        return None
    width, height = picture.grey.size
    box = (PATCH[0] * width, PATCH[1] * height, PATCH[2] * width, PATCH[3] * height)
    coarse, fine = _vector(_pixels(picture.grey, box, _COARSE)), _vector(_pixels(picture.grey, box, _FINE))
    colours = _vector(_pixels(picture.colours, box, _FINE)) if picture.colours else ()
    return Face((box[2] - box[0]) / (box[3] - box[1]), coarse, fine, colours) if coarse and fine else None


def shown(picture: Picture, faces: Sequence[Face]) -> Iterator[int]:
    """Which of these faces a picture shows, by their numbers."""
    for ratio in sorted({round(one.ratio, 2) for one in faces}):
        numbers = [number for number, one in enumerate(faces) if round(one.ratio, 2) == ratio]
        best: dict[int, list[tuple[float, Box]]] = {number: [] for number in numbers}
        for box, patch in _places(picture.grey, ratio):
            for number in numbers:
                like = sum(map(mul, faces[number].coarse, patch))
                if like > _PERHAPS:
                    best[number].append((like, box))
        for number in numbers:
            places = sorted(best[number], reverse=True)[:_BEST]
            if any(_is_at(picture, box, faces[number]) for _, box in places):
                yield number


def _is_at(picture: Picture, box: Box, wanted: Face) -> bool:
    """Whether a face is near a place."""
    like, box = _refined(picture.grey, box, wanted.fine)
    if like < SAME or not wanted.colours:
        return like >= SAME
    if not picture.colours:
        return like >= SAME + 0.04
    found = _vector(_pixels(picture.colours, box, _FINE))
    return bool(found) and sum(map(mul, found, wanted.colours)) >= SAME - 0.03


def family(path: str) -> str:
    """What the sizes and formats have in common in which a build shows one picture; "" for other pictures."""
    found = _RENDITION.sub("", path)
    return found if found != path else ""


def whole(picture: Picture) -> Vector:
    """All of a picture, to be compared with `alike`."""
    return _vector(_pixels(picture.grey, (0, 0, *picture.grey.size), _FINE))


def alike(one: Vector, other: Vector) -> bool:
    """Whether two pictures are the same in another size or format."""
    return bool(one) and bool(other) and sum(map(mul, one, other)) > 0.985


def _places(picture: Image.Image, ratio: float) -> Iterator[tuple[Box, Vector]]:
    """All places of a picture in all sizes, each with the coarse patch that is there."""
    width, height = picture.size
    columns, rows = _COARSE
    share = min(1.0, height * ratio / width)
    while share >= (0.08 if width > 1.2 * height else 0.2):
        across = max(columns, round(columns / share))
        pixel = width / across
        down = max(rows, round(height / (pixel / ratio * columns / rows)))
        small = picture.resize((across, down), _box_filter()).tobytes()
        high = height / down
        for top in range(down - rows + 1):
            lines = [small[(top + row) * across : (top + row + 1) * across] for row in range(rows)]
            for left in range(across - columns + 1):
                patch = _vector(b"".join([line[left : left + columns] for line in lines]))
                if patch:
                    yield (left * pixel, top * high, (left + columns) * pixel, (top + rows) * high), patch
        share /= _STEP


def _refined(picture: Image.Image, box: Box, wanted: Vector) -> tuple[float, Box]:
    """How like a patch is at the best place near one: it is moved and scaled for as long as it becomes more so."""
    best, step = _like(picture, box, wanted), 0.08
    while step > 0.008 and best < SAME + 0.05:
        left, top, right, bottom = box
        wide, high = step * (right - left), step * (bottom - top)
        moves = [
            (wide, 0.0, wide, 0.0),
            (-wide, 0.0, -wide, 0.0),
            (0.0, high, 0.0, high),
            (0.0, -high, 0.0, -high),
            (-wide / 2, -high / 2, wide / 2, high / 2),
            (wide / 2, high / 2, -wide / 2, -high / 2),
        ]
        tried = [(left + a, top + b, right + c, bottom + d) for a, b, c, d in moves]
        found = max([(_like(picture, one, wanted), one) for one in tried if _inside(picture, one)], default=(0.0, box))
        if found[0] > best:
            best, box = found
        else:
            step /= 2
    return best, box


def _inside(picture: Image.Image, box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= picture.width and box[3] <= picture.height


def _like(picture: Image.Image, box: Box, wanted: Vector) -> float:
    found = _vector(_pixels(picture, box, _FINE))
    return sum(map(mul, found, wanted)) if found else 0.0


def _pixels(picture: Image.Image, box: Box, size: tuple[int, int]) -> bytes:
    return picture.resize(size, _box_filter(), box=box).tobytes()


def _vector(pixels: bytes) -> Vector:
    """Pixels with mean 0 and length 1; nothing for a flat ground."""
    mean = sum(pixels) / len(pixels)
    found = [value - mean for value in pixels]
    length = sum(map(mul, found, found)) ** 0.5
    return tuple([value / length for value in found]) if length > _FLAT * len(pixels) ** 0.5 else ()


def _box_filter() -> Image.Resampling:
    from PIL import Image

    return Image.Resampling.BOX
