"""What is wrong with single answers: status, media type, caching, headers of security, links, mixed content, contents."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import urlsplit

from experts import hosting
from experts.problems import Problem

from .crawl import Walk
from .web import Answer, Place

_POLICY = "Content-Security-Policy"
ATOM = "{http://www.w3.org/2005/Atom}"
_SAME = {
    "application/xml": ("text/xml",),
    "text/javascript": ("application/javascript",),
    "image/x-icon": ("image/vnd.microsoft.icon",),
}
_GENERIC = {  # what hosts send that cannot be told more
    "application/atom+xml": ("application/xml", "text/xml"),
    "application/feed+json": ("application/json",),
    "application/manifest+json": ("application/json", "application/octet-stream"),
    "text/calendar": ("application/octet-stream",),
    "text/vcard": ("text/x-vcard", "application/octet-stream"),
    "text/x-opml": ("application/octet-stream", "application/xml", "text/xml"),
    "text/plain": ("application/octet-stream", ""),
}
_AGE = re.compile(r"max-age=(\d+)")
MOST_OF_A_PAGE, LEAST_FOR_EVER = 3600, 31_536_000 // 2  # seconds in caches


def findings(walk: Walk, place: Place, plain: bool) -> Iterator[Problem]:
    """All that is wrong; `plain` hosts set no headers of ours, and are not asked for them."""
    for path in sorted(walk.answers):
        answer, origin = walk.answers[path], walk.origins.get(path)
        if answer.status == 0:
            yield _wrong(place, path, "no-answer", "there is no answer: {why}", "", why=answer.why)
        elif answer.status == 200:
            yield from _media(answer, place, plain)
            yield from _contents(answer, place)
            if not plain:
                yield from _caching(answer, place)
        elif answer.status not in (301, 302, 303, 307, 308) and (origin is not None or path == ""):
            message = "this answers {status}, but {page} names it" if origin is not None else "this answers {status}"
            yield _wrong(place, path, "broken-link", message, "", status=answer.status, page=f"/{origin}")
    yield from _fragments(walk, place)
    yield from _listed(walk, place)
    yield from _mixed(walk, place)
    if not plain:
        yield from _security(walk, place)


def _wrong(place: Place, path: str, code: str, message: str, hint: str = "", **values: object) -> Problem:
    return Problem(place.url + path, 0, 0, code, message, hint, values)


def _media(answer: Answer, place: Place, plain: bool) -> Iterator[Problem]:
    path = answer.path
    wanted, _, charset = hosting.media_of(path + "index.html" if path.endswith("/") or not path else path).partition(
        "; "
    )
    given = answer.headers.get("content-type", "")
    if answer.media != wanted and answer.media not in (
        *_SAME.get(wanted, ()),
        *(_GENERIC.get(wanted, ()) if plain else ()),
    ):
        message, hint = "the media type is {value}", "it should be {wanted}"
        yield _wrong(place, path, "media-type", message, hint, value=given or "-", wanted=wanted)
    elif charset and "charset" in given.lower() and "utf-8" not in given.lower():
        message, hint = "the media type is {value}", "it should be {wanted}"
        yield _wrong(place, path, "media-type", message, hint, value=given, wanted=f"{wanted}; {charset}")


def _caching(answer: Answer, place: Place) -> Iterator[Problem]:
    path, given = answer.path, answer.headers.get("cache-control", "")
    found = _AGE.search(given)
    age = int(found[1]) if found else 0
    lasting = hosting.cache_of(path) == hosting.FOR_EVER
    if (age < LEAST_FOR_EVER) if lasting else (age > MOST_OF_A_PAGE or not given):
        message, hint = "Cache-Control is {value}", "it should be {wanted}"
        yield _wrong(place, path, "caching", message, hint, value=given or "-", wanted=hosting.cache_of(path))


def _contents(answer: Answer, place: Place) -> Iterator[Problem]:
    """Feeds and data that cannot be read, or that say to be something else."""
    name = answer.path.rpartition("/")[2]
    try:
        if name.endswith((".xml", ".opml")):
            root = ET.fromstring(answer.data)  # noqa: S314 - expat bounds what entities may do
            own = root.find(f"{ATOM}link[@rel='self']") if name.startswith("atom") else None
            self_link = own.get("href", "") if own is not None else ""
            ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
        elif name.endswith((".json", ".webmanifest")):
            content = json.loads(answer.data)
            feed = isinstance(content, dict) and name.startswith("feed") and "items" in content
            self_link = str(content.get("feed_url", "")) if feed else ""
            ids = [item.get("id") for item in content["items"]] if feed else []
        else:
            return
    except (ET.ParseError, ValueError, TypeError, AttributeError, RecursionError) as error:
        yield _wrong(place, answer.path, "contents", "this cannot be read: {why}", "", why=str(error))
        return
    if self_link and place.path(self_link) != answer.path:
        message = "the feed says that it is another one: {value}"
        yield _wrong(place, answer.path, "feed", message, "", value=self_link)
    if len(ids) != len(set(ids)) or None in ids:
        yield _wrong(place, answer.path, "feed", "two entries of the feed have the same name, or one has none")


def _fragments(walk: Walk, place: Place) -> Iterator[Problem]:
    for (path, fragment), origin in sorted(walk.places.items()):
        page = walk.pages.get(path)
        if page is not None and fragment not in page.ids:
            message = "{page} links to #{value} on this page, which is not there"
            yield _wrong(place, path, "broken-link", message, "", page="/" + origin, value=fragment)


def _listed(walk: Walk, place: Place) -> Iterator[Problem]:
    """Pages in the sitemap that say that their address is another one."""
    for path, page in sorted(walk.pages.items()):
        if page.canonical and path in walk.listed and place.path(page.canonical) != path:
            message = "the sitemap lists this page, which names {value} as its address"
            yield _wrong(place, path, "canonical", message, "", value=page.canonical)


def _mixed(walk: Walk, place: Place) -> Iterator[Problem]:
    if not place.url.startswith("https:"):
        return
    for path, page in sorted(walk.pages.items()):
        for address in page.loaded:
            if urlsplit(address).scheme == "http":
                message = "this page loads {value}, which is not encrypted"
                yield _wrong(place, path, "mixed-content", message, "", value=address)


def _security(walk: Walk, place: Place) -> Iterator[Problem]:
    """Each header that is missing, told once, with the number of pages."""
    pages = [path for path in sorted(walk.pages) if not path.startswith(hosting.ADMIN)]
    # Which players pages may frame is up to each site: any whole origins will do, the same for all pages.
    framed = hosting.frames_of(walk.answers[pages[0]].headers.get(_POLICY.lower(), "")) if pages else ()
    wanted = hosting.security(place.url) | hosting.isolation() | {_POLICY: hosting.policy(framed)}
    for name, value in wanted.items():
        missing = [path for path in pages if walk.answers[path].headers.get(name.lower()) != value]
        if missing:
            message, hint = "the header {name} is {value} here and on {more} more pages", "it should be {wanted}"
            given = walk.answers[missing[0]].headers.get(name.lower(), "-")
            values = {"name": name, "value": given, "wanted": value, "more": len(missing) - 1}
            yield _wrong(place, missing[0], "security", message, hint, **values)
