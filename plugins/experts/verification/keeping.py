"""The files of proofs: written as a whole or not at all, one for each person as soon as it is known."""

from __future__ import annotations

import os

from experts import proofs
from experts.editing import writing


def keep(root: str, slug: str, found: proofs.Proofs) -> None:
    """Write what is confirmed of a person; without anything there is no file."""
    path = os.path.join(root, "profiles", slug, proofs.FILE)
    data = proofs.text(found).encode() if found else b""
    if os.path.islink(path):  # nothing is written to where a link leads
        os.unlink(path)
    try:
        with open(path, "rb") as file:
            before = file.read()
    except FileNotFoundError:
        if data:
            writing.create(path, data)
        return
    if not data:
        os.unlink(path)
    elif data != before:
        writing.replace(path, data)
