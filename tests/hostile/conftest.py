"""The two sites that these tests compare, each built once."""

from __future__ import annotations

from pathlib import Path

import payloads
import pytest
import sites
from factory import Checkout, Site


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Return a copy of the generator."""
    return Checkout(tmp_path_factory.mktemp("hostile") / "checkout")


@pytest.fixture
def site(checkout: Checkout, tmp_path: Path) -> Site:
    """Return a site of everything."""
    return Site(tmp_path / "site", checkout)


@pytest.fixture(scope="session")
def bodies() -> tuple[str, ...]:
    """Return the texts that a body may hold without a problem."""
    return sites.writable(payloads.WRITTEN)


@pytest.fixture(scope="session")
def hostile(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory, bodies: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of a site with hostile texts in all places."""
    return _built(checkout, tmp_path_factory, "hostile", payloads.WRITTEN, bodies)


@pytest.fixture(scope="session")
def calm(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory, bodies: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files of the same site with harmless words of the same lengths."""
    return _built(checkout, tmp_path_factory, "calm", payloads.WRITTEN, bodies)


def _built(
    checkout: Checkout, folders: pytest.TempPathFactory, name: str, texts: tuple[str, ...], bodies: tuple[str, ...]
) -> dict[str, bytes]:
    site = Site(folders.mktemp(name) / "site", checkout, empty=True)
    sites.fill(site, texts, bodies, calm=name == "calm")
    site.built()
    return site.tree()
