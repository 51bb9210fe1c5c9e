"""A site in which every text of every kind of file holds given texts, and its twin with harmless ones of the same lengths."""

from __future__ import annotations

from typing import Any

from experts import markup
from experts.links import text_of
from factory import CONSENT, Site, document, png

EVERYTHING = {**CONSENT, "channels": ["site", "search-engines", "feeds", "press-kit", "images", "ai"]}
QUIET = ["site", "search-engines", "press-kit"]  # no feeds of their own, which cost more than all the rest
FACES = 4  # people and stories with a picture: making pictures takes long


def harmless(texts: list[str]) -> list[str]:
    """Words of the same lengths, each of its own."""
    return [(f"Wort{number} " * len(text))[: max(len(text), 9)].strip() for number, text in enumerate(texts)]


def packed(texts: tuple[str, ...], limit: int) -> list[str]:
    """All texts, several in one as far as `limit` characters go; a longer one is cut."""
    found: list[str] = []
    for text in texts:
        if found and len(found[-1]) + len(text) < limit:
            found[-1] += " " + text
        else:
            found.append(text[:limit])
    return list(dict.fromkeys(value for value in found if value.strip()))


class Texts:
    """Values for fields, in turn, so that each text stands in each field."""

    def __init__(self, texts: tuple[str, ...], calm: bool) -> None:
        """Take the texts; `calm` gives harmless ones for them."""
        self.texts, self.calm = texts, calm
        self._packed: dict[int, list[str]] = {}

    def all(self, limit: int) -> list[str]:
        """All values for a field of `limit` characters."""
        if limit not in self._packed:
            values = packed(self.texts, limit)
            self._packed[limit] = harmless(values) if self.calm else values
        return self._packed[limit]

    def at(self, number: int, limit: int) -> str:
        """A value for the record `number`; they begin anew when they are over."""
        values = self.all(limit)
        return values[number % len(values)]


def fill(site: Site, texts: tuple[str, ...], bodies: tuple[str, ...], calm: bool = False) -> None:
    """Write the site; a `calm` one has a harmless body wherever the other has one."""
    site.settings(SITEURL="https://experts.example.com", LANGUAGES=["de"])
    said = Texts(texts, calm)
    site.topic("heat")
    topics = (len(said.all(80)) + 1) // 2
    for number in range(topics):
        _topic(site, said, number, number + topics)
    for number in range(len(said.all(100))):
        _profile(site, said, number, _body(bodies[number % len(bodies)], calm))
    for number in range(len(said.all(200))):
        _others(site, said, number, _body("\n\n".join(bodies[number :: len(said.all(200))]), calm))


def translate(site: Site, texts: tuple[str, ...]) -> int:
    """Write people and stories in two languages, all of them of the same fields; how many there are of each."""
    site.settings(SITEURL="https://experts.example.com")
    said = Texts(texts, calm=False)
    site.topic("heat")
    count = len(said.all(300))
    for number in range(count):
        fields = {
            "headline": said.at(number, 140),
            "role": said.at(number, 120),
            "department": said.at(number + 1, 120),
            "summary": said.at(number, 400),
            "interests": said.at(number, 600),
            "contact_for": [said.at(number, 120)],
        }
        site.profile(f"p{number}", **fields)
        site.translation(f"p{number}", "en", **fields)
        story = {"title": said.at(number, 200), "summary": said.at(number, 300), "share": said.at(number, 1000)}
        site.story(f"s{number}", authors=["p0"], **story)
        site.story(f"e{number}", authors=["p0"], lang="en", translation_of=f"s{number}", **story)
    return count


def _body(text: str, calm: bool) -> str:
    """A body, or a harmless one that is as full."""
    html = markup.convert("profiles/a/profile.md", text, "de", 1)[0].html if calm else ""
    return text if not calm else "Ein Text." if text_of(html).strip() else "<b></b>" if html else ""


