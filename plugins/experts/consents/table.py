"""The register as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

from experts.model import CHANNELS
from experts.problems import Translate, visible

from .register import LATE, NO, Entry

WIDEST = 40  # characters of a name, a version, a reason


def written(entries: Sequence[Entry], translate: Translate) -> str:
    """A line for each person, below a line of titles; no sign of it can command the terminal."""
    _ = translate
    titles = [_("Person"), _("Given"), _("Until"), _("Text"), _("Channels"), _("Renewal"), _("Not shown because")]
    rows = [titles, *[[visible(text, WIDEST) for text in _row(entry, _)] for entry in entries]]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "".join([_line(row, widths) for row in rows])


def _row(entry: Entry, _: Translate) -> list[str]:
    by = f" ({entry.renewal_by})" if entry.renewal_by else ""
    asked = "" if entry.renewal == NO else (_("overdue") if entry.renewal == LATE else _("due")) + by
    text = f"{entry.text} ({entry.text_date})" if entry.text_date else entry.text
    return [f"{entry.name} ({entry.slug})", entry.given, entry.until, text, _channels(entry, _), asked, entry.hidden]


def _channels(entry: Entry, _: Translate) -> str:
    """The channels, the shorter way round."""
    missing = [channel for channel in CHANNELS if channel not in entry.channels]
    if not entry.kept:
        return "-" if entry.hidden else _("kept elsewhere")
    if not missing:
        return _("all")
    if len(missing) < 3:
        return _("all but {channels}").format(channels=", ".join(missing))
    return ", ".join(entry.channels) or "-"


def _line(row: Iterable[str], widths: Iterable[int]) -> str:
    return (
        "  ".join([text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)]).rstrip()
        + "\n"
    )


def _width(text: str) -> int:
    """The columns that a text takes."""
    return sum([0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text])
