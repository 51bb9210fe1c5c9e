"""Licences of pictures: what an identifier or a few words stand for."""

from __future__ import annotations

import re

_CREATIVE = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)(?:[ -]([A-Z]{2}))?", re.IGNORECASE)
_ZERO = re.compile(r"CC[ -]?0(?:[ -]1\.0)?", re.IGNORECASE)


def address(licence: str) -> str:
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