def _profile(site: Site, said: Texts, number: int, body: str) -> None:
    slug = f"p{number}"
    media = zip(said.all(300), said.all(120), said.all(40), strict=False)
    fields = {
        "name": said.at(number, 100),
        "headline": said.at(number, 140),
        "topics": ["heat", f"t{number % 50}"],
        "role": said.at(number, 120),
        "department": said.at(number, 120),
        "location": said.at(number, 80),
        "pronouns": said.at(number, 40),
        "pronunciation": said.at(number, 120),
        "response": said.at(number, 100),
        "summary": said.at(number, 400),
        "interests": said.at(number, 600),
        "contact_for": [said.at(number, 120)],
        "links": {
            "signal": said.at(number, 100),
            "website": "https://x.example/'onclick=__hit(1)//?a=b&c=d#{{e}}"[:46],
        },
        "contact": {"email": f"a?bcc=b&c%0ad={number}#e@x.example", "phone": "+49 40 (0) 1"},
        "owner": [said.at(number, 100)],
        "consent": EVERYTHING
        | {"text": said.at(number, 40), "channels": EVERYTHING["channels"] if number % 4 == 0 else QUIET},
        "languages": ["de"],
    }
    if number == 0:
        fields["contact_for"] = said.all(120)[:20]
        fields["media"] = [{"title": a, "outlet": b, "format": c, "url": "https://x.example/"} for a, b, c in media][
            :200
        ]
    if number < FACES:
        site.put(f"profiles/{slug}/f.png", png(number))
        picture = {"alt": said.at(number, 300), "credit": said.at(number, 200), "licence": said.at(number, 100)}
        fields["portrait"] = {"file": "f.png", **picture}
    site.profile(slug, body, **fields)


def _topic(site: Site, said: Texts, number: int, other: int) -> None:
    more = said.at(number, 2000)
    site.topic(
        f"t{number}",
        label={"de": said.at(number, 80), "en": said.at(other, 80)},
        synonyms={"de": [said.at(other + 1, 80)], "en": [said.at(number + 1, 80)]},
        description={"de": more, "en": more},
    )


def _others(site: Site, said: Texts, number: int, body: str) -> None:
    """A story, a hook and an event."""
    title = said.at(number, 200)
    people = [f"p{number}", f"p{number + 1}"]
    story = {"title": title, "summary": said.at(number, 300), "share": said.at(number, 1000)}
    known = {"date": "2026-10-01", "authors": people, "topics": ["heat"], **_picture(site, said, number)}
    site.put(f"content/stories/2026/s{number}.md", document(story | known, body))
    angles = [{"expert": person, "angle": said.at(number, 300)} for person in people]
    head = {"title": title, "date": "2026-11-01", "until": "2026-12-31", "experts": angles}
    site.put(f"content/hooks/h{number}.md", document(head, body))
    rooms = zip(said.all(200)[number::9], said.all(100)[number::9], strict=False)
    sessions = [{"title": a, "room": b, "start": "09:30", "hosts": people, "story": f"s{number}"} for a, b in rooms]
    head = {"title": title, "start": "2026-12-04", "place": title, "experts": people, "sessions": sessions}
    site.put(f"content/events/e{number}.md", document(head, body))
    line = " ".join(title.split())
    site.page(f"g{number}", line, body, Summary=line, Menu="footer" if number < 9 else "none")


def _picture(site: Site, said: Texts, number: int) -> dict[str, Any]:
    if number >= FACES:
        return {}
    site.put(f"content/stories/2026/s{number}.png", png(0, number))
    words = {"alt": said.at(number, 300), "credit": said.at(number, 200), "licence": said.at(number, 100)}
    return {"image": {"file": f"s{number}.png", **words}}


def writable(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those that a body may hold without a problem: no address that is refused, no file that is not there."""
    return tuple([text for text in texts if _writable(text)])


def _writable(text: str) -> bool:
    found, problems = markup.convert("profiles/a/profile.md", text, "de", 1)
    return not problems and not found.links
