"""Files that are served as they are: the theme's, the front-end packages', and the site's own static ones."""

from __future__ import annotations

import os
from collections.abc import Iterator

from experts import assets, bundle, digests, signals
from experts.directory import Directory
from experts.output import Output, output
from experts.problems import Problems
from experts.site import Site, join, stylesheets


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The style sheet, scripts, fonts, and everything below STATIC_PATHS of content/."""
    settings = site.settings
    absent = assets.missing(settings)
    if absent:
        raise Problems(absent)
    if "css" in site.assets:
        modules = os.path.join(settings.checkout, "node_modules")
        # The name holds a digest of the sheets, so they need not be read once more to know whether they are the same.
        yield output(site.assets["css"], site.key, _sheet, stylesheets(site.theme), modules, inputs=b"")
    for name, script in site.scripts.items():
        yield site.text(site.assets[f"js/{name}"], str, script.text)
    for path, origin in [*assets.static(settings), *assets.vendor(settings)]:
        yield site.copy(path, origin, digests.of_file(origin))
    for source, content in sorted(directory.records.files.items()):
        path = source.removeprefix("content/")
        if path != source and any(path.startswith(folder + "/") for folder in settings.static_paths):
            yield site.copy(path, f"{settings.root}/{source}", content)


def _sheet(sheets: list[str], modules: str) -> bytes:
    return bundle.minified(join(sheets), modules)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs)
