"""Who should be gone: no address of theirs answers, and nothing that the walk has seen names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from experts.problems import Problem

from .crawl import Walk
from .endings import is_ended_feed
from .web import Answer, Web

FILES = ("", "index.html", "atom.xml", "feed.json", "contact.vcf", "talks.ics")
GONE = (404, 410)
MOVED = (301, 302, 307, 308)  # files of somebody who has another name now lead there


def is_slug(name: str) -> bool:
    """Whether a line names a person, and not a path."""
    return "/" not in name and "." not in name


def paths(slugs: Iterable[str], languages: Iterable[str]) -> list[str]:
    """The addresses that a person had, in all languages (folders like ``en/``, "" for the first)."""
    found = []
    for slug in slugs:
        found += [f"{lang}experts/{slug}/{file}" for lang in languages for file in FILES]
        found += [f"api/experts/{slug}.json"]
    return found


def findings(
    web: Web, walk: Walk, slugs: list[str], removed: Iterable[str], languages: Iterable[str]
) -> Iterator[Problem]:
    """All that is still there of people and of removed files."""
    hint = "publish again, and empty the caches of your host"
    allowed = {**dict.fromkeys(map(_address, removed), GONE + MOVED), **dict.fromkeys(paths(slugs, languages), GONE)}
    for answer in web.ask_all(allowed):
        path = answer.path
        if answer.status == 0:
            yield _wrong(web, path, "nobody can say whether this is gone: {why}", why=answer.why)
        elif answer.status not in allowed[path] and not _ended(answer):
            yield _wrong(web, path, "this should be gone, but answers {status}", hint, status=answer.status)
    for path in sorted(walk.answers):
        answer = walk.answers[path]
        if answer.status == 200 and answer.is_text:
            text = answer.data.decode("utf-8", "replace")
            for slug in slugs:
                data = rf'|"{re.escape(slug)}"' if answer.media.endswith("json") else ""
                if re.search(rf"experts/{re.escape(slug)}(?![\w-]){data}", text):
                    yield _wrong(web, path, "this still names {slug}, who should be gone", hint, slug=slug)


def _wrong(web: Web, path: str, message: str, hint: str = "", **values: object) -> Problem:
    return Problem(web.place.url + path, 0, 0, "gone", message, hint, values)


def _address(path: str) -> str:
    """The address of a file: that of its folder for an index."""
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def _ended(answer: Answer) -> bool:
    return answer.status == 200 and is_ended_feed(answer.path, answer.data)
