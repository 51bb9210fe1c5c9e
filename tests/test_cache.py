"""The stores: a log that may be cut off anywhere, a key that may change, and nothing else to learn."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from experts import cache
from experts.cache import Store
from factory import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

Changes = dict[str, int | None]
CHANGES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), max_size=4)


def grown(path: str, steps: list[Changes]) -> list[dict[str, Any]]:
    """Save steps one by one, each by a process that has read what was there; what each left."""
    states: list[dict[str, Any]] = []
    for step in steps:
        store = Store(path, b"key")
        state = store.load()
        changes = {**step, **({next(iter(state)): None} if len(state) > 3 else {})}
        cache.update(state, changes)
        store.save(changes, dict(state))
        states.append(state)
    return states


@settings(derandomize=True)
@given(st.lists(CHANGES, min_size=1, max_size=6), st.data())
def test_a_log_cut_off_anywhere_is_an_earlier_state(steps: list[Changes], data: st.DataObject) -> None:
    """Whatever a crash leaves of a store, it loads as one of the states that were saved, or as empty."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        states = grown(str(path), steps)
        store = Store(str(path), b"key")
        assert store.load() == states[-1]
        assert store.whole
        whole = path.read_bytes()
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        store = Store(str(path), b"key")
        assert store.load() in [{}, *states]
        store.save({"new": 1})
        assert Store(str(path), b"key").load()["new"] == 1


@settings(derandomize=True)
@given(st.lists(CHANGES, min_size=1, max_size=4), st.data())
def test_a_flipped_bit_is_never_believed(steps: list[Changes], data: st.DataObject) -> None:
    """A store with a wrong bit loads as an earlier state, and says that it is not whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        states = grown(str(path), steps)
        whole = bytearray(path.read_bytes())
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(whole)
        store = Store(str(path), b"key")
        assert store.load() in [{}, *states]
        assert not store.whole


def test_another_key_is_another_store(tmp_path: Path) -> None:
    """What other code or libraries have stored is not read."""
    path = str(tmp_path / "store")
    Store(path, b"one").save({"a": 1}, {"a": 1})
    assert Store(path, b"two").load() == {}
    assert Store(path, b"one").load() == {"a": 1}


def test_a_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    """Once the changes are more than the first entry, everything is written anew."""
    path = tmp_path / "store"
    for number in range(2000):
        store = Store(str(path), b"key")
        everything = store.load() | {"a": number}
        store.save({"a": number}, everything)
    assert path.stat().st_size < 10_000


def test_kept_bytes_are_checked(tmp_path: Path) -> None:
    """Kept bytes come back as they were, or not at all."""
    path = tmp_path / "deep" / "file"
    assert cache.kept(str(path)) is None
    cache.keep(str(path), b"compiled")
    assert cache.kept(str(path)) == b"compiled"
    for wrong in (b"", b"xx", path.read_bytes()[:-1], path.read_bytes() + b"x"):
        path.write_bytes(wrong)
        assert cache.kept(str(path)) is None


def test_windows_has_no_fcntl() -> None:
    """Without fcntl, fork, pread and the like, the modules can be imported and a store be used."""
    code = """
import os, sys
sys.platform = "win32"
sys.modules["fcntl"] = None
sys.modules["msvcrt"] = __import__("types").SimpleNamespace(LK_NBLCK=2, locking=lambda *_: None)
for name in ("fork", "pread", "pwrite", "sched_getaffinity"):
    delattr(os, name)
import tempfile
from experts import blobs, build, cache, cli, locks, memory, parallel, stages
with tempfile.TemporaryDirectory() as folder:
    with locks.locked(folder), locks.output_locked(folder):
        html = blobs.Blobs(folder, "html")
        html.open(1, {})
        key = memory.digest(b"one")
        html.add(memory.digest(b"zero"), b"zero")
        html.add(key, b"one")
        assert html.text(key) == "one"
        html.close()
assert parallel.jobs_for(1000, 8, 1) == 1
assert parallel.cores() >= 1
"""
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT / "plugins")}, check=True, timeout=60)
