"""Fields that the rows of several lists have, and the lists: light, in parts that stay as they are when others grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from expert_api import addresses, references, shapes
from expert_api.fields import Field, Table
from experts import urls
from experts.output import Output
from experts.site import Site

SIZE = 1000  # rows in a part: about a megabyte, a tenth of that when compressed

TOPICS: Field[Any] = Field(
    "topics",
    shapes.listed(references.TOPIC_SHAPE),
    "Topics, the most important first",
    lambda it: references.references(references.TOPIC, it.site if it.whole else None, it.topics),
)


def identity(kind: str) -> Table[Any]:
    """Who or what a row is about; of what has a `site`, a `card` and a permanent `name`."""
    return (
        Field(
            "id",
            shapes.IDENTIFIER,
            "Permanent name (RFC 4151): stays when the short name changes",
            lambda it: addresses.identifier(it.site, kind, it.name),
            True,
        ),
        references.SLUG,
        *references.addressed(kind),
    )


def original(lang: Callable[[Any], str]) -> Field[Any]:
    """The language of the original."""
    means = "Language of the original; texts in other languages are translations"
    return Field("original_language", shapes.LANGUAGE, means, lang, True)


def parts(count: int) -> Iterator[tuple[int, slice]]:
    """``(number, rows)`` of the parts of a list of `count` rows.

    The first part, number 0, has what is new; the others are full and numbered from the oldest, so that a new row
    changes the first part only.  Without many rows there is just the first part.
    """
    full = max(0, (count - SIZE // 2) // SIZE)
    yield 0, slice(0, count - full * SIZE)
    for number in range(full, 0, -1):
        yield number, slice(count - number * SIZE, count - (number - 1) * SIZE)


def lists(
    site: Site, kind: str, records: Sequence[Any], columns: Callable[[Sequence[Any]], tuple[Any, ...]], make: Any
) -> Iterator[Output]:
    """The files of a list: ``make(site, next, *columns(records))`` for each part of `records`."""
    found = [
        (f"{addresses.FOLDER}{urls.FOLDERS[kind]}{f'-{number}' if number else ''}.json", rows)
        for number, rows in parts(len(records))
    ]
    for at, (path, rows) in enumerate(found):
        following = addresses.at(site, found[at + 1][0]) if at + 1 < len(found) else ""
        yield site.text(path, partial(make, site), following, *columns(records[rows]))
