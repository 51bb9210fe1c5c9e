"""The command ``residue``: each kind of trace is planted in a build and told; a clean removal has none."""

from __future__ import annotations

import base64
import gzip
import http.server
import io
import json
import os
import random
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Any, NamedTuple

import brotli
import pytest
from experts.residue import likeness, report
from experts.residue.identity import Identity
from experts.residue.search import Search
from factory import TODAY, Checkout, Run, Site
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

LEFT: dict[str, Any] = {
    "name": "Zelda Quaßnowsken",
    "headline": "Erklärt, weshalb Quellwasser im März am kältesten schmeckt",
    "contact": {"email": "z.quass@acme.example", "phone": "+49 40 7654321"},
    "links": {"mastodon": "https://social.example/@zq_wasser", "orcid": "0009-0099-1204-7732"},
    "owner": ["zq-konto"],
    "aliases": ["zelda-frueher"],
}
VALUES = (
    "zelda", "quaßnowsken", "quassnowsken", "quellwasser", "z.quass", "acme.example", "7654321", "zq_wasser", "1204-7732", "zq-konto",
    "zelda-frueher", "zelda-quassnowsken",
)  # fmt: skip
SLUG = "zelda-quassnowsken"


def face(seed: int, size: int = 240) -> Image.Image:
    """A drawn portrait."""
    draw = random.Random(seed)
    picture = Image.new("RGB", (size * 4 // 5, size), tuple(draw.randrange(90, 255) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    wide, high = picture.size
    skin, hair, cloth = [tuple(draw.randrange(20, 235) for _ in range(3)) for _ in range(3)]
    pen.ellipse((wide * 0.05, high * 0.75, wide * 0.95, high * 1.4), fill=cloth)
    pen.ellipse(
        (wide * draw.uniform(0.1, 0.28), high * draw.uniform(0.08, 0.2), wide * 0.78, high * draw.uniform(0.5, 0.8)),
        fill=hair,
    )
    pen.ellipse((wide * 0.3, high * draw.uniform(0.2, 0.3), wide * draw.uniform(0.66, 0.74), high * 0.7), fill=skin)
    for x in (0.4, 0.58):
        pen.ellipse((wide * x, high * 0.4, wide * (x + 0.06), high * draw.uniform(0.43, 0.47)), fill="black")
    pen.line(
        (wide * 0.42, high * draw.uniform(0.55, 0.62), wide * 0.6, high * draw.uniform(0.55, 0.62)),
        fill="black",
        width=3,
    )
    return picture


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


class Left(NamedTuple):
    """A site that somebody has left, its build, and how to ask what is left of them."""

    site: Site

    def ask(self, *options: str, who: str = SLUG) -> Run:
        """Run the command."""
        given = ["--site", str(self.site.folder), "--today", TODAY, "--lang", "en"]
        where = [] if {"--output", "--url"} & {*options} else ["--output", str(self.site.output)]
        return self.site.checkout.run("residue", who, *given, *where, *options)

    def told(self, *options: str, who: str = SLUG) -> list[tuple[str, str, str, bool]]:
        """Path, kind, where and whether it is sure, of all traces; no value of theirs may be in the report."""
        run = self.ask(*options, "--format", "json", who=who)
        silent(run)
        found = json.loads(run.out)
        assert run.code == (0 if found["ok"] else 1 if any(one["sure"] for one in found["problems"]) else 2), run
        return [(one["path"], one["kind"], one["where"], one["sure"]) for one in found["problems"]]

    def planted(self, files: dict[str, bytes], *options: str) -> list[tuple[str, str, str, bool]]:
        """What is told of a folder with these files."""
        folder = self.site.folder.parent / "planted"
        shutil.rmtree(folder, ignore_errors=True)
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return self.told("--no-cache", "--output", str(folder), *options)


def silent(run: Run) -> None:
    """No value of the person is in what was printed."""
    said = (run.out + run.err).lower()
    assert [value for value in VALUES if value in said] == []


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, checkout: Checkout) -> Left:
    """Return a site with a person who was there before the last build."""
    site = Site(tmp_path_factory.mktemp("residue") / "site", checkout)
    site.profile(SLUG, **LEFT)
    site.put(f"profiles/{SLUG}/portrait.png", encoded(face(1), "PNG"))
    portrait = {"file": "portrait.png", "alt": "Ein Gesicht", "credit": "Jane Roe", "licence": "CC0-1.0"}
    site.profile(SLUG, **LEFT, portrait=portrait)
    site.put(f"profiles/{SLUG}/notes.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 4)
    site.built()
    site.profile(SLUG, **LEFT, portrait=portrait, status="left", left="2025-01-01")
    site.built()
    return Left(site)


def test_a_clean_removal(left: Left) -> None:
    """Somebody who has left is in no file of the build, and in no cache but that of the sources, where their profile is, too."""
    run = left.ask()
    assert (run.code, run.err) == (0, ""), run
    assert left.ask("--all", who="--no-cache").code == 0


TEXTS = {
    "a/name.html": ("<p>Von <b>Zelda</b> Qua&szlig;nowsken</p>", "name"),
    "feed.xml": ("<title>Zelda Qua&amp;szlig;nowsken</title>", "name"),
    "api/x.json": (json.dumps({"n": "Quaßnowsken, Zelda"}), "name"),
    "card.vcf": ("BEGIN:VCARD\r\nFN:Zelda Quaß\r\n nowsken\r\nEND:VCARD\r\n", "name"),
    "old.vcf": ("BEGIN:VCARD\r\nN;ENCODING=QUOTED-PRINTABLE:Qua=C3=9Fnowsken;Zel=\r\nda\r\n", "name"),
    "b64.vcf": ("N;ENCODING=B:" + base64.b64encode("Quaßnowsken;Zelda".encode()).decode(), "name"),
    "x.ics": ("BEGIN:VEVENT\r\nATTENDEE:mailto:z.quass@acme.\r\n example\r\n", "email"),
    "robots.txt": (f"Disallow: /experts/{SLUG}/\n", "slug"),
    "_redirects": ("/experts/zelda-frueher/ /experts/ 410\n", "slug"),
    ".htaccess": ("Redirect gone /experts/zelda-frueher/\n", "slug"),
    ".hosting/nginx.conf": (f"location = /experts/{SLUG}/ {{ return 410; }}\n", "slug"),
    "llms.txt": ("- Z. Quassnowsken: Wasser\n", "name"),
    "sitemap.xml": (f"<loc>https://x.example/experts/{SLUG}/</loc>", "slug"),
    "theme/js/x.js.map": (json.dumps({"sourcesContent": ["// Zelda Quaßnowsken"]}), "name"),
    "ld.html": ('<script type="application/ld+json">{"telephone":"+49407654321"}</script>', "phone"),
    "link.html": ('<a rel="me" href="https://social.example/@zq_wasser">', "link"),
    "meta.html": ('<meta content="https://orcid.org/0009-0099-1204-7732">', "link"),
    "part.html": ("<p>die Rechnung der Quaßnowsken</p>", "family-name"),
    "owner.txt": ("/profiles/ @zq-konto\n", "account"),
    "quote.html": ("<p>Sie erklärt, weshalb Quellwasser im März am kältesten schmeckt.</p>", "passage"),
    "manifest.webmanifest": ('{"name": "Zelda Quaßnowskens Seite"}', "name"),
    ".hidden/deep/x": ("Zelda\u00a0Quaßnowsken", "name"),
    "search/index/t0.aaaa.json": ('{"k":"","w":"quass quassnowsken"}', "family-name"),
}


def test_each_kind_of_text(left: Left) -> None:
    """Wherever a build writes, and however: the file, the line, the kind are told, and nothing else."""
    found = left.planted({f"planted/{name}": text.encode() for name, (text, _) in TEXTS.items()})
    told = {path.removeprefix("planted/"): kind for path, kind, where, sure in found if sure and where == "text"}
    assert told == {name: kind for name, (_, kind) in TEXTS.items()}


def test_stems_of_the_index(left: Left) -> None:
    """The search keeps names as stems, and packs what begins alike: both are found there, and only there."""
    front = json.dumps({"terms": "0quart\n3ssnowsk\n0rad", "shards": ""}).encode()
    shard = json.dumps([["quassnowsk", 0, 5, [1], 2]]).encode()
    found = left.planted(
        {
            "search/index/gq.bb.json": front,
            "search/index/sx.bb.json": shard,
            "other/gq.json": front,
            "other/sx.json": shard,
        }
    )
    assert [(path, kind) for path, kind, _, sure in found if sure] == [
        ("search/index/gq.bb.json", "family-name"),
        ("search/index/sx.bb.json", "family-name"),
    ]


def test_packed_files_names_and_folders(left: Left) -> None:
    """Compressed variants are opened; names of files and folders count, and are masked; UTF-16 and strings in other files are read."""
    text = "Zelda Quaßnowsken".encode()
    files = {
        "p/x.html.gz": gzip.compress(text),
        "p/x.html.br": brotli.compress(text),
        "p/wide.txt": "Zelda Quaßnowsken".encode("utf-16"),
        "p/old.txt": "Zelda Quaßnowsken".encode("latin-1"),
        "p/x.pdf": b"%PDF\0\0" + text + b"\0\0",
        f"experts/{SLUG}/x.txt": b"nothing",
        "p/zelda_quassnowsken.webp": b"nothing",
    }
    found = left.planted(files)
    assert {path: where for path, _, where, sure in found if sure} == {
        "p/x.html.gz": "text",
        "p/x.html.br": "text",
        "p/wide.txt": "text",
        "p/old.txt": "text",
        "p/x.pdf": "text",
        "experts/…/x.txt": "name",
        "p/….webp": "name",
    }
    assert left.planted({"whole.gz": gzip.compress(b"nothing")}) == []
    (left.site.folder.parent / f"planted/{SLUG}").mkdir()
    assert [
        where for _, _, where, _ in left.told("--no-cache", "--output", str(left.site.folder.parent / "planted"))
    ] == ["name"]


def test_what_cannot_be_read_proves_nothing(left: Left) -> None:
    """A file that cannot be opened is named, and the exit code is 2."""
    assert left.planted({"broken.html.gz": gzip.compress(b"nothing" * 99)[:-9]}) == []


def test_portraits(left: Left) -> None:
    """A portrait is found in other sizes and formats, cropped, in a card, in a vCard; those of others are not."""
    own = face(1)
    wide, high = own.size
    crop = own.crop((wide // 8, high // 20, wide * 7 // 8, high * 9 // 10))
    card = Image.new("RGB", (600, 315), "ivory")
    ImageDraw.Draw(card).text((20, 40), "A preview of a page", fill="black")
    card.paste(own.resize((160, 200)), (400, 60))
    photo = base64.b64encode(encoded(own.resize((96, 120)), "JPEG")).decode()
    lines = "\r\n ".join(photo[at : at + 72] for at in range(0, len(photo), 72))
    files = {
        "q/a.jpg": encoded(own.resize((64, 80)), "JPEG", quality=60),
        "q/b.webp": encoded(crop, "WEBP", quality=50),
        "q/c.avif": encoded(own, "AVIF", quality=50),
        "q/d.png": encoded(own.convert("L"), "PNG"),
        "q/card.jpg": encoded(card, "JPEG"),
        "q/e.vcf": f"BEGIN:VCARD\r\nPHOTO:data:image/jpeg;base64,{lines}\r\nEND:VCARD\r\n".encode(),
        "q/page.html": f'<img src="data:image/jpeg;base64,{photo}">'.encode(),
        "q/same.bin": (left.site.folder / f"profiles/{SLUG}/portrait.png").read_bytes(),
        "q/talk.bin": (left.site.folder / f"profiles/{SLUG}/notes.pdf").read_bytes(),
        **{f"q/other{seed}.jpg": encoded(face(seed), "JPEG") for seed in range(2, 12)},
    }
    found = left.planted(files)
    assert {path: kind for path, kind, _, _ in found} == {
        **{
            f"q/{name}": "portrait"
            for name in ("a.jpg", "b.webp", "c.avif", "d.png", "card.jpg", "e.vcf", "page.html", "same.bin")
        },
        "q/talk.bin": "file",
    }


def test_different_faces_are_different() -> None:
    """No two of many drawn faces are taken for one another."""
    pictures = [encoded(face(seed, 120), "PNG") for seed in range(20, 30)]
    faces = [found for data in pictures if (found := likeness.face(data))]
    assert len(faces) == len(pictures)
    shown = [list(likeness.shown(picture, faces)) for data in pictures if (picture := likeness.opened(data))]
    assert shown == [[number] for number in range(len(pictures))]


def test_other_peoples_texts(left: Left) -> None:
    """A mention by others is told with the page, and with the line of the source that it comes from."""
    site = left.site
    before = site.read("content/stories/2026/valve.md")
    site.put("content/stories/2026/valve.md", before + "\nZeile.\n\nDas sagte Zelda Quaßnowsken.\n")
    try:
        site.built()
        run = left.ask("--format", "json")
        silent(run)
        origins = {(one["path"], one["origin"]) for one in json.loads(run.out)["problems"]}
        line = site.read("content/stories/2026/valve.md").splitlines().index("Das sagte Zelda Quaßnowsken.") + 1
        assert ("stories/valve/index.html", f"content/stories/2026/valve.md:{line}:11") in origins
        assert any(path.startswith("search/index/") for path, _ in origins)
        assert run.code == 1
    finally:
        site.put("content/stories/2026/valve.md", before)
        site.built()


def git(folder: Path, *arguments: str) -> None:
    """Run Git."""
    who = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


def test_somebody_whose_profile_was_removed(left: Left, tmp_path: Path) -> None:
    """Who they were is told by the history, whatever its hooks and filters, or by a file that was kept; else nobody can tell."""
    site = object.__new__(Site)
    site.folder, site.output, site.checkout = tmp_path / "site", tmp_path / "out", left.site.checkout
    shutil.copytree(left.site.folder, site.folder)
    gone = Left(site)
    site.put(".gitattributes", "* filter=evil diff=evil\n")
    git(site.folder, "init")
    git(site.folder, "add", "-A")
    git(site.folder, "commit", "-m", "All")
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.external"):
        git(site.folder, "config", key, f"touch {tmp_path}/ran")
    kept = tmp_path / "kept.md"
    shutil.copy(site.path(f"profiles/{SLUG}/profile.md"), kept)
    git(site.folder, "rm", "-rq", f"profiles/{SLUG}")
    git(site.folder, "-c", "filter.evil.clean=cat", "commit", "-m", "Remove")
    (tmp_path / "ran").unlink(missing_ok=True)
    site.built()
    assert gone.told("--no-cache") == []
    files = {"x.html": b"Zelda Quassnowsken", "y.jpg": encoded(face(1), "JPEG")}
    assert {path: kind for path, kind, _, _ in gone.planted(files)} == {"x.html": "name", "y.jpg": "portrait"}
    everybody = gone.ask("--no-cache", "--output", str(tmp_path / "planted"), who="--all")
    assert everybody.code == 1
    assert "x.html:1:1: the name of person 1 is still here" in everybody.err
    silent(everybody)
    assert not (tmp_path / "ran").exists()

    shutil.rmtree(site.path(".git"))
    nobody = gone.ask("--no-cache")
    assert (nobody.code, "nobody can tell who this was" in nobody.err) == (2, True)
    silent(nobody)
    assert gone.planted({"x.html": b"Zelda Quassnowsken"}, "--identity", str(kept))


def test_caches_do_not_keep_who_was_removed(left: Left, tmp_path: Path) -> None:
    """When a profile is removed, the next build leaves nothing of it in its caches either."""
    site = object.__new__(Site)
    site.folder, site.output, site.checkout = tmp_path / "site", tmp_path / "out", left.site.checkout
    shutil.copytree(left.site.folder, site.folder)
    site.replace(f"profiles/{SLUG}/profile.md", '"left"', '"published"')
    site.replace(f"profiles/{SLUG}/profile.md", '"2025-01-01"', '""')
    kept = tmp_path / "kept"
    site.built()
    shutil.move(site.path(f"profiles/{SLUG}"), kept)
    site.built()
    assert Left(site).told("--identity", str(kept / "profile.md")) == []


def test_the_live_site(left: Left) -> None:
    """Over the web, all that is linked is looked at, pictures too, what the headers say, and the addresses that people had."""
    folder = left.site.folder.parent / "served"
    shutil.copytree(left.site.output, folder, dirs_exist_ok=True)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(folder))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def end_headers(self) -> None:
            """Name somebody in a header of one page."""
            if self.path == "/topics/heat/":
                self.send_header("Link", f"</experts/{SLUG}/>")
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    try:
        assert {(path, where) for path, _, where, _ in left.told("--url", url)} == {("topics/heat/", "header")}
        home = folder / "index.html"
        home.write_text(
            home.read_text("utf-8").replace("</main>", '<img src="x.jpg"><a href="a/">A</a></main>'), "utf-8"
        )
        (folder / "x.jpg").write_bytes(encoded(face(1), "JPEG"))
        (folder / "a").mkdir()
        (folder / "a/index.html").write_text("<p>Zelda Quassnowsken</p>")
        (folder / f"experts/{SLUG}").mkdir(exist_ok=True)
        (folder / f"experts/{SLUG}/contact.vcf").write_text("nobody links here")
        found = {(path, kind, where) for path, kind, where, _ in left.told("--url", url)}
        assert found == {
            ("topics/heat/", "slug", "header"),
            ("x.jpg", "portrait", "picture"),
            ("a/", "name", "text"),
            ("experts/…/contact.vcf", "slug", "name"),
            ("experts/…/", "slug", "name"),
            ("experts/…/", "slug", "text"),  # what a server lists of a folder
        }
        assert left.ask("--url", url, "--limit", "3").code == 2
    finally:
        server.shutdown()
        server.server_close()


def test_nothing_can_be_told_without_a_build(left: Left, tmp_path: Path) -> None:
    """Where there is no build, no site, or nobody answers, that is said, and the exit code is 2."""
    for options in (["--output", str(tmp_path / "no")], ["--url", "http://127.0.0.1:9/"]):
        given = ["--site", str(left.site.folder), "--lang", "en", *options]
        run = left.site.checkout.run("residue", SLUG, *given)
        assert run.code == 2, run
        assert "Traceback" not in run.err
        silent(run)


OWN = (
    "Zelda", "Quaßnowsken", "quassnowsken", "z.quass@acme.example", "+49 40 7654321", "@zq_wasser", "0009-0099-1204-7732", "zelda-frueher",
    SLUG, f"profiles/{SLUG}/profile", f"{SLUG}-160-0123456789", "zelda_quassnowsken", "Qua%C3%9Fnowsken",
)  # fmt: skip


@settings(max_examples=int(os.environ.get("RESIDUE_EXAMPLES", "60")))
@given(
    st.lists(st.sampled_from([*OWN, "x", "experts", "-", "a b", "ä"]), min_size=1, max_size=5),
    st.sampled_from("/-_. +"),
)
def test_a_report_never_says_what_it_found(parts: list[str], between: str) -> None:
    """Whatever is left, and in whatever path, the report repeats no value of the person."""
    who = Identity(
        SLUG,
        LEFT["name"],
        ("zelda-frueher",),
        ("z.quass@acme.example",),
        ("+49 40 7654321",),
        tuple(LEFT["links"].values()),
    )
    search = Search([who], [], frozenset(), 60)
    path = between.join(parts)
    found = search.file(path, f"{path}\n{' '.join(parts)}".encode())
    mask = report.mask(search.matcher, [who])
    for trace in found:
        told = report.finding(trace, (trace._replace(where="source"), True), "this person", mask, str)
        said = (
            told.problem.line_of_text() + json.dumps(report.as_dict(told, "person 1", str), ensure_ascii=False)
        ).lower()
        assert [value for value in (*VALUES, "frueher") if value in said] == [], path
    assert bool(found) == any(part in OWN for part in parts)
