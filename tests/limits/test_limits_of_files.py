"""Whatever files lie in a site: each is used, or a problem, in bounded time and memory; nothing outside of it is read."""

from __future__ import annotations

import os
import socket
import subprocess
from typing import TYPE_CHECKING

import pytest

from experts import filenames, source

if TYPE_CHECKING:
    from pathlib import Path

    from factory import Site

SECRET = "s3cret-of-the-machine"


def sparse(path: Path, size: int) -> None:
    """Make a file of this size that takes no place on the disk."""
    with path.open("wb") as file:
        file.truncate(size)


def check(site: Site) -> list[str]:
    """Return the lines of the check, which may use a gigabyte of addresses and 60 seconds."""
    limit = ["bash", "-c", 'ulimit -v 1000000; exec "$@"', "limited"]
    command = [
        *limit,
        *site.checkout.command("check", "--site", str(site.folder), "--today", "2026-11-23", "--lang", "en"),
    ]
    environment = site.checkout.environment()
    done = subprocess.run(
        command, env=environment, cwd=site.checkout.folder, capture_output=True, timeout=60, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.decode("utf-8", "replace").splitlines()


def told(lines: list[str], path: str) -> list[str]:
    """Return what is said of a file."""
    return [line[len(path) + 2 :] for line in lines if line.startswith(path + ": ")]


def test_huge_files(site: Site) -> None:
    """A file is never read before its size is looked at: a gigabyte is a sentence, not a gigabyte of memory."""
    site.portrait("mara")
    sparse(site.path("profiles/jonas/profile.md"), 1 << 30)
    sparse(site.path("content/stories/2026/valve.md"), 200 << 20)
    sparse(site.path("profiles/mara/portrait.png"), 2 << 30)
    sparse(site.path("content/pages/about.md"), 1 << 30)
    sparse(site.path("content/images/film.mp4"), 100 << 20)
    lines = check(site)
    large = "the file is too large: {} megabytes (at most 100; make it smaller, or link to it)"
    assert told(lines, "profiles/mara/portrait.png")[0] == large.format(2048)
    assert told(lines, "profiles/jonas/profile.md")[0] == large.format(1024)
    assert told(lines, "content/stories/2026/valve.md")[0] == large.format(200)
    assert told(lines, "content/pages/about.md")[0] == large.format(1024)
    assert told(lines, "content/images/film.mp4") == []


def test_long_texts(site: Site) -> None:
    """A text of more than a megabyte is told with its size, wherever texts lie, and is not read further."""
    for path in ("profiles/jonas/profile.md", "content/pages/about.md"):
        sparse(site.path(path), 90 << 20)
    lines = check(site)
    for path in ("profiles/jonas/profile.md", "content/pages/about.md"):
        assert told(lines, path)[0] == "the text is too long: 92160 kilobytes (at most 1024 kilobytes)"


def test_what_is_no_file(site: Site, tmp_path: Path) -> None:
    """A pipe does not stop the build, and a link shows nothing that lies elsewhere; each is told by its name."""
    folder = site.path("profiles/mara")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/profile.md").write_text(SECRET)
    os.mkfifo(folder / "portrait.jpg")
    os.mkfifo(site.path("content/stories/2026/pipe.md.md"))
    (folder / "null.pdf").symlink_to("/dev/zero")
    (folder / "passwords.pdf").symlink_to("/etc/passwd")
    (folder / "profile.en.md").unlink()
    (folder / "profile.en.md").symlink_to(tmp_path / "outside/profile.md")
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "gone.pdf").symlink_to("nowhere.pdf")
    site.path("profiles/linked").symlink_to(tmp_path / "outside")
    site.path("profiles/round").symlink_to("..")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(folder / "socket"))
        lines = check(site)
    link = "this is only a link to a file that lies elsewhere (put the file itself into the folder)"
    special = "this is no file, but a pipe, a socket or a device (remove it)"
    for name in ("mara/null.pdf", "mara/passwords.pdf", "mara/profile.en.md", "mara/gone.pdf", "linked", "round"):
        assert told(lines, f"profiles/{name}") == [link], name
    for name in ("profiles/mara/portrait.jpg", "profiles/mara/socket", "content/stories/2026/pipe.md.md"):
        assert told(lines, name) == [special], name
    assert told(lines, "profiles/mara/loop.pdf")
    assert not any(SECRET in line or "root:" in line for line in lines)


