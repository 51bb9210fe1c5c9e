"""A server that is reached with rsync, as a daemon (``rsync://host/module``) or over SSH (``user@host:folder``).

A password of a daemon comes from the environment variable RSYNC_PASSWORD, as rsync has it; SSH asks its agent.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence

from .failure import AGAIN, complain
from .manifest import MOST, NAME
from .patience import patiently
from .programs import Failed, run
from .sending import File, Seen

PASSING = frozenset(
    (5, 10, 11, 12, 30, 35, 255, -1)
)  # exit codes of what may be different a moment later (rsync(1), ssh)
MISSING = 23  # "partial transfer", here: the source is not there
VANISHED = 24  # how rsync calls what it has just removed since the source does not have it
SHELL = "ssh -o BatchMode=yes -o ConnectTimeout=20"  # nobody is there to be asked for a password
SILENCE, LONGEST = 60, 3600  # seconds without a byte, and of a whole transfer
_LISTED = re.compile(rb"^(\S)\S{9}\s+([\d,.]+)\s\S+\s\S+ (.*)$")
_NEW = ("--mkpath", "--chmod=D755,F644")  # folders are made, and everybody may read
_ESCAPED = re.compile(rb"\\#([0-7]{3})")


class Rsync:
    """A folder on another machine."""

    def __init__(self, target: str, stage: str) -> None:
        """Take the target and a folder of our own, in which what is to be sent is put together."""
        self.target = target if target.endswith(("/", ":")) else f"{target}/"
        self.name, self.stage = target, stage

    def look(self) -> Seen:
        """List what is there, and fetch the manifest."""
        try:
            listed = self._rsync("--recursive", "--list-only", "--no-human-readable", self.target)
        except Failed as failed:
            if failed.code != MISSING:
                raise self._told(failed) from None
            listed = b""  # the folder is made by the first transfer
        sizes = dict(_listed(listed))
        if sizes.pop(NAME, None) is None:
            return Seen(sizes, b"")
        self._empty()
        try:
            self._rsync(f"--max-size={MOST}", self.target + NAME, self.stage + os.sep)
        except Failed as failed:
            raise self._told(failed) from None
        with open(os.path.join(self.stage, NAME), "rb") as file:
            return Seen(sizes, file.read())

    def send(self, files: Sequence[File], sent: Callable[[], None]) -> None:
        """Put the files together in a folder, and let rsync take it over; each file is renamed when it is whole."""
        self._empty()
        for file in files:
            place = os.path.join(self.stage, *file.path.split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            data = file.read()
            try:
                os.link(str(file.origin), place)
            except OSError:  # another disk, or not on a disk yet
                with open(place, "wb") as copy:
                    copy.write(data)
        self._transfer("--recursive", "--checksum", "--times", "--delay-updates", *_NEW)
        for _ in files:
            sent()

    def keep(self, manifest: bytes) -> None:
        """Send the manifest alone."""
        self._empty()
        with open(os.path.join(self.stage, NAME), "wb") as file:
            file.write(manifest)
        self._transfer("--recursive", "--checksum", *_NEW)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, then the folders that this leaves empty: those that are not in the (empty) source."""
        self._empty()
        with tempfile.NamedTemporaryFile(prefix="experts-") as names:
            folders = {parent for path in paths for parent in _parents(path)}
            for group in (sorted(paths), sorted(folders, key=lambda path: (-path.count("/"), path))):
                names.seek(0)
                names.truncate()
                names.write("\0".join(group).encode())
                names.flush()
                if group:
                    self._transfer("--delete-missing-args", "--from0", f"--files-from={names.name}")

    def finish(self) -> None:
        """Nothing is left to do."""

    def _empty(self) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)
        os.makedirs(self.stage)

    def _transfer(self, *options: str) -> None:
        try:
            patiently(
                lambda: self._rsync(*options, self.stage + os.sep, self.target),
                lambda error: isinstance(error, Failed) and error.code in PASSING,
            )
        except Failed as failed:
            if failed.code != VANISHED:
                raise self._told(failed) from None

    def _rsync(self, *arguments: str) -> bytes:
        limits = [
            f"--timeout={SILENCE}",
            *(["--contimeout=20"] if "::" in self.target or "rsync://" in self.target else []),
        ]
        return run(
            ["rsync", *limits, *arguments],
            self.name,
            "rsync",
            LONGEST,
            {"RSYNC_RSH": os.environ.get("RSYNC_RSH") or SHELL},
        )

    def _told(self, failed: Failed) -> Exception:
        return complain(self.name, "rsync has failed: {why}", AGAIN, why=failed.said)


def _listed(output: bytes) -> list[tuple[str, int]]:
    """Path and size of each file in the output of ``rsync --list-only``, which escapes odd bytes in names."""
    found = []
    for line in output.split(b"\n"):
        match = _LISTED.match(line)
        if match and match[1] != b"d":
            name = _ESCAPED.sub(lambda escape: bytes([int(escape[1], 8)]), match[3])
            if match[1] == b"l":
                name = name.partition(b" -> ")[0]
            found.append((os.fsdecode(name), int(re.sub(rb"[,.]", b"", match[2]))))
    return found


def _parents(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]
