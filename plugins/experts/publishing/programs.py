"""Other programs that publishing runs, like git and rsync: with a time limit, and with what they said when they fail."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

from .failure import complain


class Failed(Exception):  # noqa: N818 - says what became of the program
    """A program ended with an exit code that is not 0; `said` is the last that it wrote on stderr."""

    def __init__(self, code: int, said: str) -> None:
        """Keep code and words."""
        super().__init__(said)
        self.code, self.said = code, said


def run(
    command: Sequence[str],
    where: str,
    package: str,
    seconds: float,
    environment: Mapping[str, str] | None = None,
    given: str = os.devnull,
) -> bytes:
    """What a program writes on stdout when it reads the file `given`; `package` is Debian's, named if it is missing."""
    try:
        with open(given, "rb") as file:
            done = subprocess.run(
                command,
                stdin=file,
                capture_output=True,
                timeout=seconds,
                env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
                check=False,
            )
    except FileNotFoundError:
        message, hint = "the program {program} is not installed", "Debian: apt install {package}"
        raise complain(where, message, hint, program=command[0], package=package) from None
    except subprocess.TimeoutExpired:
        raise Failed(-1, f"{command[0]} did not end within {seconds:.0f} seconds") from None
    if done.returncode:
        raise Failed(done.returncode, _last(done.stderr))
    return done.stdout


def _last(said: bytes) -> str:
    """The line of an output that says most: the first one that speaks of an error, else the last."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [
        line
        for line in lines
        if any(word in line.lower() for word in ("fatal", "failed", "refused", "denied", "rejected", "error"))
    ]
    return (telling or lines[-1:] or ["nothing was said"])[0]
