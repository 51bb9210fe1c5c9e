"""Markdown to sanitised HTML: nothing dangerous, nothing lost, links by name, and the same bytes as all rules give."""

from __future__ import annotations

import itertools
import re
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from experts import markup
from experts.converter import Converter, complete
from experts.links import fill, names_in, text_of

if TYPE_CHECKING:
    from experts.problems import Problem

PATH = "profiles/mara-lindqvist/profile.md"


def convert(body: str, path: str = PATH, lang: str = "en") -> str:
    """Return the HTML of a body that must be right."""
    found, problems = markup.convert(path, body, lang, 10)
    assert problems == []
    return found.html


def wrong(body: str, path: str = PATH) -> tuple[str, Problem]:
    """Return the HTML and the one problem of a body."""
    found, problems = markup.convert(path, body, "en", 10)
    assert len(problems) == 1
    return found.html, problems[0]


def links(body: str, path: str = PATH) -> tuple[str, ...]:
    """Return the names that a body links to."""
    found, problems = markup.convert(path, body, "en", 10)
    assert problems == []
    return found.links


# -- the optimisation ------------------------------------------------------------------------------

BITS = [*list("`\\[]!<>&*_#|:-=~^(){}\"'.+1aä \n\t"), "  \n", "\n\n", "```\n", "[a]: http://x\n", "[^1]", "[^1]: n\n"]
BITS += [
    "> ",
    "- ",
    "1. ",
    "    ",
    "\n---\n",
    "\n===\n",
    "|-|-|\n",
    "&amp;",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<http://x>",
    "<a@b.c>",
]
BITS += ["{: .c #i }", "\n: d\n", "![a](b)", "[a](b)", "`c`", "**b**", "<div>", "</div>", "word ", "\n# h\n", "~~~\n"]
MARKDOWN = st.lists(st.sampled_from(BITS), max_size=40).map("".join)
SHARED = Converter()
WHOLE = complete()


@settings(max_examples=1500)
@given(MARKDOWN)
@example("foo \t\nbar")
@example("> a\n> ---")
@example("> a\n> ===")
@example("- a\n  ===\n")
@example("1. a\n\n    b\n    ---\n")
@example("a  ")
@example("a\n: b")
def test_leaving_rules_out_changes_nothing(body: str) -> None:
    """The HTML is byte for byte that of Python-Markdown with all its rules, whatever the text holds."""
    assert SHARED.convert(body) == WHOLE.reset().convert(body)


@settings(max_examples=200)
@given(st.lists(MARKDOWN, min_size=2, max_size=4))
def test_no_text_changes_the_next(bodies: list[str]) -> None:
    """One converter for a thousand texts gives each what a new one gives it."""
    used = Converter()
    assert [used.convert(body) for body in bodies] == [Converter().convert(body) for body in bodies]


@given(MARKDOWN)
def test_any_markdown(body: str) -> None:
    """Whatever somebody writes gives HTML, and HTML that sanitising again leaves alone, but for ids and links by name."""
    found, problems = markup.convert(PATH, body, "de", 10)
    for problem in problems:
        assert problem.line >= 10
        problem.line_of_text()
    assert not re.search(r"<(script|style|iframe|svg|object|form|input)\b|\son\w+=", found.html)


