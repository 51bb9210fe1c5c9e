"""People: who they are, what they know, and where else they are to be found."""

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
from experts.formats import language

STORIES = 5  # the newest ones; the page has them all


def profile(here: Here, inputs: Mapping[str, Any]) -> list[Node]:
    """A profile: the page, the person, whom they work for."""
    expert: model.Expert = inputs["expert"]
    told = [card for card in inputs["stories"] if card.searchable and not card.draft]
    page = web_page(
        "ProfilePage",
        here,
        expert.name,
        [("experts/", here.text("Experts"))],
        mainEntity=see(here.person(expert.slug)),
        dateModified=rfc3339(inputs["changed"]),
        hasPart=[mentions.story(here, card) for card in told[:STORIES]],
    )
    return [*page, person(here, inputs), organization(here)]


def person(here: Here, inputs: Mapping[str, Any]) -> Node:
    """All that a profile says of its person."""
    expert: model.Expert = inputs["expert"]
    headline, summary = _said(expert, "headline", here.lang), _said(expert, "summary", here.lang)
    picture = None
    if inputs["portrait"] and expert.portrait:
        picture = image(here, inputs["portrait"], _said(expert, "alt", here.lang), expert.portrait)
    return node(
        "Person",
        here.person(expert.slug),
        name=expert.name,
        url=here.own,
        mainEntityOfPage=see(here.own),
        jobTitle=_said(expert, "role", here.lang),
        description=summary or headline,
        disambiguatingDescription=summary and headline,
        pronouns=expert.pronouns,
        image=picture,
        worksFor=see(here.organization),
        workLocation=expert.location and {"@type": "Place", "name": expert.location},
        knowsAbout=[mentions.term(here, card) for card in inputs["topics"]],
        knowsLanguage=[
            {"@type": "Language", "name": language(tag, here.lang), "alternateName": tag} for tag in expert.languages
        ],
        email=expert.email,
        telephone=expert.phone,
        identifier=_orcid(expert.links),
        sameAs=[link.url for link in expert.links if link.url.startswith(("https://", "http://"))],
    )


def _said(expert: model.Expert, field: str, lang: str) -> str:
    said = expert.said(field, lang)
    return said.text if said else ""


def _orcid(links: tuple[model.Link, ...]) -> Node | None:
    for link in links:
        if link.kind == "orcid":
            return node("PropertyValue", propertyID="ORCID", value=link.label, url=link.url)
    return None
