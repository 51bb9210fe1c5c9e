"""A cache in which anything was damaged, exchanged or put: the next build notices it and gives the bytes of a clean one."""

from __future__ import annotations

import marshal
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import pytest
from factory import MARKER, differences

from .theatre import TRACE, Ending, building, temporary, tree
from .town import TIMES, Town, many

Damage = Callable[[Path, random.Random], None]


def cut(path: Path, chance: random.Random) -> None:
    """Cut a file off."""
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data) + 1)])


def flip(path: Path, chance: random.Random) -> None:
    """Flip some bits."""
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 9])):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def more(path: Path, chance: random.Random) -> None:
    """Append something."""
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.randrange(1, 40)))


def gone(path: Path, _: random.Random) -> None:
    """Remove it."""
    path.unlink()


def folder(path: Path, chance: random.Random) -> None:
    """Put a folder in its place."""
    path.unlink()
    path.mkdir()
    if chance.random() < 0.5:
        (path / "x").write_text("x")


def link(path: Path, _: random.Random) -> None:
    """Put a link in its place that leads nowhere."""
    path.unlink()
    path.symlink_to("nowhere")


def other(path: Path, chance: random.Random) -> None:
    """Exchange it with another file of the cache."""
    (cache,) = [parent for parent in path.parents if parent.name == ".cache"]
    found = sorted(one for one in cache.rglob("*") if one.is_file() and one != path)
    near = [one for one in found if one.parent == path.parent]
    second = chance.choice(near if near and chance.random() < 0.8 else found)
    aside = path.with_name("aside")
    path.rename(aside)
    second.rename(path)
    aside.rename(second)


ODD = [
    {},
    {"": 5},
    {"a": 1},
    {1: None},
    {"": {}},
    {"": ()},
    [],
    7,
    "x",
    {b"": {"x": [None]}},
    {"": {"now": 3}, "x": (1, 2)},
]


def foreign(path: Path, chance: random.Random) -> None:
    """Keep the form of a store, with right sums, but put other data into it: of odd shapes, or the real ones bent."""
    data = path.read_bytes()
    at = data.find(path.name.encode() + b"\n")
    if at < 0:
        return
    start = at + len(path.name) + 1
    length = int.from_bytes(data[start : start + 8], "little")
    found = marshal.loads(data[start + 12 : start + 12 + length])
    if chance.random() < 0.5:
        found = chance.choice(ODD)
    else:
        keys = sorted(found, key=repr)
        for key in chance.sample(keys, min(len(keys), 3)):
            found[key] = chance.choice([1, "x", (), b"", [1], {}, found[keys[0]], (b"", b"", 0), True])
    payload = marshal.dumps(found)
    path.write_bytes(data[:start] + len(payload).to_bytes(8, "little") + crc32(payload).to_bytes(4, "little") + payload)


DAMAGES: list[Damage] = [cut, flip, more, gone, folder, link, other, foreign]


def stored(town: Town) -> list[Path]:
    """All files of the cache."""
    return sorted(path for path in (town.site.checkout.folder / ".cache").rglob("*") if path.is_file())


def repaired(town: Town, what: str) -> Ending:
    """A build after some damage, which must be right."""
    done = town.stage.run(building(town.site, jobs=1 + town.turns % 2), environment={"EXPERTS_DEBUG": ""})
    assert done.code == 0, f"{what}: {done.words}"
    assert not any(word in done.words for word in TRACE), f"{what}: {done.words}"
    assert differences(tree(town.site.output), town.clean[town.turns % 2]) == [], what
    return done


@pytest.fixture(autouse=True)
def built(town: Town) -> None:
    """Begin with a cache that is whole and has been added to."""
    town.build()
    town.turn()
    town.build()


def test_every_file_of_the_cache(town: Town) -> None:
    """Whatever happens to any file of the cache: no wrong byte, no file too many, no traceback, no exit code but 0."""
    chance = random.Random(11)
    kinds: dict[str, Path] = {}
    for path in stored(town):
        folder = path.relative_to(town.site.checkout.folder / ".cache").parts[0]
        inner = path.parent.name if folder.startswith("site-") else folder
        kinds.setdefault(inner if inner in ("pictures", "icons", "templates", "texts") else path.name, path)
    names = {name.rstrip("0123456789abcdef-") for name in kinds}
    assert names >= {
        "stamps",
        "records",
        "pages",
        "outputs",
        "html",
        "pictures",
        "pictures-known",
        "plugin-search",
        "templates",
        "texts",
    }
    cases = [(path, damage) for path in kinds.values() for damage in DAMAGES]
    for number, (path, damage) in enumerate(cases if TIMES else chance.sample(cases, 10)):
        if not path.is_file():
            continue
        damage(path, chance)
        if number % 3:
            town.turn()
        repaired(town, f"{damage.__name__} {path}")
    town.build()


@many
def test_many_damages(town: Town) -> None:
    """The same at random: several files at once."""
    chance = random.Random(12)
    for _ in range(TIMES):
        said = []
        for _ in range(chance.choice([1, 1, 2, 5])):
            path, damage = chance.choice(stored(town)), chance.choice(DAMAGES)
            damage(path, chance)
            said.append(f"{damage.__name__} {path}")
        if chance.random() < 0.7:
            town.turn()
        repaired(town, "; ".join(said))


def test_pictures_that_changed_places(town: Town) -> None:
    """A picture of the cache under the name of another one is not taken for it, also where nobody remembers what they hold."""
    (folder,) = (town.site.checkout.folder / ".cache").glob("site-*/pictures")
    one, two = sorted(folder.iterdir())[:2]
    for memory in (folder.with_name("pictures-known"), None):
        exchange = folder / "aside"
        one.rename(exchange)
        two.rename(one)
        exchange.rename(two)
        if memory:
            memory.unlink()
        shutil.rmtree(town.site.output)
        repaired(town, "pictures")
    one.unlink()
    one.mkdir()
    repaired(town, "a folder")


def test_folders_of_the_cache(town: Town) -> None:
    """A folder of the cache may be a file, or gone."""
    for folder in sorted(path for path in (town.site.checkout.folder / ".cache").rglob("*") if path.is_dir()):
        if folder.is_dir() and (TIMES or folder.name.startswith(("site-", "templates", "pictures"))):
            shutil.rmtree(folder)
            if folder.name != "compressed":
                folder.write_text("a file")
            town.turn()
            repaired(town, folder.name)


def test_a_cache_of_earlier_code(town: Town, tmp_path: Path) -> None:
    """What another version of the generator has kept is not used, and what it made that nobody makes any more is removed."""
    style = town.site.checkout.folder / "plugins" / "expert_home.py"
    before = style.read_bytes()
    style.write_bytes(before + b"# another version\n")
    town.turn()
    assert town.stage.run(building(town.site)).code == 0
    assert town.stage.run(building(town.site, "--clean", output=tmp_path / "clean")).code == 0
    assert differences(tree(town.site.output), tree(tmp_path / "clean")) == []
    style.write_bytes(before)
    repaired(town, "older code again")


def test_output_files_that_somebody_changed(town: Town) -> None:
    """Files of the output that were edited, removed, or are links by now are made again; but for few, all of them."""
    chance = random.Random(13)
    for _ in range(TIMES or 2):
        files = sorted(path for path in town.site.output.rglob("*") if path.is_file() and path.name != MARKER)
        for path in chance.sample(files, 12):
            if path.is_file():
                chance.choice([cut, flip, more, gone, link])(path, chance)
        if chance.random() < 0.5:
            town.turn()
        repaired(town, "output")
    assert temporary(town.site.output) == []
    assert os.listdir(town.site.output)
