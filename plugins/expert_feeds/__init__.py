"""Feeds: Atom (RFC 4287, RFC 5005) and JSON Feed 1.1, lists of them (OPML 2.0), and the page that explains them.

There are feeds of each expert, each topic, the news events, the texts of each language and the whole site.  There is
none of events: an entry must say when it was published or changed, which nobody writes down for an event, and the
clock must not say it.  Calendars can hold events, feeds cannot.
"""

from __future__ import annotations

from collections.abc import Iterator

from expert_feeds import follow, heads, planning
from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """All feeds, the feeds of those who ended them, the lists of feeds, and the page about them."""
    yield from planning.outputs(view, site)
    yield from follow.outputs(view, site)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "feeds")
    signals.heads.connect(heads.head, "feeds")
