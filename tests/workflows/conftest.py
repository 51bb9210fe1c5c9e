"""Repositories whose workflows are run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from runners.world import World


@pytest.fixture
def github(tmp_path: Path) -> Iterator[World]:
    """Return a repository on GitHub."""
    world = World(tmp_path, "github")
    yield world
    world.forge.close()


@pytest.fixture
def gitlab(tmp_path: Path) -> Iterator[World]:
    """Return a repository on GitLab."""
    world = World(tmp_path, "gitlab")
    yield world
    world.forge.close()
