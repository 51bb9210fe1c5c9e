"""A site in three languages, the third of which runs from right to left: with a catalogue, and nothing else, of its own.

The Arabic is none: each English text of the theme in Arabic letters, so that what is not translated, and what runs the
wrong way, is seen at once.  It is as complete as a real one, with all six plural forms.
"""

from __future__ import annotations

import io
import re

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from factory import ROOT, Site

PLURALS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
FORMS = ("صفر", "مفرد", "مثنى", "قليل", "كثير", "آخر")
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,;?", "ابثدهفغحيجكلمنوبقرستعفوخيز" * 2 + "،؛؟"
)
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]*>|&\w+;)")


def arabic(text: str) -> str:
    """Return an English text in Arabic letters; placeholders, elements and entities stay."""
    return "".join(part if number % 2 else part.translate(_LETTERS) for number, part in enumerate(_KEPT.split(text)))


def catalogue() -> bytes:
    """Return the catalogue with all texts of the theme."""
    with (ROOT / "theme/locale/de/LC_MESSAGES/theme.po").open("rb") as file:
        known = read_po(file)
    made = Catalog(locale="ar")
    for message in known:
        if isinstance(message.id, tuple):
            many = str(message.id[1])
            made.add(message.id, tuple([f"{arabic(many)} {form}" for form in FORMS]), flags=message.flags)
        elif message.id:
            made.add(message.id, arabic(str(message.id)), flags=message.flags)
    buffer = io.BytesIO()
    write_po(buffer, made)
    return re.sub(
        rb'"Plural-Forms: [^"]*"(\n"[^":]*")*', b'"Plural-Forms: ' + PLURALS.encode() + b'\\\\n"', buffer.getvalue()
    )


def fill(site: Site) -> None:
    """Make a site in German, English and Arabic of an empty one: each text carries a word of its language."""
    site.settings(
        SITENAME="نور North", LANGUAGES=["de", "en", "ar"], SITEURL="https://x.example",
        PRESS_OFFICE={"name": "Presse", "email": "presse@x.example", "phone": "+49 40 66969 100", "hours": ""},
    )  # fmt: skip
    site.put("locale/ar/LC_MESSAGES/theme.po", catalogue())
    site.topic(
        "heat", label={"de": "Wärme germanword", "en": "Heat englishword"}, description={"de": "Über germanword"}
    )
    site.topic("sun", label={"ar": "شمس arabicword"}, synonyms={"ar": ["شمسي"]}, broader="heat")
    site.profile(
        "mara", "Ein germanword.\n", name="Dr. Mara Tester (Kiel)", headline="Was germanword sagt", role="Rolle germanword",
        department="Abteilung germanword", summary="Kurz germanword.", contact_for=["Gespräche germanword", "Rat germanword"],
        interests="Anteile germanword", response="bald germanword", topics=["heat", "sun"], languages=["de", "en", "ar"],
        formats=["tv", "print"], contact={"email": "mara@x.example", "phone": "+49 40 123456"}, location="Kiel",
        consent={"given": "2026-05-01", "text": "2026-1", "channels": ["site", "search-engines", "feeds", "images", "press-kit", "ai"]},
        media=[{"title": "Sendung englishword", "outlet": "Radio 1", "date": "2026-03-01", "url": "https://r.example/", "language": "en"}],
        links={"website": "https://mara.example/"}, confirmed="2026-10-01",
    )  # fmt: skip
    site.translation("mara", "ar", "نص arabicword.\n", headline="ما تقوله arabicword", role="مهندسة arabicword")
    site.profile("jonas", "Some englishword.\n", lang="en", headline="What englishword says", location="Hamburg")
    site.profile(
        "amal", "نص arabicword.\n", lang="ar", name="أمل الطيب", headline="ما تقوله arabicword", topics=["sun"],
        absence={"from": "2026-11-01", "until": "2026-12-01", "deputy": "mara"},
    )  # fmt: skip
    for slug in ("mara", "jonas"):
        site.portrait(slug)
    site.story("boiler", "Text germanword.\n", title="Kessel germanword", summary="Kurz germanword", share="Teilt germanword",
               authors=["mara", "jonas", "amal"], lang="de", image=True)  # fmt: skip
    site.story(
        "sunny",
        "نص arabicword.\n",
        title="قصة arabicword",
        summary="ملخص arabicword",
        authors=["amal"],
        lang="ar",
        topics=["sun"],
    )
    site.story("pipe", "Text englishword.\n", title="Pipe englishword", authors=["jonas"], lang="en", kind="statement", until="2027-01-01",
               date="2025-02-03", original="https://elsewhere.example/pipe")  # fmt: skip
    site.hook("winter", title="Winter englishword", lang="en", topics=["heat"],
              experts=[{"expert": "mara", "angle": "can say englishword"}, {"expert": "amal", "angle": "knows englishword"}])  # fmt: skip
    site.event("camp", title="Treffen germanword", lang="de", place="Halle germanword", topics=["heat"], experts=["mara", "jonas"],
               sessions=[{"title": "Beginn germanword", "start": "2026-12-04T09:00:00+01:00", "end": "2026-12-04T10:00:00+01:00",
                          "room": "Raum germanword", "hosts": ["mara", "jonas"], "story": "sunny"}])  # fmt: skip
    site.page("about", "About englishword", "Some englishword.", Menu="header")
    site.page("imprint", "Impressum germanword", "Ein germanword.", Lang="de", Slug="imprint")
