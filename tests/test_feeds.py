"""Feeds of whole sites: valid, with permanent names, and no more remade than what has changed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from api.odd import ADDRESS as ODD
from api.odd import odd
from factory import CONSENT, TODAY, Site, png
from feeds import rules
from lxml import etree

ATOM, MEDIA = "{http://www.w3.org/2005/Atom}", "{http://search.yahoo.com/mrss/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ROOT, AUTHORITY = "https://x.example/", "x.example,2026"


def feeds(tree: dict[str, bytes]) -> dict[str, bytes]:
    """The feeds among the files of a site."""
    named = {path: path.rpartition("/")[2] for path in tree}
    return {
        path: tree[path]
        for path, name in named.items()
        if name.startswith(("atom", "feed")) and name.endswith((".xml", ".json"))
    }


def complaints(found: dict[str, bytes], root: str) -> list[str]:
    """What is wrong with feeds; one that has ended has no address of its own, and a name that is HTML stays what it is."""
    wrong = []
    for path, data in found.items():
        notice = b"<entry" not in data and b'rel="self"' not in data
        check = rules.of_atom if path.endswith(".xml") else rules.of_json
        known = ("MissingSelf",) if notice else (f"ContainsHTML {ATOM}name",)
        wrong += [f"{path}: {one}" for one in check(data, root + path, TODAY) if not one.startswith(known)]
    return wrong


def names_are_unique(found: dict[str, bytes]) -> None:
    """Assert that no two feeds share a name, and that an entry has one name, and the same bytes, in all feeds that hold it."""
    named: dict[str, set[str]] = {}
    entries: dict[str, set[bytes]] = {}
    items: dict[str, set[str]] = {}
    for path, data in found.items():
        if path.endswith(".xml"):
            feed = etree.fromstring(data)
            named.setdefault(str(feed.findtext(f"{ATOM}id")), set()).add(path.rpartition("/")[0])
            for part in data.split(b"<entry ")[1:]:
                made = part.partition(b"</entry>")[0]
                entries.setdefault(made.partition(b"<id>")[2].partition(b"</id>")[0].decode(), set()).add(made)
        else:
            for item in json.loads(data)["items"]:
                items.setdefault(item["id"], set()).add(json.dumps(item))
    assert [paths for paths in named.values() if len(paths) > 1] == []
    assert not named.keys() & entries.keys()
    assert [name for name, made in [*entries.items(), *items.items()] if len(made) > 1] == []
    assert items.keys() == entries.keys()


@pytest.fixture
def home(site: Site) -> Site:
    """Return a site with an address, not built yet."""
    site.settings(SITEURL=ROOT.rstrip("/"), TAG_AUTHORITY=AUTHORITY, ORGANISATION={"name": "Firm"})
    return site


def atom(site: Site, path: str = "experts/mara/atom.xml") -> Any:
    """An Atom feed of a built site."""
    return etree.fromstring(site.tree()[path])


def item(site: Site, title: str, path: str = "feed.json") -> Any:
    """The item of a JSON Feed that has a title."""
    return next(found for found in json.loads(site.tree()[path])["items"] if found["title"] == title)


def entry(site: Site, title: str, path: str = "atom.xml") -> Any:
    """The entry of an Atom feed that has a title."""
    return next(found for found in atom(site, path).iter(f"{ATOM}entry") if found.findtext(f"{ATOM}title") == title)


def hrefs(element: Any, relation: str) -> list[str]:
    """The addresses of an element's links with a relation."""
    return [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == relation]


# -- valid --------------------------------------------------------------------------------------------


def test_demo(published: Path) -> None:
    """Every feed of the demo is valid, and all names are unique."""
    tree = {
        path.relative_to(published).as_posix(): path.read_bytes() for path in published.rglob("*.*") if path.is_file()
    }
    found = feeds(tree)
    assert len(found) > 150
    assert complaints(found, "https://experten.nordlicht.example/") == []
    names_are_unique(found)


def test_odd_site(site: Site) -> None:
    """Whatever is allowed in the files makes valid feeds, in a sub-folder and in languages that the site has not."""
    odd(site)
    site.built()
    found = feeds(site.tree())
    assert len(found) > 60
    assert complaints(found, f"{ODD}/") == []
    names_are_unique(found)
    site.built()
    assert feeds(site.tree()) == found


def test_site_without_an_address(site: Site) -> None:
    """While the site has no address, feeds have that of the preview, so that they can be tried."""
    site.built()
    assert complaints(feeds(site.tree()), "http://127.0.0.1:8000/") == []


