"""The command ``gate``: whether a change may merge by itself."""

from __future__ import annotations

import argparse

from experts import console
from experts.console import print_json, translator
from experts.problems import Problems

from .verdict import Verdict, judge

EPILOG = """\
A change may merge by itself if it touches only the folder of the person who proposes it, and stories by that person, if all checks
pass, and if nobody else is concerned. Whose things are whose is read from the base branch. Of the change nothing is run: it is read
as Git objects and checked with the code and the settings of this checkout, which must be the base branch's.

exit code: 0 it may merge by itself; 1 a person has to look at it, or it cannot be told; 2 wrong arguments"""


def command(argv: list[str]) -> int:
    """``gate``: say whether a change may merge by itself, and why not."""
    parser = argparse.ArgumentParser(
        prog="tasks.py gate",
        description="Say whether a change may merge by itself.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    console.site_options(parser)
    parser.add_argument("--base", required=True, metavar="REV", help="the branch that it is to be merged into")
    parser.add_argument("--head", default="HEAD", metavar="REV", help="the change (default: HEAD)")
    parser.add_argument(
        "--author", required=True, metavar="LOGIN", help="the account that proposes it, by the forge's word"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return console.run(_gate, parser.parse_args(argv))


def _gate(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    try:
        verdict = judge(request, arguments.base, arguments.head, arguments.author)
    except Problems as found:  # whatever cannot be told is a no, in the form that is asked for
        verdict = Verdict(found.problems, [], False, 0)
    translate = translator(request.settings.languages[0], arguments.lang)
    if arguments.format == "json":
        print_json(verdict.as_dict(translate))
    else:
        print(*verdict.lines(translate), sep="\n")
    return console.DONE if verdict.merge else console.FOUND
