"""The search's scripts, bundled as a build does it, for Node.js: ``scripts.py FOLDER`` writes them there.

Beside the theme's own entries there is ``parts.js``, which exports `parts`: what tests look at.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = """
import { lunr } from "lunr";
import { open } from "./search/engine.js";
import { assemble } from "./search/rank.js";
import { decode, openFiles, openTerms } from "./search/shards.js";
import { fold, keys, words } from "./search/text.js";

export const parts = { lunr, open, assemble, decode, openFiles, openTerms, fold, keys, words };
"""


def write(folder: Path, script_folder: Path = ROOT / "theme/static/js") -> Path:
    """Write the bundles to `folder`; the path of the one with all parts."""
    from experts import bundle

    source = folder / "source"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(script_folder, source)
    (source / "parts.js").write_text(PARTS, "utf-8")
    for name, script in bundle.scripts(str(source), str(ROOT / "node_modules")).items():
        (folder / script.name).write_text(script.text, "utf-8")
        if name == "parts.js":
            (folder / name).write_text(script.text, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    return folder / "parts.js"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "plugins"))
    write(Path(sys.argv[1]))
