"""Who may change what without anybody's yes: one function for each kind of place."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from experts.fields import SLUG
from experts.problems import Problem, visible
from experts.proofs import FILE as PROOFS

from .change import Change, Part
from .facts import Facts, names
from .files import profile_file, story_file
from .names import folded
from .owners import PROFILES, STORIES, Owners

ELSEWHERE = (
    (("content/topics/", "content/hooks/", "content/events/"), "shared", "topics, news events and events belong to everybody"),
    (("content/pages/",), "shared", "pages like the imprint belong to everybody"),
    ((".github/", ".gitlab", ".ci/", ".forgejo/", ".gitea/"), "workflow", "this file says what happens by itself when something is changed"),
    (("pelicanconf", "publishconf", "locale/", "brand/"), "settings", "these are settings of the whole site"),
    (("plugins/", "theme/", "tests/", "tasks.py", "bootstrap.py", "requirements", "package"), "code", "this is a part of the program"),
)  # fmt: skip


def judge(change: Change, owners: Owners) -> Iterator[Problem]:
    """Why the account of `owners` cannot make this change alone."""
    profiles: dict[str, list[Part]] = {}
    for part in change.parts:
        if part.inside and part.path.startswith(PROFILES) and part.path.count("/") > 1:
            profiles.setdefault(part.path.split("/")[1], []).append(part)
        elif part.inside and part.path.startswith(STORIES):
            yield from _story(change, owners, part)
        else:
            yield _elsewhere(part)
    for slug, parts in profiles.items():
        yield from _profile(change, owners, slug, parts)


def new_profiles(change: Change) -> list[str]:
    """The short names of people who get a profile by this change."""
    paths = [part.path for part in change.parts if part.inside and part.added]
    return sorted({path.split("/")[1] for path in paths if path.startswith(PROFILES) and path.endswith("/profile.md")})


def _elsewhere(part: Part) -> Problem:
    path = visible(part.path)
    if part.inside:
        for starts, code, message in ELSEWHERE:
            if part.path.startswith(starts):
                return Problem(path, 0, 0, code, message)
    return Problem(path, 0, 0, "elsewhere", "this is neither a profile nor a story")


# -- profiles ---------------------------------------------------------------------------------------


def _profile(change: Change, owners: Owners, slug: str, parts: list[Part]) -> Iterator[Problem]:
    folder = visible(f"{PROFILES}{slug}/")
    path = owners.profile(slug)
    if not owners.known(slug):
        yield from _newcomer(change, owners, slug)
    elif not owners.owns(slug):
        who = ", ".join(owners.of(slug))
        message = "this folder belongs to {who}" if who else "nobody is named as the owner of this folder"
        yield Problem(folder, 0, 0, "not-yours", message, "", {"who": who})
        return
    for part in parts:
        place = part.path.removeprefix(f"{PROFILES}{slug}/")
        if place == PROOFS and not part.removed:
            hint = "the check of links writes it; python3 tasks.py verify-links shows whether it is true"
            yield Problem(visible(part.path), 0, 0, "proofs", "it is changed which links are confirmed", hint)
        elif not part.removed and ("/" in place or not profile_file(place)):
            hint = "a profile, its translations, pictures and .pdf files may lie here, not in folders of their own"
            yield Problem(visible(part.path), 0, 0, "kind", "files of this kind do not go through by themselves", hint)
        if part.path == path and part.removed:
            hint = "to go, write status: left into the profile; it then vanishes by itself"
            yield Problem(folder, 0, 0, "removal", "a whole profile is removed", hint)
        elif part.path == path and not part.added:
            yield from _fields(change, owners, slug, path)


def _newcomer(change: Change, owners: Owners, slug: str) -> Iterator[Problem]:
    folder = visible(f"{PROFILES}{slug}/")
    if not SLUG.fullmatch(slug):
        yield Problem(folder, 0, 0, "kind", "this folder is nobody's", "a short name has a to z, digits and - only")
    if slug in owners.earlier:
        values = {"who": owners.earlier[slug]}
        yield Problem(folder, 0, 0, "taken", "this short name was that of {who}", "take another one", values)
    found = change.after.facts(owners.profile(slug))
    own = Owners(change.after, owners.login)
    if found is None:
        yield Problem(folder, 0, 0, "not-yours", "there is no profile in this folder that can be read")
    elif own.is_person(slug):
        hint = "somebody has to say yes once; later changes go through by themselves"
        yield Problem(folder, 0, 0, "new-profile", "this is a new profile", hint)
    else:
        hint = "the first name below owner is the account of the person"
        yield Problem(folder, 0, 0, "not-yours", "this is a new profile of somebody else", hint)
    name = str((found or {}).get("name", ""))
    if name and _taken(change, slug, name):
        yield Problem(folder, 0, 0, "name-taken", "somebody else has the name {name}", "", {"name": name})


def _fields(change: Change, owners: Owners, slug: str, path: str) -> Iterator[Problem]:
    old, new = change.before.facts(path), change.after.facts(path)
    if new is None or old is None:
        yield Problem(path, 0, 0, "unreadable", "the fields at the top of the file cannot be read")
        return
    if old.get("owner") != new.get("owner"):
        yield Problem(path, 0, 0, "owner", "it is changed who may edit this profile")
    if new.get("confirmed") and old.get("confirmed") != new.get("confirmed"):
        hint = "the page says so in the name of the company, so somebody there has to agree"
        yield Problem(path, 0, 0, "confirmed", "it is changed since when the profile is known to be correct", hint)
    if not owners.is_person(slug):
        hint = "the account that stands first below owner can change it"
        if old.get("consent") != new.get("consent"):
            yield Problem(path, 0, 0, "consent", "the consent of somebody else is changed", hint)
        if _presence(old) != _presence(new):
            yield Problem(path, 0, 0, "presence", "it is changed whether somebody else is shown", hint)
    if set(names(new.get("aliases"))) - set(names(old.get("aliases"))):
        yield Problem(path, 0, 0, "address", "the profile takes another address", "somebody has to see whose it was")
    name = str(new.get("name", ""))
    if name != old.get("name") and _taken(change, slug, name):
        yield Problem(path, 0, 0, "name-taken", "somebody else has the name {name}", "", {"name": name})


def _presence(fields: Facts) -> tuple[object, ...]:
    """Whether somebody has paused or left, and when."""
    status = fields.get("status")
    return status if status in ("paused", "left") else "", fields.get("left")


def _taken(change: Change, slug: str, name: str) -> bool:
    """Whether somebody else on the base branch is called like this."""
    others = [path for path in Owners(change.before, "").profiles if path != f"{PROFILES}{slug}/profile.md"]
    change.before.load(others)
    known = {_plain(str((change.before.facts(path) or {}).get("name", ""))) for path in others}
    return _plain(name) in known - {""}


def _plain(name: str) -> str:
    return " ".join(folded(name).split())


# -- stories ----------------------------------------------------------------------------------------


def _story(change: Change, owners: Owners, part: Part) -> Iterator[Problem]:
    path = visible(part.path)
    if not part.removed and not story_file(part.path.removeprefix(STORIES)):
        hint = "stories, pictures and .pdf files may lie in content/stories/<year>/"
        yield Problem(path, 0, 0, "kind", "files of this kind do not go through by themselves", hint)
    if not part.path.endswith(".md"):
        yield from _picture(change, owners, part)
        return
    old = None if part.added else change.before.facts(part.path)
    new = None if part.removed else change.after.facts(part.path)
    if not part.added and not owners.wrote(part.path):
        yield Problem(path, 0, 0, "not-yours", "you are not among the authors of this story")
        return
    if part.removed:
        if not all(map(owners.owns, owners.authors(old))):
            yield Problem(path, 0, 0, "removal", "a story is removed that others wrote, too")
    elif new is None:
        yield Problem(path, 0, 0, "unreadable", "the fields at the top of the file cannot be read")
    else:
        yield from _authors(change, owners, part, old, new)


def _authors(change: Change, owners: Owners, part: Part, old: Facts | None, new: Facts) -> Iterator[Problem]:
    path = visible(part.path)
    before = set(owners.authors(old))
    after = set(names(new.get("authors"))) or set(Owners(change.after, owners.login).authors(new))
    others = sorted(author for author in after - before if not owners.owns(author))
    if others:
        hint = "they have to agree that their names stand above it"
        values = {"who": ", ".join(others)}
        yield Problem(path, 0, 0, "authors", "the story names as an author: {who}", hint, values)
    gone = sorted(author for author in before - after if not owners.owns(author))
    if gone:
        yield Problem(path, 0, 0, "authors", "the story does not name any more: {who}", "", {"who": ", ".join(gone)})
    if part.added and not after:
        yield Problem(path, 0, 0, "not-yours", "the story names none of its authors")
    original = str(new.get("translation_of", "")).strip()
    if (
        original
        and original != str((old or {}).get("translation_of", "")).strip()
        and not _own(change, owners, original)
    ):
        yield Problem(path, 0, 0, "not-yours", "this would be a translation of a story of others")
    for alias in sorted(set(names(new.get("aliases"))) - set(names((old or {}).get("aliases")))):
        if not _freed(change, owners, alias):
            hint = "somebody has to see whose it was"
            yield Problem(path, 0, 0, "address", "the story takes another address", hint)


def _own(change: Change, owners: Owners, slug: str) -> bool:
    """Whether a story is one that the account may change, or adds by this change."""
    path = owners.stories.get(slug)
    if path:
        return owners.wrote(path)
    after = Owners(change.after, owners.login)
    added = after.stories.get(slug)
    return bool(added) and any(map(owners.owns, after.authors(change.after.facts(str(added)))))


def _freed(change: Change, owners: Owners, alias: str) -> bool:
    """Whether an earlier name is that of a story of one's own that this change renames."""
    path = owners.stories.get(alias)
    return bool(path) and str(path) not in change.after.files and owners.wrote(str(path))


