"""What files are made of, by the parser of their own format: what a text cannot change, whatever it holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import html5lib
import icalendar
import nh3
from lxml import etree

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
OURS = frozenset(
    [
        "a",
        "address",
        "article",
        "b",
        "bdi",
        "blockquote",
        "body",
        "br",
        "button",
        "data",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "head",
        "header",
        "html",
        "i",
        "img",
        "input",
        "label",
        "li",
        "link",
        "main",
        "mark",
        "meta",
        "nav",
        "noscript",
        "ol",
        "output",
        "p",
        "picture",
        "script",
        "search",
        "section",
        "small",
        "source",
        "span",
        "strong",
        "summary",
        "template",
        "time",
        "title",
        "ul",
        "wbr",
        "svg",
        "circle",
        "path",
        "code",
        "pre",
        "select",
        "option",
        "fieldset",
        "legend",
        "svg:svg",
    ]
)
_ATTRIBUTE_URL = (
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
_SCHEME = re.compile(r"[\s\0-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_TAG = re.compile(r"<(/?[a-z][^\s/>]*)", re.IGNORECASE)

Attributes = list[tuple[str, str, str]]


def parsed(html: str) -> tuple[list[str], Attributes]:
    """The elements of HTML in their order, and all attributes, as html5ever (nh3's parser, that of Servo) sees them."""
    found: Attributes = []

    def note(tag: str, name: str, value: str) -> str | None:
        found.append((tag, name, value))
        return None

    clean = nh3.clean(
        html, tags=set(_TAGS), clean_content_tags=set(), attributes={}, generic_attribute_prefixes={""},
        attribute_filter=note, url_schemes={*SCHEMES, "javascript", "data", "vbscript", "file", "blob"}, link_rel=None,
    )  # fmt: skip
    return [tag.lower() for tag in _TAG.findall(clean)], found


def dangers(elements: list[str], attributes: Attributes) -> list[str]:
    """What must not be in a page of ours: attributes that act, addresses that run something, scripts of others."""
    found = [f"<{name}>" for name in set(elements) if name.lstrip("/") not in ALLOWED]
    for tag, name, value in attributes:
        scheme = _SCHEME.match(value)
        if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping", "target", "nonce", "background"):
            found.append(f"{tag} {name}={value}")
        if name in _ATTRIBUTE_URL and scheme and scheme[1].lower() not in SCHEMES:
            found.append(f"{tag} {name}={value}")
        if (tag, name) in (
            ("script", "src"),
            ("link", "href"),
            ("img", "src"),
            ("source", "srcset"),
            ("form", "action"),
        ):
            if not value.startswith(("/", "https://experts.example.com/")) or value.startswith("//"):
                found.append(f"{tag} {name}={value}")
    return found


def bodies_of(html: str) -> str:
    """A page without the texts of bodies, whose elements are their authors'."""
    return _PROSE.sub(r"\1", html)


_PROSE = re.compile(
    r'(<div class="prose[^>]*>).*?(?=</div>\s*(?:</section>|</article>|<footer|</div>\s*</article>|</div>\s*<))',
    re.DOTALL,
)


def of_html(text: str) -> Any:
    """Names of elements and attributes in their order."""
    elements, attributes = parsed(bodies_of(text))
    return elements, [(tag, name) for tag, name, _ in attributes]


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
