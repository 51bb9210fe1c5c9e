"""Ordinary pages: Pelican's formats and metadata, our rules for what a page may hold."""

from __future__ import annotations

import pytest
from factory import Site, png


@pytest.fixture
def pages(site: Site) -> Site:
    """Return a site without other pages."""
    for path in site.path("content/pages").iterdir():
        path.unlink()
    return site


def html(site: Site, name: str) -> str:
    """A page of the built site."""
    return site.tree()[f"{name}index.html"].decode()


def test_translations(pages: Site) -> None:
    """Files with one Slug and several Lang are one page; where a language is missing, the original is shown, marked."""
    pages.page("about", "Über uns", "Hallo Welt.", Lang="de")
    pages.page("about.en", "About us", "Hello world.", Slug="about")
    pages.page("only", "Nur deutsch", "Ein Text.", Lang="de")
    pages.built()
    assert "Hallo Welt." in html(pages, "about/")
    assert "Hello world." in html(pages, "en/about/")
    assert 'lang="de"' in html(pages, "en/only/")
    assert "Ein Text." in html(pages, "en/only/")


def test_two_pages_with_one_slug(pages: Site) -> None:
    """Two pages with the same slug and language are a problem that names both files."""
    pages.page("one", "One", "Text.")
    pages.page("two", "Two", "Text.", Slug="one")
    run = pages.build()
    assert run.code == 1
    assert run.problems[0].startswith("content/pages/two.md:1:1: one is also the name of content/pages/one.md (")


def test_drafts_and_hidden_pages(pages: Site) -> None:
    """A draft is not built; a hidden page is built and in no menu."""
    pages.page("draft", "My draft", "Text.", Status="draft")
    pages.page("hidden", "My hidden one", "Text.", Status="hidden")
    pages.page("shown", "My shown one", "Text.")
    pages.built()
    assert "draft/index.html" not in pages.tree()
    assert "hidden/index.html" in pages.tree()
    assert "My hidden one" not in html(pages, "shown/")
    assert "My shown one" in html(pages, "hidden/")
    pages.built("--drafts")
    assert "draft/index.html" in pages.tree()


def test_links(pages: Site) -> None:
    """{filename} and {static} lead to pages, records and files, in the language of the page; what is not there is a problem."""
    pages.put("content/images/logo.png", png())
    body = "[imp]({filename}imprint.md) [root]({filename}/pages/imprint.md#part) [boiler]({filename}/stories/2026/boiler.md)"
    pages.page(
        "about", "About", f"{body} ![logo]({{static}}/images/logo.png) [mara](expert:mara) [web](https://a.example/)"
    )
    pages.page("imprint", "Imprint", "Text.")
    pages.built()
    page = html(pages, "en/about/")
    for address in ("/en/imprint/", "/en/imprint/#part", "/images/logo.png", "/en/experts/mara/", "https://a.example/"):
        assert f'"{address}"' in page, address
    assert "/stories/boiler" in page
    assert "{filename}" not in page
    assert "images/logo.png" in pages.tree()
    pages.page("about", "About", "[no]({filename}nowhere.md)")
    run = pages.build()
    assert run.code == 1
    assert run.err.startswith("content/pages/about.md")
    pages.page("about", "About", "![no]({static}/images/no.png)")
    assert pages.build().code == 1


def test_restructuredtext(pages: Site) -> None:
    """A page may be written in any format that Pelican reads."""
    pages.put("content/pages/rest.rst", "About\n=====\n\n:slug: rest\n:lang: en\n\nSome *emphasis*.\n")
    pages.built()
    assert "<em>emphasis</em>" in html(pages, "rest/")


@pytest.mark.parametrize("directive", ["include", "literalinclude", "raw:: html\n   :file", "csv-table:: x\n   :file"])
def test_no_page_shows_other_files(pages: Site, directive: str) -> None:
    """A proposal may hold a page: it never shows what else lies on the machine that builds it."""
    secret = pages.put("secret.txt", "only for this machine\n")
    way = f".. {directive}: {secret}" if ":file" in directive else f".. {directive}:: {secret}"
    pages.put("content/pages/rest.rst", f"About\n=====\n\n:slug: rest\n\n{way}\n")
    pages.build("--lenient")
    assert not [name for name, content in pages.tree().items() if b"only for this machine" in content]


def test_a_page_without_title(pages: Site) -> None:
    """A page that Pelican cannot read is a problem that says what its head looks like; so is an odd slug."""
    pages.put("content/pages/bare.md", "Only text.\n")
    run = pages.build()
    assert run.code == 1
    assert run.problems[0].startswith("content/pages/bare.md:1:1: this page cannot be read: ")
    assert "Title: …" in run.problems[0]
    pages.page("bare", "Title", "Text.", Slug="../evil")
    assert "is not a short name" in pages.build().err
    pages.put("content/pages/bare.md", b"Title: x\n\n\xff\xfe")
    run = pages.build()
    assert run.code == 1
    assert "Traceback" not in run.err


def test_html_is_sanitised(pages: Site) -> None:
    """Raw HTML of a page goes the way of every other text: scripts and handlers are gone."""
    body = '<script>alert(1)</script><p onclick="x()">Safe <b>bold</b></p><a href="javascript:x()">j</a><iframe src="/x"></iframe>'
    pages.page("raw", "Raw", body)
    run = pages.build("--lenient")
    assert run.code == 0
    page = html(pages, "raw/").partition("<main")[2]
    assert "Safe" in page
    for part in ("alert(1)", "onclick", "javascript:", "<iframe"):
        assert part not in page


def test_templates_in_pages_are_text(pages: Site) -> None:
    """{{ }} and {% %} in a page are words."""
    pages.page("braces", "Braces", "{{ 7 * 7 }} and {% raw %}")
    pages.built()
    assert "{{ 7 * 7 }} and {% raw %}" in html(pages, "braces/")


def test_menus(pages: Site) -> None:
    """Menu: and Order: say where a page is named, and in which order."""
    pages.page("b", "Bbb page", "Text.", Order="1")
    pages.page("a", "Aaa page", "Text.", Order="2")
    pages.page("c", "Ccc page", "Text.", Menu="none")
    pages.built()
    page = html(pages, "")
    assert 0 < page.index("Bbb page") < page.index("Aaa page")
    assert "Ccc page" not in page


def test_settings_for_pages_count(pages: Site) -> None:
    """Another setting of Pelican's Markdown reads the pages again."""
    pages.page("one", "One", "Term\n:   Definition\n")
    pages.built()
    assert "<dd>" in html(pages, "one/")
    pages.settings(MARKDOWN={"extensions": ["markdown.extensions.meta"], "output_format": "html5"})
    pages.built()
    assert "<dd>" not in html(pages, "one/")
    assert pages.stale() == []
