"""The command ``forget``: the repository's files without somebody who is gone for good."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NamedTuple

from experts import build, console, source
from experts.problems import Problem, Problems, Translate, visible
from experts.request import Request

from . import applying, lists, log
from .difference import differences
from .naming import Mention
from .person import Person, person
from .plan import Plan, plan
from .saved import unsaved

MOST = 200  # mentions that are listed
YES = ("y", "yes", "j", "ja")


class Change(NamedTuple):
    """Files before and after: bytes, None for what is not there."""

    before: dict[str, bytes | None]
    after: dict[str, bytes | None]


def command(argv: list[str]) -> int:
    """``forget``: remove somebody from all files, after showing what that changes."""
    parser = argparse.ArgumentParser(
        prog="tasks.py forget",
        description="Remove somebody from the files of a site: the profile, and all that refers to it. "
        "Shows what changes, asks, and writes all of it or nothing. It commits nothing.",
    )
    parser.add_argument("slug", metavar="SLUG", help="the person's short name")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument(
        "--lists", default="", metavar="DIR", help="also write what must go from Git's history, for git filter-repo"
    )
    console.site_options(parser)
    return console.run(_forget, parser.parse_args(argv))


def _forget(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    root, default = request.settings.root, request.settings.languages[0]
    translate = console.translator(default, arguments.lang)
    journal = applying.journal_of(request.cache, root)
    if applying.put_back(root, journal):
        print(translate("An earlier run was interrupted; its changes have been taken back."), file=sys.stderr)
    who = person(root, arguments.slug)
    planned = plan(request, who)
    change = _change(request, planned)
    _refuse(request, change)
    for line in differences(change.before, change.after):
        print(line)
    _tell(planned, translate)
    if arguments.lists:
        _write_lists(arguments.lists, request, who, planned)
    if arguments.dry_run:
        print(translate("Nothing was changed."))
        return console.DONE
    if not arguments.yes and not _agreed(translate):
        print(translate("Nothing was changed."))
        return console.FOUND
    known = _problems(request)
    with applying.changed(root, journal, change.before, change.after):
        new = [problem for key, problem in _problems(request).items() if key not in known]
        if new:
            raise Problems(new)
    _next(change, translate)
    return console.DONE


def _change(request: Request, planned: Plan) -> Change:
    """The plan with the line of the list of removals."""
    place = os.path.join(request.settings.root, *log.PATH.split("/"))
    data = source.read(place) if os.path.isfile(place) else None
    text = (data or b"").decode("utf-8", "replace")
    rules = request.settings.mentions
    line = log.added(text, request.today, len(planned.removed), planned.references, rules)
    return Change({**planned.before, log.PATH: data}, {**planned.after, log.PATH: line.encode()})


def _refuse(request: Request, change: Change) -> None:
    """Problems if something would be lost that Git does not have."""
    lost = unsaved(request.settings.root, change.before)
    if lost:
        raise Problems(lost)


def _problems(request: Request) -> dict[tuple[str, str, str], Problem]:
    """The problems of the site as it is, by what does not change with the line."""
    return {(one.path, one.code, one.say()[0]): one for one in build.check(request).problems}


def _tell(planned: Plan, translate: Translate) -> None:
    count = len(planned.removed)
    changed = len(planned.after) - count
    words = translate("{removed} files go, {changed} files change, {references} references with them.")
    print("\n" + words.format(removed=count, changed=changed, references=planned.references))
    for certain in (True, False):
        found = [one for one in planned.mentions if one.certain is certain]
        if found:
            print()
            print(
                translate("These lines still name the person; please decide about each:")
                if certain
                else translate("These lines perhaps mean the person, perhaps somebody else:")
            )
            for one in found[:MOST]:
                print(f"  {_line(one)}")
            if len(found) > MOST:
                print("  " + translate("and {n} more").format(n=len(found) - MOST))


def _line(one: Mention) -> str:
    return f"{visible(one.path)}:{one.line}: {visible(one.text, 160)}" if one.line else visible(one.path)


def _write_lists(folder: str, request: Request, who: Person, planned: Plan) -> None:
    os.makedirs(folder, exist_ok=True)
    for name, text in lists.files(request.settings.root, who, planned).items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _agreed(translate: Translate) -> bool:
    """Whether somebody at the terminal wants it; where nobody can be asked, nobody does."""
    try:
        return input("\n" + translate("Change these files? [y/N] ")).strip().lower() in YES
    except EOFError:
        print()
        return False


def _next(change: Change, translate: Translate) -> None:
    """What to do now; no line names anybody."""
    number = (change.after[log.PATH] or b"").decode().rstrip("\n").rpartition("\n")[2].partition(",")[0]
    print(translate("Done: removal {number}. Now:").format(number=number))
    outside = [path for path in change.after if path.startswith("../")]
    print(f"    git add -A -- {' '.join(['profiles', 'content', *outside])}".rstrip())
    print(f'    git commit -m "Remove a profile ({number})"')
    print("    rm -rf .cache")
    print("    python3 tasks.py build --publish && python3 tasks.py publish …")
    print(translate("Earlier versions, forks, caches and search engines: see “Out of the history” in CONTRIBUTING.md."))
