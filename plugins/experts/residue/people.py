"""Who is looked for, and who is shown: read from a site's profiles, from its history, or from a file that somebody kept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from experts import reader, renewal, source
from experts.problems import Problem, Problems
from experts.request import Request
from experts.visibility import Rules, why_hidden

from . import history
from .identity import Identity, read
from .spelling import words

_END_OF_HEAD = re.compile(rb"^---[ \t]*\r?\n", re.MULTILINE)
_LARGEST = 32 << 20


class People(NamedTuple):
    """Those who are looked for, by short name, and those who are shown."""

    wanted: tuple[Identity, ...]
    shown: tuple[Identity, ...]
    here: frozenset[str]  # short names of those wanted whose profile lies in the site


def everybody(request: Request) -> People:
    """All who are in the site and not shown, and all who were in it once."""
    folders = _folders(request.settings.root)
    found = {slug: read(slug, _files(request.settings.root, slug, pictures=False)) for slug in folders}
    rules = _rules(request)
    hidden = [slug for slug in folders if _is_hidden(request, rules, slug)]
    shown = [who for slug, who in found.items() if slug not in set(hidden)]
    names = {slug for who in shown for slug in (who.slug, *who.aliases)}
    wanted = [read(slug, _files(request.settings.root, slug)) for slug in hidden]
    repo = history.repository(request.settings.root)
    if repo:
        once = [slug for slug in history.gone(repo) if slug not in names and slug not in found]
        wanted += [read(slug, files) for slug in once if (files := history.files(repo, slug))]
    return People(tuple(sorted(wanted, key=lambda who: who.slug)), tuple(shown), frozenset(hidden))


def one(request: Request, slug: str, kept: str = "") -> People:
    """The person with a short name, wherever their profile is found; Problems if it is nowhere.

    It is that of the file `kept` if one is named, else that of the site, else the last one of its history.
    """
    root = request.settings.root
    here = slug in _folders(root)
    files = _kept(kept) if kept else _files(root, slug) if here else _of_history(root, slug)
    who = read(slug, files)
    if not who.name:
        message, hint = "nobody can tell who this was", "name a file with the profile: --identity profile.md"
        raise Problems([Problem("profiles", 0, 0, "residue", message, hint)])
    others = [read(other, _files(root, other, pictures=False)) for other in _folders(root) if other != slug]
    rules = _rules(request)
    shown = tuple([other for other in others if not _is_hidden(request, rules, other.slug)])
    return People((who,), shown, frozenset([slug] if here else []))


def _of_history(root: str, slug: str) -> dict[str, bytes]:
    repo = history.repository(root)
    return history.files(repo, slug) if repo else {}


def _kept(path: str) -> dict[str, bytes]:
    """A profile that somebody kept: the file, and the pictures beside it where they have a folder of their own."""
    try:
        found = {"profile.md": source.read(path)}
    except OSError as error:
        message, values = "the file cannot be read: {why}", {"why": str(error.strerror or error)}
        raise Problems([Problem(path, 0, 0, "residue", message, "", values)]) from None
    folder = os.path.dirname(os.path.abspath(path))
    beside = _in_folder(folder, True) if os.path.basename(path) == "profile.md" else {}
    return {**beside, **found}


def _folders(root: str) -> list[str]:
    try:
        with os.scandir(os.path.join(root, "profiles")) as entries:
            return sorted([entry.name for entry in entries if os.path.isfile(os.path.join(entry.path, "profile.md"))])
    except OSError:
        return []


def _files(root: str, slug: str, pictures: bool = True) -> dict[str, bytes]:
    return _in_folder(os.path.join(root, "profiles", slug), pictures)


def _in_folder(folder: str, pictures: bool) -> dict[str, bytes]:
    """The files of a folder; without `pictures` only its texts."""
    found = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (pictures or name.endswith(".md")) and os.path.getsize(path) <= _LARGEST:
            found[name] = source.read(path)
    return found


def _rules(request: Request) -> Rules:
    """By what is decided who is shown; the texts of consent are read only where an old one may hide somebody."""
    settings = request.settings
    ended: tuple[str, ...] = ()
    if settings.consent_texts.hide_after is not None:
        pages_reader = import_module("experts.pages_reader")  # imports Pelican
        ended = renewal.ended(pages_reader.consent_texts(settings), settings.consent_texts, request.today)
    return Rules(request.today, settings.drafts, settings.consent, ended)


def _is_hidden(request: Request, rules: Rules, slug: str) -> bool:
    """Whether somebody in the site is not shown.  The fields decide that, so the text is not read."""
    path = f"profiles/{slug}/profile.md"
    data = source.read(f"{request.settings.root}/{path}")
    ends = [match.end() for match in _END_OF_HEAD.finditer(data[: 1 << 17])][:2]
    record = reader.read(path, data[: ends[-1]] if len(ends) > 1 else data, request.settings.languages).record
    return record is not None and bool(why_hidden(record, rules))


# -- words of any text ----------------------------------------------------------------------------

_SMALL = re.compile(r"(?<![\w\-/:@.#=&])[^\W\d_A-Z][^\W\d_]+(?![\w\-/@:=]|\.\w)")


def ordinary(request: Request, people: People) -> frozenset[str]:
    """The words that tell nobody: of the theme, of topics, of places, and all that texts write in small letters."""
    root, theme = request.settings.root, request.settings.theme
    found: set[str] = set()
    for who in people.shown:
        found.update(words(who.location))
        found.update(_small(" ".join(who.passages)))
    for folder, whole in (
        (os.path.join(theme, "locale"), True),
        (os.path.join(root, "locale"), True),
        (f"{root}/content", False),
    ):
        for path, text in _texts(folder):
            if whole or f"{os.sep}topics{os.sep}" in path:
                found.update(words(text))
            else:
                found.update(_small(text.partition("\n---")[2] or text))
    return frozenset(found)


def _small(text: str) -> Iterator[str]:
    for match in _SMALL.finditer(text):
        if match[0][0].islower():
            yield from words(match[0])


def _texts(folder: str) -> Iterator[tuple[str, str]]:
    for above, below, names in os.walk(folder):
        below.sort()
        for name in sorted(names):
            if name.endswith((".md", ".po")):
                yield os.path.join(above, name), source.read(os.path.join(above, name)).decode("utf-8", "replace")
