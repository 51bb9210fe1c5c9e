"""The command ``serve``: build, show the site on this machine, and build again on every change.

A build is a process of its own: changed code of the generator counts, and a build that crashes ends nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from watchfiles import Change, watch

from . import desk as desk_module
from . import sidetree
from .desk import Desk
from .live import where
from .preview import EDITOR, PreviewServer
from .problems import visible

CHECKOUT = Path(__file__).resolve().parents[2]
SHOWN = 20
FOLDERS = ("content", "profiles", "theme", "plugins", "locale", "brand")
SETTINGS = re.compile(r"[^.].*\.(py|toml)")
# Written by editors and Python beside what is edited: hidden files, backups, swap files, numbers that Vim tries.
PASSING = re.compile(r"\..*|#.*#|.*(~|\.(swp|swx|tmp|temp|bak|part|orig|py[co])|___jb_\w+___)|__pycache__|4913")

Command = Callable[[Path, Path, Path], list[str]]
"""The command that builds a site's folder into an output folder and writes a report file."""


def build_command(site: Path, output: Path, report: Path) -> list[str]:
    """Return the command of a build for the preview: with drafts, and without what has problems."""
    options = ["--lenient", "--drafts", "--site", str(site), "--output", str(output), "--report", str(report)]
    return [sys.executable, "-m", "experts", "build", *options]


def editor_command(below: str) -> Command:
    """Return the same with the web editor, for the site in the folder `below` of its repository."""
    return lambda *places: [*build_command(*places), "--editor", below]


def build(command: Command, site: Path, output: Path) -> dict[str, Any]:
    """Build the site and return the build's report; after a crash, one that says so in the build's last words."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.json")
        environment = os.environ | {"PYTHONPATH": str(CHECKOUT / "plugins")}
        start = time.monotonic()
        words: list[str] = []
        with subprocess.Popen(
            command(site, output, file),
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as done:
            for line in done.stderr or ():
                words += [line.strip()] if line.strip() else []
                if line.startswith("("):  # what somebody should know at once, see `console.note`
                    print(line.rstrip(), file=sys.stderr, flush=True)
        seconds = time.monotonic() - start
        try:
            report = json.loads(file.read_text("utf-8"))
        except (OSError, ValueError):
            message = words[-1] if words else f"the build ended with exit code {done.returncode} and no report"
            report = {"ok": False, "problems": [{"message": f"The build broke: {message}"}]}
    return {"made": 0, "unchanged": 0, "removed": 0, "problems": [], **report, "seconds": seconds}


def summary(report: dict[str, Any]) -> list[str]:
    """Return what the terminal shows of a build: one line, and one for each of the first problems."""
    problems = report["problems"]
    first = (
        f"{time.strftime('%H:%M:%S')} built in {report['seconds']:.2f} s: {report['made']} made, "
        f"{report['unchanged']} unchanged, {report['removed']} removed"
    )
    lines = [
        ": ".join(filter(None, [visible(where(problem), 2000), str(problem.get("message", ""))]))
        + (f" ({problem['hint']})" if problem.get("hint") else "")
        for problem in problems
    ]
    count = {0: "", 1: ", 1 problem:"}.get(len(lines), f", {len(lines)} problems:")
    more = [f"… and {len(lines) - SHOWN} more, see the browser"] if len(lines) > SHOWN else []
    return [first + count, *(f"  {line}" for line in [*lines[:SHOWN], *more])]


def watched(site: Path) -> list[Path]:
    """Return the folders that are watched with all they contain."""
    folders = {site / name for name in FOLDERS} | {CHECKOUT / "theme", CHECKOUT / "plugins"}
    return sorted(folder for folder in folders if folder.is_dir())


def counts(root: Path, path: str) -> bool:
    """Tell whether a change of a path below `root` is worth a build."""
    return not any(PASSING.fullmatch(part) for part in Path(path).relative_to(root).parts)


class Watcher:
    """Sets `dirty` whenever something was changed that a build reads, also while a build runs."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.dirty = threading.Event()
        self.again = threading.Event()  # ends the present watch of the folders: there is another one
        self.ended = threading.Event()
        for target in (self.watch_folders, self.watch_settings):
            threading.Thread(target=self.run, args=[target], daemon=True).start()

    def run(self, target: Callable[[], None]) -> None:
        """Run one of the two watches; should it end (the system's limit of watches, say), tell so."""
        try:
            target()
        except (OSError, RuntimeError) as error:
            print(f"Changes are not seen any more, start again: {error}", file=sys.stderr, flush=True)

    def watch_folders(self) -> None:
        """Watch the folders of the site and of the generator."""
        while True:
            self.again.clear()
            if self.ended.is_set():  # asked after the clear, as stop() sets both
                return
            folders = watched(self.site)

            def wanted(_: Change, path: str, folders: list[Path] = folders) -> bool:
                return any(counts(folder, path) for folder in folders if Path(path).is_relative_to(folder))

            for _changes in watch(*folders, watch_filter=wanted, stop_event=self.again):
                self.dirty.set()

    def watch_settings(self) -> None:
        """Watch the settings files, and whether one of the folders comes or goes."""
        roots = {self.site, CHECKOUT}

        def wanted(_: Change, path: str) -> bool:
            return SETTINGS.fullmatch(Path(path).name) is not None or Path(path).name in FOLDERS

        for changes in watch(*roots, watch_filter=wanted, recursive=False, stop_event=self.ended):
            if any(Path(path).name in FOLDERS for _, path in changes):
                self.again.set()
            self.dirty.set()

    def stop(self) -> None:
        """End watching."""
        self.ended.set()
        self.again.set()
        self.dirty.set()


