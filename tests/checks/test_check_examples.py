"""The examples of the catalogue: the wrong ones are what the message speaks of, the right ones are right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from factory import CONSENT, ROOT, document

from experts import console, settings
from experts.checks.examples import EXAMPLES, Example
from experts.checks.findings import findings

BASE = {
    "name": "Mara Lindqvist",
    "headline": "Erklärt, warum Wärmepumpen im Altbau funktionieren",
    "topics": ["heat-pumps"],
    "consent": CONSENT | {"channels": ["site"]},  # without pictures, which nobody need make
}
EVENT = {"title": "Ein Vortrag", "start": "2027-01-12T15:00:00+01:00"}
TOPIC = {"label": {"de": "Wärme", "en": "Heat"}}


def filled(base: dict[str, Any], part: str) -> str:
    """Return a file whose fields are those of `part`, and those of `base` that it does not give."""
    given = {line.split(":")[0] for line in part.splitlines() if line[:1].isalpha()}
    head = document({name: value for name, value in base.items() if name not in given})
    return head.removesuffix("---\n") + part.rstrip("\n") + "\n---\n"


def put(root: Path, code: str, example: Example, text: str) -> str:
    """Write an example as a file of its own; return its folder or name."""
    profile = root / "profiles" / f"ex-{code}"
    if example.part == "story":
        path = root / "content/stories/2026" / f"ex-{code}.md"
        path.write_text(filled({"title": "Pipe", "date": "2026-10-01", "authors": ["jonas-weber"]}, text), "utf-8")
        return str(path.relative_to(root))
    if example.part in ("topic", "event"):
        path = root / "content" / f"{example.part}s" / f"ex-{code}.md"
        path.write_text(filled(TOPIC if example.part == "topic" else EVENT, text), "utf-8")
        return str(path.relative_to(root))
    profile.mkdir()
    (profile / "portrait.jpg").write_bytes((ROOT / "profiles/mara-lindqvist/portrait.jpg").read_bytes())
    whole = {"file": text, "profile": filled(BASE, text), "text": document(BASE, text + "\n")}
    (profile / "profile.md").write_text(whole.get(example.part) or document(BASE), "utf-8")
    if example.part == "translation":
        (profile / "profile.en.md").write_text(f"---\n{text.format(slug=profile.name)}\n---\n", "utf-8")
    return str(profile.relative_to(root))


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], set[str]]:
    """Return the codes that are said of each example: (code, is it the right one?) -> codes."""
    found: dict[tuple[str, bool], set[str]] = {}
    for right in (False, True):
        root = tmp_path_factory.mktemp("right" if right else "wrong")
        for folder in ("profiles/jonas-weber", "content/topics", "content/events", "content/stories/2026"):
            (root / folder).mkdir(parents=True)
        (root / "profiles/jonas-weber/profile.md").write_text(document(BASE | {"name": "Jonas Weber"}), "utf-8")
        for slug in ("heat-pumps", "energy"):
            (root / f"content/topics/{slug}.md").write_text(document(TOPIC), "utf-8")
        story = {"title": "Boiler", "date": "2026-10-01", "authors": ["jonas-weber"]}
        (root / "content/stories/2026/boiler.md").write_text(document(story), "utf-8")
        places = {
            put(root, code, example, example.right if right else example.wrong): code
            for code, example in EXAMPLES.items()
        }
        known = settings.load(str(ROOT), str(root), DEFAULT_LANG="de", LANGUAGES=["de", "en"])
        request = console.request_for(known, str(root / "output"), "2026-11-23", 1)._replace(cache=str(root / "cache"))
        result = findings(request)
        for remark in (*result.problems, *result.hints):
            for place, code in places.items():
                if remark.path == place or remark.path.startswith(place + "/"):
                    found.setdefault((code, right), set()).add(remark.code)
        shutil.rmtree(root / "cache")
    return found


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_is_wrong_is_told(code: str, said: dict[tuple[str, bool], set[str]]) -> None:
    """The wrong half of an example leads to the message that it stands below."""
    assert code in said.get((code, False), set()), json.dumps(sorted(said.get((code, False), set())))


HINTS = {"topic-synonyms", "topic-experts", "no-summary", "unused-file", "portrait-small"}


@pytest.mark.parametrize("code", EXAMPLES)
def test_what_is_right_is_right(code: str, said: dict[tuple[str, bool], set[str]]) -> None:
    """The right half has no problem at all, and not the hint that it is the answer to."""
    allowed = HINTS - {code}
    assert said.get((code, True), set()) - allowed == set()
