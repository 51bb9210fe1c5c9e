"""What the commands share: options, the request that follows from them, what is printed, how a command ends."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from . import mishaps, texts
from . import settings as settings_module
from .dates import is_date
from .parallel import WorkerError, cores
from .problems import Problem, Problems, Translate, visible
from .request import Report, Request

if TYPE_CHECKING:
    from gettext import NullTranslations

DONE, FOUND, USAGE, STOPPED = 0, 1, 2, 130
"""Exit codes: done, problems, wrong arguments, Ctrl-C."""


def run(command: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run a command; whatever goes wrong becomes a sentence and an exit code, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # the names of files may be anything, a log's encoding ASCII
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return int(command(arguments))
    except Problems as found:
        given = vars(arguments)
        return fail(found.problems, "", given.get("report", ""), given.get("format", "text"), given.get("lang", ""))
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        return FOUND
    except (OSError, MemoryError) as error:
        return _refused(error, vars(arguments))
    except ModuleNotFoundError as error:
        print(missing(error), file=sys.stderr)
        return FOUND
    except Exception as error:
        if os.environ.get("EXPERTS_DEBUG"):
            raise
        print("\n".join([visible(line, 2000) for line in _last_words(error)]), file=sys.stderr)
        return FOUND


def _refused(error: OSError | MemoryError, given: dict[str, Any]) -> int:
    """Say what the machine refuses; the exit code.  The report may be what cannot be written."""
    problems = [mishaps.told(error)]
    try:
        return fail(problems, "", given.get("report", ""), given.get("format", "text"), given.get("lang", ""))
    except (OSError, MemoryError):
        print(problems[0].line_of_text(), file=sys.stderr)
        return FOUND


def missing(error: ImportError) -> str:
    """What is said where a package is not installed."""
    name = (error.name or str(error)).partition(".")[0]
    if name == "experts" or name.startswith("expert_"):
        return f"The generator is not complete: its module {error.name} is missing. Check it out again."
    return (
        f"The package {name} is not installed, or only a part of it. Start the command as python3 tasks.py …: that installs it. "
        "Should it be missing nevertheless, delete the folder .venv and start again."
    )


def _last_words(error: Exception) -> list[str]:
    """What is said of a command that ended neither well nor with problems."""
    if isinstance(error, WorkerError):
        return [f"Stopped: {str(error).strip().splitlines()[-1]}"]
    return [
        f"Stopped by a fault of the program, {type(error).__name__}: {error}",
        "Nothing was lost. Please report it; EXPERTS_DEBUG=1 shows where it happened.",
    ]


def site_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that all commands about a site have: ``--site``, ``--today``, ``--lang``."""
    parser.add_argument(
        "--site", default=".", metavar="DIR", help="the folder with profiles/ and content/ (default: this one)"
    )
    parser.add_argument("--today", default=None, metavar="DATE", type=day, help="as on this day (default: today)")
    parser.add_argument(
        "--lang", default="", metavar="LANG", help="language of the messages (default: the locale's, else the site's)"
    )


def day(value: str) -> str:
    """An argument that is a date."""
    if not is_date(value):
        raise argparse.ArgumentTypeError(f"{value} is not a date; write it like 2026-11-23")
    return value


def positive(value: str) -> int:
    """An argument that is a number of processes."""
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number of processes")
    return int(value)


def seconds(value: str) -> int:
    """An argument that is a number of seconds."""
    if not value.isdecimal():
        raise argparse.ArgumentTypeError(f"{value} is not a number of seconds")
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
    options.setdefault("say", partial(note, default=settings.languages[0]))
    return Request(
        settings,
        os.path.abspath(output or settings.output),
        _cache(os.path.join(settings.checkout, ".cache"), options["say"]),
        today or today_in(settings.timezone),
        jobs or cores(),
        **options,
    )


def note(problem: Problem, default: str = "en", lang: str = "") -> None:
    """Say at once, in brackets, what somebody should know while a command runs."""
    message, hint = problem.say(translator(default, lang))
    print(f"({message}; {hint})", file=sys.stderr, flush=True)


_temporary: list[Any] = []  # folders that are removed when the process ends