def _picture(change: Change, owners: Owners, part: Part) -> Iterator[Problem]:
    """A file beside stories belongs to those whose stories name it, on both sides of the change."""
    name, folder = posixpath.basename(part.path).encode("utf-8", "replace"), posixpath.dirname(part.path)
    naming = set()
    for side in (change.before, change.after):
        stories = [path for path in side.files if posixpath.dirname(path) == folder and path.endswith(".md")]
        side.load(stories)
        naming |= {path for path in stories if _names(side.content(path) or b"", name)}
    theirs = [path for path in naming if not _may(change, owners, path)]
    if theirs:
        yield Problem(visible(part.path), 0, 0, "not-yours", "stories of others show this file")
    elif not naming:
        yield Problem(visible(part.path), 0, 0, "not-yours", "no story of yours in this folder shows this file")


def _names(story: bytes, name: bytes) -> bool:
    """Whether a story names a file, also where letters of the name are written as HTML or in an address (%20)."""
    text = html.unescape(story.decode("utf-8", "replace"))
    return any(name.decode() in form for form in (text, unquote(text), html.unescape(unquote(text)))) or name in story


def _may(change: Change, owners: Owners, path: str) -> bool:
    if path in change.before.files:
        return owners.wrote(path)
    return any(map(owners.owns, Owners(change.after, owners.login).authors(change.after.facts(path))))
