"""Structured data: what the pages say of people, stories and events to machines, read back by parsers that are not ours."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import bs4
import pytest
from expert_data.nodes import node, script
from experts import licences
from factory import Checkout, Site
from graphs import Node, block_of, blocks, nodes, of_type, parsed, references
from hypothesis import example, given
from hypothesis import strategies as st

SITE = "https://experten.nordlicht.example"
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d)?")
HOSTILE = "</script><script>alert(1)</script><!-- <![CDATA[ ]]> & \" ' \u2028\u2029\u2067 {{ 7 * 7 }} {% raw %}"
CHANNELS = ["site", "feeds", "images", "ai"]  # all but search engines
UNLISTED = {"given": "2026-05-01", "text": "2026-1", "channels": CHANNELS}


def graph(site: Site, path: str) -> Node:
    """Return the graph of a page, which must have one."""
    found = block_of(parsed(site.output / path / "index.html"))
    assert found is not None
    return found


def only(block: Node, *kinds: str) -> Node:
    """Return the one node of a type in a graph, on its top level."""
    [found] = [item for item in block["@graph"] if item["@type"] in kinds]
    return found


def everything(site: Site) -> None:
    """Give Mara all that a profile can say, and her story too."""
    site.profile(
        "mara",
        role="Leiterin",
        location="Kiel",
        pronouns="sie/ihr",
        languages=["de", "en", "pt-BR"],
        summary="Mara leitet.",
        contact={"email": "mara@example.com", "phone": "+49 40 123456"},
        links={
            "mastodon": "@mara@social.example",
            "orcid": "0000-0002-1825-0097",
            "signal": "mara.42",
            "email": "mara@example.com",
            "website": "https://mara.example/?a=1&b=<2>".replace("<2>", "2"),
        },
        confirmed="2026-11-01",
        topics=["heat"],
    )
    site.topic("heat", wikidata="Q11660")
    site.portrait("mara")
    site.story("boiler", authors=["mara", "jonas"], image=True, updated="2026-10-05T08:00+0200", summary="Kurz.")


# -- the block -----------------------------------------------------------------------------------------


@given(st.text(), st.text())
@example(HOSTILE, "\u2028")
def test_no_text_ends_the_script(one: str, two: str) -> None:
    """Whatever stands in a text, an HTML parser finds one script and nothing behind it, and JSON the text as it was."""
    given_ = [node("Thing", one, name=two, description=[one, two])]
    page = bs4.BeautifulSoup(f"<!DOCTYPE html><title>t</title>{script(given_)}<p>after", "html5lib")
    [element] = page.find_all("script")
    assert [child.name for child in page.body.find_all()] == ["p"]
    text = element.string or ""
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == {"@context": "https://schema.org", "@graph": given_}


def test_every_block_of_the_demo_is_whole(published: Path) -> None:
    """A block is a graph with a node for the page itself, every property has a value, and every text is one."""
    found = blocks(published)
    assert len(found) > 200
    for path, page, block in found:
        assert sorted(block) == ["@context", "@graph"], path
        assert block["@context"] == "https://schema.org"
        [canonical] = page.xpath("//link[@rel='canonical']/@href")
        own = block["@graph"][0]
        assert own["@id"] == own["url"] == f"{SITE}/{path.removesuffix('index.html')}"
        assert canonical == own["url"] or "/stories/" in own["url"], path
        assert own["inLanguage"] == page.get("lang")
        for item in nodes(block):
            for key, value in item.items():
                assert value not in ("", None, [], {}), (path, key)


def test_hostile_texts_stay_texts(site: Site) -> None:
    """Markup, templates and odd characters in any field arrive as they were written, on each kind of page."""
    everything(site)
    site.profile("mara", name=HOSTILE[:100], headline=HOSTILE, role=HOSTILE, location="<b>", summary=HOSTILE)
    site.topic("heat", label={"de": HOSTILE[:80]}, description={"de": HOSTILE})
    site.story("boiler", title=HOSTILE, summary=HOSTILE, kind="statement")
    site.hook("winter", title=HOSTILE, topics=["heat"])
    site.event("barcamp", title=HOSTILE, place=HOSTILE)
    site.settings(SITENAME="</script>&amp;", ORGANISATION={"name": "A & B </script>"})
    site.built()
    for path in site.output.rglob("*.html"):
        page = bs4.BeautifulSoup(path.read_bytes(), "html5lib")
        assert len(page.find_all("script", type="application/ld+json")) < 2
        assert "alert(1)" not in [element.string for element in page.find_all("script")]
        assert len(page.head.find_all("link", rel="stylesheet")) == 1 or page.find(
            "meta", attrs={"http-equiv": "refresh"}
        )
    kinds = {
        "experts/mara": "Person",
        "topics/heat": "DefinedTerm",
        "stories/boiler": "Quotation",
        "events/barcamp": "Event",
    }
    for path, kind in kinds.items():
        found = only(graph(site, path), kind)
        heading = bs4.BeautifulSoup((site.output / path / "index.html").read_bytes(), "html5lib").h1.get_text()
        assert found.get("name", found.get("headline")) == heading
        assert heading.startswith("</script><script>alert(1)</script>")
    assert only(graph(site, "events/barcamp"), "Event")["location"]["address"].startswith("</script>")
    assert only(graph(site, ""), "Organization")["name"] == "A & B </script>"


# -- who is who ------------------------------------------------------------------------------------------


def check_names(site: Path) -> None:
    """One name, one thing: of one type, with one name in each language; all that is referred to is described."""
    kinds: dict[str, set[str]] = defaultdict(set)
    called: dict[tuple[str, str], set[str]] = defaultdict(set)
    wanted = set()
    for path, page, block in blocks(site):
        wanted |= {(path, name) for name in references(block)}
        for item in nodes(block):
            if "@id" in item:
                kinds[item["@id"]].add(item["@type"])
                called[item["@id"], page.get("lang")] |= {item[key] for key in ("name", "headline") if key in item}
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}
    assert {name: found for name, found in called.items() if len(found) > 1} == {}
    assert {(path, name) for path, name in wanted if name not in kinds} == set()


def test_a_name_means_one_thing(published: Path) -> None:
    """In the whole demo an @id stands for one thing, and what has one is described somewhere."""
    check_names(published)


def test_things_keep_their_names_in_all_languages(published: Path) -> None:
    """A person, a topic, an event and the organisation have the @id of the default language on pages in others, too."""
    for path, page, block in blocks(published):
        for item in of_type(block, "Person", "DefinedTerm", "DefinedTermSet", "Event", "Organization", "WebSite"):
            name = item.get("@id", "")
            assert not name.startswith(f"{SITE}/en/"), path
            assert "#" in name or item["@type"] == "Event", path  # a session is no thing of its own
            url = item.get("url", "")
            if item["@type"] in ("Person", "DefinedTerm"):
                assert url.startswith(f"{SITE}/en/") == (page.get("lang") == "en"), path


# -- Google's rules ------------------------------------------------------------------------------------------


def missing(item: Node, *properties: str) -> list[str]:
    """Return which of the properties a node lacks."""
    return [name for name in properties if not item.get(name)]


def test_profiles_have_what_google_asks_for(site: Site) -> None:
    """A whole profile has the required and the recommended properties of a ProfilePage.

    https://developers.google.com/search/docs/appearance/structured-data/profile-page: required are mainEntity and its
    name; recommended dateCreated, dateModified, and of the person alternateName (a handle), description, identifier,
    image, sameAs, interactionStatistic and agentInteractionStatistic.  Nobody records when a profile was made, nobody
    has a handle here, and nobody's clicks are counted: these are left out.
    """
    everything(site)
    site.built()
    block = graph(site, "experts/mara")
    page, person = only(block, "ProfilePage"), only(block, "Person")
    assert missing(page, "mainEntity", "dateModified") == []
    assert page["mainEntity"] == {"@id": person["@id"]}
    assert missing(person, "name", "description", "identifier", "image", "sameAs") == []
    assert page["dateModified"] == "2026-11-01"
    picture = person["image"]
    assert (picture["width"], picture["height"], picture["license"]) == (
        "1 px",
        "1 px",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    )
    assert (picture["creditText"], picture["caption"]) == ("Jane Roe", "Ein Gesicht")
    assert (site.output / urlsplit(picture["contentUrl"]).path[1:]).is_file()
    assert person["sameAs"] == [
        "https://social.example/@mara",
        "https://orcid.org/0000-0002-1825-0097",
        "https://mara.example/?a=1&b=2",
    ]
    assert person["identifier"]["value"] == "0000-0002-1825-0097"
    assert [tongue["alternateName"] for tongue in person["knowsLanguage"]] == ["de", "en", "pt-BR"]
    assert [term["sameAs"] for term in person["knowsAbout"]] == ["https://www.wikidata.org/entity/Q11660"]
    assert (
        not {"email", "telephone"} & person.keys()
    )  # people find both on the page, and collecting programs not so easily here
    assert person["worksFor"] == {"@id": only(block, "Organization")["@id"]}


def test_articles_have_what_google_asks_for(site: Site) -> None:
    """A whole story has the recommended properties of an Article; none is required.

    https://developers.google.com/search/docs/appearance/structured-data/article: author with name and url, dateModified,
    datePublished (ISO 8601, a time with its zone), headline, image.
    """
    everything(site)
    site.built()
    article = only(graph(site, "stories/boiler"), "Article")
    assert missing(article, "author", "dateModified", "datePublished", "headline", "image") == []
    assert article["datePublished"] == "2026-10-01"
    assert article["dateModified"] == "2026-10-05T08:00:00+02:00"
    people = [(author["name"], author["url"]) for author in article["author"]]
    local = "http://127.0.0.1:8000/experts"
    assert people == [("Mara Tester", f"{local}/mara/"), ("Jonas Tester", f"{local}/jonas/")]


def test_the_demo_keeps_googles_rules(published: Path) -> None:
    """What is required is always there; what is recommended, wherever the demo knows it."""
    for path, _, block in blocks(published):
        for page in of_type(block, "ProfilePage"):
            assert missing(page, "mainEntity") == [], path
            assert missing(only(block, "Person"), "name", "description") == [], path
        if path.count("stories/") and (work := [item for item in block["@graph"] if "headline" in item]):
            assert missing(work[0], "author", "dateModified", "datePublished", "headline") == [], path
            assert all(author["name"] and author["url"] for author in work[0]["author"])
        for item in of_type(block, "BreadcrumbList"):
            steps = item["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert len(steps) > 1
            assert all(missing(step, "name", "item") == [] for step in steps[:-1])
        for item in of_type(block, "ImageObject"):
            assert missing(item, "contentUrl", "creditText", "license", "acquireLicensePage") == [], path
        for item in nodes(block):
            dates = [item[key] for key in ("datePublished", "dateModified", "startDate", "endDate") if key in item]
            assert all(DATE.fullmatch(date) for date in dates), (path, dates)
    events = [
        only(block, "EducationEvent", "Event") for path, _, block in blocks(published) if re.search("events/.+/", path)
    ]
    assert events
    for event in events:
        assert missing(event, "name", "startDate", "location") == []


def test_breadcrumbs_are_those_of_the_page(published: Path) -> None:
    """The way in the data is the way on the page, word for word, and ends with the page's heading."""
    seen = 0
    for path, page, block in blocks(published):
        shown = [
            (link.text_content(), SITE + link.get("href")) for link in page.xpath("//nav[@class='breadcrumbs']//a")
        ]
        said = [
            [(step["name"], step.get("item")) for step in item["itemListElement"]]
            for item in of_type(block, "BreadcrumbList")
        ]
        if not shown:
            assert said == [], path
            continue
        heading = " ".join(page.xpath("string(//h1)").split())
        assert said == [[*shown, (heading, None)]] or path.count("archive/"), path
        assert said[0][:-1] == shown, path
        seen += 1
    assert seen > 100


