"""The command ``new``: a profile, story, topic, news event or event, as a draft that passes all checks."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from experts import console, model, renewal
from experts.problems import Problem, Problems, Translate
from experts.settings import Settings

from . import asking, writing
from .drafts import draft
from .known import known
from .questions import Setting, questions

KINDS = {
    "profile": "a person",
    "story": "a story, a statement, an interview",
    "topic": "a word of the shared vocabulary",
    "hook": "what experts can say about a news event",
    "event": "a barcamp, a talk",
}
OPTIONS = {
    "profile": ("name", "slug", "content-lang", "headline", "role", "topics", "owner"),
    "story": ("title", "slug", "authors", "topics", "date", "kind", "content-lang"),
    "topic": ("name", "label", "slug", "broader"),
    "hook": ("title", "slug", "date", "until", "experts", "topics", "content-lang"),
    "event": ("title", "slug", "start", "end", "place", "kind", "experts", "topics", "content-lang"),
}
HELP = {
    "slug": "short name, for the address (default: from the name)",
    "content-lang": "language of the text (default: the site's first)",
    "headline": "what they can explain, in one line",
    "topics": "divided by commas",
    "owner": "account where the repository is, who may edit it",
    "authors": "names or short names, divided by commas",
    "experts": "names or short names, divided by commas",
    "label": "what it is called in a language; once for each",
    "broader": "the wider topic that it belongs to",
    "date": "like 2026-11-23 (default: today)",
    "until": "last day on which it is news",
    "start": "like 2026-12-04 or 2026-12-04T09:00:00+01:00",
}


def command(argv: list[str]) -> int:
    """``new``: ask for what is needed and write the file; without a terminal, the options say it."""
    parser = argparse.ArgumentParser(
        prog="tasks.py new",
        description="Make a new file: a draft that nobody outside sees. On a terminal, it asks for what is not given.",
    )
    kinds = parser.add_subparsers(dest="what", required=True, metavar="KIND")
    for kind, words in KINDS.items():
        one = kinds.add_parser(kind, help=words, description=parser.description)
        for option in OPTIONS[kind]:
            names = ("--title", "--name") if option == "title" else (f"--{option}",)
            more: dict[str, Any] = (
                {"action": "append", "metavar": "LANG=TEXT"} if option == "label" else {"metavar": "TEXT"}
            )
            one.add_argument(*names, dest=f"given_{option}", help=HELP.get(option), **more)
        one.add_argument("--no-input", action="store_true", help="ask nothing")
        console.site_options(one)
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
    """The answers that options give; Problems for a label in a language that the site does not have."""
    found = {option: getattr(arguments, f"given_{option}") for option in OPTIONS[setting.kind]}
    labels = [words.partition("=") for words in found.pop("label", None) or ()]
    if setting.kind == "topic":
        found[f"label.{setting.languages[0]}"] = found.pop("name")
    given = {option: value for option, value in found.items() if value is not None}
    for lang, _, words in labels:
        if f"label.{lang}" not in asked:
            values = {"value": lang, "known": ", ".join(setting.languages)}
            message, hint = (
                "the site has no pages in {value}",
                "its languages are {known}, see LANGUAGES in pelicanconf.py",
            )
            raise Problems([Problem("--label", 0, 0, "site-language", message, hint, values)])
        given[f"label.{lang}"] = words
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
        lines += ["", *_consent(translate, setting.today, _version(settings, setting.today)), ""]
    if setting.kind not in ("profile", "topic"):
        lines.append(translate("When it is ready, write status: published instead of status: draft."))
    elif setting.kind == "profile" and settings.consent != "required":
        lines.append(translate("When they have agreed to it, write status: published instead of status: draft."))
    return lines + _send(settings, path, translate)


def _version(settings: Settings, today: str) -> str:
    """The version of the text that people consent to today; one like it where the site has no such page."""
    from experts import pages_reader  # imports Pelican: a third of a second

    text = renewal.newest(pages_reader.consent_texts(settings), today)
    return text.version if text else f"{today[:4]}-1"


def _consent(translate: Translate, today: str, version: str) -> list[str]:
    """What consent means, and how it is written down."""
    return [
        translate("Nothing about a person is published before they have agreed to it. If they do, add these lines to the fields:"),
        "    consent:",
        f"      given: {today}",
        f"      text: {version}",
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
