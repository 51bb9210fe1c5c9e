"""Work on all cores: forked workers that send plain data back through pipes.

Workers inherit the parent's memory, so nothing has to be sent to them.  Where there is no fork
(Windows) or only one job, the work is done in this process.
"""

from __future__ import annotations

import errno
import gc
import itertools
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any


class WorkerError(Exception):
    """A worker ended without finishing its work."""


def jobs_for(count: int, wanted: int, least: int) -> int:
    """How many workers pay off for `count` pieces of work, of which at least `least` go to each."""
    if not hasattr(os, "fork"):
        return 1
    return max(1, min(wanted, count // least))


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Worker:
    """A forked process that runs the generator ``work(number)``.

    What it yields comes through the pipe `results`; what `answer` sends becomes the value of its `yield`.
    """

    def __init__(self, work: Callable[[int], Any], number: int) -> None:
        """Fork and begin."""
        results, self._out = os.pipe()
        self._in, answers = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(results)
            os.close(answers)
            _serve(work, number, self._out, self._in)
        os.close(self._out)
        os.close(self._in)
        self.results, self.answers = results, answers

    def answer(self, value: bool) -> None:
        """Let the worker go on (True), or not."""
        os.write(self.answers, b"1" if value else b"0")

    def close(self) -> None:
        """Hang up: a worker that waits for an answer ends."""
        for descriptor in (self.results, self.answers):
            os.close(descriptor)


def _serve(work: Callable[[int], Any], number: int, out: int, answers: int) -> None:
    """The life of a worker; never returns."""
    status = 1
    try:
        gc.freeze()  # what is inherited lives on; a collection looks at the worker's own objects only
        generator = work(number)
        answer = None
        while True:
            try:
                message = generator.send(answer)
            except StopIteration:
                break
            _send(out, message)
            _clear_up()
            answer = os.read(answers, 1) == b"1"
        _send(out, None)
        status = 0
    except BaseException as error:  # noqa: BLE001 - whatever it is, the leading process must hear of it
        import traceback

        _send(out, ("error", traceback.format_exc(), _refusal(error)))
    finally:
        os._exit(status)


def _refusal(error: BaseException) -> tuple[Any, ...]:
    """What the machine refused, as plain data: the arguments of an OSError, or nothing."""
    if isinstance(error, MemoryError):
        return errno.ENOMEM, os.strerror(errno.ENOMEM)
    if isinstance(error, OSError) and error.errno:
        return error.errno, error.strerror, *([error.filename] if isinstance(error.filename, str) else [])
    return ()


_messages = itertools.count(1)


def _clear_up() -> None:
    """Collect the circles that pages and texts leave behind, between some pieces of work: often enough to stay small."""
    if next(_messages) % 4 == 0:
        gc.collect()


def _send(descriptor: int, message: Any) -> None:
    data = marshal.dumps(message)
    view = memoryview(len(data).to_bytes(8, "little") + data)
    while view:
        view = view[os.write(descriptor, view) :]


def _receive(descriptor: int) -> Any:
    length = int.from_bytes(_exactly(descriptor, 8), "little")
    return marshal.loads(_exactly(descriptor, length))


def _exactly(descriptor: int, length: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        piece = os.read(descriptor, min(length - len(pieces), 1 << 20))
        if not piece:
            raise WorkerError("a worker ended before its work was done (killed, or out of memory?)")
        pieces += piece
    return bytes(pieces)


def run(
    work: Callable[[int], Any], jobs: int, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[tuple[Callable[[bool], None], Any]]:
    """Run ``work(0)`` … ``work(jobs - 1)``; yields ``(answer, message)`` for each message that a worker yields.

    A worker waits after each message until it is answered.  WorkerError if one fails, OSError if the machine refuses it
    something.  `meanwhile` is
    called here while the workers of several jobs are busy.
    """
    if jobs == 1:
        yield from _here(work(0))
        return
    import selectors  # not needed where there is little to do

    workers: list[Worker] = []
    waiting = selectors.DefaultSelector()
    left = jobs
    try:
        for number in range(jobs):
            workers.append(Worker(work, number))
            waiting.register(workers[-1].results, selectors.EVENT_READ, workers[-1])
        meanwhile()
        while left:
            for ready, _ in waiting.select():
                worker = ready.data
                message = _receive(worker.results)
                if message is None:
                    waiting.unregister(worker.results)
                    left -= 1
                elif type(message) is tuple and message and message[0] == "error":
                    raise OSError(*message[2]) if message[2] else WorkerError(message[1])
                else:
                    yield worker.answer, message
    finally:
        waiting.close()
        for worker in workers:  # all of them first: a worker has copies of the pipes of those before it
            worker.close()
        for worker in workers:
            os.waitpid(worker.pid, 0)


class Aside:
    """The plain result of a function that, where it pays off, another process computes meanwhile."""

    def __init__(self, function: Callable[[], Any], pays: bool) -> None:
        """Begin, if it `pays` (and there is fork); else `result` computes."""

        def work(_: int) -> Iterator[Any]:
            yield function()

        self._function = function
        self._results: list[Any] = []
        self._worker = Worker(work, 0) if pays and hasattr(os, "fork") else None

    def result(self) -> Any:
        """Wait for the result."""
        if not self._results:
            self._results.append(_receive(self._worker.results) if self._worker else self._function())
            self.close()
        return self._results[0]

    def close(self) -> None:
        """The process is not needed any more."""
        if self._worker is not None:
            self._worker.close()
            os.waitpid(self._worker.pid, 0)
            self._worker = None


def _here(generator: Any) -> Iterator[tuple[Callable[[bool], None], Any]]:
    """The same in this process."""
    given: list[bool] = []
    answer: bool | None = None
    gc.freeze()
    try:
        while True:
            try:
                message = generator.send(answer)
            except StopIteration:
                return
            given.clear()
            yield given.append, message
            _clear_up()
            answer = given[0] if given else False
    finally:
        gc.unfreeze()
