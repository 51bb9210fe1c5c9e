"""The page for developers: its programs run as they stand there, its addresses answer, and it says what is true of the site."""

from __future__ import annotations

import http.server
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po
from factory import CONSENT, ROOT, Checkout, Site
from jinja2 import Environment
from jinja2.ext import extract_from_ast
from lxml import html

from expert_api.kinds import KINDS

RUN = {"sh": ["sh", "-e", "-c"], "js": ["node", "--input-type=module", "-e"], "python": [sys.executable, "-c"]}


class Served(NamedTuple):
    """A built site that is served below /our/experts/ of a host."""

    site: Site
    url: str

    def page(self, lang: str = "de") -> html.HtmlElement:
        """The page in a language."""
        path = "developers/index.html" if lang == "de" else f"{lang}/developers/index.html"
        return html.fromstring((self.site.output / path).read_bytes())

    def code(self, language: str, lang: str = "de") -> str:
        """The block of code in a programming language, as somebody copies it from the page."""
        (block,) = self.page(lang).xpath(f'//pre/code[@class="language-{language}"]')
        return str(block.text_content())


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module", params=["tiny", "empty"])
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, checkout: Checkout
) -> Iterator[Served]:
    """Return a site of one of everything, and one of nothing."""
    folder = tmp_path_factory.mktemp("host")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "host")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = Site(folder / "site", checkout, empty=request.param == "empty")
    site.output = folder / "host/our/experts"
    url = f"http://127.0.0.1:{server.server_port}/our/experts"
    site.settings(SITEURL=url)
    site.built()
    yield Served(site, f"{url}/")
    server.shutdown()
    server.server_close()


def run(served: Served, language: str, folder: Path, lang: str = "de") -> str:
    """Run a program of the page in a folder; what it prints."""
    program, *arguments = RUN[language]
    if not shutil.which(program) or (language == "sh" and not shutil.which("curl")):
        pytest.skip(f"no {program} here")
    command = [program, *arguments, served.code(language, lang)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("lang", ["de", "en"])
def test_shell(served: Served, lang: str, tmp_path: Path) -> None:
    """The first lines fetch the entry point and, where there is somebody, a person."""
    printed = run(served, "sh", tmp_path, lang)
    files = ["index.json", *(["experts/ida.json"] if served.site.path("profiles/ida").exists() else [])]
    assert printed == "".join((served.site.output / "api" / name).read_text("utf-8") for name in files)


def test_script(served: Served, tmp_path: Path) -> None:
    """The script prints all people on a topic, in the language of the page if they have one."""
    people = ["Ida Tester: Was ida sagt", "Jonas Tester: Was jonas sagt", "Mara Tester: What mara says"]
    expected = people if served.site.path("profiles/ida").exists() else []
    assert run(served, "js", tmp_path, "en").splitlines() == expected


def test_copy(served: Served, tmp_path: Path) -> None:
    """The program keeps a folder with exactly the people who are there: who has gone is deleted."""
    (tmp_path / "experts").mkdir()
    (tmp_path / "experts/gone.json").write_text("{}")
    for _ in range(2):
        run(served, "python", tmp_path)
        theirs = {path.name: path.read_bytes() for path in (tmp_path / "experts").iterdir()}
        assert theirs == {path.name: path.read_bytes() for path in (served.site.output / "api/experts").glob("*")}


def test_answer(served: Served) -> None:
    """What the page shows as an answer is what the list says."""
    items = json.loads((served.site.output / "api/experts.json").read_text("utf-8"))["items"]
    if items:
        assert json.loads(served.code("json")) == items[0]
    else:
        assert served.page().xpath('//code[@class="language-json"]') == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_addresses_of_the_page(served: Served, lang: str) -> None:
    """Every link on the page leads to a file, and so do all addresses that it shows as code."""
    page = served.page(lang)
    shown = [code for code in page.xpath("//main//dd/code//text()") if "//" in code and "{" not in code]
    found = [address for _, _, address, _ in page.iterlinks()] + shown
    for address in found:
        path = address.removeprefix(served.url).removeprefix("/our/experts/").partition("#")[0]
        if ":" not in path:
            file = served.site.output / path
            assert (file / "index.html" if path.endswith("/") or not path else file).is_file(), address
    assert len(shown) == len(KINDS)


def test_nobody_is_an_example_whom_search_engines_may_not_list(site: Site) -> None:
    """The page may be found by all, so it names only people who may be."""
    for slug in ("ida", "jonas", "mara"):
        site.profile(slug, consent={**CONSENT, "channels": ["site", "feeds", "ai"]})
    site.built()
    pages = [path for path in site.tree() if path.endswith("developers/index.html")]
    assert len(pages) == 2
    assert "api/experts/ida.json" in site.tree()
    for path in pages:
        assert not any(slug in site.tree()[path].decode() for slug in ("ida.json", "jonas", "mara"))


def test_other_formats_are_named_if_they_are_there(site: Site) -> None:
    """What another plugin makes is named on the page as long as that plugin is active."""
    base = ["experts", "expert_home", "expert_profiles", "expert_files", "expert_api", "expert_previews"]
    site.settings(PLUGINS=base)
    site.built()
    page = site.tree()["developers/index.html"].decode()
    assert not any(word in page for word in ("follow/", "calendar.ics", "sitemap.xml", "vCard", "schema.org"))


def test_german_is_complete() -> None:
    """Every text of the page has a German one: those of the template, and those of the fields."""
    with (ROOT / "theme/locale/de/LC_MESSAGES/theme.po").open("rb") as file:
        german = {message.id: message.string for message in read_po(file, locale="de", abort_invalid=True)}
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    template = environment.parse((ROOT / "theme/templates/developers.html").read_text("utf-8"))
    texts = [found[0] if isinstance(found, tuple) else found for _, _, found in extract_from_ast(template)]
    for kind in KINDS:
        texts += [kind.all, kind.one, *[field.means for field in kind.table]]
    assert [text for text in texts if text and not german.get(text)] == []
    assert len([text for text in texts if text]) > 100
