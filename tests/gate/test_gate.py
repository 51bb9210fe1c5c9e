"""Whether a change may merge by itself: only one's own things, all right, and nobody else concerned."""

from __future__ import annotations

import json
import random

import pytest
from factory import png
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experts.gate import command
from experts.gate import files as files_module
from experts.problems import Problems

from .repositories import CONSENT, FULL, SITE, Repo, profile, story

MARA = "profiles/mara/profile.md"
OWN, BOTH, HIS = (f"content/stories/2026/{name}.md" for name in ("own", "both", "his"))
EDITED = profile("Mara Tester", "mara-l", "delegate", role="Engineer")
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
PHOTO = png(1, 2, 3)


def with_text(path: str) -> str:
    """A file of the site with one more sentence."""
    return SITE[path] + "One more.\n"


MINE = {
    "the profile": {MARA: EDITED},
    "a picture": {MARA: EDITED + "![Me](<Porträt 2.png>)\n", "profiles/mara/Porträt 2.png": PHOTO},
    "the own consent": {MARA: profile("Mara Tester", "mara-l", "delegate", consent={**CONSENT, "channels": ["site"]})},
    "all of the consent": {MARA: profile("Mara Tester", "mara-l", "delegate", consent={**CONSENT, "withdrawn": True})},
    "an empty consent": {MARA: profile("Mara Tester", "mara-l", "delegate", consent={})},
    "pausing": {MARA: profile("Mara Tester", "mara-l", "delegate", status="paused")},
    "going": {MARA: profile("Mara Tester", "mara-l", "delegate", status="left")},
    "a translation": {"profiles/mara/profile.en.md": "---\ntranslation_of: mara\nheadline: Knows\n---\n"},
    "a file that goes": {"profiles/mara/talk.pdf": None},
    "a story": {OWN: with_text(OWN)},
    "a story with others": {BOTH: with_text(BOTH)},
    "leaving a story": {BOTH: story("jonas")},
    "a new story": {"content/stories/2026/new.md": story("mara")},
    "a new story and its translation": {
        "content/stories/2026/new.md": story("mara"),
        "content/stories/2026/new-en.md": story("mara", lang="en", translation_of="new"),
    },
    "a story that goes": {OWN: None},
    "a story under another name": {OWN: None, "content/stories/2026/renamed.md": story("mara", aliases=["own"])},
    "all at once": {
        MARA: EDITED,
        OWN: with_text(OWN),
        "content/stories/2027/next.md": story("mara", date="2027-01-01"),
    },
}


@pytest.mark.parametrize("what", MINE)
def test_own_things_merge(repo: Repo, what: str) -> None:
    """Whoever changes only what is theirs needs nobody's yes, whatever the capitals of the account."""
    verdict = repo.judge(repo.change(MINE[what]), "Mara-L")
    assert verdict.reasons == []
    assert verdict.checks_ok


