"""Hooks: experts on a news event, the current ones and the archive."""

from __future__ import annotations

from collections.abc import Iterator

from experts import signals, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Listing, Site, Source


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The list of hooks, and a page for each."""
    cards = [directory.hook_card(hook) for hook in directory.hooks]
    for lang in site.languages:
        current = tuple([card for card in cards if card.current])
        yield site.page(
            lang,
            "hooks/",
            "hooks.html",
            section="hooks",
            listing=Listing(directory.changed(*directory.hooks)),
            current=current,
            archived=tuple([card for card in cards if not card.current]),
        )
    for hook in directory.hooks:
        path = urls.record("hook", hook.slug)
        people = [(directory.expert(angle.expert), angle.angle) for angle in hook.experts]
        shown = tuple([(directory.card(expert), angle) for expert, angle in people if expert])
        for lang in site.languages:
            yield site.page(
                lang,
                path,
                "hook.html",
                section="hooks",
                listing=Listing(directory.changed(hook)),
                hook=hook,
                people=shown,
                topics=directory.topic_cards(hook.topics),
                current=directory.current(hook),
                origin=Source(hook.source),
                links=directory.links(hook.source, hook.body, path, lang),
            )
        yield from site.pictures(directory.pictures_of(hook.source, hook.body, path).values())
        files = directory.files_of(hook.source, hook.body, path)
        yield from site.copies({path: origin for origin, path in files.values()}, directory.records.files)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "site")
