"""Kill -9 at any moment: what is on disk is old or new and never a part, sources are untouched, the next command is right."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .theatre import building, distinct
from .town import TIMES, Town


class Reader(threading.Thread):
    """Reads pages of a folder through a web server until it is stopped; keeps what nobody ever wrote."""

    def __init__(self, folder: Path, versions: list[dict[str, bytes]]) -> None:
        super().__init__()

        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        self.versions, self.seen, self.ended = versions, 0, False
        self.wrong: list[str] = []
        threading.Thread(target=self.server.serve_forever, args=[0.02]).start()

    def run(self) -> None:
        """Read."""
        names = sorted(name for name in self.versions[0] if not name.endswith("/"))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1])
        while not self.ended:
            for name in names:
                if self.ended:
                    break
                connection.request("GET", f"/{name}")
                answer = connection.getresponse()
                data = answer.read()
                self.seen += answer.status == 200
                time.sleep(0.002)
                if answer.status == 200 and data not in [version.get(name) for version in self.versions]:
                    self.wrong.append(name)
        connection.close()

    def stop(self) -> None:
        """End reading and serving."""
        self.ended = True
        self.join()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def reader(town: Town) -> Iterator[Reader]:
    """Return a visitor who reads while builds are killed."""
    town.site.output.mkdir(exist_ok=True)
    reader = Reader(town.site.output, town.clean)
    reader.start()
    yield reader
    reader.stop()


def test_a_build_may_be_killed_at_every_point(town: Town, reader: Reader) -> None:
    """Wherever a build is killed, at each call that changes a file, every file is whole and the next build is right."""
    town.build()
    town.turn()
    points = town.stage.points(building(town.site))
    assert len(points) > 60
    numbers = list(range(1, len(points) + 1)) if TIMES else distinct(points)[::4]
    killed = 0
    for number in numbers:
        town.turn()
        killed += town.kill(at=number)
        town.build()
    assert killed > len(numbers) * 0.8
    assert reader.seen
    assert reader.wrong == []


def test_a_first_build_may_be_killed_at_every_point(town: Town) -> None:
    """The same with neither cache nor output: a folder that a killed build began is known again."""
    town.forget()
    points = town.stage.points(building(town.site))
    for number in range(1, len(points) + 1) if TIMES else distinct(points)[::14]:
        town.forget()
        assert town.kill(at=number)
        town.turn()
        town.build()


def test_a_clean_build_with_workers_may_be_killed(town: Town) -> None:
    """The same for ``--clean`` and with workers, none of which outlives the build."""
    town.build(jobs=2)
    points = town.stage.points(building(town.site, "--clean"))
    for number in range(1, len(points) + 1) if TIMES else distinct(points)[::16]:
        town.turn()
        town.kill(jobs=2, options=("--clean",), at=number)
        town.build(jobs=2)


def test_builds_may_be_killed_at_random_moments(town: Town, reader: Reader) -> None:
    """The same at moments instead of calls, with one worker or two, also twice in a row, with edits between them."""
    chance = random.Random(5)
    town.build()
    killed = 0
    for number in range(20 * (TIMES or 4)):  # some builds are over before their moment has come
        if killed >= (TIMES or 4):
            break
        town.turn()
        jobs = 1 + number % 2
        options = ("--clean",) if number % 7 == 6 else ()
        killed += town.kill(jobs=jobs, options=options, after=chance.uniform(0.005, 0.4))
        if chance.random() < 0.3:
            town.turn()
            killed += town.kill(jobs=jobs, after=chance.uniform(0.005, 0.4))
        town.build(jobs)
    print(f"{killed} killed, {reader.seen} answers read")
    assert killed >= (TIMES or 4)
    assert reader.wrong == []
