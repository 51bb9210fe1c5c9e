"""Names that differ in capitals alone, or in the way letters are coded: on macOS and Windows they are the same file."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

import pytest
from factory import differences

from .theatre import building, tree
from .town import Town


@pytest.fixture
def images(town: Town) -> Iterator[Town]:
    """Return the town; what a test puts into content/images/odd is removed."""
    town.build()
    yield town
    shutil.rmtree(town.site.path("content/images/odd"), ignore_errors=True)
    town.build()


@pytest.mark.parametrize(
    ("one", "two"),
    [("Logo.png", "logo.png"), ("Straße.txt", "strasse.txt"), ("ä.txt", unicodedata.normalize("NFD", "ä.txt"))],
)
def test_files_that_are_the_same_elsewhere(images: Town, one: str, two: str) -> None:
    """Two outputs that would be one file on another computer are a problem, before anything is written."""
    before = tree(images.site.output)
    for name in (one, two):
        images.site.put(f"content/images/odd/{name}", "x")
    done = images.stage.run(building(images.site))
    assert done.code == 1
    assert "(rename one of the two)" in done.err
    assert f"images/odd/{one}" in done.err
    assert differences(tree(images.site.output), before) == []


def test_another_spelling_goes_before_it_comes(images: Town) -> None:
    """A file that is renamed in capitals alone: the old one is removed before the new one is there, not after it."""
    images.site.put("content/images/odd/Logo.txt", "x")
    assert images.stage.run(building(images.site)).code == 0
    images.site.path("content/images/odd/Logo.txt").rename(images.site.path("content/images/odd/logo.txt"))
    points = [
        point
        for point in images.stage.points(building(images.site))
        if "ogo.txt" in point or ".our-experts-writing/0/0" in point
    ]
    events = [(point.split()[0], point.rpartition("/")[2]) for point in points]
    assert ("os.remove", "Logo.txt") in events
    assert tree(images.site.output)["images/odd/logo.txt"] == b"x"
    removed = next(
        number for number, point in enumerate(points) if point.startswith("os.remove") and point.endswith("Logo.txt")
    )
    placed = next(number for number, point in enumerate(points) if point.startswith("os.rename"))
    assert removed < placed


def test_folders_may_be_alike(images: Town) -> None:
    """Two spellings of a folder with different files in them are no problem: both are found wherever they are."""
    images.site.put("content/images/odd/A/x.txt", "x")
    images.site.put("content/images/odd/a/y.txt", "y")
    assert images.stage.run(building(images.site)).code == 0
