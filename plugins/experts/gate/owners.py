"""Whose things are whose on the base branch: profiles by their `owner`, stories by their authors."""

from __future__ import annotations

import posixpath
from functools import cached_property

from .change import Side
from .facts import Facts, names
from .names import same_account

PROFILES, STORIES = "profiles/", "content/stories/"


class Owners:
    """The people of a side, and one account that wants to change something."""

    def __init__(self, side: Side, login: str) -> None:
        """Take both; files are read when somebody asks."""
        self.side, self.login = side, login
        self._owners: dict[str, tuple[str, ...]] = {}

    def profile(self, slug: str) -> str:
        """The path of somebody's profile."""
        return f"{PROFILES}{slug}/profile.md"

    def of(self, slug: str) -> tuple[str, ...]:
        """The accounts that a profile names as its owners, the person's own first."""
        if slug not in self._owners:
            self._owners[slug] = names((self.side.facts(self.profile(slug)) or {}).get("owner"))
        return self._owners[slug]

    def owns(self, slug: str) -> bool:
        """Whether the account may change a person's folder."""
        return any(same_account(owner, self.login) for owner in self.of(slug))

    def is_person(self, slug: str) -> bool:
        """Whether the account is the person's own: the first owner; the others are delegates."""
        return bool(self.of(slug)) and same_account(self.of(slug)[0], self.login)

    def known(self, slug: str) -> bool:
        """Whether there is such a person."""
        return self.profile(slug) in self.side.files

    @property
    def profiles(self) -> list[str]:
        """The paths of all profiles."""
        return [path for path in self.side.files if path.startswith(PROFILES) and path.endswith("/profile.md")]

    @cached_property
    def stories(self) -> dict[str, str]:
        """Short name of every story -> its path."""
        paths = [path for path in self.side.files if path.startswith(STORIES) and path.endswith(".md")]
        return {posixpath.basename(path)[:-3]: path for path in sorted(paths)}

    def authors(self, story: Facts | None) -> tuple[str, ...]:
        """The authors of a story; a translation takes them from its original where it does not name them."""
        if story is None:
            return ()
        own = names(story.get("authors"))
        original = story.get("translation_of")
        if own or not isinstance(original, str):
            return own
        path = self.stories.get(original.strip())
        found = self.side.facts(path) if path else None
        return names((found or {}).get("authors"))

    def wrote(self, path: str) -> bool:
        """Whether the account is that of an author of a story."""
        return any(self.owns(author) for author in self.authors(self.side.facts(path)))

    @cached_property
    def earlier(self) -> dict[str, str]:
        """Earlier short names of people -> their present one."""
        found = {}
        self.side.load(self.profiles)
        for path in self.profiles:
            for alias in names((self.side.facts(path) or {}).get("aliases")):
                found[alias] = path.split("/")[1]
        return found
