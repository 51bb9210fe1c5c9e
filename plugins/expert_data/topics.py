"""Topics: terms of a vocabulary, linked to Wikidata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from expert_data.here import Here
from expert_data.lists import people_of
from expert_data.mentions import label, term
from expert_data.nodes import Node, node, see
from expert_data.pages import web_page
from experts import model, urls


def topic(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The page of a topic, the topic, and its people."""
    record: model.Topic = inputs["topic"]
    way = [("topics/", here.text("Topics"))]
    way += [(urls.record("topic", card.slug), label(card, here.lang)) for card in inputs["parents"]]
    said = model.pick(record.description, here.lang)
    about = term(here, record) | node("DefinedTerm", description=said and said.text, inDefinedTermSet=see(here.terms))
    people = people_of(here, inputs["experts"])
    page = web_page("CollectionPage", here, label(record, here.lang), way, about=see(about["@id"]), mainEntity=people)
    return [*page, about]


def topics(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The page of all topics: the vocabulary."""
    name = here.text("Topics")
    terms = [term(here, card) for card in _cards(inputs["tree"])]
    whole = node("DefinedTermSet", here.terms, name=name, url=here.own, hasDefinedTerm=terms)
    return [*web_page("CollectionPage", here, name, mainEntity=see(here.terms)), whole]


def _cards(tree: tuple[Any, ...]) -> Iterator[model.TopicCard]:
    for card, _, _, _, children in tree:
        yield card
        yield from _cards(children)
