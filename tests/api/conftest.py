"""Sites whose API is looked at: the demo, a tiny one, and one of odd data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from factory import ROOT, Checkout, Site
from odd import ADDRESS, odd
from published import Api


@pytest.fixture(scope="session")
def odd_site(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Site:
    """Return a site of odd data in a sub-folder of its host, built."""
    site = Site(tmp_path_factory.mktemp("odd") / "site", checkout)
    odd(site)
    site.built()
    return site


@pytest.fixture(scope="session", params=["demo", "tiny", "odd", "empty"])
def api(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Api:
    """Return the API of each of the sites, built."""
    if request.param == "odd":
        return Api(request.getfixturevalue("odd_site").output, f"{ADDRESS}/")
    folder: Path = tmp_path_factory.mktemp(request.param) / "site"
    site = Site(folder, checkout, empty=request.param in ("empty", "demo"))
    if request.param == "demo":
        for name in ("profiles", "content"):
            shutil.rmtree(folder / name)
            shutil.copytree(ROOT / name, folder / name)
        (folder / "pelicanconf.py").unlink()
        site.built("--publish")
        return Api(site.output, "https://experten.nordlicht.example/")
    site.built()
    return Api(site.output, "http://127.0.0.1:8000/")
