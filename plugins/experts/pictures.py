"""What is made of a picture: for each purpose the formats and sizes, how it is cropped, and how pages name the files.

Nothing here decodes a picture: `decoding` and `encoding` do, in the hands of `darkroom`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from . import digests, model

TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}
AVIF, WEBP, JPEG = "image/avif", "image/webp", "image/jpeg"
EXTENSIONS = {AVIF: ".avif", WEBP: ".webp", JPEG: ".jpg"}
_FACES, _WIDE = (160, 360, 640, 960), (480, 960, 1600)

# AVIF and WebP for pages, in the widths that the layout shows at one, two and three pixels to a CSS pixel; JPEG for
# what has to be read everywhere: feeds, previews of links, address books, the press.
PURPOSES: dict[str, tuple[tuple[str, tuple[int, ...]], ...]] = {
    "portrait": ((AVIF, _FACES), (WEBP, _FACES), (JPEG, (640, 1200))),
    "picture": ((AVIF, _WIDE), (WEBP, _WIDE), (JPEG, (1200,))),
    "text": ((WEBP, _WIDE), (JPEG, (1200,))),  # within a text: no <picture>, hence one format for pages
    "print": ((JPEG, (4000,)),),
}
LEVELS = "38c"  # of red, green and blue: the colours that stand in while a picture loads, as CSS writes them


class Order(NamedTuple):
    """A picture that is to be made: `origin` is its file below the site's folder, `focus` counts for portraits alone."""

    origin: str
    purpose: str
    focus: tuple[int, int] = (50, 50)
    credit: str = ""
    licence: str = ""


class Made(NamedTuple):
    """What an order has become: files ``(type, width, height, bytes, digest, offset in the darkroom's file)``."""

    key: bytes
    tone: str
    files: tuple[tuple[str, int, int, int, bytes, int], ...]


def media_type(name: str) -> str:
    """The media type of a picture by its name; "" for other files."""
    return TYPES.get(posixpath.splitext(name)[1].lower(), "")


def portrait(expert: model.Expert) -> Order | None:
    """The order of somebody's portrait."""
    found = expert.portrait
    return found and Order(_beside(expert.source, found.file), "portrait", found.focus, found.credit, found.licence)


def print_portrait(expert: model.Expert) -> Order | None:
    """The order of the portrait that the press prints: whole, and large."""
    found = expert.portrait
    return found and Order(_beside(expert.source, found.file), "print", (50, 50), found.credit, found.licence)


def picture(text: model.StoryText) -> Order | None:
    """The order of a story's picture."""
    found = text.image
    return found and Order(_beside(text.source, found.file), "picture", credit=found.credit, licence=found.licence)


def _beside(source: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), name))


def crop(width: int, height: int, focus: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest part of 4:5 with the point `focus` (per cent) as near to its middle as the edges allow: left, top, right, bottom."""
    unit = min(width // 4, height // 5)
    own = (4 * unit, 5 * unit) if unit else (width, height)
    left, top = [
        min(max(round(whole * share / 100 - part / 2), 0), whole - part)
        for whole, part, share in zip((width, height), own, focus, strict=True)
    ]
    return left, top, left + own[0], top + own[1]


def sizes(purpose: str, kind: str, width: int, height: int) -> list[tuple[int, int]]:
    """The sizes in which a picture of ``width`` by ``height`` pixels is made in a format; none is larger than it is.

    A tall picture is bounded by its height, twice the width that is meant; one for print by its longer side.
    """
    found: dict[tuple[int, int], None] = {}
    for wanted in dict(PURPOSES[purpose])[kind]:
        high = wanted if purpose == "print" else 2 * wanted
        shrink = max(width / wanted, height / high, 1)
        own = max(round(width / shrink), 1), max(round(height / shrink), 1)
        found[own] = None
        if shrink == 1:
            break
    return sorted(found)


def image(made: Made, folder: str, stem: str) -> model.Image:
    """A picture below the path `folder`; its names tell source, crop and recipe apart, so that hosts may cache them for ever."""
    end = f"-{made.key.hex()[:10]}"
    files = tuple(
        [
            model.Rendition(
                f"{folder}{stem}-{width}{end}{EXTENSIONS[kind]}", kind, width, height, size, content, offset
            )
            for kind, width, height, size, content, offset in made.files
        ]
    )
    return model.Image(made.key, made.tone, files, digests.of_data(made.key, folder, stem))


def tone(red: int, green: int, blue: int) -> str:
    """The colour of three digits (``38c``) that is nearest to one of 0 to 255."""
    return "".join([min(LEVELS, key=lambda digit: abs(int(digit, 16) * 17 - value)) for value in (red, green, blue)])


def srcset(image: model.Image, kind: str, least: int, most: int, address: Callable[[str], str]) -> str:
    """The files of a media type that are `least` to `most` wide, or else the one next to it, as a ``srcset``."""
    found = image.of(kind)
    chosen: Sequence[model.Rendition] = [file for file in found if least <= file.width <= most]
    if not chosen:
        narrower = [file for file in found if file.width < least]
        chosen = narrower[-1:] or found[:1]
    if len(chosen) == 1:
        return address(chosen[0].path)
    return ", ".join([f"{address(file.path)} {file.width}w" for file in chosen])


def unique(images: Iterable[model.Image | None]) -> dict[str, tuple[model.Image, model.Rendition]]:
    """The files of pictures by their paths, each once."""
    return {file.path: (image, file) for image in images if image for file in image.files}