# -- stories in several languages --------------------------------------------------------------------------------


def test_translations_name_each_other(site: Site) -> None:
    """The original lists its translations, a translation names its original; each by the page in its language."""
    site.story("boiler-fr", lang="fr", translation_of="boiler")
    site.settings(LANGUAGES=["de", "en", "fr"])
    site.built()
    top = "http://127.0.0.1:8000"
    original = only(graph(site, "stories/boiler"), "Article")
    assert [work["url"] for work in original["workTranslation"]] == [
        f"{top}/en/stories/boiler-en/",
        f"{top}/fr/stories/boiler-fr/",
    ]
    for tag in ("en", "fr"):
        work = only(graph(site, f"{tag}/stories/boiler-{tag}"), "Article")
        assert (work["inLanguage"], work["translationOfWork"]["@id"]) == (tag, original["@id"])
        assert "workTranslation" not in work
    check_names(site.output)


def test_a_story_in_one_language_is_one_thing(site: Site) -> None:
    """The page that shows an original in its stead speaks of the original, at the address where it is at home."""
    site.story("only-fr", lang="fr", title="Une histoire")
    site.story("only-en", lang="en")
    site.built()
    for slug, home in (
        ("only-fr", "/stories/only-fr/"),
        ("only-en", "/en/stories/only-en/"),
        ("valve", "/stories/valve/"),
    ):
        for start in ("", "en/"):
            block = graph(site, f"{start}stories/{slug}")
            [work] = [item for item in block["@graph"] if "headline" in item]
            assert work["@id"] == f"http://127.0.0.1:8000{home}#article"
            assert work["mainEntityOfPage"] == {"@id": f"http://127.0.0.1:8000/{start}stories/{slug}/"}
    check_names(site.output)