STOPPED = {
    "somebody else's profile": ({"profiles/jonas/profile.md": with_text("profiles/jonas/profile.md")}, "not-yours"),
    "their translation": ({"profiles/jonas/profile.en.md": None}, "not-yours"),
    "a translation that they have not": ({"profiles/jonas/profile.de.md": "---\n---\n"}, "not-yours"),
    "a file in their folder": ({"profiles/jonas/portrait.jpg": JPEG}, "not-yours"),
    "a profile without an owner": ({"profiles/ida/profile.md": with_text("profiles/ida/profile.md")}, "not-yours"),
    "their story": ({HIS: with_text(HIS)}, "not-yours"),
    "their story, naming oneself": ({HIS: story("jonas", "mara")}, "not-yours"),
    "a shared story removed": ({BOTH: None}, "removal"),
    "a co-author removed": ({BOTH: story("mara")}, "authors"),
    "a co-author added": ({OWN: story("mara", "jonas")}, "authors"),
    "a new story of two": ({"content/stories/2026/new.md": story("mara", "jonas")}, "authors"),
    "a new story of another": ({"content/stories/2026/new.md": story("jonas")}, "authors"),
    "a translation of their story": ({"content/stories/2026/x.md": story("mara", lang="en", translation_of="his")}, "not-yours"),
    "a story with an address of another": ({"content/stories/2026/x.md": story("mara", aliases=["gone"])}, "address"),
    "more owners": ({MARA: profile("Mara Tester", "mara-l", "delegate", "friend")}, "owner"),
    "fewer owners": ({MARA: profile("Mara Tester", "mara-l")}, "owner"),
    "an earlier name": ({MARA: profile("Mara Tester", "mara-l", "delegate", aliases=["old"])}, "address"),
    "the name of another": ({MARA: profile("JONAS  Tester", "mara-l", "delegate")}, "name-taken"),
    "the own profile removed": ({MARA: None, "profiles/mara/talk.pdf": None}, "removal"),
    "a topic": ({"content/topics/new.md": SITE["content/topics/heat.md"]}, "shared"),
    "the imprint": ({"content/pages/imprint.md": "Title: x\n\nText"}, "shared"),
    "a workflow": ({".github/workflows/check.yml": "on: push"}, "workflow"),
    "GitLab's": ({".gitlab-ci.yml": "x:"}, "workflow"),
    "the settings": ({"pelicanconf.py": "raise SystemExit"}, "settings"),
    "a plugin": ({"plugins/expert_own.py": "raise SystemExit"}, "code"),
    "anything else": ({"README.md": "x"}, "elsewhere"),
    "a file beside all profiles": ({"profiles/README.md": "x"}, "elsewhere"),
    "a link that one confirms oneself": ({"profiles/mara/verified.json": '{"links": {"https://mara.example/": "2026-11-01"}}'}, "proofs"),
    "a page of one's own": ({"profiles/mara/index.html": "<script>"}, "kind"),
    "a drawing that can be run": ({"profiles/mara/me.svg": "<svg/>"}, "kind"),
    "a folder in a folder": ({"profiles/mara/more/me.jpg": JPEG}, "kind"),
    "a picture that is a page": ({MARA: EDITED + "![Me](me.jpg)\n", "profiles/mara/me.jpg": "<script>"}, "problem"),
    "a link of a forbidden kind": ({MARA: EDITED + "[x](javascript:alert(1))\n"}, "problem"),
    "a confirmation": ({MARA: profile("Mara Tester", "mara-l", "delegate", confirmed="2026-11-02")}, "confirmed"),
    "a mistake": ({MARA: profile("", "mara-l", "delegate")}, "problem"),
    "fields that cannot be read": ({MARA: "---\nname: [\n---\n"}, "unreadable"),
    "a field twice": ({MARA: EDITED.replace("---\n", '---\nowner: ["mara-l", "delegate"]\n', 1)}, "unreadable"),
    "attributes": ({"profiles/mara/.gitattributes": "* -text"}, "name"),
    "a hidden folder": ({"profiles/mara/.git-x/a.jpg": JPEG}, "name"),
    "capitals": ({"profiles/Mara/profile.md": EDITED}, "case"),
    "a file in capitals": ({"profiles/mara/PROFILE.md": EDITED}, "case"),
    "marks apart from their letters": ({"profiles/mara/e\u0301.jpg": JPEG}, "name"),
    "a turned name": ({"profiles/mara/gpj.\u202egnp.jpg": JPEG}, "name"),
    "a device": ({"profiles/mara/NUL.jpg": JPEG}, "name"),
    "a way out": ({"profiles/mara/..\\..\\x.jpg": JPEG}, "name"),
    "a new profile": ({"profiles/new/profile.md": profile("New", "mara-l")}, "new-profile"),
    "a new profile of another": ({"profiles/new/profile.md": profile("New", "jonas-w", "mara-l")}, "not-yours"),
    "a new profile at an earlier address": ({"profiles/jo/profile.md": profile("New", "mara-l")}, "taken"),
    "a new profile with a name": ({"profiles/new/profile.md": profile("Ida Tester", "mara-l")}, "name-taken"),
    "a look-alike": ({"profiles/m\u0430ra/profile.md": EDITED}, "kind"),
    "a picture of nobody": ({"content/stories/2026/pool.jpg": JPEG}, "not-yours"),
    "a page that is called a picture": ({"profiles/mara/me.jpg": "<script>"}, "content"),
    "a page that is called a document": ({"profiles/mara/me.pdf": "<script>"}, "content"),
    "a short name of .git": ({"profiles/mara/GIT~1.jpg": JPEG}, "name"),
    "letters that look alike": ({"profiles/mara/p\u0430ge.jpg": JPEG}, "name"),
    "something large": ({"profiles/mara/talk.pdf": b"%PDF" + bytes(11 << 20)}, "size"),
    "many files": ({f"profiles/mara/{number}.jpg": JPEG for number in range(201)}, "too-much"),
}  # fmt: skip


@pytest.mark.parametrize("what", STOPPED)
def test_all_else_waits_for_a_person(repo: Repo, what: str) -> None:
    """What touches anybody or anything else is stopped, with the reason that people expect."""
    files, code = STOPPED[what]
    assert code in repo.codes(repo.change(files))


