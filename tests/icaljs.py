"""A parser that is not ours: ical.js reads calendars (RFC 5545) and cards (RFC 6350) in a process of Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any, Self

import pytest
from factory import ROOT

SCRIPT = """
import ICAL from "ical.js";
import { createInterface } from "node:readline";

function moments(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const found = {};
  for (const entry of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(entry);
    found[event.uid] = [event.startDate.toJSDate().getTime() / 1000, event.endDate.toJSDate().getTime() / 1000];
  }
  ICAL.TimezoneService.reset();
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { what, text } = JSON.parse(line);
  console.log(JSON.stringify(what === "moments" ? moments(text) : ICAL.parse(text)));
}
"""


class Reader:
    """A running ical.js."""

    def __init__(self) -> None:
        """Start it."""
        command = ["node", "--input-type=module", "-e", SCRIPT]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    def _ask(self, what: str, data: bytes) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"what": what, "text": data.decode("utf-8")}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def parse(self, data: bytes) -> Any:
        """The file as jCal (RFC 7265) or jCard (RFC 7095)."""
        return self._ask("parse", data)

    def moments(self, data: bytes) -> dict[str, tuple[float, float]]:
        """UID -> start and end of each event, in seconds since 1970, by the file's own time zones."""
        return {uid: (start, end) for uid, (start, end) in self._ask("moments", data).items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()


@pytest.fixture(scope="session")
def ical() -> Iterator[Reader]:
    """Return ical.js, one process for all tests."""
    with Reader() as reader:
        yield reader


def lines_are_sound(data: bytes) -> None:
    """Assert what RFC 5545 3.1 and RFC 6350 3.2 ask of content lines: CRLF, 75 octets, whole characters, no controls."""
    assert data.endswith(b"\r\n")
    for line in data[:-2].split(b"\r\n"):
        assert len(line) <= 75, line
        assert line.strip()
        line.decode("utf-8")
        assert not [byte for byte in line if (byte < 32 and byte != 9) or byte == 127], line
