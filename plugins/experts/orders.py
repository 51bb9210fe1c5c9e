"""Which pictures a site needs: those of everybody and everything that is shown, or would be if drafts were.

Drafts count so that a preview and a published build share what they make, and so that `check` says the same as both.
Nothing is made of the pictures of people who have left or have not consented: not even the cache knows them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from . import model, pictures
from .pictures import Order
from .relate import PICTURES, Records
from .visibility import Rules, consents, why_hidden


class Place(NamedTuple):
    """Where a picture is named: the file, the names of the fields (none: in the text), and what is written there."""

    source: str
    fields: tuple[str, ...]
    value: str


def orders(records: Records, rules: Rules) -> dict[Order, tuple[Place, bytes]]:
    """All orders, each with the first place that names it and the digest of its source."""
    found: dict[Order, tuple[Place, bytes]] = {}
    for order, place in _orders(records, rules._replace(drafts=True)):
        content = records.files.get(order.origin)
        if content and order not in found:
            found[order] = place, content
    return found


def _orders(records: Records, rules: Rules) -> Iterator[tuple[Order, Place]]:
    shown = {slug: expert for slug, expert in records.experts.items() if not why_hidden(expert, rules)}
    for expert in shown.values():
        yield from _of_expert(expert)
    for story in records.stories.values():
        if not shown.keys().isdisjoint(story.authors):
            for text in story.texts:
                yield from _of_story(text)
    for group in (records.hooks, records.events):
        for record in group.values():
            yield from _shown(record.source, record.source, record.body)


def _of_expert(expert: model.Expert) -> Iterator[tuple[Order, Place]]:
    if not consents(expert, "images"):
        return
    for text in expert.texts:
        yield from _shown(expert.source, _file_of(expert, text), text.body)
    if expert.portrait:
        place = Place(expert.source, ("portrait", "file"), expert.portrait.file)
        wanted = [pictures.portrait(expert)]
        if consents(expert, "press-kit"):
            wanted.append(pictures.print_portrait(expert))
        for order in filter(None, wanted):
            yield order, place


def _of_story(text: model.StoryText) -> Iterator[tuple[Order, Place]]:
    order = pictures.picture(text)
    if order and text.image:
        yield order, Place(text.source, ("image", "file"), text.image.file)
    yield from _shown(text.source, text.source, text.body)


def _file_of(expert: model.Expert, text: model.ExpertText) -> str:
    return expert.source if text is expert.texts[0] else f"{expert.source.removesuffix('.md')}.{text.lang}.md"


def _shown(source: str, file: str, body: model.Body | None) -> Iterator[tuple[Order, Place]]:
    for _, order, name in in_text(source, body):
        yield order, Place(file, (), name)


def in_text(source: str, body: model.Body | None) -> Iterator[tuple[str, Order, str]]:
    """The pictures beside the file `source` that its text shows or links to: ``(name in the text, order, name of the file)``."""
    for link in body.links if body else ():
        name = unquote(link[5:])
        if link.startswith("file:") and posixpath.splitext(name)[1].lower() in PICTURES:
            yield link, Order(posixpath.normpath(posixpath.join(posixpath.dirname(source), name)), "text"), name