def test_a_version_that_no_page_shows_is_not_named(site: Site) -> None:
    """An original in a language that the site has not, translated into all that it has: the translations still name it."""
    site.story("foreign", lang="fr", title="Une histoire")
    site.story("foreign-de", lang="de", translation_of="foreign")
    site.story("foreign-en", lang="en", translation_of="foreign")
    site.built()
    work = only(graph(site, "stories/foreign-de"), "Article")
    assert work["translationOfWork"]["headline"] == "Une histoire"
    assert "workTranslation" not in work
    check_names(site.output)


def test_where_it_appeared_first(site: Site) -> None:
    """A story that was published elsewhere is based on that, and a recording belongs to it."""
    site.story("boiler", original="https://paper.example/boiler", embed="https://video.example/1")
    site.built()
    work = only(graph(site, "stories/boiler"), "Article")
    assert work["isBasedOn"] == "https://paper.example/boiler"
    assert work["associatedMedia"] == {"@type": "MediaObject", "url": "https://video.example/1"}


def test_a_statement_can_be_quoted(site: Site) -> None:
    """A statement is a quotation with its words and its last day; a press release is news."""
    site.story(
        "valve", 'Er sagt: "Nie *wieder*."\n\nUnd geht.\n', kind="statement", until="2027-01-01", authors=["ida"]
    )
    site.story("news", kind="press", authors=["ida"])
    site.built()
    work = only(graph(site, "stories/valve"), "Quotation")
    assert (work["text"], work["expires"]) == ("Er sagt: „Nie wieder.“ Und geht.", "2027-01-01")
    assert only(graph(site, "stories/news"), "NewsArticle")["genre"] == "press"


