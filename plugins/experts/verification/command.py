"""``verify-links``: ask the profiles that people name elsewhere whether they lead back, and remember those that do."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from experts import build, console, model, proofs, urls
from experts.problems import Problem, Problems, nearest, tidy
from experts.records import locate
from experts.request import Request
from experts.settings import Settings

from . import addresses, judging, keeping
from .connecting import public
from .fetching import Fetcher, Limits
from .visits import PAUSE, Patience, visit

MOST = 30  # links of one person


class Person(NamedTuple):
    """Somebody whose links are looked at, with what is known of them."""

    expert: model.Expert
    before: proofs.Proofs

    @property
    def links(self) -> list[str]:
        """The addresses to ask."""
        return judging.asked(self.expert.links)[:MOST]


def command(argv: list[str]) -> int:
    """Run ``verify-links``."""
    parser = argparse.ArgumentParser(
        prog="tasks.py verify-links",
        description="Ask the profiles that people name elsewhere whether they link back to their pages with rel=me, "
        f"and write those that do, with the day, into {proofs.FILE} of each person's folder.",
    )
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="people (default: all who are shown)")
    console.site_options(parser)
    parser.add_argument("--seconds", type=_number, default=1800, metavar="N", help="time for all of it (default: 1800)")
    parser.add_argument("--silence", type=_number, default=10, help=argparse.SUPPRESS)
    parser.add_argument(
        "--pause", type=float, default=PAUSE, metavar="N", help="seconds between two pages of a host (default: 1)"
    )
    parser.add_argument(
        "--allow-private", action="store_true", help="ask addresses inside of your own network, too: for tests"
    )
    parser.set_defaults(publish=True)  # the site's address stands in publishconf.py
    return console.run(_verify, parser.parse_args(argv))


def _number(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number from 1 on")
    return int(value)


def _anywhere(_address: str) -> bool:
    return True


def _verify(arguments: argparse.Namespace) -> int:
    request = console.request_of(arguments)
    settings = request.settings
    if not settings.url:
        hint = "set it in publishconf.py, to the address at which the site is published"
        raise Problems([Problem("publishconf.py", 0, 0, "settings", "SITEURL is not set: nobody can link back", hint)])
    people = _people(request, arguments.slugs)
    agent = f"our-experts-verify-links (+{settings.url}/)"
    fetcher = Fetcher(agent, Limits(_anywhere if arguments.allow_private else public, arguments.silence))
    patience = Patience(arguments.seconds, arguments.pause)
    lines: list[Problem] = []
    for person, verdicts in _rounds(settings, people, fetcher, patience):
        after = judging.renewed(person.before, verdicts, request.today)
        keeping.keep(settings.root, person.expert.slug, after)
        lines += _lines(settings, person, verdicts, after)
    default = settings.languages[0]
    console.print_problems(tidy(lines), default, arguments.lang)
    _count(lines, default, arguments.lang)
    return console.DONE


def _people(request: Request, slugs: list[str]) -> list[Person]:
    """Those who are shown, or who of them are named."""
    with build.checked(request, pictures=False) as site:
        shown = {expert.slug: expert for expert in site.directory.experts}
        known = site.records.proofs
    wrong = []
    for slug in slugs:
        if slug not in shown:
            like = nearest(slug, shown)
            hint = "did you mean {like}?" if like else ""
            message = "{value} is nobody who is shown on the site"
            wrong.append(Problem(slug, 0, 0, "nobody", message, hint, {"value": slug, "like": like}))
    if wrong:
        raise Problems(wrong)
    chosen = [shown[slug] for slug in dict.fromkeys(slugs)] if slugs else list(shown.values())
    days, today = request.settings.verify_days, request.today
    return [Person(one, proofs.holding(known.get(one.slug, ()), today, days)) for one in chosen]


def _rounds(
    settings: Settings, people: list[Person], fetcher: Fetcher, patience: Patience
) -> Iterator[tuple[Person, dict[str, judging.Verdict]]]:
    """Each person with the verdicts on all links, as soon as the last one of them is there."""
    waiting: dict[str, list[Person]] = {}
    found: dict[str, dict[str, judging.Verdict]] = {}
    for person in people:
        found[person.expert.slug] = {}
        if not person.links:
            yield person, {}
        for url in person.links:
            waiting.setdefault(url, []).append(person)
    pages = {person.expert.slug: addresses.pages(settings, person.expert) for person in people}
    for url, page in visit(waiting, fetcher.fetch, patience):
        for person in waiting[url]:
            slug = person.expert.slug
            found[slug][url] = judging.judge(page, pages[slug])
            if len(found[slug]) == len(person.links):
                yield person, found.pop(slug)


def _lines(
    settings: Settings, person: Person, verdicts: dict[str, judging.Verdict], after: proofs.Proofs
) -> Iterator[Problem]:
    expert, kept = person.expert, dict(after)
    page = f"{settings.url}/{urls.record('expert', expert.slug)}"
    for link in expert.links:
        verdict = verdicts.get(link.url)
        if verdict is None:
            continue
        path = os.path.join(settings.root, *expert.source.split("/"))
        written = [locate(path, ("links", link.kind), value) for value in (link.url, link.label, f"@{link.label}")]
        at = next((place for place in written if place[1] > 1), written[0])
        until = ""
        if link.url in kept:
            until = (date.fromisoformat(kept[link.url]) + timedelta(days=settings.verify_days)).isoformat()
        yield judging.told(verdict, link.url, (expert.source, *at), page, until)


def _count(lines: list[Problem], default: str, lang: str) -> None:
    count = Counter(line.code for line in lines)
    translate = console.translator(default, lang)
    message = translate("{yes} confirmed, {no} without a link back, {unknown} not known")
    yes, no, unknown = count[judging.CONFIRMED], count[judging.REFUTED], count[judging.UNKNOWN]
    print(message.format(yes=yes, no=no, unknown=unknown))
