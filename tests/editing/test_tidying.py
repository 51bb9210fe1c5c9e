"""The command ``format``: what it writes, what it leaves alone, and what it says."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from factory import Run, Site

from experts import frontmatter
from experts.editing.comments import comments

if TYPE_CHECKING:
    from pathlib import Path


def tidy(site: Site, *arguments: str) -> Run:
    """Run the command on a site."""
    return site.checkout.run("format", *arguments, "--site", str(site.folder), "--lang", "en")


def contents(site: Site) -> dict[Path, bytes]:
    """Return the bytes of all files."""
    return {path: path.read_bytes() for path in sorted(site.folder.rglob("*")) if path.is_file()}


def test_all_files_once(site: Site) -> None:
    """All profiles, translations and contents get the form, never pages or pictures; the second time, nothing changes."""
    before = contents(site)
    run = tidy(site)
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("12 files changed\n")
    after = contents(site)
    assert {path for path in before if before[path] != after[path]} == {
        site.path(line) for line in run.out.splitlines()[:-1]
    }
    assert not any("pages" in line or line.endswith(".png") for line in run.out.splitlines())
    assert (tidy(site).out, contents(site)) == ("0 files changed\n", after)
    assert tidy(site, "--check").code == 0
    site.built()


def test_check_writes_nothing(site: Site) -> None:
    """With --check, the files that would change are listed, nothing is written, and the exit code tells."""
    before = contents(site)
    run = tidy(site, "--check")
    assert run.code == 1
    assert "profiles/mara/profile.md\n" in run.out
    assert run.out.endswith("12 files are not in the form of the web editor\n")
    assert contents(site) == before


def test_paths(site: Site) -> None:
    """Only the given files and those below the given folders change; a path that leads nowhere is told, and nothing is written."""
    run = tidy(site, str(site.path("profiles/mara")), str(site.path("content/topics/heat.md")))
    assert run.out.splitlines()[:-1] == [
        "content/topics/heat.md",
        "profiles/mara/profile.en.md",
        "profiles/mara/profile.md",
    ]
    before = contents(site)
    run = tidy(site, str(site.path("profiles")), str(site.path("profiles/marra")), "/")
    assert run.code == 1
    assert "marra: there is no such file or folder" in run.err
    assert "this lies outside of the site (say with --site which site it belongs to)" in run.err
    assert contents(site) == before


def test_files_with_problems_are_left_alone(site: Site) -> None:
    """A file that breaks a rule is named with its problem and keeps its bytes; the others are written."""
    path = site.profile("ida", staus="draft")
    before = path.read_bytes()
    run = tidy(site)
    assert run.code == 1
    assert "profiles/ida/profile.md:8:1: there is no field staus (did you mean status?)" in run.err
    assert run.err.endswith("1 file left alone\n")
    assert "11 files changed" in run.out
    assert path.read_bytes() == before


def test_comments_are_not_lost_by_accident(site: Site) -> None:
    """A file with a comment among its fields is left alone, with the comment's place, unless the user says otherwise."""
    path = site.put("content/topics/wood.md", "---\nlabel: {de: Holz}\n# for later\n---\n")
    run = tidy(site, str(path))
    assert run.code == 1
    assert run.err.startswith("content/topics/wood.md:3:1: the web editor would drop the comment # for later (")
    assert "# for later" in path.read_text()
    assert tidy(site, str(path), "--drop-comments").code == 0
    assert path.read_text() == "---\nlabel:\n  de: Holz\n---\n"


@pytest.mark.parametrize(
    ("head", "places"),
    [
        ("a: b # c\n", [(2, 6)]),
        ("a: b#c\nd: '# no'\ne: \"x # no\"\n", []),
        ("a: | # c\n  # no\n  x # no\n# d\nb: c\n", [(2, 6), (5, 1)]),
        ("a: >-\n  # no\n\n  x\n\n  # no\n", []),
        ("a: [b, # c # d\n  e]\n  # f\n", [(2, 8), (4, 3)]),
        ("# ä\na:\n  # c\n  - b\n", [(2, 1), (4, 3)]),
    ],
)
def test_places_of_comments(head: str, places: list[tuple[int, int]]) -> None:
    """Comments are told from texts with a # in them, wherever they stand."""
    data = f"---\n{head}---\nBody # no\n".encode()
    document, problems = frontmatter.parse("a.md", data)
    assert document
    assert problems == []
    assert [(one.line, one.column) for one in comments(data, document.body_line)] == places


def test_rights_and_links_stay(site: Site) -> None:
    """A file keeps its rights; a link to a file in the same folder stays a link."""
    path = site.path("content/topics/heat.md")
    path.chmod(0o640)
    site.path("content/topics/other.md").symlink_to("heat.md")
    assert tidy(site).code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert site.path("content/topics/other.md").is_symlink()
    assert not [name for name in os.listdir(path.parent) if name.startswith(".")]


def test_german(site: Site) -> None:
    """The command speaks the reader's language."""
    assert site.checkout.run("format", "--check", "--site", str(site.folder), "--lang", "de").out.endswith(
        "12 Dateien haben nicht die Form des Web-Editors\n"
    )


def test_what_cannot_be_written_is_told(site: Site) -> None:
    """A file that cannot be written is named with the reason, and the others are written."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folder = site.path("content/hooks")
    folder.chmod(0o555)
    try:
        run = tidy(site)
    finally:
        folder.chmod(0o755)
    assert run.code == 1
    assert "content/hooks/winter.md: the file cannot be read or written: Permission denied" in run.err
    assert run.out.endswith("11 files changed\n")


def test_line_ends_and_marks(site: Site) -> None:
    """Files of Windows, with a mark of the encoding and CR LF, get the form that the repository has."""
    path = site.put("content/topics/wood.md", b"\xef\xbb\xbf---\r\nlabel: {de: Holz}\r\n---\r\n")
    assert tidy(site, str(path)).code == 0
    assert path.read_bytes() == b"---\nlabel:\n  de: Holz\n---\n"


def test_long_texts_and_foreign_syntax_stay(site: Site) -> None:
    """Texts of any size, with HTML, template syntax and fences in them, come out byte for byte."""
    body = "{{ x }} {% y %}\n\n<script>a</script>\n\n---\n\n# no comment\n" + "Wort für Wort. " * 4500 + "\n\n"
    path = site.profile("ida", body)
    assert tidy(site, str(path)).code == 0
    assert path.read_text("utf-8").endswith("status: published\n---\n" + body)
