"""Publishing to real targets: a folder, a link, an rsync daemon, an S3 server, a branch of a Git repository."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import places
import pytest
from experts.publishing import manifest, patience, s3
from experts.publishing.folder import Folder, Linked
from experts.publishing.pages import Branch
from experts.publishing.rsync import Rsync
from experts.publishing.s3 import Bucket
from experts.problems import Problems
from places import RSYNC, Spot, publish

KINDS = ["folder", "linked", "rsync", "s3", "gh-pages"]
SITE = {
    "index.html": b"<link rel=stylesheet href=/theme/site.0123456789.css>",
    "theme/site.0123456789.css": b"p { color: red }",
    "experts/mara/index.html": b"Mara",
    "experts/mara/portrait-0123456789.webp": b"RIFF",
    "experts/zoe/index.html": b"Zoe",
    ".htaccess": b"ErrorDocument 404 /404.html\n",
    'odd/a "b" ä\t\'.txt': b"odd",
    "empty.txt": b"",
}
NEXT = {
    **{path: data for path, data in SITE.items() if "zoe" not in path},
    "index.html": b"<link rel=stylesheet href=/theme/site.1123456789.css>",
    "theme/site.1123456789.css": b"p { color: blue }",
}
del NEXT["theme/site.0123456789.css"]


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """Return the address of an S3 server."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    yield f"http://127.0.0.1:{server._server.server_port}"
    server.stop()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set keys for the S3 server, and let nobody wait long."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(patience, "PAUSES", (0.01, 0.01))


Opened = Callable[[str], Spot]


@pytest.fixture
def opened(tmp_path: Path, keys: None, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Return a function that gives an empty target of a kind."""
    assert keys is None
    ends = []

    def spot(kind: str) -> Spot:
        root = tmp_path / "root"
        if kind == "folder":
            return Spot(lambda: Folder(str(root)), lambda: places.tree(root), places.write(root))
        if kind == "linked":
            (tmp_path / "first").mkdir()
            root.symlink_to("first")
            return Spot(lambda: Linked(str(root)), lambda: places.tree(root), places.write(root))
        if kind == "rsync":
            if not RSYNC:
                pytest.skip("needs rsync")
            root.mkdir()
            daemon = places.rsync_daemon(tmp_path, root)
            address, _ = daemon.__enter__()
            ends.append(daemon)
            below = root / "deep/er"
            return Spot(
                lambda: Rsync(f"{address}/deep/er", str(tmp_path / "stage")),
                lambda: places.tree(below),
                places.write(below),
            )
        if kind == "s3":
            return s3_spot(request.getfixturevalue("s3_server"), re.sub("[^a-z0-9]", "", tmp_path.name.lower()))
        subprocess.run(["git", "init", "--quiet", "--bare", str(root)], check=True)
        subprocess.run(["git", "-C", str(root), "config", "uploadpack.allowFilter", "true"], check=True)
        return Spot(
            lambda: Branch(str(root), "gh-pages", str(tmp_path / "own"), 1_000_000, "https://x.example"),
            lambda: places.branch_tree(root),
            committer(root, tmp_path / "clone"),
        )

    yield spot
    for end in ends:
        end.__exit__(None, None, None)


def s3_spot(server: str, name: str) -> Spot:
    """An empty bucket with a folder in it that is published to, and a neighbour."""
    client: Any = Bucket(f"s3://{name}", server).client
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    client.put_object(Bucket=name, Key="neighbour/index.html", Body=b"-")

    def read() -> dict[str, bytes]:
        found = {}
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=name, Prefix="a/b/"):
            for item in page.get("Contents", ()):
                path = item["Key"].removeprefix("a/b/")
                if path != manifest.NAME:
                    found[path] = client.get_object(Bucket=name, Key=item["Key"])["Body"].read()
        assert client.get_object(Bucket=name, Key="neighbour/index.html")
        return found

    return Spot(
        lambda: Bucket(f"s3://{name}/a/b", server),
        read,
        lambda path, data: client.put_object(Bucket=name, Key=f"a/b/{path}", Body=data),
    )


def committer(repository: Path, clone: Path) -> Callable[[str, bytes], None]:
    """A stranger who commits to the branch."""

    def put(path: str, data: bytes) -> None:
        if not clone.exists():
            subprocess.run(["git", "clone", "--quiet", str(repository), str(clone)], check=True, capture_output=True)
        there = places.git(repository, "branch", "--list", "gh-pages")
        if there:
            places.git(clone, "fetch", "--quiet", "origin", "gh-pages")
            places.git(clone, "checkout", "--quiet", "-B", "gh-pages", "FETCH_HEAD")
        else:
            places.git(clone, "checkout", "--quiet", "-b", "gh-pages")
        places.write(clone)(path, data)
        places.git(clone, "add", "--all", "--force")
        places.git(clone, "commit", "--quiet", "-m", "Mine")
        places.git(clone, "push", "--quiet", "origin", "gh-pages")

    return put


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_there_is_the_site(kind: str, opened: Opened) -> None:
    """Whatever was published before, the files of the site are at the target, byte by byte, and those of strangers."""
    spot = opened(kind)
    spot.put("google123.html", b"somebody's")
    first = publish(SITE, spot.open())
    assert (len(first.changed), first.foreign) == (len(SITE), ("google123.html",))
    assert spot.read() == {**SITE, "google123.html": b"somebody's"}
    again = publish(SITE, spot.open())
    assert (again.changed, again.removed) == ((), ())
    todo = publish(NEXT, spot.open())
    assert todo.changed == ("theme/site.1123456789.css", "index.html")
    assert todo.gone == ("experts/zoe/index.html", "theme/site.0123456789.css")
    assert spot.read() == {**NEXT, "google123.html": b"somebody's"}
    publish({}, spot.open())
    assert spot.read() == {"google123.html": b"somebody's"}


@pytest.mark.parametrize("kind", ["folder", "linked", "rsync", "s3", "gh-pages"])
def test_what_strangers_did_is_mended(kind: str, opened: Opened) -> None:
    """A file of ours that somebody has overwritten with another size is sent again."""
    spot = opened(kind)
    publish(SITE, spot.open())
    spot.put("index.html", b"defaced, and longer than before ........................")
    publish(SITE, spot.open())
    assert spot.read() == SITE


@pytest.mark.parametrize("kind", KINDS)
def test_files_become_folders(kind: str, opened: Opened) -> None:
    """Where a file was a folder can be, and the other way round."""
    spot = opened(kind)
    publish({"a": b"file", "b/c/d": b"deep", "keep": b""}, spot.open())
    publish({"a/b": b"in a folder", "b": b"file now", "keep": b""}, spot.open())
    assert spot.read() == {"a/b": b"in a folder", "b": b"file now", "keep": b""}


def test_a_damaged_manifest_does_no_harm() -> None:
    """A manifest that cannot be read, or that names files outside of the target, is refused."""
    assert manifest.read(b"") is None
    assert manifest.read(b"[" * 100_000) is None
    for path in ("../x", "/etc/passwd", "a/../../b", "", "a//b", "a\\b"):
        assert manifest.read(json.dumps({"version": 1, "files": {path: None}}).encode()) is None
    files = {"a": manifest.entry_of("a", "00", 1), "b.html": None}
    assert manifest.read(manifest.write(files)) == files


# -- what may go wrong --------------------------------------------------------------------------------


@pytest.mark.usefixtures("keys")
def test_rsync_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is not there, and a program that is not installed, are said in a sentence."""
    target = Rsync(f"rsync://127.0.0.1:{places.free_port()}/x", str(tmp_path / "stage"))
    if RSYNC:
        with pytest.raises(Problems, match=r"rsync has failed: .*(refused|connect).* \(run the command again"):
            target.look()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Problems, match=r"the program rsync is not installed \(Debian: apt install rsync\)"):
        target.look()


