"""llms.txt: in the form of llmstxt.org, read by a Markdown parser, and with nobody who has not consented to AI."""

from __future__ import annotations

import re
from pathlib import Path

from expert_llms import MOST
from factory import CONSENT, Site
from lxml import html
from markdown_it import MarkdownIt

NO_AI = {**CONSENT, "channels": ["site", "search-engines", "feeds", "press-kit", "images"]}
HOSTILE = "Zoë [x](javascript:1) <script>alert(1)</script> `c` *a* _b_ # {{ 7 * 7 }} &amp; \\ | ~ \u2067"


def sections(output: Path) -> dict[str, list[tuple[str, str, str]]]:
    """The lists of the file by heading: text, address and note of each entry; the file must have the form of llmstxt.org."""
    text = (output / "llms.txt").read_text("utf-8")
    tree = html.fromstring(f"<main>{MarkdownIt().render(text)}</main>")
    assert [element.tag for element in tree[:2]] == ["h1", "blockquote"]
    found: dict[str, list[tuple[str, str, str]]] = {}
    heading = ""
    for element in tree[2:]:
        assert element.tag in (("p", "h2") if not heading else ("h2", "ul"))
        if element.tag == "h2":
            heading = str(element.text_content())
        elif element.tag == "ul":
            for item in element:
                [link] = item
                assert link.tag == "a"
                found.setdefault(heading, []).append((link.text_content(), link.get("href"), link.tail or ""))
    assert text.count("\n# ") == 0
    return found


def test_the_demo(published: Path) -> None:
    """Every address in it leads to a file of the site."""
    found = sections(published)
    assert {"Überblick", "Themen", "Fachleute"} <= set(found)
    for entries in found.values():
        for _, address, _ in entries:
            path = address.removeprefix("https://experten.nordlicht.example/")
            assert (published / path / "index.html").is_file()
    people = {address for _, address, _ in found["Fachleute"]}
    for page in published.glob("experts/*/index.html"):
        text = page.read_text("utf-8")
        if 'http-equiv="refresh"' not in text:
            robots = re.search('<meta name="robots" content="([^"]*)"', text)
            refuses = robots is not None and "noai" in robots[1]
            assert (f"https://experten.nordlicht.example/experts/{page.parent.name}/" in people) == (not refuses)


def test_nobody_without_consent(site: Site) -> None:
    """Who has not consented to AI is neither named nor counted."""
    site.topic("rare")
    site.profile("zoe", name="Zoë Quux", headline="Kennt sich aus", consent=NO_AI, topics=["rare", "heat"])
    site.built()
    text = (site.output / "llms.txt").read_text("utf-8")
    assert not [word for word in ("zoe", "Quux", "Kennt sich", "Thema rare") if word in text]
    assert ("Thema heat", "http://127.0.0.1:8000/topics/heat/", ": 3 Fachleute") in sections(site.output)["Themen"]
    for slug in ("mara", "ida", "jonas"):
        site.profile(slug, consent=NO_AI)
    site.built()
    assert set(sections(site.output)) <= {"Überblick", "Optional"}


def test_whatever_people_write(site: Site) -> None:
    """Nothing that people write is Markdown here."""
    site.settings(SITENAME=HOSTILE, SITEURL="https://x.example/our/experts")
    site.profile("mara", name=HOSTILE, headline=HOSTILE)
    site.topic("heat", label={"de": HOSTILE[:80]})
    site.built()
    found = sections(site.output)
    shown = " ".join(HOSTILE.replace("\u2067", " ").split())
    assert (shown, "https://x.example/our/experts/experts/mara/", f": {shown}") in found["Fachleute"]
    assert shown.startswith(found["Themen"][0][0])


def test_a_large_site(site: Site) -> None:
    """Of many people the first ones are named, and the list of all."""
    for number in range(MOST):
        site.profile(f"p{number}", name=f"P Person{number:03}")
    site.built()
    found = sections(site.output)["Fachleute"]
    assert len(found) == MOST + 1
    assert found[-1][:2] == ("Alle Fachleute", "http://127.0.0.1:8000/experts/")
