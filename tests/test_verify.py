"""Verifying a live site: a real server that does all right, and one fault after the other."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import places
import pytest
from experts import hosting
from experts.publishing import hypertext
from experts.publishing import verify as command
from experts.publishing.verify import verify
from experts.publishing.web import Place
from factory import MARKER, Checkout, Site
from hypothesis import given
from hypothesis import strategies as st


class Live(NamedTuple):
    """A site on a server, and what it answers instead of its files: path -> (status, headers, data)."""

    url: str
    site: Site
    files: dict[str, bytes]
    faults: dict[str, tuple[int, dict[str, str], bytes]]

    def said(self, *gone: str, output: bool = False, plain: bool = False) -> list[tuple[str, str]]:
        """What is wrong: paths and sentences."""
        found = verify(self.url, list(gone), str(self.site.output) if output else "", plain, 5000, 60)
        assert found.whole
        return [(problem.path.removeprefix(self.url), problem.say()[0]) for problem in found.problems]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Iterator[Live]:
    """Return a site on a server that does what hosting.py says."""
    site = Site(tmp_path_factory.mktemp("verify") / "site", checkout)
    site.settings(SITEURL="https://x.example/people")
    channels = ["site", "search-engines", "feeds", "images", "ai", "press-kit"]
    consent = {"given": "2026-05-01", "text": "1", "channels": channels}
    site.profile("zoe", left="2026-11-01", consent=consent)
    site.built()
    faults: dict[str, tuple[int, dict[str, str], bytes]] = {}
    files = {name: data for name, data in site.tree().items() if name != MARKER}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer takes as long as an acknowledgement is held back

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            """Answer with a file, a fault, or that there is nothing."""
            path = self.path.removeprefix("/people/")
            name = path + "index.html" if path.endswith("/") or not path else path
            status, headers, data = 404, {"Content-Type": "text/html; charset=utf-8"}, files["404.html"]
            if name in files:
                kinds = {"Content-Type": hosting.media_of(name), "Cache-Control": hosting.cache_of(name)}
                status, headers, data = 200, kinds, files[name]
            headers |= {**hosting.security("http:"), **hosting.isolation(), "Content-Security-Policy": hosting.policy()}
            status, more, data = faults.get(path, (status, {}, data))
            self.send_response(status)
            for key, value in {**headers, **more, "Content-Length": str(len(data))}.items():
                if value:
                    self.send_header(key, value)
            self.end_headers()
            self.wfile.write(data)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Live(f"http://127.0.0.1:{server.server_port}/people/", site, files, faults)
    server.shutdown()
    server.server_close()


@pytest.fixture
def live(running: Live) -> Live:
    """Return the site, on which nothing is wrong yet."""
    running.faults.clear()
    return running


def test_nothing_is_wrong(live: Live) -> None:
    """A site that is served as the build and the snippets say has no problems, also beside its build."""
    assert live.said("nobody-of-that-name", output=True) == []


def test_somebody_whose_feed_has_ended(live: Live) -> None:
    """A feed that only says that it has ended is no trace; the page of the same person would be one."""
    assert live.files["experts/zoe/atom.xml"]
    assert live.said("zoe") == []
    live.faults["experts/zoe/"] = (200, {"Content-Type": "text/html; charset=utf-8"}, b"<title>Zoe</title>")
    live.faults["experts/zoe/atom.xml"] = (200, {}, live.files["experts/mara/atom.xml"])
    said = [path for path, text in live.said("zoe") if text == "this should be gone, but answers 200"]
    assert said == ["experts/zoe/", "experts/zoe/atom.xml"]


def test_who_is_still_there(live: Live) -> None:
    """Somebody who should be gone is found in pages, feeds, cards, the API, the sitemap and the search; removed files, too."""
    said = live.said("ida", "experts/mara/portrait-0123456789.webp", "experts/ida/index.html")
    there = {path for path, text in said if text == "this should be gone, but answers 200"}
    assert there == {
        "experts/ida/", "experts/ida/index.html", "en/experts/ida/", "en/experts/ida/index.html", "api/experts/ida.json",
        "experts/ida/atom.xml", "experts/ida/feed.json", "en/experts/ida/atom.xml", "en/experts/ida/feed.json",
    }  # fmt: skip
    named = {path for path, text in said if text == "this still names ida, who should be gone"}
    assert {"experts/", "sitemap.xml", "api/experts.json", "en/topics/heat/"} <= named
    assert any(path.startswith("search/index/d0") for path in named)
    assert "about/" not in named


FAULTS: dict[str, tuple[str, int, dict[str, str], bytes | None, str]] = {
    "status": ("topics/heat/", 500, {}, b"", "this answers 500, but / names it"),
    "media": ("atom.xml", 200, {"Content-Type": "text/html"}, None, "the media type is text/html"),
    "charset": (
        "topics/heat/",
        200,
        {"Content-Type": "text/html; charset=latin1"},
        None,
        "the media type is text/html; charset",
    ),
    "caching": ("topics/heat/", 200, {"Cache-Control": "max-age=99999"}, None, "Cache-Control is max-age=99999"),
    "feed": ("atom.xml", 200, {}, b"<feed", "this cannot be read: unclosed token"),
    "json": ("feed.json", 200, {}, b"{]", "this cannot be read: "),
    "self": (
        "stories/atom.xml",
        200,
        {},
        b"ANOTHER",
        "the feed says that it is another one: https://x.example/people/atom.xml",
    ),
    "twins": (
        "feed.json",
        200,
        {},
        b'{"items": [{"id": "1"}, {"id": "1"}]}',
        "two entries of the feed have the same name",
    ),
    "policy": (
        "topics/heat/",
        200,
        {"Content-Security-Policy": ""},
        None,
        "the header Content-Security-Policy is - here and on 0",
    ),
    "nowhere": (
        "experts/there-was-never-anybody-here/",
        200,
        {},
        b"hello",
        "there is nothing here, but it answers 200",
    ),
    "canonical": (
        "topics/heat/",
        200,
        {},
        b"<link rel=canonical href=/people/>",
        "the sitemap lists this page, which names /people/",
    ),
    "silence": ("topics/heat/", 200, {"Content-Encoding": "gzip"}, b"no gzip", "there is no answer: "),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_is_found(fault: str, live: Live) -> None:
    """Whatever a host or somebody's hand does wrong is said, with the address."""
    path, status, headers, data, text = FAULTS[fault]
    own = live.files.get(path + "index.html" if path.endswith("/") else path, b"")
    if data == b"ANOTHER":
        data = live.files["atom.xml"]
    live.faults[path] = (status, headers, own if data is None else data)
    assert [said for where, said in live.said() if where == path and said.startswith(text)], live.said()


