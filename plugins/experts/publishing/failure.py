"""Publishing that comes to nothing: one sentence about it, and what to do."""

from __future__ import annotations

import re

from experts.problems import Problem, Problems

hint = AGAIN = "run the command again: it goes on where it stopped"
_SECRETS = re.compile(r"(?<=://)[^/@\s]+@")


def complain(where: str, message: str, hint: str = "", **values: object) -> Problems:
    """The exception that ends publishing to (or verifying of) `where`; the names and passwords in addresses stay out."""
    told = {key: without_secrets(str(value)) for key, value in values.items()}
    return Problems([Problem(without_secrets(where), 0, 0, "publish", message, hint, told)])


def without_secrets(text: str) -> str:
    """A text whose addresses name no user and no password."""
    return _SECRETS.sub("", text)


def why(error: OSError) -> str:
    """Why the system refuses something."""
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