# -- sanitising --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<p onclick=alert(1)>a</p>",
        "<img src=x.png onerror=alert(1)>",
        "<svg onload=alert(1)></svg>",
        "<svg><a xlink:href='javascript:alert(1)'>a</a></svg>",
        "<math><mi xlink:href='data:x'>a</mi></math>",
        "<iframe src='https://x.example'></iframe>",
        "<object data='x'></object><embed src='x'>",
        "<style>p { display: none }</style>",
        "<p style='position: fixed'>a</p>",
        "<form action='/x'><input name=a><button>b</button></form>",
        "<base href='https://x.example'><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        "<a href='&#106;avascript:alert(1)'>a</a>",
        "<a href='jAvAsCrIpT&colon;alert(1)'>a</a>",
        "<a href=' \x01javascript:alert(1)'>a</a>".replace("\x01", ""),
        "<a href='vbscript:x'>a</a>",
        "[a](JAVASCRIPT:alert(1))",
        "[a]: javascript:alert(1)\n\n[a]",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](file:///etc/passwd)",
        "[a](path:/x)",
        "a {: onclick='alert(1)' style='x' }\n\na\n{: onclick='alert(1)' style='x' href='javascript:x' }",
        "# a {: onmouseover=x }",
        "<a href='https://x.example' target=_blank ping='https://y.example' rel=opener>a</a>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<!-- secret --> <![CDATA[ secret ]]> <?php secret ?>",
        "<p id='search' class='hero language-python' name=x data-module=x>a</p>",
    ],
)
def test_dangerous_html(body: str) -> None:
    """Script, styles, frames, forms, event handlers and addresses that run or embed something do not pass, in any spelling."""
    html = markup.convert(PATH, body, "en", 1)[0].html
    tags = " ".join(re.findall("<[^>]*>", html)).lower()
    assert not re.search(
        r"<(script|style|iframe|svg|math|object|embed|form|input|button|base|meta|link|noscript|!|\?)", tags
    )
    assert not re.search(r"""[\s"'](on\w+|style|target|ping|rel|name|data-\w+)=""", tags)
    assert not re.search(r"(href|src)=.\s*(javascript|vbscript|data|file:/|path:/x)", tags)
    assert "hero" not in tags
    assert 'id="search"' not in tags


@pytest.mark.parametrize(
    "body",
    [
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "![a](data:image/png;base64,AAAA)",
        "<a href=file:///etc/passwd>a</a>",
        "[a](ftp://x.example)",
        "[a](path:/x)",
    ],
)
def test_refused_schemes_are_told(body: str) -> None:
    """An address that is dropped is not dropped in silence."""
    assert wrong(body)[1].code == "link-scheme"


@pytest.mark.parametrize(
    "body", ["`<a href=data:x>`", "    src=foo:bar", "curl -d src=x:y href=a:b", "```\n<img src=data:x>\n```"]
)
def test_code_is_no_address(body: str) -> None:
    """Text that only looks like an attribute is text."""
    convert(body)


def test_attributes_are_escaped() -> None:
    """nh3 writes < and > in attributes as entities; the rest of the pipeline relies on a tag ending at its first >."""
    html = markup.sanitise("""<a title="a > b < c" href="x"><img alt="<script>" src="y"></a>""")
    assert html == '<a title="a &gt; b &lt; c" href="x"><img alt="&lt;script&gt;" src="y"></a>'


@pytest.mark.parametrize("alt", ["<script>alert(1)</script>", '"><script>', "a & b", "&lt;b&gt;"])
def test_words_of_a_picture_stay_words(alt: str) -> None:
    """The description of a picture from elsewhere becomes the text of a link, never HTML."""
    html = markup.convert(PATH, f"![{alt}](https://x.example/y.png)", "en", 1)[0].html
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "a"}


def test_safe_html_stays() -> None:
    """What authors need of HTML passes: details, abbreviations, keys, language and direction."""
    body = '<details><summary lang="sv" dir="ltr">a</summary><abbr title="b">c</abbr> <kbd>d</kbd> <time datetime="2026">e</time></details>'
    assert convert(body) == body


def test_ids_cannot_clash() -> None:
    """Ids of a text live in a space of their own, and links to them still work."""
    assert convert("# A {: #main }\n\n[a](#main) <span id='x y'>z</span>") == (
        '<h2 id="t-main">A</h2>\n<p><a href="#t-main">a</a> <span id="t-x-y">z</span></p>'
    )


def test_classes() -> None:
    """Only the classes that the converter itself gives survive."""
    assert convert("```python\na\n```") == '<pre tabindex="0"><code class="language-python">a\n</code></pre>'
    assert convert("a\n{: .hero .language-py }") == '<p class="language-py">a</p>'
    assert 'class="right"' in convert("|a|\n|-:|\n|b|")


