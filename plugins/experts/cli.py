"""The commands ``build`` and ``check``: arguments, what is printed, exit codes."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from . import build as build_module
from . import settings as settings_module
from . import texts
from .dates import is_date
from .parallel import WorkerError, cores
from .problems import Problem, Problems, Translate
from .request import Report, Request

if TYPE_CHECKING:
    import argparse
    from gettext import NullTranslations


def main(argv: Sequence[str]) -> int:
    """Run a command; returns the exit code: 0 done, 1 problems, 2 wrong arguments."""
    if argv[:1] == ["serve"]:
        from . import serve

        return serve.main(list(argv[1:]))
    arguments = _parser().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):  # the names of files may be anything, a log's encoding ASCII
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return int(arguments.run(arguments))
    except Problems as found:
        given = vars(arguments)
        return fail(found.problems, "", given.get("report", ""), given.get("format", "text"), given["lang"])
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        if os.environ.get("EXPERTS_DEBUG"):
            raise
        print("\n".join(_last_words(error)), file=sys.stderr)
        return 1


def _last_words(error: Exception) -> list[str]:
    """What is said of a build that ended neither well nor with problems."""
    if isinstance(error, WorkerError):
        return [f"The build was stopped: {str(error).strip().splitlines()[-1]}"]
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return [f"The build was stopped: {place}{error.strerror or error}"]
    return [
        f"The build was stopped by a fault of its own, {type(error).__name__}: {error}",
        "Nothing was lost. Please report it; EXPERTS_DEBUG=1 shows where it happened.",
    ]


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="tasks.py", description="Build the experts site, or check what it is made from."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="build|check|serve")
    build = commands.add_parser("build", help="build the site, only what has changed")
    check = commands.add_parser("check", help="check profiles and content, write nothing")
    for command in (build, check):
        command.add_argument(
            "--site", default=".", metavar="DIR", help="the folder with profiles/ and content/ (default: this one)"
        )
        command.add_argument(
            "--today", default=None, metavar="DATE", type=_day, help="build as on this day (default: today)"
        )
        command.add_argument(
            "--lang",
            default="",
            metavar="LANG",
            help="language of the messages (default: the locale's, else the site's)",
        )
    build.add_argument(
        "--output", default="", metavar="DIR", help="where the site goes (default: output/ in the site's folder)"
    )
    build.add_argument("--clean", action="store_true", help="ignore all caches")
    build.add_argument("--lenient", action="store_true", help="leave out what has problems and build the rest")
    build.add_argument("--drafts", action="store_true", help="show drafts, marked")
    build.add_argument("--publish", action="store_true", help="with the settings of publishconf.py")
    build.add_argument("--jobs", type=_positive, default=0, metavar="N", help="processes (default: one for each core)")
    build.add_argument("--report", default="", metavar="FILE", help="write what was done as JSON")
    build.set_defaults(run=_build)
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.set_defaults(run=_check)
    return parser


def _day(value: str) -> str:
    import argparse

    if not is_date(value):
        raise argparse.ArgumentTypeError(f"{value} is not a date; write it like 2026-11-23")
    return value


def _positive(value: str) -> int:
    import argparse

    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number of processes")
    return int(value)


def checkout_of(file: str) -> str:
    """The checkout in which this code lies."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(file))))


def today_in(timezone: str) -> str:
    """The day (ISO date) in a time zone: the one place that asks the clock."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date().isoformat()


def request_for(
    settings: settings_module.Settings, output: str = "", today: str = "", jobs: int = 0, **options: Any
) -> Request:
    """A build request with defaults: the site's output folder, today, all cores."""
    return Request(
        settings,
        os.path.abspath(output or settings.output),
        os.path.join(settings.checkout, ".cache"),
        today or today_in(settings.timezone),
        jobs or cores(),
        **options,
    )


