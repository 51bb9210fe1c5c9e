"""The command forget: afterwards nothing in the repository's files leads to somebody, and nothing else has changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from factory import ROOT, Site

from experts import console
from experts.forgetting import applying, command
from experts.forgetting.difference import differences
from experts.request import Request

from .places import NAME, SLUG, committed, everywhere, files, forget, git, problems, request, rules


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A repository in which Kim is named everywhere; caches lie beside it."""
    ask = console.request_of

    def beside(*arguments: object, **options: object) -> Request:
        return ask(*arguments, **options)._replace(cache=str(tmp_path / "cache"))  # type: ignore[arg-type]

    monkeypatch.setattr(console, "request_of", beside)
    return committed(everywhere(tmp_path / "site"))


def holding(found: dict[str, bytes], *words: str) -> list[str]:
    """The files that hold one of some words, in their names or in their text."""
    return [path for path, data in found.items() for word in words if word in path or word.encode() in data]


def test_nothing_leads_to_them_any_more(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """However they were referred to, no file names them; `check` has nothing to say, and files that did not are untouched."""
    before = files(site)
    assert problems(site) == []
    assert forget(site, "--yes") == 0
    after = files(site)
    assert holding(after, SLUG, NAME, "kim-alt", "kim-z", "Kim") == []
    assert problems(site) == []
    concerned = set(holding(before, SLUG, "alone", "shared", "kim-z"))
    assert {path for path in before if before[path] != after.get(path)} <= concerned
    assert not (site.folder / "profiles" / SLUG).exists()
    said = capsys.readouterr().out
    commands = said[said.index("Done: removal 1") :]
    assert "Kim" not in commands
    assert SLUG not in commands
    assert git(site.folder, "log", "--format=%s") == "Begin"  # it leaves the commit to people


def test_what_stands_instead(site: Site) -> None:
    """Words that name nobody stand instead of links, others' names stay; who wrote with them says so by number."""
    forget(site, "--yes")
    story = site.read("content/stories/2026/two.md")
    assert "authors:\n  - mara\nformer_authors: 1\n" in story
    assert (
        "A former colleague of ours said so. Ask *a former colleague of ours* or a former colleague of ours, a former"
        in story
    )
    assert "the story, [Mara](expert:mara)\n" in story
    assert "<a" not in story
    assert "former_authors: 2" in site.read("content/stories/2026/three.md")
    assert "former_authors" not in site.read("content/stories/2026/three-en.md")
    assert site.read("profiles/only/profile.md").count("absence") == 0
    assert "absence:\n  from: 2026-12-20\nowner:\n  - dep\n" in site.read("profiles/deputised/profile.md")
    assert "experts:\n  - expert: mara\n" in site.read("content/hooks/news.md")
    assert "experts" not in site.read("content/hooks/lonely.md")
    assert "sessions:\n  - title: Beginn\n    hosts:\n      - mara\n  - title: Ende\n" in site.read(
        "content/events/fair.md"
    )


def test_stories_of_theirs_alone_go_with_their_pictures(site: Site) -> None:
    """A story that nobody else wrote goes, in all languages, with its picture; a picture that another one shows stays."""
    forget(site, "--yes")
    left = set(files(site))
    assert left.isdisjoint(
        {f"content/stories/2026/{name}" for name in ("alone.md", "alone-en.md", "alone.png", "shared.md", "shared.png")}
    )
    assert "content/stories/2026/pipe2.png" in left


def test_the_rules_decide(site: Site) -> None:
    """With other MENTIONS stories stay without authors, and others' stories say nothing of them; a name is never kept."""
    rules(site, coauthor="drop", sole="keep")
    git(site.folder, "commit", "-q", "-a", "-m", "Rules")
    assert forget(site, "--yes") == 0
    assert "authors: []" not in site.read("content/stories/2026/alone.md")
    assert "former_authors: 1\n" in site.read("content/stories/2026/alone.md")
    assert "former_authors" not in site.read("content/stories/2026/two.md")
    assert holding(files(site), SLUG, NAME) == []
    assert problems(site) == []


def test_comments_and_order_stay(site: Site) -> None:
    """In a file with comments, its own order and Windows line ends, only what refers to them changes."""
    text = f"---\r\n# first\r\ntopics: [heat]   # why\r\ntitle: 'T'\r\nauthors:\r\n  - mara # leads\r\n  - {SLUG} # Kim Zeuge\r\n\r\n# below\r\ndate: 2026-10-01\r\n---\r\nText.\r\n"
    site.put("content/stories/2026/noted.md", text)
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "Note")
    forget(site, "--yes")
    assert (site.folder / "content/stories/2026/noted.md").read_bytes().decode() == (
        "---\r\n# first\r\ntopics: [heat]   # why\r\ntitle: 'T'\r\n# leads\r\nauthors:\r\n  - mara\r\nformer_authors: 1\r\n"
        "\r\n# below\r\ndate: 2026-10-01\r\n---\r\nText.\r\n"
    )