@pytest.mark.parametrize("folder", ["profiles", "content"])
def test_whole_folder_is_a_link(site: Site, tmp_path: Path, folder: str) -> None:
    """A proposal cannot make the whole of profiles/ or content/ a link out of the site; one within it is followed."""
    site.path(folder).rename(tmp_path / "elsewhere")
    site.path(folder).symlink_to(tmp_path / "elsewhere")
    found = source.scan(str(site.folder), ["profiles", "content"])
    assert [(problem.path, problem.code) for problem in found.problems] == [(folder, "symlink")]
    assert not any(path.startswith(folder) for path in found.stamps)
    (tmp_path / "elsewhere").rename(site.path("inner"))
    site.path(folder).unlink()
    site.path(folder).symlink_to("inner")
    assert source.scan(str(site.folder), ["profiles", "content"]).problems == []


OUTSIDE = ["../../secret.jpg", "/etc/passwd", "..\\secret.jpg", "file:///etc/passwd", "profile.md/../../../secret.jpg"]


def test_portrait_lies_beside(site: Site) -> None:
    """No name of a picture leads out of its folder."""
    site.put("secret.jpg", b"\xff\xd8\xff")
    for number, name in enumerate(OUTSIDE):
        site.profile(f"p{number}", portrait={"file": name, "alt": "A", "credit": "B", "licence": "C"})
    lines = check(site)
    for number, name in enumerate(OUTSIDE):
        assert any(line.startswith(f"profiles/p{number}/profile.md:8:") for line in lines), name


def test_odd_names(site: Site) -> None:
    """Names that cannot be seen or read, or that are the same elsewhere, are told; the site can still be checked."""
    folder = os.fsencode(site.path("profiles/mara"))
    for name in (
        b"line\nbreak.pdf",
        b"\xff\xfe.pdf",
        b"esc\x1b[2J.pdf",
        "zero\u200bwidth.pdf".encode(),
        b"x" * 220 + b".pdf",
    ):
        with open(os.path.join(folder, name), "wb"):
            pass
    site.put("profiles/mara/Chart.pdf", b"%PDF-")
    site.put("profiles/mara/chart.pdf", b"%PDF-")
    lines = [
        line
        for line in check(site)
        if (line.startswith("profiles/mara/") and "its name" in line) or "same file" in line
    ]
    assert len([line for line in lines if "cannot be seen" in line]) == 3
    assert len([line for line in lines if "not stored in UTF-8" in line]) == 1
    assert len([line for line in lines if "too long" in line]) == 1
    assert len([line for line in lines if "the same file as profiles/mara/Chart.pdf" in line]) == 1
    assert all(line.isprintable() for line in lines)


def test_ordinary_names() -> None:
    """Names in any script, with spaces and capitals, are nobody's problem."""
    names = [
        "Porträt von Jürgen.jpg",
        "写真.png",
        "фото.jpg",
        "IMG_2024 (1).JPG",
        "a" * 190 + ".pdf",
        "été.pdf",
        "صورة.png",
    ]
    assert list(filenames.oddities([f"profiles/mara/{name}" for name in names])) == []


def test_deep_folders(site: Site) -> None:
    """A path that the system cannot open any more is a problem of its own."""
    here = os.getcwd()
    os.chdir(site.path("profiles"))
    try:
        for _ in range(60):
            os.mkdir("d" * 100)
            os.chdir("d" * 100)
    finally:
        os.chdir(here)
    problems = source.scan(str(site.folder), ["profiles"]).problems
    assert [problem.code for problem in problems] == ["unreadable"]
