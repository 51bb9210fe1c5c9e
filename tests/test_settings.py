"""The settings of a site: checked, explained, and never a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from experts import settings
from experts.problems import Problems
from experts.settings import names
from factory import Site
from pelican.settings import DEFAULT_CONFIG


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a checkout with a theme and settings, and a site in it."""
    (tmp_path / "theme/templates").mkdir(parents=True)
    (tmp_path / "pelicanconf.py").write_text('SITENAME = "Ours"\nTHEME = "theme"\nTIMEZONE = "Europe/Berlin"\n')
    (tmp_path / "site").mkdir()
    return tmp_path


def load(folder: Path, text: str = "", **overrides: Any) -> settings.Settings:
    """Load the settings of the site with this text as its settings file."""
    (folder / "site/pelicanconf.py").write_text(text)
    return settings.load(str(folder), str(folder / "site"), **overrides)


def said(folder: Path, text: str) -> str:
    """The problems of a settings file."""
    with pytest.raises(Problems) as found:
        load(folder, text)
    return str(found.value)


def test_the_sites_settings_stand_over_ours(folder: Path) -> None:
    """A site says what is different; all else is as in the checkout, and the command line is over both."""
    assert load(folder).name == "Ours"
    found = load(folder, 'SITENAME = "Theirs"\n')
    assert (found.name, found.timezone) == ("Theirs", "Europe/Berlin")
    assert load(folder, 'SITENAME = "Theirs"\n', SITENAME="Given").name == "Given"


