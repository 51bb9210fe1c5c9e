"""All experts: in the order of the day, A to Z, by place, by language; split into pages, so that each stays light."""

from __future__ import annotations

import re
from collections.abc import Iterator

from experts import collation, model, signals, visibility
from experts.collation import OTHER
from experts.directory import Directory
from experts.names import fold
from experts.output import Output
from experts.paging import pages
from experts.site import Site

ON_ONE_PAGE = 120
NAMES = 1500  # on the page of all names

Entry = tuple[str, str, int]


def outputs(directory: Directory, site: Site) -> Iterator[Output]:
    """The page of all experts, that of their names, and one or more for each letter, place and language.

    Languages with the same order share the work.
    """
    orders: dict[str, list[str]] = {}
    for lang in site.languages:
        orders.setdefault(collation.order(lang), []).append(lang)
    for langs in orders.values():
        yield from _in_order(directory, site, langs)


def _in_order(directory: Directory, site: Site, langs: list[str]) -> Iterator[Output]:
    order = langs[0]
    people = directory.by_name(directory.experts, order)
    letters = _groups([(collation.letter(directory.name_key(one, order), order), one) for one in people], order)
    places = _groups([(expert.location, expert) for expert in people if expert.location], order)
    tongues = _groups(
        [(tongue.split("-")[0], expert) for expert in people for tongue in dict.fromkeys(expert.languages)], order
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
    for lang in langs:
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
    yield from _people(directory, site, langs, "letter", by_letter, letters, by_letter)
    yield from _people(directory, site, langs, "place", by_place, places, ())
    yield from _people(directory, site, langs, "language", by_tongue, tongues, ())


def _people(
    directory: Directory,
    site: Site,
    langs: list[str],
    facet: str,
    entries: tuple[Entry, ...],
    groups: dict[str, list[model.Expert]],
    letters: tuple[Entry, ...],
) -> Iterator[Output]:
    for value, path, _ in entries:
        for here, group, pager in pages(path, groups[value]):
            # A letter of one alphabet may be none of another one.
            elsewhere = dict.fromkeys(site.languages, "experts/") | dict.fromkeys(langs, here)
            robots = visibility.robots_of_list(group)
            own = facet == "letter" and len(langs) < len(site.languages)
            for lang in langs:
                yield site.page(
                    lang,
                    here,
                    "people.html",
                    section="experts",
                    robots=robots,
                    alternates=elsewhere if own else None,
                    facet=facet,
                    value=value,
                    experts=directory.cards(group),
                    total=len(groups[value]),
                    pager=pager,
                    back="experts/",
                    letters=letters,
                )


def _groups(pairs: list[tuple[str, model.Expert]], lang: str) -> dict[str, list[model.Expert]]:
    """People by a value; the values in the order of a language, those that are no letters last."""
    found: dict[str, list[model.Expert]] = {}
    for value, expert in pairs:
        found.setdefault(value, []).append(expert)
    ordered = sorted(found, key=lambda value: (value == OTHER, collation.key(value, lang), value))
    return {value: found[value] for value in ordered}


def letter_slug(letter: str) -> str:
    """A letter in an address: Latin ones as they are, others by their code."""
    if letter == OTHER:
        return "other"
    return letter.lower() if letter.isascii() else "u" + "-".join([f"{ord(char):04x}" for char in letter])


def _slugs(places: dict[str, list[model.Expert]]) -> dict[str, str]:
    """An address for each place; two that would share one are numbered in their order."""
    taken: dict[str, str] = {}
    for place in sorted(places, key=lambda place: (fold(place), place)):  # the same in all languages
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
    signals.outputs.connect(outputs, "site")
