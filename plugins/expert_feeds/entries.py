"""What the entries of feeds are made from: one entry for each version of a story and each hook, whichever feeds hold it."""

from __future__ import annotations

from typing import NamedTuple

from expert_feeds.dates import day_after
from experts import identifiers, model, urls
from experts.dates import instant
from experts.digests import of_data
from experts.directory import Directory
from experts.output import reduce

Author = tuple[str, str, str]
"""Name, slug, and path of the portrait or ""; ``ORGANISATION`` stands for the organisation.  Without a slug, it is somebody who is gone."""

ORGANISATION: Author = ("", "", "")


class Entry(NamedTuple):
    """The data of an entry; `digest` stands for all of it."""

    kind: str  # "story" or "hook"
    name: str  # the permanent one
    path: str  # of the page that shows this version
    page_lang: str  # … and its language, that of the words around the text
    lang: str
    title: str
    summary: str
    date: str  # ISO day or moment, as written
    changed: str  # … of the last change that matters
    authors: tuple[Author, ...]
    topics: tuple[tuple[str, str], ...]  # slug, label
    people: tuple[tuple[str, str, str], ...]  # of a hook: name, slug, what they can say
    body: model.Body | None
    links: model.Links
    picture: model.Image | None
    image: model.Picture | None
    embed: str
    original: str
    over: str  # the last day of a statement or hook that is over
    digest: bytes


class Entries:
    """Makes entries of a view; what many of them need is looked up once."""

    def __init__(self, view: Directory, languages: tuple[str, ...]) -> None:
        """Take the view whose channel is feeds, and the languages of the site."""
        self.view, self.languages = view, languages
        self._topics: dict[str, dict[str, tuple[str, str]]] = {}
        self._authors: dict[str, Author] = {}

    def stories(self) -> dict[str, tuple[Entry, ...]]:
        """For each story that is out, its entry in each language of the site: of the version in it, else of the original."""
        view, found = self.view, {}
        for story in view.stories:
            if story.status != "published" or story.date[:10] > view.today:
                continue
            if len(story.texts) == 1:
                found[story.slug] = (self._story(story, story.texts[0], story.texts),) * len(self.languages)
            else:
                texts = tuple([story.text(lang) for lang in self.languages])
                made = {text.slug: self._story(story, text, texts) for text in dict.fromkeys(texts)}
                found[story.slug] = tuple([made[text.slug] for text in texts])
        return found

    def hooks(self) -> dict[str, Entry]:
        """For each hook that is out, its entry."""
        out = [hook for hook in self.view.hooks if hook.status == "published" and hook.date[:10] <= self.view.today]
        return {hook.slug: self._hook(hook) for hook in out}

    def author(self, expert: model.Expert) -> Author:
        """An expert as an author."""
        author = self._authors.get(expert.slug)
        if author is None:
            portrait = self.view.portrait(expert)
            author = self._authors[expert.slug] = (expert.name, expert.slug, portrait.small.path if portrait else "")
        return author

    def topics(self, slugs: tuple[str, ...], lang: str) -> tuple[tuple[str, str], ...]:
        """Topics with what they are called in a language."""
        known = self._topics.get(lang)
        if known is None:
            known = self._topics[lang] = {topic.slug: (topic.slug, label(topic, lang)) for topic in self.view.topics}
        return tuple([known[slug] for slug in slugs if slug in known])

    def _story(self, story: model.Story, text: model.StoryText, shown: tuple[model.StoryText, ...]) -> Entry:
        """The entry of a version; `shown` are the versions that the pages of the site's languages show."""
        view = self.view
        lang = text.lang if text.lang in self.languages else self._page_lang(text, shown)
        authors = (*[self.author(expert) for expert in view.authors(story)], *_gone(view.unnamed(story)))
        over = story.until if story.until and view.expired(story) else ""
        topics = self.topics(story.topics, text.lang)
        links = view.links(text.source, text.body, urls.record("story", story.slug), lang)
        picture = view.picture(story, text)
        changed = self._changed(story.date, story.updated, over) if story.updated or over else story.date
        # The record's digest stands for all that is written in it.
        digest = of_data(story.digest, text.slug, lang, authors, topics, reduce((links, picture)), over, changed)
        return Entry(
            "story", identifiers.name(text), urls.record("story", text.slug), lang, text.lang, text.title, text.summary,
            story.date, changed, authors, topics, (), text.body, links, picture, text.image, text.embed,
            text.original, over, digest,
        )  # fmt: skip

    def _hook(self, hook: model.Hook) -> Entry:
        view, path = self.view, urls.record("hook", hook.slug)
        same = [lang for lang in self.languages if model.primary(lang) == model.primary(hook.lang)]
        lang = hook.lang if hook.lang in self.languages else (same or self.languages)[0]
        over = "" if view.current(hook) else hook.until
        named = [(view.expert(angle.expert), angle.angle) for angle in hook.experts]
        people = tuple([(expert.name, expert.slug, angle) for expert, angle in named if expert])
        topics = self.topics(hook.topics, hook.lang)
        links = view.links(hook.source, hook.body, path, lang)
        changed = self._changed(hook.date, over)
        digest = of_data(hook.digest, lang, people, topics, reduce(links), over, changed)
        return Entry(
            "hook", identifiers.name(hook), path, lang, hook.lang, hook.title, "", hook.date, changed, (ORGANISATION,),
            topics, people, hook.body, links, None, None, "", "", over, digest,
        )  # fmt: skip

    def _page_lang(self, text: model.StoryText, shown: tuple[model.StoryText, ...]) -> str:
        """The language of the page that shows a version in none of the site's own languages: a variant's, or the first one."""
        for lang in self.languages:
            if model.primary(lang) == model.primary(text.lang):
                return lang
        return next(
            (lang for lang, other in zip(self.languages, shown, strict=False) if other is text), self.languages[0]
        )

    def _changed(self, *days: str) -> str:
        """The last change of those before today; what is over (the last of `days`) changed on the day after."""
        *written, over = days
        past = [day for day in (*written, day_after(over) if over else "") if day[:10] <= self.view.today]
        return max(past, key=instant)


def _gone(unnamed: model.Unnamed) -> tuple[Author, ...]:
    """The authors who are gone: each kind of them once, whatever their number; a program reads each author as a person."""
    words = [(unnamed.former, "a former colleague"), (unnamed.colleagues, "a colleague")]
    return tuple([(name, "", "") for name in (*unnamed.names, *[word for count, word in words if count])])


def label(topic: model.Topic | model.TopicCard, lang: str) -> str:
    """What a topic is called in a language, else in the first one in which it has a name."""
    said = model.pick(topic.label, lang)
    return said.text if said else topic.slug
