"""What is made of a picture: crops, sizes, colours, and what becomes of odd and broken files."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, PngImagePlugin
from pictures import TARGET, near, opened, quarters, saved

from experts import decoding, encoding, model, pictures
from experts.pictures import Made, Order

side, share = st.integers(1, 9000), st.integers(0, 100)
PORTRAIT = Order("a.jpg", "portrait")


def made(data: bytes, order: Order = PORTRAIT) -> list[encoding.File]:
    """The files of an order for the picture in `data`, as the darkroom has them made."""
    whole = decoding.size(data)
    return encoding.files(*decoding.decode(data, encoding.least(order, *whole)), order, whole)[1]


def corners(picture: Image.Image) -> list[object]:
    """The colours in the middle of the four quarters."""
    width, height = picture.size
    places = [(x, y) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return [picture.convert("RGB").getpixel(place) for place in places]


@given(side, side, share, share)
def test_every_crop(width: int, height: int, x: int, y: int) -> None:
    """A portrait is exactly 4:5, as large as the picture allows, within it, and holds the point of interest."""
    left, top, right, bottom = pictures.crop(width, height, (x, y))
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    if width >= 4 and height >= 5:
        assert (right - left) * 5 == (bottom - top) * 4
        assert right - left > width - 4 or bottom - top > height - 5
    assert left - 1 <= width * x / 100 <= right + 1
    assert top - 1 <= height * y / 100 <= bottom + 1


@given(st.sampled_from(sorted(pictures.PURPOSES)), st.integers(1, 12_000), st.integers(1, 12_000))
def test_every_size(purpose: str, width: int, height: int) -> None:
    """No size is larger than the picture; all have its shape; the largest is what the purpose asks for, or all there is."""
    for kind, widths in pictures.PURPOSES[purpose]:
        found = pictures.sizes(purpose, kind, width, height)
        assert found == sorted(set(found))
        assert 1 <= len(found) <= len(widths)
        high = widths[-1] if purpose == "print" else widths[-1] * 2
        for own in found:
            assert (1, 1) <= own <= (width, height)
            assert own[1] <= height
            assert abs(own[0] * height - own[1] * width) <= max(width, height)
        assert found[-1] == (width, height) or widths[-1] in found[-1] or found[-1][1] == high


@given(st.integers(1, 60), st.integers(1, 60), share, share)
def test_small_pictures(width: int, height: int, x: int, y: int) -> None:
    """A picture smaller than any size is shown as it is, in each format once."""
    found = made(saved(quarters(width, height)), PORTRAIT._replace(focus=(x, y)))
    assert [kind for kind, *_ in found] == [pictures.AVIF, pictures.WEBP, pictures.JPEG]
    left, top, right, bottom = pictures.crop(width, height, (x, y))
    for _, own_width, own_height, data in found:
        assert opened(data).size == (own_width, own_height) == (right - left, bottom - top)


def test_sizes_and_formats_of_a_portrait() -> None:
    """A large picture gives each size that pages use, and the same bytes each time."""
    data = saved(quarters(1300, 1600), "JPEG")
    found = made(data)
    widths = {kind: [width for other, width, *_ in found if other == kind] for kind, *_ in found}
    faces = [160, 360, 640, 960]
    assert widths == {pictures.AVIF: faces, pictures.WEBP: faces, pictures.JPEG: [640, 1200]}
    for kind, width, height, content in found:
        with opened(content) as picture:
            assert (picture.get_format_mimetype(), picture.size) == (kind, (width, height))
            assert width * 5 == height * 4
            assert all(map(near, corners(picture), TARGET.values()))
    assert made(data) == found


@pytest.mark.parametrize("focus", [(0, 0), (100, 100), (50, 50)])
def test_focus(focus: tuple[int, int]) -> None:
    """What is in the focus stays in the picture when it is cropped, at any scale of decoding."""
    data = saved(quarters(4000, 1000), "JPEG")
    *_, (_, _, _, content) = made(data, PORTRAIT._replace(focus=focus))
    red, green, *_ = TARGET.values()
    pixel = opened(content).convert("RGB").getpixel((1, 1))
    assert near(pixel, red if focus[0] < 100 else green)


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_orientation(turned: int, form: str) -> None:
    """A picture that lies on its side or is mirrored is shown upright, with the pixels themselves turned."""
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what undoes the camera's turn
    upright = quarters(40, 60)
    lying = upright.transpose(Image.Transpose(ways[turned])) if turned in ways else upright
    exif = Image.Exif()
    exif[0x0112] = turned
    data = saved(lying, form, exif=exif)
    assert decoding.size(data) == (40, 60)
    [(_, width, height, content), *_] = made(data, Order("a", "print"))
    assert (width, height) == (40, 60)
    assert all(map(near, corners(opened(content)), TARGET.values()))
    assert not opened(content).getexif()


def profile(kind: str) -> bytes:
    """An ICC profile; one of another kind of light than sRGB's is made by hand, since no file may be copied here."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(kind)).tobytes()  # type: ignore[arg-type]


