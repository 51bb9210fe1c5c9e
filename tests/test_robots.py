"""robots.txt: what each crawler may read is what people consented to, and nobody who refuses is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from expert_robots import LIMIT, MODELS, robots
from factory import CONSENT, Site

ALL = list(CONSENT["channels"])
EVERYTHING = {**CONSENT, "channels": [*ALL, "press-kit"]}


class Robots(NamedTuple):
    """A robots.txt as RFC 9309 reads it: rules for each crawler, and the sitemaps."""

    groups: dict[str, list[tuple[bool, str]]]
    sitemaps: list[str]

    def allows(self, agent: str, path: str) -> bool:
        """Whether a crawler may read a path: of the rules that match, the longest counts, and of two the one that allows."""
        rules = self.groups.get(agent.lower(), self.groups["*"])
        fitting = [(len(rule), allowed) for allowed, rule in rules if matches(rule, path)]
        return max(fitting)[1] if fitting else True


def matches(rule: str, path: str) -> bool:
    """Whether the pattern of a rule fits a path (RFC 9309 2.2.3)."""
    end = rule.endswith("$")
    pattern = ".*".join(map(re.escape, rule.removesuffix("$").split("*")))
    return re.match(pattern + ("$" if end else ""), path) is not None


def read(output: Path) -> Robots:
    """Read a robots.txt, in which every line must be known."""
    data = (output / "robots.txt").read_bytes()
    assert len(data) <= 500 * 1024
    groups: dict[str, list[tuple[bool, str]]] = {}
    sitemaps, agents, open_ = [], [], False
    for line in filter(None, data.decode("ascii").split("\n")):
        name, value = line.split(": ")
        if name == "User-agent":
            assert re.fullmatch(r"[A-Za-z_-]+|\*", value)
            agents = [*agents, value.lower()] if open_ else [value.lower()]
            open_ = True
            assert groups.setdefault(value.lower(), []) == []
        elif name == "Sitemap":
            sitemaps.append(value)
        else:
            open_ = False
            assert name in ("Allow", "Disallow")
            assert value.startswith("/")
            for agent in agents:
                groups[agent].append((name == "Allow", value))
    return Robots(groups, sitemaps)


def without(*channels: str) -> dict[str, object]:
    """Consent to all channels but some."""
    return {**CONSENT, "channels": [channel for channel in EVERYTHING["channels"] if channel not in channels]}


def paths(site: Site) -> list[str]:
    """The addresses of all files of a site."""
    return ["/" + name.removesuffix("index.html") for name in site.tree() if not name.startswith(".")]


def test_who_all_consent(site: Site) -> None:
    """Where everybody consents to everything, everybody may read all, and there is nothing about language models."""
    site.built()
    found = read(site.output)
    assert set(found.groups) == {"*"}
    assert all(found.allows(agent, path) for agent in ("Googlebot", "GPTBot") for path in paths(site))
    assert found.sitemaps == ["http://127.0.0.1:8000/sitemap.xml"]


@pytest.mark.parametrize("base", ["", "/our/experts"])
def test_files_of_somebody_who_refuses_search_engines(site: Site, base: str) -> None:
    """No crawler may read files that cannot say noindex themselves, but all pages, which say it; and who consents is let through."""
    site.settings(SITEURL=f"https://x.example{base}")
    for slug in ("zoe", "mara", "m", "al"):
        site.profile(slug, consent=without("search-engines") if slug == "zoe" else EVERYTHING)
        site.portrait(slug, len(slug))
    site.event("barcamp", experts=["zoe", "mara", "m", "al"])
    site.built()
    found = read(site.output)
    files = [path for path in paths(site) if path.startswith(("/experts/zoe/", "/en/experts/zoe/"))]
    assert len(files) > 4
    for path in files:
        assert found.allows("Googlebot", base + path) == path.endswith("/")
    for slug in ("mara", "m", "al"):
        own = [path for path in paths(site) if f"/experts/{slug}/" in path and not path.startswith("/api/")]
        assert len(own) > 4
        assert all(found.allows("Googlebot", base + path) for path in own)
    for path in paths(site):
        if path.endswith(("/", ".html", ".js", ".css", "/sitemap.xml", "/robots.txt", "/llms.txt")):
            assert found.allows("Googlebot", base + path), path
    assert b"zoe" not in (site.output / "robots.txt").read_bytes()


def test_language_models_read_who_consents_only(site: Site) -> None:
    """They may read the pages by and about people who consented, all of them, and no other page; search engines read on."""
    site.profile("ida", consent=without("ai"))
    site.profile("jonas", lang="en", consent=without("ai", "search-engines"))
    site.built()
    found = read(site.output)
    assert set(found.groups) == {"*", *[agent.lower() for agent in MODELS]}
    assert found.groups["gptbot"] == found.groups["claudebot"]
    allowed = {path for path in paths(site) if found.allows("GPTBot", path)}
    # The stories `boiler` and `pipe` are by Jonas too, `valve` is by Ida.
    assert allowed == {"/llms.txt", "/experts/mara/", "/en/experts/mara/"}
    assert found.allows("Googlebot", "/experts/ida/")
    text = (site.output / "robots.txt").read_text()
    assert "ida" not in text.partition("User-agent: Amazonbot")[2]
    assert "jonas" not in text


def test_who_left_is_named_nowhere(site: Site) -> None:
    """The day somebody leaves, the file does not know them any more."""
    site.profile("ida", consent=without("ai"))
    site.profile("zoe", consent=EVERYTHING, left="2026-12-31")
    site.built()
    assert b"zoe" in (site.output / "robots.txt").read_bytes()
    site.built(today="2027-01-01")
    assert b"zoe" not in (site.output / "robots.txt").read_bytes()


def test_without_a_sitemap(site: Site) -> None:
    """The sitemap is named only while there is one."""
    site.settings(PLUGINS=["experts", "expert_profiles", "expert_robots", "expert_files"])
    site.built()
    assert read(site.output).sitemaps == []


def test_it_stays_readable(tmp_path: Path) -> None:
    """Every crawler reads 500 KiB: a longer file lets first no page through any more, then nobody; it never opens anything."""
    people = tuple([f"Allow: /experts/person-{number:06}/" for number in range(9000)])
    pages = tuple([f"Allow: /stories/story-{number:06}/$" for number in range(9000)])
    everybody, models = ("Disallow: /experts/*.",), ("User-agent: GPTBot", "Disallow: /")
    for count in (10, 9000):
        text = robots(everybody, people, models, pages[:count], "")
        (tmp_path / "robots.txt").write_text(text)
        found = read(tmp_path)
        assert len(text) <= LIMIT
        assert found.allows("Bot", "/experts/person-000001/a.jpg")
        assert not found.allows("Bot", "/experts/x/a.jpg")
        assert found.allows("GPTBot", "/stories/story-000001/") == (count == 10)
        assert not found.allows("GPTBot", "/")
    (tmp_path / "robots.txt").write_text(robots(everybody, people * 2, models, pages, ""))
    assert not read(tmp_path).allows("Bot", "/experts/person-000001/a.jpg")


def test_the_demo(published: Path) -> None:
    """In the demo some refuse: the groups agree with what the pages say themselves."""
    found = read(published)
    pages = list(published.glob("experts/*/index.html")) + list(published.glob("en/stories/*/index.html"))
    refused = 0
    for page in pages:
        text = page.read_text("utf-8")
        path = "/" + page.relative_to(published).as_posix().removesuffix("index.html")
        if 'http-equiv="refresh"' in text:  # leads elsewhere
            continue
        robots_meta = re.search('<meta name="robots" content="([^"]*)"', text)
        refuses = robots_meta is not None and "noai" in robots_meta[1]
        refused += refuses
        assert found.allows("GPTBot", path) == (not refuses), path
        assert found.allows("Googlebot", path)
    assert 0 < refused < len(pages)
