"""The command that publishes: what it refuses, what it says, what it leaves at the target."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import brotli
import places
import pytest
from experts.publishing import manifest
from factory import MARKER, Checkout, Run, Site

URL = "https://x.example"


@pytest.fixture
def built(site: Site) -> Site:
    """Return a site that is built for publishing."""
    site.settings(SITEURL=URL)
    site.built()
    return site


def publish(site: Site, *options: str, to: str = "folder", target: Path | str = "", **environment: str) -> Run:
    """Publish a site's output."""
    where = str(target or site.folder.parent / "www")
    given = ("--site", str(site.folder), "--output", str(site.output), "--today", "2026-11-23", "--lang", "en")
    return site.checkout.run("publish", "--to", to, "--target", where, *given, *options, **environment)


def published(site: Site, *options: str, **more: Any) -> str:
    """Publish, which must succeed; what was said, without the first line."""
    run = publish(site, *options, **more)
    assert run.code == 0, run.out + run.err
    first, rest = run.out.split("\n", 1)
    assert first.startswith(f"publishing {URL} to ")
    return rest


def expected(site: Site) -> dict[str, bytes]:
    """What should be at the target."""
    return {name: data for name, data in site.tree().items() if name != MARKER}


# -- what is refused ------------------------------------------------------------------------------


def test_what_may_not_be_published(site: Site) -> None:
    """A folder that no build has made, drafts, and a site without its address are refused, each with what to do."""
    site.output.mkdir()
    (site.output / "index.html").write_text("-")
    assert "no build has made the folder" in publish(site).err
    (site.output / "index.html").unlink()
    site.built()
    run = publish(site)
    assert "does not know its address, which feeds and sitemaps need (set SITEURL in publishconf.py" in run.err
    site.settings(SITEURL=URL)
    site.built("--drafts")
    assert "shows drafts, which are not for the public" in publish(site).err
    assert run.code == 1
    site.built()
    for target in (site.output, site.output / "www"):
        assert "this is the folder of the build" in publish(site, target=target).err
    published(site)
    copy = site.folder.parent / "copy"
    copy.mkdir()
    (copy / MARKER).write_text(f"-\naddress: {URL}\n")
    site.output = copy
    run = publish(site)
    assert (run.code, "there is nothing in the folder" in run.err) == (1, True)
    assert (copy.parent / "www/index.html").exists()


def test_what_is_not_as_the_build_left_it(built: Site) -> None:
    """A file that was changed or removed after the build stops publishing; one that is only newer does not."""
    os.utime(built.output / "index.html", (1, 1))
    published(built)
    (built.output / "index.html").write_text("changed")
    assert "index.html was changed after the build" in publish(built).err
    (built.output / "index.html").unlink()
    assert "index.html was changed after the build" in publish(built).err


def test_a_build_that_was_killed(built: Site) -> None:
    """Half a build is never published."""
    built.profile("mara", headline="Another")
    built.put("plugins/expert_slow.py", SLOW.format(pid=built.folder / "pid"))
    built.settings(SITEURL=URL, PLUGIN_PATHS=["plugins"], PLUGINS=["experts", "expert_profiles", "expert_slow"])
    run = built.build(jobs=1)
    assert run.code == -signal.SIGKILL, run
    assert "did not come to its end (build it again)" in publish(built).err


SLOW = """\
import os, signal
from experts import signals, staging

def register():
    real = staging._move
    def move(room, path):
        real(room, path)
        os.kill(os.getpid(), signal.SIGKILL)
    staging._move = move
"""


def test_wrong_arguments(built: Site) -> None:
    """Arguments that do not fit are said at once, with exit code 2."""
    assert built.checkout.run("publish", "--to", "folder").code == 2
    assert built.checkout.run("publish", "--to", "ftp", "--target", "x").code == 2
    run = built.checkout.run("publish", "--to", "gh-pages", "--compress")
    assert (run.code, "compresses by itself" in run.err) == (2, True)
    run = publish(built, to="s3", target="bucket")
    assert (run.code, "this is not the address of a bucket (like s3://bucket" in run.err) == (1, True)


