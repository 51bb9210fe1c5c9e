"""What hosts are told: tried on Apache and nginx where they are installed, and by the rules of the others."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import brotli
import expert_hosting
import pytest
from experts import hosting
from experts.forge import Forge
from experts.hosting import HASHED
from experts.publishing.verify import verify
from factory import Checkout, Site

SBIN = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"
APACHE = shutil.which("apache2") or shutil.which("apache2", path=SBIN)
NGINX = shutil.which("nginx") or shutil.which("nginx", path=SBIN)
MODULES = Path("/usr/lib/apache2/modules")
FOR_EVER = "public, max-age=31536000, immutable"
BASES = ["/", "/our-site/experts/"]

APACHE_CONF = """\
ServerRoot {folder}
PidFile {folder}/pid
Listen 127.0.0.1:{port}
ServerName localhost
ErrorLog {folder}/log
TypesConfig /etc/mime.types
{modules}
DocumentRoot {root}
<Directory {root}>
  AllowOverride FileInfo
  Require all granted
</Directory>
"""
NGINX_CONF = """\
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/log;
events {{ }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {root}; include {site}/.hosting/nginx.conf; }}
}}
"""


class Answer(NamedTuple):
    """What a server answers."""

    status: int
    headers: dict[str, str]
    text: str
    data: bytes


class Server(NamedTuple):
    """A running server, and where the site is on it."""

    port: int
    base: str
    site: Site
    brotli: bool  # whether it can serve Brotli

    def get(self, path: str, encodings: str = "") -> Answer:
        """Ask for a path of the site, as who understands these encodings."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", self.base + path, headers={"Accept-Encoding": encodings} if encodings else {})
        response = connection.getresponse()
        names = [name.lower() for name, _ in response.getheaders()]
        assert len(names) == len(set(names)), names
        headers = {name.lower(): value for name, value in response.getheaders()}
        data = response.read()
        connection.close()
        return Answer(response.status, headers, data.decode("utf-8", "replace"), data)

    def lang(self, path: str) -> tuple[int, str]:
        """The status of the answer, and the language of its page."""
        answer = self.get(path)
        found = re.search('<html lang="([^"]*)"', answer.text)
        return answer.status, found[1] if found else ""

    def target(self, path: str) -> tuple[int, str]:
        """The status of the answer, and where on the site it leads."""
        answer = self.get(path)
        return answer.status, answer.headers.get("location", "").partition(f":{self.port}{self.base}")[2]


def fill(site: Site, base: str) -> None:
    """Make a site with earlier names and files of all kinds."""
    repository = "https://github.com/example/experts"
    url = f"https://x.example{base.rstrip('/')}"
    site.settings(SITEURL=url, LANGUAGES=["de", "en", "pt-BR"], REPOSITORY=repository)
    open_to_all = ["site", "search-engines", "feeds", "press-kit", "images", "ai"]
    consent = {"given": "2026-05-01", "text": "1", "channels": open_to_all}
    site.profile("mara", "[Vortrag](talk.pdf)\n", topics=["pumps", "heat"], aliases=["mara-old"], consent=consent)
    site.put("profiles/mara/talk.pdf", b"%PDF-1.4\n%%EOF\n")
    site.portrait("mara")
    site.built()


@pytest.fixture(scope="module", params=[(name, base) for name in ("apache", "nginx") for base in BASES])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, checkout: Checkout
) -> Iterator[Server]:
    """Return a server on this machine that has the files of a site and what they say to it."""
    name, base = request.param
    program = {"apache": APACHE, "nginx": NGINX}[name]
    if program is None or (name == "apache" and not MODULES.is_dir()):
        pytest.skip(f"needs {name}")
    folder = tmp_path_factory.mktemp(name)
    site = Site(folder / "site", checkout)
    site.output = folder / "root" / base.strip("/")
    fill(site, base)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    modules = [
        f"LoadModule {module}_module {MODULES}/mod_{module}.so"
        for module in ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers")
    ]
    values = {
        "folder": folder,
        "port": port,
        "root": folder / "root",
        "site": site.output,
        "modules": "\n".join(modules),
        "user": "" if os.getuid() else "user root root;",  # else nobody else may read the folders of tests
    }
    config = folder / "server.conf"
    config.write_text((APACHE_CONF if name == "apache" else NGINX_CONF).format(**values))
    arguments = (
        ["-f", str(config), "-DFOREGROUND"] if name == "apache" else ["-c", str(config), "-e", str(folder / "log")]
    )
    process = subprocess.Popen([program, *arguments], stderr=subprocess.PIPE)
    try:
        found = Server(port, base, site, name == "apache")
        for _ in range(100):
            try:
                found.get("")
                break
            except OSError:
                assert process.poll() is None, process.communicate()[1].decode()
                time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_what_is_there(server: Server) -> None:
    """Pages and files are served as they are, with their media types; text is UTF-8."""
    types = {
        "": "text/html",
        "experts/mara/": "text/html",
        "experts/mara/contact.vcf": "text/vcard",
        "experts/mara/talks.ics": "text/calendar",
        "events/calendar.ics": "text/calendar",
        "manifest.webmanifest": "application/manifest+json",
        "robots.txt": "text/plain",
        ".well-known/security.txt": "",
        "search/index/manifest.json": "application/json",
        "atom.xml": "application/atom+xml",
        "feed.json": "application/feed+json",
        "experts/mara/atom.xml": "application/atom+xml",
        "en/experts/mara/feed.json": "application/feed+json",
        "follow/experts.opml": "text/x-opml",
    }
    for path, kind in types.items():
        if not (server.site.output / (path + "index.html" if path.endswith("/") or not path else path)).is_file():
            continue  # of another plugin
        answer = server.get(path)
        assert answer.status == 200, path
        assert (
            re.sub("; ?charset=utf-8", "; charset=utf-8", answer.headers["content-type"].lower())
            == f"{kind}; charset=utf-8"
        ), path
    assert server.target("experts/mara") == (301, "experts/mara/")
    assert server.lang("en/experts/") == (200, "en")


