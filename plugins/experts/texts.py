"""Texts of the interface and of problems in the reader's language: gettext catalogues.

``.po`` files are the source; each is compiled once into the cache, under a name that holds the
digest of its content.
"""

from __future__ import annotations

import gettext
import io
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import mishaps
from .cache import keep, kept
from .digests import of as digest
from .model import primary
from .problems import Problem, Problems
from .source import read

if TYPE_CHECKING:
    from babel.messages.catalog import Message

_LINE = re.compile(r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"(?:[^"\\]|\\.)*"\s*)?')
_PLACEHOLDER = re.compile(r"%\((\w+)\)")
HERE = os.path.dirname(__file__)


def catalogue(path: str, cache: str, name: str = "") -> gettext.NullTranslations:
    """The catalogue of a ``.po`` file; without the file, the English texts themselves; Problems, at `name`, if it is damaged."""
    try:
        source = read(path)
    except OSError as error:
        if mishaps.is_of_machine(error):
            raise  # else pages would be English for a while
        return gettext.NullTranslations()
    compiled = os.path.join(cache, "texts", digest(source).hex() + ".mo")
    made = kept(compiled) if cache else None
    if made is None:
        made = _compiled(source, name or path)
        if cache:
            keep(compiled, made)
    return gettext.GNUTranslations(io.BytesIO(made))


def places(root: str, theme: str, lang: str) -> dict[str, str]:
    """Where the texts of pages in `lang` may be, as absolute path -> name: the site's own over the theme's, de-AT over de."""
    below = [f"locale/{tag}/LC_MESSAGES/theme.po" for tag in dict.fromkeys((lang, primary(lang)))]
    folders = {root: "", theme: f"{os.path.basename(theme)}/"}
    return {os.path.join(folder, *path.split("/")): name + path for path in below for folder, name in folders.items()}


def of_pages(root: str, theme: str, lang: str, cache: str) -> gettext.NullTranslations:
    """The texts of pages in `lang` as one catalogue; what none says is English; Problems if one is damaged."""
    first, *others = [catalogue(path, cache, name) for path, name in places(root, theme, lang).items()]
    for other in others:
        first.add_fallback(other)
    return first


def spoken(root: str, theme: str, languages: tuple[str, ...], cache: str, text: str) -> tuple[str, str]:
    """A text of pages in the first of some languages in which there is one, and that language; else in English."""
    for lang in languages:
        said = of_pages(root, theme, lang, cache).gettext(text)
        if said != text or primary(lang) == "en":
            return said, lang
    return text, "en"


def _compiled(source: bytes, name: str) -> bytes:
    from babel.messages.mofile import write_mo  # only for a catalogue that is new
    from babel.messages.pofile import PoFileError, read_po

    _refuse_lines(source, name)
    buffer = io.BytesIO()
    try:
        found = read_po(io.BytesIO(source), abort_invalid=True)
        gettext.c2py(found.plural_expr)
        write_mo(buffer, found)
    except (PoFileError, ValueError, LookupError) as error:
        place = (getattr(error, "lineno", None) or -1) + 1
        values = {"why": str(error).partition(" on ")[0]}
        problem = Problem(name, place, min(place, 1), "catalogue", "the texts cannot be read: {why}", "", values)
        raise Problems([problem]) from None
    wrong = [problem for message in found if message.id for problem in _unfit(message, name)]
    if wrong:
        raise Problems(wrong)
    return buffer.getvalue()


def _refuse_lines(source: bytes, name: str) -> None:
    """Problems at the first line that is none; Babel reads a text whose quotation mark is missing as another one."""
    for number, line in enumerate(source.decode("utf-8", "replace").splitlines(), 1):
        if not _LINE.fullmatch(line):
            message = "this is no line of a catalogue"
            hint = 'a text stands in quotation marks: msgstr "…"; one inside it is \\"'
            raise Problems([Problem(name, number, 1, "catalogue", message, hint)])


def _unfit(entry: Message, name: str) -> Iterator[Problem]:
    """A problem for each translation with a placeholder that the English text does not have."""
    english, said = [tuple(map(str, text if isinstance(text, tuple) else (text,))) for text in (entry.id, entry.string)]
    values = dict.fromkeys(_PLACEHOLDER.findall(" ".join(english)), 1)
    if not all(_fits(text, values) for text in english):
        return  # no text with placeholders of this kind
    for text in said:
        if not _fits(text, values):
            known = ", ".join(f"%({value})s" for value in values) or "%%"
            message = "the translation {text} has placeholders that the English text does not have"
            hint = "allowed: {known}; a per cent sign is %%"
            yield Problem(name, entry.lineno or 0, 1, "catalogue", message, hint, {"text": text, "known": known})


def _fits(text: str, values: dict[str, int]) -> bool:
    try:
        return bool(text % values) or not text
    except (KeyError, TypeError, ValueError):
        return False


def problems_in(lang: str, cache: str = "") -> gettext.NullTranslations:
    """The catalogue of problems in a language."""
    return catalogue(os.path.join(HERE, "locale", lang, "LC_MESSAGES", "problems.po"), cache)


def fields_in(lang: str, cache: str = "") -> gettext.NullTranslations:
    """The catalogue of what fields are called, and of their help, in a language."""
    return catalogue(os.path.join(HERE, "locale", lang, "LC_MESSAGES", "fields.po"), cache)


def language_of_reader(default: str) -> str:
    """The language for messages: the locale's (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), else `default`."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(":")[0].split(".")[0].split("_")[0]
        if value and value not in ("C", "POSIX"):
            return value
    return default