# -- a folder -------------------------------------------------------------------------------------


def test_what_is_published(built: Site, tmp_path: Path) -> None:
    """The target is the output without its marker; only what changed is sent; who leaves is gone, and is listed."""
    www = tmp_path / "www"
    count = len(expected(built))
    said = published(built, "--dry-run")
    assert said.splitlines()[-1].startswith(f"{count} to send (")
    assert "+ experts/mara/index.html" in said
    assert not www.exists()
    assert published(built).startswith(f"{count} sent (")
    assert places.tree(www) == expected(built)
    assert published(built).startswith(f"0 sent (0 bytes), 0 removed, {count} unchanged in ")
    places.write(www)("google.html", b"-")
    built.profile("jonas", status="left", left="2026-11-01")
    built.built()
    said = published(built, "--removed", str(tmp_path / "removed.txt"))
    assert "not ours and left alone at the target (1): google.html" in said
    assert places.tree(www) == {**expected(built), "google.html": b"-"}
    removed = (tmp_path / "removed.txt").read_text().splitlines()
    assert "experts/jonas/index.html" in removed
    assert not any((www / name).exists() for name in removed)
    assert b"experts/jonas/index.html" not in (www / manifest.NAME).read_bytes()


def test_on_another_machine(built: Site, tmp_path: Path) -> None:
    """A copy of the output alone can be published: without what the build remembers, and without what is not the build's."""
    published(built)
    first = (tmp_path / "www" / manifest.NAME).read_bytes()
    copy = tmp_path / "artefact"
    subprocess.run(["cp", "-R", str(built.output), str(copy)], check=True)
    places.write(copy)(".git/config", b"-")
    places.write(copy)(".DS_Store", b"-")
    built.output = copy
    published(built, target=tmp_path / "www2")
    assert (tmp_path / "www2" / manifest.NAME).read_bytes() == first
    assert places.tree(tmp_path / "www2").keys() == places.tree(tmp_path / "www").keys()


def test_a_folder_that_cannot_be_written(built: Site, tmp_path: Path) -> None:
    """A target that is a file, or in which a file of somebody else stands in the way, is said in a sentence."""
    (tmp_path / "file").write_text("-")
    run = publish(built, target=tmp_path / "file")
    assert (run.code, run.err.splitlines()[0]) == (1, f"{tmp_path}/file: this is not a folder")
    places.write(tmp_path / "www")("experts", b"-")
    run = publish(built)
    assert (run.code, "the folder cannot be written: " in run.err) == (1, True)
    (tmp_path / "www/experts").unlink()
    published(built)
    assert places.tree(tmp_path / "www") == expected(built)


def test_killed_in_the_middle(built: Site, tmp_path: Path) -> None:
    """Whoever pulls the plug finds a site that the next run completes, also if something else is built meanwhile."""
    www = tmp_path / "www"
    for number in range(1500):
        built.put(f"content/images/p{number}.txt", f"{number}")
    built.built()
    arguments = (
        "publish",
        "--to",
        "folder",
        "--target",
        str(www),
        "--site",
        str(built.folder),
        "--output",
        str(built.output),
    )
    process = subprocess.Popen(built.checkout.command(*arguments), env=built.checkout.environment(), cwd=tmp_path)
    while process.poll() is None and not (www / "images").exists():
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert None in (manifest.read((www / manifest.NAME).read_bytes()) or {}).values()
    for number in range(0, 1500, 2):
        built.path(f"content/images/p{number}.txt").unlink()
    built.built()
    published(built)
    assert places.tree(www) == expected(built)


