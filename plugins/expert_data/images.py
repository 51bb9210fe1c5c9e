"""Pictures with what must be said with them: who made them, and how others may use them."""

from __future__ import annotations

import os
import re

from expert_data.here import Here
from expert_data.nodes import Node, node
from experts import model, pictures

_CREATIVE = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)(?:[ -]([A-Z]{2}))?", re.IGNORECASE)
_ZERO = re.compile(r"CC[ -]?0(?:[ -]1\.0)?", re.IGNORECASE)


def image(here: Here, path: str, file: model.File, caption: str, told: model.Portrait | model.Picture) -> Node:
    """The picture at `path` with the credit and licence that are `told` on this page, which also says whom to ask."""
    address = here.site.address(path)
    facts = pictures.facts(os.path.join(here.site.settings.root, *file.origin.split("/")), file.content)
    licence = licence_url(told.licence)
    return node(
        "ImageObject",
        address,
        contentUrl=address,
        encodingFormat=facts.type,
        width=f"{facts.width} px" if facts.width else "",
        height=f"{facts.height} px" if facts.height else "",
        caption=caption,
        creditText=told.credit,
        license=licence,
        copyrightNotice="" if licence else told.licence,
        acquireLicensePage=here.own,
    )


def licence_url(licence: str) -> str:
    """The address of a licence: of one of Creative Commons by its SPDX identifier, or an address itself; "" for other words."""
    if licence.startswith(("https://", "http://")):
        return licence
    if _ZERO.fullmatch(licence):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE.fullmatch(licence)
    if not found:
        return ""
    kind, number, country = found[1].lower(), found[2], found[3]
    return f"https://creativecommons.org/licenses/{kind}/{number}/" + (f"{country.lower()}/" if country else "")
