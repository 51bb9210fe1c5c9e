"""Permanent names: `tag:` URIs (RFC 4151) that stay the same whatever becomes of an address, a date or a title."""

from __future__ import annotations

from typing import Protocol

from . import digests


class Named(Protocol):
    """A record with its present short name and the earlier ones."""

    @property
    def slug(self) -> str:
        """The present short name."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Earlier short names, the first one first."""


def name(record: Named) -> str:
    """The first short name that a record ever had: renaming does not make it another."""
    return record.aliases[0] if record.aliases else record.slug


def tag(authority: str, kind: str, *parts: str) -> str:
    """The permanent name of something, given by `authority` (``example.com,2026``).  It names nobody in clear.

    A feed outlives its person's time here, so the parts (short names of people, say) stand in it as their digest only.
    """
    return f"tag:{authority}:{kind}/{digests.of_data(kind, *parts).hex()[:20]}"
