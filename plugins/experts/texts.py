"""Texts of the interface and of problems in the reader's language: gettext catalogues.

``.po`` files are the source; each is compiled once into the cache, under a name that holds the
digest of its content.
"""

from __future__ import annotations

import gettext
import io
import os

from .cache import keep, kept
from .digests import of as digest
from .source import read

HERE = os.path.dirname(__file__)


def catalogue(path: str, cache: str) -> gettext.NullTranslations:
    """The catalogue of a ``.po`` file; without the file, the English texts themselves."""
    try:
        source = read(path)
    except OSError:
        return gettext.NullTranslations()
    compiled = os.path.join(cache, "texts", digest(source).hex() + ".mo")
    made = kept(compiled) if cache else None
    if made is None:
        from babel.messages.mofile import write_mo  # only for a catalogue that is new
        from babel.messages.pofile import read_po

        buffer = io.BytesIO()
        write_mo(buffer, read_po(io.BytesIO(source)))
        made = buffer.getvalue()
        if cache:
            keep(compiled, made)
    return gettext.GNUTranslations(io.BytesIO(made))


def problems_in(lang: str, cache: str = "") -> gettext.NullTranslations:
    """The catalogue of problems in a language."""
    return catalogue(os.path.join(HERE, "locale", lang, "LC_MESSAGES", "problems.po"), cache)


def language_of_reader(default: str) -> str:
    """The language for messages: the locale's (LANGUAGE, LC_ALL, LC_MESSAGES, LANG), else `default`."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(":")[0].split(".")[0].split("_")[0]
        if value and value not in ("C", "POSIX"):
            return value
    return default
