"""Dates, lists, numbers and names of languages as people write them, by Babel (CLDR)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from unicodedata import bidirectional
from urllib.parse import urlsplit

from . import collation
from .dates import is_date
from .model import primary


@lru_cache(64)
def _locale(lang: str) -> Any:
    from babel import Locale, UnknownLocaleError  # 30 ms; a site without dates does not need it

    # English without a country is the world's, with the day before the month, not that of the United States.
    own = "en_001" if lang == "en" else lang.replace("-", "_")
    for tag in (own, lang.split("-", maxsplit=1)[0], "en"):
        try:
            return Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("CLDR has English")


@lru_cache(20_000)
def day(value: str, lang: str, width: str = "long") -> str:
    """An ISO date (or the day of a date-time) in words: ``23. November 2026``; month or year alone too."""
    from babel.dates import format_date, format_skeleton

    if re.fullmatch(r"\d{4}", value):
        return value
    if re.fullmatch(r"\d{4}-\d{2}", value) and is_date(value + "-01"):
        return str(format_skeleton("yMMMM", date(int(value[:4]), int(value[5:]), 1), locale=_locale(lang)))
    if not is_date(value[:10]):
        return value
    return format_date(date.fromisoformat(value[:10]), width, locale=_locale(lang))


@lru_cache(20_000)
def moment(value: str, lang: str) -> str:
    """A date-time in words, in its own offset: ``4. Dezember 2026, 09:00``."""
    if len(value) <= 10:
        return day(value, lang)
    from babel.dates import get_datetime_format

    # The medium pattern divides both as all languages do; the long one of German says "um", and no "Uhr".
    return str(get_datetime_format("medium", locale=_locale(lang))).format(clock(value, lang), day(value, lang))


@lru_cache(20_000)
def clock(value: str, lang: str) -> str:
    """The time of a date-time, or of ``HH:MM``."""
    from babel.dates import format_time

    text = value[11:16] if len(value) > 10 else value
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        return ""
    return format_time(time(int(text[:2]), int(text[3:])), "short", locale=_locale(lang))


@lru_cache(1_000)
def direction(lang: str) -> str:
    """``rtl`` or ``ltr``: which way the script of a language runs."""
    return str(_locale(lang).text_direction)


@lru_cache(5_000)
def own_name(tag: str) -> str:
    """The name of a language in itself, as it stands alone: ``Français``, ``العربية``; the tag where CLDR has none."""
    locale = _locale(tag)
    name = str(locale.get_display_name() or "") if locale.language == primary(tag) else ""
    name = name if "-" in tag else str(locale.languages.get(tag) or name)
    return name[:1].upper() + name[1:] or tag


@lru_cache(5_000)
def language(tag: str, lang: str) -> str:
    """The name of a language, in `lang`; the tag itself where CLDR has no name."""
    found = _locale(lang).languages
    name = found.get(tag.replace("-", "_")) or found.get(tag.split("-", maxsplit=1)[0])
    return str(name or tag)


def by_language(rows: Iterable[tuple[str, ...]], lang: str) -> list[tuple[str, ...]]:
    """Rows that begin with a tag, in the order of the languages' names in `lang`."""
    return sorted(rows, key=lambda row: (collation.key(language(row[0], lang), lang), row[0]))


def listing(items: Iterable[str], lang: str) -> str:
    """``a, b und c``."""
    from babel.lists import format_list

    words = [str(item) for item in items]
    return format_list(words, locale=_locale(lang)) if len(words) > 1 else "".join(words)


@lru_cache(1_000)
def separators(count: int, lang: str) -> tuple[str, ...]:
    """What follows each of `count` items of a list, for those that are no plain texts: ``(", ", " und ", "")``."""
    return tuple(listing(["\0"] * count, lang).split("\0")[1:])


def excerpt(items: Iterable[str], lang: str) -> str:
    """``a, b, c``: the beginning of a list, with what divides items in the language."""
    between: str = _locale(lang).list_patterns["standard"]["middle"].format("", "")
    return between.join(items)


@lru_cache(64)
def plural_samples(lang: str) -> dict[str, int]:
    """A number for each of CLDR's plural categories that whole numbers have in a language: ``{"one": 1, "other": 0}``."""
    found: dict[str, int] = {}
    for count in (*range(200), 1_000_000):
        found.setdefault(str(_locale(lang).plural_form(count)), count)
    return found


@lru_cache(5_000)
def number(value: int, lang: str) -> str:
    """A whole number with the separators of the language."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(lang))


def initials(name: str) -> str:
    """One or two letters for a monogram: of the first and of the last word that is no title; one where letters are joined."""
    words = [word for word in name.split() if word[:1].isalpha() and not word.endswith(".")]
    if words and bidirectional(words[0][0]) == "AL":
        return words[0][0]
    return "".join([word[0].upper() for word in dict.fromkeys([*words[:1], *words[-1:]])]) or name[:1].upper()


def breadth(title: str, most: int = 70) -> str:
    """How a title differs from others: "long" (more than `most` letters), "wide" (one long word), else "".  Styles set these smaller."""
    if len(title) > most:
        return "long"
    return "wide" if max((len(word) for word in re.split(r"[\s\-–—/]+", title)), default=0) > 16 else ""


def tone(slug: str) -> int:
    """A number from 0 to 7 that is always the same for a slug."""
    return blake2b(slug.encode(), digest_size=1).digest()[0] % 8


def host(url: str) -> str:
    """The host of an address, as people name it."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


def tel(phone: str) -> str:
    """The number for a ``tel:`` address (RFC 3966): digits, a leading + and an extension; a trunk zero in brackets left out."""
    number, *extension = re.split(r"(?:x|ext\.?) ?(?=\d+$)", phone.replace("(0)", ""), maxsplit=1)
    return ";ext=".join([re.sub(r"[^\d+]", "", part) for part in (number, *extension)])
