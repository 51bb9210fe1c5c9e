"""The command ``new``: a profile, story, topic, news event or event, as a draft that passes all checks."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from experts import console, model
from experts.problems import Problem, Problems, Translate
from experts.settings import Settings

from . import asking, writing
from .drafts import draft
from .known import known
from .questions import Setting, questions

KINDS = ("profile", "story", "topic", "hook", "event")
OPTIONS = (
    "name", "title", "slug", "content-lang", "headline", "role", "topics", "owner", "authors", "experts", "date", "until", "kind",
    "broader", "start", "end", "place",
)  # fmt: skip


def command(argv: list[str]) -> int:
    """``new``: ask for what is needed and write the file; without a terminal, the options say it."""
    parser = argparse.ArgumentParser(
        prog="tasks.py new",
        description="Make a new file: a draft that nobody outside sees. On a terminal, it asks for what is not given.",
    )
    parser.add_argument("what", choices=KINDS, help="hook: what experts can say about a news event")
    for option in OPTIONS:
        parser.add_argument(f"--{option}", dest=f"given_{option}", metavar="TEXT")
    parser.add_argument("--label", dest="labels", action="append", default=[], metavar="LANG=TEXT", help="of a topic")
    parser.add_argument("--no-input", action="store_true", help="ask nothing")
    console.site_options(parser)
    return console.run(_new, parser.parse_args(argv))


def _new(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    settings = request.settings
    translate = console.translator(settings.languages[0], arguments.lang)
    setting = Setting(arguments.what, known(settings.root), settings.languages, request.today)
    asked = questions(setting, translate)
    given = _given(arguments, setting, [question.option for question in asked])
    if any(question.required and question.refers == "topic" for question in asked) and not setting.known.names["topic"]:
        raise Problems(
            [Problem("new", 0, 0, "no-topics", "there is no topic yet", "make one first: python3 tasks.py new topic")]
        )
    talking = not arguments.no_input and sys.stdin.isatty() and sys.stdout.isatty()
    if talking:
        print(translate("Ctrl-C stops; nothing is written before all is answered. [In brackets: what Enter means.]"))
    try:
        values = asking.gather(asked, given, setting, asking.on_terminal(translate) if talking else None)
    except Problems as found:
        if any(problem.code == "missing-option" for problem in found.problems):
            console.print_problems(found.problems, settings.languages[0], arguments.lang)
            return console.USAGE
        raise
    path, data = draft(setting, values)
    place = os.path.join(settings.root, path)
    try:
        writing.create(place, data)
    except FileExistsError:
        raise Problems(
            [Problem(path, 0, 0, "taken", "this file is there already", "choose another short name")]
        ) from None
    print("\n".join(_next(setting, settings, path, arguments.site, translate)))
    return console.DONE


def _given(arguments: argparse.Namespace, setting: Setting, asked: list[str]) -> dict[str, str]:
    """The answers that options give; Problems for options that a kind of file does not have."""
    found = {option: getattr(arguments, f"given_{option}") for option in OPTIONS}
    given: dict[str, Any] = {option: value for option, value in found.items() if value is not None}
    main = f"label.{setting.languages[0]}" if setting.kind == "topic" else "title"
    for option in ("name", "title"):  # people say either
        if option in given and option not in asked:
            given[main if main in asked else "name"] = given.pop(option)
    for words in arguments.labels:
        lang, _, label = words.partition("=")
        given[f"label.{lang.strip()}"] = label
    problems = []
    for option in given:
        if option not in asked:
            name = "--" + option.replace("label.", "label ")
            message, hint = "a new {kind} has no option {option}", "it has: {known}"
            values = {"kind": setting.kind, "option": name, "known": ", ".join(f"--{name}" for name in asked)}
            problems.append(Problem("new", 0, 0, "option", message, hint, values))
    if problems:
        raise Problems(problems)
    return given


def _next(setting: Setting, settings: Settings, path: str, where: str, translate: Translate) -> list[str]:
    """What was made, and what can be done with it now; `where` is the site's folder as it was given."""
    lines = [translate("Written: {path}").format(path=os.path.join(where, path) if where != "." else path)]
    if setting.kind != "topic":
        command = "python3 tasks.py serve" + (f" --site {where}" if where != "." else "")
        lines += [
            translate("It is a draft: only the preview shows it. Write the text below the second line ---."),
            translate("Preview: {command}, then open http://127.0.0.1:8000 in a browser").format(command=command),
        ]
    if setting.kind == "profile" and settings.consent == "required":
        lines += ["", *_consent(translate, setting.today), ""]
    if setting.kind not in ("profile", "topic"):
        lines.append(translate("When it is ready, write status: published instead of status: draft."))
    elif setting.kind == "profile" and settings.consent != "required":
        lines.append(translate("When they have agreed to it, write status: published instead of status: draft."))
    return lines + _send(settings, path, translate)


def _consent(translate: Translate, today: str) -> list[str]:
    """What consent means, and how it is written down."""
    return [
        translate("Nothing about a person is published before they have agreed to it. If they do, add these lines to the fields:"),
        "    consent:",
        f"      given: {today}",
        "      text: 2026-1",
        "      channels:",
        "        - site",
        translate("given is the day on which they agreed, text the version of the words that they agreed to."),
        translate("Each channel is a choice of its own: {known}.").format(known=", ".join(model.CHANNELS)),
        translate("They can take any of it back at any time: delete its line, and it is gone with the next build."),
        translate("When they have agreed to it, write status: published instead of status: draft."),
    ]  # fmt: skip


def _send(settings: Settings, path: str, translate: Translate) -> list[str]:
    """How a file gets from this computer to the others."""
    if not settings.forge.url:
        return [translate("To send it in, give the file to whoever looks after the site.")]
    where = {"url": settings.forge.url, "folder": os.path.dirname(settings.forge.path(path))}
    return [
        translate("To send it in, open {url} in a browser, upload the file into the folder {folder}, and choose to propose the change.").format(**where),
        translate("If you know Git: commit the file on a branch of its own, push it, and open a pull request."),
    ]  # fmt: skip
