"""The live site beside the build that it was made from: the same bytes, and earlier addresses that lead on."""

from __future__ import annotations

import os
from collections.abc import Iterator

from experts import digests, marker, source
from experts.problems import Problem

from .crawl import Walk
from .failure import complain
from .hypertext import read
from .web import Answer, Web

UNSEEN = ("_headers", "_redirects")  # hosts read them and show them to nobody
MOVED, REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
ALIASES = 200  # of which so many are tried


def addresses(folder: str) -> dict[str, str]:
    """Path of each file of a build that a server shows -> its file."""
    made = marker.read(folder)
    if made is None:
        hint = "build it first: python3 tasks.py build --publish"
        raise complain(folder, "no build has made the folder {path}", hint, path=folder)
    files = [*source.scan(folder, [""]).stamps, *[path for path in made.hidden if path.startswith(".well-known/")]]
    found = {}
    for path in sorted(files):
        name = path.rpartition("/")[2]
        if path not in UNSEEN and name != "404.html":
            found[path[: -len(name)] if name == "index.html" else path] = path
    return found


def findings(walk: Walk, web: Web, folder: str, files: dict[str, str]) -> Iterator[Problem]:
    """Live files whose bytes are not those of the build, files that are missing, and files that the build does not know."""
    for path, answer in sorted(walk.answers.items()):
        if path not in files:
            if answer.status == 200 and path not in walk.pages:
                continue  # a host's own, or found already
            if answer.status == 200:
                yield _wrong(web, path, "the build does not know this page", "was it published from another one?")
        elif answer.status == 200:
            if answer.digest != digests.of_file(os.path.join(folder, *files[path].split("/"))):
                hint = "publish, or wait until the caches of your host are renewed"
                yield _wrong(web, path, "this is not what the build has made", hint)
        elif answer.status not in REDIRECTS and walk.origins.get(path) is None:
            yield _wrong(web, path, "the build has made this, but it answers {status}", "publish", status=answer.status)
    yield from _aliases(web, folder)


def _aliases(web: Web, folder: str) -> Iterator[Problem]:
    """Earlier addresses that do not lead to the present ones, by a redirect or by a page."""
    base = "/" + web.place.address.split("/", 3)[3] if web.place.address else "/"
    try:
        rules = source.read(os.path.join(folder, "_redirects")).decode("ascii", "replace").splitlines()
    except OSError:
        return
    moved = [line.split() for line in rules if line.endswith(" 301")]
    ways = {
        old.removeprefix(base).removesuffix("*"): new.removeprefix(base).removesuffix(":splat") for old, new, _ in moved
    }
    for answer in web.ask_all(list(ways)[:ALIASES]):
        path, wanted = answer.path, ways[answer.path]
        if _target(answer, web) != wanted:
            message, hint = "this earlier address answers {status}", "it should lead to {wanted}"
            yield _wrong(web, path, message, hint, status=answer.status, wanted="/" + wanted)


def _target(answer: Answer, web: Web) -> str | None:
    """Where an answer leads."""
    if answer.status in MOVED:
        return web.place.path(answer.headers.get("location", ""), answer.path)
    if answer.status == 200 and answer.media == "text/html":
        page = read(answer.data.decode("utf-8", "replace"))
        return web.place.path(page.refresh or page.canonical, answer.path)
    return None


def _wrong(web: Web, path: str, message: str, hint: str = "", **values: object) -> Problem:
    return Problem(web.place.url + path, 0, 0, "not-the-build", message, hint, values)
