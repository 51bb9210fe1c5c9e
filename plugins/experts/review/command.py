"""The command ``comment``: write a pull request's comment, or send it to the forge."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from experts import console
from experts.forge import KINDS
from experts.problems import tidy

from .escaping import is_address

if TYPE_CHECKING:
    from gettext import NullTranslations

    from .reports import Checks
    from .sites import Change


def command(argv: list[str]) -> int:
    """``comment``: say what a change does to the site, in a form for the pull request."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if bool(arguments.base) == bool(arguments.post):
        parser.error("give --base to write a comment, or --post to send one")
    if arguments.post and not arguments.pull:
        parser.error("--post needs --pull, the number of the pull request")
    return console.run(_post if arguments.post else _write, arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="tasks.py comment",
        description="Write the comment of a pull request as Markdown; or, with --post, send it to the forge.",
    )
    console.site_options(parser)
    writing = parser.add_argument_group("to write a comment")
    writing.add_argument(
        "--base", default="", metavar="REV", help="the revision that the change is to become a part of"
    )
    writing.add_argument(
        "--head", default="", metavar="REV", help="the revision with the change (default: the files as they are)"
    )
    writing.add_argument("--gate", default="", metavar="FILE", help="what `gate --format json` said")
    writing.add_argument(
        "--checks", default="", metavar="FILE", help="what `check --format json` said (default: check now)"
    )
    writing.add_argument("--output", default="", metavar="FILE", help="write to a file (default: to the terminal)")
    writing.add_argument(
        "--jobs", type=console.positive, default=0, metavar="N", help="processes (default: one for each core)"
    )
    sending = parser.add_argument_group("to send it (uses the network; the token is taken from FORGE_TOKEN)")
    sending.add_argument(
        "--post", default="", metavar="FILE", help="the comment; it is made safe again before it is sent"
    )
    sending.add_argument("--pull", type=_number, default=0, metavar="NUMBER", help="number of the pull request")
    sending.add_argument(
        "--forge-kind", default="", choices=KINDS, help="kind of the forge, if REPOSITORY does not tell"
    )
    sending.add_argument(
        "--account", default="", metavar="LOGIN", help="the token's account, if the forge does not tell"
    )
    parser.add_argument(
        "--preview",
        default="",
        metavar="URL",
        type=_address,
        help="address of the preview, to which the comment may lead",
    )
    return parser


def _number(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 10**9:
        raise argparse.ArgumentTypeError(f"{value} is not the number of a pull request")
    return int(value)


def _address(value: str) -> str:
    if value and not is_address(value):
        raise argparse.ArgumentTypeError(f"{value} is not an address that a comment can lead to")
    return value if value.count("/") != 2 else value + "/"  # a host alone would also begin another one's name


def _write(arguments: argparse.Namespace) -> int:
    from . import comment, reports, showing
    from .pages import concerned
    from .sites import change

    given = reports.gate(reports.load(arguments.gate)) if arguments.gate else reports.Gate()
    checks = reports.checks(reports.load(arguments.checks)) if arguments.checks else None
    request = console.request_of(arguments)
    settings = request.settings
    catalogue = console.catalogue(settings.languages[0], arguments.lang)
    with change(request, arguments.base, arguments.head) as found:
        flawed = {problem.path for problem in found.before.problems}
        material = comment.Material(
            checks or _checked(found, catalogue, arguments.lang),
            given,
            showing.sentences(found, catalogue.gettext),
            concerned(found, settings.languages),
            frozenset(found.paths),
            lambda path: path not in flawed,
            found.commit,
            arguments.preview,
        )
    text = comment.comment(material, comment.Speech(catalogue.gettext, catalogue.ngettext, settings.forge))
    if not arguments.output:
        sys.stdout.write(text)
        return console.DONE
    with open(arguments.output, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return console.DONE


def _checked(found: Change, words: NullTranslations, lang: str) -> Checks:
    """What `check` says of the site after the change."""
    from experts.checks.findings import findings
    from experts.checks.forms import plain
    from experts.checks.report import report

    from . import reports

    done = findings(found.after.request)
    done = done._replace(problems=done.problems or tidy(found.after.failed))
    return reports.checks(plain.content(report(done, words, lang, found.paths)))


def _post(arguments: argparse.Namespace) -> int:
    from .posting import post

    return post(arguments)
