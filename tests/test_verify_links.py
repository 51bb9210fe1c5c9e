"""Proof that a person is real: which pages elsewhere count as leading back, what is survived, and what is remembered."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from elsewhere import Elsewhere, dripping, onward, plain, raw
from factory import Checkout, Run, Site
from hypothesis import example, given
from hypothesis import strategies as st

from experts import proofs
from experts.verification.addresses import plain as one_form
from experts.verification.backlinks import backlinks
from experts.verification.connecting import public
from experts.verification.fetching import LARGEST, Fetcher, Limits, Page
from experts.verification.judging import CONFIRMED, REFUTED, UNKNOWN, Verdict, judge, renewed

HOME = "https://experts.example/experts/mara/"
PAGES = frozenset(
    map(one_form, (HOME, "https://experts.example/en/experts/mara/", "https://experts.example/experts/old/"))
)
BACK = f'<a rel="me" href="{HOME}">me</a>'


def local(address: str) -> bool:
    """One loopback address stands for the internet."""
    return address == "127.0.0.1" or public(address)


@pytest.fixture
def web() -> Iterator[Elsewhere]:
    """Return a server that stands for the rest of the web."""
    server = Elsewhere()
    yield server
    server.close()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return the tiny site, published at an address."""
    site = Site(tmp_path / "site", Checkout(tmp_path / "checkout"))
    site.settings(SITEURL="https://experts.example")
    return site


def fetched(url: str, silence: float = 30, seconds: float = 60) -> Page:
    """Fetch a page; the limits are short only where they are what is tested."""
    return Fetcher("test", Limits(local, silence, seconds)).fetch(url)


def verdict(web: Elsewhere, path: str = "/", *limits: float) -> Verdict:
    """Judge a page of the server."""
    return judge(fetched(web.address + path, *limits), PAGES)


# -- links back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        BACK,
        f"<link href={HOME} rel=me>",
        f'<area REL="nofollow ME external" HREF="{HOME}">',
        f"<a rel='nofollow\tme\nnoopener' href=' {HOME} '>",
        '<a rel="me" href="http://experts.example/experts/mara">',
        '<a rel="me" href="https://EXPERTS.example:443/experts/mara/index.html?from=you#top">',
        '<a rel="me" href="https://experts.example/en/experts/mara/">',
        '<a rel="me" href="https://experts.example/experts/old">',
        '<a rel="me" href="//experts.example/experts/%6Dara/">',
        '<base href="https://experts.example/experts/"><base href="https://other.example/"><a rel="me" href="mara/">',
        '<a rel="me" href="mara/"><base href="https://experts.example/experts/">',
        f'<a rel="me" href="{HOME}" href="https://other.example/">',
        f"<p <b>>&<a rel=me href={HOME}>",
        f'<a rel="me" href="https&#58;//experts.example/experts/mara/">{"<div>" * 5000}',
    ],
)
def test_each_form_of_a_link_back_counts(web: Elsewhere, html: str) -> None:
    """A page leads back with rel=me among the words of a link, in any spelling of HTML and of the address."""
    web["/"] = plain(f"<!doctype html><title>Mara</title>{html}")
    assert verdict(web).code == CONFIRMED


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="{HOME}">me</a>',
        f'<a rel="home" href="{HOME}"><a rel="meme" href="{HOME}">',
        f"<!-- {BACK} -->",
        f"<script>var a = '{BACK}';</script>",
        f"<textarea>{BACK}</textarea><title>{BACK}</title>",
        f"<template>{BACK}</template>",
        f"&lt;a rel=me href={HOME}&gt;",
        f'<p rel="me" href="{HOME}">',
        f'<a rel="nofollow" rel="me" href="{HOME}">',
        '<a rel="me" href="https://experts.example/experts/mara-b/"><a rel="me" href="https://experts.example/">',
        '<a rel="me" href="https://experts.example.evil.example/experts/mara/">',
        '<a rel="me" href="https://experts.example@evil.example/experts/mara/">',
        '<a rel="me" href="https://experts.example:8443/experts/mara/">',
        '<a rel="me" href="javascript:https://experts.example/experts/mara/">',
        '<a rel="me" href="http://[broken/experts/mara/">',
        "",
    ],
)
def test_nothing_else_counts(web: Elsewhere, html: str) -> None:
    """What is no link, has no rel=me, or leads to another page proves nothing: the page answers, so the link is refuted."""
    web["/"] = plain(f"<!doctype html>{html}<p>end</p>")
    assert verdict(web).code == REFUTED


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (f'<{HOME}>; rel="me"', CONFIRMED),
        (f'<https://a.example/>; rel=next, <{HOME}> ; title="a, <b>; \\"c" ; REL=\'x\' , <{HOME}>;rel=ME', CONFIRMED),
        (f'<{HOME}>; rel="author me"', CONFIRMED),
        (f'<{HOME}>; rel="author"; rel="me"', REFUTED),
        (f'<{HOME}>; rel="me"; anchor="/another"', REFUTED),
        (f'<{HOME}>; title="rel=me"', REFUTED),
        (f"{HOME}; rel=me", REFUTED),
    ],
)
def test_headers_count_for_pages_of_any_kind(web: Elsewhere, header: str, code: str) -> None:
    """A Link header (RFC 8288) that speaks of the page itself does what a link in HTML does, for any media type."""
    web["/"] = plain(b"%PDF-1.7", f"Link: {header}", kind="application/pdf")
    assert verdict(web).code == code


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (BACK.encode("utf-16"), "text/html"),
        (BACK.encode("utf-16-le"), "text/html; charset=utf-16le"),
        (b"\xff\xfe" + BACK.encode("utf-16-le"), "text/html; charset=utf-8"),
        (b"<p>\xe4\xff\x00" + BACK.encode(), "text/html; charset=utf-8"),
        (b'<meta charset="utf-16">' + BACK.encode(), "text/html"),
        (BACK.encode(), "text/html; charset=no-such-thing"),
        (BACK.encode(), "text/html; charset=unicode_escape"),
        (BACK.encode(), "TEXT/HTML;charset=''"),
        (BACK.encode(), ""),
        (BACK.encode(), "application/xhtml+xml"),
    ],
)
def test_encodings_are_taken_as_browsers_take_them(web: Elsewhere, data: bytes, kind: str) -> None:
    """A page in a wrong encoding is read as well as it goes."""
    web["/"] = plain(data, kind=kind)
    assert verdict(web).code == CONFIRMED


