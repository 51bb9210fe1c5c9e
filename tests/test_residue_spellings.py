"""A person is known again in a text, however they are spelled and encoded there."""

from __future__ import annotations

import base64
import html
import json
import os
import quopri
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest
from experts.residue.identity import Identity, read
from experts.residue.matching import Matcher
from experts.residue.numbers import number
from hypothesis import given, settings
from hypothesis import strategies as st

Way = Callable[[str], str]
EXAMPLES = int(os.environ.get("RESIDUE_EXAMPLES", "120"))
GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
NAMES = (
    "Mara Lindqvist", "Jörg Süßmilch", "Zoë Ångström", "Łukasz Wiśniewski", "Đorđe Šćepanović", "Søren Kjærgård", "Renée O’Connor",
    "Ana-María Núñez Ferrández", "Оксана Григоренко", "Αλέξης Παπαδόπουλος", "İpek Yıldırım", "Minh Anh Nguyễn", "王小明", "山田花子",
)  # fmt: skip


def plain(text: str) -> str:
    """Without marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def within(sign: str) -> Way:
    """Signs between the letters of each word."""
    return lambda text: re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", lambda _: sign, text)


def turned(text: str) -> str:
    """``Last, First``; a name of one word stays."""
    first, _, last = text.partition(" ")
    return f"{last}, {first}" if last else text


def initial(text: str) -> str:
    """``F. Last``."""
    words = text.split(" ")
    return " ".join([f"{unicodedata.normalize('NFC', words[0])[0]}.", *words[1:]]) if len(words) > 1 else text


SPELLINGS: dict[str, Way] = {
    "as it is": str,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "without marks": plain,
    "German": lambda text: "".join(GERMAN.get(c, c) for c in text),
    "upper": str.upper,
    "lower": str.lower,
    "last first": turned,
    "initial": initial,
    "joined": lambda text: text.replace(" ", ""),
    "hyphens": lambda text: text.replace(" ", "-"),
    "underscores": lambda text: text.replace(" ", "_"),
    "no-break space": lambda text: text.replace(" ", "\u00a0"),
    "narrow space": lambda text: text.replace(" ", "\u202f"),
    "next line": lambda text: text.replace(" ", "\n    "),
    "soft hyphens": within("\u00ad"),
    "zero width": within("\u200b"),
    "joiners": within("\u2060"),
    "tags between": lambda text: "<b>" + text.replace(" ", "</b> <i class='x'>") + "</i>",
    "tags within": lambda text: text[:2] + "<mark>" + text[2:-1] + "</mark>" + text[-1:],
    "comment": lambda text: text.replace(" ", "<!-- x -->"),
    "cells": lambda text: "<td>" + text.replace(" ", "</td><td>") + "</td>",
}
ENCODINGS: dict[str, Way] = {
    "as it is": str,
    "entities": lambda text: text.encode("ascii", "xmlcharrefreplace").decode(),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "named entities": lambda text: "".join(f"&{html.entities.codepoint2name[ord(c)]};" if ord(c) in html.entities.codepoint2name else c for c in text),
    "escaped": html.escape,
    "escaped twice": lambda text: html.escape(html.escape(text.encode("ascii", "xmlcharrefreplace").decode())),
    "per cent": quote,
    "per cent, all": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "JSON": lambda text: json.dumps({"x": text}),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)),
    "quoted-printable": lambda text: quopri.encodestring(text.encode(), quotetabs=True).decode(),
    "Base64": lambda text: base64.b64encode(f"FN:{text}".encode()).decode(),
    "Base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("=") if len(text.encode()) > 8 else text,
    "Base64 of JSON": lambda text: "x=" + base64.b64encode(json.dumps({"name": text}).encode()).decode(),
    "folded": lambda text: f"FN:{text[:3]}\r\n {text[3:]}",
}  # fmt: skip


def found(name: str, text: str, **more: object) -> list[str]:
    """The kinds of sure traces of somebody in a text."""
    return [match.kind for match in Matcher([Identity("x-9", name)._replace(**more)]).matches(text) if match.sure]


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(NAMES), st.sampled_from(sorted(SPELLINGS)), st.sampled_from(sorted(ENCODINGS)))
def test_every_spelling_is_found(name: str, spelling: str, encoding: str) -> None:
    """A name is found in any spelling, and each of these in any encoding, with something before and behind it."""
    planted = ENCODINGS[encoding](SPELLINGS[spelling](name))
    assert found(name, f"Ein Text.\nVon {planted} und mehr."), planted


LETTERS = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=4, max_size=12)


@settings(max_examples=EXAMPLES)
@given(LETTERS, LETTERS, st.sampled_from(sorted(ENCODINGS)))
def test_any_latin_name_is_found(first: str, last: str, encoding: str) -> None:
    """Names nobody has thought of are found, too."""
    assert found(f"{first} {last}", f"({ENCODINGS[encoding](f'{first} {last}')})")


@settings(max_examples=EXAMPLES)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """No text ends in an error, and one without a name has no trace."""
    assert Matcher([Identity("qwx-jkv", "Qwxqwx Jkvjkvjkv")]).matches(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "+49 40 1234567", "+49 (0)40 / 123 45 67", "0049-40-1234567", "040 1234567", "tel:+49401234567", "(040) 123.45.67",
        '<a href="tel:+49401234567">', "Tel. 040/1234567, 14:30 Uhr", "040 1234567 2026", "<b>040</b> 12 34 567", "+49\u00a040\u00a01234567",
    ],
)  # fmt: skip
def test_a_number_in_any_form(text: str) -> None:
    """A telephone number is known by its digits."""
    assert found("Q Q", text, phones=("+49 40 1234567",)) == ["phone"], text


@pytest.mark.parametrize("text", ["+49 40 1234568", "+43 40 1234567", "9040 12345679", "2026-11-23 14:30"])
def test_other_numbers(text: str) -> None:
    """Another number, or one of another country, is none of theirs."""
    assert found("Q Q", text, phones=("+49 40 1234567",)) == []


@given(st.from_regex(r"\+[1-9][0-9]{7,13}", fullmatch=True), st.sampled_from([" ", "-", "/", ".", ""]))
def test_digits_in_groups(phone: str, between: str) -> None:
    """However its digits are grouped, a number stays one."""
    written = phone[:3] + between + between.join(phone[3:][at : at + 3] for at in range(0, len(phone) - 3, 3))
    assert number(phone) is None or found("Q Q", f"x {written} y", phones=(phone,)) == ["phone"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mail: q.zed@acme.example", "email"), ("q.zed [at] acme.example", "email"), ("q.zed (at) acme (dot) example", "email"),
        ("mailto:q.zed%40acme.example", "email"), ("https://social.example/@qzed77", "link"), ("@qzed77@social.example", "link"),
        ("orcid.org/0009-0099-1204-7732", "link"), ("0009009912047732", "link"), ("https://blog.example/feed.xml", "link"),
        ("owner: @q-zed", "account"), ("/experts/zed-q/", "slug"), ("?x=profiles/old-zed/p.jpg", "slug"),
        ("Sie rechnet lieber nach, als zu glauben, und sagt es", "passage"), ("<a href=https://xn--bcher-kva.example/q>", "link"),
    ],
)  # fmt: skip
def test_addresses_and_sentences(text: str, kind: str) -> None:
    """What else tells somebody: addresses, accounts, handles, sentences of their own."""
    who = Identity(
        "zed-q", "Q Z", ("old-zed",), ("q.zed@acme.example",),
        links=("https://social.example/@qzed77", "0009-0099-1204-7732", "https://bücher.example/q"),
        addresses=("https://blog.example/feed.xml",), accounts=("q-zed",),
        passages=("Sie rechnet lieber nach, als zu glauben, und sagt es auch.",),
    )  # fmt: skip
    assert kind in [match.kind for match in Matcher([who]).matches(text)], text


def test_what_also_tells_somebody_who_is_shown() -> None:
    """A part of a name, a number or an address that a person who is shown has, too, is no trace; nor is a longer name of theirs."""
    left = Identity("lena-meyer", "Lena Meyer", (), ("press@acme.example",), ("040 123456",), ("https://acme.example",))
    shown = [
        Identity(
            "a", "Anna-Lena Meyer-Schmidt", (), ("press@acme.example",), ("+49 40 123456",), ("https://acme.example/",)
        ),
        Identity("lena-meyer-2", "Lena Klein"),
    ]
    matcher = Matcher([left], shown)
    for text in (
        "Anna-Lena Meyer-Schmidt", "Meyer", "press@acme.example, 040 123456", "https://acme.example/x", "/experts/lena-meyer-2/",
        "Anna-Lena Meyer&#45;Schmidt",
    ):  # fmt: skip
        assert matcher.matches(text) == [], text
    assert [match.kind for match in matcher.matches("Lena Meyer")] == ["name"]
    assert [match.kind for match in matcher.matches("experts/lena-meyer/")] == ["slug"]


def test_ordinary_words_are_only_perhaps_a_name() -> None:
    """A family name that is also a word of the site's texts is a possible trace; with the given name it is a sure one."""
    matcher = Matcher([Identity("x-y", "Rosa Kiel")], ordinary=frozenset(["kiel"]))
    assert [(match.kind, match.sure) for match in matcher.matches("In Kiel.")] == [("family-name", False)]
    assert [(match.kind, match.sure) for match in matcher.matches("Von Rosa Kiel.")] == [("name", True)]


