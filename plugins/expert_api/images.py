"""Pictures with all that must be said with them: what they show, who took them, how they may be used."""

from __future__ import annotations

from typing import Any, NamedTuple

from expert_api import addresses, shapes
from expert_api.fields import Field, Table, shape_of, written
from experts import model
from experts.site import Site


class Image(NamedTuple):
    """A picture of the site."""

    url: str
    alt: dict[str, str]  # by language
    credit: str
    licence: str
    file: model.Rendition


IMAGE: Table[Image] = (
    Field("url", shapes.ADDRESS, "Its address", lambda it: it.url, True),
    Field("type", shapes.TEXT, "Media type", lambda it: it.file.type),
    Field("size", shapes.NUMBER, "Size in bytes", lambda it: it.file.size),
    Field("width", shapes.NUMBER, "Width in pixels", lambda it: it.file.width),
    Field("height", shapes.NUMBER, "Height in pixels", lambda it: it.file.height),
    Field("alt", shapes.TEXTS, "What it shows, for people who do not see it", lambda it: it.alt),
    Field("credit", shapes.TEXT, "Who must be named with it", lambda it: it.credit),
    Field("licence", shapes.TEXT, "How it may be used", lambda it: it.licence),
)
SHAPE = shape_of(IMAGE, "Picture")


def image(
    site: Site, kind: str, picture: model.Image | None, alt: dict[str, str], rights: tuple[str, str]
) -> dict[str, Any]:
    """A picture, by credit and licence; an empty object where there is none.

    The plugin that makes the pages of `kind` puts the file there.
    """
    if not picture or not addresses.shown(site, kind):
        return {}
    file = picture.large
    return written(IMAGE, Image(addresses.at(site, file.path), alt, *rights, file))
