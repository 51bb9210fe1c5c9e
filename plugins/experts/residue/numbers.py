"""Telephone numbers, however they are written: +49 40 123456, 0049 (0)40/123456, 040-12 34 56, tel:+4940123456.

What counts is the national significant number (ITU-T E.164); country codes are those of E.164, which are prefix-free.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

RUN = re.compile(r"(?<![\d.])[+(]?\d(?:[\s().\-/\u00a0\u2000-\u2015\u202f]{0,3}\d){5,24}(?!\d)")
"""What may be a number: digits with what stands between them."""
_GROUP = re.compile(r"\d+")
_TRUNK = re.compile(r"\(\s*0\s*\)")
_LEAST, _MOST, _GROUPS = 6, 15, 12
_CODES = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93"
    " 94 95 98"
)
_TWO = frozenset(_CODES.split())


class Number(NamedTuple):
    """A number without what is dialled before it; the country's code is "" where it is not told."""

    country: str
    own: str


def number(text: str) -> Number | None:
    """The number that somebody wrote; None for one too short to tell anybody."""
    digits = "".join(_GROUP.findall(_TRUNK.sub("", text)))
    abroad = text.strip().startswith(("+", "(+", "tel:+")) or digits.startswith("00")
    if abroad:
        digits = digits.removeprefix("00")
        size = 1 if digits[:1] in ("1", "7") else 2 if digits[:2] in _TWO else 3
        found = Number(digits[:size], digits[size:].removeprefix("0"))
    else:
        found = Number("", digits.removeprefix("0"))
    return found if len(found.own) >= _LEAST else None


def same(one: Number, other: Number) -> bool:
    """Whether two numbers may be one: a country that is not told may be any."""
    return one.own == other.own and (not one.country or not other.country or one.country == other.country)


def end_of(one: Number) -> str:
    """The digits with which a number ends, to look for first."""
    return one.own[-_LEAST:]


def numbers(text: str, ends: Container[str]) -> Iterator[tuple[int, int, Number]]:
    """What may be a number with one of these `ends` in a text: start, end, and what it would be.

    A run of digits may hold more than the number, so each row of its groups is one, too.
    """
    for run in RUN.finditer(text):
        plain = "".join(_GROUP.findall(run[0]))
        if not any(plain[at : at + _LEAST] in ends for at in range(len(plain) - _LEAST + 1)):
            continue
        found = _TRUNK.sub(lambda match: " " * len(match[0]), run[0])
        groups = [(match.start(), match.end()) for match in _GROUP.finditer(found)][:_GROUPS]
        for first, (start, _) in enumerate(groups):
            size = 0
            for begin, end in groups[first:]:
                size += end - begin
                if size > _MOST + 3:
                    break
                if size >= _LEAST:
                    digits = "".join([found[a:b] for a, b in groups[first:] if b <= end])
                    plus = first == 0 and run[0].startswith(("+", "(+"))
                    for one in _readings(digits, plus):
                        yield run.start() + start, run.start() + end, one


def _readings(digits: str, plus: bool) -> Iterator[Number]:
    """The numbers that digits may be."""
    yield Number("", digits.removeprefix("0"))
    if plus or digits[0] != "0" or digits.startswith("00"):
        rest = digits.removeprefix("00")
        size = 1 if rest[:1] in ("1", "7") else 2 if rest[:2] in _TWO else 3
        yield Number(rest[:size], rest[size:].removeprefix("0"))
