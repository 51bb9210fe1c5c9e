"""A build after any edits gives the bytes of a clean build: the one rule that all of the engine stands on."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from factory import MARKER, Checkout, Site, differences, png
from hypothesis import given, settings
from hypothesis import strategies as st

Edit = Callable[[Site, int], None]
NAMES = ("mara", "jonas", "ida", "neu", "zoe")


def files(site: Site, *folders: str) -> list[Path]:
    """The text files below folders of the site, in order."""
    found = [path for folder in folders for path in site.path(folder).rglob("*") if path.suffix in (".md", ".rst")]
    return sorted(path for path in found if path.is_file())


def one(paths: list[Path], number: int) -> list[Path]:
    """One of the paths, or none of none."""
    return [paths[number % len(paths)]] if paths else []


def change_text(site: Site, number: int) -> None:
    """A sentence more."""
    for path in one(files(site, "content", "profiles"), number):
        path.write_text(path.read_text("utf-8") + f"\nSatz {number}.\n", "utf-8")


def keep_size(site: Site, number: int) -> None:
    """Another letter in place of one, and the times set back: only ctime tells."""
    for path in one(files(site, "content/stories", "content/hooks", "content/events", "profiles"), number):
        data, times = bytearray(path.read_bytes()), path.stat()
        at = data.rfind(b".")
        if at > 0 and data[at - 1 : at].isalpha():
            data[at - 1] = b"abcde"[number % 5]
            path.write_bytes(data)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def touch(site: Site, number: int) -> None:
    """New times, old content."""
    for path in files(site, "content", "profiles")[number % 3 :: 3]:
        os.utime(path)


def remove(site: Site, number: int) -> None:
    """A file moves out of the site."""
    for path in one(files(site, "content", "profiles"), number):
        name = path.relative_to(site.folder).as_posix().replace("/", "%")
        shutil.move(path, site.folder.parent / "bin" / name)


def restore(site: Site, number: int) -> None:
    """A file comes back as it was, with its old times."""
    for path in one(sorted((site.folder.parent / "bin").iterdir()), number):
        place = site.path(path.name.replace("%", "/"))
        if not place.exists() and not place.parent.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, place)


def rename(site: Site, number: int) -> None:
    """A person's folder, or a file, gets another name."""
    people = sorted(path for path in site.path("profiles").iterdir() if path.is_dir())
    for path in one([*people, *files(site, "content")], number):
        path.rename(path.with_name(f"{path.stem}-{number % 7}{path.suffix}"))


def add_person(site: Site, number: int) -> None:
    """A person, new or written anew."""
    name = NAMES[number % len(NAMES)]
    if not site.path(f"profiles/{name}").is_file():
        site.profile(name, location=["Kiel", "Köln", ""][number % 3], status=["published", "draft"][number % 2])


def add_translation(site: Site, number: int) -> None:
    """A translation of a profile that may be there or not."""
    name = NAMES[number % len(NAMES)]
    if not site.path(f"profiles/{name}").is_file():
        site.translation(name, ["en", "fr"][number % 2], headline=f"Number {number}")


def add_record(site: Site, number: int) -> None:
    """A story, topic, hook, event or ordinary page."""
    text, slug = f"Text {number}.", f"new-{number % 3}"
    write: list[Callable[[], object]] = [
        lambda: site.story(slug, text, image=number % 2 > 0, authors=[NAMES[number % 3]]),
        lambda: site.topic(slug, broader=["heat", None][number % 2]),
        lambda: site.hook(slug, until=f"2026-1{number % 3}-20"),
        lambda: site.event(slug, place=text),
        lambda: site.page(slug, f"Page {number}", text, Status=["published", "draft", "hidden"][number % 3]),
    ]
    write[number % len(write)]()


def portrait(site: Site, number: int) -> None:
    """Another picture, or none."""
    if number % 4 == 0:
        site.path("profiles/mara/portrait.png").unlink(missing_ok=True)
    elif site.path("profiles/mara").is_dir():
        site.put("profiles/mara/portrait.png", png(number % 256))


def break_file(site: Site, number: int) -> None:
    """A file that cannot be read as a record."""
    broken = ["---\nname: [\n---\n", "---\nunknown: 1\n---\n", "", "no front matter\n", "---\nname: \x00\n---\n"]
    for path in one(files(site, "content", "profiles"), number):
        path.write_text(broken[number % len(broken)], "utf-8")


def swap_kind(site: Site, number: int) -> None:
    """A file where a folder was, or a folder where a file was."""
    for path in one([site.path("profiles/ida"), *files(site, "content/topics", "content/stories")], number):
        if path.is_dir():
            shutil.rmtree(path)
            path.write_text("a file", "utf-8")
        elif path.exists():
            path.unlink()
            path.mkdir()
            (path / "notes.txt").write_text("in a folder", "utf-8")