def test_colours_of_odd_pictures() -> None:
    """Palettes, grey, CMYK of Adobe's and of others, 16 bits, and damaged profiles come out as the colours that were meant."""
    colours = quarters(40, 60)
    cmyk = colours.convert("CMYK")
    adobe = saved(cmyk, "JPEG", quality=95)
    at = adobe.index(b"\xff\xee")
    plain = saved(ImageChops.invert(cmyk), "JPEG", quality=95)
    assert plain[at : at + 2] == b"\xff\xee"
    plain = plain[:at] + plain[at + 16 :]
    for data in (
        saved(colours.quantize(16)),
        saved(colours.quantize(16), "GIF"),
        saved(colours, icc_profile=b"damaged"),
        saved(colours, icc_profile=profile("sRGB")),
        saved(colours, "WEBP", quality=95),
        adobe,
        plain,
    ):
        content = made(data)[-1][3]
        assert all(map(near, corners(opened(content)), TARGET.values())), data[:40]
    # 16 bits of grey, from black to white
    deep = Image.frombytes("I;16", (256, 320), b"".join([struct.pack("<H", x * 257) for x in range(256)]) * 320)
    grey = opened(made(saved(deep))[-1][3]).convert("L")
    assert [near((grey.getpixel((x, 100)),), (x,), 4) for x in (2, 128, 250)] == [True] * 3
    assert near(opened(made(saved(colours.convert("L")))[-1][3]).convert("RGB").getpixel((30, 40)), (120, 120, 120))


def test_wide_colours_become_srgb() -> None:
    """A picture with a profile is turned into sRGB, which is what a file without one means."""
    grey = Image.new("LAB", (40, 60), (200, 128, 128))
    lab = ImageCms.createProfile("LAB")
    expected = ImageCms.profileToProfile(grey, lab, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert expected is not None
    wide = encoding.srgb(grey, ImageCms.ImageCmsProfile(lab).tobytes())
    assert (wide.mode, wide.getpixel((5, 5))) == ("RGB", expected.getpixel((5, 5)))
    assert wide.info == {}


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_pictures_stand_on_white(mode: str) -> None:
    """What is transparent is white, in each format: cut-outs and drawings are made for paper."""
    picture = Image.new("RGBA", (40, 50), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 20, 50))
    for _, _, _, content in made(saved(picture.convert(mode) if mode != "P" else picture.quantize(8))):
        shown = opened(content).convert("RGB")
        assert near(shown.getpixel((35, 25)), (255, 255, 255))
        assert near(shown.getpixel((5, 25)), (0, 0, 0))


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF", "MPO"])
def test_moving_pictures_stand_still(form: str) -> None:
    """Of several pictures in a file the first one is shown."""
    frames = [quarters(40, 50), Image.new("RGB", (40, 50), "black")]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:])
    for _, _, _, content in made(data):
        shown = opened(content)
        assert getattr(shown, "n_frames", 1) == 1
        assert all(map(near, corners(shown), TARGET.values()))


def huge(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says that it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_bombs() -> None:
    """A small file that says that it is huge is refused by its head; the largest cameras' 100 megapixels are not."""
    for width, height in ((60_000, 40_000), (2**31 - 1, 2**31 - 1), (12_000, 10_001)):
        with pytest.raises(decoding.Unusable) as refused:
            decoding.decode(huge(width, height), None)
        assert refused.value.message.startswith("{file} is too large")
    assert decoding.MOST > 11_648 * 8_736
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "x" * 50_000_000, zip=True)
    with pytest.raises(decoding.Unusable):
        decoding.decode(saved(quarters(4, 5), pnginfo=text), None)


@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "AVIF"]), st.floats(0, 0.6), st.binary(max_size=9))
def test_damaged_files(form: str, where: float, rubbish: bytes) -> None:
    """Whatever has happened to a file, it becomes a picture or a problem; one whose end is missing never becomes a picture."""
    data = saved(quarters(60, 40), form)
    at = int(len(data) * where)
    with pytest.raises(decoding.Unusable):
        decoding.decode(data[:at], None)
    try:
        picture, _ = decoding.decode(data[:at] + rubbish + data[at + len(rubbish) :], None)
    except decoding.Unusable:
        return
    assert picture.mode in ("L", "RGB", "CMYK")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1\0\0Exif", "JPEG"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"GIF89a", "GIF"),
        (b"RIFF\1\0\0\0WEBPVP8 ", "WEBP"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x1cftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x1cftypisom\0\0\0\0", ""),
        (b"<svg xmlns=", ""),
        (b"<!DOCTYPE html>", ""),
        (b"%PDF-1.7", ""),
        (b"II*\0", ""),
        (b"", ""),
    ],
)
def test_content_says_what_a_file_is(head: bytes, kind: str) -> None:
    """The name of a file counts for nothing."""
    assert decoding.kind_of(head) == kind


def test_colours_that_stand_in() -> None:
    """The colour while a picture loads is one of a few, the nearest to its mean."""
    assert pictures.tone(0, 0, 0) == "333"
    assert pictures.tone(255, 140, 60) == "c83"
    tone, _ = encoding.files(Image.new("RGB", (40, 50), "teal"), b"", PORTRAIT, (40, 50))
    assert tone == "388"


def test_srcset() -> None:
    """Pages offer the sizes that their layout can use; of a small picture the one that there is."""
    files = tuple([("image/webp", width, width, 1, b"", 0) for width in (160, 320, 500)])
    image = pictures.image(Made(b"\xab" * 16, "888", files), "experts/a/", "portrait")

    def srcset(least: int, most: int, image: model.Image = image) -> str:
        return pictures.srcset(image, "image/webp", least, most, lambda path: path.rpartition("/")[2])

    end = "abababab" + "ab.webp"
    assert srcset(160, 160) == f"portrait-160-{end}"
    assert srcset(320, 640) == f"portrait-320-{end} 320w, portrait-500-{end} 500w"
    assert srcset(640, 960) == f"portrait-500-{end}"
    assert srcset(1, 90) == f"portrait-160-{end}"