def test_broken_links(live: Live) -> None:
    """Links to pages and to places in pages that are not there are found; what lies elsewhere is not asked for."""
    links = b"<a href='../gone/'>x</a><a href='#here'>x</a><a href='/people/experts/#nowhere'>x</a><a href='http://127.0.0.1:9/'>x</a>"
    live.faults["topics/heat/"] = (
        200,
        {},
        b"<h1 id=h>Heat</h1>" + links + b"<a href='#:~:text=x'>x</a><a href='//[bad'>x</a>",
    )
    assert [line for line in live.said() if "topics/" in line[0] or "nowhere" in line[1]] == [
        ("experts/", "/topics/heat/ links to #nowhere on this page, which is not there"),
        ("topics/gone/", "this answers 404, but /topics/heat/ names it"),
        ("topics/heat/", "/topics/heat/ links to #here on this page, which is not there"),
    ]


def test_what_is_live_is_not_the_build(live: Live) -> None:
    """With the build at hand, other bytes, missing files, pages that nobody made and lost earlier addresses are found."""
    live.faults["about/"] = (200, {}, b"<h1>Defaced</h1>")
    live.faults["experts/mara-old/"] = (404, {}, b"")
    live.faults["feed.json"] = (404, {}, b"")
    live.faults["imprint/"] = (200, {}, b"<a href=/people/casino/>x</a>")
    live.faults["casino/"] = (200, {"Content-Type": "text/html; charset=utf-8"}, b"Win!")
    said = dict(live.said(output=True))
    assert said["about/"] == "this is not what the build has made"
    assert (
        said["experts/mara-old/"].startswith("this earlier address answers 404")
        or "answers 404" in said["experts/mara-old/"]
    )
    assert "404" in said["feed.json"]
    assert said["casino/"] == "the build does not know this page"


def test_a_host_that_sets_no_headers(live: Live) -> None:
    """From a host that cannot be told, headers are not asked; that a page is no page is still a problem."""
    live.faults["topics/heat/"] = (
        200,
        {"Content-Security-Policy": "", "Cache-Control": "max-age=600"},
        live.files["index.html"],
    )
    live.faults["atom.xml"] = (200, {"Content-Type": "application/xml"}, live.files["atom.xml"])
    assert [line for line in live.said(plain=True) if "canonical" not in line[1] and "address" not in line[1]] == []
    live.faults["topics/heat/"] = (200, {"Content-Type": "text/plain"}, b"")
    assert [path for path, text in live.said(plain=True) if text == "the media type is text/plain"] == ["topics/heat/"]


