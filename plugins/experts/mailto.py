"""Addresses that begin a mail (RFC 6068): of an e-mail address, and as somebody wrote them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SIGNS = re.compile(r"[%?&#]")  # what would end the recipient, or stand for another character
_BREAKS = re.compile(r"%0[ad]", re.IGNORECASE)
_HARMLESS = ("subject", "body")  # RFC 6068 7: other headers send the mail, or a copy, where nobody sees it


def of(address: str) -> str:
    """The mailto address of an e-mail address, of which all is the recipient."""
    return "mailto:" + _SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", address)


def recipient(url: str) -> str:
    """The e-mail address of a mailto address."""
    return unquote(url.partition(":")[2].partition("?")[0])


def tamed(url: str) -> str:
    """A mailto address with no headers but subject and body, and no line breaks where they could begin one."""
    begin, query, fields = url.partition("?")
    kept = []
    for field in fields.split("&"):
        name, sign, value = field.partition("=")
        if unquote(name).lower() in _HARMLESS:
            kept.append(name + sign + (value if unquote(name).lower() == "body" else _BREAKS.sub("%20", value)))
    return _BREAKS.sub("", begin) + (query + "&".join(kept) if kept else "")