def test_a_picture_that_others_name_in_another_way(repo: Repo) -> None:
    """A picture beside stories belongs to all who show it, however they write its name."""
    for name in ("p%69pe.png", "p&#105;pe.png", "pipe.png"):
        theirs = {HIS: SITE[HIS] + f"![Pipe]({name})\n", OWN: SITE[OWN] + "![Pipe](pipe.png)\n"}
        base = repo.change({**theirs, "content/stories/2026/pipe.png": png(1)})
        head = repo.commit({"content/stories/2026/pipe.png": png(2)}, base)
        assert [reason.code for reason in repo.judge(head, base=base).reasons] == ["not-yours"], name


def test_one_foot_in_the_door_is_not_enough(repo: Repo) -> None:
    """A change that names its author as an owner is judged by the owners before it, also together with allowed changes."""
    taken = profile("Jonas Tester", "mara-l", aliases=["jo"])
    assert repo.codes(repo.change({"profiles/jonas/profile.md": taken, MARA: EDITED})) == ["not-yours"]


def test_who_merged_once_merges_alone(repo: Repo) -> None:
    """A new profile waits for one yes; when it is on the base branch its person needs none."""
    first = repo.change({"profiles/new/profile.md": profile("New Tester", "new-t")})
    verdict = repo.judge(first, "new-t")
    assert [reason.code for reason in verdict.reasons] == ["new-profile"]
    assert verdict.new_profiles == ["new"]
    second = repo.commit({"profiles/new/profile.md": profile("New Tester", "new-t", role="Engineer")}, first)
    assert repo.judge(second, "new-t", base=first).reasons == []


def test_a_moved_file_is_one_that_goes_and_one_that_comes(repo: Repo) -> None:
    """Nobody gets a file of others by moving it into their own folder; and both ends are judged."""
    text = SITE["profiles/jonas/profile.en.md"].replace("jonas", "mara")
    moved = {"profiles/jonas/profile.en.md": None, "profiles/mara/profile.en.md": text}
    assert repo.codes(repo.change(moved)) == ["not-yours"]
    assert "not-yours" in repo.codes(repo.change({HIS: None, "content/stories/2026/mine.md": story("mara")}))


@pytest.mark.parametrize(("mode", "code"), [("120000", "symlink"), ("160000", "submodule"), ("100755", "executable")])
def test_only_ordinary_files(repo: Repo, mode: str, code: str) -> None:
    """A link, another repository or a program is no part of a profile, not even in one's own folder."""
    content = repo.main if mode == "160000" else "../jonas/profile.md"
    path = "profiles/mara/me.jpg"
    assert code in repo.codes(repo.change({path: content}, modes={path: mode}))


def test_a_link_is_never_followed(repo: Repo) -> None:
    """A profile that becomes a link to somebody's file is stopped, and what it leads to is not read."""
    path = "profiles/mara/profile.md"
    head = repo.change({path: "../jonas/profile.md"}, modes={path: "120000"})
    assert {"symlink", "unreadable"} <= set(repo.codes(head))


def test_accounts_are_not_mistaken(repo: Repo) -> None:
    """Accounts differ by more than capitals: look-alikes, folded letters, empty ones and bots own nothing."""
    head = repo.change({MARA: EDITED})
    assert repo.codes(head, "mara-l") == []
    for login in ("mara\u2010l", "m\u0430ra-l", "ｍara-l", "mara-l\u200b", "mara", "mara-l2"):
        assert repo.codes(head, login) != [], login
    assert repo.codes(head, "") == ["author"]
    assert repo.codes(head, "mara-l[bot]") == ["author"]


def test_the_letter_that_folds_is_no_letter(repo: Repo) -> None:
    """The sign of Kelvin is not the letter k, although Unicode folds it into one."""
    base = repo.change({"profiles/kim/profile.md": profile("Kim Tester", "kim")})
    head = repo.commit({"profiles/kim/profile.md": profile("Kim Tester", "kim", role="x")}, base)
    assert repo.judge(head, "KIM", base=base).reasons == []
    assert [reason.code for reason in repo.judge(head, "\u212aim", base=base).reasons] == ["author"]


def test_a_delegate_edits_but_does_not_agree(repo: Repo) -> None:
    """The person is the first owner; others may edit the profile, but not give or take back the person's consent."""
    assert repo.codes(repo.change({MARA: EDITED}), "delegate") == []
    less = profile("Mara Tester", "mara-l", "delegate", consent={**CONSENT, "channels": FULL[:1]})
    assert repo.codes(repo.change({MARA: less}), "delegate") == ["consent"]