def test_who_is_gone(server: Server) -> None:
    """What is not found below experts/ is gone, in every language and form; what was never anywhere is not found."""
    for path in (
        "experts/nobody/",
        "experts/nobody/atom.xml",
        "experts/nobody/contact.vcf",
        "experts/nobody",
        "api/experts/nobody.json",
    ):
        assert server.lang(path) == (410, "de"), path
    assert server.lang("en/experts/nobody/feed.json") == (410, "en")
    assert server.lang("pt-BR/experts/nobody/") == (410, "pt-BR")
    for path in ("experts/nobody/portrait-0123456789.png", "en/experts/nobody"):
        assert server.get(path).status == 410
    assert server.lang("nowhere/") == (404, "de")
    assert server.lang("stories/nowhere/") == (404, "de")
    assert server.lang("en/nowhere") == (404, "en")


def test_who_has_another_name(server: Server) -> None:
    """An earlier address leads to the present one at once, with all that lies below it; a story's pictures stay."""
    assert server.target("experts/mara-old/") == (301, "experts/mara/")
    assert server.target("pt-BR/experts/mara-old/") == (301, "pt-BR/experts/mara/")
    assert server.target("experts/mara-old/atom.xml") == (301, "experts/mara/atom.xml")
    assert server.target("en/stories/boiler/") == (301, "en/stories/boiler-en/")
    assert server.target("stories/boiler-en/") == (301, "stories/boiler/")
    picture = next(server.site.output.glob("stories/pipe/picture-*")).name
    assert server.get(f"stories/pipe/{picture}").status == 200


def test_what_may_be_kept(server: Server) -> None:
    """Files whose names tell their content are kept for ever, all others are asked for again."""
    output = server.site.output
    patterns = [
        "theme/site.*.css",
        "theme/js/*.js",
        "experts/mara/portrait-*",
        "experts/mara/talk-*.pdf",
        "search/index/[!m]*.json",
    ]
    for pattern in patterns:
        for path in output.glob(pattern):
            assert server.get(path.relative_to(output).as_posix()).headers["cache-control"] == FOR_EVER, path
        assert list(output.glob(pattern))
    for path in (
        "",
        "experts/mara/",
        "search/index/manifest.json",
        "theme/favicon.svg",
        "experts/mara/talks.ics",
        "sitemap.xml",
    ):
        assert server.get(path).headers["cache-control"] == "no-cache", path


def test_files_for_machines(server: Server) -> None:
    """Other sites may read them, and search engines do not list them; pages and pictures are as they are."""
    for path in ("experts/mara/contact.vcf", "experts/mara/talks.ics", "search/index/manifest.json"):
        headers = server.get(path).headers
        assert (headers["x-robots-tag"], headers["access-control-allow-origin"]) == ("noindex", "*")
    portrait = next(server.site.output.glob("experts/mara/portrait-*")).name
    for path in ("", "experts/mara/", f"experts/mara/{portrait}", "robots.txt"):
        assert not {"x-robots-tag", "access-control-allow-origin"} & server.get(path).headers.keys()


