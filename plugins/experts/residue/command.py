"""``residue``: prove that nothing is left of people who left."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from experts import console, stages
from experts.problems import Problem, Problems, Translate
from experts.request import Request

from . import origins, people, places, report
from .allowances import allowed
from .search import Search
from .traces import Looked, Trace

NOTHING, LEFT, UNKNOWN = 0, 1, 2
"""Exit codes: nothing is left, something is, it could not be told."""
_CODES = "Exit codes: 0 nothing is left, 1 something is, 2 that could not be told, 130 stopped with Ctrl-C."
_ABOUT = "Look for what is left of people who left: in all files of a build, and in the caches, or on the live site."


def command(argv: list[str]) -> int:
    """Run ``residue``."""
    parser = argparse.ArgumentParser(prog="tasks.py residue", description=_ABOUT, epilog=_CODES)
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "slug", nargs="?", default="", metavar="SLUG", help="the person's short name, also of one who was removed"
    )
    who.add_argument("--all", action="store_true", help="everybody who left, pauses, or has not consented")
    parser.add_argument("--identity", default="", metavar="FILE", help="their profile, as somebody kept it elsewhere")
    console.site_options(parser)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", default="", metavar="DIR", help="the build (default: output/ in the site's folder)")
    where.add_argument("--url", default="", metavar="URL", help="the live site instead (network)")
    parser.add_argument("--no-cache", action="store_true", help="leave out what builds remember in .cache")
    parser.add_argument("--show", action="store_true", help="name people in the report by their short names")
    parser.add_argument("--limit", type=_number, default=20_000, metavar="N", help="requests at most (default: 20000)")
    parser.add_argument(
        "--seconds", type=_number, default=900, metavar="N", help="for pictures, or the live site (default: 900)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to report")
    arguments = parser.parse_args(argv)
    told: list[int] = []

    def run(given: argparse.Namespace) -> int:
        told.append(_residue(given))
        return told[0]

    code = console.run(run, arguments)
    return UNKNOWN if code == console.FOUND and not told else code


def _number(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number from 1 on")
    return int(value)


class _Case(NamedTuple):
    """Whom a report is about, what it calls them, and in which language it speaks."""

    found: people.People
    search: Search
    translate: Translate
    show: bool
    many: bool

    def who(self, person: int) -> str:
        """What a person is called."""
        if self.show:
            return self.found.wanted[person].slug
        return self.translate("person {n}").format(n=person + 1) if self.many else self.translate("this person")


def _residue(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    translate = console.translator(request.settings.languages[0], arguments.lang)
    found = people.everybody(request) if arguments.all else people.one(request, arguments.slug, arguments.identity)
    stages.load_plugins(request.settings)
    search = Search(found.wanted, found.shown, people.ordinary(request, found), arguments.seconds)
    case = _Case(found, search, translate, arguments.show, arguments.all)
    looked = _look(arguments, request, case)
    known = origins.by_kind(origins.origins(request.settings.root, search.matcher, found) if looked.traces else [])
    path = report.mask(search.matcher, found.wanted) if not arguments.show else str
    findings = [
        report.finding(trace, origins.nearest(trace, known), case.who(trace.person), path, translate)
        for trace in sorted(
            set(looked.traces), key=lambda one: (not one.sure, one.person, one.path, one.line, one.column)
        )
    ]
    whole = looked.whole and not search.unread
    surely = any(one.trace.sure for one in findings)
    if arguments.format == "json":
        rows = [report.as_dict(one, case.who(one.trace.person), translate) for one in findings]
        checked = {"people": len(found.wanted), "files": looked.files, "whole": whole}
        console.print_json({"ok": whole and not surely, "problems": rows, "checked": checked})
    else:
        _tell(findings, case, looked, path, whole)
    return LEFT if surely else NOTHING if whole else UNKNOWN


def _look(arguments: argparse.Namespace, request: Request, case: _Case) -> Looked:
    """Look at the live site, or at the build and its caches."""
    if arguments.url:
        from .live import live  # with what talks to the network

        return live(arguments.url, case.search, request.settings, arguments.limit, arguments.seconds)
    if not os.path.isdir(request.output):
        hint = "build it first: python3 tasks.py build"
        raise Problems(
            [Problem(arguments.output or "output", 0, 0, "residue", "there is no build in this folder", hint)]
        )
    found: list[Trace] = []
    count = 0
    for path, data in places.files(request.output):
        count += 1
        if data is None:
            case.search.unread.append(path)
        else:
            found += [one for one in case.search.file(path, data) if not allowed(one, data, request.settings)]
    for path in places.folders(request.output):
        found += case.search.name(path)
    if not arguments.no_cache:
        found += _remembered(request, case)
    return Looked(found, count, True)


def _remembered(request: Request, case: _Case) -> list[Trace]:
    """The traces in the caches: what mirrors the sources may hold those whose profile is among these."""
    folder = places.memory(request)
    shown = f".cache/{os.path.basename(folder)}/"
    found: list[Trace] = []
    for path, data in places.remembered(folder):
        mirror = path.startswith(places.OF_SOURCES)
        found += [
            Trace(one.person, one.kind, one.sure, "cache", shown + path)
            for one in case.search.file(path, data, "cache")
            if not (mirror and case.found.wanted[one.person].slug in case.found.here)
        ]
    return found


def _tell(findings: list[report.Finding], case: _Case, looked: Looked, path: Callable[[str], str], whole: bool) -> None:
    for one in findings[: report.MOST]:
        print(one.problem.line_of_text(case.translate), file=sys.stderr)
    if len(findings) > report.MOST:
        print(
            case.translate("… and {n} more; --format json has them all").format(n=len(findings) - report.MOST),
            file=sys.stderr,
        )
    for name in case.search.unread[:20]:
        print(case.translate("{path}: this could not be looked at").format(path=path(name)), file=sys.stderr)
    if not whole:
        print(case.translate("not everything was looked at, so nobody can say that nothing is left"), file=sys.stderr)
    sure = len([one for one in findings if one.trace.sure])
    said = case.translate("looked for {people} in {files} files: {sure} sure traces, {maybe} possible ones")
    numbers = {"people": len(case.found.wanted), "files": looked.files, "sure": sure, "maybe": len(findings) - sure}
    print(said.format(**numbers))
