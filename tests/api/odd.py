"""A site of what is allowed and unusual, in a sub-folder of its host."""

from __future__ import annotations

from factory import CONSENT, Site, document, png

ADDRESS = "https://x.example/our/experts"
HOSTILE = "Zoë </script><b>\"'&amp; {{ 7*7 }} ]]>\u2067\u200f\u0301 👩‍🔬"
IRI = "https://müller.example/ä/[x]?q=%zz&r=ü#eins#zwei"
BODY = f"""\
Siehe [Ida](expert:ida), [Mara](expert:mara), [alles](/about/), [die Karte](talk.pdf), ![Kessel](kessel.png).

[anderswo](//other.example/x), [dort]({IRI}), [gefiltert](?seite=2), [nichts](), {HOSTILE}[^note]

<blockquote cite="expert:ida">Zitat</blockquote><a title="größer >" href="//third.example/">dritte</a><q cite="https://other.example/">noch eins</q>

    <a href="//code.example/">{{{{ code }}}}</a>

[^note]: Eine Anmerkung.
"""


def odd(site: Site) -> None:
    """Fill a site with what is allowed and unusual."""
    site.settings(SITEURL=ADDRESS, LANGUAGES=["de", "en", "pt-BR"], DATA_LICENCE={"name": "", "url": ""})
    everything = {
        "role": HOSTILE,
        "department": "Eine\nZeile",
        "summary": HOSTILE,
        "interests": HOSTILE,
        "contact_for": [HOSTILE, "Interviews"],
        "formats": ["tv", "background"],
        "languages": ["de", "pt-BR", "nds", "zh-Hant"],
        "contact": {"email": "jörg@müller.example", "phone": "+49 40 (0) 123-4"},
        "links": {"website": IRI, "signal": "mara.42", "mastodon": "@mara@social.example", "email": "m@x.example"},
        "media": [
            {"title": HOSTILE, "url": IRI, "language": "en-GB", "date": "2026-01-31"},
            {"title": "Nur ein Titel"},
        ],
        "absence": {"from": "2026-11-01", "until": "2026-12-01", "deputy": "ida"},
        "confirmed": "2024-02-29",
    }
    site.profile("mara", BODY, name=HOSTILE, topics=["pumps", "heat"], aliases=["mara-schmidt"], **everything)
    site.translation("mara", "pt-BR", BODY, summary=HOSTILE)
    site.put("profiles/mara/talk.pdf", b"%PDF-1.4\n%%EOF\n")
    for folder in ("profiles/mara", "content/stories/2026", "content/hooks", "content/events"):
        site.put(f"{folder}/kessel.png", png())
        site.put(f"{folder}/talk.pdf", b"%PDF-1.4\n%%EOF\n")
    site.portrait("mara")
    without = {**CONSENT, "channels": ["site", "search-engines", "images", "ai"]}
    site.profile("ida", consent=without, headline="Geheime Überschrift", contact={"email": "ida@nowhere.example"})
    site.portrait("ida", 9)
    for slug in ("con", "index", "1", "a--b", "fern"):
        site.profile(slug, "", absence={"from": "2026-11-01", "deputy": "jonas"} if slug == "fern" else None)
    site.profile("jonas", BODY.replace("talk.pdf", "page:about").replace("![Kessel](kessel.png)", ""), lang="fr")
    site.topic(
        "bare", label={"en": "Only English", "zh": "热泵"}, synonyms={"zh": ["泵"], "de": [HOSTILE]}, wikidata="Q1"
    )
    eight = ["mara", "ida", "jonas", "con", "index", "1", "a--b", "fern"]
    site.story("viele", BODY, authors=eight, lang="fr", date="2026-10-01T09:30+0200", updated="2026-10-02T00:00:00.5Z")
    site.story(
        "many", BODY, authors=["mara"], lang="pt-BR", translation_of="viele", original=IRI, embed=IRI, share=HOSTILE
    )
    site.story("nackt", "", authors=["con"], topics=[], title=HOSTILE)
    site.story("ida-allein", authors=["ida"])
    site.story("entwurf", authors=["mara"], status="draft")
    site.put("content/hooks/offen.md", document({"title": HOSTILE, "date": "2026-11-01"}, BODY))
    site.hook(
        "winter",
        experts=[{"expert": "ida", "angle": "weiß es"}, {"expert": "mara"}, {"expert": "con", "angle": HOSTILE}],
    )
    sessions = [
        {
            "title": HOSTILE,
            "start": "9.30",
            "end": "10:00",
            "room": HOSTILE,
            "hosts": ["ida", "mara"],
            "story": "ida-allein",
        },
        {"title": HOSTILE, "start": "2026-12-04", "story": "many"},
        {"title": "Ohne Zeit"},
    ]
    site.event("tag", start="2026-12-04", end=None, url=IRI, place=HOSTILE, experts=["ida"], sessions=sessions)