# -- events ------------------------------------------------------------------------------------------


def test_events_say_when_and_where(site: Site) -> None:
    """Times have the offset that was written; a session with a time alone is on the day, and in the offset, of its event."""
    sessions: list[dict[str, Any]] = [
        {"title": "Eins", "start": "18:30", "end": "19:00", "room": "Werkstatt", "hosts": ["mara"]},
        {"title": "Zwei", "start": "2026-12-05T10:00Z", "end": "11:00"},
        {"title": "Drei"},
    ]
    site.event("barcamp", start="2026-12-04T18:00+01:00", end=None, place="Kiel", sessions=sessions)
    site.event("webinar", kind="webinar", start="2026-12-06", end=None, url="https://video.example/live", sessions=None)
    site.event("lecture", kind="talk", start="2026-12-07", end=None, sessions=[{"title": "Vier", "start": "09:00"}])
    site.built()
    event = only(graph(site, "events/barcamp"), "Event")
    assert event["startDate"] == "2026-12-04T18:00:00+01:00"
    assert event["location"] == {"@type": "Place", "name": "Kiel", "address": "Kiel"}
    one, two, three = event["subEvent"]
    assert (one["startDate"], one["endDate"]) == ("2026-12-04T18:30:00+01:00", "2026-12-04T19:00:00+01:00")
    assert (two["startDate"], two["endDate"]) == ("2026-12-05T10:00:00+00:00", "2026-12-05T11:00:00+00:00")
    assert one["location"]["address"] == "Werkstatt, Kiel"
    assert "startDate" not in three
    assert [person["name"] for person in event["attendee"]] == ["Mara Tester", "Jonas Tester"]
    webinar = only(graph(site, "events/webinar"), "EducationEvent")
    assert webinar["location"] == {"@type": "VirtualLocation", "url": "https://video.example/live"}
    assert webinar["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")
    assert (webinar["startDate"], "endDate" in webinar, "performer" in webinar) == ("2026-12-06", False, True)
    lecture = only(graph(site, "events/lecture"), "EducationEvent")
    assert lecture["subEvent"][0]["startDate"] == "2026-12-07T09:00:00"
    assert "location" not in lecture


# -- consent ------------------------------------------------------------------------------------------


def test_nobody_is_named_without_consent_to_search_engines(site: Site) -> None:
    """Who has not agreed to be listed stands in no block, wherever else the page shows them, nor in a description."""
    site.profile("mara", consent=UNLISTED, topics=["heat", "pumps"])
    site.profile("jonas", consent=UNLISTED, lang="en", location="Kiel")
    site.built()
    for path in site.output.rglob("*.html"):
        page = parsed(path)
        told = str(block_of(page))
        if "noindex" not in "".join(page.xpath("//meta[@name='robots']/@content")):
            told += "".join(page.xpath("//meta[@name='description']/@content"))
        for name in ("Mara Tester", "Jonas Tester", "experts/mara", "experts/jonas"):
            assert name not in told, path
    assert block_of(parsed(site.output / "experts/mara/index.html")) is None
    assert block_of(parsed(site.output / "stories/boiler/index.html")) is None
    assert "Ida Tester" in str(graph(site, "experts"))