def test_a_delegate_does_not_bring_back_who_left(repo: Repo) -> None:
    """Who has paused or left comes back by their own word only."""
    base = repo.change({MARA: profile("Mara Tester", "mara-l", "delegate", status="paused")})
    back = repo.commit({MARA: EDITED}, base)
    assert [reason.code for reason in repo.judge(back, "delegate", base=base).reasons] == ["presence"]
    assert repo.judge(back, "mara-l", base=base).reasons == []
    assert repo.codes(base, "delegate") == ["presence"]


def test_what_merging_hides_is_judged(repo: Repo) -> None:
    """What the branch holds counts even where merging would put it elsewhere: a forge may merge in its own way."""
    base = repo.commit({HIS: None, "content/stories/2025/his.md": SITE[HIS]}, repo.main)
    head = repo.commit({HIS: with_text(HIS), OWN: with_text(OWN)}, repo.main)
    assert "not-yours" in [reason.code for reason in repo.judge(head, base=base).reasons]


def test_what_merging_gives_is_judged(repo: Repo) -> None:
    """The base branch may have moved on: only what the change itself does counts, and ownership by the newest state."""
    head = repo.change({MARA: EDITED})
    moved = repo.commit({"profiles/jonas/profile.md": with_text("profiles/jonas/profile.md")}, repo.main)
    assert repo.judge(head, base=moved).reasons == []
    taken = repo.commit({MARA: profile("Mara Tester", "somebody")}, repo.main)
    head = repo.change({OWN: with_text(OWN)})
    assert [reason.code for reason in repo.judge(head, base=taken).reasons] == ["not-yours"]


def test_a_merge_cannot_hide_a_change(repo: Repo) -> None:
    """A merge commit that holds more than both of its parents is judged by what it holds."""
    left = repo.change({MARA: EDITED})
    right = repo.change({OWN: with_text(OWN)})
    evil = repo.commit({OWN: with_text(OWN), HIS: with_text(HIS)}, left, right)
    assert repo.codes(evil) == ["not-yours"]
    honest = repo.commit({OWN: with_text(OWN)}, left, right)
    assert repo.codes(honest) == []


def test_criss_cross(repo: Repo) -> None:
    """Two branches that merged each other have two bases; the change is still what merging does."""
    left, right = repo.change({MARA: EDITED}), repo.change({HIS: with_text(HIS)})
    base = repo.commit({MARA: EDITED}, right, left)
    head = repo.commit({HIS: with_text(HIS), OWN: with_text(OWN)}, left, right)
    assert repo.judge(head, base=base).reasons == []


