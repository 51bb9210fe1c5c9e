"""Texts of content lines (RFC 5545, 3.3.11), whatever they hold."""

from __future__ import annotations

from typing import Any

import icalendar


class Text(icalendar.vText):
    r"""A text that is read as it was; icalendar takes ``\N`` for the end of a line, which only content lines may hold."""

    def to_ical(self) -> bytes:
        """The text with its escapes."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n").encode()


def categories(names: list[str]) -> Any:
    """The value of a property that lists texts."""
    found = icalendar.vCategory(names)
    found.cats = [Text(name) for name in names]
    return found
