"""Where the files of a site still name somebody in words: for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from experts.names import fold
from experts.problems import Problems
from experts.request import Request
from experts.residue import people
from experts.residue.matching import Matcher

from .person import Person


class Mention(NamedTuple):
    """A line that names somebody (0: the name of the file); not `certain` where others may be meant, as by a family name."""

    path: str
    line: int
    text: str
    certain: bool


class Naming:
    """Knows a person again in any text."""

    def __init__(self, request: Request, person: Person) -> None:
        """Take the site, whose other people are not taken for them."""
        words = {person.name, person.email, person.account, *person.slugs}
        told = "|".join(sorted(r"\s+".join(map(re.escape, fold(word).split())) for word in words if word.strip()))
        self.told = re.compile(rf"(?<![\w-])(?:{told})(?![\w-])")
        self.matcher: Matcher | None = None  # where the profile tells no name
        try:
            found = people.one(request, person.slug)
            self.matcher = Matcher(found.wanted, found.shown, people.ordinary(request, found))
        except Problems:
            pass

    def mentions(self, path: str, data: bytes) -> Iterator[Mention]:
        """The lines of a file, and its own name, that name the person."""
        if self.told.search(fold(path)):
            yield Mention(path, 0, path, True)
        if b"\0" in data[:8000]:
            return
        text = data.decode("utf-8", "replace")
        lines = text.split("\n")
        found = {number: True for number, line in enumerate(lines, 1) if self.told.search(" ".join(fold(line).split()))}
        for match in self.matcher.matches(text) if self.matcher else ():
            number = text.count("\n", 0, match.start) + 1
            found[number] = found.get(number, False) or match.sure
        for number in sorted(found):
            yield Mention(path, number, lines[number - 1].strip(), found[number])

    def unwanted(self, comment: str) -> bool:
        """Whether a comment names the person."""
        return any(True for _ in self.mentions("", comment.encode()))
