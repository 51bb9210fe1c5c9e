"""Bodies: whatever somebody writes, what comes out holds allowed elements and attributes only, and stays what it is when it is read again."""

from __future__ import annotations

import os
import re

import nh3
import payloads
import pytest
from experts import markup, mailto
from experts.links import fill
from hypothesis import example, given, settings
from hypothesis import strategies as st
from structure import with_html5lib

PATH = "profiles/mara/profile.md"
OURS = {"loading", "tabindex", "rel"}
NAMES = {tag: {*names, *markup._ATTRIBUTES["*"], *OURS} for tag, names in markup._ATTRIBUTES.items()}
LOCAL = {*markup.KINDS, "file", "path"}


def converted(text: str) -> str:
    """The stored HTML of a text."""
    return markup.convert(PATH, text, "en", 1)[0].html


def filled(html: str) -> str:
    """HTML as it stands in a page."""
    return fill(
        html,
        lambda name: f"/{name}/" if '"' not in name else name,
        lambda name: f'src="/x" width="1" height="1" class="c-{len(name)}"',
    )


def foreign(html: str) -> list[str]:
    """Elements, attributes and addresses that no body may hold, as html5lib sees them."""
    tags, attributes = with_html5lib(f"<!DOCTYPE html><html><head></head><body><div>{html}</div></body></html>")
    found = [tag for tag in tags if tag not in {*markup._TAGS, "html", "head", "body"}]
    for tag, name, value in attributes:
        scheme = re.match(r"[\0-\x20]*([a-z][a-z0-9+.-]*):", value, re.IGNORECASE)
        if name not in NAMES.get(tag, NAMES["*"]):
            found.append(f"{tag} {name}")
        if name in ("href", "src") and scheme and scheme[1].lower() not in {*markup.WEB_SCHEMES, *LOCAL}:
            found.append(f"{tag} {name}={value}")
        if name == "id" and not value.startswith("t-"):
            found.append(f"id={value}")
    return found


def settled(html: str) -> bool:
    """Whether HTML is what a browser's parser makes of it, with the same elements and attributes allowed."""
    attributes = {tag: {*names, *OURS} for tag, names in markup._ATTRIBUTES.items()}
    schemes = {*markup.WEB_SCHEMES, *LOCAL}
    again = nh3.clean(html, tags=set(markup._TAGS), attributes=attributes, url_schemes=schemes, link_rel=None)
    return re.sub(r"&quot;(?=[^<>]*(?:<|$))|&#x27;|&nbsp;", _plain, html) == again.replace("&nbsp;", "\u00a0")


def _plain(entity: re.Match[str]) -> str:
    return {"&quot;": '"', "&#x27;": "'", "&nbsp;": "\u00a0"}[entity[0]]


@pytest.mark.parametrize(
    "group",
    ["SCRIPTS", "HANDLERS", "ADDRESSES", "EMBEDS", "STYLES", "MUTATIONS", "FORMATS", "TEMPLATES", "UNSEEN", "CONTROLS"],
)
def test_no_body_holds_what_acts(group: str) -> None:
    """Each text as a body, in its stored form and in a page, has nothing that is not allowed, and reading it again changes nothing."""
    for text in getattr(payloads, group):
        html = converted(text)
        assert foreign(html) == foreign(filled(html)) == [], text
        assert settled(html), text


PIECES = st.sampled_from(
    [
        *"<>\"'`=/&;: \n\t[](){}!#*_-.\\|~^",
        *payloads.WRITTEN, *payloads.CONTROLS,
        "<a ", "<a>", "</a>", "<img ", " href=", " src=", " alt=", " title=", " class=", " id=", " align=left", "<td", "<table>", "<h1>",
        "</p>", "<pre>", "<code>", "expert:mara", "file:x.png", "path:/x", "//x.example/", "/%2fx.example/y", "&quot;", "&gt;", "&#0;",
        "&#x1b;", "&colon;", "&Tab;", "![", "](", "<!--", "-->", "<svg>", "<style>", "</style>", "<math>", "<mtext>", "\u2028", "\0",
    ]
)  # fmt: skip
MIXED = st.lists(PIECES | st.text(max_size=4), max_size=14).map("".join)


@settings(max_examples=int(os.environ.get("HOSTILE_EXAMPLES", "120")))
@given(MIXED)
@example("<a>![x](https://x.example/y.png)</a>")
@example("<table><tr><td align=left class=footnote>x</table>")
@example("&#27;[31m &#x9b;")
@example("![x](/%2Fx.example/y.png)")
def test_any_body(text: str) -> None:
    """Any mixture of pieces of markup gives allowed HTML that stays as it is when it is read again, without control characters."""
    html = converted(re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f]", "", text))  # no file may hold them as they are
    assert foreign(filled(html)) == []
    assert settled(html)
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", html)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Bytes that are text in some way or other are no exception."""
    assert foreign(filled(converted(data.decode("utf-8", "replace")))) == []


@pytest.mark.parametrize(
    "url",
    ["//x.example/a", "/%2Fx.example/a", "/%5Cx.example/a", "/\\x.example/a", "\\\\x.example/a", "///x.example/a"],
)
def test_no_address_of_the_site_is_another_host(url: str) -> None:
    """What looks like an address of this site, or a file beside the text, cannot be made to lead to another host."""
    html = converted(f"[x]({url}) <img src='{url}'>")
    assert not re.search(r'(href|src)="(path:)?[/\\]{2}|path:/[/\\]', html)
    assert not re.search(r'src="https?:', html)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("mailto:a@x.example?subject=Hi&body=A%0D%0AB", "mailto:a@x.example?subject=Hi&body=A%0D%0AB"),
        ("mailto:a@x.example?bcc=b@y.example", "mailto:a@x.example"),
        ("mailto:a@x.example?subject=Hi%0D%0ABcc:b@y.example&CC=b@y.example", "mailto:a@x.example?subject=Hi%20%20Bcc:b@y.example"),
        ("mailto:a@x.example%0D%0ABcc:b@y.example?%62cc=c", "mailto:a@x.exampleBcc:b@y.example"),
        ("mailto:?to=b@y.example&attach=/etc/passwd", "mailto:"),
    ],
)  # fmt: skip
def test_mail_addresses(url: str, expected: str) -> None:
    """A mail address that somebody wrote opens a mail to whom one sees, with a subject and a text: no hidden copy, no header more."""
    assert mailto.tamed(url) == expected
    assert converted(f"<a href='{url}'>x</a>").count(expected.replace("&", "&amp;")) == 1


@given(st.text(max_size=40))
def test_any_recipient(address: str) -> None:
    """All of an e-mail address is the recipient, and is read back as it was."""
    url = mailto.of(address)
    assert not re.search("[?&#]", url)
    assert mailto.recipient(url) == address
