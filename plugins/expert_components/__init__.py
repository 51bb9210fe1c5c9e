"""The page of components: every component of the theme in all its states, made by the macros that pages use.

It is for those who work on the theme, and what the visual tests photograph.  So it is there only where drafts are
shown, and nothing leads to it: no menu, no search engine, no list of this site's.
"""

from __future__ import annotations

from collections.abc import Iterator

from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

PATH = "components/"


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The page in each language, and the portrait that its people share; nothing where drafts are not shown."""
    if not directory.rules.drafts:
        return
    from expert_components import prose, samples  # a published site has no use for them

    shown = samples.shown()
    for lang in site.languages:
        yield site.page(lang, PATH, "components.html", robots="noindex", prose=prose.HTML, **shown)
    yield site.text(samples.PORTRAIT, samples.drawing)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