# -- headings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([1, 2, 3], [2, 3, 4]),
        ([2, 3, 2], [2, 3, 2]),
        ([3, 3, 4], [2, 2, 3]),
        ([1, 4, 2, 6], [2, 3, 3, 4]),
        ([4, 1], [2, 2]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings(levels: list[int], expected: list[int]) -> None:
    """A text's headings stand below the page's own, and no level is left out on the way down."""
    html = convert("\n\n".join("#" * level + " a" for level in levels))
    assert [int(n) for n in re.findall(r"<h(\d)>", html)] == expected
    assert [int(n) for n in re.findall(r"</h(\d)>", html)] == expected


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_headings_leave_no_gap(levels: list[int]) -> None:
    """For any headings, the first is h2, each at most one deeper than the one before."""
    html = convert("\n\n".join("#" * level + " a" for level in levels))
    found = [int(n) for n in re.findall(r"<h(\d)>", html)]
    assert found[0] == 2
    assert all(2 <= b <= a + 1 for a, b in itertools.pairwise(found))


# -- links -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("expert:jonas-weber", "expert:jonas-weber"),
        ("expert://jonas-weber/", "expert:jonas-weber"),
        ("story:cellar#end", "story:cellar"),
        ("topic:heat-pumps", "topic:heat-pumps"),
        ("hook:winter", "hook:winter"),
        ("event:barcamp", "event:barcamp"),
        ("page:imprint", "page:imprint"),
        ("../jonas-weber/profile.md", "expert:jonas-weber"),
        ("../jonas-weber/profile.en.md#work", "expert:jonas-weber"),
        ("../../content/stories/2026/cellar.md", "story:cellar"),
        ("../../content/topics/heat-pumps.md", "topic:heat-pumps"),
        ("../../content/pages/imprint.md", "page:imprint"),
        ("/experts/jonas-weber/", "expert:jonas-weber"),
        ("/en/experts/jonas-weber/index.html", "expert:jonas-weber"),
        ("/stories/cellar/#end", "story:cellar"),
        ("/imprint/", "path:/imprint/"),
        ("/images/logo.png", "path:/images/logo.png"),
        ("thesis.pdf", "file:thesis.pdf"),
        ("./thesis.pdf", "file:thesis.pdf"),
        ("<my thesis.pdf>", "file:my%20thesis.pdf"),
        ("my%20thesis.pdf", "file:my%20thesis.pdf"),
        ("texts/thesis.pdf", "file:texts/thesis.pdf"),
    ],
)
def test_links_by_name(url: str, name: str) -> None:
    """A link to a record is a name, however it is written: so it can be checked, and vanish with who has left."""
    assert links(f"[a]({url})") == (name,)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a?b=c&d=e#f",
        "mailto:a@b.example",
        "tel:+4940",
        "#end",
        "//x.example/a",
        "?a=b",
        "matrix:u/a:b",
    ],
)
def test_other_links(url: str) -> None:
    """Addresses elsewhere stay as they are."""
    assert links(f"[a]({url})") == ()
    assert 'href="' in convert(f"[a]({url})")


@pytest.mark.parametrize(
    "url",
    ["../jonas-weber/", "../../pelicanconf.py", "../jonas-weber/portrait.jpg", "../../../etc/passwd", "..%2F..%2Fx"],
)
def test_links_out_of_the_folder(url: str) -> None:
    """Only what lies in the folder is published with it."""
    html, problem = wrong(f"Text.\n\nSee [a]({url}).")
    assert problem.code == "link-outside"
    assert (problem.line, problem.column) == (12, 9)
    assert 'href="#"' in html


@pytest.mark.parametrize(
    ("url", "hint"), [("www.example.com", "https://"), ("example.org/a", "https://"), ("a.b@example.com", "mailto:")]
)
def test_forgotten_schemes(url: str, hint: str) -> None:
    """The usual slip in a link is told as what it is, not as a missing file."""
    _, problem = wrong(f"[a]({url})")
    assert hint in problem.say()[1]


@pytest.mark.parametrize("body", ["[a](//[b)", "![a](//[b)", "<a href='//[b'>a</a>", "<img src='//]b'>"])
def test_unreadable_addresses(body: str) -> None:
    """An address that no program can take apart is a problem, not an exception."""
    assert wrong(body)[1].code == "link"


def test_pictures() -> None:
    """A picture beside the text stays and loads late; it always has an alt."""
    assert convert("![a](b.png)") == '<p><img loading="lazy" alt="a" src="file:b.png"></p>'
    assert convert("<img src=b.png>") == '<p><img loading="lazy" alt="" src="file:b.png"></p>'
    assert links("![a](b.png) [c](d.pdf) [e](d.pdf)") == ("file:d.pdf", "file:b.png")


