"""What tells a person: everything in their profile by which they could be known again.

It is read from the bytes of `profiles/<slug>/`, wherever these come from: the site, an older commit, a file that somebody kept.
A profile with problems still tells most of it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from experts import frontmatter
from experts.frontmatter import Mapping as Fields
from experts.frontmatter import Node, Scalar, Sequence
from experts.pictures import media_type

_ADDRESS = re.compile(r"https?://\S+")
_MARKUP = re.compile(r"\]\([^)\s]{0,2000}\)|[\[*_`#>|]|<[^<>]*>")
_SENTENCE = re.compile(r"(?<=[.!?:;…])[\"“”»«']?\s+|\n\s*\n|\n(?=[-#>|\d])")


class Identity(NamedTuple):
    """A person as their profile tells them; what it does not say is empty."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # profiles elsewhere: addresses and handles, as they were written
    addresses: tuple[str, ...] = ()  # of their feeds, and of where they appeared
    accounts: tuple[str, ...] = ()  # their own one on the forge
    location: str = ""
    passages: tuple[str, ...] = ()  # sentences of their own
    portraits: tuple[bytes, ...] = ()  # pictures of their folder
    files: tuple[bytes, ...] = ()  # all other files of it

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for but a short name."""
        return not self.name


def read(slug: str, files: Mapping[str, bytes]) -> Identity:
    """The identity that the files of ``profiles/<slug>/`` tell (name -> bytes)."""
    heads = []
    passages: dict[str, None] = {}
    for name in sorted(files, key=lambda name: (name != "profile.md", name)):
        if posixpath.splitext(name)[1] == ".md":
            document, _ = frontmatter.parse(name, files[name])
            if document:
                heads.append(document.head)
                passages |= dict.fromkeys(_passages(document))
    first = heads[0] if heads else Fields({}, {}, 0, 0)
    contact = first.items.get("contact")
    return Identity(
        slug=slug,
        name=_text(first.items.get("name")),
        aliases=tuple(_texts(first.items.get("aliases"))),
        emails=tuple(_texts(_item(contact, "email"))),
        phones=tuple(_texts(_item(contact, "phone"))),
        links=tuple(_texts(first.items.get("links"))),
        addresses=tuple(dict.fromkeys([*_within(first, "feeds", "url"), *_within(first, "media", "url")])),
        accounts=tuple(_texts(first.items.get("owner"))[:1]),
        location=_text(first.items.get("location")),
        passages=tuple(passages),
        portraits=tuple([files[name] for name in sorted(files) if media_type(name)]),
        files=tuple([files[name] for name in sorted(files) if not media_type(name) and not name.endswith(".md")]),
    )


def _passages(document: frontmatter.Document) -> Iterable[str]:
    """The sentences of a profile's own texts, without its markup."""
    head = document.head.items
    texts = [_text(head.get(name)) for name in ("headline", "summary", "interests")]
    texts.append(_text(_item(head.get("portrait"), "alt")))
    for text in (*texts, document.body):
        for sentence in _SENTENCE.split(_ADDRESS.sub(" ", _MARKUP.sub(" ", text))):
            if sentence.strip():
                yield " ".join(sentence.split())


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) and not node.empty else ""


def _texts(node: Node | None) -> list[str]:
    """All texts in a value, list or group."""
    if isinstance(node, Scalar):
        return [node.text] if not node.empty else []
    if isinstance(node, Sequence):
        return [text for item in node.items for text in _texts(item)]
    return [text for item in node.items.values() for text in _texts(item)] if node else []


def _item(node: Node | None, name: str) -> Node | None:
    return node.items.get(name) if isinstance(node, Fields) else None


def _within(head: Fields, field: str, name: str) -> list[str]:
    """The values `name` of a list of groups."""
    node = head.items.get(field)
    items = node.items if isinstance(node, Sequence) else []
    return [text for item in items for text in _texts(_item(item, name))]
