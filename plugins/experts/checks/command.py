"""The command ``check``: what is wrong in profiles and content, and what is not shown."""

from __future__ import annotations

import argparse
import sys

from experts import build as build_module
from experts import console
from experts.console import counted, print_json, print_problems, translator


def command(argv: list[str]) -> int:
    """``check``: say what is wrong; write nothing but caches."""
    parser = argparse.ArgumentParser(prog="tasks.py check", description="Check profiles and content, write nothing.")
    console.site_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return console.run(_check, parser.parse_args(argv))


def _check(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    done = build_module.check(request)
    default = request.settings.languages[0]
    translate = translator(default, arguments.lang)
    if arguments.format == "json":
        hidden = [
            {"path": item.path, "reason": translate(item.reason).format(**item.values)} for item in sorted(done.hidden)
        ]
        problems = [problem.as_dict(translate) for problem in done.problems]
        print_json({"ok": not problems, "problems": problems, "hidden": hidden})
    else:
        print_problems(done.problems, default, arguments.lang, sys.stdout)
        for item in sorted(done.hidden):
            print(f"{item.path}: {translate('not shown')}: {translate(item.reason).format(**item.values)}")
        print(counted(len(done.problems), default, arguments.lang))
    return 1 if done.problems else 0