@pytest.mark.slow
def test_hundreds_of_people(tmp_path: Path, checkout: Any) -> None:
    """Every feed of a site of hundreds of people with odd texts is valid, and no two names are the same."""
    site = Site(tmp_path / "site", checkout)
    site.settings(SITEURL=ROOT.rstrip("/"), FEED_ENDING_DAYS=30)
    chance = random.Random(4)
    words = [
        "Wärme",
        "R&D",
        "<b>",
        "]]>",
        "„so“",
        "&amp;",
        "مرحبا",
        "👩‍🔬",
        "{{ x }}",
        "a\u0301",
        "—",
        "\u2067",
        "Q&A2",
        "5 < 6",
        "</i>x",
    ]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(1, count)))

    people = [f"p-{number}" for number in range(200)]
    for number, slug in enumerate(people):
        fields: dict[str, Any] = {
            "name": f"Person {number} {some(2)}",
            "headline": some(5),
            "lang": chance.choice(["de", "en", "fr"]),
        }
        if number % 10 == 0:
            fields |= chance.choice(
                [
                    {"status": "left"},
                    {"status": "paused"},
                    {"left": "2026-11-01"},
                    {"consent": CONSENT | {"channels": ["site"]}},
                ]
            )
        site.profile(slug, **fields)
    for number in range(600):
        day = f"{chance.randint(2019, 2026)}-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}"
        date = day + chance.choice(["", "", "T08:30:00+02:00", "T23:59Z"])
        site.story(
            f"s-{number}",
            f"{some(20)}\n\n- {some(5)}\n\n> {some(3)}[^1]\n\n[^1]: {some(3)}\n",
            authors=chance.sample(people, chance.randint(1, 4)),
            topics=chance.choice([["heat"], ["pumps"], ["heat", "pumps"], []]),
            lang=chance.choice(["de", "en", "pt-BR", "nds"]),
            title=f"{number} {some(6)}",
            summary=chance.choice(["", some(9)]),
            date=date,
            **chance.choice(
                [
                    {},
                    {},
                    {"updated": "2026-11-02"},
                    {"kind": "statement", "until": "2026-01-01"},
                    {"original": "https://é.example/ü?a=[1]"},
                ]
            ),
        )
    site.built()
    found = feeds(site.tree())
    assert complaints(found, ROOT) == []
    names_are_unique(found)


# -- what an entry says ---------------------------------------------------------------------------------


def test_all_authors_with_their_pages(home: Site) -> None:
    """A story of several people names all of them, with their pages, in everybody's feed."""
    home.built()
    for path in ("experts/mara/", "experts/jonas/", "topics/heat/", ""):
        found = entry(home, "Story boiler", f"{path}atom.xml")
        people = [(a.findtext(f"{ATOM}name"), a.findtext(f"{ATOM}uri")) for a in found.findall(f"{ATOM}author")]
        assert people == [("Mara Tester", f"{ROOT}experts/mara/"), ("Jonas Tester", f"{ROOT}experts/jonas/")]
        mara, jonas = item(home, "Story boiler", f"{path}feed.json")["authors"]
        assert mara["avatar"].startswith(f"{ROOT}experts/mara/portrait-")
        assert jonas == {"name": "Jonas Tester", "url": f"{ROOT}experts/jonas/"}
    assert atom(home).findtext(f"{ATOM}logo").startswith(f"{ROOT}experts/mara/portrait-")
    assert atom(home, "experts/jonas/atom.xml").find(f"{ATOM}logo") is None


def test_each_story_once_in_the_best_language(home: Site) -> None:
    """A feed holds each story once: in its own language, else the original, marked; versions are entries of their own."""
    home.story("vent", authors=["mara"], lang="fr")
    home.story("vent-en", authors=["mara"], lang="en", translation_of="vent")
    home.built()
    german, english = entry(home, "Story boiler"), entry(home, "Story boiler-en", "en/atom.xml")
    assert german.findtext(f"{ATOM}id") != english.findtext(f"{ATOM}id")
    assert (german.get(LANG), hrefs(german, "alternate")) == ("de", [f"{ROOT}stories/boiler/"])
    assert (english.get(LANG), hrefs(english, "alternate")) == ("en", [f"{ROOT}en/stories/boiler-en/"])
    french = entry(home, "Story vent")
    assert (french.get(LANG), hrefs(french, "alternate")) == ("fr", [f"{ROOT}stories/vent/"])
    own = {
        path: [i["title"] for i in json.loads(home.tree()[path])["items"]]
        for path in ("stories/feed.json", "en/stories/feed.json")
    }
    assert sorted(own["stories/feed.json"]) == ["Story boiler", "Story pipe", "Story valve"]
    assert sorted(own["en/stories/feed.json"]) == ["Story boiler-en", "Story vent-en"]
    label = entry(home, "Story boiler-en", "en/atom.xml").find(f"{ATOM}category")
    assert dict(label.attrib) == {"term": "heat", "scheme": f"{ROOT}en/topics/", "label": "Topic heat"}


