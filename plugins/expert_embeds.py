"""The page about content of other sites: whose there is, what loading it means, and what this browser was asked to load always."""

from __future__ import annotations

from collections.abc import Iterator

from experts import embeds, signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

PATH = "embeds/"


def outputs(_directory: Directory, site: Site) -> Iterator[Output]:
    """The page in each language; nothing where no provider is switched on."""
    listed = embeds.listed(site.settings.embeds)
    for lang in site.languages if listed else ():
        yield site.page(lang, PATH, "embeds.html", players=listed)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
