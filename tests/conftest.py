"""What all tests share."""

import os

import pytest
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
