"""Labels and help of fields and of their options in a language of the editor, as all forms of the project say them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from experts import texts, wording


class Wordings(NamedTuple):
    """The words for one kind of file; ``translate`` is that of the catalogue of fields."""

    kind: str
    translate: Callable[[str], str]

    def said(self, path: str) -> tuple[str, str]:
        """Label and help of a field (``consent.given``); with a dot at the end, of one of its entries."""
        found = wording.words(self.kind, path)
        return self.translate(found.label), self.translate(found.help) if found.help else ""

    def option(self, path: str, value: str) -> str:
        """The label of an option."""
        return self.translate(wording.option(path, value))


def of(kind: str, lang: str, cache: str) -> Wordings:
    """The words for a kind of file in a language."""
    return Wordings(kind, texts.fields_in(lang, cache).gettext)
