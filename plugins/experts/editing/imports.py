"""The command ``import``: profiles for many people at once, from a list that another program keeps.

It adds: drafts of people who have no profile, and to profiles what they do not say yet.  It removes nothing.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from typing import Any

from experts import console
from experts.problems import Problem, Problems, Translate, visible

from . import mapping, tables, writing
from .known import index, known
from .merging import Outcome, Site, outcome
from .people import People


def command(argv: list[str]) -> int:
    """``import``: make and complete profiles from a list; print what was done with each row."""
    parser = argparse.ArgumentParser(
        prog="tasks.py import",
        description="Make drafts of profiles from a list of people. A profile that is there only gets what it does not say yet.",
    )
    parser.add_argument("kind", choices=("csv", "json"), help="what the file is")
    parser.add_argument("file", metavar="FILE", help="the list")
    parser.add_argument("--mapping", metavar="FILE", help="which column is which field (default: by their usual names)")
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only say what would be done")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the report")
    console.site_options(parser)
    return console.run(_import, parser.parse_args(argv))


def _import(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    settings = request.settings
    table = tables.read(arguments.file, arguments.kind, _content(arguments.file))
    if arguments.mapping:
        rules = mapping.fitted(
            arguments.mapping, mapping.read(arguments.mapping, _content(arguments.mapping)), table.columns
        )
    else:
        rules = mapping.usual(table.columns)
    topics = known(settings.root).names["topic"]
    site = Site(People(settings.root, request.today), topics, index(topics), settings.languages)
    done = [outcome(row, rules, site) for row in table.rows]
    if not arguments.dry_run:
        done = [_written(settings.root, one) for one in done]
    missing = sorted(person.slug for person in site.people.by_slug.values() if not person.row and not person.gone)
    translate = console.translator(settings.languages[0], arguments.lang)
    if arguments.format == "json":
        console.print_json(report(done, missing, table.notices, arguments.dry_run, translate))
    else:
        console.print_problems(table.notices, settings.languages[0], arguments.lang)
        print("\n".join(lines(done, missing, arguments.dry_run, translate)))
    return console.FOUND if _failed(done, table.notices) else console.DONE


def _content(path: str) -> bytes:
    """The bytes of a file, not more than can be used; Problems if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(tables.MAX_FILE + 1)
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise Problems([Problem(path, 0, 0, "unreadable", "the file cannot be read: {why}", "", values)]) from None


def _written(root: str, one: Outcome) -> Outcome:
    """Write the file of an outcome; one that cannot be written was skipped."""
    place = os.path.join(root, one.path)
    try:
        if one.what == "created":
            writing.create(place, one.data)
        elif one.what == "updated":
            writing.replace(place, one.data)
    except OSError as error:
        message, values = "the file cannot be read or written: {why}", {"why": error.strerror or str(error)}
        return one._replace(what="skipped", problems=(Problem(one.path, 0, 0, "unreadable", message, "", values),))
    return one


def _failed(done: list[Outcome], notices: list[Problem]) -> bool:
    """Whether a row was skipped for a reason that somebody should see to."""
    problems = [problem for one in done for problem in one.problems] + notices
    return any(problem.code not in ("left", "encoding") for problem in problems)


def lines(done: list[Outcome], missing: list[str], dry: bool, translate: Translate) -> list[str]:
    """The report as text: a line for each file and each skipped row, then how many there were."""
    found = []
    for one in done:
        values = {"path": one.path, "row": one.row, "fields": ", ".join(one.fields), "name": visible(one.name)}
        if one.what == "created":
            found.append(translate("{path}: new, a draft without consent (row {row})").format(**values))
        elif one.what == "updated":
            found.append(translate("{path}: {fields} (row {row})").format(**values))
        elif one.what == "skipped":
            found.append(translate("row {row}, {name}: left out").format(**values))
            for problem in one.problems:
                message, hint = problem.say(translate)
                whole = (
                    problem.line_of_text(translate)
                    if problem.path.endswith(".md")
                    else message + (f" ({hint})" if hint else "")
                )
                found.append("  " + whole)
    found += [translate("profiles/{slug}: not in the list; nothing was removed").format(slug=slug) for slug in missing]
    counts = Counter(one.what for one in done)
    words = translate(
        "{created} new, {updated} completed, {unchanged} as they were, {skipped} left out, {missing} not in the list"
    )
    names = ("created", "updated", "unchanged", "skipped")
    found.append(words.format(**{name: counts[name] for name in names}, missing=len(missing)))
    return [*found, translate("Nothing was written.")] if dry else found


def report(
    done: list[Outcome], missing: list[str], notices: list[Problem], dry: bool, translate: Translate
) -> dict[str, Any]:
    """The report as JSON types."""
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in ("created", "updated", "unchanged", "skipped")}
    for one in done:
        entry: dict[str, Any] = {"row": one.row, "name": one.name, "path": one.path}
        if one.fields:
            entry["fields"] = list(one.fields)
        if one.problems:
            entry["problems"] = [problem.as_dict(translate) for problem in one.problems]
        groups[one.what].append(entry)
    return {
        "ok": not _failed(done, notices),
        "dry_run": dry,
        **groups,
        "missing": missing,
        "notices": [notice.as_dict(translate) for notice in notices],
    }
