"""Screenshots of every kind of page, for looking at them: `python3 tasks.py screenshots`."""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from screens.browser import chromium
from screens.builds import build
from screens.host import served
from screens.kinds import FEEDS, KINDS, LANGUAGES, ROOT, TODAY, path_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WINDOWS = {"desktop": (1440, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
HIGHEST = 8000  # pixels of a page that are worth looking at; a browser without a graphics card stops at 16384
ROW, THUMB = 8, (300, 640)  # of a contact sheet: pictures beside one another, and the size of each


def main(arguments: list[str] | None = None) -> int:
    """Build, serve and photograph a site; what was made, and how many pictures."""
    parser = argparse.ArgumentParser(prog="python3 tasks.py screenshots", description=__doc__)
    parser.add_argument("--site", default=str(ROOT), help="folder of the site (default: this one)")
    parser.add_argument("--output", default=str(ROOT / ".cache/screenshots"), help="folder of the pictures")
    parser.add_argument("--today", default=TODAY, help=f"as on this day (default: {TODAY})")
    parser.add_argument("--kinds", default="", help="only these kinds of pages, divided by commas")
    given = parser.parse_args(arguments)
    chosen = [kind for kind in (*KINDS, *FEEDS) if not given.kinds or kind in given.kinds.split(",")]
    folder = Path(given.output)
    with chromium() as browser, tempfile.TemporaryDirectory() as place:
        site = build(Path(place) / "site", site=Path(given.site), today=given.today)
        with served(site) as url:
            groups = _photographed(browser, url, site, chosen, folder)
    for name, paths in groups.items():
        _sheet(paths, folder / f"{name}.jpg")
    print(f"{sum(map(len, groups.values()))} screenshots and {len(groups)} contact sheets in {os.path.relpath(folder)}")
    return 0


def _photographed(browser: Browser, url: str, site: Path, kinds: list[str], folder: Path) -> dict[str, list[Path]]:
    """The pictures of all pages that a site has, by group: window, scheme and language, or paper."""
    groups: dict[str, list[Path]] = {}
    for lang in LANGUAGES:
        for window, (width, height) in WINDOWS.items():
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            page = context.new_page()
            for kind in kinds:
                path = path_of(kind, lang, feeds=kind in FEEDS)
                if not (site / (path + "index.html" if path.endswith("/") or not path else path)).exists():
                    continue
                _open(page, url + path)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    name = f"{window}-{scheme}-{lang}"
                    groups.setdefault(name, []).append(_shot(page, folder / name / f"{kind.replace(' ', '-')}.png"))
                if window == "desktop" and kind not in FEEDS:
                    page.emulate_media(color_scheme="light")
                    groups.setdefault(f"print-{lang}", []).extend(
                        _printed(page, folder / f"print-{lang}" / f"{kind.replace(' ', '-')}.png")
                    )
            context.close()
    return groups


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")


def _shot(page: Page, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(whole(page, HIGHEST))
    return path


def whole(page: Page, highest: int) -> bytes:
    """The page from its top, as PNG."""
    session = page.context.new_cdp_session(page)
    size = session.send("Page.getLayoutMetrics")["cssContentSize"]
    session.detach()
    return part(page, 0, 0, size["width"], min(size["height"], highest))


def part(page: Page, x: float, y: float, width: float, height: float) -> bytes:
    """A part of a page as PNG, in CSS pixels; Playwright's own screenshots know no documents but HTML, and feeds are XML."""
    session = page.context.new_cdp_session(page)
    clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
    shot = session.send("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
    session.detach()
    return base64.b64decode(shot["data"])


def _printed(page: Page, path: Path) -> list[Path]:
    """The first sheet of paper; without pdftoppm, the page as it is styled for paper."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if shutil.which("pdftoppm") is None:
        page.emulate_media(media="print")
        shot = _shot(page, path)
        page.emulate_media(media="screen")
        return [shot]
    command = ["pdftoppm", "-r", "70", "-png", "-singlefile", "-", str(path.with_suffix(""))]
    subprocess.run(command, input=page.pdf(prefer_css_page_size=True), check=True, capture_output=True)
    return [path]


def _sheet(paths: list[Path], target: Path) -> None:
    """Many pictures as one, the top of each."""
    from PIL import Image, ImageDraw

    width, height = THUMB
    rows = -(-len(paths) // ROW)
    sheet = Image.new("RGB", (ROW * (width + 12), rows * (height + 28)), "#888")
    draw = ImageDraw.Draw(sheet)
    for at, path in enumerate(paths):
        x, y = at % ROW * (width + 12) + 6, at // ROW * (height + 28) + 20
        with Image.open(path) as picture:
            scaled = picture.convert("RGB").resize((width, max(1, picture.height * width // picture.width)))
        sheet.paste(scaled.crop((0, 0, width, min(scaled.height, height))), (x, y))
        draw.text((x, y - 15), path.stem, fill="#fff")
    sheet.save(target, quality=80)


if __name__ == "__main__":
    raise SystemExit(main())
