"""The project's commands, on nothing but Python 3.11 or newer and this checkout.

    python3 tasks.py build   [--site DIR] [--output DIR] [--clean] [--lenient] [--today DATE] [--jobs N] [--report FILE]
                             [--drafts] [--publish] [--lang LANG]
    python3 tasks.py serve   [--site DIR] [--port N] [--admin]
    python3 tasks.py check   [--site DIR] [--format FORMAT] [--base REV] [--profiles] [--today DATE] [--lang LANG]
    python3 tasks.py consents [--site DIR] [--format table|csv] [--output FILE] [--today DATE] [--lang LANG]
    python3 tasks.py new     profile|story|topic|event|hook [options]
    python3 tasks.py format  [PATH ...] [--check] [--drop-comments]
    python3 tasks.py import  csv|json FILE [--mapping FILE] [--dry-run]
    python3 tasks.py schema  [--check]
    python3 tasks.py forget  SLUG [--dry-run] [--yes] [--lists DIR]
    python3 tasks.py gate    --base REV --author LOGIN [--head REV] [--format text|json]
    python3 tasks.py codeowners [--check]
    python3 tasks.py comment --base REV [--head REV] [--output FILE] | --post FILE --pull NUMBER
    python3 tasks.py publish --to folder|gh-pages|rsync|s3 --target WHERE [--output DIR] [--dry-run]
    python3 tasks.py verify  URL [--gone FILE]
    python3 tasks.py verify-links [SLUG ...] [--site DIR] [--today DATE]
    python3 tasks.py residue SLUG|--all [--output DIR | --url URL] [--format text|json]
    python3 tasks.py test    [--fast]
    python3 tasks.py screenshots [--site DIR] [--output DIR] [--today DATE] [--kinds KINDS] | --update
    python3 tasks.py audit   [--site DIR] [--today DATE] [--kinds KINDS] [--languages LANGUAGES]
    python3 tasks.py lock    [--upgrade]

build: make the site. serve: build, show the site on http://127.0.0.1:8000, reload the browser on every change
(--admin: with the web editor, on the site's own Git repository). check: say what is wrong in profiles and content, and
what would be better. consents: who agreed to what, until when, and of whom it must be asked anew. new: a new file, by
asking for what is needed. format: files in the form that the web editor writes. import: drafts of profiles from a list
of people. forget: all files without somebody who is gone. publish: bring a build to where people see it (network).
verify: look at the site as it is live (network). verify-links: see whether people's profiles elsewhere link back to
their pages, and remember the day (network). residue: prove that nothing is left of people who left.
For CI: gate: may a change merge by itself? comment: what a pull request changes, in words; with --post to the forge.
codeowners, schema: write files that are made from profiles and fields. pull, status, merge: ask and tell the forge.
test: lint, types, layers, all tests (--fast: those without a browser that are quick). screenshots: photograph every
kind of page; with --update, the pictures that the visual tests compare with. audit: Lighthouse, axe-core, vnu and
stylelint. lock: write the lock files anew. COMMAND --help tells more.

The first start says what it installs, into .venv and node_modules of the checkout.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- for older ones: no newer syntax in this file
    sys.exit(
        f"tasks.py: this is Python {sys.version.split()[0]}, but 3.11 or newer is needed; start it with such a one."
    )

ROOT = os.path.dirname(os.path.realpath(__file__))
# The generator's own commands, which read their options themselves.
DIRECT = (
    "build", "check", "consents", "new", "format", "import", "schema", "forget", "gate", "codeowners", "comment", "publish",
    "verify", "verify-links", "residue", "pull", "status", "merge",
)  # fmt: skip
sys.path[:0] = [ROOT, os.path.join(ROOT, "plugins")]


def hand_over(arguments: list[str]) -> int:
    """Prepare .venv and the rest, then go on as the Python of .venv.

    The -X flag tells that one that all is there; unlike an environment variable, no child inherits it.
    """
    import bootstrap

    try:
        bootstrap.prepare(arguments[0], arguments[1:])
    except OSError as error:
        raise bootstrap.fail(f"{error.filename}: {error.strerror}") from None
    except KeyboardInterrupt:
        raise bootstrap.fail("stopped; the next start takes it up again") from None
    command = [bootstrap.PYTHON, "-X", "prepared", os.path.join(ROOT, "tasks.py"), *arguments]
    if not bootstrap.WINDOWS:  # there, exec gives the terminal back at once
        sys.stdout.flush()
        os.execv(command[0], command)
    import subprocess

    return subprocess.call(command)


def start(arguments: list[str]) -> int:
    """Run a command line and return its exit code."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print((__doc__ or "").rstrip())
        return 0
    if "prepared" not in sys._xoptions:
        return hand_over(arguments)
    if arguments[0] in DIRECT:
        # Straight to the work: importing invoke costs 0.15 s, and a whole build after one edit starts in less than 0.1 s.
        from experts.cli import main

        return main(arguments)
    import importlib

    from invoke import Collection, Program

    # This file once more, as a module: then the tasks below are defined.
    tasks = importlib.import_module("tasks")
    Program(name="tasks.py", version="1", namespace=Collection.from_module(tasks)).run(["tasks.py", *arguments])
    return 0


