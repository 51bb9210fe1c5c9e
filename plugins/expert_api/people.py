"""The experts: a row in the list for each, and a file with all that the profile says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from expert_api import addresses, bodies, documents, images, profile, references, rows, shapes
from expert_api.fields import Field, Table, written
from experts import identifiers, model, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

KIND = "expert"
BARE = model.Portrait("", "", "", (50, 50))


class Row(NamedTuple):
    """What the list says of an expert; `whole` in the expert's own file, with more about topics and portrait."""

    site: Site
    card: model.ExpertCard
    name: str  # the permanent one
    rights: tuple[str, str]  # credit and licence of the portrait
    topics: tuple[model.TopicCard, ...]
    whole: bool = False


def _portrait(it: Row) -> dict[str, Any]:
    return images.image(it.site, KIND, it.card.portrait, dict(it.card.alt), it.rights)


ROW: Table[Row] = (
    *rows.identity(KIND),
    Field("name", shapes.TEXT, "Name, with titles", lambda it: it.card.name, True),
    rows.original(lambda it: it.card.headline[0][0]),
    Field("headline", shapes.TEXTS, "What the person explains, in a sentence", lambda it: dict(it.card.headline), True),
    Field("role", shapes.TEXTS, "What the person does", lambda it: dict(it.card.role)),
    Field("location", shapes.TEXT, "Where the person works", lambda it: it.card.location),
    Field(
        "languages",
        shapes.listed(shapes.LANGUAGE),
        "Languages in which the person gives interviews, the best first",
        lambda it: it.card.languages,
    ),
    rows.TOPICS,
    Field("portrait", images.SHAPE, "Portrait", _portrait),
    Field("away", shapes.TRUE, "Present while the person cannot answer", lambda it: it.card.away),
)
TABLE: Table[Any] = (*ROW, *profile.MORE)


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """The list, and a file for each expert."""
    topics = tuple([card for topic in view.topics if (card := view.topic_card(topic.slug))])

    def columns(experts: Sequence[model.Expert]) -> tuple[Any, ...]:
        portraits = [expert.portrait or BARE for expert in experts]
        return (
            view.cards(experts),
            tuple([identifiers.name(expert) for expert in experts]),
            tuple([portrait.credit for portrait in portraits]),
            tuple([portrait.licence for portrait in portraits]),
            topics,
        )

    yield from rows.lists(site, KIND, view.experts, columns, listing)
    make = partial(record, site)
    for expert in view.experts:
        deputy = view.expert(expert.absence.deputy) if expert.absence else None
        page = urls.record(KIND, expert.slug)
        yield site.text(
            addresses.file_of(KIND, expert.slug),
            make,
            view.card(expert),
            expert,
            view.topic_cards(expert.topics),
            references.names([deputy]),
            references.related(view, view.stories_by(expert), view.hooks_of(expert), view.events_of(expert)),
            bodies.links(view, site, page, [(text.lang, expert.source, text.body) for text in expert.texts]),
            view.confirmed(expert),
        )


def listing(
    site: Site,
    following: str,
    cards: Sequence[model.ExpertCard],
    names: Sequence[str],
    creditors: Sequence[str],
    licences: Sequence[str],
    topics: Sequence[model.TopicCard],
) -> str:
    """A part of the list."""
    known = {card.slug: card for card in topics}
    found = []
    for card, name, *rights in zip(cards, names, creditors, licences, strict=True):
        own = tuple([known[slug] for slug in card.topics if slug in known])
        found.append(written(ROW, Row(site, card, name, (rights[0], rights[1]), own)))
    return documents.listing(site, "experts", following, found)


def record(
    site: Site,
    card: model.ExpertCard,
    expert: model.Expert,
    topics: tuple[model.TopicCard, ...],
    deputy: references.People,
    related: references.Related,
    links: bodies.Linked,
    confirmed: tuple[tuple[str, str], ...],
) -> str:
    """The file of an expert."""
    portrait = expert.portrait or BARE
    row = Row(site, card, identifiers.name(expert), (portrait.credit, portrait.licence), topics, True)
    page = urls.record(KIND, expert.slug)
    html = bodies.html(site, links, [(text.lang, text.body, page) for text in expert.texts])
    more = profile.Record(site, expert, card.away, deputy, related, html, dict(confirmed))
    return documents.record(site, "expert", written(ROW, row) | written(profile.MORE, more))
