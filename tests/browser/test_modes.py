"""Pages as people see them who choose their own colours, and as they load on a slow line."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from screens import measures
from screens.kinds import path_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Opened = Callable[..., AbstractContextManager[Page]]
PLAIN = """() => {
    const style = (selector, property, pseudo) => {
        const element = document.querySelector(selector);
        return element && getComputedStyle(element, pseudo)[property];
    };
    const bordered = (selector) => {
        const element = document.querySelector(selector);
        if (!element) return `no ${selector}`;
        const { borderBlockStartStyle, borderBlockStartWidth, textDecorationLine, outlineStyle } = getComputedStyle(element);
        return (borderBlockStartStyle !== "none" && parseFloat(borderBlockStartWidth) > 0) || outlineStyle !== "none"
            || textDecorationLine.includes("underline") ? "" : `${selector} has no border`;
    };
    const apart = (chosen, other) => {
        const look = (selector) => ["color", "backgroundColor", "borderBlockStartWidth", "borderBlockStartColor", "textDecorationLine", "fontWeight",
            "outlineStyle"].map((property) => style(selector, property)).join();
        return look(chosen) === look(other) ? `${chosen} looks like any other` : "";
    };
    return [
        bordered("main button"), bordered("main a.button"), bordered("main .monogram"), bordered("main .chip"), bordered(".search-large .search-row"),
        apart(".pager a[aria-current]", ".pager a:not([aria-current])"),
        apart(".letters a[aria-current]", ".letters a:not([aria-current])"),
        style(".search-quick svg", "stroke") === style(".search-quick button", "color") ? "" : "an icon is not drawn in the colour of its button",
    ].filter(Boolean);
}"""
SHIFTS = """() => {
    window.shifts = []; window.largest = "";
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        if (!entry.hadRecentInput) window.shifts.push([entry.value, entry.sources.map(({ node }) => node?.className ?? node?.nodeName)]);
    })).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => { const { element } = list.getEntries().at(-1);
        window.largest = element ? `${element.tagName}.${element.className}` : "gone"; }).observe({ type: "largest-contentful-paint", buffered: true });
}"""


def test_forced_colours(preview: Any, opened: Opened) -> None:
    """With the colours of the system everything has its edges, what is chosen is seen, and the focus too."""
    with opened(preview, "components/", forced_colors="active", reduced_motion="reduce") as page:
        assert page.evaluate(PLAIN) == []
        assert measures.strayed(page) == []


@pytest.mark.parametrize(("scheme", "colours"), [("light", "none"), ("dark", "active")])
def test_focus_changes_pixels(scheme: str, colours: str, preview: Any, opened: Opened) -> None:
    """The focus is not only styled but seen: around every kind of link and button on the page of components something changes."""
    import io

    from PIL import Image, ImageChops

    options = {"color_scheme": scheme, "forced_colors": colours, "reduced_motion": "reduce"}
    with opened(preview, "components/", **options) as page:
        page.keyboard.press("Tab")  # from now on the focus is one of the keyboard's
        page.locator("body").evaluate("element => element.ownerDocument.activeElement.blur()")
        kinds = page.evaluate(
            "() => { const seen = new Set(); return [...document.querySelectorAll('main a[href], main button, main input')]"
            ".filter((element) => { const kind = element.tagName + element.className + element.parentElement.tagName"
            " + element.parentElement.className; return !seen.has(kind) && element.checkVisibility({ visibilityProperty: true }) && seen.add(kind); })"
            ".map((element, at) => { element.dataset.kind = at; return at; }); }"
        )
        unseen = []
        for at in kinds:
            element = page.locator(f"[data-kind='{at}']")
            # The link of a card is as large as the card.
            card = page.locator("li.person", has=element)
            whole = card if card.count() else element
            whole.scroll_into_view_if_needed()
            box = whole.bounding_box()
            assert box
            view = page.viewport_size
            assert view
            x, y = max(0, box["x"] - 10), max(0, box["y"] - 10)
            clip = {
                "x": x,
                "y": y,
                "width": min(box["width"] + 20, view["width"] - x),
                "height": min(box["height"] + 20, view["height"] - y),
            }
            shots = [page.screenshot(clip=clip)]  # type: ignore[arg-type]
            element.evaluate("element => element.focus({ preventScroll: true, focusVisible: true })")
            shots.append(page.screenshot(clip=clip))  # type: ignore[arg-type]
            before, after = [Image.open(io.BytesIO(shot)).convert("L") for shot in shots]
            changed = sum(ImageChops.difference(before, after).histogram()[40:])
            if changed < box["width"] + box["height"] / 2:  # much less than a frame of one pixel
                unseen.append((changed, element.evaluate("element => element.outerHTML.slice(0, 120)")))
            element.evaluate("element => element.blur()")
        assert len(kinds) > 20
        assert unseen == []


@pytest.mark.parametrize(
    ("kind", "width"),
    [
        ("home", 390),
        ("home", 1280),
        ("expert", 390),
        ("expert", 1280),
        ("topic", 390),
        ("story", 1280),
        ("search", 390),
    ],
)
def test_nothing_jumps(kind: str, width: int, demo: Any, browser: Browser) -> None:
    """On a slow line, with fonts that come late, nothing moves, and the largest paint is text or the portrait."""
    context = browser.new_context(viewport={"width": width, "height": 844}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(f"({SHIFTS})()")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 40, "downloadThroughput": 400_000, "uploadThroughput": 400_000})  # fmt: skip
    page.goto(demo.url + path_of(kind, "de"))
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("window.largest")
    shifts, largest = page.evaluate("[window.shifts, window.largest]")
    context.close()
    assert sum(value for value, _ in shifts) < 0.01, (
        shifts
    )  # a hundredth is less than a line of a paragraph that wraps anew
    assert not largest.startswith(("svg", "VIDEO")), largest
    if largest.startswith("IMG"):
        assert "portrait" in largest or kind == "story", largest
