"""Result cards: what a list of results shows of a person, a story or a hook, a few to a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from expert_search import shards
from expert_search.numbering import STRIDE, Numbering
from experts import digests, formats, model
from experts.directory import Directory
from experts.output import Output
from experts.site import Site

SIZE = 4  # slots in a file: mostly one of them is wanted
FACE = 360  # pixels: the width of a portrait among the results
ROW = 32  # files that share a digest


class Cards(NamedTuple):
    """Cards in the languages of the site: language -> the digests of the files' rows, one after the other."""

    people: dict[str, str]
    stories: dict[str, str]
    outputs: list[Output]


Away = tuple[str, ...]
"""Until when, and the deputy's slug and name (both "" without one); empty for someone who is there."""
File = tuple[bytes, tuple[Any, ...]]
"""What a file is known by, and the arguments of what makes it; none where there is nothing to show."""


def cards(directory: Directory, site: Site, numbering: Numbering, folder: str) -> Cards:
    """The files of all cards in `folder`, named after what they are made from and made only where that is new.

    `ROW` files share the digest in their names: a digest for each would make the manifest long.
    """
    slots = [_inputs(directory, record) for record in numbering.slots]
    told = _stories_by_file(directory, numbering)
    outputs: list[Output] = []
    people: dict[str, str] = {}
    stories: dict[str, str] = {}
    for lang in site.languages:
        labels = {topic.slug: _label(topic, lang) for topic in directory.topics}
        seen = digests.of_data(site.sources, list(labels.values()))
        groups = [slots[start : start + SIZE] for start in range(0, len(slots), SIZE)]
        shown: list[File] = [
            (digests.of_data(seen, [one[0] for one in group]), (lang, [one[1:] for one in group], labels))
            for group in groups
        ]
        people[lang] = _rows(outputs, site.code, f"{folder}d", lang, people_file, shown)
        shown = [
            (digests.of_data(site.sources, [(ref, card.digest) for ref, card in group]), (lang, group) if group else ())
            for group in told
        ]
        stories[lang] = _rows(outputs, site.code, f"{folder}w", lang, stories_file, shown)
    return Cards(people, stories, outputs)


def _rows(outputs: list[Output], code: bytes, stem: str, lang: str, make: Callable[..., str], files: list[File]) -> str:
    """Add the outputs of some files, row by row; the rows' short digests."""
    names = []
    for start in range(0, len(files), ROW):
        row = files[start : start + ROW]
        names.append(shards.short(digests.of_data(lang, [fingerprint for fingerprint, _ in row])))
        for number, (fingerprint, arguments) in enumerate(row, start):
            if arguments:
                path = f"{stem}{number}.{lang}.{names[-1]}.json"
                outputs.append(Output(path, digests.of_data(code, lang, fingerprint), make, arguments))
    return "".join(names)


def _inputs(directory: Directory, record: model.Expert | model.Hook | None) -> tuple[Any, ...]:
    """``(what the card is known by, record, portrait, absence or whether a hook is current)``."""
    if record is None:
        return (b"", None, None, ())
    if isinstance(record, model.Hook):
        current = directory.current(record)
        return (directory.hook_card(record).digest, record, None, current)
    away: Away = ()
    if record.absence and record.away(directory.today):
        deputy = directory.expert(record.absence.deputy)
        away = (record.absence.until, deputy.slug if deputy else "", deputy.name if deputy else "")
    card = directory.card(record)
    return ((card.digest, record.formats, record.response, away), record, card.portrait, away)


def people_file(lang: str, group: list[tuple[Any, ...]], labels: dict[str, list[str]]) -> str:
    """The cards of some slots: an array, null for a further slot of the person before."""
    cards: list[Card | None] = []
    for record, portrait, state in group:
        if record is None:
            cards.append(None)
        elif isinstance(record, model.Hook):
            cards.append(_hook(record, lang, current=state))
        else:
            cards.append(_expert(record, lang, portrait, state, labels))
    return _json(cards)


def stories_file(lang: str, group: list[tuple[int, model.StoryCard]]) -> str:
    """The cards of some people's stories: an object, by document number."""
    return _json({str(ref): _story(card, lang) for ref, card in group})


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


Card = dict[str, Any]
"""A card; what has no value is left out."""


def _card(**values: Any) -> Card:
    return {key: value for key, value in values.items() if value}


def _foreign(lang: str, other: str) -> str:
    """The language of a text, where it is not the page's."""
    return lang if model.primary(lang) != model.primary(other) else ""


def _expert(
    expert: model.Expert, lang: str, portrait: model.Image | None, away: Away, labels: dict[str, list[str]]
) -> Card:
    """The card of a person.

    Keys: s slug, n name, p portrait (its key, its width, the colour that stands in), m monogram and its tone, h headline, hl its language, r role, l location, g languages, o formats,
    t topics, e response promise, el its language, a absence, d draft.
    """
    headline = expert.said("headline", lang)
    role = expert.said("role", lang)
    return _card(
        s=expert.slug,
        n=expert.name,
        p=_face(portrait) if portrait else None,
        m=None if portrait else [formats.initials(expert.name), formats.tone(expert.slug)],
        h=headline.text if headline else "",
        hl=_foreign(headline.lang, lang) if headline else "",
        r=role.text if role and headline and role.lang == headline.lang else "",
        l=expert.location,
        g=list(expert.languages),
        o=list(expert.formats),
        t=[labels[slug] for slug in expert.topics if slug in labels],
        e=expert.response,
        el=_foreign(expert.lang, lang) if expert.response else "",
        a=list(away),
        d=int(expert.status == "draft"),
    )


def _face(portrait: model.Image) -> list[Any]:
    """What the script makes the names of a portrait's AVIF and WebP of: `FACE` pixels wide, or as wide as it is."""
    widths = [file.width for file in portrait.of("image/webp")]
    width = max([width for width in widths if width <= FACE], default=widths[0])
    return [portrait.key.hex()[:10], width, portrait.tone]


def _hook(hook: model.Hook, lang: str, *, current: bool) -> Card:
    """The card of a hook; keys: k 1, s slug, n title, hl its language, b date, u until, c whether it is current."""
    return _card(
        k=1, s=hook.slug, n=hook.title, hl=_foreign(hook.lang, lang), b=hook.date, u=hook.until, c=int(current)
    )


def _story(card: model.StoryCard, lang: str) -> Card:
    """The card of a story; keys: s slug of the version, n title, hl its language, b date, k kind, a authors."""
    own, slug, title, _ = card.version(lang)
    authors = [[author.slug, author.name] for author in card.authors]
    return _card(s=slug, n=title, hl=_foreign(own, lang), b=card.date[:10], k=card.kind, a=authors, d=int(card.draft))


def _label(topic: model.Topic, lang: str) -> list[str]:
    """Slug, label, and its language if it is another."""
    label = model.pick(topic.label, lang)
    if label is None:
        return [topic.slug, topic.slug]
    foreign = _foreign(label.lang, lang)
    return [topic.slug, label.text, foreign] if foreign else [topic.slug, label.text]


def _stories_by_file(directory: Directory, numbering: Numbering) -> list[list[tuple[int, model.StoryCard]]]:
    found: list[list[tuple[int, model.StoryCard]]] = [[] for _ in range(0, len(numbering.slots), SIZE)]
    for ref, record in numbering.documents:
        if isinstance(record, model.Story):
            found[ref // (STRIDE * SIZE)].append((ref, directory.story_card(record)))
    return found
