"""Stories: what they are, who wrote them, in which languages, and where they appeared first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expert_data import mentions
from expert_data.here import Here
from expert_data.images import image
from expert_data.nodes import Node, node, see
from expert_data.pages import organization, web_page
from experts import model
from experts.dates import rfc3339
from experts.links import text_of


def story(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """A story's page, and the version of the story that it shows."""
    work = article(here, inputs)
    way = [("stories/", here.text("Stories"))]
    return [
        *web_page("WebPage", here, inputs["text"].title, way, mainEntity=see(work["@id"])),
        work,
        organization(here),
    ]


def article(here: Here, inputs: Mapping[str, Any]) -> Node:
    """A version of a story."""
    record: model.Story = inputs["story"]
    shown: model.StoryText = inputs["text"]
    picture = None
    if inputs["picture"] and shown.image:
        picture = image(here, inputs["picture"], shown.image.alt, shown.image)
    versions = _versions(here, record)
    this, first = versions[shown.slug], versions[record.slug]
    others = [version for version in versions.values() if version is not this]
    return this | node(
        this["@type"],
        description=shown.summary,
        text=_words(here, shown) if record.kind == "statement" else "",
        genre=record.kind if record.kind != "story" else "",
        datePublished=rfc3339(record.date),
        dateModified=rfc3339(inputs["changed"]),
        expires=record.until,
        author=_authors(here, inputs),
        publisher=see(here.organization),
        image=picture,
        about=[mentions.term(here, card) for card in inputs["topics"]],
        mainEntityOfPage=see(here.own),
        isBasedOn=shown.original,
        associatedMedia=shown.embed and {"@type": "MediaObject", "url": shown.embed},
        translationOfWork=first if first is not this else None,
        workTranslation=others if first is this else None,
    )


def _authors(here: Here, inputs: Mapping[str, Any]) -> Any:
    """Who is shown; where nobody is, the organisation stands for the text.  A name that only stays is no business of search engines."""
    return [mentions.person(here, card.slug, card.name) for card in inputs["authors"]] or see(here.organization)


def _versions(here: Here, record: model.Story) -> dict[str, Node]:
    """By slug, the versions that some page shows, and the original in any case."""
    slugs = [(text.lang, text.slug) for text in record.texts]
    found = {}
    for text in record.texts:
        url = here.version(slugs, text.lang, text.slug)
        if url or text.slug == record.slug:
            found[text.slug] = mentions.version(record.kind, url, text.lang, text.title)
    return found


def _words(here: Here, shown: model.StoryText) -> str:
    """The words of a statement, for whoever wants to quote it."""
    return " ".join(text_of(here.site.html(shown.body.digest)).split()) if shown.body else ""
