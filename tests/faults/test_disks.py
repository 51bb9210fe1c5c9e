"""Real disks: full ones, read-only ones, folders of other people.  Needs a system on which one may mount."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from factory import differences

from .theatre import TRACE, Ending, building, state, tree
from .town import Town, many

STRANGER = 65534
FULL = "the disk is full (make room and start again)"
READ_ONLY = "nothing can be written here: it is read-only (choose another folder, or make this one writable)"
NO_RIGHT = "there is no right to read or write this (check whom it belongs to and start again)"


def mount(*arguments: str) -> None:
    """Mount something; skips the test where nobody may."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("only root may mount")
    if subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")


@pytest.fixture
def disk() -> Iterator[Callable[..., Path]]:
    """Return a function that mounts a small disk, or a folder once more, at a folder."""
    mounted: list[Path] = []

    def begin(place: Path, size: str = "", origin: Path | None = None) -> Path:
        place.mkdir(parents=True, exist_ok=True)
        mount(*(["--bind", str(origin)] if origin else ["-t", "tmpfs", "-o", f"size={size}", "none"]), str(place))
        mounted.append(place)
        return place

    yield begin
    for place in reversed(mounted):
        subprocess.run(["umount", str(place)], check=True)


def again(place: Path, options: str) -> None:
    """Give a mounted disk other options."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Leave only some bytes of a disk."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - left))
    return filler


def fails(town: Town, words: str, argv: list[str], **task: object) -> Ending:
    """A build that must end with one problem, which says this."""
    done = town.stage.run(argv, **task)
    assert done.code == 1, done.words
    assert words in done.err, done.words
    assert not any(word in done.words for word in TRACE), done.words
    return done


@pytest.mark.parametrize("left", [0, pytest.param(40_000, marks=many)])
def test_a_full_disk_for_the_output(town: Town, disk: Callable[..., Path], tmp_path: Path, left: int) -> None:
    """No file of the old site changes, however much room there was; once there is room, the build is right."""
    output = disk(tmp_path / "disk", "8m") / "site"
    argv = building(town.site, output=output)
    assert town.stage.run(argv).code == 0
    old = tree(output)
    filler = fill(output.parent, left)
    town.turn()
    done = fails(town, FULL, [*argv, "--jobs", "2"])
    assert done.err.startswith(f"{output}")
    assert differences(tree(output), old) == []
    filler.unlink()
    assert town.stage.run(argv).code == 0
    assert differences(tree(output), town.clean[town.turns % 2]) == []


@pytest.mark.parametrize("size", [pytest.param("16k", marks=many), "200k"])
def test_a_full_disk_for_the_cache(town: Town, disk: Callable[..., Path], size: str) -> None:
    """Without room for the cache nothing is built, and the old site stays; with room, the build is right."""
    town.build()
    old = tree(town.site.output)
    cache = disk(town.site.checkout.folder / ".cache", size)
    town.turn()
    done = fails(town, FULL, building(town.site))
    assert done.err.startswith(str(cache))
    assert differences(tree(town.site.output), old) == []
    again(cache, "size=16m")
    town.build()


@many
def test_a_full_disk_for_temporary_files(town: Town, disk: Callable[..., Path], tmp_path: Path) -> None:
    """A build needs no room for temporary files, but for bundles of new scripts; and says so."""
    town.build()
    place = disk(tmp_path / "tmp", "64k")
    fill(place, 0)
    town.turn()
    environment = {"TMPDIR": str(place)}
    town.stage.run([])
    assert town.stage.run(building(town.site), environment=environment).code == 0
    (town.site.checkout.folder / ".cache" / "scripts").unlink()
    done = town.stage.run(building(town.site, "--clean"), environment=environment)
    assert not any(word in done.words for word in TRACE), done.words
    assert done.code == 0 or FULL in done.err
    town.build()


def test_a_read_only_output(town: Town, disk: Callable[..., Path], tmp_path: Path) -> None:
    """A folder that cannot be written stays as it is, and the problem names it."""
    output = disk(tmp_path / "disk", "8m") / "site"
    argv = building(town.site, output=output)
    assert town.stage.run(argv).code == 0
    old = tree(output)
    again(output.parent, "ro")
    assert town.stage.run(argv).code == 0  # nothing to do
    town.turn()
    done = fails(town, READ_ONLY, argv)
    assert done.err.startswith(str(output))
    assert differences(tree(output), old) == []
    fails(town, READ_ONLY, building(town.site, output=output.parent / "new"))
    again(output.parent, "rw")
    assert town.stage.run(argv).code == 0
    assert differences(tree(output), town.clean[town.turns % 2]) == []


@many
def test_a_read_only_cache(town: Town, disk: Callable[..., Path], tmp_path: Path) -> None:
    """Where the cache cannot be written, a build says so, works without one, and leaves no temporary folder."""
    cache = disk(town.site.checkout.folder / ".cache", "8m")
    again(cache, "ro")
    town.turn()
    done = town.stage.run(building(town.site), environment={"TMPDIR": str(tmp_path)})
    assert done.code == 0, done.words
    assert done.err == f"(the cache {cache} cannot be written; this run begins without one and keeps none)\n"
    assert differences(tree(town.site.output), town.clean[town.turns % 2]) == []
    assert list(tmp_path.iterdir()) == []


@many
def test_read_only_sources(town: Town, disk: Callable[..., Path], tmp_path: Path) -> None:
    """A site is built from a folder that cannot be written, with the output elsewhere; nothing but that and the cache is."""
    place = disk(tmp_path / "sources", origin=town.site.folder)
    again(place, "ro,bind")
    argv = building(town.site, output=tmp_path / "output")
    argv[argv.index("--site") + 1] = str(place)
    done = town.stage.run(argv)
    assert (done.code, done.err) == (0, "")
    assert differences(tree(tmp_path / "output"), town.clean[town.turns % 2]) == []
    fails(town, READ_ONLY, argv[:3] + argv[5:])  # into the site's own folder


def hand_over(*paths: Path) -> None:
    """Let files and folders belong to somebody else."""
    for path in paths:
        os.chown(path, STRANGER, STRANGER)


def test_files_of_others(town: Town) -> None:
    """Without rights: a cache that cannot be written costs time; a file that cannot be read is named, and so is the output."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root may give files away")
    town.build()
    site, output, cache = town.site, town.site.output, town.site.checkout.folder / ".cache"
    hand_over(cache)
    done = town.stage.run(building(site), powerless=True)
    assert done.code == 0, done.words
    assert done.err.startswith(f"(the cache {cache} cannot be written; ")
    os.chown(cache, 0, 0)
    before, file, folder = state(site.folder), site.path("profiles/ida/profile.md"), site.path("profiles/ida")
    for path, words in ((file, "/profile.md: the file"), (folder, ": the folder")):
        hand_over(path)
        path.chmod(0o700)
        done = town.stage.run(building(site), powerless=True)
        assert f"profiles/ida{words} cannot be read: Permission denied" in done.err, done.words
        os.chown(path, 0, 0)
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert differences(tree(output), town.clean[town.turns % 2]) == []
    assert state(site.folder) == before
    town.turn()
    hand_over(output)
    done = fails(town, NO_RIGHT, building(site), powerless=True)
    assert done.err.startswith(f"{output}")
    os.chown(output, 0, 0)
    hand_over(*[path for path in output.rglob("*") if path.is_dir()])
    fails(town, NO_RIGHT, building(site), powerless=True)
    town.build()


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        ("NOFILE", 12),
        ("FSIZE", 6000),
        *[pytest.param(*one, marks=many) for one in (("NOFILE", 20), ("AS", 130_000_000))],
    ],
)
def test_limits(town: Town, limit: str, value: int) -> None:
    """Few open files, little memory, small files: a sentence, and a right build once the limit is gone."""
    town.build()
    town.turn()
    done = town.stage.run(building(town.site, jobs=2), limit=[limit, value])
    assert not any(word in done.words for word in TRACE), done.words
    assert done.code in (0, 1), done.words
    town.build()
