"""Commands of the generator from a process that has the libraries loaded already: half of a small build is their import.

The generator itself is imported anew by each command, in a process of its own, so that nothing of one test is seen by
another.  What concerns the start of Python (its options, other variables for it, signals) starts a Python of its own.
"""

from __future__ import annotations

import array
import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from typing import NamedTuple

LIBRARIES = (
    "babel.dates", "babel.lists", "babel.numbers", "icalendar", "jinja2.ext", "lunr", "markdown", "markupsafe", "nh3",
    "pelican.contents", "pelican.generators", "pelican.readers", "PIL.Image", "PIL.ImageOps", "yaml",
    "argparse", "ctypes", "importlib.metadata", "multiprocessing", "selectors", "subprocess", "tempfile", "urllib.request",
)  # fmt: skip


class Ended(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


class Preloaded:
    """A process that forks one for each command."""

    def __init__(self) -> None:
        """Start it."""
        self.busy = threading.Lock()
        self.start()
        atexit.register(self.close)

    def start(self) -> None:
        """Start it, or another one."""
        self.here, there = socket.socketpair()
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": ""}
        command = [sys.executable, __file__, str(there.fileno())]
        self.process = subprocess.Popen(command, env=environment, pass_fds=[there.fileno()])
        there.close()

    def close(self) -> None:
        """End it."""
        self.here.close()
        self.process.wait(10)

    def run(
        self, module: str, arguments: list[str], folder: str, environment: Mapping[str, str], seconds: int
    ) -> Ended:
        """Run ``python -m module arguments`` in a folder; TimeoutError after some seconds."""
        try:
            return self._run(module, arguments, folder, environment, seconds)
        except BaseException:  # its answer may still come, and be taken for that of the next command
            self.here.close()
            self.process.kill()
            self.process.wait()
            self.start()
            raise

    def _run(
        self, module: str, arguments: list[str], folder: str, environment: Mapping[str, str], seconds: int
    ) -> Ended:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            asked = json.dumps([module, arguments, folder, dict(environment)]).encode()
            self.here.settimeout(seconds)
            self.here.sendall(len(asked).to_bytes(4, "big"))
            socket.send_fds(self.here, [asked[:1]], [out.fileno(), err.fileno()])
            self.here.sendall(asked[1:])
            code = array.array("i", _exactly(self.here, 4))[0]
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode("utf-8").replace("\r\n", "\n"))
            return Ended(code, *texts)


def _exactly(source: socket.socket, length: int) -> bytes:
    found = b""
    while len(found) < length:
        piece = source.recv(length - len(found))
        if not piece:
            raise EOFError
        found += piece
    return found


def serve(source: socket.socket) -> None:
    """Answer until nobody asks any more."""
    from importlib import import_module

    for name in LIBRARIES:
        import_module(name)
    while True:
        try:
            length = int.from_bytes(_exactly(source, 4), "big")
        except (EOFError, ConnectionError):
            return
        first, files, _, _ = socket.recv_fds(source, 1, 2)
        module, arguments, folder, environment = json.loads(first + _exactly(source, length - 1))
        pid = os.fork()
        if pid == 0:
            source.close()
            _become(module, arguments, folder, environment, files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(pid, 0)
        with contextlib.suppress(ConnectionError):
            source.sendall(array.array("i", [os.waitstatus_to_exitcode(status)]).tobytes())


def _become(module: str, arguments: list[str], folder: str, environment: dict[str, str], files: list[int]) -> None:
    """Be what Python is when it starts, run the module, and end."""
    import runpy

    code: object = 1
    try:
        for target, file in enumerate(files, 1):
            os.dup2(file, target)
            os.close(file)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = None
        sys.path[:1] = [folder, *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
        sys.argv = [module, *arguments]
        code = 0
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
        if isinstance(code, str):
            print(code, file=sys.stderr)
            code = 1
    except BaseException:  # noqa: BLE001 -- as Python itself does
        import traceback

        traceback.print_exc()
        code = 1
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
