"""A plugin for sites in tests that tells which output belongs to which channel, and marks what heads add to pages.

It asks the signals themselves, after all plugins have connected: so it knows every output that a site has, and no list
of them needs to be kept.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from factory import ROOT, Site

SOURCE = """
import functools, json, os
from experts import signals

TOLD = {"receivers": [], "files": {}}

def register():
    for name in ("outputs", "indexes", "heads"):
        signal = getattr(signals, name)
        for number, receiver in enumerate(signal.receivers):
            channels = signal.channels.get(receiver, ())
            TOLD["receivers"].append([name, f"{receiver.__module__}.{receiver.__name__}", channels])
            signal.receivers[number] = (marked if name == "heads" else watched)(receiver, channels)
            signal.channels[signal.receivers[number]] = channels
    write()

def watched(planner, channels):
    @functools.wraps(planner)
    def planned(*given):
        for output in planner(*given):
            TOLD["files"][output.path] = channels
            yield output
        write()
    return planned

def marked(head, channels):
    @functools.wraps(head)
    def made(*given):
        return f"<!--[{','.join(channels)}-->{head(*given)}<!--]-->"
    return made

def write():
    with open(os.environ["WITNESS"], "w", encoding="utf-8") as file:
        json.dump(TOLD, file)
"""
_HEAD = re.compile(r"<!--\[([a-z,-]*)-->(.*?)<!--\]-->", re.DOTALL)
HEAD = "#head"  # behind the path of a page: what heads added to it
FOLDED = re.compile(rb"\r\n[ \t]")  # lines of vCards and iCalendar


class Part(NamedTuple):
    """A file, or what a head has added to it: to which channels it belongs, and what stands in it."""

    path: str
    channels: frozenset[str]
    content: bytes


class Evidence(NamedTuple):
    """What a build has made, and for which channels."""

    receivers: list[tuple[str, str, tuple[str, ...]]]  # signal, name, channels
    parts: list[Part]
    unclaimed: list[str]  # files of which no plugin is known

    def of(self, *channels: str) -> list[Part]:
        """The parts that belong to some of the channels."""
        return [part for part in self.parts if not part.channels.isdisjoint(channels)]


def plugins() -> list[str]:
    """The plugins of the checkout's settings."""
    names: dict[str, Any] = {}
    exec((ROOT / "pelicanconf.py").read_text("utf-8"), names)
    return list(names["PLUGINS"])


def evidence_of(site: Site, *options: str, own: tuple[str, ...] = (), **settings: Any) -> Evidence:
    """Build a site with all plugins, and `own` ones of the site, and tell what belongs to which channel."""
    site.put("plugins/witness.py", SOURCE)
    site.settings(PLUGIN_PATHS=["plugins"], PLUGINS=[*plugins(), *own, "witness"], **settings)
    told = site.folder.parent / f"{site.folder.name}-witness.json"
    site.built("--clean", *options, WITNESS=str(told))
    return _evidence(site, told)


def _evidence(site: Site, told: Path) -> Evidence:
    found = json.loads(told.read_text("utf-8"))
    parts, unclaimed = [], []
    for path, content in site.tree().items():
        if path not in found["files"]:
            unclaimed.append(path)
            continue
        channels = frozenset(found["files"][path])
        if path.endswith(".html"):
            text = content.decode()
            parts += [
                Part(f"{path}{HEAD}", frozenset(head[1].split(",")), head[2].encode()) for head in _HEAD.finditer(text)
            ]
            content = _HEAD.sub("", text).encode()  # noqa: PLW2901 - the page without its head
        parts.append(Part(path, channels, FOLDED.sub(b"", content)))
    return Evidence([(one, name, tuple(channels)) for one, name, channels in found["receivers"]], parts, unclaimed)