@pytest.mark.skipif(not RSYNC, reason="needs rsync")
@pytest.mark.usefixtures("keys")
def test_rsync_dies_in_the_middle(tmp_path: Path) -> None:
    """A server that dies while files come leaves a manifest that knows of them; the next run finishes the work."""
    root = tmp_path / "root"
    root.mkdir()
    with places.rsync_daemon(tmp_path, root) as (address, end):
        target = Rsync(address, str(tmp_path / "stage"))
        keep = target.keep
        target.keep = lambda data: (keep(data), end())  # type: ignore[method-assign,func-returns-value]
        with pytest.raises(Problems, match="run the command again: it goes on where it stopped"):
            publish(SITE, target)
    listed = manifest.read((root / manifest.NAME).read_bytes())
    assert listed == dict.fromkeys(SITE)
    with places.rsync_daemon(tmp_path, root) as (address, _):
        publish(NEXT, Rsync(address, str(tmp_path / "stage")))
    assert places.tree(root) == NEXT


def test_headers_in_a_bucket(opened: Opened) -> None:
    """Each object has its media type and says how long it may be kept."""
    spot = opened("s3")
    publish({**SITE, "experts/mara/atom.xml": b"<feed/>", "x.ics": b"BEGIN"}, spot.open())
    bucket = spot.open()
    assert isinstance(bucket, Bucket)
    for path, media, cache in (
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("theme/site.0123456789.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("experts/mara/atom.xml", "application/atom+xml; charset=utf-8", "no-cache"),
        ("experts/mara/portrait-0123456789.webp", "image/webp", "public, max-age=31536000, immutable"),
        ("x.ics", "text/calendar; charset=utf-8", "no-cache"),
    ):
        found = bucket.client.head_object(Bucket=bucket.bucket, Key=f"a/b/{path}")
        assert (found["ContentType"], found["CacheControl"]) == (media, cache), path


def test_many_keys(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """More keys than one answer lists, and than one request removes, are all found and removed."""
    spot = opened("s3")
    monkeypatch.setattr(s3, "BATCH", 10)
    many = {f"p/{number}/index.html": b"%d" % number for number in range(35)}
    publish(many, spot.open())
    seen = spot.open().look()
    assert seen.sizes.keys() == many.keys()
    assert len(publish({"index.html": b""}, spot.open()).gone) == 35
    assert spot.read() == {"index.html": b""}


def test_a_store_that_fails_now_and_then(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer of 503 is asked again; a store that only fails ends in a sentence, and the next run finishes the work."""
    from botocore.awsrequest import AWSResponse

    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0.0)
    spot = opened("s3")
    asked, broken = 0, False

    def answer(request: Any, **_: object) -> AWSResponse | None:
        nonlocal asked
        asked += 1
        if (broken and asked > 6) or (not broken and asked % 3 == 0):
            return AWSResponse(request.url, 503, {}, Raw())
        return None

    target = spot.open()
    assert isinstance(target, Bucket)
    target.client.meta.events.register("before-send.s3", answer)
    publish(SITE, target)
    assert spot.read() == SITE
    asked, broken = 0, True
    with pytest.raises(Problems, match=r"the object store has failed: .*503.*run the command again"):
        publish({**NEXT, **{f"p{number}.html": b"-" for number in range(30)}}, target)
    publish(NEXT, spot.open())
    assert spot.read() == NEXT


class Raw:
    """An empty body."""

    def stream(self, **_: object) -> Iterator[bytes]:
        """Yield nothing."""
        yield b""


def test_no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, s3_server: str) -> None:
    """Who has no keys reads which variables to set."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with pytest.raises(Problems, match="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        Bucket("s3://bucket", s3_server).look()


# -- the branch ---------------------------------------------------------------------------------------


def commits(root: Path) -> list[str]:
    """The messages of the branch's commits."""
    return places.git(root, "log", "--format=%s", "gh-pages").decode().splitlines()


def test_the_branch_has_no_history(opened: Opened, tmp_path: Path) -> None:
    """Whoever has left is in no commit of the branch; the same site makes the same commit, or none."""
    spot, root = opened("gh-pages"), tmp_path / "root"
    publish(SITE, spot.open())
    first = places.git(root, "rev-parse", "gh-pages")
    publish(SITE, spot.open())
    assert places.git(root, "rev-parse", "gh-pages") == first
    publish(NEXT, spot.open())
    assert commits(root) == ["Publish https://x.example"]
    publish(SITE, spot.open())
    assert places.git(root, "rev-parse", "gh-pages") == first


def test_commits_of_others_stay(opened: Opened, tmp_path: Path) -> None:
    """What somebody else has committed is never replaced: ours follows it, and stands on it from then on."""
    spot, root = opened("gh-pages"), tmp_path / "root"
    publish(SITE, spot.open())
    spot.put("CNAME", b"x.example\n")
    publish(NEXT, spot.open())
    assert commits(root) == ["Publish https://x.example", "Mine", "Publish https://x.example"]
    publish(SITE, spot.open())
    assert len(commits(root)) == 4
    assert spot.read() == {**SITE, "CNAME": b"x.example\n"}


def test_somebody_is_faster(opened: Opened) -> None:
    """A commit that came while ours was made is not lost."""
    spot = opened("gh-pages")
    publish(SITE, spot.open())
    target = spot.open()
    finish = target.finish
    target.finish = lambda: (spot.put("note.txt", b"-"), finish())[1]  # type: ignore[method-assign]
    with pytest.raises(Problems, match="somebody else has changed the branch meanwhile"):
        publish(NEXT, target)
    assert spot.read() == {**SITE, "note.txt": b"-"}
    publish(NEXT, spot.open())
    assert spot.read() == {**NEXT, "note.txt": b"-"}


@pytest.mark.usefixtures("keys")
def test_tokens_stay_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a token nor a password in an address is in a message or on a command line."""
    monkeypatch.setenv("FORGE_TOKEN", "s3cret-token")
    seen: list[Any] = []
    ran = subprocess.run

    def spy(command: Any, **options: Any) -> Any:
        seen.append(command)
        return ran(command, **options)

    monkeypatch.setattr(subprocess, "run", spy)
    target = Branch(f"https://user:pass@127.0.0.1:{places.free_port()}/x.git", "gh-pages", str(tmp_path / "own"), 0, "")
    with pytest.raises(Problems) as raised:
        target.look()
    text = str(raised.value)
    assert "git has failed" in text
    assert "s3cret" not in text + str(seen)
    assert "pass" not in text
