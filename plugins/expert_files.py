"""Files that are served as they are: the theme's, the front-end packages', and the site's own static ones."""

from __future__ import annotations

import os
from collections.abc import Iterator

from experts import assets, bundle, digests, signals
from experts.directory import Directory
from experts.output import Output, output
from experts.problems import Problems
from experts.sheets import join, stylesheets
from experts.site import Site


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The style sheet, scripts, fonts, icons, and everything below STATIC_PATHS of content/."""
    settings = site.settings
    absent = assets.missing(settings)
    if absent:
        raise Problems(absent)
    if "css" in site.assets:
        modules = os.path.join(settings.checkout, "node_modules")
        # The name holds a digest of the sheets, so they need not be read once more to know whether they are the same.
        sheets = stylesheets(site.theme)
        yield output(site.assets["css"], site.key, _sheet, sheets, site.look.css, modules, inputs=b"")
        first = [path for path in sheets if os.path.basename(path).startswith("1")]
        yield site.text("theme/tokens.css", str, join(first, site.look.css).decode())  # for style sheets of their own
    for name, script in site.scripts.items():
        yield site.text(site.assets[f"js/{name}"], str, script.text)
    own = {made.path: made for made in site.brand_files()}
    yield from own.values()
    for path, origin in [*assets.static(settings), *assets.vendor(settings)]:
        if path not in own:
            yield site.copy(path, origin, digests.of_file(origin))
    for source, content in sorted(directory.records.files.items()):
        path = source.removeprefix("content/")
        if path != source and any(path.startswith(folder + "/") for folder in settings.static_paths):
            yield site.copy(path, f"{settings.root}/{source}", content)


def _sheet(sheets: list[str], look: str, modules: str) -> bytes:
    return bundle.minified(join(sheets, look), modules)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
