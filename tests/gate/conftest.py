"""A repository for each test, and one cache for all."""

from pathlib import Path

import pytest

from .repositories import Repo


@pytest.fixture(scope="session")
def gate_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which checks remember what they read."""
    return tmp_path_factory.mktemp("gate-cache")


@pytest.fixture
def repo(tmp_path: Path, gate_cache: Path) -> Repo:
    """Return a repository of a tiny site."""
    return Repo(tmp_path / "repo", gate_cache)
