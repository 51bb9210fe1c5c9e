"""The search: its page, and an index that a browser reads in small pieces."""

from __future__ import annotations

from collections.abc import Iterator

from expert_search import files, page
from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The search page in each language, and the files of the index."""
    yield from page.outputs(directory, site)
    yield from files.outputs(directory, site)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
