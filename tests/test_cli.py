"""The commands as people and CI start them: arguments, messages, exit codes, and how little a build with nothing to do loads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from factory import TODAY, Checkout, Site


def test_exit_codes(site: Site, tmp_path: Path) -> None:
    """0: built. 1: problems, of the site or of its place. 2: arguments that make no sense."""
    assert site.build().code == 0
    site.profile("mara", headline="")
    assert site.build().code == 1
    assert site.build("--lenient").code == 0
    for wrong in (["--today", "23.11.2026"], ["--today", "2026-02-30"], ["--jobs", "0"], ["--jobs", "x"], ["--what"]):
        run = site.build(*wrong)
        assert run.code == 2, wrong
        assert "Traceback" not in run.err
    run = site.checkout.run("build", "--site", str(tmp_path / "nowhere"), "--lang", "en")
    assert run.code == 1
    assert "there is no site in this folder (a site is a folder with profiles/ and content/)" in run.err


def test_an_empty_site_is_a_site(tmp_path: Path, checkout: Checkout) -> None:
    """Before there is a profile, all pages of lists are there."""
    site = Site(tmp_path / "site", checkout, empty=True)
    site.built()
    assert {"index.html", "experts/index.html", "404.html", "en/index.html"} <= site.tree().keys()


def test_problems_have_place_message_and_hint(site: Site) -> None:
    """One line for each problem, `path:line:column: what is wrong (what would be right)`, then their number."""
    site.profile("mara", topics=["haet"], formats=["tvv"], status="publishd")
    run = site.build()
    assert run.code == 1
    assert run.out == ""
    for line in run.problems:
        assert re.fullmatch(r"profiles/mara/profile\.md:\d+:\d+: .+ \(.+\)", line), line
    assert run.err.splitlines()[-1] == f"{len(run.problems)} problems"


def test_check_writes_nothing_and_hides_nothing(site: Site) -> None:
    """`check` between an edit and a build takes nothing from the build; its exit code tells of problems."""
    site.built()
    before = site.tree()
    site.replace("profiles/ida/profile.md", "Siehe", "Sieh")
    check = ["check", "--site", str(site.folder), "--today", TODAY, "--lang", "en"]
    run = site.checkout.run(*check)
    assert (run.code, run.out.splitlines()[-1][:10]) == (0, "0 problems")
    assert site.tree() == before
    assert site.built().made == 3  # a page in two languages, and its data
    site.profile("ida", status="paused")
    run = site.checkout.run(*check)
    assert "profiles/ida/profile.md: not shown: " in run.out
    site.profile("ida", status="nonsense")
    run = site.checkout.run(*check, "--format", "json")
    report = json.loads(run.out)
    assert (run.code, report["ok"], report["problems"][0]["path"]) == (1, False, "profiles/ida/profile.md")
    assert site.build().code == 1


def test_json_says_problems_of_settings_too(site: Site) -> None:
    """Whatever ends `check --format json`, the output is JSON."""
    site.put("pelicanconf.py", "CONSENT = 1\n")
    run = site.checkout.run("check", "--site", str(site.folder), "--format", "json", "--lang", "en")
    assert run.code == 1
    assert json.loads(run.out)["problems"][0]["code"] == "settings"


def test_names_that_no_encoding_has(site: Site, tmp_path: Path) -> None:
    """File names that are no UTF-8, or hold control characters, break neither messages nor reports."""
    (site.folder / "profiles" / "x\udcff\x1b[31m").mkdir()
    (site.folder / "profiles" / "x\udcff\x1b[31m" / "profile.md").write_text("no front matter")
    report = tmp_path / "report.json"
    run = site.build("--report", str(report), PYTHONIOENCODING="ascii")
    assert run.code == 1
    assert "\x1b" not in run.err
    assert json.loads(report.read_text("utf-8"))["problems"]
    run = site.checkout.run("check", "--site", str(site.folder), "--format", "json", PYTHONIOENCODING="ascii")
    assert run.code == 1
    assert json.loads(run.out)["problems"]


def test_drafts_and_publish(site: Site) -> None:
    """--drafts shows drafts; --publish takes publishconf.py over pelicanconf.py."""
    site.profile("zoe", status="draft")
    site.built()
    assert "experts/zoe/index.html" not in site.tree()
    site.built("--drafts")
    assert "experts/zoe/index.html" in site.tree()
    site.put("publishconf.py", 'from pelicanconf import *\nSITEURL = "https://live.example"\nSITENAME += "!"\n')
    site.built("--publish")
    page = site.tree()["index.html"].decode()
    assert "https://live.example/" in page
    assert "Tiny!" in page


def test_a_site_below_a_path(site: Site) -> None:
    """With SITEURL in a folder of a host, every internal address on every page begins with that folder."""
    site.settings(SITEURL="https://x.example/experts/")
    site.put("content/images/logo.png", b"x")
    site.page("linking", "Linking", "See [imprint]({filename}imprint.md) and ![logo]({static}/images/logo.png).")
    site.built()
    count = 0
    for name, data in site.tree().items():
        if not name.endswith((".html", ".css")):
            continue
        for address in re.findall(r"""(?:href|src|action|content)="(/[^"]*)|url\(["']?(/[^)"']*)""", data.decode()):
            count += 1
            assert "".join(address).startswith("/experts/"), (name, address)
    assert count > 200
    assert "https://x.example/experts/en/experts/mara/" in site.tree()["experts/mara/index.html"].decode()


def test_nothing_to_do_loads_next_to_nothing(site: Site) -> None:
    """A build with nothing to do imports neither YAML nor Markdown nor Jinja nor Pelican: that is most of its speed."""
    site.built()
    given = ["--site", str(site.folder), "--output", str(site.output), "--today", TODAY, "--jobs", "2"]
    command = site.checkout.command("build", *given)
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]],
        env=site.checkout.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith("0 made")
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in run.stderr.splitlines()}
    assert "experts" in names
    assert (
        names & {"yaml", "markdown", "jinja2", "markupsafe", "babel", "pelican", "docutils", "nh3", "bleach"} == set()
    )
    assert names & {"difflib", "traceback", "tempfile", "multiprocessing"} == set()


@pytest.mark.parametrize("command", [["--help"], ["build", "--help"], ["check", "--help"]])
def test_help(checkout: Checkout, command: list[str]) -> None:
    """Every command explains itself."""
    run = checkout.run(*command)
    assert run.code == 0
    assert "usage: tasks.py" in run.out
