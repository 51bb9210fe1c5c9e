"""Permanent names: `tag:` URIs (RFC 4151) that stay the same whatever becomes of an address, a date or a title."""

from __future__ import annotations

from hashlib import blake2b
from typing import Protocol


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
    digest = blake2b(
        "\0".join([kind, *parts]).encode(), digest_size=10
    )  # not `digests`: those may change with a version
    return f"tag:{authority}:{kind}/{digest.hexdigest()}"
