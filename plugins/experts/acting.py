"""Files that are copied as they are, and what in them would act in the browser of whoever opens them.

A picture in a page runs no script, but its address can be opened by itself, and would then run it as a page of the site.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

PROGRAMS = frozenset(
    (".cgi", ".hta", ".js", ".mht", ".mhtml", ".mjs", ".php", ".phtml", ".shtml", ".svgz", ".swf", ".xht", ".xhtml")
)
"""Kinds that are made to act, or hide what they hold."""
PAGES, DOCUMENTS = frozenset((".htm", ".html")), frozenset((".rdf", ".svg", ".xml", ".xsl", ".xslt"))
KINDS = PROGRAMS | PAGES | DOCUMENTS

_ELEMENTS = frozenset(("audio", "embed", "foreignobject", "handler", "iframe", "listener", "object", "script", "video"))
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif)[;,])", re.IGNORECASE)
_WEB = re.compile(r"\s*https?:", re.IGNORECASE)
_LOADED = re.compile(
    r"@import|javascript:|expression\(|\\|url\(\s*(?![\s\"']*(?:#|data:image/(?!svg)|data:font/))", re.IGNORECASE
)
_XHTML, _SVG = "http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"


def ending(path: str) -> str:
    """The kind of a file: its ending in small letters."""
    return posixpath.splitext(path)[1].lower()


def acts(path: str, data: bytes) -> str:
    """What in the file `path` with the bytes `data` would act, in a word; "" if nothing does.

    HTML without any element (what search engines ask for as a proof, say) does nothing.
    """
    kind = ending(path)
    if kind in PROGRAMS:
        return kind
    if kind in PAGES:
        return "<" if b"<" in data or b"\0" in data else ""
    return _in_document(data) if kind in DOCUMENTS else ""


class _Found(Exception):  # noqa: N818 - it never leaves this module
    """Carries what was found."""


def _in_document(data: bytes) -> str:
    """What acts in an XML document: also its being none, since browsers run what stands before the first fault."""
    from xml.parsers.expat import ErrorString, ExpatError, ParserCreate  # few sites have such files

    parser = ParserCreate(namespace_separator=" ")
    texts: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        for found in _in_element(name, attributes):
            raise _Found(found)

    def instruction(target: str, _text: str) -> None:
        if target != "xml":
            raise _Found(f"<?{target}")

    def entity(name: str, *_: object) -> None:
        raise _Found(f"<!ENTITY {name}")

    parser.StartElementHandler = start
    parser.ProcessingInstructionHandler = instruction
    parser.EntityDeclHandler = entity
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(data, True)
    except _Found as found:
        return str(found)
    except (ExpatError, ValueError, LookupError) as error:
        return ErrorString(error.code) if isinstance(error, ExpatError) else str(error)
    style = _LOADED.search("".join(texts)) if b"<style" in data or b":style" in data else None
    return style[0] if style else ""


def _in_element(name: str, attributes: dict[str, str]) -> Iterator[str]:
    """What acts in an element."""
    space, _, own = name.rpartition(" ")
    if space == _XHTML or (own.lower() in _ELEMENTS and space in (_SVG, "")):
        yield f"<{own}"
    for full, value in attributes.items():
        attribute = full.rpartition(" ")[2].lower()
        if attribute.startswith("on"):
            yield attribute
        if attribute in ("href", "src") and not _OWN.match(value) and not (own == "a" and _WEB.match(value)):
            yield f"{attribute}={value[:60]}"
        if attribute == "attributename" and value.strip().lower().rpartition(":")[2].startswith(("href", "on")):
            yield f"{own} {value}"
        if "(" in value and (loaded := _LOADED.search(value)):
            yield loaded[0]
