"""The command ``check``: what is wrong in profiles and content, and what is not shown."""

from __future__ import annotations

import argparse
import sys

from experts import console
from experts.console import counted, print_json, print_problems, translator

from .changes import changed
from .findings import findings
from .forms import plain
from .report import report


def command(argv: list[str]) -> int:
    """``check``: say what is wrong; write nothing but caches."""
    parser = argparse.ArgumentParser(prog="tasks.py check", description="Check profiles and content, write nothing.")
    console.site_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--base", default="", metavar="REV")
    return console.run(_check, parser.parse_args(argv))


def _check(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    done = findings(request)
    default = request.settings.languages[0]
    since = changed(request.settings.root, arguments.base) if arguments.base else None
    if arguments.format == "json":
        words = console.catalogue(default, arguments.lang)
        print_json(plain.content(report(done, words, arguments.lang, since)))
    else:
        translate = translator(default, arguments.lang)
        print_problems(done.problems, default, arguments.lang, sys.stdout)
        for item in done.hidden:
            print(f"{item.path}: {translate('not shown')}: {translate(item.reason).format(**item.values)}")
        print(counted(len(done.problems), default, arguments.lang))
    return 1 if done.problems else 0
