"""Whom to forget: everything by which the files of a site know somebody."""

from __future__ import annotations

import os
from typing import NamedTuple

from experts import source
from experts.fields import SLUG
from experts.gate.facts import facts, names
from experts.problems import Problem, Problems, nearest


class Person(NamedTuple):
    """Somebody: present and earlier short names, name, e-mail address, and the account that is theirs alone."""

    slug: str
    aliases: tuple[str, ...]
    name: str
    email: str
    account: str

    @property
    def slugs(self) -> frozenset[str]:
        """The short names that lead to them."""
        return frozenset((self.slug, *self.aliases))


def person(root: str, slug: str) -> Person:
    """The person of the folder ``profiles/<slug>``; Problems if there is none, or if it is only a link to a folder."""
    folder = os.path.join(root, "profiles", slug)
    if not SLUG.fullmatch(slug) or not os.path.isdir(folder) or os.path.islink(folder):
        like = nearest(slug, os.listdir(os.path.join(root, "profiles")) if os.path.isdir(f"{root}/profiles") else ())
        hint = "did you mean {like}?" if like else "it is the name of a folder in profiles"
        message, values = "there is no profile {value}", {"value": slug, "like": like}
        raise Problems([Problem(f"profiles/{slug}", 0, 0, "unknown-expert", message, hint, values)])
    path = os.path.join(folder, "profile.md")
    found = (facts(source.read(path)) if os.path.isfile(path) else None) or {}
    contact = found.get("contact")
    email = contact.get("email", "") if isinstance(contact, dict) else ""
    own = names(found.get("owner"))[:1]
    aliases = tuple([alias for alias in names(found.get("aliases")) if SLUG.fullmatch(alias)])
    account = own[0].removeprefix("@") if own and not _shared(root, slug, own[0]) else ""
    return Person(slug, aliases, str(found.get("name") or "").strip(), str(email).strip(), account)


def _shared(root: str, slug: str, account: str) -> bool:
    """Whether an account comes first in somebody else's profile too: then it is an office's, not a person's."""
    for other in sorted(os.listdir(os.path.join(root, "profiles"))):
        path = os.path.join(root, "profiles", other, "profile.md")
        if other != slug and os.path.isfile(path):
            first = names((facts(source.read(path)) or {}).get("owner"))[:1]
            if first and first[0].removeprefix("@").lower() == account.removeprefix("@").lower():
                return True
    return False
