"""What commands say of hostile texts and names: one line each, nothing that a terminal, a log or a forge takes for a command."""

from __future__ import annotations

import json
import re

import payloads
import pytest
from experts.problems import Problem
from factory import Checkout, Site, document

FIELDS = (
    "lang",
    "timezone",
    "topics",
    "languages",
    "formats",
    "links",
    "contact",
    "confirmed",
    "absence",
    "status",
    "aliases",
    "portrait",
)
CONTROL = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def refused(site: Site) -> int:
    """Write texts where they cannot stand, one file for each; how many there are."""
    forms = {
        "topics": lambda text: [text], "languages": lambda text: [text], "formats": lambda text: [text], "aliases": lambda text: [text],
        "links": lambda text: {"website": text}, "contact": lambda text: {"email": text, "phone": text},
        "absence": lambda text: {"from": text, "deputy": text}, "portrait": lambda text: {"file": text},
    }  # fmt: skip
    for number, text in enumerate(payloads.ALL):
        name = FIELDS[number % len(FIELDS)]
        site.profile(
            f"p{number}",
            f"[x](javascript:x) {text if text.isprintable() else ''}",
            **{name: forms.get(name, str)(text), text[:40]: "x"},
        )
    return len(payloads.ALL)


@pytest.fixture(scope="module")
def broken(checkout: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site in which each profile but one is refused."""
    site = Site(tmp_path_factory.mktemp("broken") / "site", checkout, empty=True)
    site.topic("heat")
    site.profile("good")
    site.put("profiles/good/a\x1b[2Jb.txt", "x")
    site.put("content/topics/x\n::error::y\u202e.md", document({"label": {"de": "{message} {0}"}}))
    refused(site)
    return site


def test_refusals_are_told(broken: Site) -> None:
    """Each text where it cannot stand is a problem of its file, without a traceback, and no value moves the cursor or begins a line."""
    run = broken.build()
    assert run.code == 1
    assert "Traceback" not in run.err
    told = {line.split("/")[1] for line in run.problems if line.startswith("profiles/")}
    assert told == {"good", *[f"p{number}" for number in range(len(payloads.ALL))]}
    odd = ("profiles/good/a\\x1b[2Jb.txt", "content/topics/x\\n::error::y\\u202e.md")
    assert all(line.startswith(("profiles/p", *odd)) for line in run.problems)
    assert not CONTROL.search(run.err + run.out)


def test_lenient_leaves_them_out(broken: Site) -> None:
    """What has problems is not on the site; the rest is."""
    broken.built("--lenient")
    assert sorted(path.name for path in (broken.output / "experts").iterdir() if path.is_dir()) == ["good"]


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif", "markdown"])
def test_forms_of_check(broken: Site, form: str) -> None:
    """In each form of `check` a hostile value stays a value: JSON is JSON, a workflow command is one line, Markdown names nobody."""
    given = ("--site", str(broken.folder), "--lang", "de", "--today", "2026-11-23", "--format", form)
    run = broken.checkout.run("check", *given)
    assert run.code == 1
    assert "Traceback" not in run.err
    if form in ("json", "gitlab", "sarif"):
        json.loads(run.out)
    if form == "github":
        assert all(line.startswith(("::error ", "::notice ")) for line in run.out.splitlines()[:-1])
    if form == "markdown":
        outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", run.out)
        assert not re.search(r"<(?!br>)|(?<!\\)@|evil\.example", outside)
    if form in ("text", "markdown"):
        assert not CONTROL.search(run.out)


@pytest.mark.parametrize("text", payloads.TEMPLATES)
def test_values_are_put_in_once(text: str) -> None:
    """A value that looks like a placeholder is shown as it is."""
    problem = Problem("a.md", 1, 1, "x", "{value} is wrong", "did you mean {like}?", {"value": text, "like": text})
    assert problem.say() == (f"{text} is wrong", f"did you mean {text}?")


def test_other_commands(site: Site) -> None:
    """`import` and `build` show names of files and people without what a terminal obeys."""
    site.put("people.csv", 'name,headline,topics\n"A\x1b[31mB",x,heat\n"=cmd|1\u202e",y,heat\n')
    run = site.checkout.run(
        "import", "csv", str(site.path("people.csv")), "--site", str(site.folder), "--dry-run", "--lang", "en"
    )
    assert "Traceback" not in run.err
    assert not CONTROL.search(run.out + run.err)
    site.put("content/images/a\x1b[2Jb\nc.png", b"\x89PNG")
    run = site.build()
    assert run.code == 1
    assert "content/images/a\\x1b[2Jb\\nc.png: " in run.err
    assert not CONTROL.search(run.out + run.err)