def test_paths_are_relative_to_their_file(folder: Path) -> None:
    """THEME and PLUGIN_PATHS mean folders beside the settings file that names them."""
    assert load(folder).theme == str(folder / "theme")
    (folder / "site/mine/templates").mkdir(parents=True)
    found = load(folder, 'THEME = "mine"\nPLUGIN_PATHS = ["a", "../b"]\n')
    assert found.theme == str(folder / "site/mine")
    assert found.plugin_paths == (str(folder / "site/a"), str(folder / "b"), str(folder / "plugins"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LANGAUGES = ['de']", "pelicanconf.py:1:1: there is no setting LANGAUGES (did you mean LANGUAGES?)"),
        ("\n\nCONSENTS = ''", "pelicanconf.py:3:1: there is no setting CONSENTS (did you mean CONSENT?)"),
        ("PLUGIN_PATH = ''", "pelicanconf.py:1:1: there is no setting PLUGIN_PATH (did you mean PLUGIN_PATHS?)"),
        ("LANGUAGES = 'de'", "pelicanconf.py:1:1: LANGUAGES must be a list, not 'de'"),
        ("LANGUAGES = ['Deutsch']", "Deutsch is not a language code"),
        ("SITENAME = 7", "pelicanconf.py:1:1: SITENAME must be a text, not 7"),
        ("DRAFTS = 'no'", "DRAFTS must be a True or False, not 'no'"),
        ("PLUGINS = 'experts'", "PLUGINS must be a list"),
        ("ORGANISATION = ['x']", "ORGANISATION must be a dictionary"),
        ("ORGANISATION = {'nam': 'x'}", "there is no field nam in ORGANISATION (known fields: name, url, logo)"),
        ("CONSENT = 'maybe'", "maybe is not possible for CONSENT (allowed: required, elsewhere)"),
        ("SITEURL = 'example.com'", "example.com is not an address"),
        ("SITEURL = 'https://[::1'", "https://[::1 is not an address"),
        ("THEME = 'nowhere'", "there is no theme in "),
        ("TIMEZONE = 'Europe/Berln'", "pelicanconf.py:1:1: Europe/Berln is not a time zone"),
        (
            "TAG_AUTHORITY = 'Example'",
            "pelicanconf.py:1:1: Example is not the authority of a tag: address (a host of yours",
        ),
        ("WEBSUB_HUB = 'hub.example'", "pelicanconf.py:1:1: hub.example is not an address"),
        ("FEED_ENDING_DAYS = '90'", "FEED_ENDING_DAYS must be a whole number, not '90'"),
        ("FEED_ENDING_DAYS = -1", "pelicanconf.py:1:1: -1 is not a number of days (0 to 36500)"),
        ("FEED_ENDING_DAYS = True", "True is not a number of days"),
        ("SECURITY = {'contact': 'me@x.example', 'expires': '2027-01-01'}", "contact of SECURITY must be an address"),
        ("SECURITY = {'contact': 'mailto:me@x.example'}", "expires of SECURITY must be a day (like 2027-06-30)"),
        ("A = 1\nB = A +\n", "pelicanconf.py:2:8: this is not Python: invalid syntax"),
        (
            "\nA = nothing\n",
            "pelicanconf.py:2:1: the settings cannot be read: NameError: name 'nothing' is not defined",
        ),
        ("import sys\nsys.exit(3)", "pelicanconf.py:2:1: the settings cannot be read: SystemExit: 3"),
        ("A = '\0'", "this is not Python"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder: Path, text: str, expected: str) -> None:
    """Misspelt names, values of a wrong type and faults of the Python are problems at their line."""
    assert expected in said(folder, text)


def test_all_problems_at_once(folder: Path) -> None:
    """Several wrong settings are told together."""
    assert len(said(folder, "SITENAME = 1\nCONSENT = 'x'\nLANGAUGES = []\n").splitlines()) == 3


def test_pelicans_own_names_are_never_misspellings() -> None:
    """None of the settings that Pelican knows is taken for a slip of another one."""
    assert [name for name in DEFAULT_CONFIG if names.meant(name)] == []


def test_the_digest_stands_for_values_not_places(folder: Path) -> None:
    """What a page could show changes the digest, also Pelican's settings for ordinary pages; where things lie does not."""
    digest = load(folder).digest
    assert load(folder, 'OUTPUT_PATH = "elsewhere"\n').digest == digest
    assert load(folder, "JINJA_FILTERS = {'x': lambda value: value}\n").digest == digest
    for text in (
        'SITENAME = "x"',
        'MARKDOWN = {"a": 1}',
        'REPOSITORY = "https://github.com/example/experts"',
        'BRAND = {"radius": "0"}',
        "TYPOGRIFY = True",
    ):
        assert load(folder, text).digest != digest, text


def test_permanent_names_are_given_by_somebody(folder: Path) -> None:
    """Without TAG_AUTHORITY the host of the site gives the names, else that of the organisation."""
    own = "ORGANISATION = {'url': 'https://example.com/'}\n"
    assert load(folder, own + "SITEURL = 'https://people.example.com/x'").tag_authority == "people.example.com,2026"
    assert load(folder, own).tag_authority == "example.com,2026"
    assert load(folder).tag_authority == "localhost,2026"
    assert load(folder, own + "TAG_AUTHORITY = 'example.org,2020-05-01'").tag_authority == "example.org,2020-05-01"


def test_the_default_language_comes_first(folder: Path) -> None:
    """LANGUAGES may be in any order, and may leave out the default."""
    assert load(folder, "DEFAULT_LANG = 'en'\nLANGUAGES = ['de', 'en', 'fr']").languages == ("en", "de", "fr")
    assert load(folder, "DEFAULT_LANG = 'en'\nLANGUAGES = ['de']").languages == ("en", "de")
    assert load(folder, "DEFAULT_LANG = 'en'\nLANGUAGES = []").languages == ("en",)


def test_wrong_settings_write_nothing(site: Site) -> None:
    """A build with wrong settings ends with exit code 1, without a traceback."""
    site.put("pelicanconf.py", "TIMEZONE = 'Nowhere/At_all'\n")
    run = site.build()
    assert (run.code, run.problems) == (
        1,
        ["pelicanconf.py:1:1: Nowhere/At_all is not a time zone (use a name like Europe/Berlin)"],
    )


def test_maintainers_are_accounts(folder: Path) -> None:
    """Accounts and teams may be written with or without @; anything else is a problem, since it would become a rule."""
    assert load(folder, 'MAINTAINERS = ["@press", "acme/team"]').maintainers == ("press", "acme/team")
    with pytest.raises(Problems, match="is no name of an account"):
        load(folder, 'MAINTAINERS = ["a b"]')
