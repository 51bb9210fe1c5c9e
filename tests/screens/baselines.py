"""The pictures that the visual tests compare with: `python3 tasks.py screenshots --update`."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from screens.browser import chromium
from screens.builds import build
from screens.components import photographed
from screens.host import served
from screens.kinds import ROOT

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = ROOT / "tests/visual/baselines"
PAGE = "components/"


def main(_arguments: list[str] | None = None) -> int:
    """Photograph all components anew; those that look the same keep their file."""
    from screens.difference import differing

    made = set()
    with chromium() as browser, tempfile.TemporaryDirectory() as place, _preview(Path(place)) as url:
        for name, picture in photographed(browser, url + PAGE):
            made.add(name)
            path = FOLDER / f"{name}.webp"
            if not path.exists() or differing(read(path), picture) > 0:
                write(picture, path)
    for path in FOLDER.glob("*.webp"):
        if path.stem not in made:
            path.unlink()
    size = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    print(f"{len(made)} pictures of components, {size / 1000:.0f} kB")
    return 0


def _preview(place: Path) -> AbstractContextManager[str]:
    return served(build(place / "site", "--drafts"))


def write(picture: Image, path: Path) -> None:
    """Write a picture in few colours, without loss beyond that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few = picture.quantize(64, dither=0).convert("RGB")
    few.save(path, lossless=True, quality=50, method=3)


def read(path: Path) -> Image:
    """The picture of a file."""
    from PIL import Image

    with Image.open(path) as picture:
        return picture.convert("RGB")


if __name__ == "__main__":
    raise SystemExit(main())
