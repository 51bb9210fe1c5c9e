"""How much work a text makes: counted, not timed, so that the same text gives the same answer on every machine.

A step is about a nanosecond of one core.  What grows with the square of a text is counted where it is done (`restraint`);
what grows with its length alone is not.  People's texts of 65 kilobytes need some ten million steps.
"""

from __future__ import annotations

LIMIT = 1_500_000_000


class TooMuch(Exception):  # noqa: N818 - says what the text is
    """A text that makes too much work; `near` is the beginning of the part at which it became too much."""

    def __init__(self, near: str) -> None:
        """Take the part."""
        super().__init__("too many marks in one paragraph, list or table")
        self.near = near


class Effort:
    """The steps that are left for a text."""

    __slots__ = ("left", "near")

    def __init__(self) -> None:
        """Begin a text."""
        self.reset()

    def reset(self) -> None:
        """Begin another text."""
        self.left, self.near = LIMIT, ""

    def spend(self, steps: int) -> None:
        """Count work; TooMuch once it is more than `LIMIT`."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch(self.near)
