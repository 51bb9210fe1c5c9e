"""A site in two versions that differ in all that a build does, and how it is built and killed on its way between them."""

from __future__ import annotations

import os
import shutil

import pytest
from factory import Site, differences, png

from .theatre import Stage, broken, building, state, temporary, tree

PLUGINS = [
    "experts",
    "expert_home",
    "expert_profiles",
    "expert_stories",
    "expert_search",
    "expert_files",
    "expert_lists",
]
TIMES = int(os.environ.get("EXPERTS_ACCIDENTS") or 0)  # 0: the few of every run
many = pytest.mark.skipif(not TIMES, reason="takes long; EXPERTS_ACCIDENTS says how many")


def version(site: Site, number: int) -> None:
    """Bring a site into one of two states that differ in texts, people, pictures, and in files that were folders."""
    site.settings(PLUGINS=PLUGINS)  # few: a build is short, and its points are many enough
    site.profile("jonas", f"Text {number % 2}.\n", lang="en", location="Kiel")
    site.put("profiles/mara/portrait.png", png(number % 2))
    for slug in ("neu", "anna"):
        shutil.rmtree(site.path(f"profiles/{slug}"), ignore_errors=True)
    site.profile(("neu", "anna")[number % 2])
    site.portrait(("neu", "anna")[number % 2], 7)
    shutil.rmtree(site.path("content/images/a"), ignore_errors=True)
    site.path("content/images/a").unlink(missing_ok=True)
    site.put(("content/images/a", "content/images/a/b.txt")[number % 2], "x")


class Town:
    """A site in two versions, with what a clean build makes of each."""

    def __init__(self, site: Site, stage: Stage) -> None:
        self.site, self.stage = site, stage
        self.clean: list[dict[str, bytes]] = []
        for number in (0, 1):
            version(site, number)
            done = stage.run(building(site))
            assert done.code == 0, done.words
            self.clean.append(tree(site.output))
            self.forget()
        self.turns = 1

    def forget(self) -> None:
        """Remove output and cache."""
        shutil.rmtree(self.site.output, ignore_errors=True)
        for cache in self.site.checkout.folder.glob(".cache/site-*"):
            shutil.rmtree(cache)

    def turn(self) -> None:
        """Edit the site: it then has the other version."""
        self.turns += 1
        version(self.site, self.turns)

    def build(self, jobs: int = 1) -> None:
        """Build, which must give the clean build, and leave nothing else."""
        done = self.stage.run(building(self.site, jobs=jobs))
        assert done.code == 0, done.words
        wrong = differences(tree(self.site.output), self.clean[self.turns % 2])
        assert wrong == [], wrong
        assert temporary(self.site.output, self.site.folder, self.site.checkout.folder / ".cache" / "site-*") == []

    def kill(self, jobs: int = 1, options: tuple[str, ...] = (), **task: float) -> bool:
        """Kill a build of the version that the site has now; whether there was still something to kill."""
        before = state(self.site.folder)
        done = self.stage.run(building(self.site, *options, jobs=jobs), how="kill", **task)
        assert done.killed or done.code == 0, done.words
        assert broken(tree(self.site.output), *self.clean) == []
        assert state(self.site.folder) == before
        return done.killed