def test_security(server: Server) -> None:
    """Every answer, also that nothing is there, says what a page may load and who may frame it; the editor may do more."""
    for path in ("", "experts/mara/", "atom.xml", "nowhere/", "experts/nobody/", "administration/"):
        headers = server.get(path).headers
        assert headers["content-security-policy"] == hosting.policy(), path
        assert headers["cross-origin-opener-policy"] == "same-origin"
        for name, value in hosting.security("https://x.example").items():
            assert headers[name.lower()] == value, (path, name)
    forge = Forge("https://github.com/example/experts", "github", api="https://api.github.com")
    for name in ("admin/index.html", "admin/en/x.js"):
        (server.site.output / name).parent.mkdir(parents=True, exist_ok=True)
        (server.site.output / name).write_text("")
    for path in ("admin/", "admin/en/x.js"):
        headers = server.get(path).headers
        assert headers["content-security-policy"] == hosting.admin_policy(forge)
        assert headers["cross-origin-opener-policy"] == "same-origin-allow-popups"


def test_nothing_is_wrong(server: Server) -> None:
    """Who verifies the live site finds that everything is as the build has made it, and who left is gone."""
    url = f"http://127.0.0.1:{server.port}{server.base}"
    found = verify(url, ["nobody-here"], str(server.site.output), False, 5000, 120)
    assert [problem.line_of_text() for problem in found.problems] == []
    assert found.pages > 50


def test_no_promise_of_https_without_it() -> None:
    """Only a site that lives under https: tells browsers to ask for nothing else."""
    assert "Strict-Transport-Security" in hosting.security("https://x.example")
    assert "Strict-Transport-Security" not in hosting.security("http://x.example")
    assert "Strict-Transport-Security" not in hosting.security("")


def test_compressed_copies(server: Server) -> None:
    """Who understands it gets the compressed copy that lies beside a file, as what the file is; all others the file."""
    output = server.site.output
    script = next(output.glob("theme/js/*.js")).relative_to(output).as_posix()
    names = {"experts/mara/index.html": "experts/mara/", "atom.xml": "atom.xml", script: script}
    names["experts/mara/contact.vcf"] = "experts/mara/contact.vcf"
    try:
        for name in names:
            data = (output / name).read_bytes()
            (output / f"{name}.gz").write_bytes(gzip.compress(data, mtime=0))
            (output / f"{name}.br").write_bytes(brotli.compress(data))
        for name, path in names.items():
            plain = server.get(path)
            assert "content-encoding" not in plain.headers
            assert plain.data == (output / name).read_bytes()
            zipped = server.get(path, "gzip, deflate")
            assert zipped.headers["content-encoding"] == "gzip", path
            assert gzip.decompress(zipped.data) == plain.data
            for name_ in ("content-type", "cache-control", "x-robots-tag", "access-control-allow-origin"):
                assert zipped.headers.get(name_) == plain.headers.get(name_), (path, name_)
            assert "Accept-Encoding" in zipped.headers["vary"]
            if server.brotli:
                answer = server.get(path, "gzip, br")
                assert answer.headers["content-encoding"] == "br"
                assert brotli.decompress(answer.data) == plain.data
                assert answer.headers["content-type"] == plain.headers["content-type"]
    finally:
        for name in names:
            (output / f"{name}.gz").unlink()
            (output / f"{name}.br").unlink()


def test_what_is_kept_never_changes(site: Site) -> None:
    """A file that may be kept for ever has the same bytes whatever is edited, as long as its name is the same."""
    fill(site, "/")
    before = site.tree()
    site.profile("neu", "Ein ganz anderer Text über [Mara](expert:mara).\n", name="Neu Wärmer", location="Kiel")
    site.replace("profiles/ida/profile.md", "Siehe", "Sieh")
    site.put("profiles/mara/talk.pdf", b"%PDF-1.4\n%\n%%EOF\n")
    site.portrait("ida", 3)
    site.topic("heat", label={"de": "Wärme", "en": "Warmth", "pt-BR": "Calor"})
    site.built()
    after = site.tree()
    kept = [name for name in before if re.search(HASHED, f"/{name}") and name in after]
    assert len(kept) > 20
    assert [name for name in kept if before[name] != after[name]] == []


# -- hosts that are nowhere to try ------------------------------------------------------------------------


class Rule(NamedTuple):
    """A line of `_redirects`."""

    old: str
    new: str
    status: int

    def answer(self, path: str) -> tuple[int, str] | None:
        """Status and target for a path; None if the rule does not fit."""
        head, star, _ = self.old.partition("*")
        if path != head if not star else not path.startswith(head):
            return None
        return self.status, self.new.replace(":splat", path[len(head) :])


def rules(site: Site) -> list[Rule]:
    """The lines of `_redirects`, each of a form that Netlify and Cloudflare Pages read."""
    found = []
    for text in (site.output / "_redirects").read_text("ascii").splitlines():
        match = re.fullmatch(r"(/[!-~]*) (/[!-~]*) (301|404|410)", text)
        assert match, text
        assert match[1].count("*") <= 1
        assert len(text) <= 1000
        found.append(Rule(match[1], match[2], int(match[3])))
    return found