def test_pages_that_are_not_indexed_say_nothing(site: Site) -> None:
    """The error page, redirects, the search and drafts have no block."""
    site.profile("ida", status="draft")
    site.story("later", date="2027-05-01", authors=["jonas"])
    site.built("--drafts")
    for name in ("404.html", "search", "experts/mara-old", "experts/ida", "stories/later", "stories/boiler-en"):
        path = site.output / name
        assert block_of(parsed(path if path.is_file() else path / "index.html")) is None, name
    assert "Story later" in (site.output / "stories/index.html").read_text("utf-8")


def test_no_portrait_without_consent_to_pictures(site: Site) -> None:
    """Without it neither the picture nor its credit is in the data."""
    channels = ["site", "search-engines"]
    site.profile("mara", consent={"given": "2026-05-01", "text": "2026-1", "channels": channels})
    site.portrait("mara")
    site.built()
    assert "Jane Roe" not in str(graph(site, "experts/mara"))
    assert "image" not in only(graph(site, "experts/mara"), "Person")


# -- settings ------------------------------------------------------------------------------------------


def test_addresses_in_a_folder(site: Site) -> None:
    """On a site that lives in a folder of its host, every address begins there; without an address, in the preview."""
    for url, top in (("https://x.example/experts", "https://x.example/experts/"), ("", "http://127.0.0.1:8000/")):
        site.settings(SITEURL=url, ORGANISATION={"name": "Org", "logo": "images/logo.png"})
        site.built()
        found = blocks(site.output)
        assert found
        for path, _, block in found:
            for item in nodes(block):
                for key in ("@id", "url", "item", "contentUrl", "logo", "acquireLicensePage"):
                    assert item.get(key, top).startswith(top), (path, key)
        home = graph(site, "en")
        action = only(home, "WebSite")["potentialAction"]
        assert action["target"]["urlTemplate"] == f"{top}en/search/?q={{query}}"
        assert only(home, "Organization")["logo"] == f"{top}images/logo.png"


@pytest.mark.parametrize("plugin", ["expert_data", "expert_previews", "expert_search"])
def test_a_plugin_less(site: Site, checkout: Checkout, plugin: str) -> None:
    """Without the data, the previews or the search, the heads of pages are the same but for what they add."""
    scope: dict[str, Any] = {}
    exec((checkout.folder / "pelicanconf.py").read_text("utf-8"), scope)
    plugins = scope["PLUGINS"]
    site.settings(PLUGINS=plugins)
    site.built()
    whole = site.tree()
    site.settings(PLUGINS=[name for name in plugins if name != plugin])
    site.built()
    if plugin == "expert_search":
        assert "potentialAction" not in only(graph(site, ""), "WebSite")
        return
    added = {
        "expert_data": r'<script type="application/ld\+json">.*?</script>',
        "expert_previews": r'<meta (property="(og|article):|name="(twitter:card|author|fediverse:creator)").*?>',
    }[plugin]
    for path, data in site.tree().items():
        if path.endswith(".html"):
            text, before = [page.decode().partition("<body>")[0] for page in (data, whole[path])]
            assert not re.search(added, text), path
            assert "".join(text.split()) == "".join(re.sub(added, "", before).split()), path


def test_an_edit_remakes_no_page_that_shows_the_card(site: Site) -> None:
    """The data of other pages hold what cards hold: a new biography touches the person's own pages only."""
    everything(site)
    site.built()
    before = site.tree()
    site.replace("profiles/mara/profile.md", "Ein Text.", "Ein anderer.")
    site.built()
    changed = [path for path, data in site.tree().items() if before.get(path) != data and path.endswith(".html")]
    assert changed == ["experts/mara/index.html"]  # that in the other language shows the translation


# -- licences ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("cc-by-sa-3.0-de", "https://creativecommons.org/licenses/by-sa/3.0/de/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.com/terms", "https://example.com/terms"),
        ("Nur für Presse", ""),
        ("CC", ""),
        ("", ""),
    ],
)
def test_licences_have_addresses(licence: str, url: str) -> None:
    """The identifiers of Creative Commons and addresses are links; other words are a notice."""
    assert licences.address(licence) == url