def test_mixed_content() -> None:
    """What an encrypted page loads without encryption is found: browsers refuse it."""
    from experts.publishing.crawl import Walk
    from experts.publishing.replies import findings
    from experts.publishing.web import Answer

    answer = Answer("", 200, {"content-type": "text/html"}, b"")
    page = hypertext.read(
        "<img src='http://x.example/a.png' srcset='http://y.example/b.png 2x'><a href='http://z.example'>"
    )
    walk = Walk({"": answer}, {"": page}, {"": ""}, {}, set(), True)
    said = [problem.say()[0] for problem in findings(walk, Place("https://x.example/", ""), plain=True)]
    assert said == [
        f"this page loads http://{name}, which is not encrypted" for name in ("x.example/a.png", "y.example/b.png")
    ]


def test_what_takes_a_while(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """With time to wait, what is old is looked at again until it is new; what no waiting mends is said at once."""
    monkeypatch.setattr(command, "PAUSE", 0.01)
    looked = []

    def look() -> command.Verified:
        looked.append(1)
        if len(looked) == 3:
            live.faults.clear()
        return verify(live.url, [], str(live.site.output), False, 5000, 60)

    live.faults["about/"] = (200, {}, b"<h1>Old</h1>")
    assert (command.patiently(look, 60).problems, len(looked)) == ([], 3)
    live.faults["about/"] = (200, {"Cache-Control": "max-age=99999"}, live.files["about/index.html"])
    looked = [1, 1, 1]
    assert len(command.patiently(look, 60).problems) == 1
    assert len(looked) == 4
    live.faults["about/"] = (200, {}, b"<h1>Old</h1>")
    assert len(command.patiently(look, 0).problems) == 1


def test_who_has_another_name(live: Live) -> None:
    """A removed file of somebody who is called otherwise now may lead on; an address of somebody who is gone may not."""
    live.faults["experts/mara-old/atom.xml"] = (301, {"Location": "/people/experts/mara/atom.xml"}, b"")
    assert live.said("experts/mara-old/atom.xml") == []
    said = [path for path, text in live.said("mara-old") if text == "this should be gone, but answers 301"]
    assert said == ["experts/mara-old/atom.xml"]


def run(live: Live, *options: str, url: str = "") -> Any:
    """Run the command."""
    return live.site.checkout.run("verify", url or live.url, "--lang", "en", *options)


def test_the_command(live: Live, tmp_path: Path) -> None:
    """The exit code says whether all is well; the report is text or JSON; a file names who is gone."""
    done = run(live)
    assert (done.code, done.err) == (0, "")
    assert " pages, " in done.out
    (tmp_path / "gone.txt").write_bytes(b"\xef\xbb\xbfida\r\n\r\nexperts/x/portrait-1.webp\r\n")
    done = run(live, "--gone", str(tmp_path / "gone.txt"), "--format", "json")
    report = json.loads(done.out)
    assert (done.code, report["ok"]) == (1, False)
    assert {problem["code"] for problem in report["problems"]} == {"gone"}
    assert report["checked"]["whole"] is True
    done = run(live, "--limit", "10")
    assert "not everything was looked at" in done.out


def test_hosts_that_are_not_there(live: Live, tmp_path: Path) -> None:
    """A dead host, an address that is none, and a file that is not there are said in a sentence."""
    dead = f"http://127.0.0.1:{places.free_port()}/"
    for arguments, text in (
        ((dead,), "there is no answer: "),
        (("http://[",), "is not an address (write the whole address"),
        (("ftp://x.example/",), "is not an address"),
        ((live.url, "--gone", str(tmp_path / "none")), "the file cannot be read: "),
        ((live.url, "--output", str(tmp_path)), "no build has made the folder"),
    ):
        done = live.site.checkout.run("verify", *arguments, "--lang", "en")
        assert (done.code, text in done.err) == (1, True), (arguments, done.err)
        assert "Traceback" not in done.err
    assert live.site.checkout.run("verify", live.url, "--limit", "0").code == 2


@given(st.text())
def test_any_page_can_be_read(text: str) -> None:
    """Whatever a page holds, its links are paths of the site, or lead elsewhere."""
    place = Place("https://x.example/people/", "https://y.example/")
    page = hypertext.read(f"<a href={text}><img srcset='{text}'>{text}")
    for link in (*page.links, *page.loaded, text):
        path = place.path(link, "a/b/")
        assert path is None or isinstance(path, str)
    assert place.path("../c?x#y", "a/b/") == "a/c"
    assert place.path("https://y.example/d%20e/") == "d e/"
    assert place.path("/elsewhere/") is None
