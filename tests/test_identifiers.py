"""Permanent names: for ever the same, different for different things, and nobody's name in clear."""

from __future__ import annotations

import re
from typing import NamedTuple

from experts.identifiers import name, tag

AUTHORITY = "example.com,2026"


class Record(NamedTuple):
    """What a name needs of a record."""

    slug: str
    aliases: tuple[str, ...] = ()


def test_renaming_changes_no_identity() -> None:
    """The first short name that something had names it for good."""
    assert name(Record("third", ("first", "second"))) == name(Record("second", ("first",))) == name(Record("first"))


def test_it_is_a_tag_uri() -> None:
    """RFC 4151: tag:authority,date:specific; it tells neither the name nor the kind's members apart by reading."""
    found = tag(AUTHORITY, "expert", "mara-lindqvist")
    assert re.fullmatch(r"tag:example\.com,2026:expert/[0-9a-f]{20}", found)


def test_different_things_have_different_names() -> None:
    """Kind, parts and their borders all count."""
    parts = [("a", "b"), ("a", "b", ""), ("a", "bc"), ("ab", "c"), ("b", "a")]
    assert len({tag(AUTHORITY, *each) for each in parts}) == len(parts)


def test_the_names_never_change() -> None:
    """A reader that knows an entry would show it again under another name, so this one is written down here."""
    assert tag(AUTHORITY, "story", "boiler") == "tag:example.com,2026:story/db9ed3ab0e50273789b3"
