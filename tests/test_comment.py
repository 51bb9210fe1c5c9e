"""The comment of a pull request: real Git repositories, real builds of both sides."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factory import CONSENT, TODAY, Checkout, Run, Site
from hypothesis import given
from hypothesis import strategies as st

from experts.review.escaping import MARKER
from experts.review.exports import fill

FORGE = {"url": "https://forge.example/nord/experts", "forge": "github"}


class Pull:
    """A site in a Git repository, and a change of it."""

    def __init__(self, site: Site) -> None:
        """Make the repository; what is there is `main`."""
        self.site = site
        site.settings(REPOSITORY=FORGE)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("main")

    def git(self, *arguments: str) -> str:
        """Run Git in the site's folder."""
        person = ["-c", "user.name=N", "-c", "user.email=n@nord.example"]
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
        done = subprocess.run(
            ["git", *person, *arguments], cwd=self.site.folder, env=alone, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def commit(self, branch: str = "change") -> str:
        """Commit all that is there to a branch; the commit's name."""
        self.git("checkout", "--quiet", "-B", branch)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", branch)
        return self.git("rev-parse", "HEAD")

    def run(self, *options: str, head: str = "change", today: str = TODAY, lang: str = "en") -> Run:
        """Run the command."""
        given = ["--site", str(self.site.folder), "--today", today, "--lang", lang, "--base", "main", "--jobs", "1"]
        return self.site.checkout.run("comment", *given, *(["--head", head] if head else []), *options)

    def comment(self, *options: str, **more: Any) -> str:
        """The comment, which must be written; without the invisible signs in it."""
        run = self.run(*options, **more)
        assert run.code == 0, run.err
        assert run.out.startswith(MARKER + "\n")
        return run.out.replace("\u2060", "")


@pytest.fixture
def pull(site: Site) -> Pull:
    """Return a pull request of a tiny site, without a change yet."""
    return Pull(site)


def part(comment: str, heading: str) -> str:
    """The part of a comment below a heading, up to the next of its kind."""
    marks = heading.split(" ", 1)[0] + " "
    assert f"\n{heading}" in comment, comment
    return comment.split(f"\n{heading}", 1)[1].split(f"\n{marks}", 1)[0]


def test_a_changed_profile_is_shown_before_and_after(pull: Pull) -> None:
    """The words that differ are marked on the person's page; pages that repeat them are only named; the preview is linked."""
    pull.site.profile("mara", "Ein anderer Text.\n", headline="Was mara heute sagt", topics=["pumps", "heat"])
    pull.commit()
    comment = pull.comment("--preview", "https://preview.example/7/")
    assert "**Thank you for this change!** All is right" in comment
    page = part(comment, "#### Mara Tester – profile page")
    assert "[de](https://preview.example/7/experts/mara/)" in page
    assert "- Was mara <ins>heute</ins> sagt" in page
    assert "- Ein <ins>anderer</ins> Text." in page
    assert "The same changes also show on other pages" in page
    assert "[de](https://preview.example/7/topics/pumps/)" in page
    assert comment.count("<ins>heute</ins>") == 1, comment


def test_the_same_change_gives_the_same_comment(pull: Pull, tmp_path: Path) -> None:
    """Neither the state of the caches nor the place of the checkout shows; from the caches, nothing is made again."""
    pull.site.profile("mara", headline="Neu")
    pull.commit()
    first = pull.comment()
    assert pull.comment() == first
    fresh = Checkout(tmp_path / "other")
    pull.site.checkout = fresh
    assert pull.comment() == first


def test_the_order_of_the_day_is_no_change(pull: Pull) -> None:
    """Lists that show other people each day are compared on one day: a change that nobody sees says so, on any day."""
    pull.site.replace("profiles/ida/profile.md", '"heat"', '"heat" ')
    pull.commit()
    for today in (TODAY, "2026-11-24"):
        assert "All is right, and visitors see no difference." in pull.comment(today=today)


def test_what_came_to_main_meanwhile_is_not_the_changes(pull: Pull) -> None:
    """The comparison begins where the branch began, as on the forge."""
    pull.site.profile("mara", headline="Neu")
    pull.commit()
    pull.git("checkout", "--quiet", "main")
    pull.site.profile("lena")
    pull.commit("main")
    comment = pull.comment()
    assert "Lena" not in comment
    assert "Mara Tester" in comment


def test_problems_come_first_with_their_places(pull: Pull) -> None:
    """A mistake is told with a link to its line as of the change, with what would be right; others' mistakes come after it."""
    pull.site.story("valve", authors=["nobody"])
    pull.commit("main")
    pull.site.profile("mara", status="publishd")
    commit = pull.commit()
    comment = pull.comment()
    assert "One thing has to be put right" in comment
    problems = part(comment, "### To be put right: 2")
    first, second = [line for line in problems.splitlines() if line.startswith("- ")]
    place = f"[profiles/mara/profile.md, line 7](https://forge.example/nord/experts/blob/{commit}/profiles/mara/profile.md?plain=1#L7)"
    assert first == f"- {place}: publishd is not possible for status"
    assert "  - What would be right: did you mean published?" in problems
    assert "  - Why it matters: " in problems
    assert "stories/2026/valve.md" in second
    assert "Mara Tester: the profile cannot be shown before its problems are solved." in comment
    assert "Was zu berichtigen ist: 2" in pull.comment(lang="de")


def test_pages_that_cannot_be_made_are_no_difference(pull: Pull) -> None:
    """Where content ends the build of the pages, the comment tells the problems all the same, and nothing of pages."""
    pull.site.put("content/pages/experts.md", "Title: Clash\nSlug: experts\nLang: de\n\nText.\n")
    pull.commit("main")
    pull.site.profile("mara", headline="Neu")
    pull.commit()
    assert "<ins>Neu</ins>" in pull.comment()
    plugin = "def outputs(directory, site):\n    for expert in directory.experts:\n        {'Mara': 1}[expert.name]\n    yield\n\n\n"
    plugin += "def register():\n    from experts import signals\n    signals.outputs.connect(outputs)\n"
    pull.site.put("own/expert_odd.py", plugin)
    pull.site.settings(REPOSITORY=FORGE, PLUGIN_PATHS=["own"], PLUGINS=["experts", "expert_profiles", "expert_odd"])
    comment = pull.comment()
    assert "The pages cannot be compared before the problems are solved." in comment
    assert "removed" not in comment


def test_many_problems_are_counted(pull: Pull) -> None:
    """Twenty are shown, the others counted."""
    for number in range(30):
        pull.site.profile(f"p{number}", status="publishd")
    pull.commit()
    problems = part(pull.comment(), "### To be put right: 30").split("<details>")[0]
    assert len([line for line in problems.splitlines() if line.startswith("- [")]) == 20
    assert "- … and 10 more" in problems


def test_a_new_profile_is_shown_whole(pull: Pull) -> None:
    """Whoever reads the comment reads the new page, sees its portrait named, and what visitors get to know."""
    pull.site.profile("lena", "Mein **Leben** in Sätzen, [mehr](https://lena.example/).\n")
    pull.site.portrait("lena")
    pull.commit()
    comment = pull.comment()
    assert "- Lena Tester: a new profile, which everybody will see." in comment
    page = part(comment, "#### Lena Tester – profile page (de, en)")
    assert "This page is new" in page
    assert "- Mein Leben in Sätzen, mehr." in page
    assert "- A new link: mehr leads to https://lena.example/" in page
    assert "- A new picture: Ein Gesicht" in page
    assert "How complete the profiles are" in comment


def test_another_portrait_is_named(pull: Pull) -> None:
    """A portrait that is replaced by one with the same description is no silent change."""
    pull.site.put("profiles/mara/portrait.png", Path(pull.site.path("content/images/logo.png")).read_bytes() + b"\0")
    pull.commit()
    assert "- Another picture, or another description: Ein Gesicht" in pull.comment()


SITE_ONLY = {"consent": CONSENT | {"channels": ["site"]}}
SHOWN = [
    ({"status": "draft"}, {}, ["the profile becomes visible."]),
    ({}, {"status": "paused"}, ["the profile is no longer shown: is paused."]),
    ({}, {"left": "2026-11-01"}, ["the profile is no longer shown: has left."]),
    ({}, {"left": "2027-01-31"}, ["the profile disappears by itself on 2027-01-31."]),
    ({}, {"consent": CONSENT | {"until": "2027-05-01"}}, ["consent ends after 2027-05-01"]),
    ({}, SITE_ONLY, ["consent for feeds is taken back; the feed ends.", "consent for pictures is taken back"]),
    (SITE_ONLY, {}, ["AI services may use the pages.", "search engines may show the pages."]),
]


def test_what_becomes_visible_is_said(pull: Pull) -> None:
    """Consent, status and leaving are told in words, since they decide what the public gets."""
    for number, (before, _, _) in enumerate(SHOWN):
        pull.site.profile(f"p{number}", **before)
    pull.commit("main")
    for number, (_, after, _) in enumerate(SHOWN):
        pull.site.profile(f"p{number}", **after)
    pull.commit()
    comment = pull.comment()
    for number, (_, _, sentences) in enumerate(SHOWN):
        for said in sentences:
            assert f"- P{number} Tester: {said}" in comment


def test_who_is_removed_is_told_and_who_moves_too(pull: Pull) -> None:
    """A folder that goes takes its pages along; one that is renamed with an alias leads on."""
    pull.site.replace("content/stories/2026/valve.md", '["ida"]', '["mara"]')
    pull.commit("main")
    pull.git("rm", "-r", "--quiet", "profiles/ida")
    pull.site.profile("jona", name="Jonas Tester", lang="en", aliases=["jonas"])
    for name in ("content/stories/2026/boiler.md", "content/stories/2026/boiler-en.md", "content/events/barcamp.md"):
        pull.site.replace(name, '"jonas"', '"jona"')
    pull.site.replace("content/stories/2025/pipe.md", '"jonas"', '"jona"')
    pull.git("rm", "-r", "--quiet", "--cached", "profiles/jonas")
    pull.site.path("profiles/jonas/profile.md").unlink()
    pull.commit()
    comment = pull.comment()
    assert "To be put right" not in comment
    assert "- Ida Tester: the profile is removed, with its pages, pictures, feeds and files." in comment
    assert "- Jonas Tester: the profile moves to experts/jona/; the old address leads there." in comment
    assert (
        "- Ida Tester – profile page (de, en)" in part(comment, "### What visitors will see").split("are removed:")[1]
    )


def test_links_that_look_the_same_are_told(pull: Pull) -> None:
    """An address behind the same words is seen by who looks at the change, as a text and not as a link."""
    pull.site.profile("ida", links={"website": "https://ida.example/"})
    pull.commit("main")
    pull.site.profile("ida", links={"website": "https://evil.example/"})
    pull.commit()
    comment = pull.comment()
    assert "leads to https://evil.example/" in comment
    assert "](https://evil.example" not in comment


def test_the_gate_is_told_in_plain_words(pull: Pull, tmp_path: Path) -> None:
    """Merging by itself, or one person and why; anything but a clear yes needs a person."""
    pull.commit()
    file = tmp_path / "gate.json"
    file.write_text('{"verdict": "merge", "reasons": []}', "utf-8")
    assert "Nobody has to approve this" in pull.comment("--gate", str(file))
    reasons = [{"code": "new", "message": "@all: a new profile", "path": "profiles/x/profile.md"}]
    file.write_text(json.dumps({"verdict": "review", "reasons": reasons}), "utf-8")
    comment = pull.comment("--gate", str(file))
    assert "One person has to look at this" in comment
    assert "- profiles/x/profile.md: @all: a new profile" in comment
    file.write_text('{"reasons": [7, {"path": []}]}', "utf-8")
    assert "One person has to look at this" in pull.comment("--gate", str(file))
    file.write_text("[" * 100_000, "utf-8")
    run = pull.run("--gate", str(file))
    assert run.code == 1
    assert "this is no report" in run.err


def test_no_code_of_the_change_runs(pull: Pull, tmp_path: Path) -> None:
    """Settings, plugins, texts and templates of the change are not even read; the comment comes from its content alone."""
    trap = tmp_path / "sprung"
    pull.site.put("pelicanconf.py", f"open({str(trap)!r}, 'w')\nTHEME = 'theme'\nPLUGINS = ['evil']\n")
    pull.site.put("plugins/evil.py", f"open({str(trap)!r}, 'w')\n")
    pull.site.put("theme/templates/expert.html", "{{ 1 / 0 }}")
    pull.site.put("locale/en/LC_MESSAGES/theme.po", "damaged")
    pull.site.put(".gitattributes", "*.md filter=evil diff=evil\n")
    pull.site.profile("mara", headline="Neu")
    pull.commit()
    pull.git("checkout", "--quiet", "main")
    pull.git("config", "filter.evil.smudge", f"touch {trap}")
    assert "<ins>Neu</ins>" in pull.comment()
    assert not trap.exists()


def test_a_change_can_write_nowhere_else(pull: Pull, tmp_path: Path) -> None:
    """A tree of a commit may hold links and names that lead out of a folder; they are left out."""
    blob = pull.git("hash-object", "-w", "profiles/mara/profile.md")
    link = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],
        cwd=pull.site.folder,
        input=str(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    for mode, name, target in (("120000", "profiles/out", link), ("100644", "profiles/a:b/profile.md", blob)):
        pull.git("update-index", "--add", "--cacheinfo", f"{mode},{target},{name}")
    pull.git("checkout", "--quiet", "-b", "change")
    pull.git("commit", "--quiet", "--message", "odd")
    assert "visitors see no difference" in pull.comment()
    assert list(tmp_path.glob("*.md")) == []


def test_the_work_tree_can_be_the_change(pull: Pull) -> None:
    """Without --head the files as they lie there are the change: new ones too, ignored ones not."""
    pull.site.put(".gitignore", "profiles/secret/\n")
    pull.site.profile("secret")
    pull.site.profile("lena")
    pull.site.profile("mara", headline="Neu")
    comment = pull.comment(head="")
    assert "Lena Tester: a new profile" in comment
    assert "<ins>Neu</ins>" in comment
    assert "Secret" not in comment


def test_a_site_may_lie_in_a_folder_of_its_repository(tmp_path: Path, checkout: Checkout) -> None:
    """Paths are told as in the site, links lead to the place in the repository."""
    site = Site(tmp_path / "repository" / "site", checkout)
    pull = Pull(site)
    pull.git("-C", "..", "init", "--quiet", "--initial-branch=main")
    (site.folder / ".git").rename(tmp_path / "unused")
    site.settings(REPOSITORY=FORGE | {"folder": "site"})
    pull.commit("main")
    site.profile("mara", status="publishd")
    pull.commit()
    assert "/site/profiles/mara/profile.md?plain=1#L7)" in pull.comment()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--base", "nowhere"], 1, "the repository has no revision nowhere"),
        (["--base", "--output=x"], 2, ""),
        (["--head", "-x"], 2, ""),
        (["--preview", "javascript:alert(1)"], 2, "is not an address"),
        (["--checks", "missing.json"], 1, "missing.json: the file cannot be read"),
        (["--post", "x"], 2, "give --base to write a comment, or --post to send one"),
    ],
)
def test_wrong_options_get_a_sentence(pull: Pull, options: list[str], code: int, said: str) -> None:
    """Whatever is given, there is no traceback."""
    run = pull.run(*options, head="")
    assert run.code == code
    assert said in run.err
    assert "Traceback" not in run.err


