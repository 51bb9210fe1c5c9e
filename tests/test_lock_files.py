"""What is installed is pinned, and nothing committed says from where."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from experts.bundle import PACKAGES

ROOT = Path(__file__).resolve().parents[1]
# In two parts, since this file is searched too.
HOSTS = [".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb.debian", "org"))]


def committed() -> list[Path]:
    """Return the files of the checkout that are not ignored."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file()]


def test_no_committed_file_names_a_package_host() -> None:
    """A mirror or proxy is a matter of the machine: no file that is committed names a registry's host."""
    pattern = re.compile("|".join(map(re.escape, HOSTS)).encode())
    assert [str(path) for path in committed() if pattern.search(path.read_bytes())] == []


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-publish.txt", "requirements-test.txt", "requirements-node.txt"]
)
def test_every_python_package_is_pinned_with_hashes(name: str) -> None:
    """Each requirement has one exact version and at least one hash, and no line is an option with a place in it."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if not re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line)] == []


def test_tests_use_the_versions_of_the_site() -> None:
    """A package that both lock files pin has the same version in both."""
    pins = [
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-test.txt")
    ]
    assert {name: version for name, version in pins[1].items() if pins[0].get(name, version) != version} == {}


def test_every_front_end_package_is_pinned_with_its_hash() -> None:
    """package.json names exact versions; the lock file has a hash for each package and no address."""
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert [
        version for version in package["dependencies"].values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    ] == []
    assert lock["packages"][""]["dependencies"] == package["dependencies"]
    installed = [entry for path, entry in lock["packages"].items() if path]
    assert all("integrity" in entry and "resolved" not in entry for entry in installed)


def test_the_theme_uses_what_is_installed() -> None:
    """The packages whose files the theme takes or its scripts import are exactly those that package.json names."""
    fonts = json.loads((ROOT / "theme" / "fonts.json").read_text("utf-8"))
    files = [*[file for font in fonts.values() for file in font["files"]], *PACKAGES.values()]
    package = json.loads((ROOT / "package.json").read_text("utf-8"))
    assert {"/".join(file.split("/")[: 2 if file.startswith("@") else 1]) for file in files} == set(
        package["dependencies"]
    )
