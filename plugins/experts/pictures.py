"""What is known of a picture without decoding it: its media type, size in bytes, width and height."""

from __future__ import annotations

import os
import posixpath
import warnings
from functools import lru_cache
from typing import NamedTuple

TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}
_TURNED = (5, 6, 7, 8)  # values of Exif's Orientation that swap width and height


class Facts(NamedTuple):
    """Facts about a picture; width and height in pixels as it is shown, 0 where they cannot be read."""

    type: str
    size: int
    width: int
    height: int


def media_type(name: str) -> str:
    """The media type of a picture by its name; "" for other files."""
    return TYPES.get(posixpath.splitext(name)[1].lower(), "")


@lru_cache(1000)
def facts(path: str, content: bytes) -> Facts:  # noqa: ARG001 - the digest is what makes two files of one name different
    """Facts about the picture in the file `path` (absolute), whose digest is `content`."""
    from PIL import Image  # 40 ms; a build that makes no page with a picture does not need it

    size = os.path.getsize(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nothing is decoded, so a picture of any size does no harm
            with Image.open(path) as picture:
                width, height = picture.size
                if picture.getexif().get(0x0112) in _TURNED:
                    width, height = height, width
    except Exception:  # noqa: BLE001 - a damaged picture may raise anything
        width = height = 0
    return Facts(media_type(path), size, width, height)
