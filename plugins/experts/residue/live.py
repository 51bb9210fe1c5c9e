"""The same on the live site: all that a walk along its links is answered, and the addresses that people had."""

from __future__ import annotations

from experts.problems import Problem, Problems
from experts.publishing import departed, hypertext
from experts.publishing.crawl import walk
from experts.publishing.verify import address_of, languages_of
from experts.publishing.web import Answer, Place, Web
from experts.settings import Settings

from .allowances import allowed
from .search import Search
from .traces import Looked, Trace


def live(url: str, search: Search, settings: Settings, limit: int, seconds: float) -> Looked:
    """All traces at an address of the web; Problems if nothing answers there."""
    place = Place(address_of(url), "")
    with Web(place, limit, seconds, whole=True) as web:
        home = web.ask("")
        if home.status == 0:
            raise Problems([Problem(url, 0, 0, "no-answer", "there is no answer: {why}", "", {"why": home.why})])
        address = hypertext.read(home.data.decode("utf-8", "replace")).canonical
        if address.startswith(("http://", "https://")) and address.endswith("/"):
            web.place = Place(place.url, address)
        seen = walk(web)
        found = [trace for answer in seen.answers.values() for trace in _in(answer, search, settings)]
        asked = dict.fromkeys(departed.paths(list(search.slugs), languages_of(seen, web.place)))
        unasked = [path for path in asked if path not in seen.answers]
        answers = web.ask_all(unasked[: max(0, limit - web.asked)])
        for answer in answers:
            found += _in(answer, search, settings)
        silent = [answer for answer in (*seen.answers.values(), *answers) if not answer.status]
        whole = seen.whole and len(answers) == len(unasked) and not silent
        return Looked(found, len(seen.answers) + len(answers), whole)


def _in(answer: Answer, search: Search, settings: Settings) -> list[Trace]:
    """The traces in an answer.  A page that says that there is nothing may not name anybody either."""
    if not answer.status:
        return []
    found = search.file(answer.path, answer.data)
    if answer.status in departed.GONE:
        found = [
            trace for trace in found if trace.where != "name"
        ]  # asked for by us, or by a link that is found itself
    for name, value in sorted(answer.headers.items()):
        matches = search.matcher.matches(f"{name}: {value}")
        found += [Trace(one.person, one.kind, one.sure, "header", answer.path) for one in matches]
    return [trace for trace in found if not allowed(trace, answer.data, settings)]
