"""Any text at all in the places of the formats: parsers agree that there is one text more and nothing else."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import html5lib
import payloads
from expert_data.nodes import node, script
from expert_feeds.opml import Opml, People
from expert_feeds.text import clean, construct, escape
from expert_llms import _entry
from expert_previews import _element
from expert_search.opensearch import document
from experts import rights
from experts.consents.sheet import cell
from experts.live import overlay
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

TEXT = st.text(max_size=60) | st.lists(st.sampled_from(payloads.ALL), min_size=1, max_size=3).map(" ".join)
SITE = SimpleNamespace(address=lambda path, lang="": f"https://x.example/{lang}/{path}", default_lang="de")


def elements(html: str) -> list[str]:
    """The names of the elements in the body of a page, and of their attributes."""
    tree = html5lib.parse(f"<!DOCTYPE html><body>{html}", namespaceHTMLElements=False)
    return [
        part for tree_node in tree.find("body").iter() for part in (str(tree_node.tag), *map(str, tree_node.attrib))
    ]


@settings(max_examples=50)
@given(TEXT)
def test_data_in_a_page(text: str) -> None:
    """The data of a page is one script element, which holds the text as it was."""
    html = script([node("Person", "x", name=text or "x")])
    tree = html5lib.parse(f"<!DOCTYPE html><body>{html}<p>", namespaceHTMLElements=False)
    [found] = tree.find("body").iter("script")
    assert elements(html + "<p>") == ["body", "script", "type", "p"]
    if not any("\ud800" <= c <= "\udfff" or c in "\0\r" for c in text):
        assert json.loads(found.text)["@graph"][0]["name"] == (text or "x")


@settings(max_examples=50)
@given(TEXT)
def test_elements_of_a_head_and_a_list_of_problems(text: str) -> None:
    """An element for previews has two attributes; a problem in the preview's list is an item with its place and words."""
    assert elements(_element(("og:title", text))) == ["body", "meta", "property", "content"]
    assert elements(overlay([{"path": text, "line": 1, "message": text, "hint": text or "c"}])) == elements(
        overlay([{"path": "a", "line": 1, "message": "b", "hint": "c"}])
    )


@settings(max_examples=50)
@given(TEXT)
def test_xml(text: str) -> None:
    """Feeds, lists of feeds, the description of the search and what pictures say of themselves stay well-formed, with the same elements."""
    people = People(((text, "mara"),), b"")
    shapes = []
    for word in (text, "Wort"):
        title = word if clean(word).strip() else "x"
        opml = Opml(SITE).document(title, people._replace(rows=((word, "mara"),)), "de")  # type: ignore[arg-type]
        search = document(clean(word), clean(word), "de", "https://x.example/", "https://x.example/", "/i.svg")
        atom = f"<x>{construct('title', clean(word))}<y z='{escape(clean(word)).replace(chr(39), '')}'/></x>"
        xmp = rights.xmp(title, title).decode().split("?>", 1)[1].rsplit("<?", 1)[0]
        shapes.append(
            [[node.tag for node in etree.fromstring(xml.encode()).iter()] for xml in (opml, search, atom, xmp)]
        )
    assert shapes[0] == shapes[1]


@settings(max_examples=50)
@given(TEXT)
def test_markdown_for_language_models(text: str) -> None:
    """An entry of llms.txt is one line with one link."""
    line = _entry(SITE, "expert", "mara", text, text)  # type: ignore[arg-type]
    assert len(line.splitlines()) == 1
    assert line.startswith("- [")
    plain = line.replace("\\\\", "").replace("\\[", "").replace("\\]", "")
    assert plain.count("](") == 1
    assert "<" not in plain.replace("\\<", "")


@settings(max_examples=50)
@given(TEXT)
def test_cells_of_a_table(text: str) -> None:
    """A cell of the list of consents is one line that no program takes for a formula, whatever it takes for the end of a cell."""
    for part in re.split("[,;|\t]", cell(text)):
        assert not part.lstrip(" \"'\u00a0\u3000").startswith(("=", "+", "-", "@")) or re.match(
            r"[\s\"']*'[=+\-@]", part
        )
    assert len(cell(text).splitlines()) < 2