def test_html_in_a_text_is_a_text(web: Elsewhere) -> None:
    """What is no HTML holds no links, whatever it looks like."""
    web["/"] = plain(BACK, kind="text/plain")
    assert verdict(web).code == REFUTED


def test_redirects_lead_to_the_page(web: Elsewhere) -> None:
    """The page at the end of redirects counts, and its own address is the base of its links."""
    web["/"] = onward("/a?b=1")
    web["/a"] = onward("c/", "301 Moved Permanently")
    web["/c/"] = plain(BACK)
    assert verdict(web).code == CONFIRMED
    assert web.paths() == ["/", "/a?b=1", "/c/"]


def test_who_asks_says_so(web: Elsewhere) -> None:
    """Each request names the program and where it comes from, and asks for the bare page."""
    Fetcher("our-experts (+https://experts.example/)", Limits(local)).fetch(web.address)
    assert "User-Agent: our-experts (+https://experts.example/)\r\n" in web.asked[0]
    assert "Accept-Encoding: identity\r\n" in web.asked[0]


# -- what goes wrong ----------------------------------------------------------------------------------------


def bomb() -> bytes:
    """A gigabyte of nothing, packed."""
    return gzip.compress(bytes(1 << 27), 9) * 8


WRONG = {
    "status": (plain(BACK, status="503 Service Unavailable"), "answers with the status 503"),
    "forbidden": (plain(BACK, status="403 Forbidden"), "answers with the status 403"),
    "strange status": (plain(BACK, status="999 Denied"), "answers with the status 999"),
    "loop": (onward("/"), "leads on more than 5 times"),
    "no address": (onward("http://[::1"), "leads on to http://[::1, which is no address"),
    "other scheme": (onward("file:///etc/passwd"), "/etc/passwd, which is no address on the web"),
    "odd port": (onward("http://127.0.0.1:99999/"), ""),
    "private": (
        onward("http://127.0.0.2:9/"),
        "may not be asked: 127.0.0.2 is 127.0.0.2, which is no address of the public",
    ),
    "metadata": (onward("http://169.254.169.254/latest"), "which is no address of the public internet"),
    "endless body": (dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, 0), "does not link back in its first 1024 KiB"),
    "slow body": (dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x"), "does not answer in time"),
    "slow headers": (dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "does not answer in time"),
    "silence": (dripping(b"", b"", 3, 1), "does not answer in time"),
    "huge headers": (
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n" + BACK.encode()),
        "does not speak HTTP",
    ),
    "many headers": (
        raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n" + BACK.encode()),
        "does not speak HTTP",
    ),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "does not speak HTTP"),
    "nothing": (raw(b""), "does not"),
    "cut off": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + BACK.encode()), "does not speak HTTP"),
    "packed": (plain(b"\x01\x02", "Content-Encoding: br"), "answers in br, which was not asked for"),
    "badly packed": (plain(b"\x01\x02", "Content-Encoding: gzip"), "sends what cannot be unpacked"),
    "bomb": (plain(bomb(), "Content-Encoding: gzip"), "does not link back in its first 1024 KiB"),
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_goes_wrong_is_one_line(web: Elsewhere, name: str) -> None:
    """No answer, however wrong, ends the command: nobody knows of the link, and the line says why."""
    web["/"], said = WRONG[name]
    found = verdict(web, "/", *([0.5, 1.0] if said == "does not answer in time" else []))
    assert found.code == UNKNOWN
    assert said in found.message.format(link="", **found.values)


