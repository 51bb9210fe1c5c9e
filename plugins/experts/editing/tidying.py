"""The command ``format``: files in the form that the web editor writes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from experts import console, frontmatter, reader, source
from experts.places import kind_of
from experts.problems import Problem, Problems, tidy, visible
from experts.source import Scan

from . import canonical, comments, writing


class Tidied(NamedTuple):
    """What became of the files: paths relative to the site, sorted, and why others were left alone."""

    changed: list[str]
    same: list[str]
    problems: list[Problem]


def command(argv: list[str]) -> int:
    """``format``: bring files into the form of the web editor; never pages."""
    parser = argparse.ArgumentParser(
        prog="tasks.py format",
        description="Bring profiles, stories, topics, news events and events into the form that the web editor writes. "
        "What they say stays the same.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: all)")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument("--drop-comments", action="store_true", help="delete comments among the fields")
    console.site_options(parser)
    return console.run(_format, parser.parse_args(argv))


def _format(arguments: argparse.Namespace) -> int:
    settings = console.request_of(arguments).settings
    found = source.scan(settings.root, ["profiles", "content"])
    paths = chosen(settings.root, found, arguments.paths)
    write = _only_looking if arguments.check else writing.replace
    done = tidied(settings.root, paths, settings.languages, write, arguments.drop_comments)
    default = settings.languages[0]
    _say(done, arguments.check, default, arguments.lang)
    return console.FOUND if done.problems or (arguments.check and done.changed) else console.DONE


def _only_looking(_path: str, _data: bytes) -> None:
    """Write nothing."""


def _say(done: Tidied, check: bool, default: str, lang: str) -> None:
    console.print_problems(done.problems, default, lang)
    catalogue = console.catalogue(default, lang)
    for path in done.changed:
        print(visible(path, len(path)))
    count = len(done.changed)
    if check:
        line = catalogue.ngettext("{n} file is not in the form of the web editor", "{n} files are not in the form of the web editor", count)  # fmt: skip
    else:
        line = catalogue.ngettext("{n} file changed", "{n} files changed", count)
    print(line.format(n=count))
    count = len({problem.path for problem in done.problems})
    if count:
        print(catalogue.ngettext("{n} file left alone", "{n} files left alone", count).format(n=count), file=sys.stderr)


def chosen(root: str, found: Scan, given: list[str]) -> list[str]:
    """The files with fields at or below the `given` paths, all without any; Problems for a path that leads nowhere."""
    records = sorted(path for path in found.stamps if kind_of(path)[0] in canonical.TABLES)
    if not given:
        return records
    problems, picked = [], set()
    real = os.path.realpath(root)
    for path in given:
        inside = os.path.relpath(os.path.realpath(path), real).replace(os.sep, "/")
        if not os.path.exists(path):
            problems.append(Problem(path, 0, 0, "no-file", "there is no such file or folder"))
        elif inside == ".." or inside.startswith("../"):
            hint = "say with --site which site it belongs to"
            problems.append(Problem(path, 0, 0, "no-file", "this lies outside of the site", hint))
        picked |= {name for name in records if inside in (".", name) or name.startswith(inside + "/")}
    if problems:
        raise Problems(problems)
    return sorted(picked)


def tidied(
    root: str,
    paths: list[str],
    languages: tuple[str, ...],
    write: Callable[[str, bytes], None],
    drop_comments: bool = False,
) -> Tidied:
    """Bring the files `paths` into the editor's form, each as a whole; what has problems is left alone."""
    changed, same, problems = [], [], []
    for path in paths:
        place = os.path.join(root, path)
        try:
            data = source.read(place, frontmatter.MAX_FILE + 1)
            after, found = tidy_form(path, data, languages, drop_comments)
            if found:
                problems += found
            elif after == data:
                same.append(path)
            else:
                write(place, after)
                changed.append(path)
        except OSError as error:
            message, values = "the file cannot be read or written: {why}", {"why": error.strerror or str(error)}
            problems.append(Problem(path, 0, 0, "unreadable", message, "", values))
    return Tidied(changed, same, tidy(problems))


def tidy_form(
    path: str, data: bytes, languages: tuple[str, ...], drop_comments: bool = False
) -> tuple[bytes, list[Problem]]:
    """A file in the editor's form, or the problems for which it must be left alone."""
    found = reader.read(path, data, languages).problems
    document, _ = frontmatter.parse(path, data)
    if found or document is None:
        return data, found
    after = canonical.formatted(path, data)
    if not canonical.unchanged(path, data, after, languages):
        message = "this file cannot be written in the form of the web editor without a change of what it says"
        return data, [Problem(path, 0, 0, "form", message)]
    if drop_comments or after == data:
        return after, []
    hint = "move it into the text below the fields, or delete it; format --drop-comments deletes all comments"
    return after, [
        Problem(
            path,
            one.line,
            one.column,
            "comment",
            "the web editor would drop the comment {text}",
            hint,
            {"text": one.text},
        )
        for one in comments.comments(data, document.body_line)
    ]
