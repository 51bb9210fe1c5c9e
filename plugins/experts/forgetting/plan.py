"""What forgetting somebody does to the files of a site: every file before and after it; nothing is written here."""

from __future__ import annotations

import os
import posixpath
import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from experts import frontmatter, markup, source, texts
from experts import settings as settings_module
from experts.editing import canonical
from experts.gate import codeowners
from experts.gate.facts import facts
from experts.mentions import FORMER, IN_TEXT
from experts.places import kind_of
from experts.problems import Problem, Problems
from experts.request import Request

from . import heads
from .addresses import bare, leads
from .naming import Mention, Naming
from .passages import Passage
from .person import Person
from .rewriting import rewritten

LANG = re.compile(r"^lang:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
SETTINGS = ("pelicanconf.py", "publishconf.py")


class Plan(NamedTuple):
    """Files by their path relative to the site: bytes before and after, None for one that goes."""

    before: dict[str, bytes]
    after: dict[str, bytes | None]
    references: int
    mentions: list[Mention]

    @property
    def removed(self) -> list[str]:
        """The files that go."""
        return [path for path, data in self.after.items() if data is None]


def plan(request: Request, person: Person) -> Plan:
    """The plan; Problems for a file that names the person and cannot be changed."""
    return _Planning(request, person).planned()


class _Planning:
    """A site's files while they are looked through."""

    def __init__(self, request: Request, person: Person) -> None:
        self.request, self.person, self.settings = request, person, request.settings
        found = source.scan(self.settings.root, ["profiles", "content"]).stamps
        self.files = {path: source.read(self.path(path)) for path in sorted(found)}
        self.naming = Naming(request, person)
        self.own = f"profiles/{person.slug}/"
        self.after: dict[str, bytes | None] = {}
        self.before: dict[str, bytes] = {}
        self.references = 0
        self.problems: list[Problem] = []
        self.stories: frozenset[str] = frozenset()

    def path(self, name: str) -> str:
        return os.path.join(self.settings.root, *name.split("/"))

    def planned(self) -> Plan:
        self._folder()
        self._stories()
        tokens = sorted(self.person.slugs | self.stories | ({self.person.account} if self.person.account else set()))
        sites = self._addresses()
        for path, data in self.files.items():
            if path.endswith(".md") and path not in self.after and _holds(data, tokens):
                self._rewrite(path, data, sites)
        if self.problems:
            raise Problems(self.problems)
        self._codeowners()
        rest = {path: self.after.get(path, data) for path, data in self.files.items()}
        rest |= {name: source.read(self.path(name)) for name in SETTINGS if os.path.isfile(self.path(name))}
        found = [one for path, data in rest.items() if data is not None for one in self.naming.mentions(path, data)]
        return Plan(self.before, self.after, self.references, found)

    def _remove(self, path: str) -> None:
        if path not in self.after:
            self.before[path] = self.files.get(path) or source.read(self.path(path))
            self.after[path] = None

    def _folder(self) -> None:
        """Everything in the person's own folder, hidden files too."""
        for folder, _, names in os.walk(self.path(self.own.rstrip("/"))):
            for name in sorted(names):
                self._remove(os.path.relpath(os.path.join(folder, name), self.settings.root).replace(os.sep, "/"))

    def _stories(self) -> None:
        """The stories that go, with their translations and pictures."""
        if self.settings.mentions.sole != "remove":
            return
        gone: dict[str, str] = {}
        translated: dict[str, list[str]] = {}
        for path, data in self.files.items():
            if kind_of(path)[0] == "story":
                known = facts(data) or {}
                of = str(known.get("translation_of") or "").strip()
                if of:
                    translated.setdefault(of, []).append(path)
                elif heads.alone(known, self.person):
                    gone[kind_of(path)[1]] = path
        versions = {slug: [path, *translated.get(slug, ())] for slug, path in gone.items()}
        paths = {path for found in versions.values() for path in found}
        self.stories = frozenset(kind_of(path)[1] for path in paths)
        for path in sorted(paths):
            self._remove(path)
            for name in self._beside(path):
                folder = posixpath.dirname(path)
                others = [
                    data
                    for other, data in self.files.items()
                    if posixpath.dirname(other) == folder and other.endswith(".md") and other not in paths
                ]
                if f"{folder}/{name}" in self.files and not any(_holds(data, [name]) for data in others):
                    self._remove(f"{folder}/{name}")

    def _beside(self, path: str) -> set[str]:
        """The names of the files that a story shows or links to."""
        document, _ = frontmatter.parse(path, self.files[path])
        if document is None:
            return set()
        image = (facts(self.files[path]) or {}).get("image")
        found = {str(image.get("file") or "").strip().removeprefix("./")} if isinstance(image, dict) else set()
        links = markup.convert(path, document.body, "", 1)[0].links
        return {name for name in found | {unquote(link[5:]) for link in links if link.startswith("file:")} if name}

    def _addresses(self) -> tuple[str, ...]:
        """The site's own addresses, while developing and when it is published."""
        found = {self.settings.url}
        try:
            found.add(settings_module.load(self.settings.checkout, self.settings.root, "publishconf.py").url)
        except Problems:
            pass
        return tuple(sorted(url for url in found if url))

    def _codeowners(self) -> None:
        """The forge's list of owners, where there is one that was made from the profiles."""
        forge = self.settings.forge
        place = os.path.join(codeowners.top_of(self.settings), *codeowners.PLACES[forge.kind or "github"].split("/"))
        data = source.read(place) if os.path.isfile(place) else b""
        if data.startswith(codeowners.HEAD.encode()):
            files = {path: self.after.get(path, found) for path, found in self.files.items()}
            people = codeowners.owners_in({path: found for path, found in files.items() if found is not None})
            wanted = codeowners.listed(forge, self.settings.maintainers, people).encode()
            self._change(os.path.relpath(place, self.settings.root).replace(os.sep, "/"), data, wanted)

    def _words(self, lang: str) -> str:
        languages = tuple(filter(None, (lang, self.settings.languages[0])))
        where = (self.settings.root, self.settings.theme)
        return texts.spoken(*where, languages, self.request.cache, IN_TEXT[FORMER])[0]

    def _rewrite(self, path: str, data: bytes, sites: tuple[str, ...]) -> None:
        """A file of others that may refer to the person."""
        kind, _, own_lang = kind_of(path)
        if kind not in canonical.TABLES:
            self._plain(path, data, sites)
            return
        document, problems = frontmatter.parse(path, data)
        if document is None or problems:
            message, hint = (
                "this file may name somebody who is to be forgotten, and cannot be read",
                "put right first what check says of it",
            )
            self.problems.append(Problem(path, 0, 0, "form", message, hint))
            return
        head = canonical.head_of(path, document.head)
        new, count = heads.without(kind, head, self.person, self.stories, self.settings.mentions)
        lang = own_lang or str(head.get("lang") or "")
        body, links = self._unlinked(path, document.body, lang, sites)
        if count or links:
            after = rewritten(path, data, new, body, self.naming.unwanted)
            self.references += count + links
            self._change(path, data, after)

    def _plain(self, path: str, data: bytes, sites: tuple[str, ...]) -> None:
        """An ordinary page, whose header lines are Pelican's."""
        text = data.decode("utf-8", "surrogateescape")
        lang = LANG.search(text[:2000])
        body, links = self._unlinked(path, text, lang[1] if lang else "", sites)
        if links:
            self.references += links
            self._change(path, data, body.encode("utf-8", "surrogateescape"))

    def _unlinked(self, path: str, text: str, lang: str, sites: tuple[str, ...]) -> tuple[str, int]:
        if not _holds(text.encode("utf-8", "surrogateescape"), sorted(self.person.slugs | self.stories)):
            return text, 0
        passage = Passage(text, leads(path, self.person, self.stories, sites), self._words(lang))
        passage.unlinked()
        return passage.bare(bare(self.person)), passage.count

    def _change(self, path: str, data: bytes, after: bytes) -> None:
        if after != data:
            self.before[path], self.after[path] = data, after


def _holds(data: bytes, tokens: list[str]) -> bool:
    """Whether one of some words may stand in a file, however an address writes it."""
    text = data.decode("utf-8", "replace")
    if "%" in text:
        text += unquote(text)
    if "&" in text:
        text += unescape(text)
    text = text.lower()
    return any(token.lower() in text for token in tokens)