def test_accounts_may_be_called_like_what_one_works_on() -> None:
    """The name of an account that is also a word of the site's texts is a possible trace; its address is a sure one."""
    link = "https://social.example/@control-room"
    matcher = Matcher([Identity("x-y", "Rosa Kiel", links=(link,))], ordinary=frozenset(["control", "room"]))
    assert [(match.kind, match.sure) for match in matcher.matches("In the control room.")] == [("link", False)]
    assert [(match.kind, match.sure) for match in matcher.matches(f"See {link}.")] == [("link", True)]


def test_short_names_are_not_found_in_other_words() -> None:
    """A name within a word, within another short name, or in a random one is no trace."""
    matcher = Matcher([Identity("ida", "Ida Zak")], ordinary=frozenset(["ida"]))
    for text in ("Zakat", "theme/a5zak9.css", "q+zak/8", "ida-gross", "/topics/ida/"):
        assert [match for match in matcher.matches(text) if match.sure] == [], text
    for text in ("Zak", "experts/ida/", "zak.vcf"):
        assert [match for match in matcher.matches(text) if match.sure], text


def test_markup_is_no_initial() -> None:
    """A letter of a tag, an attribute or an entity beside a family name is no initial of it."""
    matcher = Matcher([Identity("x", "Hanna Kaya")], [Identity("y", "Elea Kaya")])
    for text in (
        "<h1>Elea Kaya</h1>",
        "<p>Kaya</p>\n<h2>",
        '<i h="Kaya">',
        "/h/Kaya",
        "Kaya&nbsp;",
        "E. Kaya",
        "Kaya h",
        "a h Kaya",
        "Kaya</h1>H ist",
    ):
        assert matcher.matches(text) == [], text
    for text in ("H. Kaya", "Kaya, H.", "H.&nbsp;Kaya", "<b>H.</b> Kaya", "h-kaya"):
        assert [match.kind for match in matcher.matches(text)] == ["name"], text


