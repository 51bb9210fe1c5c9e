"""Addresses are published where a person put them, read by people, and not found by programs that search bytes."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree
import pytest
from factory import CONSENT, Checkout, Site
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from experts import veil

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MAIL, PHONE = "mara.lindqvist+press@example.com", "+49 40 123456-7"
WRITTEN = {
    name: f"{name}@posteo.example" for name in ("body", "link", "summary", "headline", "story", "plain", "interests")
}
CALL = "+49 30 7654321"
FULL = {**CONSENT, "channels": ["site", "search-engines", "feeds", "press-kit", "images", "ai"]}

# As collecting programs have them: the address itself, the link, and what people write to hide the sign.
HARVESTERS = (
    re.compile(rb"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"),
    re.compile(rb"mailto:\s*([^\"'<>?\s]+)", re.IGNORECASE),
    re.compile(
        rb"[\w.+-]+\s*(?:@|%40|\(at\)|\[at\]|\sat\s|&#0*64;|&#x40;|&commat;)\s*[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
    ),
)
PHONES = (re.compile(rb"tel:[+\d]"), re.compile(rb"\+49[\s\d/()-]{6,}"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a built site on which one person writes addresses everywhere, and two who work with her give none."""
    folder = tmp_path_factory.mktemp("veil")
    site = Site(folder / "site", Checkout(folder / "checkout"))
    site.settings(
        SITEURL="https://experts.example",
        PRESS_OFFICE={"name": "Presse", "email": "press@tiny.example", "phone": "+49 40 99"},
    )
    site.profile(
        "mara",
        f"Mail <{WRITTEN['body']}> or [write](mailto:{WRITTEN['link']}?subject=Hi), [call](tel:+49307654321), "
        f"[{CALL}](tel:+49-30-7654321), `{WRITTEN['plain']}`.\n",
        contact={"email": MAIL, "phone": PHONE},
        headline=f"Answers at {WRITTEN['headline']}",
        summary=f"Mara is at {WRITTEN['summary']}.",
        interests=f"See {WRITTEN['interests']}",
        links={"mastodon": "@mara@social.example", "email": WRITTEN["body"]},
        consent=FULL,
        owner=["mara-owner"],
        topics=["pumps", "heat"],
        absence={"from": "2026-11-01", "until": "2026-12-31", "deputy": "jonas"},
    )
    site.profile("jonas", lang="en", consent=FULL, owner=["jonas-w"], contact=None)
    site.story(
        "boiler",
        f"Write to [me](mailto:{WRITTEN['story']}) or {WRITTEN['story']}.\n",
        authors=["mara", "jonas"],
        summary=f"By {WRITTEN['story']}",
    )
    site.built("--publish")
    return site


def outputs(site: Site) -> dict[str, bytes]:
    """Return what anybody can read, without contact cards, which are meant for address books."""
    return {name: data for name, data in site.tree().items() if not name.endswith((".vcf", "/"))}


def test_collecting_programs_find_no_person(site: Site) -> None:
    """No pattern finds a person's address in the bytes of any file, except in the contact card."""
    known = [MAIL, *WRITTEN.values()]
    found = {}
    for name, data in outputs(site).items():
        hits = [hit if isinstance(hit, bytes) else hit[0] for pattern in HARVESTERS for hit in pattern.findall(data)]
        found[name] = [
            hit
            for hit in hits
            if any(word.encode() in unescape(hit.decode("utf-8", "replace")).encode() for word in known)
        ]
        assert all(word.encode() not in data for word in known), name
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert any(pattern.findall((site.output / "experts/mara/contact.vcf").read_bytes()) for pattern in HARVESTERS)


def test_pages_name_no_telephone_in_bytes(site: Site) -> None:
    """Nor does a pattern find a telephone number in a page or feed; the API, which programs read on purpose, has it."""
    found = {name: {hit for pattern in PHONES for hit in pattern.findall(data)} for name, data in outputs(site).items()}
    office = {b"+49 40 99"}
    with_phone = {name for name, hits in found.items() if {hit.strip() for hit in hits} - office}
    assert with_phone == {"api/experts/mara.json"}


