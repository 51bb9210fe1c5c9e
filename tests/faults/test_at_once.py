"""Two commands at once: the second one says whom it waits for, not for ever, and nobody waits for the dead."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from experts.locks import locked, output_locked
from experts.problems import Problem, Problems
from factory import ROOT, Site, differences

from .theatre import building, tree
from .town import Town

HOLD = """
import os, sys
from experts import locks
with getattr(locks, sys.argv[1])(sys.argv[2]):
    if len(sys.argv) > 3 and os.fork() == 0:
        os.close(1)
        sys.stdin.read()
        os._exit(0)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def hold() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return a function that lets another process hold a lock."""
    processes = []

    def begin(kind: str, folder: Path, *more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, kind, str(folder), *more],
            env={"PYTHONPATH": str(ROOT / "plugins")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        return process

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


def cache_of(town: Town) -> Path:
    """The cache of the town's site, which has been built."""
    (folder,) = (town.site.checkout.folder / ".cache").glob("site-*")
    return folder


def test_whom_one_waits_for_is_said(town: Town, hold: Callable[..., subprocess.Popen[str]]) -> None:
    """A build that has to wait says so with process and time; with ``--wait 0`` it ends at once, with exit code 1."""
    town.build()
    holder = hold("locked", cache_of(town))
    done = town.stage.run([*building(town.site), "--wait", "0"])
    assert done.code == 1
    pattern = rf"another command is working on this site \(process {holder.pid}, since \d\d:\d\d\) "
    assert re.search(pattern + r"\(start again when it has ended; one that hangs has to be ended first\)", done.err)
    german = town.stage.run([*building(town.site), "--wait", "0", "--lang", "de"])
    assert f"ein anderer Befehl arbeitet gerade an dieser Website (Prozess {holder.pid}, seit " in german.err


def test_nobody_waits_for_the_dead(town: Town, hold: Callable[..., subprocess.Popen[str]]) -> None:
    """A build goes on when the one that it waited for is killed; a lock file that is left over blocks nobody."""
    town.build()
    holder = hold("locked", cache_of(town))
    build = subprocess.Popen(
        town.site.checkout.command(*building(town.site)),
        env=town.site.checkout.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert build.stderr
    first = build.stderr.readline()
    assert first.startswith(f"(another command is working on this site (process {holder.pid}, since ")
    assert first.endswith("; waiting for it)\n")
    assert build.poll() is None
    os.kill(holder.pid, signal.SIGKILL)
    _, err = build.communicate(timeout=60)
    assert (build.returncode, err) == (0, "")
    assert (cache_of(town) / "lock").exists()
    assert town.stage.run([*building(town.site), "--wait", "0"]).code == 0


def test_an_output_folder_is_held_whatever_the_cache(
    town: Town, hold: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    """Who writes into a folder holds it against other checkouts and other sites; other folders are free."""
    town.build()
    hold("output_locked", town.site.output)
    done = town.stage.run([*building(town.site), "--wait", "0"])
    assert done.code == 1
    assert f"site-output: another command is working on the folder {town.site.output} (start again" in done.err
    assert town.stage.run([*building(town.site, output=tmp_path / "other"), "--wait", "0"]).code == 0
    assert differences(tree(tmp_path / "other"), tree(town.site.output)) == []


def test_two_builds_into_one_folder(town: Town, tmp_path: Path) -> None:
    """Two sites with different caches and one output folder, at once: what is there in the end is one of them, as a whole."""
    town.build()
    twin = object.__new__(Site)
    twin.folder, twin.checkout, twin.output = tmp_path / "twin", town.site.checkout, town.site.output
    shutil.copytree(town.site.folder, twin.folder)
    commands = [building(site, "--clean") for site in (town.site, twin)]
    started = [
        subprocess.Popen(site.checkout.command(*one), env=site.checkout.environment(), stderr=subprocess.DEVNULL)
        for site, one in zip((town.site, twin), commands, strict=True)
    ]
    assert [process.wait(120) for process in started] == [0, 0]
    assert differences(tree(town.site.output), town.clean[town.turns % 2]) == []
    town.build()


def test_two_caches_in_turn(town: Town, tmp_path: Path) -> None:
    """A folder that is built with one cache and then with another: nothing of what only the other one knows stays there."""
    town.build()
    mine = cache_of(town)
    theirs = tmp_path / "theirs"
    for _ in range(2):
        town.turn()
        mine.rename(tmp_path / "aside")
        if theirs.exists():
            theirs.rename(mine)
        town.build()
        mine.rename(theirs)
        (tmp_path / "aside").rename(mine)
        town.turn()
        town.build()


def test_a_folder_that_cannot_be_built_does_not_stay(town: Town, tmp_path: Path) -> None:
    """An output folder is held before anything is known of the site; one that is made for that alone does not stay."""
    town.build()
    town.site.put("profiles/broken/profile.md", "none")
    done = town.stage.run(building(town.site, output=tmp_path / "a" / "b"))
    shutil.rmtree(town.site.path("profiles/broken"))
    assert done.code == 1
    assert not (tmp_path / "a").exists()


def test_the_preview_says_that_it_waits(town: Town, hold: Callable[..., subprocess.Popen[str]]) -> None:
    """A preview's build waits for a build of the same site, and the terminal shows it."""
    town.build()
    hold("locked", cache_of(town))
    preview = subprocess.Popen(
        town.site.checkout.command("serve", "--site", str(town.site.folder), "--port", "0"),
        env=town.site.checkout.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert preview.stderr
    try:
        assert "an dieser Website (Prozess" in preview.stderr.readline()
    finally:
        os.killpg(preview.pid, signal.SIGKILL)
        preview.communicate()


def test_file_systems_without_locks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a (network) file system knows no locks, a command says so and goes on."""

    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    said: list[Problem] = []
    with locked(str(tmp_path / "cache"), said.append):
        pass
    assert [problem.line_of_text().partition(": ")[2] for problem in said] == [
        f"the file system of {tmp_path / 'cache' / 'lock'} knows no locks "
        "(see to it that nothing else builds this site meanwhile)"
    ]


def test_a_folder_that_is_removed_meanwhile(tmp_path: Path) -> None:
    """A lock on a folder that somebody removed holds nothing: the next one takes that of the new folder."""
    folder = tmp_path / "output"
    with output_locked(str(folder)):
        shutil.rmtree(folder)
        with output_locked(str(folder), patience=0), pytest.raises(Problems), output_locked(str(folder), patience=0):
            pass
    assert not folder.exists()


def test_workers_hold_it_too(tmp_path: Path, hold: Callable[..., subprocess.Popen[str]]) -> None:
    """As long as a worker of a killed build may still write, the folder is held; then it is free."""
    folder = tmp_path / "output"
    folder.mkdir()
    holder = hold("output_locked", folder, "and a worker")
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with pytest.raises(Problems), output_locked(str(folder), patience=0):
        pass
    assert holder.stdin
    holder.stdin.close()
    holder.stdin = None
    with output_locked(str(folder), patience=30):
        pass
