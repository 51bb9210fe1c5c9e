"""Pictures of whole sites: what pages name, what is kept and what goes, and that a build makes each of them once."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import bs4
import pytest
from factory import CONSENT, ROOT, Site, png
from PIL import Image
from pictures import quarters, saved, xmp

OPEN = {**CONSENT, "channels": [*CONSENT["channels"], "press-kit"]}
CREDIT = {"alt": "A", "credit": "Jane Roe", "licence": "CC-BY-4.0"}


def face(site: Site, slug: str, data: bytes, **fields: object) -> None:
    """Give a person a portrait."""
    site.put(f"profiles/{slug}/face.jpg", data)
    site.profile(slug, portrait={"file": "face.jpg", **CREDIT, **fields}, consent=OPEN)


@pytest.fixture
def site(tmp_path: Path, site: Site) -> Site:
    """Return a site whose cache is its own: other tests' sites have other names."""
    site.folder = site.folder.rename(tmp_path / f"pictures-{tmp_path.name}")
    return site


def cache(site: Site) -> list[Path]:
    """The files of the pictures in the cache of a site."""
    return sorted((site.checkout.folder / ".cache").glob(f"{site.folder.name}-*/pictures/*"))


def test_what_pages_name_is_there(site: Site) -> None:
    """Every picture of a page has its size, its description and its files; no page, feed or file has the original."""
    data = saved(quarters(700, 900), "JPEG", comment=b"original")
    face(site, "mara", data, focus=[50, 20])
    site.put("content/stories/2026/wide.png", saved(quarters(1000, 400)))
    site.story(
        "boiler", "![Ein Kessel](wide.png) <img src='wide.png' alt='B' width='90'> [groß](wide.png)", image=False
    )
    site.built()
    tree = site.tree()
    named = 0
    for name, content in tree.items():
        assert b"original" not in content or not name.endswith((".jpg", ".png")), name
        if not name.endswith(".html"):
            continue
        page = bs4.BeautifulSoup(content, "html.parser")
        for picture in page.select("main img"):
            assert picture.has_attr("alt")
            assert int(picture["width"]) > 0
            assert picture["width"] == "90" or int(picture["height"]) > 0
            sources = [picture, *picture.parent.select("source")] if picture.parent.name == "picture" else [picture]
            for source in sources:
                for candidate in [source.get("src"), *source.get("srcset", "").split(", ")]:
                    if candidate:
                        path, _, width = candidate.partition(" ")
                        assert path.lstrip("/") in tree, (name, path)
                        shown = Image.open(BytesIO(tree[path.lstrip("/")]))
                        assert not width or width == f"{shown.width}w"
                        named += 1
            assert picture.get("loading") == "lazy" or picture.get("fetchpriority") == "high" or picture.parent.parent
    assert named > 20
    assert not [
        name for name in tree if name.endswith((".png", "face.jpg")) and not name.startswith(("images", "theme"))
    ]
    home = (site.output / "experts/mara/index.html").read_text("utf-8")
    assert 'fetchpriority="high"' in home
    story = (site.output / "stories/boiler/index.html").read_text("utf-8")
    [first, second] = re.findall(r"<img [^>]*>", story.partition('class="prose')[2].partition("<footer")[0])
    assert 'loading="lazy"' in first
    assert 'decoding="async"' in first
    assert 'width="1000" height="400"' in first
    assert re.search(
        r'srcset="\S+wide-480-\w{10}\.webp 480w, \S+wide-960\S+ 960w, \S+wide-1000\S+ 1000w" sizes="', first
    )
    assert 'width="90"' in second
    assert "height=" not in second
    assert re.search(r'<a href="/stories/boiler/wide-1000-\w{10}\.jpg">', story)
    for name in ("experts/mara/feed.json", "api/stories/boiler.json"):
        text = (site.output / name).read_text("utf-8")
        assert "srcset" not in text
        assert re.search(
            r'http://127[^ ]*/stories/boiler/wide-1000-\w{10}\.jpg\\" width=\\"1000\\" height=\\"400\\"', text
        )


def test_for_the_press(site: Site) -> None:
    """Who consents to press kits and pictures has the whole portrait in a size for print, with credit; nobody else."""
    face(site, "mara", saved(quarters(1500, 900), "JPEG"))
    site.built()
    [file] = (site.output / "experts/mara").glob("portrait-print-*.jpg")
    with Image.open(file) as picture:
        assert picture.size == (1500, 900)
    assert xmp(file.read_bytes())["photoshop:Credit"] == "Jane Roe"
    channels = [channel for channel in OPEN["channels"] if channel != "press-kit"]
    site.profile("mara", portrait={"file": "face.jpg", **CREDIT}, consent={**OPEN, "channels": channels})
    site.built()
    assert not list((site.output / "experts/mara").glob("portrait-print-*"))
    assert list((site.output / "experts/mara").glob("portrait-*"))
    assert site.stale() == []


def test_made_once(site: Site) -> None:
    """Neither another text nor a clean build makes a picture again; another focus or credit does."""
    face(site, "mara", saved(quarters(90, 70)))
    site.built()
    stamps = {path: path.stat().st_mtime_ns for path in cache(site)}
    assert len(stamps) == 3  # the portrait, the one for the press, a story's picture
    site.replace("profiles/mara/profile.md", "Ein Text.", "Ein anderer.")
    site.built()
    site.built("--clean")
    assert {path: path.stat().st_mtime_ns for path in cache(site)} == stamps
    before = set(site.output.glob("experts/mara/portrait-*"))
    face(site, "mara", saved(quarters(90, 70)), focus=[0, 0])
    site.built()
    assert not before & set(site.output.glob("experts/mara/portrait-??-*"))
    assert len(cache(site)) == 3
    assert site.stale() == []


