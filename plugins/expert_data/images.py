"""Pictures with what must be said with them: who made them, and how others may use them."""

from __future__ import annotations

from expert_data.here import Here
from expert_data.nodes import Node, node
from experts import licences, model


def image(here: Here, picture: model.Image, caption: str, told: model.Portrait | model.Picture) -> Node:
    """A picture with the credit and licence that are `told` on this page, which also says whom to ask."""
    file = picture.large
    address = here.site.address(file.path)
    licence = licences.address(told.licence)
    return node(
        "ImageObject",
        address,
        contentUrl=address,
        encodingFormat=file.type,
        width=f"{file.width} px",
        height=f"{file.height} px",
        caption=caption,
        creditText=told.credit,
        license=licence,
        copyrightNotice="" if licence else told.licence,
        acquireLicensePage=here.own,
    )
