"""Workers: they answer in any order, wait for each other, and none is left behind, whatever happens."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from experts import parallel

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are workers only where there is fork")


def children() -> list[str]:
    """The processes that this one has started and not waited for."""
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return file.read().split()


def square(number: int) -> Iterator[Any]:
    """A work of two messages; the second tells the answer to the first."""
    go = yield number * number
    yield (number, go)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_message_comes_and_every_answer(jobs: int) -> None:
    """Each worker's messages come in its order, and it gets the answer to each."""
    found: list[Any] = []
    for answer, message in parallel.run(square, jobs):
        found.append(message)
        answer(message != 4)
    assert sorted(message for message in found if isinstance(message, int)) == [n * n for n in range(jobs)]
    assert sorted(message for message in found if isinstance(message, tuple)) == [(n, n != 2) for n in range(jobs)]


def test_large_messages() -> None:
    """A message may be larger than what a pipe holds."""

    def work(number: int) -> Iterator[Any]:
        yield bytes([number]) * (5 << 20)

    sizes = []
    for answer, message in parallel.run(work, 3):
        sizes.append(len(message))
        answer(True)
    assert sizes == [5 << 20] * 3


@pytest.mark.parametrize("victim", range(3))
def test_a_worker_that_is_killed_ends_the_work(victim: int) -> None:
    """When a worker dies (out of memory, say) while the others wait for their answer, all end and the error says so."""

    def work(number: int) -> Iterator[Any]:
        if number == victim:
            time.sleep(0.2)
            os.kill(os.getpid(), signal.SIGKILL)
        yield "made"

    others = children()
    began = time.monotonic()
    with pytest.raises(parallel.WorkerError, match="ended before its work was done"):
        list(parallel.run(work, 3))
    assert time.monotonic() - began < 10
    assert children() == others


def test_a_worker_that_raises_tells_why() -> None:
    """The traceback of a worker is in the error of the leading process."""

    def work(number: int) -> Iterator[Any]:
        yield 1 // (number - 1)

    others = children()
    with pytest.raises(parallel.WorkerError, match="ZeroDivisionError"):
        [answer(True) for answer, _ in parallel.run(work, 2)]
    assert children() == others


def test_no_more_workers_than_pay_off() -> None:
    """A worker costs milliseconds: small work is done in this process."""
    assert parallel.jobs_for(10, 8, 24) == 1
    assert parallel.jobs_for(48, 8, 24) == 2
    assert parallel.jobs_for(10_000, 2, 24) == 2
