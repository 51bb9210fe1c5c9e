"""A build may be killed at any moment, its cache damaged, its output edited: the next build is right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from factory import MARKER, TODAY, Checkout, Site, differences


def start(site: Site, *options: str) -> subprocess.Popen[bytes]:
    """Start a build in a process group of its own."""
    given = ["build", "--site", str(site.folder), "--output", str(site.output), "--today", TODAY, "--jobs", "2"]
    return subprocess.Popen(
        site.checkout.command(*given, *options),
        env=site.checkout.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill the whole group after some time; whether it was still at work."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def edit(site: Site, number: int) -> None:
    """An edit that makes many outputs anew, adds some and removes some."""
    site.settings(SITENAME=f"Name {number}")
    site.profile("ida", f"Text {number}.\n")
    name = f"new-{number % 3}"
    if site.path(f"profiles/{name}").exists():
        shutil.rmtree(site.path(f"profiles/{name}"))
    else:
        site.profile(name)
        site.portrait(name, number % 256)


def kill_builds(site: Site, count: int, seed: int) -> None:
    """Kill builds at random moments; after each, another build must end with the bytes of a clean one."""
    chance = random.Random(seed)
    site.built()
    began = time.monotonic()
    site.built("--clean")
    whole = time.monotonic() - began
    killed = 0
    for number in range(count):
        backup = site.folder.parent / "backup"
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(site.folder, backup)
        edit(site, number)
        options = ["--clean"] if number % 9 == 8 else []
        killed += kill_after(start(site, *options), chance.uniform(0.05, whole))
        if chance.random() < 0.5:  # … and nothing was meant
            shutil.rmtree(site.folder)
            backup.rename(site.folder)
        if chance.random() < 0.3:
            killed += kill_after(start(site), chance.uniform(0.05, whole))
        site.built()
        assert site.stale() == [], f"{number} of {seed}"
    assert killed > count / 4


def test_a_build_may_be_killed(site: Site) -> None:
    """After kill -9 at any moment, the next build makes what a clean one makes, and leaves no temporary file."""
    kill_builds(site, 5, 1)  # tests/faults kills many more, for less


def stores(checkout: Checkout) -> list[Path]:
    """The files of the cache that hold something."""
    found = [path for path in (checkout.folder / ".cache").rglob("*") if path.is_file() and path.stat().st_size]
    return sorted(found)


@pytest.fixture
def own(tmp_path: Path) -> Site:
    """Return a site with a cache of its own, built twice, so that its stores have grown."""
    site = Site(tmp_path / "site", Checkout(tmp_path / "checkout"))
    site.built()
    site.profile("late", "Ein Text.\n")
    site.built()
    return site


def damage(path: Path, how: int, chance: random.Random) -> None:
    """Cut a file off, flip a bit of it, or empty it."""
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    if how == 0:
        data = data[:at]
    elif how == 1:
        data[at] ^= 1 << chance.randrange(8)
    else:
        data = bytearray()
    path.write_bytes(data)


def test_any_file_of_the_cache_may_be_damaged(own: Site) -> None:
    """A store that is cut off, empty or has a bit flipped costs time, and neither a wrong byte nor a file too many."""
    chance = random.Random(7)
    _, expected = own.clean()
    own.profile("late", "Zwei Texte.\n")
    _, after = own.clean()
    names = [path for path in stores(own.checkout) if "twin" not in str(path)]
    assert {path.name.rstrip("0123456789abcdef") for path in names} >= {
        "stamps",
        "records",
        "pages",
        "outputs-",
        "html-",
    }
    others = [path for path in names if "site-" not in path.parent.name]  # compiled templates and texts: one of each
    for path in [path for path in names if path not in others] + others[:1] + others[-1:]:
        for how in range(3 if path not in others else 2):
            if path.exists():
                damage(path, how, chance)
            own.profile("late", ["Ein Text.\n", "Zwei Texte.\n"][how % 2])
            own.built()
            assert differences(own.tree(), [expected, after][how % 2]) == [], f"{path.name}, {how}"


def test_damage_forgets_no_output(own: Site) -> None:
    """If the last entry of what is known of the output is lost, files of a person removed since are still removed."""
    (store,) = [path for path in stores(own.checkout) if path.name.startswith("outputs-")]
    data = store.read_bytes()
    for size in (len(data) - 1, len(data) // 2, 20):
        store.write_bytes(data[:size])
        shutil.rmtree(own.path("profiles/late"))
        own.built()
        assert own.stale() == []
        own.profile("late", "Ein Text.\n")
        own.built()
        data = store.read_bytes()


def test_the_html_may_be_damaged(own: Site) -> None:
    """A flipped letter in a stored body never reaches a page: its digest tells, and all is read anew."""
    (html,) = [path for path in stores(own.checkout) if path.name.startswith("html-")]
    data = html.read_bytes()
    assert b"Ein Text." in data
    for jobs in (1, 2):
        html.write_bytes(data.replace(b"Ein Text.", b"Ein Taxt."))
        shutil.rmtree(own.output)
        own.built(jobs=jobs)
        assert own.stale() == []
        (html,) = [path for path in stores(own.checkout) if path.name.startswith("html-") and "twin" not in str(path)][
            :1
        ]
        data = html.read_bytes()


def test_a_deleted_cache(own: Site) -> None:
    """Without the cache a build makes everything, writes what differs, and removes what is left over."""
    shutil.rmtree(own.checkout.folder / ".cache")
    shutil.rmtree(own.path("profiles/late"))
    own.built()
    assert own.stale() == []


def test_edited_and_deleted_outputs(own: Site) -> None:
    """A file of the output that somebody edits or deletes is made again, a folder that is deleted too."""
    page = own.output / "experts/mara/index.html"
    page.write_text("edited")
    (own.output / "experts/ida/index.html").unlink()
    assert own.built().made == 2
    assert own.stale() == []
    shutil.rmtree(own.output / "experts")
    own.built()
    shutil.rmtree(own.output)
    own.built()
    assert own.stale() == []
    page.unlink()
    page.mkdir()
    own.built()
    assert own.stale() == []


def test_two_builds_at_once(site: Site) -> None:
    """Builds of one site wait for each other; both succeed."""
    site.built()
    for number in range(3):
        edit(site, number)
        processes = [start(site) for _ in range(3)]
        assert [process.wait(60) for process in processes] == [0, 0, 0]
        assert site.stale() == []


def test_two_outputs_of_one_site(site: Site, tmp_path: Path) -> None:
    """A site may be built into several folders in turn, each with its own day."""
    other = tmp_path / "other"
    for number in range(3):
        edit(site, number)
        site.built()
        site.built(output=other, today="2027-01-05")
        assert site.stale() == []
        _, expected = site.clean(today="2027-01-05")
        assert differences(site.tree(other), expected) == []


def test_edits_during_a_build_and_taken_back(site: Site) -> None:
    """A file that changes between its scan and its reading, and changes back, leaves nothing of what it was."""
    for number in range(3):
        site.built()
        old = site.read("profiles/mara/profile.md")
        picture = site.path("profiles/mara/portrait.png").read_bytes()
        site.settings(SITENAME=f"Name {number}")
        process = start(site, *["--clean"][: number % 2])
        for _ in range(40):
            time.sleep(0.005)
            site.put("profiles/mara/profile.md", old.replace("Ein Text", "Nie gesagt"))
            site.put("profiles/mara/portrait.png", picture + b"never")
        process.wait(60)
        site.put("profiles/mara/profile.md", old)
        site.put("profiles/mara/portrait.png", picture)
        site.built()
        assert site.stale() == [], number
    assert (site.output / MARKER).exists()