@pytest.mark.parametrize("base", BASES)
def test_redirects(site: Site, base: str) -> None:
    """Whatever is no file gets the answer of the first rule that fits: moved, gone, or not found in its language."""
    fill(site, base)
    found = rules(site)

    def answer(path: str) -> tuple[int, str]:
        status, target = next(filter(None, [rule.answer(base + path) for rule in found]))
        assert target.startswith(base)
        return status, target.removeprefix(base)

    assert answer("experts/mara-old/") == (301, "experts/mara/")
    assert answer("en/experts/mara-old/feed.json") == (301, "en/experts/mara/feed.json")
    assert answer("en/stories/boiler/") == (301, "en/stories/boiler-en/")
    assert answer("experts/nobody/atom.xml") == (410, "404.html")
    assert answer("pt-BR/experts/nobody/") == (410, "pt-BR/404.html")
    assert answer("api/experts/nobody.json") == (410, "404.html")
    assert answer("en/x") == (404, "en/404.html")
    assert answer("x") == (404, "404.html")
    for rule in found:
        target = site.output / rule.new.removeprefix(base).removesuffix(":splat").removesuffix("*")
        assert target.exists(), rule
    moves = [rule for rule in found if rule.status == 301]
    assert moves == sorted(moves, key=lambda rule: "*" in rule.old)  # Cloudflare reads those without * first


@pytest.mark.parametrize("base", BASES)
def test_headers(site: Site, base: str) -> None:
    """Each rule has one ``*`` at most, fits files that are there, and no header of a file is set twice."""
    fill(site, base)
    blocks = (site.output / "_headers").read_text("ascii").split(f"\n{base}")
    given: dict[str, dict[str, str]] = {}
    for number, block in enumerate(blocks):
        pattern, *lines = block.removeprefix(base if not number else "").splitlines()
        assert pattern.count("*") <= 1
        form = re.compile(
            "".join(
                [
                    {"*": ".*"}.get(part) or ("[^/]+" if part[:1] == ":" else re.escape(part))
                    for part in re.split(r"(\*|:\w+)", pattern)
                ]
            )
        )
        for name in (*site.tree(), "admin/index.html"):
            if form.fullmatch(name):
                for line in lines:
                    header, _, value = line.strip().partition(": ")
                    assert header not in given.setdefault(name, {}), (name, header)
                    given[name][header] = value
    assert given["experts/mara/contact.vcf"]["Content-Type"] == "text/vcard; charset=utf-8"
    assert given["experts/mara/contact.vcf"]["X-Robots-Tag"] == "noindex"
    assert given["search/index/manifest.json"]["Access-Control-Allow-Origin"] == "*"
    portrait = next(site.output.glob("experts/mara/portrait-*")).name
    everywhere = hosting.security("https://x.example")
    below = {"Content-Security-Policy": hosting.policy(), **hosting.isolation()}
    assert given[f"experts/mara/{portrait}"] == {"Cache-Control": FOR_EVER, **everywhere, **below}
    for name in site.tree():
        if name.endswith(".html"):
            assert given[name] == {**everywhere, **below} or name in ("index.html", "404.html"), name
    assert given["404.html"] == {**everywhere, **below}
    assert given["admin/index.html"]["Content-Security-Policy"] == hosting.admin_policy(
        Forge("https://github.com/example/experts", "github", api="https://api.github.com")
    )
    assert f"\n{base}\n  Content-Security-Policy: " in (site.output / "_headers").read_text("ascii")


def test_headers_of_many_pages() -> None:
    """A host reads a hundred rules: with too many folders, one rule stands for all."""
    places = tuple([f"p{number}/*" for number in range(200)])
    text = expert_hosting.headers("/", places, "https://x.example", Forge())
    assert len(re.findall("^/", text, re.MULTILINE)) < 100
    assert text.count(hosting.policy()) == 1


def test_nobody_who_left_is_named(site: Site) -> None:
    """The files say who is gone without saying who that was."""
    site.profile("zoe", aliases=["zoe-old"], left="2026-12-31")
    site.built()
    names = ("_redirects", ".htaccess", ".hosting/nginx.conf")
    assert all(b"zoe-old" in site.tree()[name] for name in names)
    site.built(today="2027-01-01")
    assert not any(b"zoe" in site.tree()[name] for name in names)
    assert site.stale(today="2027-01-01") == []


def test_as_many_as_a_host_reads(site: Site) -> None:
    """There are at most 2,000 redirects; the pages at the other earlier addresses lead on anyway."""
    for number in range(60):
        site.profile(f"p{number}", aliases=[f"p{number}-{other}" for other in range(20)])
    site.built()
    assert len([rule for rule in rules(site) if rule.status == 301]) == 2000
    assert (site.output / "en/experts/p59-19/index.html").is_file()
