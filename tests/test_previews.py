"""What messengers and networks show of a shared page: Open Graph, cards, and the account of the author."""

from __future__ import annotations

from pathlib import Path

import pytest
from expert_previews import handle, locale
from experts.model import Link
from factory import Site
from graphs import parsed

Properties = dict[str, list[str]]
TOP = "http://127.0.0.1:8000"


def properties(path: Path) -> Properties:
    """Return what the elements of a page's head say, by name, in their order."""
    found: Properties = {}
    for element in parsed(path).xpath("//head/meta[@property or @name]"):
        found.setdefault(element.get("property") or element.get("name"), []).append(element.get("content"))
    return found


def of(site: Site, path: str) -> Properties:
    """Return what a page of a site says."""
    return properties(site.output / path / "index.html")


def test_every_page_of_the_demo_can_be_shared(published: Path) -> None:
    """Each page has title, description, address, kind, name of the site and language, each once; redirects and the error page none."""
    once = (
        "og:title",
        "og:description",
        "og:url",
        "og:type",
        "og:site_name",
        "og:locale",
        "twitter:card",
        "description",
    )
    seen = 0
    for path in sorted(published.rglob("*.html")):
        page = parsed(path)
        found = properties(path)
        if path.name == "404.html" or page.xpath("//meta[@http-equiv='refresh']"):
            assert [name for name in found if ":" in name] == [], path
            continue
        seen += 1
        assert [name for name in once if [bool(text.strip()) for text in found.get(name, [])] != [True]] == [], path
        assert found["og:description"] == found["description"]
        assert page.xpath("string(//title)").startswith(found["og:title"][0])
        assert found["og:url"][
            0
        ] == f"https://experten.nordlicht.example/{path.relative_to(published).parent.as_posix()}/".replace("/./", "/")
        assert (found["og:locale"], found["og:locale:alternate"]) == (
            (["en_US"], ["de_DE"]) if page.get("lang") == "en" else (["de_DE"], ["en_US"])
        )
        for image in found.get("og:image", []):
            assert (published / image.removeprefix("https://experten.nordlicht.example/")).is_file(), path
            assert len(found["og:image:alt"]) == len(found["og:image:type"]) == 1
    assert seen > 300


def test_a_story_shows_its_picture_and_its_authors(site: Site) -> None:
    """With its own picture, its days, its authors' pages and accounts, and its topics."""
    site.profile("mara", links={"mastodon": "@mara@social.example"}, topics=["heat"])
    site.profile("jonas", links={"mastodon": "https://other.example/@jo"}, topics=["heat"])
    site.story(
        "boiler",
        authors=["mara", "jonas"],
        topics=["heat", "pumps"],
        image=True,
        date="2026-10-01T08:00Z",
        summary="Kurz.",
    )
    site.built()
    found = of(site, "stories/boiler")
    assert (found["og:type"], found["og:title"], found["og:description"]) == (["article"], ["Story boiler"], ["Kurz."])
    assert found["article:published_time"] == found["article:modified_time"] == ["2026-10-01T08:00:00+00:00"]
    assert found["article:author"] == [f"{TOP}/experts/mara/", f"{TOP}/experts/jonas/"]
    assert found["author"] == ["Mara Tester", "Jonas Tester"]
    assert found["fediverse:creator"] == ["@mara@social.example", "@jo@other.example"]
    assert (found["article:section"], found["article:tag"]) == (["Thema heat"], ["Thema heat", "Thema pumps"])
    assert found["twitter:card"] == ["summary_large_image"]
    assert found["og:image"][0].startswith(f"{TOP}/stories/boiler/picture-")
    sizes = [found[f"og:image:{name}"] for name in ("type", "width", "height", "alt")]
    assert sizes == [["image/jpeg"], ["1"], ["1"], ["Bild"]]


