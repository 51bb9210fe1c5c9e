"""The marker: the file by which a build knows an output folder again, and what is said there of the build.

After a sentence for whoever finds the folder come facts (``address: https://…``), then the paths of the build's own hidden
files, each on a line.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import NamedTuple

NAME = ".our-experts"
_TEXT = "This folder is written by a build. Anything else in it is removed."
_ADDRESS, _DRAFTS = "address: ", "drafts: shown"


class Marker(NamedTuple):
    """What a marker says."""

    address: str  # of the site, "" if it has none yet
    drafts: bool  # whether drafts are shown
    hidden: tuple[str, ...]  # paths of the build's hidden files


def text(address: str, drafts: bool, hidden: tuple[str, ...]) -> str:
    """The marker's text."""
    facts = [_ADDRESS + address] if address else []
    return "\n".join([_TEXT, *facts, *([_DRAFTS] if drafts else []), *hidden, ""])


def read(folder: str) -> Marker | None:
    """The marker of an output folder; None if there is none."""
    with suppress(OSError):
        with open(os.path.join(folder, NAME), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()[1:]
        address = next((line.removeprefix(_ADDRESS) for line in lines if line.startswith(_ADDRESS)), "")
        hidden = [line for line in lines if line != _DRAFTS and not line.startswith(_ADDRESS)]
        return Marker(address, _DRAFTS in lines, tuple(hidden))
    return None
