"""The same sources give the same bytes, wherever, whenever and however they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from factory import Checkout, Run, Site, differences

PELICANCONF = """\
SITENAME = "Tiny"
DEFAULT_LANG = "de"
LANGUAGES = ["de", "en"]
TIMEZONE = "Europe/Berlin"
PATH = "content"
OUTPUT_PATH = "output"
STATIC_PATHS = ["images"]
"""


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        (1, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}),
        (2, {"PYTHONHASHSEED": "2", "TZ": "America/Anchorage", "LC_ALL": "C"}),
        (4, {"PYTHONHASHSEED": "3", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "PYTHONUTF8": "0"}),
    ],
)
def test_nothing_but_the_sources_counts(site: Site, tmp_path: Path, jobs: int, environment: dict[str, str]) -> None:
    """Folder, file times, hash seed, number of processes, time zone and locale change no byte."""
    for number in range(40):  # enough for four workers
        site.profile(f"person-{number}", location=["Kiel", "Köln", "kiel"][number % 3])
    site.built(jobs=2, PYTHONHASHSEED="0")
    other = Site(tmp_path / "elsewhere" / "a b", site.checkout, empty=True)
    shutil.rmtree(other.folder)
    shutil.copytree(site.folder, other.folder)
    for path in other.folder.rglob("*"):
        os.utime(path, (1, 1))
    other.built(jobs=jobs, **environment)
    assert differences(other.tree(), site.tree()) == []


def test_what_else_is_installed_changes_no_byte(site: Site, tmp_path: Path) -> None:
    """Who has more packages than the lock file names publishes the same files under the same names."""
    site.built()
    packages = tmp_path / "site-packages"
    (packages / "another-1.0.dist-info").mkdir(parents=True)
    path = os.pathsep.join([str(site.checkout.folder / "plugins"), str(packages)])
    other = site.built(output=tmp_path / "other", PYTHONPATH=path)
    assert other.made > 100  # what is kept depends on the libraries; what is published does not
    assert differences(site.tree(tmp_path / "other"), site.tree()) == []


def pelican(site: Site, *options: str) -> Run:
    """Run the `pelican` command in the site's folder."""
    done = subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", *options],
        cwd=site.folder,
        env=site.checkout.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def shell(tmp_path: Path, checkout: Checkout) -> Site:
    """Return a site that names its theme and plugins itself, as Pelican reads only the site's own settings."""
    site = Site(tmp_path / "site", checkout)
    folder = checkout.folder
    plugins = ["experts", "expert_home", "expert_profiles", "expert_lists", "expert_topics", "expert_stories"]
    plugins += ["expert_hooks", "expert_events", "expert_search", "expert_pages", "expert_files"]
    more = f"THEME = {str(folder / 'theme')!r}\nPLUGIN_PATHS = [{str(folder / 'plugins')!r}]\nPLUGINS = {plugins}\n"
    site.put("pelicanconf.py", PELICANCONF + more)
    return site


def test_pelican_makes_the_same(shell: Site) -> None:
    """`pelican -s pelicanconf.py` writes the bytes of `build`, and nothing of its own."""
    run = pelican(shell, "-o", str(shell.folder / "by-pelican"))
    assert run.code == 0, run.out + run.err
    built = shell.build(today="")  # today, as Pelican does
    assert built.code == 0, built.err
    assert differences(shell.tree(shell.folder / "by-pelican"), shell.tree()) == []


def test_pelican_with_problems(shell: Site) -> None:
    """With problems, `pelican` ends with exit code 1, names them, shows no traceback and writes nothing."""
    shell.profile("mara", headline="")
    run = pelican(shell)
    assert run.code == 1
    assert "profiles/mara/profile.md:4:" in run.err
    assert "Traceback" not in run.out + run.err
    assert not (shell.folder / "output").exists() or not any((shell.folder / "output").iterdir())


def test_pelican_with_wrong_settings(shell: Site) -> None:
    """Settings that are wrong are problems for `pelican` too."""
    shell.put("pelicanconf.py", shell.read("pelicanconf.py") + "CONSENT = 'maybe'\n")
    run = pelican(shell)
    assert run.code == 1
    assert "maybe is not possible for CONSENT" in run.err
    assert "Traceback" not in run.out + run.err
