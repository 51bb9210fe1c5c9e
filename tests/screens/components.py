"""Photographs of the page of components: one of each component, in each window and scheme, that differ only where it does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from screens.shots import SCHEMES, part

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Route

WINDOWS = {"desktop": 1280, "phone": 390}

# What comes from the machine and not from the theme: fonts of other scripts and of code, and lines that blink.
STEADY = """
    :root { --mono: var(--sans) !important; }
    * { caret-color: transparent !important; }
"""
LATIN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        node.data = node.data.replace(/(?!\\p{Script=Latin})\\p{L}/gu, "x").replace(/[→↩…✓]/g, "x");
}"""
BOXES = """() => [...document.querySelectorAll(".component")].map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [element.id, left + scrollX, top + scrollY, width, height];
})"""


def photographed(browser: Browser, address: str) -> Iterator[tuple[str, Image]]:
    """``(window-scheme-component, picture)`` of all components on the page at `address`."""
    from PIL import Image

    for window, width in WINDOWS.items():
        context = browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce", bypass_csp=True
        )
        page = context.new_page()
        page.route("**/*.css", _with_all_fonts)
        page.goto(address)
        page.add_style_tag(content=STEADY)
        page.evaluate(LATIN)
        page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready.then(() => true)")
        boxes = page.evaluate(BOXES)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for name, left, top, wide, high in boxes:
                shot = part(page, *map(round, (left, top, wide, high)))
                yield f"{window}-{scheme}-{name}", Image.open(io.BytesIO(shot)).convert("RGB")
        context.close()


def _with_all_fonts(route: Route) -> None:
    """A style sheet in which no font is given up when it comes late."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("optional", "block"))
