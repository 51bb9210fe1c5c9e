"""A program that runs commands of the generator, each in a process of its own that meets with an accident.

It has imported all that a command needs, so that a command begins at once.  Each line of its input is a task (JSON); the
answer says how the command ended, and which points of its way it passed.  A point is a call that changes a file: opening
it for writing (or at all, where `reads` is asked), writing, renaming, removing, making a folder.  At a chosen one, the whole process group is killed, with
half of the bytes written where it is a write, or the call fails with an error of the system.
"""

from __future__ import annotations

import atexit
import ctypes
import errno
import json
import mmap
import os
import pkgutil
import resource
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.utime", "os.chmod",
}  # fmt: skip
ROUTES = {"write": os.write, "pwrite": os.pwrite}


class Accident:
    """What happens at which point; the points are counted together with those of all workers."""

    def __init__(self, task: dict[str, Any]) -> None:
        self.at, self.how, self.list = task.get("at", 0), task.get("how", ""), task.get("list", "")
        self.forever, self.reads = bool(task.get("forever")), bool(task.get("reads"))
        self.counter = mmap.mmap(-1, 8)
        self.asleep = False

    def passes(self, what: str, path: Any) -> bool:
        """Count a point; whether this is the one."""
        if self.asleep or (isinstance(path, (str, bytes)) and os.fsdecode(path).startswith("/dev/")):
            return False
        number = int.from_bytes(self.counter[:8], "little") + 1
        self.counter[:8] = number.to_bytes(8, "little")
        if self.list:
            self.asleep = True
            frames = [frame for frame in traceback.extract_stack() if "/experts/" in frame.filename]
            place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].name}" if frames else ""
            with open(self.list, "a", encoding="utf-8", errors="replace") as file:
                file.write(f"{what} {place} {path if isinstance(path, str) else ''}\n")
            self.asleep = False
        return number == self.at or (self.forever and number >= self.at > 0)

    def strike(self, path: Any) -> None:
        """Let it happen."""
        if self.how == "kill":
            os.killpg(0, signal.SIGKILL)
            signal.pause()
        code = getattr(errno, self.how)
        name = path if isinstance(path, (str, bytes)) else None
        raise OSError(code, os.strerror(code), *([name] if name else []))

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """See what the process does (PEP 578)."""
        opens = event == "open" and isinstance(arguments[2], int) and (self.reads or arguments[2] & WRITING)
        if (opens or event in CHANGES) and self.passes(event, arguments[0]):
            self.strike(arguments[0])


def writes(accident: Accident) -> None:
    """Count what is written into files, and stop in the middle of it."""

    def route(name: str) -> Any:
        def write(descriptor: int, data: Any, *place: int) -> int:
            if descriptor > 2 and not _is_pipe(descriptor) and accident.passes(f"os.{name}", None):
                ROUTES[name](descriptor, memoryview(data)[: len(data) // 2], *place)
                accident.strike(None)
            return int(ROUTES[name](descriptor, data, *place))

        return write

    for name in ROUTES:
        doors[name] = route(name)


def _is_pipe(descriptor: int) -> bool:
    return not os.path.isfile(f"/proc/self/fd/{descriptor}")


doors: dict[str, Any] = dict(ROUTES)


def load() -> None:
    """Import the generator."""
    for name in ROUTES:  # before modules take them by name
        setattr(os, name, lambda *arguments, name=name: doors[name](*arguments))
    import experts

    plugins = os.path.dirname(os.path.dirname(os.path.abspath(experts.__file__)))
    names = [found.name for found in pkgutil.walk_packages(experts.__path__, "experts.")]
    names += [found.name for found in pkgutil.iter_modules([plugins]) if found.name.startswith("expert_")]
    for name in names:
        if name != "experts.__main__":
            import_module(name)
    import PIL.Image
    import yaml.cyaml
    import jinja2.ext
    import pelican.readers

    PIL.Image.init()
    assert yaml
    assert jinja2
    assert pelican


def powerless() -> None:
    """Take root's power over what belongs to others from this process: it then is like any other user (capabilities(7))."""
    bits = (1 << 64) - 1 - 0b1110  # all but CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
    low, high = bits & 0xFFFFFFFF, (bits >> 32) & 0x1FF
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    for at in (0, 1, 2):
        sets[at], sets[at + 3] = sets[at] & low, sets[at + 3] & high
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def perform(task: dict[str, Any]) -> dict[str, Any]:
    """Run a command in a child; how it ended."""
    accident = Accident(task)
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            os.setsid()
            os.chdir(task["folder"])
            for descriptor, name in ((0, os.devnull), (1, task["out"]), (2, task["err"])):
                opened = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC * (descriptor > 0))
                os.dup2(opened, descriptor)
                os.close(opened)
            sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - for as long as it lives
            sys.stdout, sys.stderr = [open(number, "w", encoding="utf-8") for number in (1, 2)]  # noqa: SIM115
            os.environ.update(task.get("environment", {}))
            if task.get("limit"):
                name, value = task["limit"]
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
            if task.get("powerless"):
                powerless()
            import experts.cli

            if task.get("at") or task.get("list"):
                writes(accident)
                sys.addaudithook(accident.hook)
            code = experts.cli.main(task["argv"])
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except BaseException:  # noqa: BLE001 - as Python itself does
            traceback.print_exc()
            code = 1
        finally:
            accident.asleep = True
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    if task.get("after"):
        signal.signal(signal.SIGALRM, lambda *_: strike(pid))
        signal.setitimer(signal.ITIMER_REAL, task["after"])
    _, status = os.waitpid(pid, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    left = strike(pid)  # a worker that outlives it
    return {
        "code": os.waitstatus_to_exitcode(status),
        "points": int.from_bytes(accident.counter[:8], "little"),
        "left": left,
    }


def strike(group: int) -> bool:
    """Kill a process group; whether there was one."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    load()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(perform(json.loads(line))), flush=True)