def test_only_where_it_was_put(site: Site) -> None:
    """An address stands on the person's own page, in the card and in the API; on no list, in no feed, index or text."""
    readable = {
        name: unescape(data.decode("utf-8", "replace").replace("\\u0040", "@")) for name, data in site.tree().items()
    }
    own = {name for name, text in readable.items() if MAIL in text.replace("<wbr>", "")}
    assert own == {
        "experts/mara/index.html",
        "en/experts/mara/index.html",
        "experts/mara/contact.vcf",
        "api/experts/mara.json",
    }
    words = {
        name
        for name, text in readable.items()
        if name.startswith(("search/index/", "llms")) and WRITTEN["body"] in text
    }
    assert words == set()


def test_nobody_gets_an_address_that_they_did_not_give(site: Site) -> None:
    """Accounts of owners, the deputy's page and the press office add no address to a person; without one, the office answers."""
    page = lxml_html.parse(str(site.output / "experts/jonas/index.html"))
    assert {
        link.partition(":")[2] for link in page.xpath("//main//a/@href") if link.startswith(("mailto:", "tel:"))
    } == {"press@tiny.example", "+494099"}
    card = (site.output / "experts/jonas/contact.vcf").read_text("utf-8")
    assert "EMAIL" not in card
    assert "TEL" not in card
    api = json.loads((site.output / "api/experts/jonas.json").read_text("utf-8"))
    assert not {"email", "phone"} & api.keys()
    every = b"".join(site.tree().values())
    assert b"mara-owner" not in every
    assert b"jonas-w" not in every


def test_what_is_read_is_the_same(site: Site) -> None:
    """Who reads HTML, XML or JSON as it is meant gets each address as it was written."""
    page = lxml_html.parse(str(site.output / "experts/mara/index.html"))
    links = page.xpath("//main//a/@href")
    assert {
        f"mailto:{MAIL}",
        "tel:+49401234567",
        f"mailto:{WRITTEN['body']}",
        f"mailto:{WRITTEN['link']}?subject=Hi",
    } <= set(links)
    texts = [link.text_content() for link in page.xpath("//main//address/a")]
    assert texts == [PHONE, MAIL]
    assert WRITTEN["headline"] in page.xpath("//meta[@name='description']/@content")[0]
    data = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    person = next(node for node in data["@graph"] if node["@type"] == "Person")
    assert WRITTEN["summary"] in person["description"]
    assert not {"email", "telephone"} & person.keys()
    feed = etree.parse(str(site.output / "experts/mara/atom.xml"))
    assert f'href="mailto:{WRITTEN["story"]}"' in feed.findtext(".//{*}entry/{*}content")
    items = json.loads((site.output / "experts/mara/feed.json").read_text("utf-8"))["items"]
    assert f'href="mailto:{WRITTEN["story"]}"' in items[0]["content_html"]
    api = json.loads((site.output / "api/experts/mara.json").read_text("utf-8"))
    assert (api["email"], api["phone"]) == (MAIL, PHONE)
    assert f"mailto:{WRITTEN['link']}?subject=Hi" in api["biography_html"]["de"]


def test_an_edit_makes_what_a_clean_build_makes(site: Site) -> None:
    """The way in which letters are written depends on the address alone."""
    assert site.stale("--publish") == []


# -- the functions ------------------------------------------------------------------------------------------


@given(st.text())
def test_letters_mean_the_text(text: str) -> None:
    """References are read as the text again, and no letter of it is left."""
    text = text.replace("\r", "").replace("\0", "")
    told = veil.letters(text)
    assert re.fullmatch(r"(?:&#(?:\d+|x[0-9a-f]+);)*", told)
    assert [
        chr(int(hexed, 16) if hexed else int(number))
        for number, hexed in re.findall(r"&#(?:(\d+)|x([0-9a-f]+));", told)
    ] == list(text)


