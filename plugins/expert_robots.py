"""robots.txt (RFC 9309): who may read what, by the consent of people.

It names nobody who refuses: whatever a group of crawlers must not read is a rule for all people, and those who consent
are let through by name, since of the rules that match the longest one counts.  Pages need no rule here for search
engines: they carry their own ``noindex``, which a crawler must be able to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from experts import signals
from experts.directory import Directory
from experts.output import Output
from experts.site import Planned, Site

Lines = tuple[str, ...]

LIMIT = 500 * 1024  # bytes that every crawler reads (RFC 9309 2.5)
MODELS = (
    "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ChatGPT-User", "Claude-SearchBot", "Claude-User",
    "Claude-Web", "ClaudeBot", "cohere-ai", "cohere-training-data-crawler", "Diffbot", "DuckAssistBot", "FacebookBot",
    "Google-CloudVertexBot", "Google-Extended", "GPTBot", "ImagesiftBot", "meta-externalagent", "meta-externalfetcher",
    "MistralAI-User", "OAI-SearchBot", "omgili", "omgilibot", "PanguBot", "Perplexity-User", "PerplexityBot", "Timpibot",
    "Webzio-Extended", "YouBot",
)  # fmt: skip
"""Crawlers that gather texts for language models or answer from them, as their operators name them (letters, - and _ only)."""
FILES = ("*.ics$", "*.json$", "*.opml$", "*.vcf$", "*.xml$")
"""What holds people and is no page, so that it cannot say itself who may list it."""


def indexes(directory: Directory, site: Site, pages: tuple[Planned, ...]) -> Iterator[Output]:
    """The file; it counts at the root of a host only."""
    everybody, let_through = _for_search_engines(directory, site)
    models, open_pages = _for_models(directory, site, pages)
    sitemap = site.address("sitemap.xml") if "expert_sitemap" in site.settings.plugins else ""
    yield site.text("robots.txt", robots, everybody, let_through, models, open_pages, sitemap)


def _for_search_engines(directory: Directory, site: Site) -> tuple[Lines, Lines]:
    """The rules for all, and those that let people through who consent."""
    searched = directory.view("search-engines")
    if searched is directory:
        return ("Allow: /",), ()
    folders = [site.url("experts/", lang) for lang in site.languages]
    closed = [f"{site.base}{pattern}" for pattern in FILES] + [f"{folder}*." for folder in folders]  # portraits, say
    rules = (f"Allow: {site.base}sitemap", *[f"Disallow: {pattern}" for pattern in closed])
    return rules, _few(f"Allow: {folder}{expert.slug}/" for expert in searched.experts for folder in folders)


def _for_models(directory: Directory, site: Site, pages: tuple[Planned, ...]) -> tuple[Lines, Lines]:
    """The rules for crawlers of language models (none where everybody consents), and the pages by and about people who do."""
    read = directory.view("ai")
    if read is directory:
        return (), ()
    agents = [f"User-agent: {agent}" for agent in MODELS]
    about = (page for page in pages if page.listing.about and all(map(read.expert, page.listing.about)))
    rules = (*agents, "Disallow: /", f"Allow: {site.base}llms.txt$")
    return rules, _few(f"Allow: {site.url(page.path, page.lang)}$" for page in about)


def _few(lines: Iterable[str]) -> Lines:
    """The lines, or none if they are too many."""
    found, size = [], 0
    for line in lines:
        found.append(line)
        size += len(line) + 1
        if size > LIMIT:
            return ()
    return tuple(found)


def robots(everybody: Lines, let_through: Lines, models: Lines, open_pages: Lines, sitemap: str) -> str:
    """The file: first without the pages of those who consent, then without the people, if it would grow too large."""
    for people, open_ in ((let_through, open_pages), (let_through, ()), ((), ())):
        groups = [
            ("User-agent: *", *everybody, *people),
            (*models, *open_),
            (f"Sitemap: {sitemap}",) if sitemap else (),
        ]
        text = "\n\n".join(["\n".join(group) for group in groups if group]) + "\n"
        if len(text) <= LIMIT:
            break
    return text


def register() -> None:
    """Called by Pelican and by the build."""
    signals.indexes.connect(indexes, "search-engines", "ai")
