"""Pixels to the files of a picture: crop, sizes, sRGB, AVIF, WebP and JPEG.

Each size is made of the next larger one; the numbers for speed and quality were measured (tests/bench/pictures).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from . import pictures, rights
from .pictures import AVIF, PURPOSES, WEBP, Order

if TYPE_CHECKING:
    from PIL import Image

File = tuple[str, int, int, bytes]
"""Media type, width, height, content."""


def least(order: Order, width: int, height: int) -> tuple[int, int] | None:
    """How small a picture of `width` by `height` may be decoded, in whole, to make an order of; None: as it is."""
    if order.purpose == "print":
        return None
    own_width, own_height = _cropped(order, width, height)
    kinds = [kind for kind, _ in PURPOSES[order.purpose]]
    wide = max(pictures.sizes(order.purpose, kind, own_width, own_height)[-1][0] for kind in kinds)
    shrink = own_width / wide
    return -int(-width // shrink), -int(-height // shrink)


def _cropped(order: Order, width: int, height: int) -> tuple[int, int]:
    if order.purpose != "portrait":
        return width, height
    left, top, right, bottom = pictures.crop(width, height, order.focus)
    return right - left, bottom - top


def files(picture: Image.Image, icc: bytes, order: Order, whole: tuple[int, int]) -> tuple[str, list[File]]:
    """The stand-in colour and the files of an order; `picture` may be smaller than it is in `whole` (width, height)."""
    own = _cropped(order, *whole)
    wanted = {
        (*size, kind): None for kind, _ in PURPOSES[order.purpose] for size in pictures.sizes(order.purpose, kind, *own)
    }
    found = []
    sized: Image.Image | None = None
    for width, height, kind in sorted(wanted, key=lambda one: (-one[0], one[2])):
        if sized is None:
            sized = srgb(_resized(picture, (width, height), _box(picture, order)), icc)
        elif sized.size != (width, height):
            sized = _resized(sized, (width, height), None)
        found.append((kind, width, height, _encoded(sized, kind, order)))
    assert sized is not None
    pixel = sized.resize((1, 1)).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    kinds = [kind for kind, _ in PURPOSES[order.purpose]]
    found.sort(key=lambda file: (kinds.index(file[0]), file[1]))
    return pictures.tone(int(pixel[0]), int(pixel[1]), int(pixel[2])), found


def _box(picture: Image.Image, order: Order) -> tuple[int, int, int, int] | None:
    return pictures.crop(*picture.size, order.focus) if order.purpose == "portrait" else None


def _resized(picture: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int] | None) -> Image.Image:
    from PIL.Image import Resampling

    if box is None and picture.size == size:
        return picture
    return picture.resize(size, Resampling.LANCZOS, box, reducing_gap=1.0)  # in whole steps first, which is fast


def srgb(picture: Image.Image, icc: bytes) -> Image.Image:
    """A picture in sRGB; a profile that is damaged, or of another kind of picture, counts as none."""
    if icc:
        from PIL import ImageCms

        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
            if "sRGB" not in ImageCms.getProfileDescription(profile) or picture.mode != "RGB":
                target = ImageCms.createProfile("sRGB")
                made = ImageCms.profileToProfile(picture, profile, target, outputMode="RGB")
                picture = made or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    picture = picture.convert("RGB") if picture.mode != "RGB" else picture
    picture.info = {}
    return picture


def _encoded(picture: Image.Image, kind: str, order: Order) -> bytes:
    xmp = rights.xmp(order.credit, order.licence)
    options: dict[str, Any] = {"xmp": xmp} if xmp else {}
    if kind == AVIF:
        # One thread: pictures are made in parallel, and the bytes are the same on any machine.
        options |= {"quality": 50, "speed": 6 if picture.width <= 360 else 9, "max_threads": 1}
    elif kind == WEBP:
        options |= {"quality": 76, "method": 4 if picture.width <= 360 else 2}
    else:
        options |= {"extra": rights.app13(order.credit, order.licence)}
        large = order.purpose == "print"
        options |= {"quality": 90} if large else {"quality": 78, "progressive": True, "optimize": True}
    content = io.BytesIO()
    picture.save(content, pictures.EXTENSIONS[kind][1:].replace("jpg", "jpeg"), **options)
    return content.getvalue()
