"""Commands other than builds, killed at each of their points: files of people and of servers are old or new, never a part."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from factory import TODAY, differences

from .theatre import Stage, building, tree
from .town import TIMES, Town, many


def few(count: int, points: int) -> range:
    """All numbers of points, or a few of them."""
    return range(1, points + 1, 1 if TIMES else max(1, points // count))


def files(folder: Path) -> dict[str, bytes]:
    """The files that others see: hidden ones are nobody's yet."""
    return {name: data for name, data in tree(folder).items() if "/." not in f"/{name}" and not name.endswith("/")}


class Scene:
    """A folder that a command changes; each time it begins as it was."""

    def __init__(self, folder: Path, stage: Stage, argv: list[str], shown: Path | None = None) -> None:
        self.folder, self.stage, self.argv, self.shown = folder, stage, argv, shown or folder
        self.kept = folder.with_name("kept")
        shutil.copytree(folder, self.kept, symlinks=True)
        self.old = files(self.shown)
        self.points = len(stage.points(argv))
        self.new = files(self.shown)
        assert self.new != self.old

    def play(self, number: int) -> dict[str, bytes]:
        """Kill the command at a point, look, and run it again; what is there in the end."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder, symlinks=True)
        self.stage.run(self.argv, at=number, how="kill")
        seen = files(self.shown)
        names = [name for name in seen if seen[name] not in (self.old.get(name), self.new.get(name))]
        assert names == [], f"{self.argv[0]}, point {number}"
        assert self.old.keys() & self.new.keys() <= seen.keys()
        self.stage.run(self.argv)
        return tree(self.folder)


@pytest.mark.parametrize("command", ["format", "import", "new"])
def test_writing_for_people(town: Town, tmp_path: Path, command: str) -> None:
    """``format``, ``import`` and ``new``: each file as a whole or not at all, and nothing is left after the next run."""
    folder = tmp_path / "site"
    shutil.copytree(town.site.folder, folder)
    people = tmp_path / "people.csv"
    people.write_text(
        "Name;Email;Role\nMara Tester;m@example.com;Head\nZoe Neumann;z@example.com;Engineer\nKim Neumann;k@example.com;Pilot\n"
    )
    at = ["--site", str(folder), "--today", TODAY, "--lang", "en"]
    argv = {
        "format": ["format", *at],
        "import": ["import", "csv", str(people), *at],
        "new": ["new", "topic", *at, "--no-input", "--slug", "sun", "--label", "de=Sonne", "--label", "en=Sun"],
    }[command]
    scene = Scene(folder, town.stage, argv)
    for number in few(3, scene.points):
        last = scene.play(number)
        if command == "new":  # which finds its file there, and looks no further; the next one in this folder does
            town.stage.run(["moon" if word == "sun" else word for word in argv])
            (folder / "content/topics/moon.md").unlink()
            last = tree(folder)
        assert differences(last, scene.new) == [], f"point {number} of {scene.points}"


@pytest.mark.parametrize("options", [(), *[pytest.param((one,), marks=many) for one in ("--atomic", "--compress")]])
def test_publishing_to_a_folder(town: Town, tmp_path: Path, options: tuple[str, ...]) -> None:
    """``publish --to folder``: each file is of the one build or of the other, and the next run makes it the new one."""
    town.build()
    url = {"SITEURL": "https://example.com"}
    for number in (0, 1):
        town.turn()
        town.site.put("publishconf.py", f"SITEURL = {url['SITEURL']!r}\n")
        output = tmp_path / f"output-{number}"
        assert town.stage.run(building(town.site, "--publish", output=output)).code == 0
    www = tmp_path / "www"
    target = www / "site"
    www.mkdir()

    def argv(number: int) -> list[str]:
        at = ["--site", str(town.site.folder), "--output", str(tmp_path / f"output-{number}"), "--today", TODAY]
        return ["publish", *at, "--to", "folder", "--target", str(target), *options]

    assert town.stage.run(argv(0)).code == 0
    scene = Scene(www, town.stage, argv(1), target)
    expected = tree(www)
    for number in few(3, scene.points):
        last = scene.play(number)
        if "--atomic" not in options:
            assert differences(last, expected) == [], f"point {number} of {scene.points}"
        seen, wanted = tree(target), tree(tmp_path / "output-1")
        names = [name for name in wanted if not name.startswith(".our-experts") and wanted[name] != seen.get(name)]
        assert names == [], f"point {number} of {scene.points}"
    town.site.path("publishconf.py").unlink()
