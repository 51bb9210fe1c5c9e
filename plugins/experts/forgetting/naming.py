"""Where the files of a site still name somebody in words: for a person to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from experts.names import fold

from .person import Person


class Mention(NamedTuple):
    """A line that names somebody; not `certain` where it is only a family name, which others may have."""

    path: str
    line: int
    text: str
    certain: bool


def mentions(path: str, data: bytes, person: Person) -> Iterator[Mention]:
    """The lines of a file, and its own name (line 0), that name a person."""
    certain, family = _patterns(person)
    if certain.search(fold(path)):
        yield Mention(path, 0, path, True)
    if b"\0" in data[:8000]:
        return
    text = data.decode("utf-8", "replace")
    folded = fold(text)
    if not certain.search(folded) and not (family and family.search(folded)):
        return
    for number, line in enumerate(text.splitlines(), 1):
        plain = " ".join(fold(line).split())
        if certain.search(plain):
            yield Mention(path, number, line.strip(), True)
        elif family and family.search(plain):
            yield Mention(path, number, line.strip(), False)


def _patterns(person: Person) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    words = {person.name, person.email, person.account, *person.slugs}
    certain = "|".join(sorted(r"\s+".join(map(re.escape, fold(word).split())) for word in words if word.strip()))
    family = re.compile(rf"(?<![\w-]){re.escape(fold(person.family))}(?![\w-])") if person.family else None
    return re.compile(rf"(?<![\w-])(?:{certain})(?![\w-])"), family