ADDRESS = st.from_regex(r"[a-z0-9][a-z0-9.+_-]{0,12}@[a-z][a-z0-9-]{0,8}(\.[a-z][a-z0-9-]{0,8}){1,3}", fullmatch=True)
PIECE = st.sampled_from(
    [
        "<p>",
        "</p>",
        "&amp;",
        "&lt;",
        "@",
        " @media ",
        "é",
        "<b>",
        "</b>",
        " ",
        "https://social.example/@mara ",
        "x",
        ".",
        "-",
    ]
)


@given(st.lists(PIECE | ADDRESS | ADDRESS.map(lambda one: f'<a href="mailto:{one}">{one}</a>')).map("".join))
@example("a@b.cd@e.fg")
@example("mailto:a@b.cd")
@example("@0@a.aa")
def test_html_means_the_same_and_holds_no_address(text: str) -> None:
    """Whatever stands around an address: the page reads the same, and no pattern finds anything in its bytes."""
    done = veil.marked_up(text)
    assert unescape(done) == unescape(text)
    assert not re.search(r"[a-z0-9._+-]+@[a-z0-9-]+\.[a-z]{2,}", done)


@given(st.dictionaries(st.text() | ADDRESS, st.lists(st.text() | ADDRESS)))
def test_json_means_the_same(value: Any) -> None:
    """JSON is the same data, and holds no sign by which addresses are found."""
    told = veil.in_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(told) == value
    assert "@" not in told


def test_scripts_are_left_as_they_run() -> None:
    """In data of a script JSON escapes the sign; a program stays what it is."""
    data = '<p>x@y.de</p><script type="application/ld+json">{"@id":"x@y.de"}</script><script>/@x@y.de/</script>'
    done = veil.marked_up(data)
    assert '<script type="application/ld+json">{"@id":"x\\u0040y.de"}</script><script>/@x@y.de/</script>' in done
    assert done.startswith("<p>&#")


def test_other_files_stay() -> None:
    """A calendar, a card or a plain text has no other way to write an address."""
    assert veil.veiled("a.ics", "x@y.de") == b"x@y.de"
    assert veil.veiled("a.jpg", b"\xffx@y.de") == b"\xffx@y.de"
    assert b"@" not in veil.veiled("a.xml", b"<a>x@y.de</a>") + veil.veiled("a.json", '"x@y.de"')
    assert veil.without("Mail x@y.de, or @mara.") == "Mail …, or @mara."


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_browser_shows_copies_and_names_the_address(
    site: Site, browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    """With and without JavaScript: what is seen, copied, followed and read aloud is the true address and number."""
    context = browser.new_context(java_script_enabled=scripts)
    try:
        page = context.new_page()
        copy = tmp_path / "page.html"
        copy.write_bytes((site.output / "experts/mara/index.html").read_bytes())
        page.goto(copy.as_uri())
        mail, phone = page.locator("main a.u-email").first, page.locator("main a.p-tel").first
        assert (mail.inner_text(), phone.inner_text()) == (MAIL, PHONE)
        assert (mail.get_attribute("href"), phone.get_attribute("href")) == (f"mailto:{MAIL}", "tel:+49401234567")
        assert page.get_by_role("link", name=MAIL, exact=True).count() == 1
        assert page.get_by_role("link", name=PHONE, exact=True).count() == 1
        seen = page.locator("address").first.aria_snapshot()
        assert f'link "{MAIL}"' in seen
        if scripts:
            copied = page.evaluate(
                """() => { const all = document.createRange(); all.selectNodeContents(document.querySelector('main a.u-email'));
                getSelection().removeAllRanges(); getSelection().addRange(all); return getSelection().toString(); }"""
            )
            assert copied == MAIL
    finally:
        context.close()
