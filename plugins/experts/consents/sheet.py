"""The register as CSV (RFC 4180), safe to open in a spreadsheet.

A program for tables takes a cell for a formula that begins with one of a few signs, also after a separator that is not
the file's own; such a sign gets an apostrophe before it (OWASP, CSV Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from experts.model import CHANNELS

from .register import Entry

COLUMNS = (
    "short_name", "name", "status", "hidden_because", "kept_here", "given", "until", "text", "text_date", *CHANNELS, "withdrawn",
    "renewal", "renewal_by",
)  # fmt: skip
# The full-width forms are the same to some programs.
_FORMULA = re.compile(r"""((?:^|[,;|])[\s"']*)([=+\-@＝＋－＠])""")


def written(entries: Iterable[Entry]) -> str:
    """The register, with a line of names."""
    content = io.StringIO()
    writer = csv.writer(content, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow(map(cell, _row(entry)))
    return content.getvalue()


def _row(entry: Entry) -> tuple[str, ...]:
    def switch(on: bool) -> str:
        return "yes" if on else "no"

    return (
        entry.slug, entry.name, entry.status, entry.hidden, switch(entry.kept), entry.given, entry.until, entry.text, entry.text_date,
        *[switch(channel in entry.channels) for channel in CHANNELS], switch(entry.withdrawn), entry.renewal, entry.renewal_by,
    )  # fmt: skip


def cell(text: str) -> str:
    """A text that is nothing but a text to every program; on one line."""
    plain = "".join([char if char.isprintable() else " " for char in text])
    return _FORMULA.sub(r"\1'\2", plain)
