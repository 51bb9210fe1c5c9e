"""Publishing whatever comes, and being stopped wherever it may be: random sequences of sites."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import places
import pytest
from experts.publishing import manifest
from experts.publishing.folder import Folder, Linked
from experts.publishing.sending import File
from hypothesis import given, settings
from hypothesis import strategies as st

FOREIGN = {"google1.html": b"-", "x/other.txt": b"--"}


class Stopped(Exception):  # noqa: N818 - it stands for a plug that is pulled
    """The process ends here."""


class Mortal:
    """A target at which the process ends at the n-th step."""

    def __init__(self, target: Folder, steps: int) -> None:
        self.target, self.steps, self.name = target, steps, target.name

    def look(self) -> Any:
        """Find out what is there."""
        return self.target.look()

    def step(self) -> None:
        """Count, and end the process when it is time."""
        self.steps -= 1
        if self.steps < 0:
            raise Stopped

    def send(self, files: Sequence[File], sent: Any) -> None:
        """Send, which may end after each file."""
        self.step()
        self.target.send(files, lambda: (self.step(), sent())[1])

    def keep(self, data: bytes) -> None:
        """Keep the manifest, which may end before and after."""
        self.step()
        self.target.keep(data)
        self.step()

    def remove(self, paths: Sequence[str]) -> None:
        """Remove, which may end before each file."""
        for path in paths:
            self.step()
            self.target.remove([path])

    def finish(self) -> None:
        """Finish, or not."""
        self.step()
        self.target.finish()


def asset(number: int) -> tuple[str, bytes]:
    """A file whose name tells its content."""
    data = b"%d" % number
    return f"theme/site.{hashlib.sha1(data).hexdigest()[:10]}.css", data


@st.composite
def sites(draw: st.DrawFn) -> dict[str, bytes]:
    """A site: pages that name assets, of which a file may be what is a folder in another one."""
    site = {}
    for name in draw(
        st.lists(st.sampled_from(["index.html", "a", "a/b", "a/b/c.html", "x/p.html", "d.html"]), unique=True)
    ):
        if any(other.startswith(f"{name}/") or name.startswith(f"{other}/") for other in site):
            continue
        numbers = draw(st.lists(st.integers(0, 4), max_size=3))
        site |= dict(map(asset, numbers))
        site[name] = " ".join(asset(number)[0] for number in numbers).encode()
    return site


def whole(files: dict[str, bytes]) -> bool:
    """Whether everything is there that the pages name."""
    named = [
        data.decode().split() for name, data in files.items() if not name.startswith("theme/") and name not in FOREIGN
    ]
    return all(path in files for paths in named for path in paths)


@pytest.mark.parametrize("linked", [False, True])
@settings(max_examples=60)
@given(steps=st.lists(st.tuples(sites(), st.integers(0, 30)), min_size=1, max_size=6), last=sites())
def test_any_sequence(linked: bool, steps: list[tuple[dict[str, bytes], int]], last: dict[str, bytes]) -> None:
    """After any sequence of sites, each stopped anywhere, the target is the last one; and no page ever lacks what it names."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "root")
        if linked:
            Path(name, "first").mkdir()
            root.symlink_to("first")
        for path, data in FOREIGN.items():
            places.write(root)(path, data)
        for site, ends in steps:
            target = (Linked if linked else Folder)(str(root))
            try:
                places.publish(site, Mortal(target, ends))
            except Stopped:
                pass
            else:
                assert places.tree(root) == {**site, **FOREIGN}
            assert whole({path: data for path, data in places.tree(root).items() if not path.startswith(".our-")})
        places.publish(last, (Linked if linked else Folder)(str(root)))
        assert places.tree(root) == {**last, **FOREIGN}
        assert {path.name for path in Path(name).iterdir()} <= {"root", "first", "root.one", "root.two"}


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda path: manifest.read(manifest.write({path: None})) is not None), st.integers(0)
    )
)
def test_manifests_survive(sizes: dict[str, int]) -> None:
    """Whatever files are named, a manifest is read as it was written, and the same files give the same bytes."""
    files = {path: manifest.entry_of(path, f"{size:032x}", size) for path, size in sizes.items()}
    data = manifest.write(files)
    assert manifest.read(data) == files
    assert manifest.write(dict(reversed(files.items()))) == data


@given(st.binary())
def test_anything_as_a_manifest(data: bytes) -> None:
    """Whatever lies at the target, it is a manifest or none."""
    assert manifest.read(data) in (None, {})
