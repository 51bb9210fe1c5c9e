"""What is wrong with a feed: rules at least as strict as those of the W3C's feed validator, errors and warnings alike.

The names in the complaints are the validator's where it has the rule.  Each feed must also fit the grammar (atom.rng,
typed from RFC 4287) or the schema (jsonfeed.schema.json) beside this file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from html5lib import HTMLParser
from html5lib.html5parser import ParseError
from jsonschema import Draft202012Validator
from lxml import etree

from experts import markup
from experts.languages import ISO_639_1

HERE = Path(__file__).parent
ATOM, MEDIA = "{http://www.w3.org/2005/Atom}", "{http://search.yahoo.com/mrss/}"
HISTORY, XHTML = "{http://purl.org/syndication/history/1.0}", "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RELATIONS = {"alternate", "current", "enclosure", "hub", "next-archive", "prev-archive", "related", "self", "via"}
OF_HISTORY = {"current", "next-archive", "prev-archive"}
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d{2}(-\d{2})?)?:[a-z]+/[0-9a-f]{20}")
URI = re.compile(r"https?://[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#\[\]]+", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff]")
MISREAD = re.compile("[\u00c2\u00c3][\u0080-\u00bf]")
ENTITY, CLOSING = re.compile(r"&(#?\w+)"), re.compile(r"</\w+>")
LARGEST = 5_000_000
ATTRIBUTES = set().union(*markup._ATTRIBUTES.values()) | {"loading", "rel"}


@cache
def grammar() -> etree.RelaxNG:
    """The grammar of Atom."""
    return etree.RelaxNG(etree.parse(HERE / "atom.rng"))


@cache
def schema() -> Draft202012Validator:
    """The schema of JSON Feed."""
    return Draft202012Validator(json.loads((HERE / "jsonfeed.schema.json").read_text("utf-8")))


def of_atom(data: bytes, address: str, today: str) -> list[str]:
    """Complaints about an Atom feed that lies at `address`, on the day `today`."""
    if len(data) > LARGEST:
        return [f"ValidatorLimit: {len(data)} bytes"]
    if not data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n'):
        return ["no XML declaration"]
    try:
        feed = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        return [f"SAXError: {error}"]
    found = [] if grammar().validate(feed) else [f"grammar: {grammar().error_log.last_error}"]
    lines = data.decode().splitlines()
    return found + [complaint for rule in ATOM_RULES for complaint in rule(feed, address, today, lines)]


def of_json(data: bytes, address: str, today: str) -> list[str]:
    """Complaints about a JSON Feed that lies at `address`, on the day `today`."""
    feed = json.loads(data)
    found = [f"schema: {error.json_path} {error.message}" for error in schema().iter_errors(feed)]
    if UNFIT.search(data.decode()) or "\ufffd" in data.decode():
        found.append("BadCharacters")
    if not feed.get("expired") and "feed_url" in feed and feed["feed_url"] != address:
        found.append(f"feed_url is {feed['feed_url']}")
    found += repeated("id", [item["id"] for item in feed["items"]])
    found += repeated("date_modified", [item["date_modified"] for item in feed["items"]])
    for item in feed["items"]:
        found += html(item.get("content_html", ""), item["id"])
        found += [*date(item["date_published"], today), *date(item["date_modified"], today)]
        if datetime.fromisoformat(item["date_modified"]) < datetime.fromisoformat(item["date_published"]):
            found.append(f"{item['id']}: changed before it was published")
        found += language(item["language"])
    return found + language(feed["language"])


# -- rules of Atom --------------------------------------------------------------------------------

Rule = Callable[[Any, str, str, list[str]], Iterator[str]]


def characters(feed: Any, *_: Any) -> Iterator[str]:
    """BadCharacters: C1 controls, U+FFFD, and UTF-8 that was read as Latin 1."""
    for element in feed.iter("*"):
        for text in (element.text or "", *element.attrib.values()):
            if UNFIT.search(text) or MISREAD.search(text):
                yield f"BadCharacters in {element.tag}"


def namespaces(feed: Any, *_: Any) -> Iterator[str]:
    """UnknownNamespace, AvoidNamespacePrefix, UndefinedElement: only elements that the validator knows, where it knows them."""
    known = {None: ATOM, "media": MEDIA, "fh": HISTORY}
    yield from [f"namespace {prefix}" for prefix, uri in feed.nsmap.items() if known.get(prefix) != f"{{{uri}}}"]
    for element in feed.iter("*"):
        if element.tag.startswith(XHTML) and element.tag != f"{XHTML}div" and element.prefix:
            yield f"AvoidNamespacePrefix {element.tag}"
    for child in feed:
        if not child.tag.startswith(ATOM) and child.tag not in (f"{XHTML}div", f"{HISTORY}archive"):
            yield f"UndefinedElement {child.tag}"
    for element in feed.iter(f"{ATOM}entry"):
        yield from [
            f"UndefinedElement {c.tag}" for c in element if not c.tag.startswith(ATOM) and c.tag != f"{MEDIA}content"
        ]


def metadata(feed: Any, *_: Any) -> Iterator[str]:
    """MisplacedMetadata: what a feed says of itself stands before its entries; and it has an author."""
    tags = [child.tag for child in feed]
    if f"{ATOM}entry" in tags and set(tags[tags.index(f"{ATOM}entry") :]) != {f"{ATOM}entry"}:
        yield "MisplacedMetadata"
    if f"{ATOM}author" not in tags:
        yield "MissingElement author"


def identifiers(feed: Any, *_: Any) -> Iterator[str]:
    """InvalidTAG, DuplicateEntries, DuplicateUpdated: names are tag: URIs, and no two entries share one, or a moment."""
    for element in feed.iter(f"{ATOM}id"):
        if not TAG.fullmatch(element.text):
            yield f"InvalidTAG {element.text}"
    entries = feed.findall(f"{ATOM}entry")
    yield from repeated("id", [feed.findtext(f"{ATOM}id"), *[entry.findtext(f"{ATOM}id") for entry in entries]])
    yield from repeated("updated", [entry.findtext(f"{ATOM}updated") for entry in entries])


def links(feed: Any, address: str, *_: Any) -> Iterator[str]:
    """MissingSelf, SelfDoesntMatchLocation, DuplicateAtomLink, UnregisteredAtomLinkRel, and what else can be wrong with a link."""
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"MissingSelf or SelfDoesntMatchLocation: {own}"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        found = element.findall(f"{ATOM}link")
        pairs = [(link.get("type"), link.get("hreflang")) for link in found if link.get("rel") == "alternate"]
        yield from repeated("DuplicateAtomLink", pairs)
        if not pairs:
            yield "MissingAlternate"
        for link in found:
            relation, media = link.get("rel"), link.get("type", "")
            if relation not in RELATIONS or (relation in OF_HISTORY and element is not feed):
                yield f"UnregisteredAtomLinkRel or FeedHistoryRelInEntry {relation}"
            if not URI.fullmatch(link.get("href")):
                yield f"InvalidIRI {link.get('href')}"
            if relation in OF_HISTORY | {"self"} and media != "application/atom+xml":
                yield f"SelfNotAtom {media}"
            if relation == "enclosure" and not (media and link.get("length")):
                yield "enclosure without type or length"
            yield from language(link.get("hreflang", "en"))


def addresses(feed: Any, *_: Any) -> Iterator[str]:
    """InvalidFullLink: every address is an absolute URI of the web."""
    texts = [e.text for e in feed.iter(f"{ATOM}uri", f"{ATOM}icon", f"{ATOM}logo")]
    texts += [e.get("scheme") for e in feed.iter(f"{ATOM}category")] + [
        e.get("url") for e in feed.iter(f"{MEDIA}content")
    ]
    texts += [e.get("href") for e in feed.iter(f"{XHTML}a")]
    yield from [
        f"InvalidFullLink {text}" for text in texts if not URI.fullmatch(text or "") or not urlsplit(text).hostname
    ]


def dates(feed: Any, _address: str, today: str, _lines: list[str]) -> Iterator[str]:
    """InvalidRFC3339Date, ImplausibleDate; nothing changes before it is published, and a feed is as new as its newest entry."""
    wrong = [one for element in feed.iter(f"{ATOM}updated", f"{ATOM}published") for one in date(element.text, today)]
    yield from wrong
    if any("InvalidRFC3339Date" in one for one in wrong):
        return
    newest = []
    for entry in feed.findall(f"{ATOM}entry"):
        published, updated = (
            datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")) for name in ("published", "updated")
        )
        newest.append(updated)
        if updated < published:
            yield f"{updated} before {published}"
    if newest and max(newest) != datetime.fromisoformat(feed.findtext(f"{ATOM}updated")):
        yield "updated is not that of the newest entry"


def texts(feed: Any, _address: str, _today: str, lines: list[str]) -> Iterator[str]:
    """NotBlank, ContainsHTML, ContainsUndeclaredHTML, NotHtml, SecurityRisk, ContainsRelRef."""
    for element in feed.iter(
        *[f"{ATOM}{name}" for name in ("title", "subtitle", "summary", "content", "name", "generator")]
    ):
        text, kind = element.text or "", element.get("type", "text")
        if not text.strip():
            yield f"NotBlank {element.tag}"
        if kind == "html":
            yield from html(text, element.tag)
        else:
            yield from plain(text, lines[element.sourceline - 1], element.tag)
    for element in feed.iter(f"{ATOM}category"):
        yield from plain(element.get("label"), lines[element.sourceline - 1], "label")
    for entry in feed.findall(f"{ATOM}entry"):
        if entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}summary") is None:
            yield "MissingTextualContent"


def languages(feed: Any, *_: Any) -> Iterator[str]:
    """InvalidLanguage; and the feed and each entry say theirs."""
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        yield from language(element.get(LANG) or "")


def history(feed: Any, *_: Any) -> Iterator[str]:
    """ArchiveIncomplete, MissingCurrentInArchive (RFC 5005): an archive says so and leads to the present; only it does."""
    relations = {link.get("rel") for link in feed.findall(f"{ATOM}link")}
    archive = feed.find(f"{HISTORY}archive") is not None
    if archive != ("current" in relations) or ("next-archive" in relations and not archive):
        yield "MissingCurrentInArchive"
    if archive and "hub" in relations:
        yield "an archive has a hub"


def media(feed: Any, *_: Any) -> Iterator[str]:
    """InvalidPositiveInteger, InvalidMediaMedium: numbers of pictures are numbers."""
    for element in feed.iter(f"{MEDIA}content"):
        numbers = [element.get(name) for name in ("fileSize", "width", "height") if element.get(name) is not None]
        if not all(int(number) > 0 for number in numbers) or element.get("medium") != "image":
            yield "media:content"
        if {child.tag for child in element} - {f"{MEDIA}{name}" for name in ("description", "credit", "copyright")}:
            yield "UndefinedElement in media:content"


ATOM_RULES: tuple[Rule, ...] = (
    characters, namespaces, metadata, identifiers, links, addresses, dates, texts, languages, history, media,
)  # fmt: skip


# -- rules of both ----------------------------------------------------------------------------------


def repeated(what: str, values: list[Any]) -> list[str]:
    """A complaint for each value that is there more than once."""
    return [f"duplicate {what} {value}" for value, count in Counter(values).items() if count > 1]


def date(value: str, today: str) -> list[str]:
    """InvalidRFC3339Date, ImplausibleDate."""
    if not DATE.fullmatch(value):
        return [f"InvalidRFC3339Date {value}"]
    latest = datetime.fromisoformat(f"{today}T23:59:59+00:00") + timedelta(days=1)
    return [] if value >= "1990" and datetime.fromisoformat(value) <= latest else [f"ImplausibleDate {value}"]


def language(value: str) -> list[str]:
    """InvalidLanguage."""
    primary = value.partition("-")[0].lower()
    return [] if primary in ISO_639_1 or len(primary) == 3 else [f"InvalidLanguage {value!r}"]


def plain(text: str, line: str, where: str) -> list[str]:
    """ContainsHTML: text that looks like HTML; an ampersand written as a number is meant to be one."""
    if CLOSING.search(text) or (ENTITY.search(text) and "&#x" not in line):
        return [f"ContainsHTML {where}: {text}"]
    return []


def html(text: str, where: str) -> list[str]:
    """NotHtml, SecurityRisk, SecurityRiskAttr, ContainsRelRef: HTML without a mistake, of harmless elements, with whole addresses."""
    parser = HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        tree = parser.parseFragment(text)
    except ParseError as error:
        return [f"NotHtml {where}: {error} {parser.errors}"]
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in markup._TAGS:
            found.append(f"SecurityRisk {where}: {element.tag}")
        found += [f"SecurityRiskAttr {where}: {name}" for name in element.attrib if name not in ATTRIBUTES]
        for name in ("href", "src", "cite"):
            value = element.get(name)
            if value is not None and not re.match(r"[a-z][a-z0-9+.-]*:.", value):
                found.append(f"ContainsRelRef {where}: {value}")
            if value is not None and re.match(r"(expert|story|topic|hook|event|page|file|path):", value):
                found.append(f"a name without an address {where}: {value}")
    return found
