"""What programs that audit websites say of every kind of page: `python3 tasks.py audit`."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from itertools import product
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screens import markup, measures, styles
from screens.browser import chromium
from screens.builds import build
from screens.host import Careful, served
from screens.kinds import KINDS, LANGUAGES, ROOT, TODAY, path_of

LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}


def main(arguments: list[str] | None = None) -> int:
    """Print a table of scores and all that is wrong; 1 if a score is too low or something is wrong."""
    parser = argparse.ArgumentParser(prog="python3 tasks.py audit", description=__doc__)
    parser.add_argument("--site", default=str(ROOT), help="folder of the site (default: this one)")
    parser.add_argument("--today", default=TODAY, help=f"as on this day (default: {TODAY})")
    parser.add_argument("--kinds", default="", help="only these kinds of pages, divided by commas")
    parser.add_argument("--languages", default=LANGUAGES[0], help="languages of the pages, divided by commas")
    given = parser.parse_args(arguments)
    chosen = [kind for kind in KINDS if not given.kinds or kind in given.kinds.split(",")]
    paths = [path_of(kind, lang) for lang in given.languages.split(",") for kind in chosen if kind != "404"]
    with tempfile.TemporaryDirectory() as place:
        site = build(Path(place) / "site", "--publish", site=Path(given.site), today=given.today)
        wrong = [*styles.errors(), *(markup.errors(site) if markup.java() else ["vnu needs Java"])]
        with served(site, Careful) as url:
            wrong += _barriers(url, paths)
            print(f"{'':40} perf  acc   bp   seo")
            for result in lighthouse([url + path for path in paths]):
                scores = result["scores"]
                name = result["address"].removeprefix(url) or "/"
                print(f"{name[:40]:40}" + "".join([f"{scores.get(key, 0):5}" for key in LEAST]), flush=True)
                page = site / result["address"].removeprefix(url) / "index.html"
                # Search engines are kept away from some pages on purpose.
                least = LEAST if b'content="noindex' not in page.read_bytes() else LEAST | {"seo": 0}
                low = [f"{key} {scores.get(key, 0)}" for key, score in least.items() if scores.get(key, 0) < score]
                if result["error"] or low:
                    wrong += [f"{name}: {what}" for what in (result["error"], *low, *result["failed"]) if what]
    print("\n".join(["", *wrong, f"{len(wrong)} findings of Lighthouse, axe-core, vnu and stylelint"]))
    return int(bool(wrong))


def lighthouse(addresses: list[str]) -> Iterator[dict[str, Any]]:
    """Address, scores by category (0 to 100), failed audits and numbers of each page, on a phone."""
    import bootstrap

    node, program = shutil.which("node"), bootstrap.browser()
    if node is None or program is None:
        raise SystemExit("Lighthouse needs Node.js and a Chromium; install both.")
    script = ROOT / "tests/screens/lighthouse.mjs"
    with subprocess.Popen([node, str(script), program, *addresses], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            yield json.loads(line)


def _barriers(url: str, paths: list[str]) -> list[str]:
    """What axe-core finds, light on a phone and dark on a desktop."""
    found = []
    with chromium() as browser:
        page = browser.new_page()
        for path in paths:
            page.goto(url + path)
            for width, scheme in product((390, 1280), ("light", "dark")):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found += [f"{path}: {what} ({width}, {scheme})" for what in measures.barriers(page)]
    return found


if __name__ == "__main__":
    raise SystemExit(main())