def test_what_was_taken_back_still_travels(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a later commit removes stays in the history that would be merged: too much of it is stopped."""
    monkeypatch.setattr(files_module, "MOST_HISTORY", 100_000)
    noise = random.Random(1).randbytes(200_000)
    first = repo.change({"profiles/mara/talk.pdf": noise})
    last = repo.commit({"profiles/mara/talk.pdf": SITE["profiles/mara/talk.pdf"], MARA: EDITED}, first)
    assert repo.codes(last) == ["too-much"]


def test_lines_that_others_changed_too(repo: Repo) -> None:
    """A change that does not merge cleanly is not merged."""
    base = repo.commit({MARA: profile("Mara Tester", "mara-l", "delegate", role="Boss")}, repo.main)
    assert [reason.code for reason in repo.judge(repo.change({MARA: EDITED}), base=base).reasons] == ["conflict"]


def test_no_change_is_no_reason_to_merge(repo: Repo) -> None:
    """A change that changes nothing waits for a person."""
    assert repo.codes(repo.main) == ["nothing"]


def test_older_mistakes_do_not_count(repo: Repo) -> None:
    """A mistake that stands on the base branch does not stop others; one that the change adds elsewhere does."""
    base = repo.commit({"profiles/ida/profile.md": profile("", "ida")}, repo.main)
    head = repo.commit({MARA: EDITED}, base)
    assert repo.judge(head, base=base).reasons == []
    linked = repo.commit({BOTH: SITE[BOTH] + "See [it](story:own).\n"}, repo.main)
    broken = repo.commit({OWN: None}, linked)
    assert [(reason.code, reason.path) for reason in repo.judge(broken, base=linked).reasons] == [("problem", BOTH)]


def test_nothing_of_the_change_is_run(repo: Repo) -> None:
    """Settings, plugins and texts of the change are judged, never used."""
    marker = repo.folder.parent / "ran"
    code = f"open({str(marker)!r}, 'w').close()\n"
    head = repo.change(
        {"pelicanconf.py": code, "plugins/expert_own.py": code, "locale/de/LC_MESSAGES/theme.po": "x", MARA: EDITED}
    )
    assert {"settings", "code"} <= set(repo.codes(head))
    assert not marker.exists()


def test_trees_made_by_hand(repo: Repo) -> None:
    """Paths that no ordinary Git would write lead nowhere."""
    jpeg = repo.blob(JPEG)
    inner = repo.git("mktree", "-z", given=f"100644 blob {jpeg}\t..\0".encode())
    rows = repo.git("ls-tree", f"{repo.main}:profiles/mara").encode() + f"\n040000 tree {inner}\tx\n".encode()
    profiles = repo.git("ls-tree", f"{repo.main}:profiles").replace(
        repo.git("rev-parse", f"{repo.main}:profiles/mara"), repo.git("mktree", given=rows)
    )
    top = repo.git("ls-tree", repo.main).replace(
        repo.git("rev-parse", f"{repo.main}:profiles"), repo.git("mktree", given=profiles.encode() + b"\n")
    )
    head = repo.git("commit-tree", repo.git("mktree", given=top.encode() + b"\n"), "-p", repo.main, "-m", "x")
    try:
        codes = repo.codes(head)
    except Problems:
        return  # Git itself refuses to merge it
    assert codes != []


def test_what_cannot_be_told_is_said(repo: Repo) -> None:
    """An unknown branch, a folder without a repository and a history that is not there are sentences, and never a yes."""
    for name in ("nowhere", "--help", "", "a\0b"):
        with pytest.raises(Problems, match="the repository knows no"):
            repo.judge(repo.main, base=name)
    alone = repo.commit({MARA: EDITED})
    with pytest.raises(Problems, match="the history does not reach back"):
        repo.judge(alone)


def test_the_command(repo: Repo, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 0 for yes and 1 for no; the reasons are sentences in the language that is asked for, or JSON."""
    site = ["--site", str(repo.folder), "--base", "main", "--today", "2026-11-23"]
    mine = [*site, "--head", repo.change({MARA: EDITED})]
    assert command.command([*mine, "--author", "mara-l", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("This change may go through by itself")
    assert command.command([*mine, "--author", "jonas-w", "--lang", "de"]) == 1
    assert "dieser Ordner gehört mara-l, delegate" in capsys.readouterr().out
    assert command.command([*mine, "--author", "jonas-w", "--lang", "en", "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    reason = {"code": "not-yours", "message": "this folder belongs to mara-l, delegate", "path": "profiles/mara/"}
    assert said == {"verdict": "review", "reasons": [reason], "new_profiles": [], "checks_ok": True, "files": 1}
    unknown = [*site, "--head", "nowhere", "--author", "mara-l", "--lang", "en"]
    assert command.command(unknown) == 1
    assert "the repository knows no nowhere" in capsys.readouterr().out
    assert command.command([*unknown, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "review"


PATHS = [
    *SITE,
    "profiles/mara/new.jpg",
    "profiles/new/profile.md",
    "content/stories/2026/new.md",
    "content/stories/2025/pool.jpg",
    "x.md",
]
TEXTS = [
    None, EDITED, profile("Mara Tester", "mara-l"), profile("Jonas Tester", "mara-l"), profile("New Tester", "mara-l"),
    story("mara"), story("jonas"), story("mara", "jonas"), story("ida"), "x", JPEG,
]  # fmt: skip
OWNED = ("profiles/mara/", "content/stories/")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PATHS), st.sampled_from(TEXTS), min_size=1, max_size=3))
def test_yes_means_own(repo: Repo, files: dict[str, str | bytes | None]) -> None:
    """Whatever is changed: a yes means that every file lies in what the account owned before, and that nobody's rights changed."""
    present = {path: text for path, text in files.items() if text is not None or path in SITE}
    head = repo.change(present)
    if repo.judge(head).reasons:
        return
    changed = [path for path, text in present.items() if text != SITE.get(path)]
    assert all(path.startswith(OWNED) and path != HIS for path in changed)
    after = present.get(MARA, SITE[MARA])
    assert isinstance(after, str)
    assert '["mara-l", "delegate"]' in after
    shared = present.get(BOTH, SITE[BOTH])
    assert isinstance(shared, str)
    assert "jonas" in shared
    assert all("jonas" not in str(present[path]) for path in changed if path != BOTH)
