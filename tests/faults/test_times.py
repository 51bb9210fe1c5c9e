"""Times of files prove nothing: a build sees what changed, whatever the clock said then or says now."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from experts import console
from factory import Checkout, Site

from .town import PLUGINS, many

YEAR = 31_536_000 * 10**9


def exchange(path: Path, old: bytes, new: bytes, when: tuple[int, int] | None = None) -> None:
    """Put other bytes of the same length into a file and give it these times, or those that it had."""
    status = path.stat()
    data = path.read_bytes()
    assert old in data
    assert len(old) == len(new)
    path.write_bytes(data.replace(old, new))
    os.utime(path, ns=when or (status.st_atime_ns, status.st_mtime_ns))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with its own theme, texts, plugin and a generator of its own, built a while ago."""
    folder = tmp_path_factory.mktemp("times")
    site = Site(folder / "site", Checkout(folder / "checkout"))
    site.own_theme()
    site.put(
        "locale/de/LC_MESSAGES/theme.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Experts"\nmsgstr "Fachleute"\n',
    )
    site.put("content/images/note.txt", "one")
    site.settings(THEME="theme", PLUGINS=PLUGINS)
    site.built()
    return site


INPUTS = [
    ("profiles/ida/profile.md", b"Siehe", b"Sieht"),
    ("content/stories/2026/boiler.md", b"einmal", b"zumals"),
    ("content/pages/about.md", b"See", b"Saw"),
    ("content/images/note.txt", b"one", b"two"),
    ("locale/de/LC_MESSAGES/theme.po", b"Fachleute", b"Kundigste"),
    ("theme/templates/layout.html", b"</body>", b"</BODY>"),
    ("pelicanconf.py", b"Tiny", b"Tidy"),
]


@pytest.mark.parametrize("when", ["same", *[pytest.param(one, marks=many) for one in ("future", "past", "zero")]])
def test_an_edit_that_times_do_not_tell(site: Site, when: str) -> None:
    """Same size and same time (touch -r, rsync -t, cp -p), a time in the future, one long ago: the edit is seen, and the next."""
    now = site.path("profiles/mara/profile.md").stat().st_mtime_ns
    times = {"same": None, "future": (now + YEAR, now + YEAR), "past": (now - YEAR, now - YEAR), "zero": (0, 0)}[when]
    for turn in (0, 1):
        for name, one, two in INPUTS:
            exchange(site.path(name), *((one, two) if turn == 0 else (two, one)), times)
        site.built()
        assert site.stale() == [], f"{when}, {turn}"


def test_files_that_others_bring(site: Site, tmp_path: Path) -> None:
    """A folder that a checkout, a copy with times (cp -p, rsync -t) or a move exchanges is read again, back and forth."""
    older, path = tmp_path / "older.md", site.path("profiles/ida/profile.md")
    shutil.copy2(path, older)
    os.utime(older, (1_000_000_000, 1_000_000_000))
    newer = tmp_path / "newer.md"
    newer.write_bytes(older.read_bytes().replace(b"Siehe", b"Sahen"))
    os.utime(newer, (1_000_000_000, 1_000_000_000))
    for origin in (newer, older):
        if origin is newer:
            subprocess.run(["cp", "-p", str(origin), str(path)], check=True)
        else:
            aside = path.with_name(".aside")
            shutil.copy2(origin, aside)
            aside.replace(path)
        site.built()
        assert site.stale() == []


def test_today_is_that_of_the_site() -> None:
    """Which day it is decides the site's time zone: two that are 25 hours apart never agree."""
    assert console.today_in("Pacific/Kiritimati") > console.today_in("Pacific/Pago_Pago")


def test_the_day_of_the_machine_does_not_matter(site: Site) -> None:
    """The machine's own time zone changes no byte."""
    first = site.built(today="", TZ="Pacific/Kiritimati")
    assert first.code == 0
    before = site.tree()
    assert site.built(today="", TZ="Pacific/Pago_Pago").made == 0
    assert site.tree() == before
