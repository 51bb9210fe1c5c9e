"""The directory: who and what may be seen, and the questions that pages ask.

By the rules of `visibility`, applied here and nowhere else.  What is hidden is not in a `Directory`, so no
output can show it by mistake; every output is given the view of its channel (`Directory.view`, `signals`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import blake2b
from urllib.parse import quote, unquote

from . import collation, model, pictures, urls
from .affinity import Affinity
from .dates import instant
from .digests import of_data as digest
from .identifiers import Named
from .names import fold
from .orders import in_text
from .output import reduce
from .places import LISTS
from .relate import Records
from .visibility import Hidden, Rules, consents, why_hidden

FACES = 5  # as many as a news event shows in a list


class Directory:
    """What may be seen on a day, with its relations.  Made once; nothing in it changes.

    Lists are sorted: people by family name, in the order of `lang` (`by_name` gives that of another language), stories
    and hooks by date (newest first, then by slug), events by start, topics by slug.
    """

    def __init__(
        self,
        records: Records,
        rules: Rules,
        channel: str = "site",
        lang: str = "",
        shown: Iterable[model.Expert] | None = None,
    ) -> None:
        """Keep of `records` what `rules` and the experts' consent for `channel` allow; `lang` is the site's first language.

        `shown` are those whom the rules allow, where that is known.
        """
        self.records, self.rules, self.channel, self.lang = records, rules, channel, lang
        self.today = rules.today
        self.hidden: list[Hidden] = []
        self._views: dict[str, Directory] = {channel: self}
        visible: list[tuple[str, str, model.Expert]] = []
        for expert in records.experts.values() if shown is None else shown:
            why = why_hidden(expert, rules) if shown is None else None
            if why:
                self.hidden.append(Hidden(expert.source, *why))
            elif channel == "site" or consents(expert, channel):
                visible.append((collation.of_person(expert.name, lang), expert.slug, expert))
        visible.sort()
        self.experts = tuple([expert for _, _, expert in visible])
        self._sort = {expert.slug: key for key, _, expert in visible}
        self._keys = {collation.order(lang): self._sort}
        self._experts = {expert.slug: expert for expert in self.experts}
        self.topics = tuple([records.topics[slug] for slug in sorted(records.topics)])
        self.stories = self._visible_stories()
        self._stories = {story.slug: story for story in self.stories}
        self.hooks = self._visible_hooks()
        self._hooks = {hook.slug: hook for hook in self.hooks}
        self.events = tuple(
            sorted(
                (event for event in records.events.values() if self._shown(event.status, "", event.source)),
                key=lambda event: (instant(event.start), event.slug),
            )
        )
        self._events = {event.slug: event for event in self.events}
        self.pages = tuple([records.pages[slug] for slug in sorted(records.pages)])
        self._cards: dict[str, model.ExpertCard] = {}
        self._story_cards: dict[str, model.StoryCard] = {}
        self._topic_cards: dict[str, model.TopicCard] = {}

    def view(self, channel: str) -> Directory:
        """The directory of those who have consented to `channel` (`model.CHANNELS`)."""
        if channel not in self._views:
            everybody = all(consents(expert, channel) for expert in self.experts)
            view = self if everybody else Directory(self.records, self.rules, channel, self.lang, self.experts)
            self._views[channel] = view
        return self._views[channel]

    def _shown(self, status: str, start: str, path: str) -> bool:
        if status == "draft" and not self.rules.drafts:
            self.hidden.append(Hidden(path, "is a draft", {}))
            return False
        if start[:10] > self.today and not self.rules.drafts:
            self.hidden.append(Hidden(path, "appears on {date}", {"date": start[:10]}))
            return False
        return True

    def _visible_stories(self) -> tuple[model.Story, ...]:
        found = []
        for story in self.records.stories.values():
            if not self._shown(story.status, story.date, story.source):
                continue
            if not any(author in self._experts for author in story.authors):
                self.hidden.append(Hidden(story.source, "none of its authors is shown", {}))
                continue
            found.append(story)
        found.sort(key=lambda story: story.slug)
        found.sort(key=lambda story: instant(story.date), reverse=True)
        return tuple(found)

    def _visible_hooks(self) -> tuple[model.Hook, ...]:
        found = [hook for hook in self.records.hooks.values() if self._shown(hook.status, hook.date, hook.source)]
        found.sort(key=lambda hook: hook.slug)
        found.sort(key=lambda hook: instant(hook.date), reverse=True)
        return tuple(found)

    # -- one record ---------------------------------------------------------------------------

    def expert(self, slug: str) -> model.Expert | None:
        """A visible expert."""
        return self._experts.get(slug)

    def story(self, slug: str) -> model.Story | None:
        """A visible story, by the slug of any of its versions."""
        return self._stories.get(slug) or self._stories.get(self._originals.get(slug, ""))

    def topic(self, slug: str) -> model.Topic | None:
        """A topic."""
        return self.records.topics.get(slug)

    @cached_property
    def _originals(self) -> dict[str, str]:
        return {text.slug: story.slug for story in self.stories for text in story.texts}

    # -- relations ----------------------------------------------------------------------------

    @cached_property
    def _by_author(self) -> dict[str, list[model.Story]]:
        found: dict[str, list[model.Story]] = {}
        for story in self.stories:
            for author in story.authors:
                found.setdefault(author, []).append(story)
        return found

    @cached_property
    def _by_topic(self) -> dict[str, list[model.Story]]:
        found: dict[str, list[model.Story]] = {}
        for story in self.stories:
            for topic in story.topics:
                found.setdefault(topic, []).append(story)
        return found

    @cached_property
    def _on_topic(self) -> dict[str, list[model.Expert]]:
        found: dict[str, list[tuple[int, model.Expert]]] = {}
        for expert in self.experts:
            for rank, topic in enumerate(expert.topics):
                found.setdefault(topic, []).append((rank > 0, expert))
        return {
            topic: [expert for _, expert in sorted(people, key=lambda one: one[0])] for topic, people in found.items()
        }

    def stories_by(self, expert: model.Expert) -> tuple[model.Story, ...]:
        """The stories of an expert, newest first."""
        return tuple(self._by_author.get(expert.slug, ()))

    def stories_on(self, topic: model.Topic) -> tuple[model.Story, ...]:
        """The stories on a topic, newest first."""
        return tuple(self._by_topic.get(topic.slug, ()))

    def experts_on(self, topic: model.Topic, lang: str = "") -> tuple[model.Expert, ...]:
        """The experts on a topic: those whose first topic it is, then the others; each by name, in the order of `lang`."""
        found = self.by_name(self._on_topic.get(topic.slug, ()), lang)
        return found if self._same_order(lang) else tuple(sorted(found, key=lambda one: one.topics[0] != topic.slug))

    def _same_order(self, lang: str) -> bool:
        return not lang or collation.order(lang) == collation.order(self.lang)

    def name_key(self, expert: model.Expert, lang: str) -> str:
        """What sorts an expert among people on pages in `lang`."""
        keys = self._keys.setdefault(collation.order(lang), {})
        if expert.slug not in keys:
            keys[expert.slug] = collation.of_person(expert.name, lang)
        return keys[expert.slug]

    def by_name(self, experts: Iterable[model.Expert], lang: str) -> tuple[model.Expert, ...]:
        """Experts that stand in the order of this directory, in that of `lang`; nothing is sorted where it is the same."""
        if self._same_order(lang):
            return tuple(experts)
        return tuple(sorted(experts, key=lambda expert: (self.name_key(expert, lang), expert.slug)))

    def authors(self, story: model.Story) -> tuple[model.Expert, ...]:
        """The visible authors of a story, in its order."""
        return tuple([self._experts[slug] for slug in story.authors if slug in self._experts])

    @cached_property
    def _affinity(self) -> Affinity:
        known = self.records.topics  # a lenient build has some that are not
        return Affinity({expert.slug: tuple(filter(known.__contains__, expert.topics)) for expert in self.experts})

    def similar(self, expert: model.Expert, count: int) -> tuple[model.Expert, ...]:
        """Up to `count` other experts: those who share most of the expert's topics."""
        return tuple([self._experts[slug] for slug in self._affinity.similar(expert.slug, count)])

    def related(self, topic: model.Topic, count: int) -> tuple[model.Topic, ...]:
        """Up to `count` topics that people have together with a topic, or that stand beside it; neither above nor below it."""
        near = {above.slug for above in self.broader(topic)} | {
            below.slug for below in self.narrower.get(topic.slug, ())
        }
        found = self._affinity.related([topic.slug], count, near)
        beside = self.narrower.get(topic.broader, ()) if topic.broader else ()
        found += [other.slug for other in beside if other.slug not in (topic.slug, *found) and self.experts_on(other)]
        return tuple([self.records.topics[slug] for slug in found[:count]])

    def asked(self, expert: model.Expert, count: int) -> tuple[model.Topic, ...]:
        """Up to `count` topics beside those of an expert: the ones of the expert's own stories, then what goes together with the expert's."""
        told = [topic for story in self._by_author.get(expert.slug, ()) for topic in story.topics]
        found = [topic for topic in dict.fromkeys(told) if topic not in expert.topics]
        found += self._affinity.related(expert.topics, count, found) if len(found) < count else []
        known = [slug for slug in found if slug in self.records.topics]  # a lenient build has some that are not
        return tuple([self.records.topics[slug] for slug in known[:count]])

    @cached_property
    def _turns(self) -> dict[str, bytes]:
        return {
            expert.slug: blake2b(f"{self.today} {expert.slug}".encode(), digest_size=8).digest()
            for expert in self.experts
        }

    def in_turn(self, experts: Iterable[model.Expert]) -> tuple[model.Expert, ...]:
        """Experts in the order of the day: it changes every day and depends on nothing that a person could be ranked by."""
        return tuple(sorted(experts, key=lambda expert: self._turns[expert.slug]))

    @cached_property
    def _hooks_of(self) -> dict[str, list[model.Hook]]:
        found: dict[str, list[model.Hook]] = {}
        for hook in self.hooks:
            for angle in hook.experts:
                found.setdefault(angle.expert, []).append(hook)
        return found

    def hooks_of(self, expert: model.Expert) -> tuple[model.Hook, ...]:
        """The current hooks that name an expert."""
        return tuple([hook for hook in self._hooks_of.get(expert.slug, ()) if self.current(hook)])

    def hooks_on(self, topic: model.Topic) -> tuple[model.Hook, ...]:
        """The hooks on a topic, newest first."""
        return tuple([hook for hook in self.hooks if topic.slug in hook.topics])

    @cached_property
    def _events_of(self) -> dict[str, list[model.Event]]:
        found: dict[str, list[model.Event]] = {}
        for event in self.events:
            people = dict.fromkeys([*event.experts, *(host for session in event.sessions for host in session.hosts)])
            for slug in people:
                found.setdefault(slug, []).append(event)
        return found

    def events_of(self, expert: model.Expert) -> tuple[model.Event, ...]:
        """The coming events at which an expert appears."""
        return tuple([event for event in self._events_of.get(expert.slug, ()) if not self.past(event)])

    def events_on(self, topic: model.Topic) -> tuple[model.Event, ...]:
        """The coming events on a topic."""
        return tuple([event for event in self.events if topic.slug in event.topics and not self.past(event)])

    @cached_property
    def narrower(self) -> dict[str, list[model.Topic]]:
        """The topics directly below each topic; those at the top under ""."""
        found: dict[str, list[model.Topic]] = {}
        for topic in self.topics:
            found.setdefault(topic.broader if topic.broader in self.records.topics else "", []).append(topic)
        return found

    def broader(self, topic: model.Topic) -> tuple[model.Topic, ...]:
        """The topics above a topic, the top one first."""
        chain: list[model.Topic] = []
        seen = {topic.slug}
        at = self.topic(topic.broader)
        while at is not None and at.slug not in seen:
            chain.append(at)
            seen.add(at.slug)
            at = self.topic(at.broader)
        return tuple(reversed(chain))

    # -- days -----------------------------------------------------------------------------------

    def current(self, hook: model.Hook) -> bool:
        """Whether a hook is not archived yet."""
        return not hook.until or hook.until >= self.today

    def past(self, event: model.Event) -> bool:
        """Whether an event is over."""
        return (event.end or event.start)[:10] < self.today

    def changed(self, *records: model.Story | model.Hook) -> str:
        """The last day or moment at which one of `records` changed, as its author says; "" without any that is over."""
        found = [
            record.updated if isinstance(record, model.Story) and record.updated else record.date for record in records
        ]
        return max((value for value in found if value[:10] <= self.today), key=instant, default="")

    def expired(self, story: model.Story) -> bool:
        """Whether a statement is no longer offered for quoting."""
        return bool(story.until) and story.until < self.today

    # -- cards ------------------------------------------------------------------------------------

    def card(self, expert: model.Expert) -> model.ExpertCard:
        """What lists show of an expert."""
        card = self._cards.get(expert.slug)
        if card is None:
            portrait = self.portrait(expert)
            values = (
                expert.slug,
                expert.name,
                expert.pairs("headline"),
                expert.pairs("role"),
                expert.location,
                expert.languages,
                portrait,
                expert.pairs("alt"),
                expert.topics,
                expert.away(self.today),
                expert.status == "draft",
                consents(expert, "search-engines"),
                self._sort.get(expert.slug, ""),
            )
            card = self._cards[expert.slug] = model.ExpertCard(
                *values, digest(values[:6], portrait and portrait.digest, values[7:])
            )
        return card

    def cards(self, experts: Iterable[model.Expert]) -> tuple[model.ExpertCard, ...]:
        """The cards of several experts."""
        return tuple([self.card(expert) for expert in experts])

    def story_card(self, story: model.Story) -> model.StoryCard:
        """What lists show of a story."""
        card = self._story_cards.get(story.slug)
        if card is None:
            authors = self.authors(story)
            values = (
                story.slug,
                tuple([(text.lang, text.slug, text.title, text.summary) for text in story.texts]),
                story.date,
                story.kind,
                self._faces(authors),
                story.topics,
                story.status == "draft" or story.date[:10] > self.today,
                all(consents(author, "search-engines") for author in authors),
            )
            card = self._story_cards[story.slug] = model.StoryCard(*values, digest(reduce(values)))
        return card

    def _faces(self, experts: Iterable[model.Expert]) -> tuple[model.Face, ...]:
        return tuple([model.Face(expert.slug, expert.name, self.portrait(expert)) for expert in experts])

    def story_cards(self, stories: Iterable[model.Story]) -> tuple[model.StoryCard, ...]:
        """The cards of several stories."""
        return tuple([self.story_card(story) for story in stories])

    def topic_card(self, slug: str) -> model.TopicCard | None:
        """What lists show of a topic."""
        card = self._topic_cards.get(slug)
        if card is None:
            topic = self.topic(slug)
            if topic is None:
                return None
            card = self._topic_cards[slug] = model.TopicCard(
                slug, topic.label, topic.wikidata, digest(slug, topic.label, topic.wikidata)
            )
        return card

    def topic_cards(self, slugs: Iterable[str]) -> tuple[model.TopicCard, ...]:
        """The cards of several topics."""
        return tuple([card for card in map(self.topic_card, slugs) if card is not None])

    def hook_card(self, hook: model.Hook) -> model.HookCard:
        """What lists show of a hook."""
        people = [self._experts[angle.expert] for angle in hook.experts if angle.expert in self._experts]
        faces = self._faces(people[:FACES])
        values = (hook.slug, hook.title, hook.lang, hook.date, hook.until, self.current(hook), len(people), faces)
        return model.HookCard(*values, digest(reduce(values)))

    def event_card(self, event: model.Event) -> model.EventCard:
        """What lists show of an event."""
        values = (
            event.slug,
            event.title,
            event.lang,
            event.start,
            event.end,
            event.place,
            event.kind,
            self.past(event),
        )
        return model.EventCard(*values, digest(values))

    # -- files and links ----------------------------------------------------------------------------

    def portrait(self, expert: model.Expert) -> model.Image | None:
        """A portrait, cropped; None without one or without consent for pictures."""
        order = pictures.portrait(expert) if consents(expert, "images") else None
        return self._image(order, urls.record("expert", expert.slug), "portrait")

    def print_portrait(self, expert: model.Expert) -> model.Image | None:
        """The whole portrait in a size for print; None without consent for pictures and for press kits."""
        order = (
            pictures.print_portrait(expert) if consents(expert, "images") and consents(expert, "press-kit") else None
        )
        return self._image(order, urls.record("expert", expert.slug), "portrait-print")

    def picture(self, story: model.Story, text: model.StoryText) -> model.Image | None:
        """A story's picture, or None."""
        return self._image(pictures.picture(text), urls.record("story", story.slug), "picture")

    def _image(self, order: pictures.Order | None, folder: str, stem: str) -> model.Image | None:
        made = self.records.images.get(order) if order else None
        return pictures.image(made, folder, stem) if made else None

    def pictures_of(self, source: str, body: model.Body | None, folder: str) -> dict[str, model.Image]:
        """The pictures beside the text `source` that its body shows or links to, by their names in the body.

        None of a profile's without consent for pictures: who else would be on them?
        """
        if source in self._without_pictures:
            return {}
        found = {}
        for name, order, _ in in_text(source, body):
            image = self._image(order, folder, _stem(order.origin))
            if image:
                found[name] = image
        return found

    @cached_property
    def _without_pictures(self) -> frozenset[str]:
        return frozenset(expert.source for expert in self.experts if not consents(expert, "images"))

    def files_of(self, source: str, body: model.Body | None, folder: str) -> dict[str, tuple[str, str]]:
        """The other files beside the text `source` that its body links to: name in the body -> ``(origin, path)``.

        The path is below `folder`; the digest in its name keeps files apart that were called the same.
        """
        found = {}
        for link in body.links if body else ():
            if link.startswith("file:") and not pictures.media_type(unquote(link)):
                origin = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(link[5:])))
                content = self.records.files.get(origin)
                extension = posixpath.splitext(origin)[1].lower()
                if content is not None:
                    found[link] = (origin, f"{folder}{_stem(origin)}-{content.hex()[:10]}{extension}")
        return found

    def address(self, name: str, lang: str) -> str:
        """The path of what a link in a body names (``expert:mara``, ``path:/about/``), or "" if it is not shown.

        Records' paths are without a language; one that begins with "/" belongs to no language.
        """
        kind, _, slug = name.partition(":")
        if kind == "path":
            words = [word for word in slug.split("/") if word]
            if words and (words[-1] in self.records.pages or words[-1] in LISTS):
                return f"{words[-1]}/"
            return quote(slug) if words else "/"
        if kind == "story":
            story = self.story(slug)
            return urls.record(kind, story.text(lang).slug) if story else ""
        groups: Mapping[str, Mapping[str, object]] = {
            "expert": self._experts,
            "topic": self.records.topics,
            "hook": self._hooks,
            "event": self._events,
            "page": self.records.pages,
        }
        return urls.record(kind, slug) if slug in groups.get(kind, {}) else ""

    def moved(self, languages: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
        """``(language, path, path now)`` of each earlier address, and of a story's under the slug of another language's version."""
        groups: tuple[tuple[str, Iterable[Named]], ...] = (
            ("expert", self.experts),
            ("topic", self.topics),
            ("hook", self.hooks),
            ("event", self.events),
        )
        for kind, records in groups:
            for record in records:
                for alias in record.aliases:
                    for lang in languages:
                        yield lang, urls.record(kind, alias), urls.record(kind, record.slug)
        for story in self.stories:
            for lang in languages:
                here = story.text(lang).slug
                earlier = [name for text in story.texts for name in (text.slug, *text.aliases)]
                for name in dict.fromkeys(earlier):
                    if name != here:
                        yield lang, urls.record("story", name), urls.record("story", here)

    def links(self, source: str, body: model.Body | None, folder: str, lang: str) -> model.Links:
        """What all that the body of `source` links to and shows is on a page in `lang`: addresses, and pictures."""
        if body is None or not body.links:
            return ()
        files = self.files_of(source, body, folder)
        images = self.pictures_of(source, body, folder)
        return tuple(
            [
                (name, images.get(name) or (f"/{files[name][1]}" if name in files else self.address(name, lang)))
                for name in body.links
            ]
        )


def _stem(origin: str) -> str:
    """What a file is called on the site."""
    return re.sub(r"[^a-z0-9]+", "-", fold(posixpath.splitext(posixpath.basename(origin))[0])).strip("-") or "file"
