"""Each kind of field: what it accepts, what it makes of it, and what it says of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from experts import addresses as a
from experts import fields as f
from experts import frontmatter
from experts.dates import instant, is_date, is_moment
from experts.model import Link

if TYPE_CHECKING:
    from experts.problems import Problem


def read(field: f.Field, value: str) -> tuple[Any, list[Problem]]:
    """Return what a field makes of a value as it stands behind the colon, and its problems."""
    document, problems = frontmatter.parse("a.md", f"---\nkey: {value}\n---\n".encode())
    assert document is not None, problems
    context = f.Context("a.md", [], ("de", "en"))
    values = f.fields(context, document.head, {"key": field})
    return values["key"], context.problems


def good(field: f.Field, value: str) -> Any:
    """Return what a field makes of a value without a complaint."""
    found, problems = read(field, value)
    assert problems == []
    return found


def bad(field: f.Field, value: str) -> str:
    """Return the code of the one complaint."""
    _, problems = read(field, value)
    assert len(problems) == 1
    problems[0].line_of_text()
    return problems[0].code


def hint(field: f.Field, value: str) -> str:
    """Return the hint of the one complaint."""
    return read(field, value)[1][0].say()[1]


KINDS: dict[str, f.Field] = {
    "text": f.text(10),
    "slug": f.slug(),
    "items": f.items(f.text(10)),
    "group": f.group({"a": f.text(10)}, lambda v: v),
    "choice": f.choice(("a", "b"), default="a"),
    "day": f.day(),
    "moment": f.moment(),
    "clock": f.clock_or_moment(),
    "language": f.language(),
    "url": a.url(),
    "email": a.email(),
    "phone": a.phone(),
    "timezone": f.timezone(),
    "focus": f.focus(),
    "count": f.count(8),
    "beside": f.beside(),
    "localised": f.localised(f.text(10)),
    "links": a.links(Link),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["", '""', "[]", "{}", "~", "[ '' ]", "{a: ''}", "'  '"])
def test_empty_means_absent(kind: str, value: str) -> None:
    """An editor that clears a field leaves "", [] or {}; all of them mean that it is not there."""
    assert good(KINDS[kind], value) == KINDS[kind].default


@pytest.mark.parametrize("kind", KINDS)
@given(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40).map(
            lambda s: "'" + s.replace("'", "''") + "'"
        ),
        st.sampled_from(
            ["[[a], {b: c}]", "{a: [b]}", "{a: {b: c}}", "[a, b]", "1e999", "'0001-01-01T00:00+14:00'", "9" * 5000]
        ),
    )
)
@example("[9, " + "9" * 5000 + "]")
@example("[²³, ①]")
@example("{de: a, DE: b, xx: c}")
@example("'2026-11-23T24:00:00+00:00'")
@example("'9999-12-31T23:59-14:00'")
@example("https://[")
@example("https://x:99999/")
@example("{mastodon: [a], x: {a: b}, '': c, A: d}")
@example("a//b")
@example("../../etc/passwd")
@example("Europe/")
def test_no_value_breaks_a_field(kind: str, value: str) -> None:
    """Whatever stands in a file, a field gives a value or a complaint, and the complaint can be told."""
    document, _ = frontmatter.parse("a.md", f"---\nkey: {value}\n---\n".encode())
    if document is None:
        return
    context = f.Context("a.md", [], ("de", "en"))
    f.fields(context, document.head, {"key": KINDS[kind]})
    for problem in context.problems:
        problem.line_of_text()
        assert all(isinstance(part, str | int) for part in problem.values.values())


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"items", "focus", "group", "localised", "links"}))
@pytest.mark.parametrize("value", ["[a]", "{a: b}"])
def test_a_text_is_no_collection(kind: str, value: str) -> None:
    """A list or a group where a text belongs is told, not joined."""
    assert bad(KINDS[kind], value) in ("text", "list")


def test_text() -> None:
    """A text is on one line; folding and stray spaces do not matter."""
    assert good(f.text(20), "'  a   b  '") == "a b"
    assert good(f.text(20), ">-\n  a\n  b") == "a b"
    assert good(f.text(5), "äääää") == "äääää"
    assert good(f.text(20), "{{ x }}" if False else "'{{ x }}'") == "{{ x }}"
    assert good(f.text(20), "2026-1") == "2026-1"
    assert good(f.text(20), "no") == "no"
    assert bad(f.text(5), "abcdef") == "too-long"


@pytest.mark.parametrize("value", ["mara-lindqvist", "a", "2026-1", "0", "a--b", "x" * 120])
def test_slugs(value: str) -> None:
    """A slug is lower-case ASCII letters, digits and hyphens."""
    assert good(f.slug(), value) == value


@pytest.mark.parametrize(
    ("value", "like"),
    [
        ("Mara Lindqvist", "mara-lindqvist"),
        ("wärmepumpen", "waermepumpen"),
        ("Straße", "strasse"),
        ("heat_pumps", "heat-pumps"),
        ("Łukasz", "lukasz"),
        ("Çelik", "celik"),
        ("heat-pumps.md", "heat-pumps-md"),
        ("mara/x", "mara-x"),
    ],
)
def test_no_slugs(value: str, like: str) -> None:
    """A name or a heading where a slug belongs leads to the slug that is meant."""
    assert bad(f.slug(), value) == "slug"
    assert hint(f.slug(), value) == f"did you mean {like}?"


@pytest.mark.parametrize("value", ["'-'", "'---'", "'...'", "'١'", "'" + "x" * 121 + "'"])
def test_no_slugs_at_all(value: str) -> None:
    """A slug has a letter or a digit, of ASCII, and an end."""
    assert bad(f.slug(), value) == "slug"


def test_items() -> None:
    """A list has each entry once; empty ones are left out."""
    assert good(f.items(f.text(10)), "[a, '', b, null]") == ("a", "b")
    assert good(f.items(f.text(10), unique=False), "[a, a]") == ("a", "a")
    assert bad(f.items(f.text(10)), "[a, b, a]") == "duplicate-item"
    assert bad(f.items(f.text(10), most=2), "[a, b, c]") == "too-many"
    assert (
        hint(f.items(f.text(10)), "heat-pumps") == "write [heat-pumps], or each on a line of its own that begins with -"
    )
    assert bad(f.items(f.group({"a": f.text(9)}, tuple)), "[{a: x}, {a: x}]") == "duplicate-item"


def test_fields() -> None:
    """Unknown keys are told with the nearest known one; missing fields and empty ones are told apart."""
    context = f.Context("a.md", [], ("de",))
    document, _ = frontmatter.parse("a.md", b"---\nHeadline: x\nquux: y\nrole: ''\n---\n")
    assert document is not None
    f.fields(context, document.head, {"headline": f.text(9, required=True), "role": f.text(9, required=True)})
    assert [problem.line_of_text() for problem in context.problems] == [
        "a.md:2:1: there is no field Headline (did you mean headline?)",
        "a.md:3:1: there is no field quux (known fields: headline, role)",
        "a.md:2:1: the field headline is missing (add a line headline: …)",
        "a.md:4:1: the field role is empty (write something after the colon)",
    ]


def test_group() -> None:
    """A group with a wrong field is no value at all; the field is named with its group."""
    group = f.group({"a": f.day(required=True), "b": f.text(3)}, lambda v: v)
    assert good(group, "{a: 2026-01-01}") == {"a": "2026-01-01", "b": ""}
    value, problems = read(group, "{b: abcd, c: d}")
    assert value is None
    assert {problem.values["field"] for problem in problems} == {"key.a", "key.b", "key.c"}


def test_choice() -> None:
    """A choice is one of a few words; another case or a slip gets the right one as a hint."""
    formats = f.choice(("tv", "radio", "print"))
    assert good(formats, "tv") == "tv"
    assert hint(formats, "TV").startswith("did you mean tv?")
    assert hint(formats, "Radio").startswith("did you mean radio?")
    assert hint(formats, "Zeitung") == "allowed: tv, radio, print"


@pytest.mark.parametrize("value", ["2026-11-23", "2024-02-29", "0001-01-01", "'2026-11-23 '"])
def test_days(value: str) -> None:
    """A day is an ISO date that exists."""
    assert good(f.day(), value) == value.strip("' ")
    assert good(f.moment(), value) == value.strip("' ")


@pytest.mark.parametrize(
    "value",
    [
        "23.11.2026",
        "11/23/2026",
        "2026-11-31",
        "2025-02-29",
        "2026-1-2",
        "20261123",
        "2026-W48-1",
        "heute",
        "２０２６-11-23",
        "26-11-23",
    ],
)
def test_no_days(value: str) -> None:
    """Any other form is told; nothing is guessed from 11/12."""
    assert bad(f.day(), value) == "date"
    assert bad(f.moment(), value) == "date"


def test_german_dates() -> None:
    """A date in German form gets its ISO form as the hint; one that does not exist gets none."""
    assert hint(f.day(), "3.11.2026") == "did you mean 2026-11-03?"
    assert hint(f.moment(), "23. 11. 2026") == "did you mean 2026-11-23?"
    assert hint(f.day(), "31.11.2026") == "write year-month-day, like 2026-11-23"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("2026-11-23T09:00:00+01:00", "2026-11-23T09:00:00+01:00"),
        ("2026-11-23 09:00+01:00", "2026-11-23T09:00+01:00"),
        ("2026-11-23t09:00:00z", "2026-11-23T09:00:00Z"),
        ("2026-11-23T09:00:00.123+0100", "2026-11-23T09:00:00.123+0100"),
    ],
)
def test_moments(value: str, found: str) -> None:
    """A date with time needs its offset; the forms of RFC 3339 all pass."""
    assert good(f.moment(), value) == found
    assert instant(found).startswith("2026-11-23T0")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-11-23T09:00", "offset"),
        ("2026-11-23 09:00:00", "offset"),
        ("2026-11-23T25:00:00Z", "date"),
        ("2026-11-23T09:00:00+99:00", "date"),
        ("0001-01-01T00:00:00+01:00", "date"),
        ("9999-12-31T23:30:00-01:00", "date"),
    ],
)
def test_no_moments(value: str, code: str) -> None:
    """A time without offset means another time elsewhere; one outside of the calendar cannot be sorted."""
    assert bad(f.moment(), value) == code
    assert not is_date(value)
    assert code == "offset" or not is_moment(value)


def test_instants_sort() -> None:
    """Dates and times of any offset sort by when they are."""
    moments = ["2026-11-23T01:00:00+02:00", "2026-11-22T23:30:00Z", "2026-11-22T20:00:00-05:00"]
    assert sorted(moments, key=instant) == moments
    assert instant("") == ""


def test_clock() -> None:
    """The sessions of an event have times of the day, also with a dot as in German."""
    assert [good(f.clock_or_moment(), value) for value in ("9:30", "'09:30'", "9.30", "23:59")] == [
        "09:30",
        "09:30",
        "09:30",
        "23:59",
    ]
    assert good(f.clock_or_moment(), "2026-11-23T09:00Z") == "2026-11-23T09:00Z"
    assert bad(f.clock_or_moment(), "24:00") == "date"
    assert bad(f.clock_or_moment(), "9 Uhr") == "date"


def test_language() -> None:
    """A language is a tag in its usual spelling; NO is Norwegian."""
    assert good(f.language(), "NO") == "no"
    assert good(f.language(), "de-at") == "de-AT"
    assert hint(f.language(), "German") == "did you mean de?"
    assert hint(f.language(), "de_AT") == "did you mean de-AT?"
    assert hint(f.language(), "quux").startswith("use a code")


@pytest.mark.parametrize(
    "value",
    [
        "https://example.com",
        "http://x.example:8080/a?b=c#d",
        "HTTPS://EXAMPLE.COM",
        "https://müller.example/größe",
        "https://x.example/%7Ba%7D",
        "https://[::1]/",
    ],
)
def test_urls(value: str) -> None:
    """Addresses on the web, international ones too, stay as they were written."""
    assert good(a.url(), f"'{value}'") == value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("javascript:alert(1)", "url-scheme"),
        ("JavaScript:alert(1)", "url-scheme"),
        ("data:text/html,x", "url-scheme"),
        ("ftp://x.example", "url-scheme"),
        ("mailto:a@b.example", "url-scheme"),
        ("//x.example", "url"),
        ("x.example/a", "url"),
        ("https://", "url"),
        ("https:///a", "url"),
        ("https://x.example/a b", "url"),
        ("https://x.example/{{ a }}", "url"),
        ('https://x.example/"onload=', "url"),
        ("https://x.example/<b>", "url"),
        ("https://[", "url"),
        ("https://x.example:port", "url"),
        ("“https://x.example”", "url"),
    ],
)
def test_no_urls(value: str, code: str) -> None:
    """What cannot be an address on the web, or would break out of an attribute, is told."""
    assert bad(a.url(), "'" + value.replace("'", "''") + "'") == code


def test_url_hints() -> None:
    """The usual slips get the address that is meant."""
    assert hint(a.url(), "www.example.com/a") == "did you mean https://www.example.com/a?"
    assert hint(a.links(Link), "{website: mara@example.com}") == "did you mean mailto:mara@example.com?"
    assert hint(a.url(), "mara@example.com").startswith("write the whole address")


@pytest.mark.parametrize(
    "value", ["mailto:a@b.example", "tel:+4940", "matrix:u/a:b.example", "xmpp:a@b.example", "tg:resolve?domain=a"]
)
def test_messengers(value: str) -> None:
    """Links of a profile may also be for mail, phone and messengers."""
    assert good(a.links(Link), f"{{website: '{value}'}}") == (Link("website", value, ""),)


@pytest.mark.parametrize(
    "value", ["mara@example.com", "m.l+press@sub.example.co.uk", "jörg@müller.example", "'mara@example.com '"]
)
def test_emails(value: str) -> None:
    """Addresses pass, international ones too."""
    assert "@" in good(a.email(), value)


@pytest.mark.parametrize(
    "value",
    [
        "mara @example.com",
        "mara@example,com",
        "mara@example",
        "mara(at)example.com",
        "a@b@c.de",
        "'<mara@example.com>'",
        "mailto:mara@example.com",
        "mara@example.com.",
        "a@b.de,c@d.de",
    ],
)
def test_no_emails(value: str) -> None:
    """One address, written as it is sent to."""
    assert bad(a.email(), value) == "email"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("+49 40 123456", "+49 40 123456"),
        ("040/123 45-67", "040/123 45-67"),
        ("+49 (0)40 123456", "+49 (0)40 123456"),
        ("+49\u00a040\u202f123\u2011456", "+49 40 123-456"),
        ("+49 40 1234–56", "+49 40 1234-56"),
        ("040 123456 ext. 12", "040 123456 ext. 12"),
    ],
)
def test_phones(value: str, found: str) -> None:
    """Any usual way to write a number passes; spaces and dashes of a word processor become plain ones."""
    assert good(a.phone(), f"'{value}'") == found


@pytest.mark.parametrize("value", ["12", "0800-HEAT-PUMP", "tel:+4940123456", "+49 40 123456 <b>", "٠٤٠١٢٣٤"])
def test_no_phones(value: str) -> None:
    """Words are no number."""
    assert bad(a.phone(), f"'{value}'") == "phone"


def test_timezone() -> None:
    """A time zone is one of the IANA database, and no path."""
    assert good(f.timezone(), "Europe/Berlin") == "Europe/Berlin"
    assert good(f.timezone(), "UTC") == "UTC"
    for value in (
        "Berlin",
        "MEZ",
        "Europe/Hamburg",
        "../../etc/passwd",
        "/etc/localtime",
        "Europe",
        "'Europe/'",
        "a" * 5000,
    ):
        assert bad(f.timezone(), value) == "timezone"


def test_focus() -> None:
    """A point of a picture is two numbers from 0 to 100; what editors write with them is left out."""
    assert good(f.focus(), "[0, 100]") == (0, 100)
    assert good(f.focus(), "['50', 30.5]") == (50, 30)
    assert good(f.focus(), "[50%, 30%]") == (50, 30)
    for value in (
        "50,30",
        "[50]",
        "[1, 2, 3]",
        "[-1, 50]",
        "[101, 5]",
        "[a, b]",
        "[[1], 2]",
        "[50, 30, [1]]",
        "{x: 1}",
        "[50, " + "9" * 5000 + "]",
        "[²,³]",
    ):
        assert bad(f.focus(), value) == "focus"


def test_beside() -> None:
    """A file is named by its name alone; nothing outside of the folder, nothing hidden."""
    assert good(f.beside(), "./portrait.jpg") == "portrait.jpg"
    assert good(f.beside(), "Porträt von mir (2).JPG") == "Porträt von mir (2).JPG"
    for value in ("../a.jpg", "/etc/passwd", "a/b.jpg", r"C:\a.jpg", "..", ".htaccess", "https://x.example/a.jpg"):
        assert bad(f.beside(), value) == "outside"


def test_localised() -> None:
    """Texts by language: the site's languages first; one of them at least where it is required."""
    label = f.localised(f.text(20), required=True)
    assert good(label, "{sv: a, en: b, de: c, fr: ''}") == (("de", "c"), ("en", "b"), ("sv", "a"))
    assert good(label, "{de-at: a}") == (("de-AT", "a"),)
    assert bad(label, "{fr: a}") == "localised"
    assert bad(label, "Wärmepumpen") == "localised"
    assert bad(label, "{deutsch: a, de: b}") == "language"
    assert good(f.localised(f.text(20)), "{fr: a}") == (("fr", "a"),)
    assert good(f.localised(f.items(f.text(10))), "{de: [WP, WP-Heizung]}") == (("de", ("WP", "WP-Heizung")),)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000-0002-9079-593x", "0000-0002-9079-593X"),
        ("0000-0002-1825-0098", ""),
        ("0000-0002-1825-009", ""),
        ("0000-0002-9079-593Y", ""),
        ("٠٠٠٠-0002-1825-0097", ""),
    ],
)
def test_orcid(value: str, found: str) -> None:
    """An ORCID iD proves itself by its last digit (ISO 7064)."""
    assert a.orcid(value) == found