def _request(arguments: argparse.Namespace, **options: Any) -> Request:
    checkout = checkout_of(__file__)
    root = os.path.abspath(arguments.site)
    if not os.path.isdir(os.path.join(root, "profiles")) and not os.path.isdir(os.path.join(root, "content")):
        hint = "a site is a folder with profiles/ and content/"
        raise Problems([Problem(arguments.site, 0, 0, "no-site", "there is no site in this folder", hint)])
    name = "publishconf.py" if getattr(arguments, "publish", False) else "pelicanconf.py"
    overrides = {"DRAFTS": True} if getattr(arguments, "drafts", False) else {}
    settings = settings_module.load(checkout, root, name, **overrides)
    return request_for(
        settings, getattr(arguments, "output", ""), arguments.today or "", getattr(arguments, "jobs", 0), **options
    )


def _build(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    progress = Progress(sys.stderr)
    request = _request(arguments, clean=arguments.clean, lenient=arguments.lenient, progress=progress.show)
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
        return fail(found.problems, default, report, "text", lang)
    if progress:
        progress.clear()
    seconds = time.perf_counter() - began
    _print(done.problems, default, lang)
    print(f"{done.made} made, {done.unchanged} unchanged, {done.removed} removed in {seconds:.2f} s")
    _report(report, done, seconds, not done.problems, default, lang)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    request = _request(arguments)
    done = build_module.check(request)
    default = request.settings.languages[0]
    translate = _translate(default, arguments.lang)
    if arguments.format == "json":
        hidden = [
            {"path": item.path, "reason": translate(item.reason).format(**item.values)} for item in sorted(done.hidden)
        ]
        problems = [problem.as_dict(translate) for problem in done.problems]
        _print_json({"ok": not problems, "problems": problems, "hidden": hidden})
    else:
        _print(done.problems, default, arguments.lang, sys.stdout)
        for item in sorted(done.hidden):
            print(f"{item.path}: {translate('not shown')}: {translate(item.reason).format(**item.values)}")
        print(_count(len(done.problems), default, arguments.lang))
    return 1 if done.problems else 0


def _catalogue(default: str, lang: str) -> NullTranslations:
    tag = lang or texts.language_of_reader(default or "en")
    return texts.problems_in(tag.split("-")[0], os.path.join(checkout_of(__file__), ".cache"))


def _translate(default: str, lang: str) -> Translate:
    return _catalogue(default, lang).gettext


def _count(count: int, default: str, lang: str) -> str:
    return _catalogue(default, lang).ngettext("{n} problem", "{n} problems", count).format(n=count)


def _print_json(content: Any) -> None:
    import json

    ascii_only = sys.stdout.encoding.lower().replace("-", "") != "utf8"
    print(json.dumps(content, ensure_ascii=ascii_only, indent=1))


def _print(problems: list[Problem], default: str, lang: str, stream: Any = None) -> None:
    if not problems:
        return
    translate = _translate(default, lang)
    for problem in problems:
        print(problem.line_of_text(translate), file=stream or sys.stderr)


def fail(problems: list[Problem], default: str = "", report: str = "", form: str = "text", lang: str = "") -> int:
    """Print the problems that ended a command, and the report; the exit code."""
    if form == "json":
        translate = _translate(default, lang)
        _print_json({"ok": False, "problems": [problem.as_dict(translate) for problem in problems], "hidden": []})
    else:
        _print(problems, default, lang)
        print(_count(len(problems), default, lang), file=sys.stderr)
    _report(report, Report(0, 0, 0, problems, []), 0.0, False, default, lang)
    return 1


def _report(path: str, done: Report, seconds: float, ok: bool, default: str, lang: str) -> None:
    if not path:
        return
    import json

    translate = _translate(default, lang)
    content = {
        "ok": ok,
        "made": done.made,
        "unchanged": done.unchanged,
        "removed": done.removed,
        "seconds": round(seconds, 3),
        "problems": [problem.as_dict(translate) for problem in done.problems],
    }
    with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")


class Progress:
    """How far a long build is, on one line of a terminal; silent in a log."""

    def __init__(self, stream: Any) -> None:
        """Write to `stream` if it is a terminal."""
        self.stream = stream if stream.isatty() else None
        self.shown = False

    def show(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done in a stage."""
        if self.stream and total > (10 if stage == "picture" else 500):
            what = {"read": "reading", "picture": "making pictures:"}.get(stage, "making")
            self.stream.write(f"\r\x1b[K{what} {done} of {total}")
            self.stream.flush()
            self.shown = True

    def clear(self) -> None:
        """Remove the line."""
        if self.stream and self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
