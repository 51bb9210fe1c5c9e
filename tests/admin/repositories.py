"""Small sites in real Git repositories, their files in the form that the web editor writes."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factory import CONSENT, Checkout, Site, png

from experts import schema

PROFILE = {
    "name": "Mara Lindqvist",
    "lang": "de",
    "headline": "Erklärt, warum Wärmepumpen auch in alten Häusern laufen",
    "role": "Leiterin Systemtechnik",
    "languages": ["de", "sv"],
    "topics": ["heat"],
    "contact_for": ["live interviews, also at night"],
    "contact": {"email": "mara@example.com", "phone": "+49 40 123456"},
    "links": {"signal": "mara.01", "website": "https://mara.example/"},
    "portrait": {"file": "portrait.png", "alt": "Ein Gesicht", "credit": "Jane Roe", "licence": "CC0-1.0", "focus": [50, 30]},
    "media": [{"title": "Ein Gespräch", "outlet": "Radio", "date": "2026-03-01"}],
    "consent": CONSENT,
    "confirmed": "2026-10-01",
    "status": "published",
}  # fmt: skip
BODY = "Ein Text mit **Fettem**.\n\n* eins\n* zwei\n\n## Eine Überschrift\n\nNoch ein Absatz, der zu lang ist, als dass er auf eine Zeile von achtzig Zeichen passte.\n"


def block(value: Any, depth: int = 0) -> str:
    """Plain data as YAML in block form, as Decap writes it; no text of these tests needs quotation marks."""
    gap = "  " * depth
    if isinstance(value, Mapping):
        return "".join([f"{gap}{key}:{_below(each, depth)}" for key, each in value.items()])
    return "".join(
        [gap + "- " + (block(each, depth + 1).lstrip() if isinstance(each, Mapping) else f"{each}\n") for each in value]
    )


def _below(value: Any, depth: int) -> str:
    return "\n" + block(value, depth + 1) if isinstance(value, Mapping | list) else f" {value}\n"


def document(table: Mapping[str, Any], head: Mapping[str, Any], body: str = "") -> str:
    """A file with its fields in the order of the table."""
    ordered = {key: head[key] for key in table if key in head}
    assert len(ordered) == len(head), head.keys() - ordered.keys()
    return f"---\n{block(ordered)}---\n{body}"


def git(folder: Path, *arguments: str) -> str:
    """The output of a Git command."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    return subprocess.run(
        ["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    ).stdout


def fill(site: Site) -> None:
    """Write three people, two topics, a story, an event, a news event."""
    site.put("profiles/mara-lindqvist/profile.md", document(schema.EXPERT, PROFILE, BODY))
    site.put("profiles/mara-lindqvist/portrait.png", png(1))
    text = {"translation_of": "mara-lindqvist", "headline": "Explains why heat pumps work in old houses, too"}
    site.put("profiles/mara-lindqvist/profile.en.md", document(schema.TRANSLATION, text, "A text.\n"))
    for slug, name in {"jonas-weber": "Jonas Weber", "ida-gross": "Ida Groß"}.items():
        head = {
            "name": name,
            "lang": "de",
            "headline": f"Was {name} sagt",
            "topics": ["heat"],
            "consent": CONSENT,
            "status": "published",
        }
        site.put(f"profiles/{slug}/profile.md", document(schema.EXPERT, head, "Ein Text.\n"))
    for slug, (german, english) in {"heat": ("Wärme", "Heat"), "storage": ("Speicher", "Storage")}.items():
        site.put(f"content/topics/{slug}.md", document(schema.TOPIC, {"label": {"de": german, "en": english}}))
    story = {
        "title": "Der alte Kessel",
        "date": "2026-10-01",
        "authors": ["mara-lindqvist"],
        "topics": ["gone", "heat"],
    }
    site.put("content/stories/2026/boiler.md", document(schema.STORY, story, "Es war **einmal**.\n"))
    event = {"title": "Barcamp", "start": "2026-12-04T09:00:00+01:00", "kind": "barcamp", "experts": ["mara-lindqvist"]}
    site.put("content/events/barcamp.md", document(schema.EVENT, event, "Kommt.\n"))
    hook = {
        "title": "Winter",
        "date": "2026-11-01",
        "experts": [{"expert": "mara-lindqvist", "angle": "kann sagen, warum"}],
    }
    site.put("content/hooks/winter.md", document(schema.HOOK, hook, "Der Zusammenhang.\n"))


def committed(folder: Path, checkout: Checkout, **settings: Any) -> Site:
    """A site whose files are in the first commit of a repository."""
    site = Site(folder, checkout, empty=True)
    site.settings(**settings)
    fill(site)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Test")
    git(folder, "config", "user.email", "test@example.org")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "First")
    return site


def changed(folder: Path, branch: str, base: str = "main") -> list[str]:
    """The changed lines of a branch, each with + or -; a renamed or new file is named, too."""
    diff = git(folder, "diff", "--no-color", "-U0", base, branch)
    return [line for line in diff.splitlines() if line[:1] in "+-" and not line.startswith("---")]
