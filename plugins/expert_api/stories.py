"""The stories: a row in the list for each, and a file with all versions and their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from expert_api import addresses, bodies, documents, images, references, rows, shapes
from expert_api.fields import Field, Table, written
from experts import absolute, identifiers, model, urls
from experts.dates import rfc3339
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

KIND = "story"
PICTURES = shapes.localised("Pictures", images.SHAPE)

Picture = tuple[str, model.Image]
"""The picture of a version: the language, and what it has become."""


class Row(NamedTuple):
    """What the list says of a story; `whole` in the story's own file, with more about authors and topics."""

    site: Site
    card: model.StoryCard
    name: str  # the permanent one
    updated: str
    topics: tuple[model.TopicCard, ...]
    whole: bool = False


class Record(NamedTuple):
    """What the story's own file says besides."""

    site: Site
    story: model.Story
    html: dict[str, str]  # by language
    pictures: dict[str, dict[str, Any]]

    def by_language(self, field: str) -> dict[str, str]:
        """A field of the versions by language."""
        return {text.lang: value for text in self.story.texts if (value := getattr(text, field))}


ROW: Table[Row] = (
    *rows.identity(KIND),
    rows.original(lambda it: it.card.versions[0][0]),
    references.TITLES,
    Field(
        "summary",
        shapes.TEXTS,
        "What it is about",
        lambda it: {lang: summary for lang, _, _, summary in it.card.versions if summary},
    ),
    references.STORY_KIND,
    references.DATE,
    Field("updated", shapes.MOMENT, "When it was last changed in a way that matters", lambda it: rfc3339(it.updated)),
    Field(
        "authors",
        shapes.listed(references.PERSON_SHAPE),
        "Who wrote it",
        lambda it: references.references(
            references.PERSON,
            it.site if it.whole else None,
            [references.Person(face.slug, face.name) for face in it.card.authors],
        ),
        True,
    ),
    rows.TOPICS,
)
MORE: Table[Record] = (
    Field("content_html", shapes.HTMLS, "The text, as HTML", lambda it: it.html),
    Field("image", PICTURES, "Picture", lambda it: it.pictures),
    Field("until", shapes.DAY, "Last day on which a statement may be quoted", lambda it: it.story.until),
    Field("share", shapes.TEXTS, "The author's words for sharing it", lambda it: it.by_language("share")),
    Field(
        "original_url", shapes.ADDRESSES, "Where it was published first", lambda it: _uris(it.by_language("original"))
    ),
    Field("embed_url", shapes.ADDRESSES, "The recording", lambda it: _uris(it.by_language("embed"))),
)
TABLE: Table[Any] = (*ROW, *MORE)


def _uris(found: dict[str, str]) -> dict[str, str]:
    return {lang: absolute.uri(address) for lang, address in found.items()}


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """The list, and a file for each story."""
    topics = tuple([card for topic in view.topics if (card := view.topic_card(topic.slug))])

    def columns(stories: Sequence[model.Story]) -> tuple[Any, ...]:
        return (
            view.story_cards(stories),
            tuple([identifiers.name(story.texts[0]) for story in stories]),
            tuple([story.updated for story in stories]),
            topics,
        )

    yield from rows.lists(site, KIND, view.stories, columns, listing)
    make = partial(record, site)
    for story in view.stories:
        page = urls.record(KIND, story.slug)
        yield site.text(
            addresses.file_of(KIND, story.slug),
            make,
            view.story_card(story),
            story,
            view.topic_cards(story.topics),
            tuple([(text.lang, image) for text in story.texts if (image := view.picture(story, text))]),
            bodies.links(view, site, page, [(text.lang, text.source, text.body) for text in story.texts]),
        )


def listing(
    site: Site,
    following: str,
    cards: Sequence[model.StoryCard],
    names: Sequence[str],
    updated: Sequence[str],
    topics: Sequence[model.TopicCard],
) -> str:
    """A part of the list."""
    known = {card.slug: card for card in topics}
    found = []
    for card, name, day in zip(cards, names, updated, strict=True):
        own = tuple([known[slug] for slug in card.topics if slug in known])
        found.append(written(ROW, Row(site, card, name, day, own)))
    return documents.listing(site, "stories", following, found)


def record(
    site: Site,
    card: model.StoryCard,
    story: model.Story,
    topics: tuple[model.TopicCard, ...],
    pictures: tuple[Picture, ...],
    links: bodies.Linked,
) -> str:
    """The file of a story."""
    versions = {text.lang: text for text in story.texts}
    found = {lang: image for lang, picture in pictures if (image := _image(site, versions[lang], picture))}
    html = bodies.html(site, links, [(text.lang, text.body, urls.record(KIND, text.slug)) for text in story.texts])
    row = Row(site, card, identifiers.name(story.texts[0]), story.updated, topics, True)
    return documents.record(site, "story", written(ROW, row) | written(MORE, Record(site, story, html, found)))


def _image(site: Site, text: model.StoryText, image: model.Image) -> dict[str, Any]:
    picture = text.image
    if picture is None:
        return {}
    alt = {text.lang: picture.alt} if picture.alt else {}
    return images.image(site, KIND, image, alt, (picture.credit, picture.licence))
