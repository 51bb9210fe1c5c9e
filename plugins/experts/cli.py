"""The command line: which commands there are, and the one that builds."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import build as build_module
from . import console
from .console import Progress, print_problems, write_report
from .locks import PATIENCE
from .problems import Problems
from .request import Request

if TYPE_CHECKING:
    import argparse

COMMANDS = {
    "build": "experts.cli",
    "check": "experts.checks.command",
    "consents": "experts.consents.command",
    "serve": "experts.serve",
    "new": "experts.editing.new",
    "format": "experts.editing.tidying",
    "import": "experts.editing.imports",
    "schema": "experts.checks.generated",
    "gate": "experts.gate.command",
    "codeowners": "experts.gate.codeowners",
    "comment": "experts.review.command",
    "pull": "experts.review.pulls",
    "status": "experts.review.statuses",
    "merge": "experts.review.merging",
    "publish": "experts.publishing.command",
    "verify": "experts.publishing.verify",
}
"""Each command's module; its ``command(argv)`` runs it and gives the exit code."""


def main(argv: Sequence[str]) -> int:
    """Run a command line; returns the exit code: 0 done, 1 problems, 2 wrong arguments."""
    name = argv[0] if argv else ""
    if name in ("", "-h", "--help") or name not in COMMANDS:
        wrong = name and not name.startswith("-")
        print(f"usage: tasks.py {{{'|'.join(COMMANDS)}}} …", file=sys.stderr if wrong else sys.stdout)
        if wrong:
            print(f"tasks.py: there is no command {name}", file=sys.stderr)
        return console.USAGE if wrong or not name else console.DONE
    try:
        module = import_module(COMMANDS[name])
    except ModuleNotFoundError as error:
        print(console.missing(error), file=sys.stderr)
        return console.FOUND
    return int(module.command(list(argv[1:])))


def command(argv: list[str]) -> int:
    """``build``: make the site."""
    return console.run(_build, _parser().parse_args(argv))


def _parser() -> argparse.ArgumentParser:
    import argparse

    build = argparse.ArgumentParser(prog="tasks.py build", description="Build the site, only what has changed.")
    console.site_options(build)
    build.add_argument(
        "--output", default="", metavar="DIR", help="where the site goes (default: output/ in the site's folder)"
    )
    build.add_argument("--clean", action="store_true", help="ignore all caches")
    build.add_argument("--lenient", action="store_true", help="leave out what has problems and build the rest")
    build.add_argument("--drafts", action="store_true", help="show drafts, marked")
    build.add_argument("--editor", default="", metavar="FOLDER", help=argparse.SUPPRESS)  # by `serve --admin`
    build.add_argument("--publish", action="store_true", help="with the settings of publishconf.py")
    build.add_argument(
        "--jobs", type=console.positive, default=0, metavar="N", help="processes (default: one for each core)"
    )
    build.add_argument("--report", default="", metavar="FILE", help="write what was done as JSON")
    build.add_argument(
        "--wait",
        type=console.seconds,
        default=PATIENCE,
        metavar="N",
        help="seconds to wait for another command that works on the site (default: 600; 0: not at all)",
    )
    return build


def _build(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    progress = Progress(sys.stderr)
    request = console.request_of(
        arguments, clean=arguments.clean, lenient=arguments.lenient, progress=progress.show, patience=arguments.wait
    )
    return build_and_print(request, arguments.report, arguments.lang, began, progress)


def build_and_print(
    request: Request, report: str, lang: str = "", began: float | None = None, progress: Any = None
) -> int:
    """Build, print the problems and one closing line, write the report; returns the exit code."""
    began = time.perf_counter() if began is None else began
    default = request.settings.languages[0]
    try:
        done = build_module.build(request)
    except Problems as found:
        if progress:
            progress.clear()
        return console.fail(found.problems, default, report, "text", lang)
    if progress:
        progress.clear()
    seconds = time.perf_counter() - began
    print_problems(done.problems, default, lang)
    print(f"{done.made} made, {done.unchanged} unchanged, {done.removed} removed in {seconds:.2f} s")
    write_report(report, done, seconds, not done.problems, default, lang)
    return 0
