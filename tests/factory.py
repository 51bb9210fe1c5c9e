"""Whole tiny sites for tests, and real builds of them: a test takes a site and changes one thing.

>>> site = Site(tmp_path / "site", checkout)  # three people, four stories, and one of everything else
>>> site.profile("mara", headline="Another one")  # written as a person would write it
>>> run = site.build()  # a process of its own
>>> assert run.code == 0, run.err
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from preloaded import Preloaded

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-23"
MARKER = ".our-experts"
CONSENT = {"given": "2026-05-01", "text": "2026-1", "channels": ["site", "search-engines", "feeds", "images", "ai"]}
SETTINGS = {
    "SITENAME": "Tiny",
    "DEFAULT_LANG": "de",
    "LANGUAGES": ["de", "en"],
    "TIMEZONE": "Europe/Berlin",
    "SECURITY": {},
}


USUAL = ("LANG", "LANGUAGE", "NO_COLOR", "EXPERTS_DEBUG")
"""Variables that do not concern Python itself."""


@cache
def preloaded() -> Preloaded:
    """The process of this one that has the libraries loaded."""
    return Preloaded()


def png(red: int = 0, green: int = 0, blue: int = 0) -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(bytes([0, red, green, blue]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")


def document(head: dict[str, Any], body: str = "") -> str:
    """A file with front matter; a field that is None is left out."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value is not None]
    return "\n".join(["---", *lines, "---", body])


