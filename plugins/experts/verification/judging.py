"""What a visit says of a link: it is confirmed, it is not, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from experts import model
from experts.addresses import HANDLES
from experts.problems import Problem
from experts.proofs import Proofs

from .addresses import plain
from .backlinks import backlinks
from .fetching import LARGEST, Page

GONE = (404, 410)
CONFIRMED, REFUTED, UNKNOWN = "link-confirmed", "no-link-back", "link-unreachable"


class Verdict(NamedTuple):
    """What is said of a link: one of the codes above, and a text of the catalogue with its values."""

    code: str
    message: str
    values: dict[str, object]


def judge(page: Page, pages: frozenset[str]) -> Verdict:
    """The verdict on a page that should lead back to one of `pages` (`addresses.pages`)."""
    if not page.status:
        return Verdict(UNKNOWN, page.why, page.values)
    if page.status in GONE:
        return Verdict(REFUTED, "{link} is not there", {})
    if page.status != 200:
        return Verdict(UNKNOWN, "{link} answers with the status {status}", {"status": page.status})
    if any(plain(address) in pages for address in backlinks(page)):
        return Verdict(CONFIRMED, "{link} links back", {})
    if not page.whole:
        message = "{link} does not link back in its first {n} KiB, and the rest is not read"
        return Verdict(UNKNOWN, message, {"n": LARGEST >> 10})
    return Verdict(REFUTED, "{link} does not link back", {})


def asked(links: Iterable[model.Link]) -> list[str]:
    """The addresses among the links of a person that a page can be asked for; messengers show none that could link back."""
    pages = [link.url for link in links if link.kind not in HANDLES]
    urls = [url for url in pages if url.lower().startswith(("https://", "http://"))]
    return list(dict.fromkeys(urls))


def renewed(before: Proofs, verdicts: Mapping[str, Verdict], today: str) -> Proofs:
    """The proofs after a round: confirmed links with today's day, those that nobody knows of as they were before."""
    known = dict(before)
    found = {}
    for url, verdict in verdicts.items():
        if verdict.code == CONFIRMED:
            found[url] = today
        elif verdict.code == UNKNOWN and url in known:
            found[url] = known[url]
    return tuple(sorted(found.items()))


def told(verdict: Verdict, url: str, place: tuple[str, int, int], page: str, until: str) -> Problem:
    """The line that says what became of a link; `until` is the last day of a confirmation that stays."""
    values: dict[str, object] = {**verdict.values, "link": url, "page": page, "date": until}
    hint = ""
    if verdict.code == REFUTED:
        hint = 'it needs <a rel="me" href="{page}">'
    elif verdict.code == UNKNOWN and until:
        hint = "its confirmation stays until {date}"
    return Problem(*place, verdict.code, verdict.message, hint, values)