if __name__ == "__main__":
    try:
        code = start(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, like head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 1
    sys.exit(code)


# --- The tasks of invoke ---------------------------------------------------------------------------------------------

from invoke import Context, Exit, task  # noqa: E402 -- bare Python never comes here

SITE = "folder of the site (default: this checkout)"


def options(**values: object) -> list[str]:
    """Return the values that were given as command line options: ``--name value``, or ``--name`` for a switch."""
    given = [(f"--{name}", value) for name, value in values.items() if value]
    return [word for name, value in given for word in ([name] if value is True else [name, str(value)])]


def experts(*arguments: str) -> None:
    """Run a command of the generator in this process; its exit code is ours."""
    from experts.cli import main

    raise Exit(code=main(list(arguments)))


def run(command: list[str]) -> int:
    """Run a command in the checkout, on the same terminal; return its exit code."""
    import subprocess

    path = os.pathsep.join(filter(None, [os.path.join(ROOT, "plugins"), os.environ.get("PYTHONPATH")]))
    try:
        return subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, check=False).returncode
    except FileNotFoundError:
        raise Exit(f"tasks.py: there is no {command[0]} here; install it.", code=1) from None


@task(
    help={
        "site": SITE,
        "output": "folder that the site is written to",
        "clean": "make everything anew",
        "lenient": "leave out what has problems instead of stopping",
        "today": "build as on this day (2026-11-23)",
        "jobs": "number of processes",
        "report": "write what was done and all problems to this JSON file",
    }
)
def build(
    c: Context,
    site: str = "",
    output: str = "",
    clean: bool = False,
    lenient: bool = False,
    today: str = "",
    jobs: str = "",
    report: str = "",
) -> None:
    """Make the site; with problems in profiles or content list them all and write nothing."""
    given = options(site=site, output=output, clean=clean, lenient=lenient, today=today, jobs=jobs, report=report)
    experts("build", *given)


@task(help={"site": SITE, "format": "text, json, github, gitlab, sarif or markdown"})
def check(c: Context, site: str = "", format: str = "") -> None:  # noqa: A002 -- the option's name
    """Say what is wrong in profiles and content, with file, line and column."""
    experts("check", *options(site=site, format=format))


@task(
    help={
        "site": SITE,
        "port": "port of the preview (default: 8000; 0: any free one)",
        "admin": "with the web editor /admin/, which saves into the site's Git repository",
    }
)
def serve(c: Context, site: str = "", port: str = "8000", admin: bool = False) -> None:
    """Build the site, show it on http://127.0.0.1:8000 and reload the browser on every change."""
    from experts.serve import command

    raise Exit(code=command([*options(site=site, admin=admin), "--port", port]))


@task(help={"fast": "leave out the tests that need a browser or take long"})
def test(c: Context, fast: bool = False) -> None:
    """Run lint, types, layers and all tests."""
    marks = ["-m", "not slow and not browser"] if fast else []
    workers = [
        "-n",
        "2",
        "--dist",
        "worksteal",
    ]  # who has done its part takes of the others', so that both end together
    steps = {
        "ruff check": ["ruff", "check"],
        "ruff format": ["ruff", "format", "--check"],
        "mypy": ["mypy"],
        "lint-imports": ["lint-imports", "--no-logo"],
        "pytest": ["pytest", *workers, *marks],  # the last one, because CI reads its closing line
    }
    failed: list[str] = []
    for name, (program, *arguments) in steps.items():
        if name == "pytest":
            print(f"-- failed before the tests: {', '.join(failed) or 'nothing'}")
        print(f"-- {name}", flush=True)
        if run([os.path.join(os.path.dirname(sys.executable), program), *arguments]):
            failed.append(name)
    raise Exit(code=1 if failed else 0)


def look(module: str, *arguments: str) -> None:
    """Run one of the programs in tests/screens; its exit code is ours."""
    sys.path.insert(0, os.path.join(ROOT, "tests"))
    import importlib

    raise Exit(code=importlib.import_module(f"screens.{module}").main(list(arguments)))


@task(
    help={
        "site": SITE,
        "output": "folder of the pictures (default: .cache/screenshots)",
        "today": "as on this day",
        "kinds": "only these kinds of pages, divided by commas",
        "update": "renew the pictures that the visual tests compare with, and nothing else",
    }
)
def screenshots(
    c: Context, site: str = "", output: str = "", today: str = "", kinds: str = "", update: bool = False
) -> None:
    """Photograph every kind of page: desktop and phone, light and dark, paper, all languages; and contact sheets."""
    if update:
        look("baselines")
    look("shots", *options(site=site, output=output, today=today, kinds=kinds))


@task(
    help={
        "site": SITE,
        "today": "as on this day",
        "kinds": "only these kinds of pages, divided by commas",
        "languages": "languages of the pages, divided by commas (default: the first)",
    }
)
def audit(c: Context, site: str = "", today: str = "", kinds: str = "", languages: str = "") -> None:
    """Say what Lighthouse, axe-core, vnu and stylelint find on every kind of page."""
    look("audit", *options(site=site, today=today, kinds=kinds, languages=languages))


@task(help={"upgrade": "take the newest versions that requirements*.in allows"})
def lock(c: Context, upgrade: bool = False) -> None:
    """Write the lock files anew from requirements*.in and package.json (needs uv and npm); no file names a host."""
    pins = ["--universal", "--python-version", "3.11", "--generate-hashes", "--annotation-style", "line", "--quiet"]
    bare = ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    for name in ("requirements", "requirements-publish", "requirements-test", "requirements-node"):
        newest = ["--upgrade"] if upgrade else []
        run(["uv", "pip", "compile", *pins, *bare, *newest, f"{name}.in", "-o", f"{name}.txt"])
    npm = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"]
    run(npm)
    run([*npm, "--prefix", os.path.join("plugins", "expert_admin")])
