"""security.txt (RFC 9116): what it must say, and that an old one is told."""

from __future__ import annotations

import re
from datetime import datetime

from factory import Site

PATH = ".well-known/security.txt"
GIVEN = {"contact": "mailto:security@x.example", "expires": "2027-06-30", "policy": "https://x.example/policy"}


def fields(site: Site) -> list[tuple[str, str]]:
    """The fields of the file."""
    data = (site.output / PATH).read_bytes()
    assert data.endswith(b"\n")
    found = [line.partition(": ") for line in data.decode("utf-8").splitlines()]
    assert all(re.fullmatch(r"[A-Z][A-Za-z-]+", name) for name, _, _ in found)
    return [(name, value) for name, _, value in found]


def test_what_it_says(site: Site) -> None:
    """Contact and one Expires are there; whatever is an address on the web is an https one."""
    site.settings(SECURITY=GIVEN, SITEURL="https://x.example")
    site.built()
    found = fields(site)
    assert found == [
        ("Contact", "mailto:security@x.example"),
        ("Expires", "2027-06-30T23:59:59Z"),
        ("Preferred-Languages", "de, en"),
        ("Canonical", "https://x.example/.well-known/security.txt"),
        ("Policy", "https://x.example/policy"),
    ]
    assert datetime.fromisoformat(dict(found)["Expires"])
    site.settings(SECURITY=GIVEN)
    site.built()
    assert "Canonical" not in dict(fields(site))  # http://127.0.0.1 is none of https


def test_nothing_without_settings(site: Site) -> None:
    """Without SECURITY there is no file, and none stays behind, nor its hidden folder."""
    site.settings(SECURITY=GIVEN)
    site.built()
    site.settings(SECURITY={})
    site.built()
    assert not (site.output / ".well-known").exists()


def test_it_expires(site: Site) -> None:
    """The last day counts; after it the file is left out, `check` says so, and the build goes on: consents end too."""
    site.settings(SECURITY=GIVEN)
    site.built(today="2027-06-30")
    assert PATH in site.tree()
    site.built(today="2027-07-01")
    assert PATH not in site.tree()
    run = site.checkout.run("check", "--site", str(site.folder), "--today", "2027-07-01", "--lang", "en")
    assert run.code == 0
    assert "pelicanconf.py: not shown: SECURITY has expired on 2027-06-30" in run.out
    site.settings(SECURITY={**GIVEN, "expires": "2028-06-30"})
    site.built(today="2027-07-01")
    assert PATH in site.tree()


def test_hidden_files_leave_with_their_plugin(site: Site) -> None:
    """Also where the memory of earlier builds is lost, no hidden file of a build stays; others' hidden files do."""
    site.settings(SECURITY=GIVEN)
    site.built()
    hidden = {PATH, ".htaccess", ".hosting/nginx.conf"}
    assert hidden <= site.tree().keys()
    for name in (".git/config", ".nojekyll", ".well-known/acme-challenge"):
        (site.output / name).parent.mkdir(exist_ok=True)
        (site.output / name).write_text("foreign")
    (site.output / ".htaccess.4711.tmp").write_text("half")  # of a build that was killed
    plugins = ["experts", "expert_home", "expert_profiles", "expert_files"]
    site.settings(SECURITY=GIVEN, PLUGINS=plugins)
    run = site.build("--clean")
    assert run.code == 0, run.err
    left = [name for name in site.tree() if name.startswith(".")]
    assert left == [".git/config", ".nojekyll", ".our-experts", ".well-known/acme-challenge"]
