"""What we rely on in Pelican, each fact run for real: a new release that changes one of them fails here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from factory import Run

BARE = """\
SITENAME = "x"
PATH = "content"
OUTPUT_PATH = "output"
TIMEZONE = "UTC"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
NOTHING = BARE + "ARTICLE_PATHS = PAGE_PATHS = STATIC_PATHS = THEME_STATIC_PATHS = DIRECT_TEMPLATES = []\n"
STOPPING = """
from pelican import signals

class Stopped(SystemExit):
    pass

class Plain:
    def __init__(self, **_):
        pass
    def generate_output(self, writer):
        raise Stopped(3)

def generators(pelican):
    return Plain

def register():
    signals.get_generators.connect(generators)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one article."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/one.md").write_text("Title: One\nDate: 2026-01-01\nSlug: one\n\nText.\n")
    return tmp_path


def pelican(folder: Path, settings: str, plugin: str = "") -> Run:
    """Run Pelican with a settings file, and a plugin."""
    (folder / "plugins").mkdir(exist_ok=True)
    (folder / "plugins/ours.py").write_text(plugin)
    more = "PLUGIN_PATHS = ['plugins']\nPLUGINS = ['ours']\n" if plugin else ""
    (folder / "pelicanconf.py").write_text(settings + more)
    done = subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "pelicanconf.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def test_unreadable_files_exit_with_0(folder: Path) -> None:
    """Pelican goes on without a file that it cannot read: our gate must not."""
    (folder / "content/two.md").write_text("no title\n")
    run = pelican(folder, BARE)
    assert run.code == 0
    assert "ERROR" in run.out + run.err


def test_missing_plugins_exit_with_0(folder: Path) -> None:
    """Pelican goes on without a plugin that is missing, or fails: ours is a problem."""
    assert pelican(folder, BARE + "PLUGINS = ['not_there']\n").code == 0
    assert pelican(folder, BARE, "def register():\n    raise ValueError('no')\n").code == 0


def test_a_system_exit_ends_a_run_cleanly(folder: Path) -> None:
    """A generator may be any class, and its SystemExit is Pelican's exit code, without a traceback."""
    run = pelican(folder, NOTHING, STOPPING)
    assert run.code == 3
    assert "Traceback" not in run.out + run.err
    assert not (folder / "output").exists() or not any((folder / "output").iterdir())


def test_generators_with_nothing_to_do_write_nothing(folder: Path) -> None:
    """With empty paths, Pelican's own generators write no file."""
    run = pelican(folder, NOTHING)
    assert run.code == 0, run.out + run.err
    assert not (folder / "output").exists() or not any(path.is_file() for path in (folder / "output").rglob("*"))


def test_deleting_the_output_comes_first(folder: Path) -> None:
    """DELETE_OUTPUT_DIRECTORY empties the output before anything is read: it must stay False."""
    (folder / "output").mkdir()
    (folder / "output/kept.txt").write_text("x")
    pelican(folder, NOTHING + "DELETE_OUTPUT_DIRECTORY = True\n", STOPPING)
    assert not (folder / "output/kept.txt").exists()


def test_receivers_are_weakly_referenced(folder: Path) -> None:
    """A function made inside register() is forgotten: connect module-level ones only."""
    plugin = """
from pelican import signals

def outer(sender):
    print("OUTER")

def register():
    def inner(sender):
        print("INNER")
    signals.initialized.connect(inner)
    signals.initialized.connect(outer)
"""
    out = pelican(folder, NOTHING, plugin).out
    assert "OUTER" in out
    assert "INNER" not in out


def test_plugin_paths_are_not_on_the_path(folder: Path) -> None:
    """A plugin cannot import its neighbour by name: our adapter's build puts the folders on sys.path itself."""
    (folder / "plugins").mkdir()
    (folder / "plugins/neighbour.py").write_text("")
    plugin = """
def register():
    try:
        import neighbour
        print("FOUND")
    except ImportError:
        print("NOT FOUND")
"""
    assert "NOT FOUND" in pelican(folder, NOTHING, plugin).out


def test_templates_fall_back_silently(folder: Path) -> None:
    """A theme without a template gets that of Pelican's `simple` theme: our environment does not."""
    (folder / "theme/templates").mkdir(parents=True)
    run = pelican(folder, BARE + "THEME = 'theme'\n")
    assert run.code == 0
    assert (folder / "output/one.html").exists()


def test_autoescape_is_off(folder: Path) -> None:
    """Pelican escapes nothing by itself: our environment does."""
    (folder / "theme/templates").mkdir(parents=True)
    (folder / "theme/templates/article.html").write_text("{{ '<b>' }}")
    pelican(folder, BARE + "THEME = 'theme'\n")
    assert (folder / "output/one.html").read_text() == "<b>"


def test_settings_given_are_told_from_defaults() -> None:
    """DEFAULT_CONFIG holds Pelican's defaults, so that the adapter can tell what a site has set."""
    from pelican.settings import DEFAULT_CONFIG, configure_settings

    assert DEFAULT_CONFIG["PATH"]
    configured = configure_settings({**DEFAULT_CONFIG, "PATH": "."})
    given = {key for key, value in configured.items() if value != DEFAULT_CONFIG.get(key)}
    assert not given & {"SITENAME", "PLUGINS", "THEME", "DEFAULT_LANG", "TIMEZONE", "STATIC_PATHS", "MARKDOWN"}
