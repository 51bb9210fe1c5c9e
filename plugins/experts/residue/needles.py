"""What is looked for: of each person the sequences of words by which a text tells them.

Some tell a person surely (their name, address, number, handle, a rare family name), others only perhaps (a given name alone, a
family name that is also an ordinary word).  What also tells somebody who is shown, tells nobody who left.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from experts import names

from .identity import Identity
from .spelling import Words, spellings, words

OTHERS = -1
"""In the place of a person: anybody who is shown."""
KINDS = (
    "email",
    "phone",
    "slug",
    "account",
    "name",
    "link",
    "portrait",
    "file",
    "passage",
    "family-name",
    "given-name",
)
"""What a trace can be; of two at one place, the first tells more."""

_BEFORE = (
    "dr prof professor professorin dipl ing mag med rer nat phil jur habil hc sir dame lord lady herr frau mr mrs ms"
)
_BETWEEN = (
    "van von vom zu zum zur der den dem des de del della di da do dos das du la le les el al ben bin ibn abu bint ter ten te"
    " und and y e i o mac mc san st ste saint jr sr"
)
_TITLES, _PARTICLES = frozenset(_BEFORE.split()), frozenset(_BETWEEN.split())
_LEAST, _TELLING = 3, 6  # letters of a part of a name, of a handle


class Needle(NamedTuple):
    """A sequence of words that tells a person; with `form` it counts only where it is written like this, and nothing beside it."""

    person: int
    kind: str
    sure: bool
    words: Words
    form: str = ""


class Known(NamedTuple):
    """What is no trace of anybody who left: words and sequences of people who are shown, and the words of any text."""

    names: frozenset[str] = frozenset()
    sequences: Container[Words] = frozenset()
    ordinary: Container[str] = frozenset()


def of(person: int, who: Identity, known: Known) -> list[Needle]:
    """All needles of a person, each sequence once: with what tells most."""
    found: dict[tuple[Words, str], Needle] = {}
    for needle in (
        *_addresses(person, who, known),
        *_slugs(person, who),
        *_names(person, who.name, known),
    ):
        if needle.words and (needle.form or needle.words not in known.sequences):
            before = found.get((needle.words, needle.form))
            if before is None or (needle.sure, -KINDS.index(needle.kind)) > (before.sure, -KINDS.index(before.kind)):
                found[needle.words, needle.form] = needle
    return list(found.values())


def shown(who: Identity) -> Iterator[Needle]:
    """What tells a person who is shown: where it stands, nothing within it is a trace of anybody else."""
    for needle in _addresses(OTHERS, who, Known()):
        yield needle._replace(sure=True)
    for slug in (who.slug, *who.aliases):
        yield Needle(OTHERS, "slug", True, words(slug))
    for needle in _names(OTHERS, who.name, Known()):
        if needle.kind == "name":
            yield needle


def parts(name: str) -> tuple[list[str], list[str]]:
    """The words of a name without titles: those before the family name, and it."""
    before, family, _ = names.split(name)
    given = [word for word in before if word.strip(".").lower() not in _TITLES]
    return given, family


# -- names ----------------------------------------------------------------------------------------


def _names(person: int, name: str, known: Known) -> Iterator[Needle]:
    given, family = parts(name)
    whole = " ".join(given + family)
    if not whole:
        return
    if not given:
        yield from _single(person, whole, known)
        return
    first, last = given[0], " ".join(family)
    ways = [whole, f"{first} {last}", f"{last} {' '.join(given)}", f"{last} {first}", name]
    if "-" in last:
        ways.append(f"{first} {last.rpartition('-')[2]}")
    for way in ways:
        for one in spellings(way):
            if len(one) > 1:
                for group in _groups(one):
                    yield Needle(person, "name", True, group)
                    yield Needle(person, "name", True, (*group[:-1], group[-1] + "s"))
    yield from _initials(person, given, last)
    yield from _parts(person, given, family, known)


def _initials(person: int, given: list[str], last: str) -> Iterator[Needle]:
    """A family name with initials, before or behind it."""
    initials = [words(word)[0][0] for word in given if words(word)]
    ways = ((initials[0],), tuple(initials)) if initials else ()
    for one in spellings(last):
        for initial in ways:
            yield Needle(person, "name", True, (*initial, *one))
            yield Needle(person, "name", True, (*one, *initial))
        if ways and len(one[-1]) > 3:
            yield Needle(person, "name", True, (initials[0] + "".join(one),))


def _groups(one: Words) -> Iterator[Words]:
    """Words as they are, and with some or all of them written as one; of many only those two."""
    gaps = range(2 ** (len(one) - 1)) if len(one) < 5 else (0, 2 ** (len(one) - 1) - 1)
    for joined in gaps:
        group = [one[0]]
        for at, word in enumerate(one[1:]):
            if joined >> at & 1:
                group[-1] += word
            else:
                group.append(word)
        yield tuple(group)


def _single(person: int, name: str, known: Known) -> Iterator[Needle]:
    for one in spellings(name):
        if len(one) > 1 or one[0] not in known.names:
            sure = len(one) > 1 or one[0] not in known.ordinary
            yield Needle(person, "name", sure, one)
            yield Needle(person, "name", sure, (*one[:-1], one[-1] + "s"))


def _parts(person: int, given: list[str], family: list[str], known: Known) -> Iterator[Needle]:
    """The parts of a name that nobody shown has in theirs."""
    for kind, group in (("family-name", family), ("given-name", given)):
        for one in (one for word in group for one in spellings(word)):
            telling = [word for word in one if word not in _PARTICLES]
            pieces = [(word,) for word in telling] + ([("".join(one),)] if len(one) > 1 else [])
            for piece in pieces:
                word = piece[0]
                if len(word) >= _LEAST and not word.isdigit() and word not in known.names:
                    sure = kind == "family-name" and word not in known.ordinary
                    yield Needle(person, kind, sure, (word,))
                    if word + "s" not in known.names:
                        yield Needle(person, kind, sure and word + "s" not in known.ordinary, (word + "s",))


# -- addresses ------------------------------------------------------------------------------------


def _addresses(person: int, who: Identity, known: Known) -> Iterator[Needle]:
    for email in who.emails:
        local, _, server = email.partition("@")
        own, domain = words(local), words(server)
        yield Needle(person, "email", True, own + domain)
        dotted = [part for word in domain for part in ("dot", word)][1:]
        for at in ("at", "ät", "klammeraffe"):
            yield Needle(person, "email", True, (*own, *words(at), *domain))
            yield Needle(person, "email", True, (*own, *words(at), *dotted))
            yield Needle(
                person, "email", True, (*own, *words(at), *["punkt" if word == "dot" else word for word in dotted])
            )
    for link in who.links:
        yield from _link(person, link, known)
    for address in who.addresses:
        host, path = _split(address)
        yield Needle(person, "link", True, host + path)


def _link(person: int, link: str, known: Known) -> Iterator[Needle]:
    """A link and the account in it, which may also be called like what they work on: then it is a possible trace."""
    if "://" not in link:
        one = words(link)
        if len("".join(one)) >= _TELLING:
            yield Needle(person, "link", not _ordinary(one, known), one)
        if all(map(str.isdigit, one)) or len(one) > 3:
            yield Needle(person, "link", True, ("".join(one),))
        return
    host, path = _split(link)
    yield Needle(person, "link", True, host + path)
    tail = words(unquote(link).rstrip("/").rpartition("/")[2]) if path else ()
    if tail:
        yield Needle(person, "link", True, tail + host)  # @name@host
        if len("".join(tail)) >= _TELLING and not (len(tail) == 1 and tail[0].isdigit()):
            yield Needle(person, "link", not _ordinary(tail, known), tail)


def _ordinary(one: Words, known: Known) -> bool:
    return all(word in known.ordinary for word in one)


def _split(address: str) -> tuple[Words, Words]:
    """The words of an address: of its host, and behind it."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    rest = unquote(address.partition("://")[2].partition("/")[2])
    return words(host.removeprefix("www.")), words(rest)


def _slugs(person: int, who: Identity) -> Iterator[Needle]:
    for slug in filter(None, (who.slug, *who.aliases)):
        yield Needle(person, "slug", True, words(slug), slug.lower())
    for account in who.accounts:
        yield Needle(person, "account", True, words(account), account.lower())


def known_of(people: Iterable[Identity], ordinary: Container[str], anchors: Container[str] | None = None) -> Known:
    """What is known of people who are shown; of those alone who share a word with `anchors`, if it is given."""
    tokens: set[str] = set()
    sequences: set[Words] = set()
    for who in people:
        own = {word for one in spellings(who.name) for word in one}
        own.update(words(" ".join((who.slug, *who.aliases))))
        tokens |= own
        sequences.update([needle.words for needle in _addresses(OTHERS, who, Known())])
        sequences.update([words(email.partition("@")[2]) for email in who.emails])
        if anchors is None or any(word in anchors for word in own):
            sequences.update([needle.words for needle in _names(OTHERS, who.name, Known()) if needle.kind == "name"])
    return Known(frozenset(tokens), sequences, ordinary)
