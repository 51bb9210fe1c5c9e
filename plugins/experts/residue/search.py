"""Looking for people in files, one after the other: in their texts, their names, and what they show."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from experts import decoding, digests, signals

from . import likeness
from .identity import Identity
from .matching import Match, Matcher
from .needles import Known
from .reading import content, unpacked
from .spelling import spellings, words
from .traces import Trace, place

_TELLING = 7  # letters of a word that is no accident in something that is no text
_AROUND = ("experts", "profiles")


class Search:
    """Looks for people; what could not be looked at is counted in `unread`."""

    def __init__(
        self, people: Sequence[Identity], others: Iterable[Identity], ordinary: frozenset[str], seconds: float
    ) -> None:
        """Take the people who left, those who are shown, and the time for pictures."""
        self.matcher = Matcher(people, others, ordinary)
        self.slugs = {slug: person for person, who in enumerate(people) for slug in (who.slug, *who.aliases) if slug}
        self.until = time.monotonic() + seconds
        self.unread: list[str] = []
        self.pictures = Album(people)
        self.terms = _terms(people, self.matcher.known)

    def file(self, path: str, data: bytes, where: str = "text") -> list[Trace]:
        """All traces in a file, and in its path."""
        found = self.name(path)
        plain = unpacked(path, data)
        if plain is None:
            self.unread.append(path)
            return found
        own = self.pictures.files.get(digests.of(plain))
        if own is not None:
            found.append(Trace(own, "file", True, where, path))
        inner: list[tuple[int, bytes]] = []
        said = content(plain)
        text = said.text or ""
        for match in self.matcher.matches(text, (lambda at, data: inner.append((at, data))) if said.exact else None):
            if said.exact:
                found.append(_trace(match, path, text, where))
            elif _is_no_accident(match, text):
                found.append(Trace(match.person, match.kind, match.sure, where, path))
        if not any(one.kind in ("name", "family-name") for one in found):
            found += self._packed(path, text)
        if not said.exact:
            found += self.picture(path, plain)
        for at, data_inside in inner:
            found += [
                one._replace(line=place(text, at)[0], column=place(text, at)[1])
                for one in self.picture(path, data_inside)
            ]
        return found

    def name(self, path: str) -> list[Trace]:
        """The traces in a path."""
        found = [Trace(match.person, match.kind, match.sure, "name", path) for match in self.matcher.matches(path)]
        parts = path.split("/")
        for before, part in zip(["", *parts], parts, strict=False):
            person = self.slugs.get(part.split(".")[0])
            if person is not None and before in _AROUND:
                found.append(Trace(person, "slug", True, "name", path))
        return found[:1] if found else []

    def picture(self, path: str, data: bytes) -> list[Trace]:
        """Whom a picture shows."""
        if not decoding.kind_of(data[:16]) or not (self.pictures.faces or self.pictures.exact):
            return []
        if time.monotonic() > self.until:
            self.unread.append(path)
            return []
        return [Trace(person, "portrait", True, "picture", path) for person in self.pictures.people_in(path, data)]

    def _packed(self, path: str, text: str) -> Iterator[Trace]:
        for receiver in signals.unpacked.receivers:
            for term in receiver(path, text) or ():
                for word in words(term):
                    if word in self.terms:
                        person, sure = self.terms[word]
                        yield Trace(person, "family-name", sure, "text", path, *place(text, max(text.find(term), 0)))


def _trace(match: Match, path: str, text: str, where: str) -> Trace:
    return Trace(match.person, match.kind, match.sure, where, path, *place(text, match.start))


def _is_no_accident(match: Match, text: str) -> bool:
    found = text[match.start : match.end]
    return (
        match.sure
        and match.kind != "phone"
        and (match.kind not in ("family-name", "slug", "link") or len(found) >= _TELLING)
    )


def _terms(people: Sequence[Identity], known: Known) -> dict[str, tuple[int, bool]]:
    """The stems of family names, where they are not also those of other words."""
    from .needles import parts

    forms: list[Callable[[str], Iterable[str]]] = list(signals.forms.receivers)
    if not forms:
        return {}
    taken = {form for word in known.names for one in forms for form in one(word)}
    found: dict[str, tuple[int, bool]] = {}
    for person, who in enumerate(people):
        for word in {word for part in parts(who.name)[1] for one in spellings(part) for word in one}:
            for one in forms:
                for form in one(word):
                    if len(form) > 2 and form not in taken:
                        found.setdefault(form, (person, form not in known.ordinary))
    return found


class Album:
    """The portraits of those who are looked for, and pictures in which they were not."""

    def __init__(self, people: Sequence[Identity]) -> None:
        """Take the portraits."""
        self.files = {
            digests.of(data): person for person, who in enumerate(people) for data in who.files if len(data) > 99
        }
        self.exact = {digests.of(data): person for person, who in enumerate(people) for data in who.portraits}
        found = [(person, likeness.face(data)) for person, who in enumerate(people) for data in who.portraits]
        self.faces = [(person, face) for person, face in found if face]
        self.seen: dict[bytes, list[int]] = {}
        self.cleared: dict[str, list[tuple[likeness.Vector, list[int]]]] = {}

    def people_in(self, path: str, data: bytes) -> list[int]:
        """The numbers of those whom a picture shows."""
        key = digests.of(data)
        if key in self.exact:
            return [self.exact[key]]
        if key not in self.seen:
            self.seen[key] = self._look(path, data)
        return self.seen[key]

    def _look(self, path: str, data: bytes) -> list[int]:
        picture = likeness.opened(data)
        if picture is None:
            return []
        whole, family = likeness.whole(picture), likeness.family(path)
        for other, people in self.cleared.get(family, ()):
            if likeness.alike(whole, other):
                return people
        people = sorted({self.faces[number][0] for number in likeness.shown(picture, [face for _, face in self.faces])})
        if family:
            self.cleared.setdefault(family, []).append((whole, people))
        return people
