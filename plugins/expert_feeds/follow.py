"""The page that explains feeds, and the lists of the feeds of people."""

from __future__ import annotations

from collections.abc import Iterator

from expert_feeds.entries import label
from expert_feeds.feed import path
from expert_feeds.opml import Opml, People
from experts import collation, model, urls
from experts.digests import of_data
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

PATH = "follow/"
LIST = "experts.opml"


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """In each language the page, the list of all people with a feed, and one of those on each topic."""
    opml, plugins = Opml(site), site.settings.plugins
    everybody = _people(view.experts if "expert_profiles" in plugins else ())
    topics = view.topics if "expert_topics" in plugins else ()
    groups = [(topic, _people(view.experts_on(topic))) for topic in topics]
    spoken = [card for topic in topics if view.stories_on(topic) and (card := view.topic_card(topic.slug))]
    for lang in site.languages:
        say, name = site.catalogue(lang).gettext, site.settings.name
        cards = tuple(sorted(spoken, key=lambda card: (collation.key(label(card, lang), lang), card.slug)))
        yield site.page(
            lang,
            PATH,
            "follow.html",
            section="follow",
            feeds=_feeds(site, lang),
            topics=cards,
            people=len(everybody.rows),
        )
        yield _list(site, opml, PATH, f"{say('Experts')} – {name}", everybody, lang)
        for topic, people in groups:
            title = say("Experts on %(topic)s") % {"topic": label(topic, lang)}
            yield _list(site, opml, urls.record("topic", topic.slug), f"{title} – {name}", people, lang)


def _feeds(site: Site, lang: str) -> tuple[tuple[str, str, str, str], ...]:
    """Of each feed that is about no record: what it holds, its language, and the addresses of the Atom and of the JSON feed."""
    found = [("site", "", lang)]
    found += [("stories", "stories/", tag) for tag in site.languages if "expert_stories" in site.settings.plugins]
    found += [("hooks", "hooks/", lang)] if "expert_hooks" in site.settings.plugins else []
    return tuple(
        [
            (kind, tag, site.address(path(folder, "atom"), tag), site.address(path(folder, "json"), tag))
            for kind, folder, tag in found
        ]
    )


def _list(site: Site, opml: Opml, folder: str, title: str, people: People, lang: str) -> Output:
    return site.text(urls.localised(folder + LIST, lang, site.default_lang), opml.document, title, people, lang)


def _people(experts: tuple[model.Expert, ...]) -> People:
    rows = tuple([(expert.name, expert.slug) for expert in experts if expert.status != "draft"])
    return People(rows, of_data(rows))
