"""Each component looks as it did: on a phone and a desktop, light and dark.

A difference writes what was expected, what was found and where they differ to .cache/visual; if it is meant,
`python3 tasks.py screenshots --update` renews the pictures.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from screens.baselines import FOLDER, PAGE, read
from screens.builds import build
from screens.components import photographed
from screens.difference import differing, shown
from screens.host import served
from screens.kinds import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = ROOT / ".cache/visual"


def test_components_look_as_they_did(whole_browser: Browser, tmp_path: Path) -> None:
    """No component differs from its picture, none is new, none is gone."""
    wrong, seen = [], set()
    with served(build(tmp_path / "site", "--drafts")) as url:
        for name, found in photographed(whole_browser, url + PAGE):
            seen.add(name)
            path = FOLDER / f"{name}.webp"
            if not path.exists():
                wrong.append(f"{name}: there is no picture of it yet")
            elif (much := differing(expected := read(path), found)) > 1:
                REPORT.mkdir(parents=True, exist_ok=True)
                shown(expected, found).save(REPORT / f"{name}.png")
                wrong.append(f"{name}: {much:.1f} times what is allowed, {expected.size} and {found.size}")
    wrong += [f"{path.stem}: there is no such component" for path in FOLDER.glob("*.webp") if path.stem not in seen]
    assert wrong == [], f"see {REPORT}; if it is meant: python3 tasks.py screenshots --update"


CHANGES = {
    "a rule is gone": (".section-head, .section { border-color: transparent !important }", "section-heads"),
    "a heading is lighter": ("h2 { font-weight: 500 !important }", "section-heads"),
    "a colour is another one": (
        ".chip { background: color-mix(in srgb, currentColor 22%, Canvas) !important }",
        "chips",
    ),
    "a gap is wider": (".chips { gap: 12px !important; row-gap: 12px !important }", "chips"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_a_difference(change: str, whole_browser: Browser, preview: str) -> None:
    """The tolerance is not so large that a small change of a style sheet goes unseen."""
    style, component = CHANGES[change]
    page = whole_browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", bypass_csp=True)
    page.goto(preview + PAGE)
    page.evaluate("document.fonts.ready.then(() => true)")
    before = _picture(page.locator(f"#{component}").screenshot())
    page.add_style_tag(content=style)
    after = _picture(page.locator(f"#{component}").screenshot())
    page.close()
    assert differing(before, after) > 1
    assert differing(before, before) == 0


def _picture(data: bytes):
    import io

    from PIL import Image

    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory):
    """Return the address of the preview."""
    with served(build(tmp_path_factory.mktemp("preview") / "site", "--drafts")) as url:
        yield url
