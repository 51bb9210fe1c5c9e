"""What the tests of accidents share."""

from collections.abc import Iterator

import pytest
from factory import Checkout, Site

from .theatre import Stage
from .town import Town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Return a site in two versions, with a generator of its own."""
    folder = tmp_path_factory.mktemp("town")
    site = Site(folder / "site", Checkout(folder / "checkout"))
    stage = Stage(site.checkout, folder)
    yield Town(site, stage)
    stage.close()