def test_packed_pages_are_read(web: Elsewhere) -> None:
    """A server that packs a page though nobody asked is understood."""
    web["/"] = plain(gzip.compress(BACK.encode()), "Content-Encoding: gzip")
    assert verdict(web).code == CONFIRMED


def test_a_page_that_is_gone_is_refuted(web: Elsewhere) -> None:
    """404 and 410 are answers: there is no profile that could lead back."""
    web["/gone"] = plain(BACK, status="410 Gone")
    assert verdict(web).code == verdict(web, "/gone").code == REFUTED


def test_names_and_certificates_that_prove_nothing(tmp_path: Path) -> None:
    """A name that is not known, a closed port and a certificate that nobody trusts are no answers."""
    port = Elsewhere()
    port.close()
    key = tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", *subject]
    subprocess.run(
        [*made, "-days", "1", "-keyout", key, "-out", tmp_path / "cert.pem"], check=True, capture_output=True
    )
    key.write_bytes(key.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    secure = Elsewhere(tls=key)
    secure["/"] = plain(BACK)
    for url in ("https://nobody.invalid/", port.address, secure.address, "http://xn--a.example\u0000/", "http://a..b/"):
        assert judge(fetched(url), PAGES).code == UNKNOWN, url
    assert secure.asked == []


def test_encrypted_pages_do_not_lead_to_unencrypted_ones(web: Elsewhere) -> None:
    """Behind a redirect from https to http anybody on the way could answer, so it is not followed."""
    page = Fetcher("test", Limits(local))
    web["/"] = plain(BACK)
    seen = page._ask

    def as_if_secure(url: str, network: object) -> Page:
        moved = (("location", web.address),)
        return Page(url, 301, moved) if url.startswith("https:") else seen(url, network)  # type: ignore[arg-type]

    page._ask = as_if_secure  # type: ignore[method-assign]
    assert "not encrypted" in page.fetch("https://mara.example/").why
    assert web.asked == []


# -- where requests may go ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
        "2001:0:7f00:1::1", "2001:db8::1", "localhost", "",
    ],
)  # fmt: skip
def test_addresses_of_ones_own_network_are_not_public(address: str) -> None:
    """Whatever leads to this machine, to its network or to nowhere may not be asked, also inside of IPv6."""
    assert not public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    """All others may."""
    assert public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "127.1"])
def test_ones_own_network_is_not_asked(web: Elsewhere, host: str) -> None:
    """However a private address is written, no connection is made to it."""
    port = web.address.rpartition(":")[2]
    page = Fetcher("test", Limits()).fetch(f"http://{host}:{port}/")
    assert page.status == 0
    assert web.asked == []


def test_each_redirect_is_checked() -> None:
    """A public page may not lead on to a private one."""
    inside, outside = Elsewhere("127.0.0.2"), Elsewhere()
    outside["/"] = onward(f"{inside.address}/secret")
    inside["/secret"] = plain(BACK)
    assert verdict(outside).code == UNKNOWN
    assert inside.asked == []


