"""New files: where they lie, and what stands in them at first."""

from __future__ import annotations

from typing import Any

from experts import reader
from experts.places import kind_of
from experts.problems import Problems

from . import canonical
from .questions import Setting


def draft(setting: Setting, values: dict[str, Any]) -> tuple[str, bytes]:
    """Path and bytes of a new file with `values` by question; Problems if the reader would not take it."""
    slug = values["slug"]
    path = {
        "profile": f"profiles/{slug}/profile.md",
        "story": f"content/stories/{values.get('date', '')[:4]}/{slug}.md",
        "topic": f"content/topics/{slug}.md",
        "hook": f"content/hooks/{slug}.md",
        "event": f"content/events/{slug}.md",
    }[setting.kind]
    head: dict[str, Any] = {
        "lang" if name == "content-lang" else name: value for name, value in values.items() if name != "slug"
    }
    labels = {name.removeprefix("label."): head.pop(name) for name in list(head) if name.startswith("label.")}
    if labels:
        head["label"] = labels
    if setting.kind != "topic":
        head["status"] = "draft"
    data = file(path, head)
    problems = reader.read(path, data, setting.languages).problems
    if problems:
        raise Problems(problems)
    return path, data


def file(path: str, head: dict[str, Any], body: str = "") -> bytes:
    """A file with fields in the order of its kind."""
    table = canonical.TABLES[kind_of(path)[0]]
    ordered = {name: head[name] for name in table if name in head}
    return canonical.formatted(path, canonical.written(ordered, body).encode())
