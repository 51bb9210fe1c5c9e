"""Sending a comment to the forge: one comment of ours on a pull request, however often and from wherever it is sent."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from experts import console
from experts.forge import Forge, api_of
from experts.problems import Problem, Problems

from .calls import Calls, Failed
from .comment import MOST, addresses
from .escaping import MARKER, cleaned
from .threads import Thread, header, host

if TYPE_CHECKING:
    from .threads import Comment

LARGEST = 65_000
"""Characters that are sent; GitHub takes 65,536."""
TOKENS = {"github": "GITHUB_TOKEN", "gitlab": "GITLAB_TOKEN", "forgejo": "GITHUB_TOKEN"}
"""Where the token is if FORGE_TOKEN does not hold it; Forgejo's own workflows name it like GitHub's."""
TRIES = 3


def post(arguments: argparse.Namespace) -> int:
    """Send the comment; says what was done, or in a sentence why not."""
    request = console.request_of(arguments)
    settings = request.settings
    translate = console.translator(settings.languages[0], arguments.lang)
    forge = _forge(settings.forge, arguments.forge_kind)
    text = safe(_read(arguments.post), addresses(forge, arguments.preview))
    token = os.environ.get("FORGE_TOKEN") or os.environ.get(TOKENS[forge.kind]) or ""
    if not token.strip():
        message, hint = "there is no token for {host}", "put it into the environment variable FORGE_TOKEN"
        raise Problems([Problem("comment", 0, 0, "token", message, hint, {"host": host(forge.api)})])
    print(translate("Sending the comment to {host} …").format(host=host(forge.api)), flush=True)
    try:
        with Calls(forge.api, header(forge.kind, token.strip()), token.strip()) as calls:
            thread = Thread(calls, forge.kind, forge.name, arguments.pull)
            done = send(thread, arguments.account or thread.account(), text)
    except Failed as failed:
        message = "the comment was not sent: {why}"
        raise Problems([Problem("comment", 0, 0, "forge", message, "", {"why": str(failed)})]) from None
    said = {
        "created": translate("The comment was written."),
        "updated": translate("The comment was brought up to date."),
        "same": translate("The comment is there already, as it is."),
    }
    print(said[done])
    return console.DONE


def _forge(forge: Forge, kind: str) -> Forge:
    """The forge with all that sending needs; Problems if the settings do not name it."""
    if kind and kind != forge.kind:
        forge = forge._replace(kind=kind, api=forge.api or api_of(forge.url, kind))
    if forge.url and forge.kind and forge.api:
        return forge
    message = "it is not known to which forge the comment goes"
    hint = "name the repository in REPOSITORY, and its kind there or with --forge-kind"
    raise Problems([Problem("pelicanconf.py", 0, 0, "forge", message, hint)])


def _read(path: str) -> str:
    """The text of a comment's file, which may come from anywhere; Problems if it can be none of ours."""
    problem = ""
    try:
        with open(path, "rb") as file:
            content = file.read(4 * MOST + 1)
        if len(content) <= 4 * MOST:
            text = content.decode("utf-8")
            if text.startswith(MARKER):
                return text
    except OSError as error:
        problem = error.strerror or "error"
    except UnicodeDecodeError:
        pass
    if problem:
        raise Problems([Problem(path, 0, 0, "unreadable", "the file cannot be read: {why}", "", {"why": problem})])
    message, hint = "this is no comment", "give the file that the command wrote with --output"
    raise Problems([Problem(path, 0, 0, "comment", message, hint)])


def safe(text: str, allowed: tuple[str, ...]) -> str:
    """A comment from anywhere with nothing left in it but what this package writes, not too long, the marker first."""
    lines = cleaned(text, allowed).split("\n")
    done: list[str] = []
    left = LARGEST
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            done.append("…")
            break
        done.append(line)
    return "\n".join(done).rstrip("\n") + "\n"


def send(thread: Thread, account: str, text: str) -> str:
    """Write the comment, or bring ours up to date: ``created``, ``updated`` or ``same``.

    Ours is the oldest that the account wrote with the marker first; others of that kind, which two runs at once may
    leave, are removed.
    """
    if not account:
        raise Failed("the forge does not tell whose token this is; name the account with --account")
    found = _ours(thread, account)
    if found:
        return _settled(thread, found, text)
    for attempt in range(1, TRIES + 1):
        try:
            thread.create(text)
            break
        except Failed as failed:
            if (failed.status and failed.status < 500) or attempt == TRIES:
                raise
            if _ours(thread, account):  # it was written, only the answer was lost
                break
    found = _ours(thread, account)
    _settled(thread, found, text)
    return "created"


def _settled(thread: Thread, found: list[Comment], text: str) -> str:
    """Leave one of our comments, with this text."""
    for other in found[1:]:
        thread.delete(other.number)
    if not found or found[0].text.replace("\r\n", "\n").strip() == text.strip():
        return "same"
    thread.update(found[0].number, text)
    return "updated"


def _ours(thread: Thread, account: str) -> list[Comment]:
    """Our comments, the oldest first."""
    found = [
        item for item in thread.comments() if item.author.lower() == account.lower() and item.text.startswith(MARKER)
    ]
    return sorted(found)