def setting(site: Site, number: int) -> None:
    """Other settings."""
    plugins = ["experts", "expert_home", "expert_profiles", "expert_stories", "expert_files"]
    values: list[dict[str, object]] = [
        {},
        {"SITENAME": f"Name {number}"},
        {"LANGUAGES": ["de"]},
        {"DEFAULT_LANG": "en"},
        {"SITEURL": "https://x.example/experts"},
        {"PLUGINS": plugins},
        {"DRAFTS": True},
        {"CONSENT": "elsewhere"},
        {"BRAND": {"accent": "#7a1fa2", "radius": f"{number % 9}px"}, "TEXTS": {"lead": {"de": f"Text {number}"}}},
        {"MARKDOWN": {"extensions": [], "output_format": "html5"}},
    ]
    site.settings(THEME="theme", **values[number % len(values)])


def theme(site: Site, number: int) -> None:
    """Other templates, styles and texts."""
    names = ["templates/layout.html", "templates/parts/person.html", "static/css/20-base.css", "templates/expert.html"]
    path = site.path("theme") / names[number % len(names)]
    if number % 5 == 4:
        path = site.path("theme/locale/de/LC_MESSAGES/theme.po")
        text = path.read_text("utf-8")
        path.write_text(text.replace('msgstr "S', 'msgstr "X', 1) if number % 2 else text.replace('"X', '"S', 1))
        return
    path.write_text(path.read_text("utf-8") + "\n" * (number % 3 + 1), "utf-8")


def tamper(site: Site, number: int) -> None:
    """Files of the output folder edited, removed, or all of them."""
    found = sorted(path for path in site.output.rglob("*") if path.is_file() and path.name != MARKER)
    for path in one(found, number):
        if number % 5 == 0:
            shutil.rmtree(site.output)
        elif number % 2:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[::-1])


def check(site: Site, _number: int) -> None:
    """A check of the site, between builds."""
    site.checkout.run("check", "--site", str(site.folder))


EDITS: list[Edit] = [
    change_text, keep_size, touch, remove, restore, rename, add_person, add_translation, add_record, portrait,
    setting, theme, tamper, check, break_file, swap_kind,
]  # fmt: skip
DAYS = ["2026-11-23", "2026-12-24", "2027-01-02", "2028-06-01"]


def edits(chosen: list[Edit]) -> st.SearchStrategy[list[tuple[Edit, int, bool]]]:
    """Random edits, each with a number and whether a build follows at once."""
    return st.lists(st.tuples(st.sampled_from(chosen), st.integers(0, 10_000), st.booleans()), min_size=4, max_size=9)


def follow(checkout: Checkout, steps: list[tuple[Edit, int, bool]], *options: str) -> None:
    """Make the edits; after each build, compare with a clean one."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "site", checkout)
        site.own_theme()
        (Path(folder) / "bin").mkdir()
        site.built(*options)
        day = DAYS[0]
        for edit, number, at_once in [*steps, (touch, 0, True)]:
            edit(site, number)
            if not at_once:
                continue
            day = DAYS[number % 11] if number % 11 < len(DAYS) else day
            before = site.tree()
            run = site.build(*options, today=day)
            clean, expected = site.clean(*options, today=day)
            assert (run.code, run.err) == (clean.code, clean.err), edit.__name__
            assert differences(site.tree(), expected if run.code == 0 else before) == [], edit.__name__
            if run.err:
                assert site.build(*options, today=day).err == run.err  # it is said again, without any change


WHOLE = [edit for edit in EDITS if edit not in (break_file, swap_kind)]


@settings(max_examples=4, derandomize=True)
@given(steps=edits(WHOLE))
def test_strict_builds_equal_clean_builds(checkout: Checkout, steps: list[tuple[Edit, int, bool]]) -> None:
    """After any edit, a build makes the tree of a clean build; with problems, it says all that one says and writes nothing."""
    follow(checkout, steps)


@settings(max_examples=4, derandomize=True)
@given(steps=edits(EDITS))
def test_lenient_builds_equal_clean_builds(checkout: Checkout, steps: list[tuple[Edit, int, bool]]) -> None:
    """The same with --lenient, through any broken state: what has problems is left out and leaves nothing behind."""
    follow(checkout, steps, "--lenient")


@pytest.mark.slow
@settings(max_examples=3, derandomize=True)
@given(steps=edits(EDITS), lenient=st.booleans())
def test_many_builds_equal_clean_builds(checkout: Checkout, steps: list[tuple[Edit, int, bool]], lenient: bool) -> None:
    """The same, many times."""
    follow(checkout, steps, *["--lenient"][:lenient])
