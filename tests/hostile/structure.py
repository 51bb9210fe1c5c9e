"""What files are made of, by the parser of their own format: what a text cannot change, whatever it holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import html5lib
import icalendar
import nh3
from lxml import etree

from experts import markup

_TAGS = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "u",
    "ul",
    "use",
    "var",
    "video",
    "wbr",
    "circle",
    "path",
    "g",
    "animate",
    "set",
    "image",
    "foreignobject",
    "marquee",
    "frameset",
    "frame",
    "applet",
    "portal",
    "plaintext",
    "xmp",
    "listing",
    "noembed",
    "noframes",
]
"""All elements that somebody could bring in, so that none of them is lost on the way."""
ALLOWED = markup._TAGS | frozenset(
    [
        "address",
        "article",
        "bdi",
        "body",
        "button",
        "data",
        "fieldset",
        "footer",
        "form",
        "head",
        "header",
        "html",
        "input",
        "label",
        "legend",
        "link",
        "main",
        "meta",
        "nav",
        "option",
        "output",
        "picture",
        "script",
        "search",
        "section",
        "select",
        "source",
        "svg",
        "circle",
        "path",
        "template",
        "title",
    ]
)
"""Those of our pages: what bodies may hold, and what the theme has."""
_ADDRESSES = (
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "poster",
    "src",
    "srcset",
    "ping",
    "xlink:href",
)
SCHEMES = (
    "http",
    "https",
    "mailto",
    "tel",
    "sgnl",
    "signal",
    "xmpp",
    "matrix",
    "tg",
    "threema",
    "whatsapp",
    "sip",
    "sips",
)
_LOADED = (("script", "src"), ("link", "href"), ("img", "src"), ("source", "srcset"), ("form", "action"))
_LOADED = (("script", "src"), ("link", "href"), ("img", "src"), ("source", "srcset"), ("form", "action"))
_SCHEME = re.compile(r"[\s\0-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_TAG = re.compile(r"<([a-z][^\s/>]*)")

Attributes = list[tuple[str, str, str]]


def parsed(html: str) -> tuple[list[str], Attributes]:
    """The elements of HTML in their order, and all attributes, as html5ever (nh3's parser, that of Servo) sees them."""
    found: Attributes = []
    clean = _serialised(html, lambda *attribute: found.append(attribute))  # type: ignore[arg-type, func-returns-value]
    return _TAG.findall(clean), found


def _serialised(html: str, see: Callable[[str, str, str], str | None]) -> str:
    """HTML as its parser writes it again, with the attributes that `see` gives back; elements without a name of HTML are lost."""
    schemes = {*SCHEMES, "javascript", "data", "vbscript", "file", "blob"}
    return nh3.clean(
        html, tags=set(_TAGS), clean_content_tags=set(), attributes={}, generic_attribute_prefixes={""},
        attribute_filter=see, url_schemes=schemes, link_rel=None,
    )  # fmt: skip


def dangers(elements: list[str], attributes: Attributes) -> list[str]:
    """What must not be in a page of ours: attributes that act, addresses that run something, scripts of others."""
    found = [f"<{name}>" for name in set(elements) if name not in ALLOWED]
    for tag, name, value in attributes:
        scheme = _SCHEME.match(value)
        if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping", "target", "nonce", "background"):
            found.append(f"{tag} {name}={value}")
        if name in _ADDRESSES and scheme and scheme[1].lower() not in SCHEMES:
            found.append(f"{tag} {name}={value}")
        own = value.startswith(("/", "https://experts.example.com/")) and not value.startswith("//")
        if (tag, name) in _LOADED and not own:
            found.append(f"{tag} {name}={value}")
    return found


def of_html(text: str) -> Any:
    """Elements with the names of their attributes, in their order, but for those of bodies, which are their authors'."""
    clean = _serialised(text, lambda _tag, _name, value: value)
    found: list[Any] = []
    depth = 0  # within a body
    for closing, tag, attributes in _WHOLE_TAG.findall(clean):
        if 'class="section others"' in attributes:  # who is like somebody is found by their words
            break
        if depth:
            depth += 0 if tag in _VOID else -1 if closing else 1
        elif tag == "div" and 'class="prose' in attributes:
            depth = 1
        elif not closing:  # how large a title is set depends on how long it is
            found.append((tag, [name for name in _NAME.findall(attributes) if (tag, name) != ("h1", "class")]))
    return found


_WHOLE_TAG, _NAME = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>"), re.compile(r' ([\w:-]+)="')
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


def of_json(value: Any) -> Any:
    """Names and kinds, all the way down; lists of texts by their length."""
    if isinstance(value, dict):
        return {key: of_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [of_json(part) for part in value]
    return type(value).__name__


def of_xml(data: bytes) -> Any:
    """Names of elements and attributes in their order; whether a title is called HTML is its own business."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.getroottree().docinfo.internalDTD is None
    return [
        (node.tag, sorted(set(node.attrib) - {"type"})) if isinstance(node.tag, str) else str(node.tag)
        for node in root.iter()
    ]


def of_vcard(data: bytes) -> Any:
    """Names and parameters of the properties, of lines as the most lenient reader would end them."""
    text = data.decode().replace("\r\n ", "")
    assert Counter(text.splitlines()) == Counter(text.split("\r\n")[:-1])
    return [line.partition(":")[0] for line in text.splitlines()]


def of_calendar(data: bytes) -> Any:
    """Components within components, each with the names of its properties."""
    text = data.decode().replace("\r\n ", "")
    assert Counter(text.splitlines()) == Counter(text.split("\r\n")[:-1])

    def component(found: Any) -> Any:
        return found.name, sorted(found.keys()), [component(part) for part in found.subcomponents]

    return component(icalendar.Calendar.from_ical(data))


def of_lines(data: bytes) -> Any:
    """The first word of each line."""
    return [line.partition(" ")[0] for line in data.decode().splitlines()]


def structure(path: str, data: bytes) -> Any:
    """What a file is made of; "" of a picture."""
    kind = PurePosixPath(path).suffix
    if kind == ".html":
        return of_html(data.decode())
    if kind in (".json", ".webmanifest"):
        return of_json(json.loads(data))
    if kind in (".xml", ".opml"):
        return of_xml(data)
    if kind == ".vcf":
        return of_vcard(data)
    if kind == ".ics":
        return of_calendar(data)
    return of_lines(data) if kind in (".txt", ".conf", "") else ""


def with_html5lib(text: str) -> tuple[list[str], Attributes]:
    """The same as `parsed`, as html5lib sees it."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    found = [node for node in tree.iter() if isinstance(node.tag, str)]
    names = [node.tag.rpartition("}")[2] for node in found]
    return names, [
        (name, key.rpartition("}")[2], value)
        for name, node in zip(names, found, strict=True)
        for key, value in node.attrib.items()
    ]


def json_ld(html: str) -> list[Any]:
    """The graphs of a page."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [json.loads(node.text) for node in tree.iter("script") if node.get("type") == "application/ld+json"]