def test_a_folder_without_git_gets_a_sentence(site: Site) -> None:
    """Where nothing is remembered, nothing can be compared."""
    run = site.checkout.run("comment", "--site", str(site.folder), "--base", "main", "--lang", "en")
    assert run.code == 1
    assert "this folder is in no Git repository" in run.err


def test_a_large_change_stays_below_the_limit(pull: Pull) -> None:
    """Two hundred profiles with texts full of signs that grow when escaped fit into one comment of a forge."""
    for number in range(60):
        pull.site.profile(f"p{number}", "<&_*[]" * 2000 + "\n", headline="&" * 140, links={"website": "ftp"})
        pull.site.profile(f"q{number}", ("&lt;" * 50 + "\n\n") * 60, headline="_" * 140, name="*" * 60)
    pull.commit()
    run = pull.run()
    assert run.code == 0
    assert 10_000 < len(run.out) <= 60_000


# -- the folder that holds one revision after the other -------------------------------------------

NAMES = ["profiles/a/profile.md", "profiles/a", "profiles/b/c/d.png", "profiles/b/c", "content/x.md"]
TREES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["one", "two"]), max_size=4).filter(
    lambda tree: not any(other.startswith(name + "/") for name in tree for other in tree)
)


@given(st.lists(st.tuples(TREES, st.integers(0, 5)), max_size=5), TREES)
def test_a_folder_holds_just_the_files_of_a_revision(
    steps: list[tuple[dict[str, str], int]], last: dict[str, str]
) -> None:
    """Whatever it held before, and wherever an earlier run was stopped, a folder is brought to a revision exactly."""

    def fill_with(tree: dict[str, str], most: int) -> None:
        def read(paths: Iterable[str]) -> Iterator[bytes]:
            for number, path in enumerate(paths):
                if number == most:
                    raise KeyboardInterrupt
                yield tree[path].encode()

        with contextlib.suppress(KeyboardInterrupt):
            fill(folder, tree, read)

    with tempfile.TemporaryDirectory() as place:
        folder = place + "/site"
        for tree, most in steps:
            fill_with(tree, most)
        fill_with(last, -1)
        held = {
            path.relative_to(folder).as_posix(): path.read_text() for path in Path(folder).rglob("*") if path.is_file()
        }
        assert held == last
        assert [path for path in Path(folder).rglob("*") if path.is_dir() and not any(path.iterdir())] == []