def test_lines_that_name_them_are_listed(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """What only a person can decide is listed with file and line: names in prose, and names that others may have, too."""
    site.put("content/hooks/winter.md", site.read("content/hooks/winter.md") + "Kim  ZEUGE, writes.\n\nSo says Kim.\n")
    git(site.folder, "commit", "-q", "-a", "-m", "Prose")
    assert forget(site, "--dry-run") == 0
    said = capsys.readouterr().out
    certain, perhaps = said.index("please decide about each"), said.index("perhaps mean the person")
    assert certain < said.index("content/hooks/winter.md:8: Kim  ZEUGE, writes.") < perhaps
    assert perhaps < said.index("content/hooks/winter.md:10: So says Kim.")


def test_nothing_is_lost_that_git_does_not_have(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """With changes in a file that would be touched, or with one in the folder that Git does not know, nothing is done."""
    site.put(f"profiles/{SLUG}/new.txt", "only here")
    site.replace("content/stories/2026/two.md", "said so", "says so")
    site.put("content/topics/heat.md", site.read("content/topics/heat.md") + "\n")
    before = files(site)
    assert forget(site, "--yes") == 1
    assert files(site) == before
    said = capsys.readouterr().err
    assert f"profiles/{SLUG}/new.txt: this file has changes that are not committed" in said
    assert "content/stories/2026/two.md: this file" in said
    assert "heat.md" not in said


def test_who_is_not_asked_agrees_to_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look changes nothing; nor does the command where nobody answers, or where somebody says no."""
    before = files(site)
    assert forget(site, "--dry-run") == 0
    for answer in ("", "no"):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)
        assert forget(site) == 1
    assert files(site) == before
    monkeypatch.setattr("builtins.input", lambda _: "y")
    assert forget(site) == 0
    assert files(site) != before


def test_the_list_of_removals_names_nobody(site: Site) -> None:
    """A removal is one line of numbers, a day and rules; the number counts on."""
    site.put(
        "content/removals.csv",
        "number,day,files removed,references rewritten,coauthor,sole,text\n7,2026-01-01,1,2,drop,keep,keep\n",
    )
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "Earlier")
    forget(site, "--yes")
    assert site.read("content/removals.csv").splitlines()[1:] == [
        "7,2026-01-01,1,2,drop,keep,keep",
        "8,2026-11-23,9,44,neutral,remove,neutral",
    ]


def test_a_new_problem_puts_all_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If the site would have a problem that it did not have, the files are what they were."""
    before = files(site)
    put = applying._put

    def spoiled(place: str, data: bytes | None) -> None:
        put(
            place,
            b"---\nlabel: 1\n---\n" if data is not None and place.endswith("news.md") and b"kim" not in data else data,
        )

    monkeypatch.setattr(applying, "_put", spoiled)
    assert forget(site, "--yes") == 1
    assert files(site) == before
    assert "content/hooks/news.md" in capsys.readouterr().err
    assert not Path(applying.journal_of(request(site).cache, str(site.folder))).exists()


KILLED = """
import os, signal, sys
from experts.forgetting import applying
from experts.editing import writing
count, real = int(sys.argv[1]), os.unlink
def unlink(path, *rest, **more):
    global count
    count -= 1
    if not count:
        os.kill(os.getpid(), signal.SIGKILL)
    real(path, *rest, **more)
os.unlink = unlink
root, journal = sys.argv[2:4]
paths = sys.argv[4:]
before = {path: open(os.path.join(root, path), "rb").read() for path in paths}
with applying.changed(root, journal, {**before, "new.txt": None}, {**dict.fromkeys(paths), "new.txt": b"x"}):
    pass
"""


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_kill_leaves_all_or_nothing(tmp_path: Path, at: int) -> None:
    """Killed at any file, the next start puts everything back, with its rights; killed after the last one, all is done."""
    site = Site(tmp_path / "site", None, empty=True)  # type: ignore[arg-type]
    for name in ("a", "b", "c"):
        site.put(f"profiles/kim/{name}.txt", name * 9)
    site.path("profiles/kim/a.txt").chmod(0o600)
    before, journal = files(site), str(tmp_path / "journal")
    names = [f"profiles/kim/{name}.txt" for name in ("a", "b", "c")]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(at), str(site.folder), journal, *names],
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")}, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    assert applying.put_back(str(site.folder), journal)
    assert files(site) == before
    assert site.path("profiles/kim/a.txt").stat().st_mode & 0o777 == 0o600
    assert not applying.put_back(str(site.folder), journal)


def test_the_difference_is_safe_to_show() -> None:
    """No file can write to the terminal through the diff: control characters are escaped, pictures only named."""
    shown = "\n".join(differences({"a.md": b"x\x1b[2J\n", "b.png": b"\0\1"}, {"a.md": b"y\x9b\n\xff", "b.png": None}))
    assert "\x1b" not in shown
    assert "-x\\x1b[2J" in shown
    assert "--- b.png: removed" in shown
    assert all(line.isprintable() for line in shown.split("\n"))


def test_who_is_unknown_cannot_be_forgotten(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no folder has is told, with one that is like it; no path leads out of the profiles."""
    for slug in ("kim-zeug", "../content", "."):
        assert command.command([slug, "--site", str(site.folder), "--lang", "en", "--yes"]) == 1
    said = capsys.readouterr().err
    assert "there is no profile kim-zeug (did you mean kim-zeuge?)" in said
    assert "there is no profile ../content" in said


def test_the_forge_asks_nobody_who_is_gone(site: Site) -> None:
    """A list of owners that was made from the profiles is made anew; one that people wrote is left to them."""
    site.put(".github/CODEOWNERS", "* @boss\n/profiles/kim-zeuge/ @kim-z\n")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-q", "-m", "Owners")
    before = site.read(".github/CODEOWNERS")
    forget(site, "--yes", "--dry-run")
    assert site.read(".github/CODEOWNERS") == before
    from experts.gate import codeowners

    codeowners.command(["--site", str(site.folder)])
    git(site.folder, "commit", "-q", "-a", "-m", "Made owners")
    assert "@kim-z" in site.read(".github/CODEOWNERS")
    forget(site, "--yes")
    assert "kim" not in site.read(".github/CODEOWNERS")
    assert "/profiles/only/ @on" in site.read(".github/CODEOWNERS")
