"""The order of names and words as readers of a language expect it (UTS #10, on the primary level).

All languages begin with CLDR's root order: a word counts without case and marks (ä like a, ß like ss, ł like l), numbers
by their value, signs before digits before letters, Latin before Greek, Cyrillic and the others, which stand in the order
of their code points.  `TAILORINGS` holds what CLDR (common/collation) changes for a language, in a notation like its own: in ``c<č<ć`` the
letters č and ć follow all words with c; in ``ä=æ`` both count the same.  A key is a text, so that it sorts as it is.

Why no library: PyICU has to be compiled against ICU, which an author's machine does not have, and pyuca needs a second to
read its table and knows no tailorings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .model import primary
from .names import fold, split

_DANISH = "z<æ=ä<ø=ö=ő<å=aa y=ü=ű"
_SWEDISH = "z<å<ä=æ=ę<ö=ø=ő=œ y=ü=ű"
_CROATIAN = "c<č<ć d<dž<đ l<lj n<nj s<š z<ž"
TAILORINGS = {
    "az": "c<ç e<ə g<ğ h<x<ı k<q o<ö s<ş u<ü",
    "bg": "и<й",
    "bs": _CROATIAN,
    "cs": "c<č h<ch r<ř s<š z<ž",
    "cy": "c<ch d<dd f<ff g<ng l<ll p<ph r<rh t<th",
    "da": _DANISH,
    "es": "n<ñ",
    "et": "s<š<z<ž w<õ<ä<ö<ü",
    "fa": "ب<پ ج<چ ز<ژ ق<ک=ك<گ ن<و ه<ی=ي",
    "fi": _SWEDISH,
    "fo": "d<ð a<á i<í o<ó u<ú y<ý z<æ=ä<ø=ö<å=aa",
    "gl": "n<ñ",
    "hr": _CROATIAN,
    "hu": "c<cs d<dz<dzs g<gy l<ly n<ny o<ö=ő s<sz t<ty u<ü=ű z<zs",
    "is": "a<á d<ð e<é i<í o<ó u<ú y<ý z<þ<æ=ä<ö=ø<å",
    "lt": "c<č i=y s<š z<ž",
    "lv": "c<č g<ģ i=y k<ķ l<ļ n<ņ r<ŗ s<š z<ž",
    "mt": "b<ċ f<ġ g<għ<h<ħ y<ż",
    "nb": _DANISH,
    "nn": _DANISH,
    "no": _DANISH,
    "pl": "a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż",
    "ro": "a<ă<â i<î s<ș=ş t<ț=ţ",
    "ru": "и<й",
    "sk": "a<ä c<č h<ch o<ô r<ř s<š z<ž",
    "sl": "c<č<ć d<đ s<š z<ž",
    "sq": "c<ç d<dh e<ë g<gj l<ll n<nj r<rr s<sh t<th x<xh z<zh",
    "sv": _SWEDISH,
    "tr": "c<ç g<ğ h<ı o<ö s<ş u<ü",
    "uk": "г<ґ е<є и<і<ї<й",
    "vi": "a<ă<â d<đ e<ê o<ô<ơ u<ư",
}
OTHER = "#"  # what begins with no letter
_AFTER = 0x10FF00  # of private use, so that nothing in a text sorts behind it
_DIGITS = re.compile(r"[0-9]+")
_SIGN = re.compile(r"[^\w\s]|_")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")  # of Vietnamese: marks over and below letters of their own


class Tailoring(NamedTuple):
    """Letters that a language sorts elsewhere: what finds them, what they become in a key, and the letter of a key's beginning."""

    letters: re.Pattern[str]
    keys: dict[str, str]
    names: dict[str, str]


@lru_cache(64)
def order(lang: str) -> str:
    """The name of a language's order: languages with the same one share it; "" is the root's."""
    return TAILORINGS.get(primary(lang), "") and primary(lang)


@lru_cache(64)
def _tailoring(order: str) -> Tailoring:
    keys, names = {}, {}
    for rule in TAILORINGS[order].split():
        first, *others = rule.split("<")
        base, *same = first.split("=")
        keys.update(dict.fromkeys(same, base))
        for place, group in enumerate(others, 1):
            key = base + chr(_AFTER + place)
            keys.update(dict.fromkeys(group.split("="), key))
            names[key] = group.split("=", maxsplit=1)[0]
    letters = "|".join(sorted(keys, key=lambda letter: (-len(letter), letter)))
    return Tailoring(re.compile(letters), keys, names)


def key(text: str, lang: str = "") -> str:
    """What sorts a text among others on a page in `lang`; equal for texts that differ in case, marks and signs alone."""
    own = order(lang)
    if own:
        if own in ("az", "tr"):  # two letters: I is the capital of ı, İ that of i
            text = text.replace("I", "ı").replace("İ", "i")
        if own == "vi":
            text = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", text)))
        found = _tailoring(own)
        text = found.letters.sub(lambda match: found.keys[match[0]], unicodedata.normalize("NFC", text.lower()))
    plain = fold(text)
    if not plain.isalpha():
        plain = _DIGITS.sub(_number, " ".join(_SIGN.sub(_sign, plain).split()))
    return plain


def _number(match: re.Match[str]) -> str:
    """Digits with their number before them: 10 comes after 2."""
    digits = match[0].lstrip("0") or "0"
    return f"{min(len(digits), 99):02}{digits}"


def _sign(match: re.Match[str]) -> str:
    """A sign before all digits and letters; vowel signs of Indic scripts are part of their letters."""
    return "!" if unicodedata.category(match[0])[0] in "PSC" and match[0] < chr(_AFTER) else match[0]


def of_person(name: str, lang: str = "") -> str:
    """What sorts people: the family name, the last word that is no title, with a prefix that belongs to it (Ben Salah)."""
    return key(f"{' '.join(split(name)[1])} {name}", lang)


def letter(key: str, lang: str = "") -> str:
    """The letter under which a key stands in an index of `lang`: without marks, unless it is a letter of its own; "#" for none."""
    own = order(lang)
    if own and (found := _tailoring(own).names.get(key[:2])):
        return found.capitalize()
    first = "İ" if own in ("az", "tr") and key[:1] == "i" else key[:1].upper()
    return first if first.isalpha() else OTHER
