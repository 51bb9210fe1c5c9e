"""Which feeds there are: of people, topics, news events, languages, and the whole site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from expert_feeds import archive, states
from expert_feeds.atom import Atom
from expert_feeds.entries import ORGANISATION, Author, Entries, Entry, label
from expert_feeds.feed import Feed, Notice, Part, path
from expert_feeds.jsonfeed import JsonFeed
from expert_feeds.words import Words, words
from experts import identifiers, model, urls
from experts.dates import instant
from experts.digests import of_data
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

STYLE = "feed.css"


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """All feeds in all languages; `view` is the directory of the channel feeds."""
    plan = Plan(view, site)
    yield from plan.site_feeds()
    yield from plan.topics()
    yield from plan.experts()
    yield from plan.notices()


class Subject(NamedTuple):
    """What a feed is about, whatever its language."""

    kind: str
    name: str  # the permanent one
    folder: str
    author: Author = ORGANISATION
    since: str = ""  # its date as long as it has no entries; "" where nothing says one


class Writer(Protocol):
    """Writes the documents of a format."""

    def document(self, feed: Feed, part: Part, words: Words, /) -> bytes:
        """A document of a feed."""

    def notice(self, notice: Notice, words: Words, /) -> bytes:
        """A feed that has ended or pauses."""


class Plan:
    """What all feeds of a build share: the entries, the words, and those who write them."""

    def __init__(self, view: Directory, site: Site) -> None:
        """Make the entries ready."""
        self.view, self.site = view, site
        self.words: Words = words(site)
        self.entries = Entries(view, site.languages)
        self.plugins = site.settings.plugins  # what has no page has no entry and no feed
        self.stories = self.entries.stories() if "expert_stories" in self.plugins else {}
        self.hooks = self.entries.hooks() if "expert_hooks" in self.plugins else {}
        self.writers: dict[str, Writer] = {"atom": Atom(site), "json": JsonFeed(site)}
        styled = "expert_files" in self.plugins and os.path.isfile(os.path.join(site.theme, "static", STYLE))
        self.style = site.file(f"theme/{STYLE}") if styled else ""
        # The authority of the names is dated, so that is the oldest date that a feed of this site can have.
        self.since = f"{site.settings.tag_authority.partition(',')[2][:4]}-01-01"

    def site_feeds(self) -> Iterator[Output]:
        """The feeds of the whole site, of the texts of each language, and of the news events."""
        name = self.site.settings.name
        hooks = tuple(self.hooks.values())
        for at, lang in enumerate(self.site.languages):
            say, own = self.words.texts[lang], model.primary(lang)
            shown = [versions[at] for versions in self.stories.values()]
            written = tuple([entry for entry in shown if model.primary(entry.lang) == own])
            found = [("site", "", name, "Stories and news events", newest(shown, hooks))]
            if "expert_stories" in self.plugins:
                title = f"{say['Stories']} – {name}"
                found.append(("stories", "stories/", title, "All stories in this language", written))
            if "expert_hooks" in self.plugins:
                title = f"{say['In the news']} – {name}"
                found.append(("hooks", "hooks/", title, "What is being talked about, and who can explain it.", hooks))
            for kind, folder, title, about, entries in found:
                yield from self._feed(Subject(kind, "", folder), at, title, say[about], entries)

    def topics(self) -> Iterator[Output]:
        """The feeds of topics: their stories and news events."""
        on: dict[str, list[Entry]] = {}
        for hook in self.view.hooks:
            for slug in hook.topics if hook.slug in self.hooks else ():
                on.setdefault(slug, []).append(self.hooks[hook.slug])
        for topic in self.view.topics if "expert_topics" in self.plugins else ():
            stories = self._versions(self.view.stories_on(topic))
            subject = Subject("topic", identifiers.name(topic), urls.record("topic", topic.slug))
            for at, lang in enumerate(self.site.languages):
                title = f"{label(topic, lang)} – {self.site.settings.name}"
                about = model.pick(topic.description, lang) or self.words.texts[lang]["What is new on this topic"]
                entries = newest([versions[at] for versions in stories], on.get(topic.slug, ()))
                yield from self._feed(subject, at, title, about, entries)

    def experts(self) -> Iterator[Output]:
        """The feeds of people."""
        today = self.view.today
        for expert in self.view.experts if "expert_profiles" in self.plugins else ():
            if expert.status == "draft":
                continue
            stories = self._versions(self.view.stories_by(expert))
            title = f"{expert.name} – {self.site.settings.name}"
            days = (expert.confirmed, expert.consent.given if expert.consent else "")
            since = max([day for day in days if day <= today], default="")
            folder = urls.record("expert", expert.slug)
            subject = Subject("expert", identifiers.name(expert), folder, self.entries.author(expert), since)
            for at, lang in enumerate(self.site.languages):
                text = expert.text(lang) if len(expert.texts) > 1 else expert.texts[0]
                text = text if text.headline else expert.texts[0]
                entries = tuple([versions[at] for versions in stories])
                about = model.Said(text.headline, text.lang)
                yield from self._feed(subject, at, title, about, entries)

    def notices(self) -> Iterator[Output]:
        """The feeds of people that have ended or pause."""
        settings, rules = self.site.settings, self.view.rules
        for expert in self.view.records.experts.values() if "expert_profiles" in self.plugins else ():
            state = states.state(expert, rules, settings.feed_ending_days)
            if state not in ("ended", "paused"):
                continue
            for lang in self.site.languages:
                notice = Notice(identifiers.name(expert), lang, state, self.since, self.style)
                for kind, writer in self.writers.items():
                    place = urls.localised(path(urls.record("expert", expert.slug), kind), lang, settings.languages[0])
                    yield self.site.text(place, writer.notice, notice, self.words)

    def _versions(self, stories: tuple[model.Story, ...]) -> list[tuple[Entry, ...]]:
        """The entries of those stories that are out, in all languages."""
        return [self.stories[story.slug] for story in stories if story.slug in self.stories]

    def _feed(
        self, subject: Subject, at: int, title: str, about: model.Said | str, entries: tuple[Entry, ...]
    ) -> Iterator[Output]:
        """The documents of a feed in the language number `at`, in both formats."""
        site = self.site
        lang = site.languages[at]
        kind, name, folder, author, since = subject
        subtitle = model.Said(about, lang) if isinstance(about, str) else about
        since = since or self.since
        digest = of_data(kind, name, lang, folder, title, tuple(subtitle), author, since, self.style)
        feed = Feed(kind, name, lang, folder, title, subtitle, author, since, self.style, digest)
        for document, cut in archive.documents(len(entries)):
            held = entries[cut]
            part = Part(document, held, of_data(tuple(document), [entry.digest for entry in held]))
            for form, writer in self.writers.items():
                place = urls.localised(path(folder, form, document.number), lang, site.default_lang)
                yield site.text(place, writer.document, feed, part, self.words)


def newest(stories: list[Entry], hooks: Sequence[Entry]) -> tuple[Entry, ...]:
    """Stories and hooks, both the newest first, in one row."""
    if not hooks:
        return tuple(stories)
    return tuple(sorted(chain(stories, hooks), key=lambda entry: instant(entry.date), reverse=True))
