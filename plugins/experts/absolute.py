"""Addresses for what is read elsewhere than on the site: absolute ones, and URIs, since not every reader knows IRIs."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote, urljoin

_ADDRESS = re.compile(r"(\w[\w+.-]*:)(//[^/?#]*)?([^#]*)#?(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"//(?:[^@[\]]*@)?(?:\[[^[\]]*\]|[^@:[\]]*)(?::\d*)?")
_IN_PARTS = "/?:@!$&'()*+,;=~%"  # characters that may stand in all parts of an address (RFC 3986)
_TAG = re.compile(r"""<(?:a|img) (?:[^<>"]|"[^"]*")*>""")
_LINK = re.compile(r' (href|src)="([^"]*)"')
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def html(text: str, page: str) -> str:
    """HTML in which every link and picture has an absolute address; `page` is the address that it stands at."""
    if "<a " not in text and "<img " not in text:
        return text

    def whole(link: re.Match[str]) -> str:
        address = unescape(link[2])
        return link[0] if _WHOLE.match(address) else f' {link[1]}="{escape(urljoin(page, address))}"'

    return _TAG.sub(lambda tag: _LINK.sub(whole, tag[0]), text)


@lru_cache(20_000)
def uri(address: str) -> str:
    """An address that somebody has written, with all that a URI cannot hold percent-encoded (RFC 3986); "" stays ""."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return ""
    scheme, host, path, fragment = match.groups()
    return scheme + _host(host or "") + _encoded(path) + (f"#{_encoded(fragment)}" if fragment else "")


def _host(host: str) -> str:
    """The part of an address between ``//`` and the path; a name in other letters as the name system knows it (RFC 5890)."""
    try:
        host = host if host.isascii() else "//" + host[2:].encode("idna").decode()
    except UnicodeError:  # it is no name that could be looked up
        pass
    return _encoded(host, _IN_PARTS + "[]" if _AUTHORITY.fullmatch(host) else "/%")


def _encoded(text: str, safe: str = _IN_PARTS) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(text, safe=safe))
