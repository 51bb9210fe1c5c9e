"""The command ``pull``: which pull request a commit belongs to, and whose it is; asked from the forge, never from the commit."""

from __future__ import annotations

import argparse
import json
import re
from typing import Any, NamedTuple

from experts import console
from experts.problems import Problem, Problems

from .repository import Repository, opened

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_LOGIN = re.compile(r"\w[\w.\[\]-]{0,254}", re.ASCII)
_AT_ONCE = 50
_MOST_PAGES = 200


class Pull(NamedTuple):
    """An open pull request into the main branch: its number, the newest commit that it proposes, its author's account."""

    number: int
    sha: str
    author: str


def command(argv: list[str]) -> int:
    """``pull``: print ``number=``, ``sha=`` and ``author=``, each on a line; nothing if it is not open any more."""
    parser = argparse.ArgumentParser(prog="tasks.py pull", description="Find a pull request on the forge (network).")
    console.site_options(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--sha", metavar="SHA", help="the one whose newest commit this is; needs --from")
    which.add_argument("--event", metavar="FILE", help="the one that an event of the forge (JSON) is about")
    parser.add_argument("--from", dest="origin", default="", metavar="OWNER:BRANCH", help="where it comes from")
    arguments = parser.parse_args(argv)
    if bool(arguments.sha) != bool(arguments.origin):
        parser.error("--sha and --from belong together")
    return console.run(_pull, arguments)


def _pull(arguments: argparse.Namespace) -> int:
    number = _number(arguments.event) if arguments.event else 0
    with opened(console.request_of(arguments).settings.forge) as place:
        found = by_number(place, number) if number else by_commit(place, arguments.sha, arguments.origin)
    if found:
        print(f"number={found.number}\nsha={found.sha}\nauthor={found.author}")
    return console.DONE


def by_commit(place: Repository, sha: str, origin: str) -> Pull | None:
    """The open pull request of a branch (``owner:branch``) with this newest commit.

    Asked the other way round, by the commit alone, GitHub forgets those from forks.
    """
    filters = {"limit": _AT_ONCE} if place.kind == "forgejo" else {"per_page": _AT_ONCE, "head": origin}
    for page in range(1, _MOST_PAGES + 1):
        found = place.call("GET", "pulls", state="open", page=page, **filters)
        fitting = [pull for one in found if (pull := _of(place, one)) and pull.sha == sha]
        if fitting or len(found) < _AT_ONCE:
            return fitting[0] if fitting else None
    return None


def by_number(place: Repository, number: int) -> Pull | None:
    """A pull request, if it is open."""
    return _of(place, place.call("GET", f"{'merge_requests' if place.kind == 'gitlab' else 'pulls'}/{number}"))


def _of(place: Repository, said: dict[str, Any]) -> Pull | None:
    """What the forge says of a pull request; None if it is closed or goes elsewhere."""
    if place.kind == "gitlab":
        number, sha, author = said["iid"], said["sha"], said["author"]["username"]
        fits = said["state"] == "opened" and said["target_branch"] == place.branch
    else:
        number, sha, author = said["number"], said["head"]["sha"], (said["user"] or {}).get("login", "")
        fits = said["state"] == "open" and said["base"]["ref"] == place.branch
    # What is printed goes into shells.
    sound = type(number) is int and _SHA.fullmatch(sha) and _LOGIN.fullmatch(author)
    return Pull(number, sha, author) if fits and sound else None


def _number(file: str) -> int:
    """The number in an event: GitLab's ``object_attributes.iid``, else ``pull_request.number``."""
    try:
        with open(file, encoding="utf-8") as source:
            event = json.load(source)
        return int(
            event["object_attributes"]["iid"] if "object_attributes" in event else event["pull_request"]["number"]
        )
    except (OSError, ValueError, TypeError, KeyError):
        hint = "an event of a merge request, as the forge's webhook sends it"
        raise Problems([Problem(file, 0, 0, "event", "no pull request is named here", hint)]) from None