def test_text_and_picture(home: Site) -> None:
    """An entry has the whole text with whole addresses, and its picture first, with description, credit, type and size."""
    body = "[Jonas](expert:jonas) [Thema](topic:heat) ![Plan](plan.png) [Blatt](blatt.pdf) [über](/about/)[^1]\n\n[^1]: Fußnote.\n"
    home.put("content/stories/2026/plan.png", png(7))
    home.put("content/stories/2026/blatt.pdf", b"%PDF-1.4\n%%EOF\n")
    home.story("rich", body, image=True, authors=["mara"])
    home.built()
    found, tree = entry(home, "Story rich"), home.tree()
    text = found.findtext(f"{ATOM}content")
    assert text.index("<figure><img ") < text.index("Jonas")
    assert 'alt="Bild" width="1" height="1"><figcaption>Bild: Jane Roe (CC0-1.0)</figcaption>' in text
    for address in ("experts/jonas/", "topics/heat/", "about/", "stories/rich/#t-fn:1"):
        assert f'href="{ROOT}{address}"' in text, address
    files = [
        part.partition('"')[0] for part in text.split(f'"{ROOT}') if part.partition('"')[0].endswith((".jpg", ".pdf"))
    ]
    assert len(files) == 3
    assert set(files) <= tree.keys()
    (enclosure,) = [link for link in found.findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    picture = tree[enclosure.get("href").removeprefix(ROOT)]
    assert (enclosure.get("type"), enclosure.get("length")) == ("image/jpeg", str(len(picture)))
    media = found.find(f"{MEDIA}content")
    assert (media.get("width"), media.get("height"), media.get("medium")) == ("1", "1", "image")
    assert [child.text for child in media] == ["Bild", "Jane Roe", "CC0-1.0"]
    data = item(home, "Story rich")
    assert data["image"] == enclosure.get("href")
    assert data["attachments"] == [{"url": data["image"], "mime_type": "image/jpeg", "size_in_bytes": len(picture)}]
    assert data["content_html"] == text


def test_published_elsewhere_and_recordings(home: Site) -> None:
    """Where a text was published first, and where a recording is, are links; a recording of unknown size is no enclosure."""
    home.story("pod", kind="podcast", embed="https://y.example/pod", original="https://z.example/é")
    home.built()
    found = entry(home, "Story pod")
    assert hrefs(found, "via") == ["https://z.example/%C3%A9"]
    assert hrefs(found, "related") == ["https://y.example/pod"]
    assert hrefs(found, "enclosure") == []
    assert hrefs(found, "alternate") == [f"{ROOT}stories/pod/"]
    assert item(home, "Story pod")["external_url"] == "https://z.example/%C3%A9"


def test_dates_come_from_the_content(home: Site) -> None:
    """Published and updated are what is written, at midnight of the site's place; a feed is as new as its newest entry."""
    home.story("day", authors=["ida"], date="2026-07-01", updated="2026-07-05")
    home.story("future", authors=["ida"], date="2026-06-01", updated="2027-01-01")
    home.profile("new", confirmed="2026-10-01")
    home.profile("newer")
    home.built()
    found = entry(home, "Story day")
    assert found.findtext(f"{ATOM}published") == "2026-07-01T00:00:00+02:00"
    assert found.findtext(f"{ATOM}updated").startswith("2026-07-05T00:00:00.")
    assert entry(home, "Story future").findtext(f"{ATOM}updated").startswith("2026-06-01T00:00:00.")
    assert atom(home, "experts/ida/atom.xml").findtext(f"{ATOM}updated").startswith("2026-10-01T00:00:00.")
    assert atom(home, "experts/new/atom.xml").findtext(f"{ATOM}updated") == "2026-10-01T00:00:00+02:00"
    assert atom(home, "experts/newer/atom.xml").findtext(f"{ATOM}updated") == "2026-05-01T00:00:00+02:00"
    assert atom(home, "topics/pumps/atom.xml").findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+01:00"


def test_a_statement_that_is_over(home: Site) -> None:
    """A statement after its last day says so in the feed, and has changed on the day after it."""
    home.story("valve", authors=["ida"], kind="statement", until="2026-11-10")
    home.built(today="2026-11-10")
    assert "11. November" not in item(home, "Story valve")["content_html"]
    home.built(today="2026-11-11")
    found = item(home, "Story valve")
    assert found["content_html"].startswith("<p><strong>Diese Stellungnahme")
    assert found["date_modified"].startswith("2026-11-11T00:00:00.")
    assert found["date_published"] == "2026-10-01T00:00:00+02:00"


def test_hooks(home: Site) -> None:
    """A hook is an entry by the organisation that names who can explain it; topics' feeds have it, too."""
    home.hook("winter", topics=["pumps"], lang="en")
    home.built()
    for path in ("hooks/", "", "topics/pumps/"):
        found = item(home, "Hook winter", f"{path}feed.json")
        assert found["authors"] == [{"name": "Firm", "url": f"{ROOT}en/"}]
        assert f'<li><a href="{ROOT}en/experts/mara/">Mara Tester</a>: kann sagen, warum</li>' in found["content_html"]
        assert found["url"] == f"{ROOT}en/hooks/winter/"


def test_drafts_are_in_no_feed(home: Site) -> None:
    """A preview shows drafts and what appears later on pages, but a feed holds what is out only."""
    home.story("secret", status="draft", authors=["mara"])
    home.story("later", date="2027-01-01", authors=["mara"])
    home.hook("later", date="2027-01-01")
    home.built("--drafts")
    assert "stories/secret/index.html" in home.tree()
    for data in feeds(home.tree()).values():
        assert b"Story secret" not in data
        assert b"ater</title>" not in data


# -- what a feed says -------------------------------------------------------------------------------------


def test_hub(home: Site) -> None:
    """With a WebSub hub, what one subscribes to names it; without one, nothing does."""
    home.built()
    assert all(b"hub" not in data for data in feeds(home.tree()).values())
    home.settings(SITEURL=ROOT.rstrip("/"), WEBSUB_HUB="https://hub.example/")
    home.built()
    assert hrefs(atom(home), "hub") == ["https://hub.example/"]
    assert json.loads(home.tree()["feed.json"])["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_names_are_permanent(home: Site) -> None:
    """Another short name, title, date or address does not make another feed or entry; a name tells nobody's."""
    home.story("lone", authors=["ida"])
    home.built()
    feed, story = (
        atom(home, "experts/ida/atom.xml").findtext(f"{ATOM}id"),
        entry(home, "Story lone").findtext(f"{ATOM}id"),
    )
    home.path("profiles/ida").rename(home.path("profiles/eda"))
    home.profile("eda", aliases=["ida"])
    home.path("content/stories/2026/lone.md").unlink()
    home.story("alone", title="Another", authors=["eda"], date="2026-09-01", aliases=["lone"])
    home.story("valve", authors=["eda"], kind="statement")
    home.settings(SITEURL="https://y.example/z", TAG_AUTHORITY=AUTHORITY)
    home.built()
    assert atom(home, "experts/eda/atom.xml").findtext(f"{ATOM}id") == feed
    assert entry(home, "Another").findtext(f"{ATOM}id") == story
    assert "ida" not in feed


def test_styled(home: Site) -> None:
    """A feed names the theme's style sheet for browsers, if there is one and files are served."""
    home.built()
    assert b'<?xml-stylesheet type="text/css" href="/theme/feed.css"?>' in home.tree()["atom.xml"]
    assert "theme/feed.css" in home.tree()
    (home.own_theme() / "static/feed.css").unlink()
    home.built()
    assert b"xml-stylesheet" not in home.tree()["atom.xml"]


# -- builds -----------------------------------------------------------------------------------------------


def test_nothing_changes_when_nothing_changed(home: Site) -> None:
    """A build of the same content, also on another day, writes no feed."""
    home.built()
    before = feeds(home.tree())
    assert home.built().made == 0
    home.built(today="2026-11-24")
    assert feeds(home.tree()) == before


def test_an_edit_touches_the_feeds_that_hold_it(home: Site) -> None:
    """Another word in a story changes the feeds of its authors, its topics, its language and the site, and no others."""
    home.story("pipe", "Ein Wort.\n", authors=["jonas"], topics=["pumps"], date="2025-02-03")
    home.built()
    before = feeds(home.tree())
    home.story("pipe", "Ein anderes Wort.\n", authors=["jonas"], topics=["pumps"], date="2025-02-03")
    home.built()
    after = feeds(home.tree())
    changed = {path.removeprefix("en/").rpartition("/")[0] for path in before if before[path] != after[path]}
    assert changed == {"", "experts/jonas", "topics/pumps", "stories"}
    assert before["en/stories/atom.xml"] == after["en/stories/atom.xml"]
    assert home.stale() == []


def test_other_words_of_the_theme(home: Site) -> None:
    """Another translation of a word in feeds is another feed."""
    po = home.own_theme() / "locale/de/LC_MESSAGES/theme.po"
    home.built()
    po.write_text(po.read_text("utf-8").replace('msgstr "Zur Website"', 'msgstr "Hin"'), "utf-8")
    home.built()
    assert b">Hin<" in home.tree()["atom.xml"]
    assert home.stale() == []
