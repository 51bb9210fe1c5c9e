"""Text in feeds: any text comes out as it went in, but for characters that feeds cannot hold."""

from __future__ import annotations

import json
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from feeds import rules
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from expert_feeds.archive import Document
from expert_feeds.atom import Atom
from expert_feeds.dates import rfc3339
from expert_feeds.entries import Entry
from expert_feeds.feed import Feed, Part
from expert_feeds.jsonfeed import JsonFeed
from expert_feeds.text import clean, construct
from expert_feeds.words import MESSAGES, Words
from experts import absolute
from experts.markup import sanitise
from experts.model import Body, Said

ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = Words({"de": {message: message for message in MESSAGES}}, b"")
ANYTHING = st.text(
    st.characters(codec=None, exclude_categories=()) | st.sampled_from("&<>\"';#]xD8\r\n\t\0\x0b\x85\ud800\ufffe\u2028")
)


def site(body: str) -> Any:
    """As much of a site as entries need; all bodies on it are `body`."""
    settings = SimpleNamespace(
        tag_authority="x.example,2026",
        timezone="Europe/Berlin",
        organisation={"name": "X", "url": ""},
        websub_hub="",
        root="",
        name="X",
    )
    return SimpleNamespace(
        settings=settings,
        assets={},
        look=SimpleNamespace(view=SimpleNamespace(icon="")),
        address=lambda path, lang="": f"https://x.example/{path}",  # noqa: ARG005 - one language
        html=lambda digest: body,  # noqa: ARG005 - one body
    )


def documents(title: str, summary: str, body: str, name: str, label: str) -> tuple[bytes, bytes]:
    """An Atom and a JSON feed with one entry."""
    entry = Entry(
        "story", "a", "stories/a/", "de", "de", title, summary, "2026-10-01", "2026-10-01", ((name, "mara", ""),), (("heat", label),),
        (), Body(b"", ()), (), None, None, "", "", "", b"1",
    )  # fmt: skip
    feed = Feed(
        "expert", "mara", "de", "experts/mara/", title, Said(summary, "de"), (name, "mara", ""), "2026-01-01", "", b"2"
    )
    part = Part(Document(0, 0), (entry,), b"3")
    return Atom(site(body)).document(feed, part, WORDS), JsonFeed(site(body)).document(feed, part, WORDS)


def said(element: Any) -> str:
    """The text of a text construct."""
    text = str(element.text or "")
    return unescape(text) if element.get("type") == "html" else text


@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING, ANYTHING)
@example("a </b> &amp; ]]> {{ x }}", "&lt;&#65;", "<p>&lt;/script> & \x0b</p>", "R&D2", "\ufffd\ud800 Q&A")
@example("\r\n\r", "\x85", "", "\u202eRTL", "\U0001f469\u200d\U0001f52c")
def test_any_text(title: str, summary: str, body: str, name: str, label: str) -> None:
    """Whatever stands in it, a feed can be read, and says what was written."""
    body = sanitise(body)
    atom, data = documents(title, summary, body, name, label)
    entry, item = etree.fromstring(atom).find(f"{ATOM}entry"), json.loads(data)["items"][0]
    assert said(entry.find(f"{ATOM}title")) == item["title"] == (clean(title) or "stories/a/")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == (clean(name) or "mara")
    in_attribute = clean(label).replace("\n", " ").replace("\t", " ")  # as XML reads attributes
    assert entry.find(f"{ATOM}category").get("label") == (in_attribute or "heat")
    if clean(summary):
        assert said(entry.find(f"{ATOM}summary")) == item["summary"] == clean(summary)
    assert (entry.findtext(f"{ATOM}content") or "") == item.get("content_html", "") == clean(body)
    for character in "\0\x0b\x85\ufffe\ufffd":
        assert character not in atom.decode() + data.decode()


@given(ANYTHING)
@example("What does </b> do?")
@example("Tom &amp; Jerry")
def test_text_that_looks_like_html(text: str) -> None:
    """A title that readers would take for HTML is written as HTML that says the same; the validator finds nothing in either."""
    text = clean(text)
    line = construct("title", text)
    element = etree.fromstring(line)
    assert said(element) == text
    if element.get("type") == "html":
        assert rules.html(element.text or "", "title") == []
    else:
        assert rules.plain(element.text or "", line, "title") == []


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ('<a href="#t-fn:1">1</a>', '<a href="https://x.example/s/a/#t-fn:1">1</a>'),
        ('<a title="a > b" href="/x">1</a>', '<a title="a > b" href="https://x.example/x">1</a>'),
        ('<a href="//y.example/z">1</a>', '<a href="https://y.example/z">1</a>'),
        ('<a href="mailto:a@b.example">1</a>', '<a href="mailto:a@b.example">1</a>'),
        ('<code>&lt;a href="#x"></code> href="#x"', '<code>&lt;a href="#x"></code> href="#x"'),
    ],
)
def test_addresses_in_html_are_absolute(written: str, made: str) -> None:
    """Every address leads from anywhere to where it led on the page; words that look like an address stay."""
    assert absolute.html(written, "https://x.example/s/a/") == made


@pytest.mark.parametrize(
    ("written", "zone", "made"),
    [
        ("2026-07-01", "Europe/Berlin", "2026-07-01T00:00:00+02:00"),
        ("2026-12-01", "Europe/Berlin", "2026-12-01T00:00:00+01:00"),
        ("2026-12-01", "UTC", "2026-12-01T00:00:00+00:00"),
        ("2026-12-01", "America/St_Johns", "2026-12-01T00:00:00-03:30"),
        ("1880-12-01", "Europe/Berlin", "1880-12-01T00:00:00+00:00"),
        ("0001-01-01", "Asia/Tokyo", "0001-01-01T00:00:00+00:00"),
        ("2026-11-09T18:00", "Europe/Berlin", "2026-11-09T18:00:00+01:00"),
        ("2026-11-09T18:00:00+0530", "Europe/Berlin", "2026-11-09T18:00:00+05:30"),
        ("2026-11-09T18:00:00Z", "Europe/Berlin", "2026-11-09T18:00:00+00:00"),
    ],
)
def test_dates(written: str, zone: str, made: str) -> None:
    """A day is its midnight where the site is at home; a moment without an offset has that of the place; a moment stays."""
    assert rfc3339(written, zone) == made


def test_days_of_several_entries_differ() -> None:
    """Two entries of one day are not of one moment, yet of the same second, and each always of the same moment."""
    one, other = (rfc3339("2026-07-01", "Europe/Berlin", name) for name in ("story a", "story b"))
    assert one != other
    assert one == rfc3339("2026-07-01", "Europe/Berlin", "story a")
    assert {one[:19], other[:19]} == {"2026-07-01T00:00:00"}
