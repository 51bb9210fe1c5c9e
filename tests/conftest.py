"""What all tests share."""

import os
from pathlib import Path

import pytest
from factory import Checkout, Site
from hypothesis import settings

# No database: a failing example is kept by writing it down as an @example.
settings.register_profile("here", database=None, deadline=None)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the program of the Chromium that ``tasks.py test`` made sure of."""
    import bootstrap

    program = bootstrap.browser()
    assert program, "no Chromium: start the tests with python3 tasks.py test"
    return program


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Return a copy of the generator that all tests of this process build with."""
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def site(tmp_path: Path, checkout: Checkout) -> Site:
    """Return a tiny site of one of everything, not built yet."""
    return Site(tmp_path / "site", checkout)
