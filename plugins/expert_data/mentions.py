"""Things that have pages of their own, as other pages name them: enough to know them again."""

from __future__ import annotations

from expert_data.here import Here
from expert_data.nodes import Node
from experts import model
from experts.dates import rfc3339

TYPES = {"statement": "Quotation", "press": "NewsArticle"}
"""Types of stories by kind; all others are articles, also interviews, for which schema.org has no word."""


def person(here: Here, slug: str, name: str) -> Node:
    """An expert."""
    return {"@type": "Person", "@id": here.person(slug), "name": name, "url": here.page_of("expert", slug)}


def story(here: Here, card: model.StoryCard) -> Node:
    """A story, in the version that the page links to."""
    lang, slug, title, _ = card.version(here.lang)
    url = here.version([(tag, name) for tag, name, _, _ in card.versions], lang, slug)
    return version(card.kind, url, lang, title) | {"datePublished": rfc3339(card.date)}


def version(kind: str, url: str, lang: str, title: str) -> Node:
    """A version of a story, by its address."""
    return {
        "@type": TYPES.get(kind, "Article"),
        "@id": url + "#article",
        "url": url,
        "headline": title,
        "inLanguage": lang,
    }


def label(topic: model.TopicCard | model.Topic, lang: str) -> str:
    """What a topic is called on pages in `lang`."""
    found = model.pick(topic.label, lang)
    return str(found.text) if found else topic.slug


def term(here: Here, topic: model.TopicCard | model.Topic) -> Node:
    """A topic."""
    found = {
        "@type": "DefinedTerm",
        "@id": here.term(topic.slug),
        "name": label(topic, here.lang),
        "url": here.page_of("topic", topic.slug),
    }
    if topic.wikidata:
        found["sameAs"] = f"https://www.wikidata.org/entity/{topic.wikidata}"
    return found
