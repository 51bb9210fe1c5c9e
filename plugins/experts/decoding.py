"""Pictures as people hand them in, to pixels: upright, RGB or what is turned into it, and bounded in size.

What a file is, its content says and not its name.  Every way in which a file can be wrong is an `Unusable`.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST = 120_000_000  # pixels: cameras have up to 100 million; 4 bytes of memory each
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
GROUND = (255, 255, 255)  # behind what is transparent: drawings and cut-outs are made for paper


class Unusable(Exception):  # noqa: N818 - says what the picture is
    """A picture that cannot be shown: what is wrong and what would be right, as of a problem."""

    def __init__(self, message: str, hint: str, **values: str) -> None:
        """Take the sentences and their values."""
        super().__init__(message)
        self.message, self.hint, self.values = message, hint, values


def kind_of(head: bytes) -> str:
    """What a file is by its first 16 bytes: one of `FORMATS`, "HEIC", or ""."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] != b"ftyp":
        return ""
    return {b"avif": "AVIF", b"avis": "AVIF"}.get(head[8:12]) or (
        "HEIC" if head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1") else ""
    )


def decode(data: bytes, least: tuple[int, int] | None) -> tuple[Image.Image, bytes]:
    """The first frame of a picture, upright and opaque, in mode L, RGB or CMYK, and its ICC profile (b"" without one).

    A JPEG is decoded at an eighth, a quarter or a half of its size if that is not smaller than `least` (width, height).
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # what is too large is told below, and in our words
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                width, height = picture.size
                if width * height > MOST:
                    raise _too_large(width, height)
                icc = picture.info.get("icc_profile") or b""
                turned = _orientation(picture)
                if least is not None and picture.format in ("JPEG", "MPO"):
                    picture.draft(None, least if turned < 5 else least[::-1])
                picture.load()
                return _upright(_flat(picture, "adobe" in picture.info), turned), icc
    except Unusable:
        raise
    except Exception:  # noqa: BLE001 - a damaged picture may raise anything
        message, hint = "{file} is damaged or cut off", "save or copy the picture again"
        raise Unusable(message, hint) from None


def size(data: bytes) -> tuple[int, int]:
    """Width and height of the upright picture, from its head; (0, 0) if that cannot be read."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return picture.size if _orientation(picture) < 5 else picture.size[::-1]
    except Exception:  # noqa: BLE001 - `decode` says what is wrong with it
        return 0, 0


def _too_large(width: int, height: int) -> Unusable:
    message = "{file} is too large: {width} × {height} pixels"
    hint = "at most {most} million pixels; 4000 on the longer side are enough"
    return Unusable(message, hint, width=str(width), height=str(height), most=str(MOST // 1_000_000))


def _orientation(picture: Image.Image) -> int:
    """How the picture lies, 1 to 8 as Exif has it; 1 where Exif is damaged."""
    try:
        found = picture.getexif().get(0x0112, 1)
    except Exception:  # noqa: BLE001 - a damaged head may raise anything, and does not matter
        return 1
    return found if found in range(1, 9) else 1


def _upright(picture: Image.Image, turned: int) -> Image.Image:
    from PIL.Image import Transpose as Turn

    ways = {2: Turn.FLIP_LEFT_RIGHT, 3: Turn.ROTATE_180, 4: Turn.FLIP_TOP_BOTTOM, 5: Turn.TRANSPOSE}
    way = {**ways, 6: Turn.ROTATE_270, 7: Turn.TRANSVERSE, 8: Turn.ROTATE_90}.get(turned)
    return picture if way is None else picture.transpose(way)


def _flat(picture: Image.Image, adobe: bool) -> Image.Image:
    """A picture without transparency, 8 bits of L, RGB or CMYK to a pixel; `adobe`: with the marker of a CMYK JPEG of Adobe's."""
    from PIL import Image, ImageChops

    if picture.mode == "CMYK":  # Pillow takes every one for Adobe's, which are inverted
        return picture if adobe else ImageChops.invert(picture)
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        ground = Image.new("RGBA", picture.size, (*GROUND, 255))
        return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
