"""Where everything lives: permanent paths below the site's root, without a language."""

from __future__ import annotations

FOLDERS = {"expert": "experts", "story": "stories", "topic": "topics", "hook": "hooks", "event": "events"}


def record(kind: str, slug: str) -> str:
    """The path of a record's page: ``experts/mara-lindqvist/``; of an ordinary page ``about/``."""
    return f"{FOLDERS[kind]}/{slug}/" if kind in FOLDERS else f"{slug}/"


def localised(path: str, lang: str, default: str) -> str:
    """The path in a language: other languages than the site's default live below ``<language>/``."""
    return path if lang == default else f"{lang}/{path}"


def file_of(path: str) -> str:
    """The file that a path is written to."""
    return path + "index.html" if path.endswith("/") or not path else path
