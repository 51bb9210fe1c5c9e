"""QR codes: a phone reads the page's address from the printed page, and the screen shows none."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import segno
from experts import qr
from factory import Site
from lxml import etree
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ADDRESSES = [
    "https://x.example/",
    "https://experten.nordlicht.example/en/experts/soenke-jebens/",
    "https://müller.example/" + "ä" * 200,
    "https://x.example/?a=<b>&c=\"d\"'e'",
]


def modules(svg: str) -> list[list[int]]:
    """The dark and light modules that an SVG draws, with the white around them."""
    root = etree.fromstring(svg)
    low, _, side, _ = map(int, root.get("viewBox", "").split())
    found = [[0] * side for _ in range(side)]
    x, y = 0, 0.0
    for dx, dy, run in re.findall(r"m(-?\d+) (-?[\d.]+)h(\d+)", root[0].get("d", "")):
        x, y = x + int(dx), y + float(dy)
        for column in range(x, x + int(run)):
            found[int(y) - low][column - low] = 1
        x += int(run)
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_drawing_is_the_code(address: str) -> None:
    """The path draws each dark module of the code, and the four modules of white around it that the standard asks for."""
    svg = qr.svg(address)
    expected = segno.make_qr(address, error="m", mask=qr.MASK, boost_error=False)
    assert modules(svg) == [list(row) for row in expected.matrix_iter(border=4)]
    assert etree.fromstring(svg).get("aria-label") == address
    assert expected.error == "M"


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="needs a program that reads QR codes (zbar-tools)")
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_phone_reads_it(address: str, tmp_path: Path) -> None:
    """A reader that is not ours gets the address back."""
    rows = modules(qr.svg(address))
    picture = Image.new("L", (len(rows), len(rows)), 255)
    picture.putdata([255 * (1 - module) for row in rows for module in row])
    picture.resize((len(rows) * 5, len(rows) * 5), Image.Resampling.NEAREST).save(tmp_path / "code.png")
    command = ["zbarimg", "-q", "--raw", str(tmp_path / "code.png")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == address


def test_only_with_an_address(site: Site) -> None:
    """A page shows the code of its own address in its language; while the site has none, there is no code."""
    site.built()
    assert "qr-code" not in (site.output / "experts/mara/index.html").read_text("utf-8")
    site.settings(SITEURL="https://x.example/sub")
    site.built()
    for path, address in (
        ("experts", "https://x.example/sub/experts"),
        ("en/experts", "https://x.example/sub/en/experts"),
    ):
        text = (site.output / path / "mara/index.html").read_text("utf-8")
        assert qr.svg(f"{address}/mara/") in text


@pytest.mark.browser
def test_only_on_paper(published: Path, browser: Browser) -> None:
    """The code is black on white on paper, also for who has a dark screen, and nobody sees it on a screen."""
    page = browser.new_page(color_scheme="dark", bypass_csp=True)
    page.goto((published / "experts/mara-lindqvist/index.html").as_uri())
    sheet = next(published.glob("theme/site.*.css")).read_text("utf-8")
    page.add_style_tag(content=sheet)
    code = page.locator(".qr")
    assert not code.is_visible()
    page.emulate_media(media="print", color_scheme="dark")
    assert code.is_visible()
    assert code.inner_text().replace("\n", "").strip() == "experten.nordlicht.example/experts/mara-lindqvist/"
    box = page.locator(".qr-code").bounding_box()
    assert box is not None
    assert box["width"] == box["height"] > 25 / 25.4 * 96  # 25 mm at least
    picture = Image.open(BytesIO(page.locator(".qr-code").screenshot())).convert("L")
    assert picture.getextrema() == (0, 255)
    page.close()
