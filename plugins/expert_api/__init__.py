"""A JSON API of static files: lists, records, schemas, and a page that explains them.

It has only those people who agreed that others take over their data (the channel feeds), and no drafts.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from expert_api import addresses, entry, openapi, page, schemas
from expert_api.kinds import KINDS
from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Site


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The records, what describes them, and the page for developers."""
    view = published(directory)
    for kind in KINDS:
        yield from kind.outputs(view, site)
    records = [kind.records(view) for kind in KINDS]
    yield site.text(entry.FILE, partial(entry.file, site), tuple(map(len, records)))
    slugs = tuple([found[0].slug if found else "" for found in records])
    yield site.text(entry.OPENAPI, partial(openapi.file, site), slugs)
    for name in schemas.NAMES:
        yield site.text(f"{addresses.FOLDER}schemas/{name}.json", partial(schemas.file, site), name)
    yield from page.outputs(view, site)


def published(directory: Directory) -> Directory:
    """The directory without drafts, also in a preview."""
    rules = directory.rules
    if not rules.drafts:
        return directory
    return Directory(directory.records, rules._replace(drafts=False), directory.channel, directory.lang)


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs, "feeds")
