"""Invented people, stories, topics and events, one for each state that a component can be in."""

from __future__ import annotations

from typing import Any, TypeVar

from experts import digests, embeds, model, providers
from experts.output import reduce
from experts.paging import Pager

PORTRAIT = "components/portrait.svg"
Record = TypeVar("Record")

LONG_NAME = "Prof. Dr.-Ing. habil. Maximiliane-Theodora Freifrau von Hohenstein-Wolkenburg zu Altenkirchen-Süd"
LONG_TITLE = (
    "Warum die Donaudampfschifffahrtsgesellschaft ihre Kessel behält, und was das für die Wärmeplanung der Städte "
    "an Elbe, Weser und Donau in zehn Jahren heißt"
)
LONG_LINE = (
    "Rechnet vor, wann sich eine neue Heizung lohnt, wer sie bezahlt, was das Gesetz dazu sagt und "
    "warum Grundstücksverkehrsgenehmigungen dauern"
)


def shown() -> dict[str, Any]:
    """The inputs of the page, by name."""
    people = _people()
    stories = _stories(people)
    topics = _topics()
    return {
        "people": people,
        "reachable": _reachable(),
        "stories": stories,
        "topics": topics,
        "numbered": tuple(zip(topics, (1, 12, 1280, 0), strict=True)),
        "hooks": (
            _hook("kaeltewelle", "Kältewelle: Reicht der Strom?", "de", _faces(people)[:5]),
            _hook("grid", "Grid fees are rising again", "en", ()),
        ),
        "events": _events(),
        "sessions": _sessions(stories),
        "pagers": tuple([_pager(number, pages) for number, pages in ((1, 3), (2, 3), (3, 3), (40, 200))]),
        "letters": tuple([(letter, f"a-z/{letter.lower()}/", 4) for letter in "ABCDEFGHIJKLMNOPQRSTUVWYZŁ…"]),
        "facets": (
            ("Hamburg", "places/hamburg/", 240),
            ("Kiel", "places/kiel/", 1),
            ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "places/llanfair/", 1280),
        ),
        "tongues": tuple([(tag, f"languages/{tag.lower()}/", 3) for tag in ("de", "en", "nds", "pt-BR", "ar")]),
        "periods": (("2026-11", "archive/2026-11/", 104), ("2025", "archive/2025/", 9)),
        "tree": _tree(topics),
        "players": _players(),
        "links": (
            model.Link("mastodon", "https://social.example/@jana", "@jana@social.example"),
            model.Link("website", f"https://jana.example/{'a-very-long-address-' * 4}", ""),
            model.Link("signal", "", "jana.42"),
        ),
        "proofs": (("https://social.example/@jana", "2026-11-29"),),
        "media": (
            model.Medium("Was kostet die Wärme?", "Abendzeitung", "2026-10-02", "https://zeitung.example/1", "de", "print"),
            model.Medium("Heat, explained", "Morning Radio", "2026", "", "en", "radio"),
            model.Medium(LONG_TITLE, "", "", "https://zeitung.example/2", "", ""),
        ),
    }  # fmt: skip


