"""Targets for tests of publishing: real ones on this machine, that can be looked into and written to by strangers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from experts import digests
from experts.publishing import manifest
from experts.publishing.plan import Plan, plan
from experts.publishing.sending import File, Target, carry_out

RSYNC = shutil.which("rsync")


class Spot(NamedTuple):
    """A target: how it is opened, its files, a way for strangers to put a file there, and its name on the command line."""

    open: Callable[[], Target]
    read: Callable[[], dict[str, bytes]]
    put: Callable[[str, bytes], None]
    options: tuple[str, ...] = ()


def publish(files: Mapping[str, bytes], target: Target) -> Plan:
    """Bring files to a target, as the command does; the plan that was carried out."""
    entries = {path: manifest.entry_of(path, digests.of(data).hex(), len(data)) for path, data in files.items()}
    seen = target.look()
    todo = plan(entries, manifest.read(seen.manifest) or {}, seen.sizes)
    sources = {path: File(path, entries[path], lambda path=path: files[path]) for path in todo.changed}
    carry_out(todo, target, sources, seen.manifest, lambda *_: None)
    return todo


def tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder, without the manifest."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != manifest.NAME}


def write(folder: Path) -> Callable[[str, bytes], None]:
    """A function that writes a file below a folder."""

    def put(path: str, data: bytes) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)

    return put


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def rsync_daemon(folder: Path, root: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """An rsync daemon that serves `root`; its address, and a function that ends it."""
    port = free_port()
    user = "uid = root\ngid = root\n" if os.getuid() == 0 else ""
    config = folder / "rsyncd.conf"
    config.write_text(
        f"port = {port}\naddress = 127.0.0.1\nuse chroot = no\npid file = {folder}/rsync.pid\nlog file = {folder}/rsync.log\n"
        f"[site]\npath = {root}\nread only = no\n{user}"
    )
    command = [str(RSYNC), "--daemon", "--no-detach", f"--config={config}"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"rsync://127.0.0.1:{port}/site", process.kill
    finally:
        process.kill()
        process.wait()


def branch_tree(repository: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """The files of a branch, without the manifest."""
    if not git(repository, "branch", "--list", branch):
        return {}
    listed = git(repository, "ls-tree", "-r", "-z", "--name-only", branch).split(b"\0")
    names = [os.fsdecode(name) for name in listed if name and os.fsdecode(name) != manifest.NAME]
    return {name: git(repository, "cat-file", "blob", f"{branch}:{name}") for name in names}


def git(folder: Path, *arguments: str, **options: Any) -> bytes:
    """What a git command writes."""
    who = {
        f"GIT_{role}_{what}": "stranger@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **who}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], env=environment, capture_output=True, check=True, **options
    ).stdout
