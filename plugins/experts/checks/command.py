"""The command ``check``: what is wrong in profiles and content, what could be better, and what is not shown."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from experts import console
from experts.problems import Problems

from .changes import changed, prefix
from .findings import Findings, findings
from .forms import github, gitlab, markdown, plain, sarif, terminal
from .report import Report, report

FORMATS = ("text", "json", "github", "gitlab", "sarif", "markdown")
EXIT_CODES = """\
Exit codes: 0 no problems (hints block nothing), 1 problems, 2 wrong arguments, or no answer to what was changed since
--base, 130 stopped with Ctrl-C."""


def command(argv: list[str]) -> int:
    """``check``: say what is wrong; write nothing but caches."""
    about = "Check profiles and content, write nothing: problems, which stop a build, and hints, which do not."
    parser = argparse.ArgumentParser(prog="tasks.py check", description=about, epilog=EXIT_CODES)
    console.site_options(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text for people; github, gitlab and sarif for what shows them beside the lines; json for programs",
    )
    parser.add_argument(
        "--base",
        default="",
        metavar="REV",
        help="say first what lies in files that were changed since here and REV (origin/main, say) parted",
    )
    parser.add_argument("--profiles", action="store_true", help="say of every profile how complete it is")
    return console.run(_check, parser.parse_args(argv))


def _check(arguments: argparse.Namespace) -> int:
    try:
        request = console.request_of(arguments)
    except Problems as found:
        if arguments.format == "text":
            raise
        words = console.catalogue("", arguments.lang)
        only_problems = Findings(found.problems, [], [], [])
        _print(arguments, report(only_problems, words, words.info().get("language", "en")), "")
        return console.FOUND
    settings = request.settings
    words = console.catalogue(settings.languages[0], arguments.lang)
    since: Sequence[str] | None = None
    if arguments.base:
        try:
            since = changed(settings.root, arguments.base)
        except Problems as no:
            message, hint = no.problems[0].say(words.gettext)
            print(f"tasks.py check: {message} ({hint})", file=sys.stderr)
            return console.USAGE
    found_now = findings(request, since)
    said = report(found_now, words, words.info().get("language", "en"), since, settings.forge)
    _print(arguments, said, prefix(settings.root) if arguments.format in ("github", "gitlab", "sarif") else "")
    return console.FOUND if found_now.problems else console.DONE


def _print(arguments: argparse.Namespace, said: Report, folder: str) -> None:
    """Print the report in the form that was asked for; `folder` leads from the top of the repository to the site."""
    contents: dict[str, Any] = {"json": plain.content, "gitlab": gitlab.content, "sarif": sarif.content}
    form = arguments.format
    if form in contents:
        console.print_json(contents[form](said) if form == "json" else contents[form](said, folder))
    elif form == "github":
        sys.stdout.write(github.written(said, folder))
    elif form == "markdown":
        sys.stdout.write(markdown.written(said, all_profiles=arguments.profiles))
    else:
        sys.stdout.write(terminal.written(said, arguments.profiles))