def test_faces_stand_in_for_pictures(site: Site) -> None:
    """A story without a picture shows the face of its first author who has one; a profile the own one; others the logo."""
    site.settings(ORGANISATION={"name": "Org", "logo": "images/logo.png"})
    site.story("boiler", authors=["jonas", "mara"])
    site.story("boiler-en", authors=["jonas", "mara"], lang="en", translation_of="boiler")
    site.built()
    face = of(site, "experts/mara")["og:image"]
    assert face[0].startswith(f"{TOP}/experts/mara/portrait-")
    assert of(site, "stories/boiler")["og:image"] == face
    assert of(site, "stories/boiler")["og:image:alt"] == ["Ein Gesicht"]
    for path in ("", "experts/jonas", "topics/heat", "stories/valve", "search"):
        found = of(site, path)
        assert (found["og:image"], found["og:image:alt"]) == ([f"{TOP}/images/logo.png"], ["Org"]), path
        assert "og:image:width" not in found


def test_no_face_without_consent(site: Site) -> None:
    """Without consent to pictures nobody's face is in a preview; for a logo that previews cannot show stands the icon."""
    site.settings(ORGANISATION={"name": "Org", "logo": "images/logo.svg"})
    site.profile("mara", consent={"given": "2026-05-01", "text": "2026-1", "channels": ["site", "feeds"]})
    site.portrait("mara")
    site.built()
    for path in ("experts/mara", "stories/boiler", ""):
        assert of(site, path)["og:image"] == [f"{TOP}/theme/icons/icon-512.png"], path
        assert of(site, path)["twitter:card"] == ["summary"]


def test_who_shares_our_page_means_our_page(site: Site) -> None:
    """A story published first elsewhere keeps its own address in previews, while search engines are sent there."""
    site.settings(SITEURL="https://x.example/experts")
    site.story("boiler", original="https://paper.example/boiler")
    site.built()
    page = parsed(site.output / "stories/boiler/index.html")
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://paper.example/boiler"]
    assert of(site, "stories/boiler")["og:url"] == ["https://x.example/experts/stories/boiler/"]


def test_texts_are_escaped(site: Site) -> None:
    """Quotes and markup in names and titles end no attribute."""
    odd = '"><script>alert(1)</script>'
    site.profile("mara", name=odd, headline=odd)
    site.topic("heat", label={"de": odd})
    site.story("boiler", title=odd, summary=odd)
    site.settings(SITENAME=odd)
    site.built()
    found = of(site, "stories/boiler")
    for name in ("og:title", "og:site_name", "author", "article:tag", "og:description"):
        assert "<script>alert(1)</script>" in found[name][0], name
    assert not parsed(site.output / "stories/boiler/index.html").xpath("//script[text()='alert(1)']")


def test_pages_without_a_summary_begin_with_their_text(site: Site) -> None:
    """Where nobody wrote a summary, the beginning of the text stands in for it, without markup and not too long."""
    site.story("boiler", "Ein *langer* Satz & mehr. " * 40)
    site.page("about", "About", "**Hello** there.", Summary="")
    site.built()
    [text] = of(site, "stories/boiler")["description"]
    assert text.startswith("Ein langer Satz & mehr. Ein langer")
    assert len(text) <= 205
    assert text.endswith("…")
    assert of(site, "about")["description"] == ["Hello there."]


@pytest.mark.parametrize(
    ("kind", "url", "account"),
    [
        ("mastodon", "https://social.example/@mara", "@mara@social.example"),
        ("mastodon", "https://social.example/@mara/", "@mara@social.example"),
        ("mastodon", "https://social.example/@mara@other.example", "@mara@other.example"),
        ("mastodon", "https://social.example/users/mara", ""),
        ("mastodon", "http://social.example/@mara", ""),
        ("mastodon", "https://social.example/@mara/1234", ""),
        ("website", "https://social.example/@mara", ""),
    ],
)
def test_accounts(kind: str, url: str, account: str) -> None:
    """An account is read from the address of a profile on Mastodon, and from no other address."""
    assert handle(Link(kind, url, "")) == account


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", "de_DE"),
        ("en", "en_US"),
        ("pt-BR", "pt_BR"),
        ("de-AT", "de_AT"),
        ("zh-Hant", "zh_TW"),
        ("tlh", ""),
        ("x", ""),
        ("es-419", "es_419"),
    ],
)
def test_locales(tag: str, expected: str) -> None:
    """A locale has a territory: the tag's own, else the likely one; a language without one has none."""
    assert locale(tag) == expected