def test_links() -> None:
    """Profiles elsewhere keep their order; handles of the fediverse, ORCID iDs and messengers need no address."""
    found = good(
        a.links(Link),
        "{website: 'https://a.example', mastodon: '@mara@social.example', orcid: 0000-0002-1825-0097, "
        "signal: mara.42, email: mara@example.com, blog2: 'https://b.example', tv-show: 'https://c.example', github: ''}",
    )
    assert found == (
        Link("website", "https://a.example", ""),
        Link("mastodon", "https://social.example/@mara", "@mara@social.example"),
        Link("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        Link("signal", "", "mara.42"),
        Link("email", "mailto:mara@example.com", "mara@example.com"),
        Link("blog2", "https://b.example", ""),
        Link("tv-show", "https://c.example", ""),
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{mastdon: 'https://a.example'}", "service"),
        ("{LinkedIn: 'https://a.example'}", "service"),
        ("{my blog: 'https://a.example'}", "service"),
        ("{website: 'javascript:alert(1)'}", "url-scheme"),
        ("{signal: 'javascript:alert(1)'}", ""),
        ("{linkedin: mara-lindqvist}", "url"),
        ("{orcid: 1234}", "orcid"),
        ("https://a.example", "group"),
    ],
)
def test_no_links(value: str, code: str) -> None:
    """Slips in the name of a service and addresses that run something are told; a handle is shown as text, never linked."""
    if code:
        assert bad(a.links(Link), value) == code
    else:
        assert good(a.links(Link), value)[0].url == ""


def test_zeros_of_fractions_do_not_matter() -> None:
    """A web editor writes milliseconds into a time; that is the same time, so that saving it changes nothing."""
    assert good(f.moment(), "2026-12-04T09:00:00.000Z") == good(f.moment(), "2026-12-04T09:00:00Z")
    assert good(f.moment(), "2026-12-04T09:00:00.500+01:00") == good(f.moment(), "2026-12-04T09:00:00.5+01:00")
    assert good(f.moment(), "2026-12-04T09:00:00.05Z") == "2026-12-04T09:00:00.05Z"
