"""The news events ("hooks"): a row in the list for each, and a file with the people who can say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from expert_api import addresses, bodies, documents, references, rows, shapes
from expert_api.fields import Field, Table, shape_of, written
from experts import identifiers, model, urls
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

KIND = "hook"


class Row(NamedTuple):
    """What the list says of a news event."""

    site: Site
    card: model.HookCard
    name: str  # the permanent one


class Angle(NamedTuple):
    """A person, and what this one can say."""

    site: Site
    card: references.Person
    angle: dict[str, str]  # by language


class Record(NamedTuple):
    """What the news event's own file says besides."""

    site: Site
    angles: tuple[Angle, ...]
    topics: tuple[model.TopicCard, ...]
    html: dict[str, str]  # by language
    whole: bool = True


ANGLE: Table[Angle] = (
    *references.PERSON,
    Field("angle", shapes.TEXTS, "What the person can say about it", lambda it: it.angle),
)
ROW: Table[Row] = (
    *rows.identity(KIND),
    rows.original(lambda it: it.card.lang),
    references.TITLE,
    references.DATE,
    references.UNTIL,
    Field("expert_count", shapes.NUMBER, "How many experts there are", lambda it: it.card.experts, True),
)
MORE: Table[Record] = (
    Field("content_html", shapes.HTMLS, "The text, as HTML", lambda it: it.html),
    rows.TOPICS,
    Field(
        "experts",
        shapes.listed(shape_of(ANGLE, "Angle")),
        "Experts, and what each can say about it",
        lambda it: [written(ANGLE, angle) for angle in it.angles],
    ),
)
TABLE: Table[Any] = (*ROW, *MORE)


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """The list, and a file for each news event."""

    def columns(hooks: Sequence[model.Hook]) -> tuple[Any, ...]:
        return tuple(map(view.hook_card, hooks)), tuple(map(identifiers.name, hooks))

    yield from rows.lists(site, KIND, view.hooks, columns, listing)
    make = partial(record, site)
    for hook in view.hooks:
        shown = [(expert, angle.angle) for angle in hook.experts if (expert := view.expert(angle.expert))]
        page = urls.record(KIND, hook.slug)
        yield site.text(
            addresses.file_of(KIND, hook.slug),
            make,
            view.hook_card(hook),
            hook,
            view.topic_cards(hook.topics),
            references.names([expert for expert, _ in shown]),
            tuple([angle for _, angle in shown]),
            bodies.links(view, site, page, [(hook.lang, hook.source, hook.body)]),
        )


def listing(site: Site, following: str, cards: Sequence[model.HookCard], names: Sequence[str]) -> str:
    """A part of the list."""
    found = [written(ROW, Row(site, card, name)) for card, name in zip(cards, names, strict=True)]
    return documents.listing(site, "hooks", following, found)


def record(
    site: Site,
    card: model.HookCard,
    hook: model.Hook,
    topics: tuple[model.TopicCard, ...],
    experts: references.People,
    angles: tuple[str, ...],
    links: bodies.Linked,
) -> str:
    """The file of a news event."""
    people = map(references.Person, experts[::2], experts[1::2])
    said = tuple(
        [Angle(site, person, {hook.lang: angle} if angle else {}) for person, angle in zip(people, angles, strict=True)]
    )
    html = bodies.html(site, links, [(hook.lang, hook.body, urls.record(KIND, hook.slug))])
    row = written(ROW, Row(site, card, identifiers.name(hook)))
    return documents.record(site, "hook", row | written(MORE, Record(site, said, topics, html)))
