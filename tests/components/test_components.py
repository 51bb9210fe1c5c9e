"""The page of components: complete, and for nobody but those who work on the theme."""

import re
from pathlib import Path

import pytest
from factory import ROOT, Site
from expert_components.prose import HTML

from experts import markup

ELSEWHERE = {
    "brand.html": "is the logo in the head of every page; tests/test_brand.py looks at it",
    "described.html": "makes plain text for the head of a page",
    "title.html": "a class for the one title of a page; the demo has titles with long words, which are walked through on a phone",
    "results.html": "holds what the script of the search fills in; the search page is tested with results",
}


@pytest.mark.parametrize("options", [(), ("--publish",)])
def test_published_sites_do_not_have_it(site: Site, options: tuple[str, ...]) -> None:
    """Without drafts there is neither the page nor its picture, and an earlier preview leaves nothing behind."""
    site.built("--drafts")
    assert (site.output / "components/index.html").exists()
    site.built(*options)
    assert not (site.output / "components").exists()


def test_nothing_leads_to_it(site: Site) -> None:
    """It asks search engines to stay away, and no page, list, sitemap or file for machines names it."""
    site.settings(SITEURL="https://x.example/our/experts")
    site.built("--drafts")
    for name, content in site.tree().items():
        if "components/" in name:
            assert b'<meta name="robots" content="noindex">' in content or not name.endswith(".html")
        elif not name.startswith("theme/") and name != "_headers":  # which has a rule for each folder
            assert b"components" not in content, name


def test_in_each_language(site: Site) -> None:
    """Each language has the page, with the words of the interface in that language, the same on every build."""
    site.built("--drafts")
    pages = {lang: (site.output / lang / "components/index.html") for lang in (".", "en")}
    assert "Abwesend" in pages["."].read_text("utf-8")
    assert "Currently away" in pages["en"].read_text("utf-8")
    assert site.stale("--drafts") == []


def test_every_part_is_shown() -> None:
    """A part of the theme is on the page, or there is a reason why not."""
    page = (ROOT / "theme/templates/components.html").read_text("utf-8")
    parts = {path.name for path in (ROOT / "theme/templates/parts").iterdir()}
    assert parts - set(re.findall(r'"parts/([^"]+)"', page)) == set(ELSEWHERE)


def test_every_macro_is_called() -> None:
    """What the page imports it also shows."""
    page = (ROOT / "theme/templates/components.html").read_text("utf-8")
    imports = re.findall(r"{% from [^%]* import ([^%]+) %}", page)
    names = [name.split(" as ")[-1] for line in imports for name in line.split(", ")]
    assert [name for name in names if not re.search(rf"[{{(] ?{name}\(|call {name}\(", page)] == []


def test_prose_is_what_markdown_makes() -> None:
    """The text of the page is what our Markdown gives for prose.md."""
    body = (Path(__file__).parent / "prose.md").read_text("utf-8")
    made, problems = markup.convert("prose.md", body, "de", 1)
    assert problems == []
    assert made.html.strip() == HTML.strip()
