"""News events, and who can explain them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from expert_data import mentions
from expert_data.here import Here
from expert_data.nodes import Node
from expert_data.pages import web_page
from experts import model
from experts.dates import rfc3339


def hook(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """The page of a news event; it names the people, who did not write it."""
    record: model.Hook = inputs["hook"]
    return web_page(
        "WebPage",
        here,
        record.title,
        [("hooks/", here.text("In the news"))],
        datePublished=rfc3339(record.date),
        expires=record.until,
        about=[mentions.term(here, card) for card in inputs["topics"]],
        mentions=[mentions.person(here, card.slug, card.name) for card, _ in inputs["people"] if card.searchable],
    )
