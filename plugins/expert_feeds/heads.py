"""Autodiscovery: the head of a page names its feeds, so that readers and browsers find them.

https://blog.whatwg.org/feed-autodiscovery
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from expert_feeds.entries import label
from expert_feeds.feed import FORMATS, path
from expert_feeds.follow import LIST, PATH
from experts import urls
from experts.site import PageView, Site

Found = list[tuple[str, str]]
"""Folders of feeds, and what they are called."""


def head(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> str:
    """Links to the feeds that a page is about, else to that of the whole site; and to lists of feeds."""
    links = []
    for folder, title in _feeds(page, template, inputs, site):
        for kind, (_, _, media) in FORMATS.items():
            name = f"{title} ({'Atom' if kind == 'atom' else 'JSON'})"
            links.append(_link(media, name, site.address(path(folder, kind), page.lang)))
    for folder, title in _lists(page, template, inputs, site):
        links.append(_link("text/x-opml", title, site.address(folder + LIST, page.lang)))
    return "\n".join(links)


def _feeds(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> Found:
    say, name = site.catalogue(page.lang).gettext, site.settings.name
    whole = ("", name)
    if template == "expert.html" and inputs.get("feeds"):
        return [(urls.record("expert", inputs["expert"].slug), inputs["expert"].name)]
    if template == "topic.html":
        return [(urls.record("topic", inputs["topic"].slug), label(inputs["topic"], page.lang))]
    if template in ("hooks.html", "hook.html"):
        return [("hooks/", f"{say('In the news')} – {name}")]
    if template in ("home.html", "stories.html", "archive.html"):
        return [whole, ("stories/", f"{say('Stories')} – {name}")]
    return [whole]


def _lists(page: PageView, template: str, inputs: Mapping[str, Any], site: Site) -> Found:
    say = site.catalogue(page.lang).gettext
    if template in ("follow.html", "experts.html"):
        return [(PATH, f"{say('Experts')} – {site.settings.name}")]
    if template == "topic.html":
        topic = inputs["topic"]
        return [(urls.record("topic", topic.slug), say("Experts on %(topic)s") % {"topic": label(topic, page.lang)})]
    return []


def _link(media: str, title: str, address: str) -> str:
    return f'<link rel="alternate" type="{media}" title="{escape(title)}" href="{escape(address)}">'
