"""``verify``: walk through the live site as visitors, search engines and feed readers do, and say what is wrong there."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from experts import console
from experts.problems import Problem, Problems, Translate, tidy

from . import departed, hypertext, originals, replies
from .crawl import Walk, walk
from .failure import complain, why
from .web import Place, Web

PASSING, PAUSE = frozenset(("gone", "no-answer", "not-the-build")), 10.0  # seconds between two walks
NOWHERE = ("there-was-never-a-page-here/", "experts/there-was-never-anybody-here/")


class Verified(NamedTuple):
    """What was found, and how much was looked at."""

    problems: list[Problem]
    requests: int
    pages: int
    bytes: int
    whole: bool


def command(argv: list[str]) -> int:
    """Run ``verify``."""
    parser = argparse.ArgumentParser(
        prog="tasks.py verify", description="Say what is wrong with the site as it is live."
    )
    parser.add_argument("url", metavar="URL", help="the site's address")
    parser.add_argument(
        "--gone", default="", metavar="FILE", help="people and paths that must be gone, one on each line"
    )
    parser.add_argument("--slug", action="append", default=[], metavar="SLUG", help="a person who must be gone")
    parser.add_argument(
        "--output", default="", metavar="DIR", help="the build that should be live: its bytes are compared"
    )
    parser.add_argument("--limit", type=_number, default=20_000, metavar="N", help="requests at most (default: 20000)")
    parser.add_argument("--seconds", type=_number, default=900, metavar="N", help="time for all of it (default: 900)")
    parser.add_argument(
        "--wait", type=_number, default=0, metavar="N", help="seconds to wait until what was published is live"
    )
    parser.add_argument("--plain-host", action="store_true", help="the host cannot set headers, as GitHub Pages")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to report")
    parser.add_argument("--lang", default="", metavar="LANG", help="language of the messages")
    return console.run(_verify, parser.parse_args(argv))


def _number(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number from 1 on")
    return int(value)


def _verify(arguments: argparse.Namespace) -> int:
    began = time.perf_counter()
    translate = console.translator("en", arguments.lang)
    names = [*arguments.slug, *_lines(arguments.gone)]
    url = address_of(arguments.url)
    if arguments.format == "text":
        print(translate("looking at {url} …").format(url=url), flush=True)
    limits = (arguments.limit, arguments.seconds)
    found = patiently(lambda: verify(url, names, arguments.output, arguments.plain_host, *limits), arguments.wait)
    if arguments.format == "json":
        numbers = {"requests": found.requests, "pages": found.pages, "bytes": found.bytes, "whole": found.whole}
        problems = [problem.as_dict(translate) for problem in found.problems]
        console.print_json({"ok": not found.problems, "problems": problems, "checked": numbers})
    else:
        _tell(found, time.perf_counter() - began, arguments.lang, translate)
    return console.FOUND if found.problems else console.DONE


def _tell(found: Verified, seconds: float, lang: str, translate: Translate) -> None:
    console.print_problems(found.problems, "en", lang)
    if not found.whole:
        print(translate("not everything was looked at: the limits of requests, bytes or time were reached"))
    said = translate("{requests} requests, {pages} pages, {size} MB in {seconds} s: {problems}")
    numbers = {
        "requests": found.requests,
        "pages": found.pages,
        "problems": console.counted(len(found.problems), "en", lang),
    }
    print(said.format(**numbers, size=f"{found.bytes / 1e6:.1f}", seconds=f"{seconds:.1f}"))


def patiently(look: Callable[[], Verified], seconds: float) -> Verified:
    """What is found when all that hosts and their caches may take a while for has come right, or the seconds are over."""
    until = time.monotonic() + seconds
    while True:
        left = until - time.monotonic()
        try:
            found = look()
            if left <= 0 or not any(problem.code in PASSING for problem in found.problems):
                return found
        except Problems as error:
            if left <= 0 or not any(problem.code == "no-answer" for problem in error.problems):
                raise
        time.sleep(max(0.0, min(PAUSE, left)))


def verify(url: str, gone: list[str], output: str, plain: bool, limit: int, seconds: float) -> Verified:
    """Walk through the site at `url`; people and paths in `gone` must not be there; `output` is the build it should be."""
    files = originals.addresses(output) if output else {}
    with Web(Place(url, ""), limit, seconds) as web:
        home = web.ask("")
        if home.status == 0:
            raise Problems([Problem(url, 0, 0, "no-answer", "there is no answer: {why}", "", {"why": home.why})])
        address = hypertext.read(home.data.decode("utf-8", "replace")).canonical
        if address.startswith(("http://", "https://")) and address.endswith("/"):
            web.place = Place(url, address)
        seen = walk(web, files)
        problems = [*replies.findings(seen, web.place, plain), *_nowhere(web)]
        if output:
            problems += originals.findings(seen, web, output, files)
        slugs = [name for name in gone if departed.is_slug(name)]
        removed = [name for name in gone if not departed.is_slug(name)]
        problems += departed.findings(web, seen, slugs, removed, languages_of(seen, web.place))
        return Verified(tidy(problems), web.asked, len(seen.pages), web.bytes, seen.whole)


def _nowhere(web: Web) -> Iterator[Problem]:
    """A problem for each page that is there although nobody has made it."""
    for path, good in zip(NOWHERE, ((404,), (404, 410)), strict=True):
        answer = web.ask(path)
        if answer.status and answer.status not in good:
            message, hint = "there is nothing here, but it answers {status}", "it should be {wanted}"
            yield Problem(
                web.place.url + path, 0, 0, "not-found", message, hint, {"status": answer.status, "wanted": good[0]}
            )


def languages_of(seen: Walk, place: Place) -> list[str]:
    """The folders of the site's languages, "" for its first."""
    page = seen.pages.get("")
    paths = [place.path(link) for link in page.languages] if page else []
    return list(dict.fromkeys(["", *[path for path in paths if path]]))


def address_of(url: str) -> str:
    """The address with a slash at its end; Problems if it is none."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        hint = "write the whole address, like https://experts.example.com"
        raise complain(url, "{value} is not an address", hint, value=url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def _lines(path: str) -> list[str]:
    """The lines of a file that are not empty."""
    if not path:
        return []
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            return [line.strip() for line in file if line.strip()]
    except OSError as error:
        raise complain(path, "the file cannot be read: {why}", why=why(error)) from None
