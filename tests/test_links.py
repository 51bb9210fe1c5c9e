"""The demo's whole output, file by file: every address leads somewhere, and every page is complete."""

import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
SITE = "https://experten.nordlicht.example"  # as in publishconf.py
TODAY = "2026-11-23"  # the demo's consents, events and statements depend on the day
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LEFT_OVER = re.compile(r"{{|{%|%}|}}|\bUndefined\b|\bundefined\b|(?<![\w-])None(?![\w-]| \w)|%\(\w+\)s")
# What a browser fetches by itself; a link that somebody may follow is none of it.
FETCHED = {"src", "poster", "data", "background"}
FETCHED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


class Element(NamedTuple):
    """A start tag and where it stands."""

    tag: str
    attributes: dict[str, str]
    line: int
    prose: bool  # inside of what an author wrote

    def has(self, name: str, word: str) -> bool:
        """Tell whether a list of words like ``class`` or ``rel`` holds the word."""
        return word in self.attributes.get(name, "").split()


class Page(HTMLParser):
    """A page of the output: its elements, and the text that the theme wrote."""

    def __init__(self, path: str, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.path = path
        self.html = html
        self.elements: list[Element] = []
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; what is inside of prose was written by an author."""
        attributes = {name: value or "" for name, value in attrs}
        prose = "prose" in attributes.get("class", "").split() or bool(self._open and self._open[-1][1])
        self.elements.append(Element(tag, attributes, self.getpos()[0], prose))
        if not prose:
            self.texts += attributes.values()
        if tag not in VOID:
            self._open.append((tag, prose))

    def handle_endtag(self, tag: str) -> None:
        """Close the element; tags that are not nested are an error of the page."""
        opened = self._open.pop()[0] if self._open else "nothing"
        assert opened == tag, f"{self.path}:{self.getpos()[0]}: </{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        """Collect the text that no author wrote; that in a script is data."""
        if not (self._open and (self._open[-1][1] or self._open[-1][0] == "script")):
            self.texts.append(data)

    @property
    def address(self) -> str:
        """The address below the site's root: a folder for its index."""
        return f"/{self.path}".removesuffix("index.html")

    @property
    def moved(self) -> str:
        """Where a page that only forwards leads; "" for any other."""
        for element in self.all("meta"):
            if element.attributes.get("http-equiv", "").lower() == "refresh":
                return element.attributes["content"].partition("url=")[2]
        return ""

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    def all(self, *tags: str) -> list[Element]:
        """The elements with one of the tags."""
        return [element for element in self.elements if element.tag in tags]

    def links(self, rel: str) -> list[dict[str, str]]:
        """The attributes of the links in the head with this relation."""
        return [element.attributes for element in self.all("link") if element.has("rel", rel)]

    def indexed(self) -> bool:
        """Tell whether search engines may list the page itself: it is not hidden from them, and not published elsewhere first."""
        robots = [meta.attributes["content"] for meta in self.all("meta") if meta.attributes.get("name") == "robots"]
        elsewhere = [link["href"] for link in self.links("canonical") if urlsplit(link["href"]).path != self.address]
        return not (any("noindex" in rule for rule in robots) or elsewhere)

    def experts(self) -> list[str]:
        """The addresses of people in a list of people."""
        base = "/" + "en/" * self.path.startswith("en/") + "experts/"
        main = [e for e in self.all("a") if e.attributes.get("href", "").startswith(base)]
        return [address for e in main if (address := e.attributes["href"]) not in (base, self.address)]


class Output(NamedTuple):
    """A built site."""

    folder: Path
    site: str
    pages: dict[str, Page]  # by address

    def real(self) -> list[Page]:
        """All pages but those that only forward."""
        return [page for page in self.pages.values() if not page.moved]

    def local(self, page: Page, address: str) -> tuple[str, str] | None:
        """Path and fragment of an address on this site, seen from a page; None for another site's."""
        parts = urlsplit(urljoin(f"{SITE}{page.address}", address))
        if f"{parts.scheme}://{parts.netloc}" != SITE:
            return None
        return unquote(parts.path), unquote(parts.fragment)

    def leads(self, path: str) -> bool:
        """Tell whether there is something at a path: a page for a folder, a file for anything else."""
        return path in self.pages if path.endswith("/") else (self.folder / path[1:]).is_file()


@pytest.fixture(scope="module", params=["develop", "publish"])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Output:
    """Return the demo, built as for the preview and as for publishing."""
    folder = tmp_path_factory.mktemp("output") / "site"
    publish = ["--publish"] if request.param == "publish" else []
    command = [sys.executable, "-X", "prepared", str(ROOT / "tasks.py"), "build", "--today", TODAY]
    environment = os.environ | {"EXPERTS_DEBUG": "1"}
    subprocess.run([*command, "--output", str(folder), *publish], cwd=ROOT, env=environment, check=True)
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    pages = [Page(path, (folder / path).read_text("utf-8")) for path in sorted(paths)]
    return Output(folder, SITE if publish else "", {page.address: page for page in pages})


def addresses(element: Element) -> list[str]:
    """Return all addresses in an element's attributes."""
    found = [element.attributes[name] for name in (*FETCHED, "href", "action", "cite") if name in element.attributes]
    for candidate in element.attributes.get("srcset", "").split(","):
        found += candidate.split()[:1]
    return found


def fetched(element: Element) -> list[str]:
    """Return the addresses that a browser fetches without being asked."""
    if element.tag == "link":
        return addresses(element) if any(element.has("rel", rel) for rel in FETCHED_LINKS) else []
    return [] if element.tag in ("a", "area", "form", "blockquote", "q", "del", "ins") else addresses(element)


def test_the_demo_has_every_kind_of_page(output: Output) -> None:
    """What is checked below is there at all."""
    for start in ("/", "/en/"):
        for kind in ("experts", "topics", "stories", "hooks", "events", "search", "about"):
            assert f"{start}{kind}/" in output.pages
        for kind in ("experts", "topics", "stories", "hooks", "events", "places", "languages", "a-z", "archive"):
            assert [
                address for address in output.pages if address.startswith(f"{start}{kind}/") and address.count("/") > 2
            ]
        assert f"{start}404.html" in output.pages
    assert [page for page in output.pages.values() if page.moved]


def test_every_address_leads_somewhere(output: Output) -> None:
    """Each address on this site is one of its files, each fragment an id on the page that it leads to."""
    wrong = []
    for page in output.pages.values():
        for element in page.elements:
            for address in addresses(element):
                target = output.local(page, address)
                if target is None:
                    continue
                path, fragment = target
                lost = not address or not output.leads(path)
                if lost or (fragment and fragment not in output.pages[path].ids):
                    wrong.append(f"{page.path}:{element.line}: {address!r}")
    assert wrong == []


def test_no_link_takes_a_detour(output: Output) -> None:
    """A link of the theme leads to the page itself, not to an old address that forwards to it."""
    wrong = []
    for page in output.real():
        for element in page.all("a"):
            target = output.local(page, element.attributes.get("href", ""))
            if target and not element.prose and target[0] in output.pages and output.pages[target[0]].moved:
                wrong.append(f"{page.path}:{element.line}: {element.attributes['href']}")
    assert wrong == []


def test_old_addresses_lead_to_pages(output: Output) -> None:
    """A page that forwards does so in one step, by a visible link too, and asks not to be indexed."""
    for page in output.pages.values():
        if not page.moved:
            continue
        target = output.local(page, page.moved)
        assert target is not None, page.path
        assert not output.pages[target[0]].moved, page.path
        assert [element.attributes["href"] for element in page.all("a")] == [page.moved], page.path
        assert [meta.attributes["content"] for meta in page.all("meta") if meta.attributes.get("name") == "robots"] == [
            "noindex"
        ]
        assert page.links("canonical")[0]["href"] == output.site + target[0]


def test_ids_are_unique(output: Output) -> None:
    """No id stands twice on a page, and what refers to one finds it."""
    wrong = []
    for page in output.pages.values():
        wrong += [f"{page.path}: {name}" for name, count in Counter(page.ids).items() if count > 1]
        for element in page.elements:
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                words = element.attributes.get(attribute, "").split()
                wrong += [f"{page.path}:{element.line}: {attribute}={word}" for word in words if word not in page.ids]
    assert wrong == []


def test_every_page_is_complete(output: Output) -> None:
    """Each page names its language and itself, has one main part and one heading of the first level."""
    wrong = []
    for page in output.pages.values():
        head = page.html.partition("<main")[0]
        lang = "en" if page.path.startswith("en/") else "de"
        title = re.search(r"<title>([^<]+)</title>", head)
        counts = [len(page.all(tag)) for tag in ("html", "title", "main", "h1")]
        ok = counts == [1, 1, 1, 1] and page.all("html")[0].attributes.get("lang") == lang
        ok = ok and page.html.startswith("<!DOCTYPE html>\n") and title is not None and title[1] == title[1].strip()
        if not ok:
            wrong.append(f"{page.path}: {counts} {title and title[1]!r}")
    assert wrong == []


def test_headings_form_a_tree(output: Output) -> None:
    """No heading skips a level."""
    wrong = []
    for page in output.pages.values():
        level = 0
        for element in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
            if int(element.tag[1]) > level + 1 and not element.prose:
                wrong.append(f"{page.path}:{element.line}: {element.tag} after h{level}")
            level = int(element.tag[1])
    assert wrong == []


def test_pictures_have_texts_and_sizes(output: Output) -> None:
    """A picture of the theme has an alternative text (which may be empty) and a size, so that nothing jumps."""
    wrong = []
    for page in output.real():
        for element in page.all("img"):
            known = set(element.attributes)
            if "alt" not in known or (element.has("class", "portrait") and not {"width", "height"} <= known):
                wrong.append(f"{page.path}:{element.line}: {element.attributes}")
    assert wrong == []


def test_titles_tell_pages_apart(output: Output) -> None:
    """In one language no two pages have the same title."""
    titles = Counter(
        (page.all("html")[0].attributes["lang"], page.html.split("<title>")[1].split("<")[0]) for page in output.real()
    )
    assert [title for title, count in titles.items() if count > 1] == []


def test_languages_name_one_another(output: Output) -> None:
    """When published, each page that may be listed names all its languages and x-default, and all of them name the same."""
    if not output.site:
        return  # absolute addresses are not known while developing
    named: dict[str, dict[str, str]] = {}
    for page in output.pages.values():
        found = [(link["hreflang"], link["href"]) for link in page.links("alternate") if "hreflang" in link]
        if not page.indexed():
            assert found == [], page.path
            continue
        named[page.address] = dict(found)
        assert sorted(lang for lang, _ in found) == ["de", "en", "x-default"], page.path
        assert all(address.startswith(f"{SITE}/") for _, address in found), page.path
    for address, languages in named.items():
        own = "en" if address.startswith("/en/") else "de"
        assert languages[own] == SITE + address
        assert languages["x-default"] == languages["de"]
        for other in languages.values():
            assert named[other.removeprefix(SITE)] == languages, address


def test_the_language_switch_stays_on_the_page(output: Output) -> None:
    """The switch leads to the same page in the other language, and back."""
    for page in output.real():
        ways = [e.attributes for e in page.all("a") if "hreflang" in e.attributes and not e.prose]
        assert sorted(way["hreflang"] for way in ways) == ["de", "en"], page.path
        for way in ways:
            other = [e.attributes["href"] for e in output.pages[way["href"]].all("a") if "hreflang" in e.attributes]
            assert page.address in other, page.path


def test_published_pages_name_their_address(output: Output) -> None:
    """When published, each page says its one address: its own, or where a story appeared first."""
    wrong = []
    for page in output.real():
        canonical = [link["href"] for link in page.links("canonical")]
        expected = [output.site + page.address] if output.site and not page.path.endswith("404.html") else []
        if canonical != expected and not ("/stories/" in page.address and len(canonical) == 1):
            wrong.append(f"{page.path}: {canonical}")
    assert wrong == []


def test_nothing_is_loaded_from_elsewhere(output: Output) -> None:
    """No picture, style, script, font or frame comes from another host."""
    wrong = []
    for page in output.pages.values():
        for element in page.elements:
            wrong += [
                f"{page.path}:{element.line}: {address}"
                for address in fetched(element)
                if element.tag != "link" or not element.has("rel", "alternate")
                if urlsplit(address).scheme or address.startswith("//")
            ]
        wrong += [f"{page.path}: <{e.tag}>" for e in page.all("iframe", "object", "embed", "base", "portal")]
    assert wrong == []


def test_styles_and_scripts_stay_on_the_site(output: Output) -> None:
    """Stylesheets name only files that exist beside them, scripts name no address at all."""
    for path in output.folder.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for beside in re.findall(r"@import ([^;]*);", text):
            assert (path.parent / re.fullmatch(r'url\("([\w.-]+)"\)', beside)[1]).is_file()  # type: ignore[index]
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            assert not urlsplit(address).scheme, address
            place = output.folder / address[1:] if address.startswith("/") else path.parent / address
            assert place.is_file(), f"{path.name}: {address}"
    for path in output.folder.rglob("*.js"):
        assert not re.search(r"https?:|[\"'`]//\w", path.read_text("utf-8")), path.name


def test_a_strict_content_security_policy_would_hold(output: Output) -> None:
    """There is no inline script, no inline style, no event attribute."""
    wrong = []
    for page in output.pages.values():
        for element in page.elements:
            inline = element.tag == "style" or (element.tag == "script" and "src" not in element.attributes)
            if inline and element.attributes.get("type") == "application/ld+json":
                continue  # data, never run
            events = [name for name in element.attributes if name == "style" or name.startswith("on")]
            scheme = [a for a in addresses(element) if a.lower().startswith(("javascript:", "data:"))]
            if inline or events or scheme:
                wrong.append(f"{page.path}:{element.line}: <{element.tag}> {events} {scheme}")
    assert wrong == []


def test_no_template_shows_through(output: Output) -> None:
    """Outside of what authors wrote there is nothing that a template or Python left over."""
    wrong = []
    for page in output.pages.values():
        wrong += [f"{page.path}: {text.strip()[:80]!r}" for text in page.texts if LEFT_OVER.search(text)]
    assert wrong == []


def test_no_part_of_a_page_is_empty(output: Output) -> None:
    """No heading, link, button or list item of the theme comes without content, but where a script puts the results."""
    empty = re.compile(r"<(h[1-6]|a|button|li|ul|ol|dl|dd|dt|p|figcaption|section)((?: [^<>]*)?)>\s*</\1>")
    wrong = []
    for page in output.pages.values():
        bare = re.sub(r"<wbr>|<!--.*?-->", "", page.html)
        bare = re.sub(r'<div class="results" .*(?=<div data-idle>)', "", bare, flags=re.DOTALL)
        wrong += [f"{page.path}: {m[0]}" for m in empty.finditer(bare) if 'role="status"' not in m[2]]
    assert wrong == []


def test_everybody_is_in_the_alphabet_once(output: Output) -> None:
    """Each visible expert is on one page of a letter, in each language, and once on the pages of all faces and of all names."""
    for start in ("/", "/en/"):
        experts = {
            page.address for page in output.real() if re.fullmatch(rf"{start}experts/[^/]+/", page.address)
        }  # their old addresses only forward
        assert len(experts) > 10
        letters = [page for address, page in output.pages.items() if re.fullmatch(rf"{start}a-z/[^/]+/", address)]
        assert Counter(address for page in letters for address in page.experts()) == Counter(experts)
        for everybody in ("experts/", "a-z/"):
            assert Counter(output.pages[f"{start}{everybody}"].experts()) == Counter(experts)
