"""The domain: frozen records with slugs as references, and nothing else.

Records are named tuples, so that they are immutable, small, and turn into plain data
for the caches without a step of their own.  Dates are ISO 8601 strings; a text in several
languages is a tuple of ``(BCP 47 language, text)`` pairs with the original first.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Pairs = tuple[tuple[str, str], ...]
"""A text in several languages: ``(language, text)``, the original first."""

CHANNELS = ("site", "search-engines", "feeds", "press-kit", "images", "ai")
"""What an expert can consent to, each by itself."""


class Said(NamedTuple):
    """A text (or another value of a profile's text) together with the language that it is in."""

    text: Any
    lang: str


def primary(lang: str) -> str:
    """The primary language subtag of a BCP 47 tag: ``de`` of ``de-AT``."""
    return lang.split("-", 1)[0].lower()


def pick(pairs: Pairs, lang: str) -> Said | None:
    """The text in `lang`, else in a variant of it, else the original; None of none."""
    for known, text in pairs:
        if known == lang:
            return Said(text, known)
    for known, text in pairs:
        if primary(known) == primary(lang):
            return Said(text, known)
    return Said(pairs[0][1], pairs[0][0]) if pairs else None


class Body(NamedTuple):
    """Sanitised HTML of a Markdown body: the digest under which it is stored, and what it links to."""

    digest: bytes
    links: tuple[str, ...]  # "expert:mara-lindqvist", "file:chart.png"


class File(NamedTuple):
    """A file of the site that is no record: its path below the site's folder, and the digest of its content."""

    origin: str
    content: bytes


class Portrait(NamedTuple):
    """A picture of a person: its file beside the profile and what must be said with it."""

    file: str
    credit: str
    licence: str
    focus: tuple[int, int]  # per cent from the left and from the top


class Picture(NamedTuple):
    """A picture of a story."""

    file: str
    alt: str
    credit: str
    licence: str


class Rendition(NamedTuple):
    """A file of a picture as the site shows it: `path` below the site's root, width and height in pixels, `size` in bytes."""

    path: str
    type: str
    width: int
    height: int
    size: int
    content: bytes  # digest
    offset: int  # in the file that holds all of the picture in the cache


class Image(NamedTuple):
    """A picture as the site shows it: in some formats and sizes, each format's in the order of their widths."""

    key: bytes  # stands for the source, the crop, what is written into it, and how it is made
    tone: str  # the colour that stands in while it loads, as three hexadecimal digits
    files: tuple[Rendition, ...]
    digest: bytes

    def of(self, kind: str) -> tuple[Rendition, ...]:
        """The files of a media type."""
        return tuple([file for file in self.files if file.type == kind])

    @property
    def small(self) -> Rendition:
        """The JPEG that is just large enough for a page."""
        return self.of("image/jpeg")[0]

    @property
    def large(self) -> Rendition:
        """The largest JPEG: for whoever shows the picture elsewhere."""
        return self.of("image/jpeg")[-1]


Links = tuple[tuple[str, "str | Image"], ...]
"""What the names in a text's HTML stand for on a page: ``(name, path or picture)``; "" where nothing is shown."""


class Consent(NamedTuple):
    """What somebody agreed to, when, and until when."""

    given: str
    text: str
    channels: tuple[str, ...]
    until: str
    withdrawn: bool = False  # all of it; what was given stays written down


class Absence(NamedTuple):
    """Days (inclusive) on which somebody cannot answer, and who does instead."""

    start: str
    until: str
    deputy: str


class Link(NamedTuple):
    """A profile elsewhere: `kind` is a service (``mastodon``), `url` its address."""

    kind: str
    url: str
    label: str


class Feed(NamedTuple):
    """A feed that an expert publishes elsewhere."""

    url: str
    kind: str


class Medium(NamedTuple):
    """An appearance in the media."""

    title: str
    outlet: str
    date: str
    url: str
    language: str
    format: str


class ExpertText(NamedTuple):
    """What a profile says in one language."""

    lang: str
    headline: str
    role: str
    department: str
    summary: str
    contact_for: tuple[str, ...]
    interests: str
    alt: str
    body: Body | None


class Expert(NamedTuple):
    """One person; `texts` holds the original first, then the translations."""

    slug: str
    name: str
    texts: tuple[ExpertText, ...]
    location: str
    timezone: str
    pronouns: str
    pronunciation: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    formats: tuple[str, ...]
    response: str
    email: str
    phone: str
    links: tuple[Link, ...]
    feeds: tuple[Feed, ...]
    portrait: Portrait | None
    media: tuple[Medium, ...]
    absence: Absence | None
    owner: tuple[str, ...]
    consent: Consent | None
    confirmed: str
    status: str
    left: str
    aliases: tuple[str, ...]
    source: str
    digest: bytes

    @property
    def lang(self) -> str:
        """The language of the original."""
        return self.texts[0].lang

    def text(self, lang: str) -> ExpertText:
        """The text in `lang`, else the original."""
        for text in self.texts:
            if primary(text.lang) == primary(lang):
                return text
        return self.texts[0]

    def said(self, field: str, lang: str) -> Said | None:
        """One text field in `lang`, else in the original's language; None if absent."""
        for text in (self.text(lang), self.texts[0]):
            value = getattr(text, field)
            if value:
                return Said(value, text.lang)
        return None

    def pairs(self, field: str) -> Pairs:
        """One text field in all languages in which it is written."""
        return tuple((text.lang, getattr(text, field)) for text in self.texts if getattr(text, field))

    def away(self, today: str) -> bool:
        """Whether `today` (ISO date) lies in the absence."""
        a = self.absence
        return a is not None and (not a.start or a.start <= today) and (not a.until or today <= a.until)


class StoryText(NamedTuple):
    """A story in one language; every version has a slug of its own."""

    slug: str
    lang: str
    title: str
    summary: str
    share: str
    original: str
    embed: str
    image: Picture | None
    body: Body | None
    aliases: tuple[str, ...]
    source: str


class Story(NamedTuple):
    """A story snippet; `texts` holds the original first, then the translations."""

    slug: str
    texts: tuple[StoryText, ...]
    date: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    kind: str
    until: str
    updated: str
    status: str
    translation_of: str
    source: str
    digest: bytes

    @property
    def lang(self) -> str:
        """The language of the original."""
        return self.texts[0].lang

    def text(self, lang: str) -> StoryText:
        """The version in `lang`, else the original."""
        for text in self.texts:
            if primary(text.lang) == primary(lang):
                return text
        return self.texts[0]


class Topic(NamedTuple):
    """A term of the shared vocabulary."""

    slug: str
    label: Pairs
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    broader: str
    wikidata: str
    description: Pairs
    aliases: tuple[str, ...]
    source: str
    digest: bytes


class Angle(NamedTuple):
    """What an expert can say about a hook."""

    expert: str
    angle: str


class Hook(NamedTuple):
    """Experts on a news event; archived by itself after `until`."""

    slug: str
    title: str
    lang: str
    date: str
    until: str
    experts: tuple[Angle, ...]
    topics: tuple[str, ...]
    status: str
    aliases: tuple[str, ...]
    body: Body | None
    source: str
    digest: bytes


class Session(NamedTuple):
    """A slot in the programme of an event."""

    title: str
    start: str
    end: str
    room: str
    hosts: tuple[str, ...]
    story: str


class Event(NamedTuple):
    """A barcamp, talk, webinar or conference."""

    slug: str
    title: str
    lang: str
    start: str
    end: str
    place: str
    url: str
    kind: str
    experts: tuple[str, ...]
    topics: tuple[str, ...]
    sessions: tuple[Session, ...]
    status: str
    aliases: tuple[str, ...]
    body: Body | None
    source: str
    digest: bytes


class PageText(NamedTuple):
    """An ordinary page in one language, as Pelican read it."""

    lang: str
    title: str
    summary: str
    html: str
    source: str


class Page(NamedTuple):
    """An ordinary page; `order` sorts the menus."""

    slug: str
    texts: tuple[PageText, ...]
    order: int
    menu: str  # "footer", "header" or "none"
    digest: bytes
    version: str = ""  # of the text of consent that it holds
    date: str = ""  # ISO date of that version

    def text(self, lang: str) -> PageText:
        """The text in `lang`, else the original."""
        for text in self.texts:
            if primary(text.lang) == primary(lang):
                return text
        return self.texts[0]

    def title(self, lang: str) -> Said:
        """The title in `lang`, else the original's."""
        text = self.text(lang)
        return Said(text.title, text.lang)


class ExpertCard(NamedTuple):
    """The few facts about an expert that lists show."""

    slug: str
    name: str
    headline: Pairs
    role: Pairs
    location: str
    languages: tuple[str, ...]
    portrait: Image | None
    alt: Pairs
    topics: tuple[str, ...]
    away: bool
    draft: bool
    searchable: bool  # search engines may list them
    sort: str
    digest: bytes


class Face(NamedTuple):
    """Somebody beside a text: the author of a story, an expert on a news event."""

    slug: str
    name: str
    portrait: Image | None


class StoryCard(NamedTuple):
    """The few facts about a story that lists show."""

    slug: str
    versions: tuple[tuple[str, str, str, str], ...]  # language, slug, title, summary
    date: str
    kind: str
    authors: tuple[Face, ...]
    topics: tuple[str, ...]
    draft: bool
    searchable: bool  # search engines may list it
    digest: bytes

    def version(self, lang: str) -> tuple[str, str, str, str]:
        """``(language, slug, title, summary)`` in `lang`, else the original."""
        for version in self.versions:
            if primary(version[0]) == primary(lang):
                return version
        return self.versions[0]


class TopicCard(NamedTuple):
    """A topic as lists show it."""

    slug: str
    label: Pairs
    wikidata: str
    digest: bytes


class HookCard(NamedTuple):
    """A hook as lists show it."""

    slug: str
    title: str
    lang: str
    date: str
    until: str
    current: bool
    experts: int
    faces: tuple[Face, ...]  # the first of them
    digest: bytes


class EventCard(NamedTuple):
    """An event as lists show it."""

    slug: str
    title: str
    lang: str
    start: str
    end: str
    place: str
    kind: str
    past: bool
    digest: bytes


def plain(value: Any) -> Any:
    """A record as nested plain tuples, which `marshal` stores and every digest reads."""
    if isinstance(value, tuple):
        return tuple([plain(item) for item in value])
    return value