def follow(server: PreviewServer, watcher: Watcher, command: Command) -> None:
    """Build now and after each change, until the watcher is stopped; pages reload if anything is different."""
    problems: list[dict[str, Any]] = []
    while not watcher.ended.is_set():
        watcher.dirty.clear()  # before the build: a change during it leads to another one
        if sys.stdout.isatty():
            print("building …", end="\r", flush=True)
        report = build(command, watcher.site, server.folder)
        print(*summary(report), sep="\n", flush=True)
        if report["made"] or report["removed"] or report["problems"] != problems:
            problems = report["problems"]
            server.live.publish(problems)
        while not watcher.dirty.wait(1):  # with a time-out, since Windows' Ctrl-C waits for one
            pass


def preview(site: Path, port: int, output: Path, command: Command = build_command, desk: Desk | None = None) -> int:
    """Serve a site until Ctrl-C, with the web editor's back end if there is one; return the exit code."""
    output.mkdir(parents=True, exist_ok=True)
    try:
        server = PreviewServer(output, port)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        print(
            f"Port {port} cannot be used ({reason}): name another one with --port (0: any free one).", file=sys.stderr
        )
        return 1
    watcher = Watcher(site)
    threading.Thread(target=server.serve_forever, args=[0.1], daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        print(f"{address}/ (Ctrl-C ends it)", flush=True)
        if desk:
            server.posts[f"{EDITOR}api/v1"] = desk.answer
            print(f"{address}{EDITOR} is the web editor.", flush=True)
        follow(server, watcher, command)
    except KeyboardInterrupt:
        print(flush=True)
    finally:
        watcher.stop()
        server.stop()
    return 0


def command(argv: list[str]) -> int:
    """Run ``serve`` with its options; return the exit code."""
    parser = argparse.ArgumentParser(prog="tasks.py serve", description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=Path(), metavar="DIR", help="folder of the site (default: .)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000; 0: any free one)")
    parser.add_argument(
        "--admin", action="store_true", help="with the web editor /admin/, which saves into the site's Git repository"
    )
    options = parser.parse_args(argv)
    site = options.site.resolve()
    if not site.is_dir():
        print(f"{options.site} is no folder.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    name = hashlib.sha256(str(site).encode()).hexdigest()[:8]
    cache = CHECKOUT / ".cache"
    if not options.admin:
        return preview(site, options.port, cache / f"preview-{name}")
    try:
        with desk_module.opened(site, CHECKOUT, cache / f"editor-{name}") as desk:
            print(*introduction(site), sep="\n", flush=True)
            code = preview(site, options.port, cache / f"preview-{name}-admin", editor_command(desk.tree.below), desk)
            print(*farewell(sidetree.saved(site)), sep="\n", flush=True)
            return code
    except sidetree.Refused as why:
        print(why, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def introduction(site: Path) -> list[str]:
    """Say what the web editor on this machine does."""
    number = sidetree.unsaved(site)
    missing = [f"Not in it: changes of {number} files in your folder that are not committed yet."] if number else []
    return [
        "The web editor saves into the Git repository on this machine, each entry as a branch cms/…; nothing is sent anywhere.",
        "“Publish” in it brings an entry into your own branch and folder.",
        *missing,
    ]


def farewell(branches: list[str]) -> list[str]:
    """Say where that is which was saved and not published."""
    if not branches:
        return []
    return [
        "Saved and not published yet (git push origin BRANCH offers one as a pull request):",
        *[f"  {name}" for name in branches],
    ]