def test_names_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked, also if the name leads elsewhere a moment later."""
    inside, outside = Elsewhere("127.0.0.2"), Elsewhere()
    inside["/"] = outside["/"] = plain(BACK)
    answers = ["127.0.0.1", "127.0.0.2", "127.0.0.2"]
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *rest: object, **more: object) -> object:
        return real(answers.pop(0) if host == "mara.test" else host, port, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    port = outside.address.rpartition(":")[2]
    assert fetched(f"http://mara.test:{port}/").status == 200
    assert len(answers) == 2
    assert "Host: mara.test" in outside.asked[0]
    assert inside.asked == []


# -- what is remembered -----------------------------------------------------------------------------------------


def test_what_becomes_of_proofs() -> None:
    """Seen: today's day. Not known: as before. Refuted, or no longer among the links: gone."""
    before = (("https://a/", "2026-01-01"), ("https://b/", "2026-01-02"), ("https://c/", "2026-01-03"))
    verdicts = {
        "https://b/": Verdict(UNKNOWN, "", {}),
        "https://a/": Verdict(REFUTED, "", {}),
        "https://d/": Verdict(CONFIRMED, "", {}),
    }
    assert renewed(before, verdicts, "2026-11-23") == (("https://b/", "2026-01-02"), ("https://d/", "2026-11-23"))


def test_proofs_end() -> None:
    """A proof counts from its day on for some days, the last one included; without days, none counts."""
    found = (("https://a/", "2026-05-27"),)
    assert proofs.holding(found, "2026-11-23", 180) == found
    assert proofs.holding(found, "2026-11-24", 180) == ()
    assert proofs.holding(found, "2026-05-26", 180) == ()
    assert proofs.holding(found, "2026-05-27", 0) == ()
    assert proofs.holding(found, "0001-01-01", 36500) == ()


@given(st.dictionaries(st.text(), st.dates().map(str)))
def test_proofs_are_read_as_they_were_written(found: dict[str, str]) -> None:
    """Writing and reading is the same again, sorted, whatever the addresses are."""
    pairs = tuple(sorted(found.items()))
    assert proofs.read("p", proofs.text(tuple(reversed(pairs))).encode("utf-8", "surrogatepass")) == (pairs, [])


@given(
    st.binary()
    | st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    ).map(lambda value: json.dumps(value).encode())
)
@example(b"[" * 60_000)
@example(b"1" * 5000)
@example(b'{"links": {"a": 1}, "links": {}}')
@example(b" " * 70_000)
def test_other_files_are_a_problem(data: bytes) -> None:
    """Whatever else a file holds is one problem, never a traceback."""
    found, problems = proofs.read("p", data)
    assert (found is None) == bool(problems)


@given(st.binary() | st.text().map(str.encode), st.text())
def test_pages_of_any_kind_are_read(data: bytes, header: str) -> None:
    """No page makes the reading fail."""
    backlinks(Page(HOME, 200, (("content-type", "text/html"), ("link", header)), b"<a rel=me href=" + data))


# -- the command ------------------------------------------------------------------------------------------------


def run(site: Site, *options: str, today: str = "2026-11-29") -> Run:
    """Run the command on the site."""
    given = ["--site", str(site.folder), "--lang", "en", "--today", today, "--allow-private", "--pause", "0"]
    return site.checkout.run("verify-links", *given, *options)


def page(site: Site, slug: str = "mara", lang: str = "") -> str:
    """Return the page of a person."""
    return (site.output / lang / "experts" / slug / "index.html").read_text("utf-8")


def test_from_the_link_to_the_page(site: Site, web: Elsewhere) -> None:
    """A profile elsewhere that leads back is marked with the day on the page, in words, until the days are over."""
    web["/@mara"] = plain('<a rel="me" href="https://experts.example/en/experts/mara-old/">')
    web["/blog"] = plain("<p>Nothing.")
    web["/down"] = plain("", status="500 Oops")
    links = {
        "mastodon": f"{web.address}/@mara",
        "blog": f"{web.address}/blog",
        "website": f"{web.address}/down",
        "signal": f"{web.address}/#signal",
    }
    site.profile("mara", links=links, aliases=["mara-old"])
    site.profile("kim", links={"website": f"{web.address}/@kim"}, status="paused")
    done = run(site)
    assert done.code == 0, done.err
    assert done.out == "1 confirmed, 1 without a link back, 1 not known\n"
    lines = done.err.splitlines()
    assert f"{web.address}/@mara links back" in lines[0]
    assert '/blog does not link back (it needs <a rel="me" href="https://experts.example/experts/mara/">)' in lines[1]
    assert lines[2].endswith("/down answers with the status 500")
    assert all(line.startswith("profiles/mara/profile.md:") for line in lines)
    assert sorted(web.paths()) == ["/@mara", "/blog", "/down"]  # nobody asks for people who are not shown
    assert json.loads(site.read("profiles/mara/verified.json")) == {"links": {f"{web.address}/@mara": "2026-11-29"}}
    site.built(today="2026-11-29")
    assert '<span class="proof">bestätigt am 29. November 2026</span>' in page(site)
    assert '<span class="proof">confirmed on 29 November 2026</span>' in page(site, lang="en")
    assert page(site).count('class="proof"') == 1
    api = json.loads((site.output / "api/experts/mara.json").read_text("utf-8"))
    assert [link.get("confirmed") for link in api["links"]] == ["2026-11-29", None, None, None]
    assert site.stale(today="2026-11-29") == []
    site.built(today="2027-05-29")
    assert 'class="proof"' not in page(site)


