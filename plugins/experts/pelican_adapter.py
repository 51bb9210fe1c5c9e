"""Pelican as the shell: `pelican -s pelicanconf.py` runs the same build.

Pelican's own generators get nothing to do; ours runs the build and reports to Pelican's user.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from pelican import signals
from pelican.settings import DEFAULT_CONFIG

from . import settings as settings_module
from .cli import build_and_print
from .console import checkout_of, fail, request_for
from .problems import Problems

GIVEN = "EXPERTS_GIVEN"


class Stopped(SystemExit):
    """Ends a run of Pelican with an exit code and without a traceback."""


class Generator:
    """What Pelican runs in place of a generator; it needs only this method."""

    def __init__(self, *, settings: dict[str, Any], output_path: str, **_: Any) -> None:
        """Keep what the build needs of Pelican's settings."""
        self.settings, self.output_path = settings, output_path

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 - Pelican hands one over
        """Build the site; ends Pelican with exit code 1 when there are problems."""
        root = os.path.dirname(os.path.abspath(self.settings["PATH"]))
        given = {**self.settings[GIVEN], "OUTPUT_PATH": os.path.abspath(self.output_path)}
        try:
            settings = settings_module.load(checkout_of(__file__), root, **given)
            code = build_and_print(request_for(settings), report="")
        except Problems as found:
            code = fail(found.problems)
        sys.stdout.flush()
        if code:
            raise Stopped(code)


def _quiet(pelican: Any) -> None:
    """Leave Pelican's own generators nothing to write."""
    # The settings as the site gave them: over those of the checkout, as in every build.
    given = {
        key: value for key, value in pelican.settings.items() if value != DEFAULT_CONFIG.get(key) and key != "PATH"
    }
    pelican.settings.update(
        {GIVEN: given},
        ARTICLE_PATHS=[],
        PAGE_PATHS=[],
        STATIC_PATHS=[],
        THEME_STATIC_PATHS=[],
        DIRECT_TEMPLATES=[],
        TEMPLATE_PAGES={},
        DELETE_OUTPUT_DIRECTORY=False,
        FEED_ALL_ATOM=None,
        FEED_ALL_RSS=None,
        CATEGORY_FEED_ATOM=None,
        AUTHOR_FEED_ATOM=None,
        AUTHOR_FEED_RSS=None,
        TRANSLATION_FEED_ATOM=None,
    )


def _generator(pelican: Any) -> type[Generator]:  # noqa: ARG001 - the sender of the signal
    return Generator


def register() -> None:
    """Connect to Pelican."""
    signals.initialized.connect(_quiet)
    signals.get_generators.connect(_generator)
