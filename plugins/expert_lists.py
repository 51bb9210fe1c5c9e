"""All experts: in the order of the day, A to Z, by place, by language; split into pages, so that each stays light."""

from __future__ import annotations

import re
from collections.abc import Iterator

from experts import model, signals
from experts.directory import Directory
from experts.names import fold
from experts.output import Output
from experts.paging import pages
from experts.site import Site

ON_ONE_PAGE = 120
NAMES = 1500  # on the page of all names
OTHER = "#"

Entry = tuple[str, str, int]


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The page of all experts, that of their names, and one or more for each letter, place and language."""
    people = directory.experts
    letters = _groups([(letter_of(directory.card(expert)), expert) for expert in people])
    places = _groups([(expert.location, expert) for expert in people if expert.location])
    tongues = _groups(
        [(tongue.split("-")[0], expert) for expert in people for tongue in dict.fromkeys(expert.languages)]
    )
    slugs = _slugs(places)
    by_letter = tuple([(letter, f"a-z/{letter_slug(letter)}/", len(group)) for letter, group in letters.items()])
    by_place = tuple([(place, f"places/{slugs[place]}/", len(group)) for place, group in places.items()])
    by_tongue = tuple([(tongue, f"languages/{tongue}/", len(group)) for tongue, group in tongues.items()])
    topics = tuple(
        [
            (card, len(directory.experts_on(topic)))
            for topic in directory.topics
            if (card := directory.topic_card(topic.slug)) and directory.experts_on(topic)
        ]
    )
    faces = directory.cards(directory.in_turn(people)[:ON_ONE_PAGE])
    names = tuple([(letter, path, directory.cards(letters[letter])) for letter, path, _ in by_letter])
    for lang in site.languages:
        yield site.page(
            lang,
            "experts/",
            "experts.html",
            section="experts",
            total=len(people),
            faces=faces,
            names=1 < len(people) <= NAMES,
            topics=topics,
            places=by_place,
            tongues=by_tongue,
        )
        if 1 < len(people) <= NAMES:
            yield site.page(lang, "a-z/", "names.html", section="experts", total=len(people), groups=names)
    yield from _people(directory, site, "letter", by_letter, letters, by_letter)
    yield from _people(directory, site, "place", by_place, places, ())
    yield from _people(directory, site, "language", by_tongue, tongues, ())


def _people(
    directory: Directory,
    site: Site,
    facet: str,
    entries: tuple[Entry, ...],
    groups: dict[str, list[model.Expert]],
    letters: tuple[Entry, ...],
) -> Iterator[Output]:
    for value, path, _ in entries:
        for here, group, pager in pages(path, groups[value]):
            for lang in site.languages:
                yield site.page(
                    lang,
                    here,
                    "people.html",
                    section="experts",
                    facet=facet,
                    value=value,
                    experts=directory.cards(group),
                    total=len(groups[value]),
                    pager=pager,
                    back="experts/",
                    letters=letters,
                )


def _groups(pairs: list[tuple[str, model.Expert]]) -> dict[str, list[model.Expert]]:
    """People by a value; the values in order, those that are no letters last."""
    found: dict[str, list[model.Expert]] = {}
    for value, expert in pairs:
        found.setdefault(value, []).append(expert)
    return {value: found[value] for value in sorted(found, key=lambda value: (value == OTHER, fold(value), value))}


def letter_of(card: model.ExpertCard) -> str:
    """The letter under which a person stands: of the family name, without marks."""
    first = card.sort[:1].upper()
    return first if first.isalpha() else OTHER


def letter_slug(letter: str) -> str:
    """A letter in an address: Latin ones as they are, others by their code."""
    if letter == OTHER:
        return "other"
    return letter.lower() if letter.isascii() else f"u{ord(letter[0]):04x}"


def _slugs(places: dict[str, list[model.Expert]]) -> dict[str, str]:
    """An address for each place; two that would share one are numbered in their order."""
    taken: dict[str, str] = {}
    for place in places:
        slug = (
            re.sub(r"[^a-z0-9]+", "-", fold(place.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))).strip("-")
            or "place"
        )
        number, name = 1, slug
        while name in taken:
            number += 1
            name = f"{slug}-{number}"
        taken[name] = place
    return {place: name for name, place in taken.items()}


def register() -> None:
    """Called by Pelican and by the build."""
    signals.outputs.connect(outputs)