def test_a_link_is_turned(built: Site, tmp_path: Path) -> None:
    """With --atomic the new state is made beside the old one, and one step shows it; a plain folder is refused."""
    www = tmp_path / "www"
    published(built, "--atomic")
    assert places.tree(www) == expected(built)
    old = www.resolve()
    same = (www / "robots.txt").stat().st_ino
    built.profile("mara", headline="Another")
    built.built()
    published(built, "--atomic")
    assert places.tree(www) == expected(built)
    assert (www.resolve() != old, old.exists()) == (True, False)
    assert (www / "robots.txt").stat().st_ino == same
    (tmp_path / "plain").mkdir()
    assert "must be a symbolic link, or nothing yet" in publish(built, "--atomic", target=tmp_path / "plain").err


# -- compressed copies ------------------------------------------------------------------------------


def test_compressed_copies(built: Site, tmp_path: Path) -> None:
    """Texts get copies that are smaller, the same every time, and are never without their original; the rest gets none."""
    www = tmp_path / "www"
    published(built, "--compress")
    first = places.tree(www)
    copies = {name: data for name, data in first.items() if name.endswith((".br", ".gz"))}
    assert {name: data for name, data in first.items() if name not in copies} == expected(built)
    for name, data in copies.items():
        unpack = brotli.decompress if name.endswith(".br") else gzip.decompress
        assert unpack(data) == first[name[:-3]]
        assert len(data) < len(first[name[:-3]])
    large = [name for name, data in first.items() if name.endswith((".html", ".xml", ".css")) and len(data) > 2000]
    assert large
    assert all(f"{name}.br" in first and f"{name}.gz" in first for name in large)
    assert not [name for name in copies if name[:-3].endswith((".png", ".woff2", ".webp"))]
    assert published(built, "--compress").startswith("0 sent")
    published(built, "--compress", target=tmp_path / "again")
    assert places.tree(tmp_path / "again") == first
    built.profile("jonas", status="left", left="2026-11-01")
    built.built()
    published(built, "--compress")
    assert not [name for name in places.tree(www) if name[-3:] in (".br", ".gz") and name[:-3] not in expected(built)]
    published(built)
    assert places.tree(www) == expected(built)


# -- a branch -------------------------------------------------------------------------------------


def test_pages_of_a_forge(built: Site, tmp_path: Path, checkout: Checkout) -> None:
    """The remote of the site's repository is taken by its name; the branch has what the forge needs, and the day's date."""
    repository = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
    places.git(built.folder, "init", "--quiet")
    places.git(built.folder, "remote", "add", "origin", str(repository))
    given = (
        "--to",
        "gh-pages",
        "--site",
        str(built.folder),
        "--output",
        str(built.output),
        "--today",
        "2026-11-23",
        "--lang",
        "en",
    )
    run = checkout.run("publish", *given, "--cname")
    assert run.code == 0, run.err
    assert places.branch_tree(repository) == {**expected(built), ".nojekyll": b"", "CNAME": b"x.example\n"}
    assert (
        places.git(repository, "log", "--format=%aI %ae", "gh-pages")
        == b"2026-11-23T00:00:00+00:00 publish@x.example\n"
    )
    assert places.git(built.folder, "branch", "--all") == b""
    run = checkout.run("publish", *given, "--cname", SOURCE_DATE_EPOCH="1")
    assert "0 sent" in run.out
    run = checkout.run("publish", *given, SOURCE_DATE_EPOCH="1")
    assert "CNAME" not in places.branch_tree(repository)
    assert places.git(repository, "log", "--format=%at %ct", "gh-pages") == b"1 1\n"


def test_manifest_is_plain(built: Site, tmp_path: Path) -> None:
    """The manifest says for each file its digest, size, media type and how long it may be kept."""
    published(built)
    listed = json.loads((tmp_path / "www" / manifest.NAME).read_bytes())["files"]
    assert listed.keys() == expected(built).keys()
    assert listed["experts/mara/atom.xml"][2:] == ["application/atom+xml; charset=utf-8", "no-cache", ""]