def _cache(folder: str, say: Callable[[Problem], None]) -> str:
    """The folder of the cache; where it cannot be written, one for this run alone."""
    at = folder
    while not os.path.lexists(at):
        at = os.path.dirname(at)
    if os.access(at, os.W_OK):
        return folder
    import tempfile  # seldom needed

    _temporary.append(tempfile.TemporaryDirectory(prefix="our-experts-"))
    hint = "this run begins without one and keeps none"
    say(Problem(folder, 0, 0, "machine", "the cache {path} cannot be written", hint, {"path": folder}))
    return str(_temporary[-1].name)


def request_of(arguments: argparse.Namespace, **options: Any) -> Request:
    """The request that the options of a command make; Problems if there is no site or its settings cannot be used."""
    checkout = checkout_of(__file__)
    root = os.path.abspath(arguments.site)
    if not os.path.isdir(os.path.join(root, "profiles")) and not os.path.isdir(os.path.join(root, "content")):
        hint = "a site is a folder with profiles/ and content/"
        raise Problems([Problem(arguments.site, 0, 0, "no-site", "there is no site in this folder", hint)])
    name = "publishconf.py" if getattr(arguments, "publish", False) else "pelicanconf.py"
    overrides: dict[str, Any] = {"DRAFTS": True} if getattr(arguments, "drafts", False) else {}
    if getattr(arguments, "editor", None):
        overrides["ADMIN"] = {"local": arguments.editor}
    settings = settings_module.load(checkout, root, name, **overrides)
    options.setdefault("say", partial(note, default=settings.languages[0], lang=arguments.lang))
    return request_for(
        settings, getattr(arguments, "output", ""), arguments.today or "", getattr(arguments, "jobs", 0), **options
    )


def catalogue(default: str, lang: str) -> NullTranslations:
    """The texts of messages in the language `lang`, else in that of the terminal, else in the site's `default`."""
    tag = lang or texts.language_of_reader(default or "en")
    return texts.problems_in(tag.split("-")[0], os.path.join(checkout_of(__file__), ".cache"))


def translator(default: str, lang: str) -> Translate:
    """The function that says a message in the reader's language."""
    return catalogue(default, lang).gettext


def counted(count: int, default: str, lang: str) -> str:
    """How many problems there are, in words."""
    return catalogue(default, lang).ngettext("{n} problem", "{n} problems", count).format(n=count)


def print_json(content: Any) -> None:
    """Print plain data as JSON."""
    import json

    ascii_only = sys.stdout.encoding.lower().replace("-", "") != "utf8"
    print(json.dumps(content, ensure_ascii=ascii_only, indent=1))


def print_problems(problems: list[Problem], default: str, lang: str, stream: Any = None) -> None:
    """Print problems, each on a line, to standard error or another stream."""
    if not problems:
        return
    translate = translator(default, lang)
    for problem in problems:
        print(problem.line_of_text(translate), file=stream or sys.stderr)


def fail(problems: list[Problem], default: str = "", report: str = "", form: str = "text", lang: str = "") -> int:
    """Print the problems that ended a command, and the report; the exit code."""
    if form == "json":
        translate = translator(default, lang)
        print_json({"ok": False, "problems": [problem.as_dict(translate) for problem in problems], "hidden": []})
    else:
        print_problems(problems, default, lang)
        print(counted(len(problems), default, lang), file=sys.stderr)
    write_report(report, Report(0, 0, 0, problems, []), 0.0, False, default, lang)
    return 1


def write_report(path: str, done: Report, seconds: float, ok: bool, default: str, lang: str) -> None:
    """Write what was done and all problems to a JSON file; "" for none."""
    if not path:
        return
    import json

    translate = translator(default, lang)
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


_STAGES = {"read": "reading", "picture": "making pictures:", "compress": "compressing", "send": "sending"}


class Progress:
    """How far a long build is, on one line of a terminal; silent in a log."""

    def __init__(self, stream: Any) -> None:
        """Write to `stream` if it is a terminal."""
        self.stream = stream if stream.isatty() else None
        self.shown = False

    def show(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done in a stage."""
        if self.stream and total > (500 if stage in ("read", "make") else 10):
            what = _STAGES.get(stage, "making")
            self.stream.write(f"\r\x1b[K{what} {done} of {total}")
            self.stream.flush()
            self.shown = True

    def clear(self) -> None:
        """Remove the line."""
        if self.stream and self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