def test_places_are_those_of_the_file() -> None:
    """A trace is told where it stands in the file, whatever was decoded before it."""
    text = "&uuml;&uuml; %C3%BC\n<p>\\u00fc\u00df J&ouml;rg <b>S&uuml;&szlig;</b>milch!</p>"
    (match,) = Matcher([Identity("x", "Jörg Süßmilch")]).matches(text)
    assert text[match.start : match.end] == "J&ouml;rg <b>S&uuml;&szlig;</b>milch"


def test_the_same_line_twice() -> None:
    """What was in one text is found in the next one again, and what was not stays away."""
    matcher = Matcher([Identity("x", "Mara Lindqvist")])
    texts = [
        "<nav>\nHome\n</nav>",
        "<nav>\nMara\nLindqvist\n</nav>",
        "<nav>\nHome\n</nav>",
        "<nav>\nMara\nLindqvist\n</nav>",
    ]
    assert [len(matcher.matches(text)) for text in texts] == [0, 1, 0, 1]


def test_an_identity_is_read_from_a_profile_with_problems() -> None:
    """What a profile says of somebody counts, whatever else is wrong with it."""
    who = read(
        "x",
        {
            "profile.md": b"---\nname: Ana X\nnonsense: 1\ncontact:\n  email: a@x.example\nstatus: nobody\n---\nText.\n",
            "p.jpg": b"1",
        },
    )
    assert (who.name, who.emails, who.portraits) == ("Ana X", ("a@x.example",), (b"1",))
    assert read("x", {"profile.md": b"nothing"}).name == ""