class Run(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def made(self) -> int:
        """How many outputs the closing line says were made."""
        return int(self.out.split(" made, ")[0].splitlines()[-1])

    @property
    def problems(self) -> list[str]:
        """The lines of the problems, without their number."""
        return self.err.splitlines()[:-1]


class Checkout:
    """A copy of the generator with a cache of its own, so that nobody else's edits or builds are seen."""

    def __init__(self, folder: Path) -> None:
        """Copy plugins, theme and settings; the theme's front-end files are one tiny one."""
        self.folder = folder
        for name in ("plugins", "theme"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.tmp"))
        shutil.copy(ROOT / "pelicanconf.py", folder)
        shutil.copy(ROOT / "publishconf.py", folder)
        (folder / "theme/vendor.json").write_text('{"fonts/tiny.woff2": "tiny/tiny.woff2"}')
        (folder / "theme/fonts.json").unlink()
        (folder / "node_modules/tiny").mkdir(parents=True)
        (folder / "node_modules/tiny/tiny.woff2").write_bytes(b"wOF2")
        for package in ("lunr", "esbuild", "@esbuild"):
            (folder / "node_modules" / package).symlink_to(ROOT / "node_modules" / package)

    def command(self, *arguments: str) -> list[str]:
        """The command line of a command of the generator."""
        return [sys.executable, "-m", "experts", *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a command: nothing of the tests' but the path."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR") if name in os.environ}
        return {**kept, "PYTHONPATH": str(self.folder / "plugins"), "LC_ALL": "C.UTF-8", "EXPERTS_DEBUG": "1", **more}

    def run(self, *arguments: str, **environment: str) -> Run:
        """Run a command of the generator."""
        given = self.environment(**environment)
        swift = hasattr(os, "fork") and not set(environment) - set(USUAL) and preloaded().busy.acquire(blocking=False)
        if not swift:
            done: Any = subprocess.run(
                self.command(*arguments),
                env=given,
                cwd=self.folder,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
        else:
            try:
                done = preloaded().run("experts", list(arguments), str(self.folder), given, 120)
            finally:
                preloaded().busy.release()
        return Run(done.returncode, done.stdout, done.stderr)


class Site:
    """A site's folder."""

    def __init__(self, folder: Path, checkout: Checkout, empty: bool = False) -> None:
        """Write a site of everything, or an empty one."""
        self.folder, self.checkout = folder, checkout
        self.output = folder.parent / f"{folder.name}-output"
        (folder / "profiles").mkdir(parents=True)
        (folder / "content").mkdir()
        self.settings()
        if not empty:
            self.fill()

    def fill(self) -> None:
        """Write one of everything."""
        self.topic("heat")
        self.topic("pumps", broader="heat", synonyms={"de": ["WP"]})
        self.profile("mara", topics=["pumps", "heat"], aliases=["mara-old"])
        self.translation("mara", "en")
        self.portrait("mara")
        self.profile("jonas", lang="en", location="Kiel")
        self.profile("ida", "Siehe [Mara](expert:mara) und [Boiler](story:boiler).\n")
        self.story("boiler", authors=["mara", "jonas"])
        self.story("boiler-en", authors=["mara", "jonas"], lang="en", translation_of="boiler")
        self.story("valve", authors=["ida"], kind="statement", until="2027-01-01")
        self.story("pipe", authors=["jonas"], date="2025-02-03", image=True)
        self.hook("winter")
        self.event("barcamp")
        self.page("about", "About", "See [home](https://example.com/) and [imprint]({filename}imprint.md).")
        self.page("imprint", "Impressum", "Text.", Lang="de", Slug="imprint")
        self.put("content/images/logo.png", png())

    # -- files -------------------------------------------------------------------------------------

    def path(self, name: str) -> Path:
        """A file of the site."""
        return self.folder / name

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(self, name: str) -> str:
        """The text of a file."""
        return self.path(name).read_text("utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a part of a file that is there."""
        text = self.read(name)
        assert old in text
        self.put(name, text.replace(old, new))

    def settings(self, **values: Any) -> None:
        """Write the site's settings; None leaves one out."""
        lines = [f"{key} = {value!r}\n" for key, value in {**SETTINGS, **values}.items() if value is not None]
        self.put("pelicanconf.py", "".join(lines))

    def own_theme(self) -> Path:
        """Give the site its own copy of the theme."""
        shutil.copytree(self.checkout.folder / "theme", self.path("theme"))
        self.settings(THEME="theme")
        return self.path("theme")

    # -- records -----------------------------------------------------------------------------------

    def profile(self, slug: str, body: str = "Ein Text.\n", **fields: Any) -> Path:
        """Write a profile."""
        head = {
            "name": f"{slug.title()} Tester",
            "lang": "de",
            "headline": f"Was {slug} sagt",
            "topics": ["heat"],
            "consent": CONSENT,
            "status": "published",
        }
        return self.put(f"profiles/{slug}/profile.md", document(head | fields, body))

    def translation(self, slug: str, lang: str, body: str = "A text.\n", **fields: Any) -> Path:
        """Write a profile's translation."""
        head = {"translation_of": slug, "headline": f"What {slug} says"}
        return self.put(f"profiles/{slug}/profile.{lang}.md", document(head | fields, body))

    def portrait(self, slug: str, red: int = 0) -> None:
        """Give a person a portrait."""
        self.put(f"profiles/{slug}/portrait.png", png(red))
        name = f"profiles/{slug}/profile.md"
        portrait = {"file": "portrait.png", "alt": "Ein Gesicht", "credit": "Jane Roe", "licence": "CC0-1.0"}
        self.put(name, self.read(name).replace("---\n", f"---\nportrait: {json.dumps(portrait)}\n", 1))

    def story(self, slug: str, body: str = "Es war **einmal**.\n", image: bool = False, **fields: Any) -> Path:
        """Write a story."""
        head = {"title": f"Story {slug}", "date": "2026-10-01", "authors": ["mara"], "topics": ["heat"]} | fields
        if image:
            self.put(f"content/stories/{head['date'][:4]}/{slug}.png", png(1))
            head["image"] = {"file": f"{slug}.png", "alt": "Bild", "credit": "Jane Roe", "licence": "CC0-1.0"}
        return self.put(f"content/stories/{head['date'][:4]}/{slug}.md", document(head, body))

    def topic(self, slug: str, **fields: Any) -> Path:
        """Write a topic."""
        head = {"label": {"de": f"Thema {slug}", "en": f"Topic {slug}"}} | fields
        return self.put(f"content/topics/{slug}.md", document(head))

    def hook(self, slug: str, **fields: Any) -> Path:
        """Write a hook."""
        angle = {"expert": "mara", "angle": "kann sagen, warum"}
        head = {"title": f"Hook {slug}", "date": "2026-11-01", "until": "2026-12-31", "experts": [angle]} | fields
        return self.put(f"content/hooks/{slug}.md", document(head, "Der Zusammenhang.\n"))

    def event(self, slug: str, **fields: Any) -> Path:
        """Write an event."""
        session = {"title": "Beginn", "start": "2026-12-04T09:00:00+01:00", "hosts": ["mara"], "story": "boiler"}
        head = {
            "title": f"Event {slug}",
            "start": "2026-12-04T09:00:00+01:00",
            "end": "2026-12-05T16:00:00+01:00",
            "kind": "barcamp",
            "experts": ["mara", "jonas"],
            "sessions": [session],
        } | fields
        return self.put(f"content/events/{slug}.md", document(head, "Kommt.\n"))

    def page(self, name: str, title: str, body: str, **fields: str) -> Path:
        """Write an ordinary page, in Pelican's own form."""
        head = {"Title": title, "Slug": name, "Lang": "en"} | fields
        lines = "".join(f"{key}: {value}\n" for key, value in head.items() if value)
        return self.put(f"content/pages/{name}.md", f"{lines}\n{body}\n")

    # -- builds ------------------------------------------------------------------------------------

    def build(
        self, *options: str, output: Path | None = None, today: str = TODAY, jobs: int = 2, **environment: str
    ) -> Run:
        """Build the site into its output folder, or another one."""
        given = [
            "--site",
            str(self.folder),
            "--output",
            str(output or self.output),
            "--lang",
            "en",
            "--jobs",
            str(jobs),
        ]
        day = ["--today", today] if today else []
        return self.checkout.run("build", *given, *day, *options, **environment)

    def built(self, *options: str, **more: Any) -> Run:
        """Build the site, which must succeed."""
        run = self.build(*options, **more)
        assert run.code == 0, run.out + run.err
        return run

    def tree(self, output: Path | None = None) -> dict[str, bytes]:
        """The bytes of all files of an output folder, and its empty folders."""
        return tree(output or self.output)

    def clean(self, *options: str, **more: Any) -> tuple[Run, dict[str, bytes]]:
        """What a clean build of the site as it is now makes of a copy, elsewhere."""
        twin = self.folder.parent / "twin"
        shutil.rmtree(twin, ignore_errors=True)
        twin.mkdir()
        shutil.copytree(self.folder, twin / "site", symlinks=True)
        other = object.__new__(Site)
        other.folder, other.checkout, other.output = twin / "site", self.checkout, twin / "output"
        run = other.build("--clean", *options, **more)
        return run, other.tree()

    def stale(self, *options: str, **more: Any) -> list[str]:
        """How the output folder differs from that of a clean build, which must succeed."""
        run, expected = self.clean(*options, **more)
        assert run.code == 0, run.out + run.err
        return differences(self.tree(), expected)


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder; an empty folder as its name with a slash."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    return found


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of the files that differ, with what is wrong: an assertion on it says more than two trees do."""
    names = sorted(one.keys() | other.keys())
    words = {(True, False): "left over", (False, True): "missing", (True, True): "differs"}
    return [f"{name}: {words[name in one, name in other]}" for name in names if one.get(name) != other.get(name)]
