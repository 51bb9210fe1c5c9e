"""Pictures with all that must be said with them: what they show, who took them, how they may be used."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from expert_api import addresses, shapes
from expert_api.fields import Field, Table, shape_of, written
from experts import model, pictures
from experts.site import Site


class Image(NamedTuple):
    """A picture of the site; its size is told where the file is known."""

    url: str
    alt: dict[str, str]  # by language
    credit: str
    licence: str
    facts: pictures.Facts | None


IMAGE: Table[Image] = (
    Field("url", shapes.ADDRESS, "Its address", lambda it: it.url, True),
    Field("type", shapes.TEXT, "Media type", lambda it: pictures.media_type(it.url)),
    Field("size", shapes.NUMBER, "Size in bytes", lambda it: it.facts.size if it.facts else 0),
    Field("width", shapes.NUMBER, "Width in pixels", lambda it: it.facts.width if it.facts else 0),
    Field("height", shapes.NUMBER, "Height in pixels", lambda it: it.facts.height if it.facts else 0),
    Field("alt", shapes.TEXTS, "What it shows, for people who do not see it", lambda it: it.alt),
    Field("credit", shapes.TEXT, "Who must be named with it", lambda it: it.credit),
    Field("licence", shapes.TEXT, "How it may be used", lambda it: it.licence),
)
SHAPE = shape_of(IMAGE, "Picture")


def image(
    site: Site, kind: str, path: str, alt: dict[str, str], rights: tuple[str, str], file: model.File | None
) -> dict[str, Any]:
    """The picture at a path of the site, by credit and licence; an empty object where there is none.

    The plugin that makes the pages of `kind` puts the file there.  Reading its size takes a while, so lists give no `file`.
    """
    if not path or not addresses.shown(site, kind):
        return {}
    facts = None
    if file is not None:
        facts = pictures.facts(os.path.join(site.settings.root, *file.origin.split("/")), file.content)
    return written(IMAGE, Image(addresses.at(site, path), alt, *rights, facts))