def _portrait() -> model.Image:
    """The drawing in the place of all formats and sizes."""
    kinds = (("image/avif", 160), ("image/avif", 360), ("image/webp", 160), ("image/webp", 360), ("image/jpeg", 360))
    files = tuple([model.Rendition(PORTRAIT, kind, width, width * 5 // 4, 0, b"", 0) for kind, width in kinds])
    return model.Image(b"", "ccc", files, digests.of_data(PORTRAIT))


def drawing() -> str:
    """A portrait of nobody, 4:5."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 500" width="400" height="500">'
        '<path fill="#c9d3cf" d="M0 0h400v500H0z"/><path fill="#4b5f5a" d="M60 500c0-110 60-160 140-160s140 50 140 160z"/>'
        '<circle cx="200" cy="220" r="90" fill="#e9c9a8"/><path fill="#3a2e28" d="M108 220a92 92 0 0 1 184 0c-60-10-120-30-184 0z"/></svg>'
    )


def _made(kind: type[Record], /, **known: Any) -> Record:
    """A record of which only what matters is given; everything else is "", and its digest is right."""
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    values = dict.fromkeys(names, "") | known
    if "digest" in names:
        values["digest"] = digests.of_data(kind.__name__, model.plain(reduce(tuple(values.values()))))
    return kind(**values)


def _person(slug: str, name: str, headline: model.Pairs, **states: Any) -> model.ExpertCard:
    usual = {
        "alt": (("de", "Ein gezeichnetes Gesicht"), ("en", "A drawn face")),
        "languages": ("de",),
    }
    flags = {"away": False, "draft": False, "searchable": True, "topics": (), "role": (), "portrait": None}
    return _made(model.ExpertCard, slug=slug, name=name, headline=headline, **(usual | flags | states))


def _people() -> dict[str, model.ExpertCard]:
    both = (
        ("de", "Erklärt, wie ein altes Haus ohne Gas warm wird"),
        ("en", "Explains how an old house gets warm without gas"),
    )
    role = (("de", "Leiterin Wärmeplanung"), ("en", "Head of heat planning"))
    return {
        "portrait": _person("jana-muster", "Jana Muster", both, portrait=_portrait(), role=role),
        "monogram": _person("ole-beispiel", "Ole Beispiel", both),
        "away": _person("kim-fern", "Kim Fern", both, away=True),
        "draft": _person("toni-neu", "Toni Neu", both, draft=True),
        "both": _person("alex-beides", "Alex Beides", both, portrait=_portrait(), away=True, draft=True),
        "long name": _person("maximiliane", LONG_NAME, both),
        "right to left": _person(
            "abd-ar-rahman", "عبد الرحمن بن محمد الخوارزمي", (("ar", "مهندس يبحث في الطاقة الشمسية وتخزينها"),)
        ),
        "other script": _person("ouyang", "欧阳娜娜", (("zh", "研究热泵与区域供热的工程师"),)),
        "long headline": _person("rea-lang", "Rea Lang", (("de", LONG_LINE),), portrait=_portrait()),
        "other language": _person("luc-autre", "Luc Autre", (("fr", "Raconte comment on chauffe une ville sans gaz"),)),
        "one name": _person("zoe", "Zoë", both),
    }  # fmt: skip


def _reachable() -> dict[str, model.Expert]:
    def expert(**known: Any) -> model.Expert:
        text = _made(model.ExpertText, lang="de", headline="Erklärt Wärme")
        usual = {
            "slug": "jana-muster",
            "name": "Jana Muster",
            "texts": (text,),
            "absence": None,
            "languages": (),
            "formats": (),
        }
        return _made(model.Expert, **(usual | known))

    mail, phone = "jana.muster@nordlicht.example", "+49 40 66969 120"
    until = model.Absence("2026-11-01", "2026-12-18", "ole-beispiel")
    return {
        "both": expert(email=mail, phone=phone, response="4 hours"),
        "mail": expert(email=f"maximiliane-theodora.{'verwaltung.' * 3}altenkirchen@nordlicht.example", response="1 day"),
        "away": expert(email=mail, absence=until, response="außer freitags"),
        "gone": expert(phone=phone, absence=model.Absence("2026-11-01", "", "")),
        "office": expert(),
        "everything": expert(
            languages=("de", "en", "fr", "zh", "ar", "nds"), timezone="America/Argentina/ComodRivadavia",
            formats=("tv", "radio", "podcast", "print", "talk", "background"),
        ),
        "little": expert(languages=("de",), formats=("print",)),
    }  # fmt: skip


def _stories(people: dict[str, model.ExpertCard]) -> dict[str, model.StoryCard]:
    def story(slug: str, title: str, summary: str = "", **known: Any) -> model.StoryCard:
        versions = ((known.pop("lang", "de"), slug, title, summary),)
        usual = {
            "date": "2026-10-01",
            "kind": "story",
            "authors": names[:1],
            "unnamed": model.Unnamed(),
            "topics": (),
            "draft": False,
        }
        return _made(model.StoryCard, slug=slug, versions=versions, **(usual | known))

    names = _faces(people)
    summary = "Der Ofen lief die ganze Nacht, und doch war der Laden am Morgen kalt."
    kinds = ("story", "statement", "interview", "talk", "press", "podcast", "video")
    return {
        **{kind: story(f"sample-{kind}", "Die kalte Bäckerei", summary, kind=kind) for kind in kinds},
        "draft": story("sample-draft", "Noch nicht fertig", summary, draft=True),
        "other language": story("sample-english", "The cold bakery", "The oven ran all night.", lang="en"),
        "another language": story(
            "sample-french", "La boulangerie froide", "Le four a tourné toute la nuit.", lang="fr"
        ),
        "right to left": story(
            "sample-arabic", "المخبز البارد", "عمل الفرن طوال الليل.", lang="ar", authors=names[6:7]
        ),
        "many authors": story("sample-many", "Elf Fachleute, eine Heizung", summary, authors=names),
        "gone": story("sample-gone", "Vom Kessel zur Wärmepumpe", summary, unnamed=model.Unnamed(2, 1, ("Jane Roe",))),
        "nobody named": story("sample-nobody", "Was der Heizungskeller erzählt", authors=(), unnamed=model.Unnamed(1)),
        "no summary": story("sample-bare", "Ohne Zusammenfassung"),
        "long title": story("sample-long", LONG_TITLE, LONG_LINE, authors=names[5:6]),
    }


def _faces(people: dict[str, model.ExpertCard]) -> tuple[model.Face, ...]:
    return tuple([model.Face(card.slug, card.name, card.portrait) for card in people.values()])


def _topics() -> tuple[model.TopicCard, ...]:
    labels = (
        (("de", "Wärme"), ("en", "Heat")),
        (("de", "Wärmepumpen"), ("en", "Heat pumps")),
        (("de", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"),),
        (("fr", "Chauffage urbain"),),
    )
    return tuple([_made(model.TopicCard, slug=f"sample-{at}", label=label) for at, label in enumerate(labels)])


def _hook(slug: str, title: str, lang: str, faces: tuple[model.Face, ...]) -> model.HookCard:
    known = {"date": "2026-11-20", "current": True, "experts": len(faces) or 1, "faces": faces}
    return _made(model.HookCard, slug=slug, title=title, lang=lang, **known)


def _events() -> tuple[model.EventCard, ...]:
    def event(slug: str, title: str, lang: str, start: str, **known: Any) -> model.EventCard:
        return _made(
            model.EventCard, slug=slug, title=title, lang=lang, start=start, **{"kind": "talk", "past": False, **known}
        )

    return (
        event("barcamp", "Barcamp Wärmewende", "de", "2026-12-04T09:00:00+01:00", end="2026-12-05T16:00:00+01:00",
              kind="barcamp", place="Altes Kesselhaus, Hamburg"),
        event("webinar", "Heat pumps in an hour", "en", "2026-12-10T18:00:00+01:00", end="2026-12-10T19:00:00+01:00",
              kind="webinar"),
        event("conference", LONG_TITLE, "de", "2027-01-20", kind="conference", place="Llanfairpwllgwyngyll, Wales"),
        event("past", "Vortrag von gestern", "de", "2026-11-01", past=True),
    )  # fmt: skip


def _sessions(stories: dict[str, model.StoryCard]) -> dict[str, tuple[Any, ...]]:
    def session(title: str, start: str, end: str = "", room: str = "") -> model.Session:
        return model.Session(title, start, end, room, (), "")

    hosts = (("jana-muster", "Jana Muster", True), ("maximiliane", LONG_NAME, True))
    return {
        "one day": (
            (session("Begrüßung", "09:00", "09:30", "Foyer"), hosts[:1], None),
            (session(LONG_TITLE, "09:30", "", "Werkstatt"), hosts, stories["story"]),
            (session("Offene Runde", ""), (), None),
        ),
        "two days": (
            (session("Erster Tag", "2026-12-04T09:00:00+01:00", "2026-12-04T10:00:00+01:00"), hosts[:1], None),
            (session("Zweiter Tag", "2026-12-05T09:00:00+01:00"), (), stories["other language"]),
        ),
    }


def _players() -> dict[str, embeds.Player]:
    """One of each kind, and one with a long name that asks where somebody comes from."""
    host = "mediathek.rindfleischetikettierungsueberwachung.example.org"
    setting = {
        "peertube": {"hosts": ["video.example.org", "loaded.example.org"]},
        "podigee": {"hosts": ["heat.example.org"]},
        "mastodon": {"hosts": ["social.example.org"]},
        "long": {"like": "peertube", "hosts": [host], "referrer": "strict-origin", "shape": "4/3"},
    }
    shown = providers.read(setting, "", _never)
    pages = {
        "video": "https://video.example.org/w/1",
        "podcast": "https://heat.example.org/1-pumps",
        "post": "https://social.example.org/@jana/1",
        "long": f"https://{host}/w/1",
        "loaded": "https://loaded.example.org/w/1",
    }
    found = {name: embeds.player(page, shown) for name, page in pages.items()}
    return {name: one for name, one in found.items() if one}


def _never(inner: str, message: str, hint: str = "", **values: object) -> None:
    """Nothing is wrong with samples."""
    raise AssertionError((inner, message, hint, values))


def _pager(number: int, pages: int) -> Pager:
    paths = tuple([f"experts/{at}/" for at in range(1, pages + 1)])
    return Pager(
        number, pages, "" if number == 1 else paths[number - 2], "" if number == pages else paths[number], paths
    )


def _tree(topics: tuple[model.TopicCard, ...]) -> tuple[Any, ...]:
    below = ((topics[2], (), 0, 0, ()), (topics[3], (), 3, 0, ()))
    return ((topics[0], (), 12, 4, ((topics[1], ("WP", "neue Heizung", "Luftwärme"), 1, 1, below),)),)
