"""German compounds, taken apart: Mietrechtsreform is made from Miete, Recht and Reform.

Better no split than a wrong one: every part must be a known word. Known are the words of the site's subjects and those from which
many compounds are made (data/heads.txt). Words are folded, as everywhere in the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from .stemming import stemmer
from .text import stop_words

SHORTEST = 4
"""Letters of a known word at least; those of heads.txt may have fewer."""
MOST = 4
"""Parts at most: a longer chain is chance."""
LONG_REST = 7
"""Letters of an unknown word behind a known one at least."""

Parts = tuple[str, ...]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# They look like words and are prefixes or endings: Vor-stellung, erfolg-reich, Forscher-innen, Studier-ende.
_PREFIXES = _set(
    "anti aussen gegen hinter innen inter mini nach neben nieder ober trans uber ultra unter voll wider wieder zusammen"
)
_ENDINGS = _set("bare ende enden erin haft heit innen ismus keit lich lose schaft tung")
_NEVER_LAST = _set("arten fach fall falls fest frei halb lage mann massen reich sicher voll weise weit wert zeug")
# The political right is no law, and some words only look as if they were made from others.
_WHOLE = re.compile(
    "rechts(?:extrem|popul|radikal|ruck|terror)|akkurat|geomet|hochzeit|gastier|kommentier|vereinsam|.*lern$"
)

_NEEDS_LINK = re.compile("(?:ung|heit|keit|ion|tat|ling|tum)$")
_TAKES_E = _set("arzt bad gast gerat hund pferd schwein stadt tag weg werk")
_TAKES_ER = _set("bild blatt buch dorf gut haus holz huhn kind kleid land licht lied mann mitglied rad rind volk wort")


@cache
def _heads() -> tuple[frozenset[str], frozenset[str]]:
    """The words of heads.txt, and those of them that only stand before another one."""
    lines = (Path(__file__).parent / "data" / "heads.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    whole = frozenset(word for word in words if not word.endswith("-"))
    return whole, frozenset(word[:-1] for word in words if word.endswith("-")) - whole


def _links(word: str) -> Iterator[str]:
    """What may stand between a word and the next one: Recht-s-staat, Kind-er-garten, Bund-es-tag."""
    if not _NEEDS_LINK.search(word):
        yield ""
    if not word.endswith(("s", "x", "z", "sch", "e")) or word.endswith("nis"):
        yield "s"
    if word.endswith(("e", "er", "el")):
        yield "n"
    if word.endswith("e"):
        return
    yield "en"
    if len(word) <= 6:
        yield "es"
    if word in _TAKES_E:
        yield "e"
    if word in _TAKES_ER:
        yield "er"


class Splitter:
    """Takes compounds apart whose parts are in a lexicon of folded words or among the usual ones."""

    def __init__(self, lexicon: Iterable[str]) -> None:
        heads, firsts = _heads()
        barred = _PREFIXES | _ENDINGS | stop_words("de") | stop_words("en")
        known = {word for word in lexicon if len(word) >= SHORTEST and word.isascii() and word.isalpha()} - barred
        stem = stemmer("de")
        assert stem
        self._stem = stem
        ends = sorted(heads | (known - _NEVER_LAST))
        self._lasts = dict(zip(stem(ends), ends, strict=True)) | {word: word for word in ends}
        self._firsts: dict[str, tuple[tuple[str, ...], str]] = {}
        for word in sorted(heads | firsts | known):
            if word.endswith("e") and len(word) > SHORTEST:  # Schule, Schul-recht
                self._firsts.setdefault(word[:-1], (("", "s"), word))
        for word in sorted(heads | firsts | known):
            self._firsts[word] = (tuple(_links(word)) if word not in firsts else ("",), word)
        self._shortest = min(map(len, self._firsts))
        self._chains: dict[str, Parts] = {}
        self._parts: dict[str, Parts] = {}

    def parts(self, word: str) -> Parts:
        """The known words that a folded word is made from, then the parts of these; nothing if it is no compound.

        A part is given as the lexicon has it, so that a compound within a compound is a part too: Klimaschutzgesetz consists
        of Klimaschutz and Gesetz, and so of Klima and Schutz.
        """
        found = self._parts.get(word)
        if found is None:
            found = self._parts[word] = self._all_parts(word)
        return found

    def rest(self, word: str) -> str:
        """What stands behind a known first part where the whole cannot be taken apart: Bio-diversität, Herz-chirurgie.

        A guess, for the names of topics only: they are few, and whoever asks for the rest finds nothing else.
        """
        for end in range(len(word) - LONG_REST, 2, -1):
            first = self._firsts.get(word[:end])
            if first:
                joint = next((link for link in first[0] if link and word.startswith(link, end)), "")
                rest = word[end + len(joint) :]
                return rest if len(rest) >= LONG_REST else word[end:]
        return ""

    def _all_parts(self, word: str) -> Parts:
        if len(word) < 2 * self._shortest or not word.isascii() or _WHOLE.match(word):
            return ()
        chain = self._split(word, MOST)
        return tuple(dict.fromkeys([*chain, *(inner for part in chain for inner in self.parts(part))]))

    def _split(self, word: str, most: int) -> Parts:
        """The fewest known words, the longest first, that are the whole word; nothing if there are no two."""
        best: Parts = ()
        firsts = self._firsts
        for end in range(len(word) - 3, self._shortest - 1, -1):
            first = firsts.get(word[:end])
            if first:
                for link in first[0]:
                    if word.startswith(link, end):
                        rest = self._chain(word[end + len(link) :], most - 1)
                        if rest and (not best or len(rest) + 1 < len(best)):
                            best = (first[1], *rest)
        return best

    def _chain(self, rest: str, most: int) -> Parts:
        """What stands behind the first part: a known word, or several."""
        if len(rest) < 3:
            return ()
        found = self._chains.get(rest)
        if found is None:
            last = self._lasts.get(rest) or self._lasts.get(self._stem([rest])[0])
            found = self._chains[rest] = (last,) if last else self._split(rest, most) if most > 1 else ()
        return found
