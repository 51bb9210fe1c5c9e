"""Files that are copied as they are: pictures, but nothing that acts in the browser of whoever opens them."""

from __future__ import annotations

import re

import pytest
from experts.acting import acts
from factory import Site, png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
CALM = (
    '<title>A</title><style>.a{fill:url(#b)}</style><defs><linearGradient id="b"/></defs><path class="a" d="M0 0h9"/>',
    '<use href="#x"/><use xlink:href="#x"/><g style="fill:url(\'#b\')"/><image href="data:image/png;base64,AAAA"/>',
    '<a href="https://x.example/"><text>on sale: onload, script, url(x)</text></a>',
    '<animate attributeName="opacity" values="0;1"/><metadata><rdf xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
)  # fmt: skip
ACTS = {
    "<script>x</script>": "<script",
    "<SCRIPT>x</SCRIPT>": "<SCRIPT",
    '<script href="x.js"/>': "<script",
    '<g onclick="x"/>': "onclick",
    '<g ONLOAD="x"/>': "onload",
    '<a href="javascript:x"/>': "href=javascript:x",
    '<a xlink:href=" java&#9;script:x"/>': "href= java\tscript:x",
    '<use href="https://x.example/y.svg#z"/>': "href=https://x.example/y.svg#z",
    '<use href="data:image/svg+xml,%3Csvg/%3E#z"/>': "href=data:image/svg+xml,%3Csvg/%3E#z",
    '<image href="//x.example/y.png"/>': "href=//x.example/y.png",
    "<foreignObject/>": "<foreignObject",
    '<p xmlns="http://www.w3.org/1999/xhtml">x</p>': "<p",
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>': "<script",
    '<set attributeName="onmouseover" to="x"/>': "set onmouseover",
    '<animate attributeName="xlink:href" values="javascript:x"/>': "animate xlink:href",
    '<style>@import "https://x.example/y.css";</style>': "@import",
    "<style>g{background:u\\72l(//x.example)}</style>": "\\",
    '<g style="fill:url(https://x.example/y)"/>': "url(",
    '<iframe src="x"/>': "<iframe",
}


@pytest.mark.parametrize("inside", CALM)
def test_calm_pictures(inside: str) -> None:
    """What draws is left alone: shapes, styles, gradients, pictures inside of the picture, links that one follows."""
    assert acts("a.svg", SVG.format(inside).encode()) == ""


@pytest.mark.parametrize(("inside", "what"), ACTS.items())
def test_pictures_that_act(inside: str, what: str) -> None:
    """Whatever runs something or loads something from elsewhere is found, and told by its name."""
    assert acts("a.SVG", SVG.format(inside).encode()) == what


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg>",
        b'<?xml-stylesheet href="x.css"?><svg/>',
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg/>",
        b"<svg/><script/>",
        SVG.format("<script/>").encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?><svg/>',
        b"<svg>\xff</svg>",
    ],
)
def test_pictures_that_nobody_can_judge(data: bytes) -> None:
    """A document that is none, or that says elsewhere what it is, is not let through: browsers run what stands before a fault."""
    assert acts("a.svg", data)


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.html", b"google-site-verification: a.html", False),
        ("a.html", b"<p>", True),
        ("a.htm", "<script>".encode("utf-16"), True),
        ("a.js", b"", True),
        ("a.svgz", b"\x1f\x8b", True),
        ("a.php", b"", True),
        ("a.png", b"<script>", False),
        ("a.txt", b"<script>", False),
        ("BingSiteAuth.xml", b"<users><user>1</user></users>", False),
        ("a.xml", b'<x xmlns="http://www.w3.org/1999/xhtml"/>', True),
    ],
)  # fmt: skip
def test_other_files(name: str, data: bytes, found: bool) -> None:
    """Pages, scripts and programs are refused; what browsers only show is not looked at."""
    assert bool(acts(name, data)) is found


def test_on_a_site(site: Site) -> None:
    """A strict build stops at such a file and names it; a lenient one leaves it out, also after an edit; a mended one is there."""
    site.put("content/images/bad.svg", SVG.format("<script>1</script>"))
    site.put("content/images/good.svg", SVG.format(CALM[0]))
    run = site.build()
    assert run.code == 1
    assert run.problems == [
        "content/images/bad.svg: this file would act in the browser of whoever opens it: <script (take that out, or save it as a "
        "picture of another kind; pages belong into content/pages/)"
    ]
    site.built("--lenient")
    site.put("content/images/more.png", png(7))
    site.built("--lenient")
    assert sorted(path.name for path in (site.output / "images").iterdir()) == ["good.svg", "logo.png", "more.png"]
    site.put("content/images/bad.svg", SVG.format(CALM[1]))
    site.built()
    assert (site.output / "images/bad.svg").exists()


def test_svg_is_no_portrait_and_no_picture_of_a_text(site: Site) -> None:
    """Beside profiles and stories no SVG is published at all, whatever it holds; in a text, its elements are taken out."""
    site.put("profiles/ida/a.svg", SVG.format(CALM[0]))
    portrait = {"file": "a.svg", "alt": "A", "credit": "B", "licence": "C"}
    site.profile("ida", "![x](a.svg) <svg onload=x><circle r=9 /></svg>", portrait=portrait)
    run = site.build()
    assert len([line for line in run.problems if "a.svg" in line]) == 2
    site.profile("ida", "Text <svg onload=x><circle r=9 /></svg>")
    site.built()
    page = (site.output / "experts/ida/index.html").read_text("utf-8")
    assert "onload" not in page
    assert not [path for path in site.tree() if path.startswith("experts/") and path.endswith(".svg")]


def test_pages_are_sanitised(site: Site) -> None:
    """An ordinary page of any kind goes the way of every body; its fields are texts, its order a number, its language one."""
    hostile = "<script>x</script><p onclick=x style=y>A [a](javascript:x) <a href='jav&#97;script:x'>b</a></p><iframe src=x></iframe>"
    site.page("one", "A <b>", hostile, Summary="<img src=x onerror=y>", Order="²", Menu='header" onload="x')
    site.page("two", "T", "x", Order="9" * 5000)
    site.put(
        "content/pages/three.html",
        f"<html><head><title>T</title><meta name=slug content=three></head><body onload=x>{hostile}</body></html>",
    )
    site.page("four", "T", "x", Lang='en" onload="x')
    site.page("five", "T", "x", Slug="../../x")
    site.page("six", "A\x1b[2J", "x\x07")
    run = site.build("--lenient")
    assert run.code == 0, run.err
    assert len(run.err.splitlines()) == 3
    assert not (site.output / "six").exists()
    for name in ("en/one", "two", "three"):
        page = (site.output / name / "index.html").read_text("utf-8")
        main = page[page.index("<main") : page.index("</main")]
        assert not any(word in main for word in ("<script", "onclick", "style=", "iframe", "\x1b", "\x07"))
        assert "script:x" not in "".join(re.findall("<[^>]*>", main))