def test_later_rounds(site: Site, web: Elsewhere) -> None:
    """No answer keeps a proof and says until when; an answer without a link takes it away, and the file with the last one."""
    web["/"] = plain('<link rel="me" href="https://experts.example/experts/mara/">')
    site.profile("mara", links={"website": web.address + "/"})
    run(site, "mara")
    web["/"] = raw(b"")
    done = run(site, today="2027-01-10")
    assert done.code == 0
    assert "(its confirmation stays until 2027-05-28)" in done.err
    assert "2026-11-29" in site.read("profiles/mara/verified.json")
    web["/"] = plain("<p>moved")
    assert run(site, "mara", today="2027-01-11").code == 0
    assert not site.path("profiles/mara/verified.json").exists()


def test_same_answers_same_bytes(site: Site, web: Elsewhere) -> None:
    """Files do not depend on the order in which answers come, and one that says the same is not written again."""
    for slug in ("mara", "jonas"):
        web[f"/{slug}"] = plain(f'<a rel=me href="https://experts.example/experts/{slug}/">')
        site.profile(
            slug,
            links={
                "github": f"{web.address}/{slug}",
                "blog": f"{web.address}/{slug}?b",
                "website": f"{web.address}/nothing",
            },
        )
    run(site)
    files = [site.path(f"profiles/{slug}/verified.json") for slug in ("mara", "jonas")]
    first = [(path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    assert list(json.loads(first[0][0])["links"]) == sorted(json.loads(first[0][0])["links"])
    run(site)
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in files] == first


def test_nothing_is_lost_on_kill(site: Site, web: Elsewhere) -> None:
    """Whoever is done is written at once; a file is whole or as it was, and no other one is left behind that counts."""
    site.profile("mara", links={"website": web.address + "/mara"})
    site.profile("jonas", links={"website": web.address.replace("127.0.0.1", "localhost") + "/jonas"})
    site.put("profiles/jonas/verified.json", before := proofs.text(((web.address, "2026-11-01"),)))
    web["/mara"] = plain('<a rel=me href="https://experts.example/experts/mara/">')
    web["/jonas"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.1)
    options = ["--site", str(site.folder), "--allow-private", "--today", "2026-11-29", "--silence", "20"]
    command = site.checkout.command("verify-links", *options)
    with subprocess.Popen(command, env=site.checkout.environment(), cwd=site.checkout.folder) as process:
        until = time.monotonic() + 60
        while not site.path("profiles/mara/verified.json").exists() and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
    assert "2026-11-29" in site.read("profiles/mara/verified.json")
    assert site.read("profiles/jonas/verified.json") == before
    site.built()


def test_who_is_unknown_and_where_no_site_is(site: Site) -> None:
    """A slip in a name and a site without an address are told in a sentence, and nothing is asked."""
    done = run(site, "marra")
    assert (done.code, done.err.splitlines()[0]) == (
        1,
        "marra: marra is nobody who is shown on the site (did you mean mara?)",
    )
    site.settings(SITEURL="")
    site.put("publishconf.py", "SITEURL = ''\n")
    assert "SITEURL is not set" in run(site).err


def test_owners_and_links_that_changed(site: Site) -> None:
    """A proof of an address that the profile no longer gives counts for nothing, and blocks nobody."""
    site.profile("mara", links={"website": "https://mara.example/new"})
    site.put("profiles/mara/verified.json", proofs.text((("https://mara.example/", "2026-11-01"),)))
    site.put("profiles/nobody/verified.json", proofs.text((("https://mara.example/", "2026-11-01"),)))
    site.built()
    assert 'class="proof"' not in page(site)
    assert not list(site.output.rglob("verified.json"))


def test_endless_pages_end(web: Elsewhere) -> None:
    """Of a page, no more than a limit is read."""
    web["/"] = dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, 0, 10_000)
    page = fetched(web.address)
    assert (len(page.data), page.whole) == (LARGEST, False)
