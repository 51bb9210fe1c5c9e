"""What messengers and networks show of a page that somebody shares: Open Graph (https://ogp.me/) and the usual cards.

Title and description stand in layout.html, since only templates know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import escape

from experts import model, pictures, signals, urls
from experts.dates import rfc3339
from experts.site import PageView, Site

TYPES = {"expert.html": "profile", "story.html": "article"}
NEVER_SHARED = ("404.html", "redirect.html")
_PROFILE = re.compile(r"https://([^/@?#]+)/@([\w.-]+)(?:@([\w.-]+))?/?", re.ASCII)

Pairs = Iterator[tuple[str, str]]


def head(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> str:
    """The elements of a page."""
    return "" if template in NEVER_SHARED else "\n".join(map(_element, _all(page, template, inputs, site)))


def _element(pair: tuple[str, str]) -> str:
    name, content = pair
    attribute = "property" if name.startswith(("og:", "article:")) else "name"
    return f'<meta {attribute}="{name}" content="{escape(content)}">'


def _all(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> Pairs:
    yield "og:type", TYPES.get(template, "website")
    # Its own address, also where the text was published first elsewhere: who shares this page means this page.
    yield "og:url", site.address(page.path, page.lang)
    yield "og:site_name", site.settings.name
    yield from _locales(page)
    if template == "story.html":
        yield from _story(page, inputs, site)
    elif template == "expert.html":
        expert: model.Expert = inputs["expert"]
        yield from _creators(expert.links)
        yield from _picture(site, inputs["portrait"], _alt(expert.pairs("alt"), page.lang))
    else:
        yield from _picture(site, None, "")


def _locales(page: PageView) -> Pairs:
    for name, tags in (("og:locale", [page.lang]), ("og:locale:alternate", [tag for tag, _, _ in page.alternates])):
        for found in map(locale, tags):
            if found and (name == "og:locale" or found != locale(page.lang)):
                yield name, found


def _story(page: PageView, inputs: Mapping[str, Any], site: Site) -> Pairs:
    story: model.Story = inputs["story"]
    text: model.StoryText = inputs["text"]
    yield "article:published_time", rfc3339(story.date)
    yield "article:modified_time", rfc3339(inputs["changed"] or story.date)
    for card in inputs["authors"]:
        yield "author", card.name
        yield "article:author", site.address(urls.record("expert", card.slug), page.lang)
    for number, topic in enumerate(inputs["topics"]):
        label = model.pick(topic.label, page.lang)
        if label and not number:
            yield "article:section", label.text
        if label:
            yield "article:tag", label.text
    yield from _creators(inputs["fediverse"])
    if inputs["picture"] and text.image:
        yield from _picture(site, inputs["picture"], text.image.alt, "summary_large_image")
    else:
        face = next((card for card in inputs["authors"] if card.portrait), None)
        yield from _picture(site, face.portrait if face else None, _alt(face.alt, page.lang) if face else "")


def _creators(links: tuple[model.Link, ...]) -> Pairs:
    """Accounts of the authors, https://blog.joinmastodon.org/2024/07/highlighting-journalism-on-mastodon/ (it shows the first one)."""
    for link in links:
        account = handle(link)
        if account:
            yield "fediverse:creator", account


def _picture(site: Site, image: model.Image | None, alt: str, card: str = "summary") -> Pairs:
    """A picture; without one the organisation's logo or the theme's icon, whichever previews can show."""
    yield "twitter:card", card
    path = image.large.path if image else ""
    if not image:
        about, icon = site.settings.organisation, site.assets.get("icons/icon-512.png", "")
        path, alt = (about["logo"], about["name"]) if _kind(about["logo"]) else (icon, site.settings.name)
    if not _kind(path):
        return
    yield "og:image", site.address(path)
    yield "og:image:type", _kind(path)
    if image:
        yield "og:image:width", str(image.large.width)
        yield "og:image:height", str(image.large.height)
    if alt:
        yield "og:image:alt", alt


def _kind(path: str) -> str:
    """The media type of a picture that previews can show; "" of others."""
    kind = pictures.media_type(path)
    return "" if kind == "image/svg+xml" else kind


def _alt(pairs: model.Pairs, lang: str) -> str:
    said = model.pick(pairs, lang)
    return said.text if said else ""


def handle(link: model.Link) -> str:
    """The account of a link to a profile in the fediverse, ``@mara@social.example``; "" of other links."""
    if link.kind != "mastodon":
        return ""
    found = _PROFILE.fullmatch(link.url)
    return f"@{found[2]}@{found[3] or found[1]}" if found else ""


@lru_cache(100)
def locale(tag: str) -> str:
    """The locale of a language as Open Graph has it, ``de_DE``: without a territory that where most speak it (CLDR); "" if unknown."""
    from babel.core import get_global, parse_locale

    try:
        lang, territory, script = parse_locale(tag, sep="-")[:3]
    except ValueError:
        return ""
    likely = get_global("likely_subtags")
    found = likely.get(f"{lang}_{script}" if script else lang, "").rpartition("_")[2]
    return f"{lang}_{territory or found}" if territory or found else ""


def register() -> None:
    """Called by Pelican and by the build."""
    signals.heads.connect(head, "site")