def test_who_leaves_takes_all_pictures_along(site: Site) -> None:
    """When somebody leaves, or takes back the consent to pictures, no size is left: neither on the site nor in the cache."""
    face(site, "ida", saved(quarters(200, 250)))
    site.built()
    assert len(list(site.output.glob("experts/ida/portrait-*"))) == 6
    before = len(cache(site))
    site.replace("profiles/ida/profile.md", '"images", ', "")
    site.built()
    assert not list(site.output.glob("experts/ida/portrait*"))
    assert len(cache(site)) == before - 2
    face(site, "ida", saved(quarters(200, 250)))
    site.built()
    assert len(cache(site)) == before
    site.replace("profiles/ida/profile.md", '"published"', '"left"')
    site.built()
    assert not [file for file in site.output.rglob("experts/ida/*") if file.name not in ("atom.xml", "feed.json")]
    assert len(cache(site)) == before - 2
    assert site.stale() == []


def test_a_damaged_cache(site: Site) -> None:
    """A picture in the cache that is not what was made is noticed and made again, also after a build that was killed."""
    face(site, "mara", saved(quarters(200, 250)))
    site.built()
    expected = site.tree()
    for damage in (b"", None):
        for path in cache(site):
            data = path.read_bytes()
            path.write_bytes(data[:-9] + b"otherwise" if damage is None else damage)
        (cache(site)[0].parent / "0123.77.tmp").write_bytes(b"left by a build that was killed")
        for file in site.output.glob("experts/mara/portrait-*"):
            file.unlink()
        site.built()
        assert site.tree() == expected
        assert not list(cache(site)[0].parent.glob("*.tmp"))
    known = cache(site)[0].parent.parent / "pictures-known"
    known.unlink()
    stamps = {path: path.stat().st_mtime_ns for path in cache(site)}
    site.replace("profiles/mara/profile.md", "Ein Text.", "Ein anderer.")
    site.built()
    assert {path: path.stat().st_mtime_ns for path in cache(site)} == stamps


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (saved(quarters(90, 70), "JPEG")[:700], "is damaged or cut off"),
        (saved(quarters(90, 70), "PNG")[:40], "is damaged or cut off"),
        (b"", "is empty"),
        (b"<!DOCTYPE html><title>404</title>", "is not what its name says"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "is a picture in the format HEIC"),
    ],
)
def test_broken_pictures(site: Site, data: bytes, words: str) -> None:
    """A picture that cannot be shown is told at the line that names it; nothing is written unless what is broken may be left out."""
    face(site, "mara", data)
    run = site.build()
    assert run.code == 1, run.err
    assert [line for line in run.problems if words in line and line.startswith("profiles/mara/profile.md:8:20:")]
    assert len(run.problems) == 1
    assert not site.output.exists()
    check = site.checkout.run("check", "--site", str(site.folder), "--lang", "en", "--today", "2026-11-23")
    assert check.code == 1
    assert check.out.splitlines()[0] == run.problems[0]
    assert site.build("--lenient").code == 0
    assert "monogram" in (site.output / "experts/mara/index.html").read_text("utf-8")
    face(site, "mara", saved(quarters(90, 70)))  # a PNG that is called .jpg is one all the same
    site.built()
    assert site.stale() == []


def test_nobody_else_is_looked_at(site: Site) -> None:
    """The portrait of somebody who is not shown, or not with pictures, is not even decoded."""
    face(site, "mara", png()[:-20])
    site.replace("profiles/mara/profile.md", '"images", ', "")
    face(site, "ida", png()[:-20])
    site.replace("profiles/ida/profile.md", '"published"', '"paused"')
    site.built()


def colours() -> dict[str, tuple[str, str]]:
    """The backgrounds of monograms and of pictures that load, and the colour of the letters, as the style sheet has them."""
    css = (ROOT / "theme/static/css/45-portrait.css").read_text("utf-8")
    found = dict(re.findall(r"\.([\w-]+) \{ (?:background|--tone): (#[0-9a-f]+); \}", css))
    [letters] = re.findall(r"\.monogram \{[^}]*? color: (#[0-9a-f]{6});", css)
    return {name: (colour, letters) for name, colour in found.items()}


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_monograms_can_be_read() -> None:
    """The initials stand out from each tone by at least 4.5 to 1; both are fixed, so this holds in the dark too."""
    tones = {name: both for name, both in colours().items() if name.startswith("tone-")}
    assert sorted(tones) == [f"tone-{number}" for number in range(8)]
    for back, letters in tones.values():
        light, dark = sorted([luminance(back), luminance(letters)], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_colours_that_stand_in_are_in_the_style_sheet() -> None:
    """Each colour that a picture can have while it loads is a class of the style sheet, of that very colour."""
    found = {name: colour for name, (colour, _) in colours().items() if name.startswith("c-")}
    assert found == {
        f"c-{red}{green}{blue}": f"#{red}{green}{blue}" for red in "38c" for green in "38c" for blue in "38c"
    }
