"""The page that explains the API to developers: addresses, programs, fields, and what we ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from expert_api import addresses, entry, examples
from expert_api.kinds import KINDS, Kind
from expert_api.shapes import notation
from experts.directory import Directory
from experts.output import Output
from experts.site import Site


class Row(NamedTuple):
    """A field as the page explains it."""

    name: str
    type: str
    means: str
    always: bool
    light: bool  # also in the list


class Tables(NamedTuple):
    """All fields: of the kinds by their name, and of the parts that they consist of."""

    kinds: dict[str, tuple[Row, ...]]
    parts: dict[str, tuple[str, ...]]
    digest: bytes = b""  # they depend on nothing but the code, which is in each page's key


def outputs(view: Directory, site: Site) -> Iterator[Output]:
    """One page in each language."""
    found = tuple([_collection(site, kind) for kind in KINDS])
    known = Tables({kind.name: tuple(_rows(kind)) for kind in KINDS}, _parts())
    answer = examples.answer(view, site)
    for lang in site.languages:
        yield site.page(
            lang,
            entry.PAGE,
            "developers.html",
            section="developers",
            index=addresses.at(site, entry.FILE),
            openapi=addresses.at(site, entry.OPENAPI),
            collections=found,
            programs=examples.programs(view, site, lang),
            answer=answer,
            tables=known,
            licence=site.settings.data_licence,
        )


def _collection(site: Site, kind: Kind) -> dict[str, str]:
    """The addresses and schemas of a kind of records."""
    return {
        "name": kind.name,
        "all": kind.all,
        "one": kind.one,
        "list": addresses.collection(site, kind.name),
        "record": addresses.template(site, kind.name),
        "list_schema": addresses.schema(site, kind.folder),
        "record_schema": addresses.schema(site, kind.name),
    }


def _rows(kind: Kind) -> Iterator[Row]:
    light = {field.name for field in kind.row}
    for field in kind.table:
        yield Row(field.name, notation(field.shape), field.means, field.always, field.name in light)


def _parts() -> dict[str, tuple[str, ...]]:
    """The names of the fields of the parts, by the name of the part."""
    found: dict[str, tuple[str, ...]] = {}

    def look(shape: Any) -> None:
        if isinstance(shape, dict):
            if "properties" in shape:
                found[shape["title"]] = tuple(shape["properties"])
            for inner in shape.values():
                look(inner)

    for kind in KINDS:
        for field in kind.table:
            look(field.shape)
    return {name: found[name] for name in sorted(found)}