def test_remote_pictures_become_links() -> None:
    """No page loads anything from another host: a tracker could sit there."""
    assert convert("![a](https://x.example/b.png)") == '<p><a href="https://x.example/b.png">a</a></p>'
    whole = "https://x.example/b.png"  # an address without its scheme looks like one of this site
    assert convert("![](//x.example/b.png)") == f'<p><a href="{whole}">{whole}</a></p>'
    assert convert("[![a](https://x.example/b.png)](https://y.example)") == '<p><a href="https://y.example">a</a></p>'
    assert convert("![a](expert:mara)") == "<p>a</p>"
    assert convert("<img alt=a>") == "<p></p>"


def test_fill() -> None:
    """The page that shows a text fills in the addresses, and leaves the words where nobody is shown."""
    html = convert("[Jonas](expert:jonas) & [Kim](expert:kim#work), ![a](b.png) [w](https://x.example)")
    filled = fill(html, {"expert:kim": "/experts/kim/?a&b"}.get, {"file:b.png": 'src="/b.png"'}.get)  # type: ignore[arg-type]
    assert "Jonas &amp; " in filled
    assert 'href="/experts/kim/?a&amp;b#work"' in filled
    assert 'src="/b.png"' in filled
    assert 'href="https://x.example"' in filled
    assert names_in(html) == ("expert:jonas", "expert:kim", "file:b.png")
    assert text_of("<p>a &lt; <b>b</b></p>") == "a < b"


# -- text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["{{ x }}", "{% if a %}", "{# c #}", "${y}", "<%= z %>", "{0}", "%s", "{{{{"])
def test_no_text_is_a_template(text: str) -> None:
    """A body is text: template syntax in it appears as it was written."""
    assert text_of(convert(f"Use {text} here.")) == f"Use {text} here."


def test_quotation_marks_follow_the_language() -> None:
    """The marks are those of the text's language."""
    assert convert('"a"', lang="de") == "<p>„a“</p>"


def test_empty_bodies() -> None:
    """A body of nothing but space is none."""
    assert markup.convert(PATH, " \n\t\n", "de", 3) == (markup.Markup("", ()), [])


def test_long_texts() -> None:
    """A text of 65 kB is converted as a whole, and in a moment."""
    paragraph = 'He said "so" -- [Jonas](expert:jonas) and *others* `x`...\n\n'
    body = paragraph * (65_000 // len(paragraph))
    start = time.perf_counter()
    html = convert(body)
    assert time.perf_counter() - start < 10
    assert html.count("“so”") == body.count("so")


@pytest.mark.parametrize("bomb", ["[", "![", "[a](", "<a href=", "<i "])
def test_bombs_of_brackets(bomb: str) -> None:
    """Open brackets without end, for which Python-Markdown takes minutes, are a problem at once."""
    start = time.perf_counter()
    assert wrong(bomb * (65_000 // len(bomb)))[1].code == "body-depth"
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("bomb", [">", "> ", "*a_", "`a``", "<div>", "\\", "|a", "#", ": a\n", "- a\n\n", "'a \"b "])
def test_other_bombs(bomb: str) -> None:
    """Neither depth nor length makes the converter fall over; the next text is not harmed."""
    found, problems = markup.convert(PATH, bomb * (20_000 // len(bomb)), "en", 1)
    assert found.html or problems
    assert convert("a") == "<p>a</p>"


def test_recursion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python gives up on the depth of a text, the author reads a sentence and the next text is converted."""

    def give_up(*_: object) -> str:
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr(Converter, "convert", give_up)
        assert wrong("a")[1].code == "body-depth"
    assert convert("a") == "<p>a</p>"


def test_many_brackets_are_no_bomb() -> None:
    """A long list of links, a bibliography or code with brackets passes."""
    convert("".join(f"- [a{n}](https://x.example/{n}) (see [b](expert:kim))\n" for n in range(800)))
    convert("```\n" + "if (a[0] < b[1]) { c((1)); }\n" * 400 + "```\n")
