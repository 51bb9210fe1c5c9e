"""Sending: a plan is carried out at a target, in an order that never shows a page without what it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from experts import digests, source

from .failure import complain, why
from .manifest import Entry, Listing, write
from .plan import Plan

Progress = Callable[[str, int, int], None]


class Seen(NamedTuple):
    """What is at a target: sizes by path (without the manifest), and the bytes of the manifest (b"" if there is none)."""

    sizes: dict[str, int]
    manifest: bytes


class File(NamedTuple):
    """A file to send: its path at the target, and where its bytes are: in a file, or what a function returns."""

    path: str
    entry: Entry
    origin: str | Callable[[], bytes]

    def read(self) -> bytes:
        """The bytes; Problems if they are not those that were planned."""
        try:
            data = source.read(self.origin) if isinstance(self.origin, str) else self.origin()
        except OSError as error:
            hint = "run build and publish again"
            raise complain(self.path, "the file cannot be read: {why}", hint, why=why(error)) from None
        if digests.of(data).hex() != self.entry.digest:
            raise complain(
                self.path, "the file was changed while it was being published", "run build and publish again"
            )
        return data


class Target(Protocol):
    """A place that holds the site.  Whatever goes wrong there ends as Problems."""

    name: str  # in messages

    def look(self) -> Seen:
        """Find out what is there."""

    def send(self, files: Sequence[File], sent: Callable[[], None]) -> None:
        """Put files there, each whole or not at all; `sent` is called after each."""

    def keep(self, manifest: bytes) -> None:
        """Put the manifest there."""

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that this leaves empty."""

    def finish(self) -> None:
        """Make it count, where that is a step of its own."""


def carry_out(plan: Plan, target: Target, files: Mapping[str, File], kept: bytes, progress: Progress) -> None:
    """Bring a target up to date; `kept` is the manifest that is there, `files` what is to be sent.

    First the manifest notes what is about to change, then come assets, pages, the manifest of the new state, and what is
    gone at last; so a run that ends anywhere leaves a site that works, and the next run finds out what is left to do.
    """

    def keep(listing: Listing) -> None:
        nonlocal kept
        data = write(listing)
        if data != kept:
            target.keep(data)
            kept = data

    if plan.changed or plan.in_the_way:
        keep({**plan.former, **dict.fromkeys(plan.in_the_way), **dict.fromkeys(plan.changed)})
    if plan.in_the_way:
        target.remove(plan.in_the_way)
    done = 0

    def sent() -> None:
        nonlocal done
        done += 1
        progress("send", done, len(plan.changed))

    for paths in filter(None, (plan.assets, plan.pages)):
        target.send([files[path] for path in paths], sent)
    keep({**plan.files, **dict.fromkeys(plan.gone)})
    if plan.gone:
        target.remove(plan.gone)
        keep(dict(plan.files))
    target.finish()
