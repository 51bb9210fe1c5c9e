"""The command ``consents``: who has agreed to what, until when, and of whom it must be asked anew."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress

from experts import build, console, marker, stages
from experts.problems import Problem, Problems
from experts.settings import Settings, load

from . import sheet, table
from .register import register

PRIVATE = 0o600  # it is about people, and for nobody but who asked


def command(argv: list[str]) -> int:
    """``consents``: print the register, or write it to a file; nothing else but caches is written."""
    about = "List who has consented to what, until when, to which text; of whom it must be asked anew; who is not shown, and why."
    parser = argparse.ArgumentParser(prog="tasks.py consents", description=about)
    console.site_options(parser)
    parser.add_argument("--format", choices=("table", "csv"), default="table", help="a table for people, or CSV")
    parser.add_argument(
        "--output", default="", metavar="FILE", help="write it here, for nobody else to read (default: standard output)"
    )
    return console.run(_consents, parser.parse_args(argv))


def _consents(arguments: argparse.Namespace) -> int:
    file, arguments.output = arguments.output, ""
    request = console.request_of(arguments)
    lang = request.settings.languages[0]
    if file:
        refuse(file, request.settings)
    translate = console.translator(lang, arguments.lang)
    with build.checked(request) as found:
        rules = stages.rules(request, found.records)
        entries = register(found.records, rules, request.settings.consent_texts, lang, translate)
    text = sheet.written(entries) if arguments.format == "csv" else table.written(entries, translate)
    if file:
        _write(file, text)
    else:
        _print(text)
    # Who has no entry because of them must not be missed.
    console.print_problems(found.problems, lang, arguments.lang)
    return console.FOUND if found.problems else console.DONE


def _print(text: str) -> None:
    """Print a text; line ends stay as they are."""
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        stream.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        stream.flush()


def refuse(file: str, settings: Settings) -> None:
    """Problems if `file` lies where a build reads or writes: what is there is published sooner or later."""
    path = os.path.realpath(file)
    for folder in _published(settings, path):
        if path == folder or path.startswith(folder.rstrip(os.sep) + os.sep):
            hint = "choose a place outside of {folder}"
            values = {"path": file, "folder": folder}
            raise Problems([Problem(file, 0, 0, "output", "what lies here is published: {path}", hint, values)])


def _published(settings: Settings, path: str) -> list[str]:
    found = [os.path.join(settings.root, name) for name in ("profiles", "content", "output", "brand", "locale")]
    found += [settings.output, settings.theme, *settings.plugin_paths]
    with suppress(Problems):  # its settings may say another folder; if they are broken, nothing is published
        found.append(load(settings.checkout, settings.root, "publishconf.py").output)
    at = os.path.dirname(path)
    while at != os.path.dirname(at):  # the output of a build that was told another folder
        if os.path.exists(os.path.join(at, marker.NAME)):
            found.append(at)
        at = os.path.dirname(at)
    return [os.path.realpath(folder) for folder in found]


def _write(file: str, text: str) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    temporary = f"{os.path.realpath(file)}.{os.getpid()}.tmp"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as target:
            target.write(text)
        os.replace(temporary, os.path.realpath(file))
    except OSError as error:
        with suppress(OSError):
            os.remove(temporary)
        message, values = "the file cannot be written: {why}", {"why": error.strerror or "error"}
        raise Problems([Problem(file, 0, 0, "output", message, "", values)]) from None
